"""Counting records: raw tuples on the way, counters at the end of a batch.

A record costs a few additions to dictionaries; what a shape, a code or a pair of dates means is
worked out once for each that is different, when the batch ends.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sharedcare.fhir.harmonise.bounded import Key, hashed
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.states import BY_CODE, State
from sharedcare.fhir.harmonise.terminologies import ELSEWHERE, Coded, Way, agreed_name, way_of

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

    __slots__ = ("codes", "facts", "people", "shapes", "states", "units", "when")

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, Presence], int] = defaultdict(int)
        self.codes: dict[Coded | None, int] = defaultdict(int)
        self.when: dict[tuple[str, int | None], int] = defaultdict(int)
        self.states: dict[tuple[State, str], int] = defaultdict(int)
        self.units: dict[Unit, int] = defaultdict(int)
        self.people: dict[Key, int] = defaultdict(int)
        self.facts: dict[Key, int] = defaultdict(int)


class Batch:
    """Counts records; ``key`` makes hashes of people that nobody without it can compare."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._raw: dict[str, _Raw] = {}
        self._people: dict[str, int] = {}
        self._days: dict[str, int | None] = {}
        self._coded: dict[Coded, str] = {}

    def take(self, record: Record) -> None:
        """Count one record; raises TypeError, before anything is counted, if it cannot be."""
        hash(record)
        category, type_, presence, coded, occurred, recorded, person, units, value, *_ = record
        state, by = record[-2:]
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
        if person is not None:
            raw.people[self._person(person)] += 1
            if coded is not None and coded[0] and coded != ELSEWHERE and occurred is not None:
                about = self._coded.get(coded) or self._coded.setdefault(coded, str(coded))
                fact = f"{person}\n{about}\n{occurred}\n{value}".encode("utf-8", "replace")
                raw.facts[hashed(fact, self._key)] += 1

    def state(self, category: str, state: State, by: str) -> None:
        """Count what an empty list or section says about a category as a whole."""
        raw = self._raw.setdefault(category, _Raw())
        raw.states[state, by] += 1

    def _person(self, reference: str) -> int:
        found = self._people.get(reference)
        if found is None:
            found = hashed(reference.encode("utf-8", "replace"), self._key)
            self._people[reference] = found
        return found

    def _when(self, occurred: str, recorded: str | None) -> tuple[str, int | None]:
        """The precision of the first date, and the days to the second where both have a day."""
        precision = _PRECISIONS.get(len(occurred), "time")
        if len(occurred) < _DAY:
            is_date = precision != "time" and occurred.replace("-", "").isdigit()
            return precision if is_date else "invalid", None
        begun = self._day(occurred[:_DAY])
        if begun is None:
            return "invalid", None
        ended = self._day(recorded[:_DAY]) if recorded is not None else None
        return precision, None if ended is None else ended - begun

    def _day(self, text: str) -> int | None:
        if text not in self._days:
            try:
                self._days[text] = date.fromisoformat(text).toordinal()
            except ValueError:
                self._days[text] = None
        return self._days[text]

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
    codes = {
        (agreed_name(code_system), code, display or "")
        for code_system, code, display in (coded[0] if coded else ())
        if code_system and code
    }
    counts.labels.add_all((found, count) for found in codes)
    pairs = {(code_system, code) for code_system, code, _ in codes}
    counts.codes.add_all((pair, count) for pair in pairs)
    for pair in pairs & BY_CODE.keys():
        counts.states[BY_CODE[pair]] += count
        counts.reasons["code"] += count
    if way in {Way.CODED, Way.LOCAL}:
        names = tuple(sorted({code_system for code_system, _ in pairs}))
        counts.code_systems.add_all([(names, count)])


def _units(units: Iterable[tuple[Unit, int]]) -> Iterable[tuple[Key, int]]:
    for (code_system, code, unit_system, unit), count in units:
        measured = (agreed_name(code_system or ""), code or "")
        yield (*measured, agreed_name(unit_system or ""), unit or ""), count
