"""Answers to invariants that need not be run: kept ones, and those that plain Python gives.

Many invariants are decided by a code or a flag and by which other elements are there. Their answers
are kept by these. Two that are met all the time, and ask more, are answered in plain Python where
that is certain.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sharedcare.fhir.fhirpath_operators import key_of
from sharedcare.fhir.invariant_keys import Asked
from sharedcare.fhir.primitives import PATTERNS, QUICK
from sharedcare.fhir.walk import Json

#: Answers that are kept of an invariant, and characters of a value that they are kept by.
MAX_ANSWERS, MAX_VALUE = 64, 64

Values = tuple[str | bool, ...]


class Answers:
    """The answers of an invariant for one set of keys, by the values that decide it."""

    __slots__ = ("_others", "_values", "known")

    def __init__(self, values: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._values = values
        self._others = others
        self.known: dict[Values, bool] = {}

    def key(self, value: Json) -> Values | None:
        """Return the values that decide it; None where something is not as it should be."""
        found = tuple([value[key] for key in self._values])
        for one in found:
            if type(one) is not bool and (type(one) is not str or len(one) > MAX_VALUE):
                return None
        return found if all(map(_is_there, map(value.get, self._others))) else None

    def keep(self, values: Values, answer: bool) -> None:
        """Keep an answer."""
        if len(self.known) < MAX_ANSWERS:
            self.known[values] = answer


def answers_of(ready: Asked, keys: Collection[str]) -> Answers | None:
    """Return where the answers of an invariant are kept, None where more than that decides it."""
    if ready.looked_at is None or any("_" + key in keys for key in ready.keys):
        return None
    there = [key for key in ready.keys if key in keys]
    return Answers(
        tuple(key for key in there if key in ready.looked_at),
        tuple(key for key in there if key not in ready.looked_at),
    )


def _is_there(value: object) -> bool:
    """Whether a value, or the first of a list, is there for certain."""
    if type(value) is list:
        return bool(value) and value[0] is not None
    return value is not None


def _ends_after_it_begins(period: Json) -> bool | None:
    """Compare ends that are written in the same way by their texts."""
    start, end = period.get("start"), period.get("end")
    if type(start) is not str or type(end) is not str or len(start) != len(end):
        return None
    if len(start) <= _DAY:
        return start <= end if _is_date(start) and _is_date(end) else None
    has_same_zone = start[-1] == end[-1] == "Z" or start[-_ZONE:] == end[-_ZONE:]
    is_plain = len(start) <= _LONGEST and ":60" not in start and ":60" not in end
    is_usual = "0001" < start < "9999" and "0001" < end < "9999"
    if has_same_zone and is_plain and is_usual and _is_moment(start) and _is_moment(end):
        return start <= end
    return None


_is_date = re.compile(PATTERNS["date"]).fullmatch
_is_moment = QUICK["dateTime"]
_DAY, _ZONE, _LONGEST = len("2026-01-01"), len("+00:00"), len("2026-01-01T00:00:00.000000+00:00")


def _repeats_no_code(observation: Json) -> bool | None:
    """Whether no component has a code of the observation itself, unless that has no value."""
    if "component" not in observation:
        return True
    if not any(map(_is_there, map(observation.get, _VALUES))):
        return None
    own = set(map(key_of, _inside([observation], "code", "coding")))
    return own.isdisjoint(map(key_of, _inside([observation], "component", "code", "coding")))


#: The forms that the value of an observation may have.
_VALUES = (
    "valueQuantity",
    "valueCodeableConcept",
    "valueString",
    "valueBoolean",
    "valueInteger",
    "valueRange",
    "valueRatio",
    "valueSampledData",
    "valueTime",
    "valueDateTime",
    "valuePeriod",
)


def _inside(values: list[Any], *names: str) -> list[Any]:
    """Return what lies under names inside each other, once or repeated."""
    for name in names:
        values = [one for value in values for one in _listed(value, name)]
    return values


def _listed(value: object, name: str) -> Iterator[Any]:
    found = value.get(name) if isinstance(value, dict) else None
    for one in found if isinstance(found, list) else [found]:
        if one is not None:
            yield one


#: What answers for most objects without running an invariant; None leaves it to be run.
DECIDED: dict[str, Callable[[Json], bool | None]] = {
    "per-1": _ends_after_it_begins,
    "obs-7": _repeats_no_code,
}
