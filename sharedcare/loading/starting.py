"""What a planner starts from: a commented profile, or a pathway with its typical needs."""

from importlib.resources import files

from sharedcare.errors import NotFoundError
from sharedcare.identifiers import did_you_mean

STARTER = "starter"
_FOLDER = files("sharedcare.loading") / "templates"
_ENDING = ".yaml"


def templates() -> tuple[str, ...]:
    """The names of the pathway templates, in order."""
    names = (entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(_ENDING))
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name != STARTER + _ENDING))


def template(pathway: str | None = None) -> bytes:
    """The starter profile, or the template of a pathway; raises NotFoundError."""
    if pathway is not None and pathway not in templates():
        known = ", ".join(templates())
        hint = did_you_mean(pathway, templates())
        raise NotFoundError(f"there is no template {pathway}{hint}; there are {known}")
    return (_FOLDER / ((pathway or STARTER) + _ENDING)).read_bytes()
