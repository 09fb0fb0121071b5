"""Counting records: raw tuples on the way, counters at the end of a batch.

A record costs a few additions to dictionaries; what a shape, a code or a pair of dates means is
worked out once for each that is different, when the batch ends.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from sharedcare.fhir.harmonise.bounded import Key, hasher
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.states import BY_CODE, State
from sharedcare.fhir.harmonise.terminologies import (
    ELSEWHERE,
    Coded,
    Way,
    agreed_name,
    is_agreed,
    way_of,
)

#: Elements that a record could have, and those of them that it has.
Presence = tuple[tuple[str, ...], tuple[str, ...]]

#: What is measured (code system and code) and in which unit (code system and unit).
Unit = tuple[str | None, str | None, str | None, str | None]

#: One record: category, resource type, presence, what it is about, when it happened and was
#: recorded, whose it is, units, value, state and which mechanism said so. None is not said.
Record = tuple[
    str, str, Presence, Coded | None, str | None, str | None, str | None, tuple[Unit, ...], str,
    State | None, str,
]  # fmt: skip

#: Days further apart than this are a slip of the pen.
MOST_DAYS = 36_525

_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_DAY = 10


class _Raw:
    """Counts of one category in a batch, not yet interpreted."""

    __slots__ = (
        "codes", "facts", "nobodys", "people", "shapes", "states", "units", "when", "whose"
    )  # fmt: skip

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, Presence], int] = defaultdict(int)
        self.codes: dict[Coded | None, int] = defaultdict(int)
        self.whose: dict[Coded | None, set[int]] = defaultdict(set)
        self.nobodys: dict[Coded | None, int] = defaultdict(int)
        self.when: dict[tuple[str, int | None], int] = defaultdict(int)
        self.states: dict[tuple[State, str], int] = defaultdict(int)
        self.units: dict[Unit, int] = defaultdict(int)
        self.people: dict[Key, int] = defaultdict(int)
        self.facts: dict[Key, int] = defaultdict(int)


class _Days(dict[str, int | None]):
    """The number of a day; None where a text is none."""

    def __missing__(self, text: str) -> int | None:
        try:
            found = date.fromisoformat(text).toordinal()
        except ValueError:
            found = None
        return self.setdefault(text, found)


class _People(dict[str, int]):
    """The hash of a person by the reference to them."""

    def __init__(self, hashed: Callable[[bytes], int]) -> None:
        self._hashed = hashed

    def __missing__(self, reference: str) -> int:
        return self.setdefault(reference, self._hashed(reference.encode("utf-8", "replace")))


class Batch:
    """Counts records; ``key`` makes hashes of people that nobody without it can compare."""

    def __init__(self, key: bytes) -> None:
        self._hashed = hasher(key)
        self._raw: dict[str, _Raw] = {}
        self._people = _People(self._hashed)
        self._days = _Days()
        self._coded: dict[Coded, str] = {}

    def take(self, record: Record) -> None:
        """Count one record; raises TypeError, before anything is counted, if it cannot be."""
        hash(record)
        category, type_, presence, coded, occurred, recorded, person, units, value, state, by = (
            record
        )
        raw = self._raw.get(category)
        if raw is None:
            raw = self._raw[category] = _Raw()
        if state is not None:
            raw.states[state, by] += 1
            if state is State.ENTERED_IN_ERROR:
                return
        raw.shapes[type_, presence] += 1
        if "code" in presence[0]:
            raw.codes[coded] += 1
        if occurred is not None:
            raw.when[self._when(occurred, recorded)] += 1
        for unit in units:
            raw.units[unit] += 1
        if person is None:
            raw.nobodys[coded] += 1
        else:
            hash_ = self._people[person]
            raw.people[hash_] += 1
            raw.whose[coded].add(hash_)
            if coded is not None and coded[0] and coded != ELSEWHERE and occurred is not None:
                about = self._coded.get(coded) or self._coded.setdefault(coded, str(coded))
                fact = f"{person}\n{about}\n{occurred}\n{value}".encode("utf-8", "replace")
                raw.facts[self._hashed(fact)] += 1

    def state(self, category: str, state: State, by: str) -> None:
        """Count what an empty list or section says about a category as a whole."""
        raw = self._raw.setdefault(category, _Raw())
        raw.states[state, by] += 1

    def _when(self, occurred: str, recorded: str | None) -> tuple[str, int | None]:
        """The precision of the first date, and the days to the second where both have a day."""
        precision = _PRECISIONS.get(len(occurred), "time")
        if len(occurred) < _DAY:
            first = self._days[f"{occurred}-01-01"[:_DAY]] if precision != "time" else None
            return "invalid" if first is None else precision, None
        begun = self._days[occurred[:_DAY]]
        if begun is None:
            return "invalid", None
        ended = self._days[recorded[:_DAY]] if recorded is not None else None
        return precision, None if ended is None else ended - begun

    def add_to(self, counters: Counters) -> None:
        """Add all that was counted to counters."""
        for category, raw in self._raw.items():
            _interpret(raw, counters.category(category))


def _interpret(raw: _Raw, counts: CategoryCounts) -> None:
    for (type_, (asked, present)), count in raw.shapes.items():
        counts.records += count
        counts.types[type_] += count
        counts.asked.update(dict.fromkeys(asked, count))
        counts.present.update(dict.fromkeys(present, count))
    for coded, count in raw.codes.items():
        _interpret_code(coded, count, counts)
        for code_system, code, _ in _named(coded):
            counts.few.take((code_system, code), raw.nobodys[coded], raw.whose[coded])
    for (precision, days), count in raw.when.items():
        counts.precision[precision] += count
        if days is not None:
            counts.lateness[max(-MOST_DAYS, min(MOST_DAYS, days))] += count
    for (state, by), count in raw.states.items():
        counts.states[state] += count
        counts.reasons[by] += count
    counts.units.add_all(_units(raw.units.items()))
    counts.people.add_all(raw.people)
    counts.facts.add_all(raw.facts)


def _interpret_code(coded: Coded | None, count: int, counts: CategoryCounts) -> None:
    way = way_of(coded)
    counts.ways[way] += count
    codes = _named(coded)
    counts.labels.add_all((found, count) for found in codes)
    pairs = {(code_system, code) for code_system, code, _ in codes}
    counts.codes.add_all((pair, count) for pair in pairs)
    agreed = sorted({name for name, _ in pairs if is_agreed(name)})
    counts.beside.add_all(
        ((*pair, *(name for name in agreed if name != pair[0])), count) for pair in pairs
    )
    for pair in pairs & BY_CODE.keys():
        counts.states[BY_CODE[pair]] += count
        counts.reasons["code"] += count
    if way in {Way.CODED, Way.LOCAL}:
        names = tuple(sorted({code_system for code_system, _ in pairs}))
        counts.code_systems.add_all([(names, count)])


def _named(coded: Coded | None) -> set[tuple[str, str, str]]:
    """Code system, code and label of each coding that has the first two."""
    return {
        (agreed_name(code_system), code, display or "")
        for code_system, code, display in (coded[0] if coded else ())
        if code_system and code
    }


def _units(units: Iterable[tuple[Unit, int]]) -> Iterable[tuple[Key, int]]:
    for (code_system, code, unit_system, unit), count in units:
        measured = (agreed_name(code_system or ""), code or "")
        yield (*measured, agreed_name(unit_system or ""), unit or ""), count
