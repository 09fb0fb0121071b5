"""Settings from ``sharedcare.yaml`` or ``[tool.sharedcare]`` of ``pyproject.toml``; flags win.

Both hold verbs with their options: ``assess: {fail-on: gates}``.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sharedcare.errors import UsedWrongly

SETTINGS_FILE = "sharedcare.yaml"


def read_settings(folder: Path = Path()) -> dict[str, dict[str, Any]]:
    """Return options by verb, as click takes them; raises UsedWrongly if they are no such map."""
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
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsedWrongly(f"pyproject.toml cannot be read: {error}") from None
    return document.get("tool", {}).get("sharedcare", {})


def _by_verb(found: object, where: str) -> dict[str, dict[str, Any]]:
    if not isinstance(found, Mapping) or not all(isinstance(v, Mapping) for v in found.values()):
        raise UsedWrongly(f"{where}: a map of verbs with their options is expected")
    return {
        verb: {option.replace("-", "_"): value for option, value in options.items()}
        for verb, options in found.items()
    }
