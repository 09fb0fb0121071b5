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


class _About:
    """What is counted of the records that say the same of what they are about.

    ``records`` are those that could have a code; ``said`` is how it stands in a fact, empty where
    it is no code.
    """

    __slots__ = ("nobodys", "people", "records", "said")

    def __init__(self, coded: Coded | None) -> None:
        self.records = 0
        self.nobodys = 0
        self.people: set[int] = set()
        self.said = str(coded) if coded is not None and coded[0] and coded != ELSEWHERE else ""


class _Abouts(dict[Coded | None, _About]):
    """Counts by what records say that they are about."""

    def __missing__(self, coded: Coded | None) -> _About:
        return self.setdefault(coded, _About(coded))


class _Raw:
    """Counts of one category in a batch, not yet interpreted."""

    __slots__ = ("abouts", "facts", "people", "shapes", "states", "units", "when")

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, Presence], int] = defaultdict(int)
        self.abouts = _Abouts()
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
        self._raw: dict[str, _Raw] = defaultdict(_Raw)
        self._people = _People(self._hashed)
        self._days = _Days()

    def take(self, record: Record) -> None:
        """Count one record."""
        category, type_, presence, coded, occurred, recorded, person, units, value, state, by = (
            record
        )
        raw = self._raw[category]
        if state is not None:
            raw.states[state, by] += 1
            if state is State.ENTERED_IN_ERROR:
                return
        raw.shapes[type_, presence] += 1
        about = raw.abouts[coded]
        if "code" in presence[0]:
            about.records += 1
        if occurred is not None:
            raw.when[self._when(occurred, recorded)] += 1
        for unit in units:
            raw.units[unit] += 1
        if person is None:
            about.nobodys += 1
        else:
            hash_ = self._people[person]
            raw.people[hash_] += 1
            about.people.add(hash_)
            if about.said and occurred is not None:
                fact = f"{person}\n{about.said}\n{occurred}\n{value}".encode("utf-8", "replace")
                raw.facts[self._hashed(fact)] += 1

    def state(self, category: str, state: State, by: str) -> None:
        """Count what an empty list or section says about a category as a whole."""
        self._raw[category].states[state, by] += 1

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
    _interpret_codes(raw.abouts, counts)
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


def _interpret_codes(abouts: _Abouts, counts: CategoryCounts) -> None:
    labels, codes, beside, code_systems = (defaultdict[Key, int](int) for _ in range(4))
    for coded, about in abouts.items():
        if not about.records:
            continue
        way, named = way_of(coded), _named(coded)
        pairs = {(code_system, code) for code_system, code, _ in named}
        names = sorted({code_system for code_system, _ in pairs})
        agreed = [name for name in names if is_agreed(name)]
        _interpret_code(way, pairs, about, counts)
        for label in named:
            labels[label] += about.records
        for pair in pairs:
            codes[pair] += about.records
            beside[*pair, *(name for name in agreed if name != pair[0])] += about.records
        if way in {Way.CODED, Way.LOCAL}:
            code_systems[tuple(names)] += about.records
    counts.labels.add_all(labels)
    counts.codes.add_all(codes)
    counts.beside.add_all(beside)
    counts.code_systems.add_all(code_systems)


def _interpret_code(
    way: Way, pairs: set[tuple[str, str]], about: _About, counts: CategoryCounts
) -> None:
    """Count the way of a code, of how few people it is, and what it says of an absence."""
    counts.ways[way] += about.records
    for pair in pairs:
        counts.few.take(pair, about.nobodys, about.people)
    for pair in pairs & BY_CODE.keys():
        counts.states[BY_CODE[pair]] += about.records
        counts.reasons["code"] += about.records


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
