"""Settings from ``sharedcare.yaml`` or ``[tool.sharedcare]`` of ``pyproject.toml``; flags win.

Both hold verbs with their options: ``assess: {fail-on: gates}``. A verb or option that there is not
is told, since a setting that does nothing is worse than none.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from sharedcare.errors import UsedWrongly

SETTINGS_FILE = "sharedcare.yaml"


def read_settings(folder: Path = Path()) -> dict[str, dict[str, Any]]:
    """Return options by verb, as they are written; raises UsedWrongly if they are no such map."""
    own = folder / SETTINGS_FILE
    project = folder / "pyproject.toml"
    if own.is_file():
        return _by_verb(_from_yaml(own), SETTINGS_FILE)
    if project.is_file():
        return _by_verb(_from_toml(project), "[tool.sharedcare] of pyproject.toml")
    return {}


def _from_yaml(path: Path) -> object:
    from sharedcare.reading import read_source
    from sharedcare.reading.yaml_tree import read_yaml

    return read_yaml(read_source(path))


def _from_toml(path: Path) -> object:
    from sharedcare.reading import read_source

    try:
        document = tomllib.loads(read_source(path).data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsedWrongly(f"pyproject.toml cannot be read: {error}") from None
    tools = document.get("tool", {})
    return tools.get("sharedcare", {}) if isinstance(tools, Mapping) else {}


def _by_verb(found: object, where: str) -> dict[str, dict[str, Any]]:
    if not isinstance(found, Mapping) or not all(isinstance(v, Mapping) for v in found.values()):
        raise UsedWrongly(f"{where}: a map of verbs with their options is expected")
    return {verb: dict(options) for verb, options in found.items()}


def defaults_of(
    settings: Mapping[str, Mapping[str, Any]], verbs: Iterable[str], verb: click.Command
) -> dict[str, Any]:
    """Return the settings of one verb as click takes them, by the names of its parameters.

    Raises UsedWrongly where settings name a verb that is none of ``verbs``, or an option that the
    verb does not have.
    """
    for name in settings:
        _require(name, verbs, "there is no verb")
    return {verb.name or "": _of_command(settings.get(verb.name or "", {}), verb)}


def _of_command(settings: Mapping[str, Any], command: click.Command) -> dict[str, Any]:
    if isinstance(command, click.Group):
        return {name: _of_part(command, name, inner) for name, inner in settings.items()}
    options = {
        word.removeprefix("--"): option
        for option in command.params
        if isinstance(option, click.Option)
        for word in option.opts
        if word.startswith("--")
    }
    defaults: dict[str, Any] = {}
    for name, value in settings.items():
        said = name.replace("_", "-")
        _require(said, options, f"{command.name} has no option")
        option = options[said]
        is_one_of_many = option.multiple and not isinstance(value, list)
        defaults[option.name or ""] = [value] if is_one_of_many else value
    return defaults


def _of_part(group: click.Group, name: str, settings: object) -> dict[str, Any]:
    context = click.Context(group)
    _require(name, group.list_commands(context), f"{group.name} has no")
    part = group.get_command(context, name)
    return _of_command(settings, part) if part and isinstance(settings, Mapping) else {}


def _require(word: str, known: Iterable[str], said: str) -> None:
    if word not in known:
        from sharedcare.identifiers import did_you_mean  # only on a slip

        raise UsedWrongly(f"settings: {said} {word}{did_you_mean(word, known)}")
