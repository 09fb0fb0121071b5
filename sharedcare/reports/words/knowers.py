"""Who would know a fact, in words: organisations as the report calls them, owners, suppliers."""

from collections.abc import Iterable

from sharedcare.evidence import is_named
from sharedcare.reports.words.names import Names


def knower_words(who: Iterable[tuple[str, str]], names: Names) -> tuple[str, ...]:
    """Say who would know a fact; whoever the profile leaves unnamed is left out."""
    return tuple(_knower(kind, key, names) for kind, key in who if is_named(key))


def _knower(kind: str, key: str, names: Names) -> str:
    if kind == "organisations":
        return names.organisation(key)
    return f"its supplier ({key})" if kind == "supplier" else f"its owner ({key})"
