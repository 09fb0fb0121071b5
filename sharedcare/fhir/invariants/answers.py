"""Answers to invariants that need not be run: kept ones, and those that plain Python gives.

Many invariants are decided by a code or a flag and by which other elements are there. Their answers
are kept by these. Two that are met all the time, and ask more, are answered in plain Python where
that is certain.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sharedcare.fhir.fhirpath.operators import compare_dates, compare_quantities, key_of
from sharedcare.fhir.invariants.keys import Asked
from sharedcare.fhir.primitives import QUICK
from sharedcare.fhir.terminology.ucum_form import UCUM
from sharedcare.fhir.walk import Json

#: Answers that are kept of an invariant, and characters of a value that they are kept by.
MAX_ANSWERS, MAX_VALUE = 64, 64

#: Values of which all matters are kept up to so many in a list, and characters in all.
MAX_LISTED, MAX_TEXT = 4, 256

Values = tuple[str | bool, ...]


class Answers:
    """The answers of an invariant by the values that decide it.

    ``there`` are those of its keys that an object has; other keys do not matter to it.

    All of a value may matter (``wholes``), or that of a code or a flag, and of ``others``, and of
    the ``lists`` among them, no more than that they are there.
    """

    __slots__ = ("_codes", "_lists", "_others", "_wholes", "known")

    def __init__(self, ready: Asked, there: Sequence[str]) -> None:
        others = [key for key in there if key not in ready.looked_at and key not in ready.wholes]
        self._codes = tuple(key for key in there if key in ready.looked_at)
        self._wholes = tuple(key for key in there if key in ready.wholes)
        self._others = tuple(key for key in others if key not in ready.lists)
        self._lists = tuple(key for key in others if key in ready.lists)
        self.known: dict[Values, bool] = {}

    def key(self, value: Json) -> Values | None:
        """Return the values that decide it; None where something is not as it should be."""
        found = [value[key] for key in self._codes]
        for one in found:
            if type(one) is not bool and (type(one) is not str or len(one) > MAX_VALUE):
                return None
        for key in self._others:
            if value[key] is None or type(value[key]) is list:
                return None
        if not all(map(_is_there, map(value.get, self._lists))):
            return None
        for key in self._wholes:
            text = _short(value[key])
            if text is None:
                return None
            found.append(text)
        return tuple(found)

    def keep(self, values: Values, answer: bool) -> None:
        """Keep an answer."""
        if len(self.known) < MAX_ANSWERS:
            self.known[values] = answer


def answers_of(ready: Asked, keys: Collection[str]) -> Answers | None:
    """Return where the answers of an invariant are kept, None where more than that decides it."""
    if ready.is_far or not ready.keys or not ready.companions.isdisjoint(keys):
        return None
    there = tuple([key for key in ready.keys if key in keys])
    if there not in ready.answers:
        ready.answers[there] = Answers(ready, there)
    found: Answers = ready.answers[there]
    return found


def _short(value: object) -> str | None:
    """Return a value as a text that no other value has, None where it may be long."""
    if type(value) is list and len(value) > MAX_LISTED:
        return None
    text = repr(value)
    return text if len(text) <= MAX_TEXT else None


def _is_there(value: object) -> bool:
    """Whether a value, or the first of a list, is there for certain."""
    if type(value) is list:
        return bool(value) and value[0] is not None
    return value is not None


def _ends_after_it_begins(period: Json) -> bool | None:
    """Compare ends, by their texts if they are written in the same way; one end alone is good."""
    if not _has(period, "start") or not _has(period, "end"):
        return True
    start, end = period.get("start"), period.get("end")
    if type(start) is not str or type(end) is not str:
        return None
    is_usual = "0001" < start < "9999" and "0001" < end < "9999" and len(start) == len(end)
    if is_usual and ":60" not in start and ":60" not in end and len(start) <= _LONGEST:
        has_same_zone = start[-1] == end[-1] == "Z" or start[-_ZONE:] == end[-_ZONE:]
        if has_same_zone and _is_moment(start) and _is_moment(end):
            return start <= end
    return compare_dates(start, end) in _OPEN_OR_AFTER


_is_moment = QUICK["instant"]
_ZONE, _LONGEST = len("+00:00"), len("2026-01-01T00:00:00.000000+00:00")
#: Orders, in which the first is not after the second for certain.
_OPEN_OR_AFTER = (None, -1, 0)


def _rises(values: Json) -> bool | None:
    """Whether the low end of a range is not above the high one; other ends are left to be run."""
    low, high = values.get("low"), values.get("high")
    if type(low) is not dict or type(high) is not dict:
        return None
    return compare_quantities(low, high) in _OPEN_OR_AFTER


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


def _has_each_once(key: str, parts: str, beside: str = "") -> Callable[[Json], bool | None]:
    """Make what tells whether no two parts have the same text, parts of parts among them.

    What is contained may count too, unless it is of the type ``beside``.
    """

    def decided(resource: Json) -> bool | None:
        if not all(_is_plain(one, beside) for one in _listed(resource, "contained")):
            return None
        found, waiting = [], [resource]
        while waiting:
            inner = waiting.pop().get(parts, ())
            if not isinstance(inner, list | tuple) or not all(type(one) is dict for one in inner):
                return None
            found += [one.get(key) for one in inner]
            if any("_" + key in one for one in inner):
                return None
            waiting += inner
        return len(set(found)) == len(found) if all(type(one) is str for one in found) else None

    return decided


def _is_plain(resource: object, type_name: str) -> bool:
    """Whether something is a resource of a type that contains no other."""
    if not isinstance(resource, dict) or "contained" in resource:
        return False
    return resource.get("resourceType") == type_name


def _is_age(age: Json) -> bool | None:
    """Whether an age is told in UCUM and is more than nothing; others are left to be run."""
    is_usual = type(age.get("code")) is str and age.get("system") == UCUM
    value = _number(age, "value")
    return True if is_usual and value is not None and value > 0 else None


def _lasts(timing: Json) -> bool | None:
    """Whether a period is a number that is not negative."""
    value = _number(timing, "period")
    return None if value is None else value >= 0


def _number(owner: Json, key: str) -> Decimal | None:
    """Return a number that has nothing beside it."""
    value = owner.get(key)
    is_number = type(value) is int or type(value) is Decimal
    return Decimal(str(value)) if is_number and "_" + key not in owner else None


def _has(value: Json, key: str) -> bool:
    return key in value or "_" + key in value


#: What answers for most objects without running an invariant; None leaves it to be run.
DECIDED: dict[str, Callable[[Json], bool | None]] = {
    "per-1": _ends_after_it_begins,
    "rng-2": _rises,
    "obs-7": _repeats_no_code,
    "age-1": _is_age,
    "tim-5": _lasts,
    "que-2": _has_each_once("linkId", "item", beside="ValueSet"),
    "csd-1": _has_each_once("code", "concept"),
}
