"""What the reading of a text gives: the tree, and the faults as code, line and column."""

from collections.abc import Mapping

from sharedcare.places import Fault, LocatedMap
from sharedcare.reading import Allowance, FaultList, given
from sharedcare.reading.yaml_tree import read_yaml, yaml_tree


def tree(text: str | bytes) -> LocatedMap:
    """Return the tree of a text without faults."""
    return read_yaml(given(as_bytes(text), "profile.yaml"))


def faults(text: str | bytes) -> tuple[Fault, ...]:
    """Return the faults of a text."""
    found = FaultList()
    yaml_tree(given(as_bytes(text), "profile.yaml"), found, Allowance())
    return found.listed()


def found(text: str | bytes) -> str:
    """Return the code, line and column of each fault of a text: ``TAG 1:4, TAB 2:1``."""
    return ", ".join(
        f"{fault.code} {fault.place.line}:{fault.place.column}" for fault in faults(text)
    )


def as_bytes(text: str | bytes) -> bytes:
    """Encode a text, lone surrogates too."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def plain(value: object) -> object:
    """Turn a tree into ordinary maps, lists and texts."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else str(value)
