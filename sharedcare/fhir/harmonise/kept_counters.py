"""Counters as JSON holds them: to keep what is done, and to send it from one machine to another.

What counters have is found in their fields, so that a field that is added to them is kept too. The
same counters give the same JSON, in whatever order they were added up.
"""

from collections import Counter
from dataclasses import fields
from typing import Any

from sharedcare.fhir.harmonise.bounded import Bounded
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.few import Few

_CATEGORIES = "categories"
_PLACES = "places"


def counters_to_json(counters: Counters | CategoryCounts) -> dict[str, Any]:
    """Return counters as JSON holds them."""
    return {found.name: _written(getattr(counters, found.name)) for found in fields(counters)}


def counters_from_json(kept: dict[str, Any]) -> Counters:
    """Make counters of what :func:`counters_to_json` wrote.

    Raises AttributeError, KeyError, TypeError or ValueError where it is something else.
    """
    made = Counters()
    _read_into(made, kept)
    made.places = [(file, line, why) for file, line, why in kept[_PLACES]]
    for name, counts in kept[_CATEGORIES].items():
        _read_into(made.category(name), counts)
    return made


def _written(value: Any) -> Any:
    if isinstance(value, Counter):
        return sorted([key, count] for key, count in value.items())
    if isinstance(value, Bounded):
        pairs = sorted([key, count] for key, count in value.counts.items())
        return {"most": value.most, "reaches": value.reaches, "sample": value.is_sample,
                "counts": pairs}  # fmt: skip
    if isinstance(value, Few):
        whose = sorted(value.whose.items())
        return [[code, held and [held[0], sorted(held[1])]] for code, held in whose]
    if isinstance(value, dict):
        return {name: counters_to_json(counts) for name, counts in sorted(value.items())}
    return value


def _read_into(made: Counters | CategoryCounts, kept: dict[str, Any]) -> None:
    for found in fields(made):
        value, empty = kept[found.name], getattr(made, found.name)
        if isinstance(empty, int):
            setattr(made, found.name, int(value))
        elif isinstance(empty, Counter):
            empty.update(dict(value))
        elif isinstance(empty, Bounded):
            setattr(made, found.name, _bounded(value))
        elif isinstance(empty, Few):
            setattr(made, found.name, _few(value))


def _bounded(kept: dict[str, Any]) -> Bounded:
    counts = {tuple(key) if isinstance(key, list) else key: count for key, count in kept["counts"]}
    return Bounded(kept["most"], counts, kept["sample"], _limit=kept["reaches"])


def _few(kept: list[Any]) -> Few:
    found = ((tuple(code), held and (held[0], frozenset(held[1]))) for code, held in kept)
    return Few(dict(found))
