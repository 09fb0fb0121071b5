"""What some lines of one system gave: counts that add up in any order and grouping.

Nothing here can be turned back into a person: people and facts are kept as keyed hashes, dates as
days between dates, values not at all.
"""

from collections import Counter
from dataclasses import dataclass, field, fields

from sharedcare.fhir.harmonise.bounded import Bounded
from sharedcare.fhir.harmonise.few import Few

#: Unreadable lines that are listed by place; all are counted.
MOST_PLACES = 20


@dataclass(slots=True)
class CategoryCounts:
    """Counts of the records of one data category in one system."""

    records: int = 0
    types: Counter[str] = field(default_factory=Counter)
    """By FHIR resource type; ``row`` for a row of a table."""
    states: Counter[str] = field(default_factory=Counter)
    """By :class:`sharedcare.fhir.harmonise.states.State`."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Which mechanism said so: ``dataAbsentReason``, ``emptyReason``, ``status``, ``code``, …"""
    asked: Counter[str] = field(default_factory=Counter)
    """By element that matters: records that could have it."""
    present: Counter[str] = field(default_factory=Counter)
    """By element that matters: records that have it."""
    ways: Counter[str] = field(default_factory=Counter)
    """By :class:`sharedcare.fhir.harmonise.terminologies.Way`."""
    code_systems: Bounded = field(default_factory=Bounded)
    """By the set of code systems that a record has codes of, as a sorted tuple."""
    codes: Bounded = field(default_factory=Bounded)
    """By code system and code."""
    beside: Bounded = field(default_factory=Bounded)
    """By code system and code, and then the agreed code systems of the record's other codes."""
    few: Few = field(default_factory=Few)
    """Of the same codes: of how many people they are."""
    labels: Bounded = field(default_factory=Bounded)
    """By code system, code and label."""
    units: Bounded = field(default_factory=Bounded)
    """By code system and code of what is measured, code system of the unit, and unit."""
    precision: Counter[str] = field(default_factory=Counter)
    """Of the date on which it happened: ``year``, ``month``, ``day``, ``time``, ``invalid``."""
    lateness: Counter[int] = field(default_factory=Counter)
    """By whole days from happening to being recorded."""
    people: Bounded = field(default_factory=Bounded)
    facts: Bounded = field(default_factory=Bounded)
    """By person, code, time and value."""

    def add(self, other: "CategoryCounts") -> None:
        """Add what was counted elsewhere."""
        _add_all(self, other)
        self.few.add(other.few, self.codes.counts)


@dataclass(slots=True)
class Counters:
    """Counts of one system.

    ``read`` lines (or documents, or rows) are ``ok``, ``quarantined`` or ``blank``; ``resources``
    are those of known kinds (``measured``), of other kinds, and those that are not shaped as FHIR
    is (``misshapen``, counted in a Bundle of which the rest is read).
    """

    read: int = 0
    ok: int = 0
    quarantined: int = 0
    blank: int = 0
    measured: int = 0
    misshapen: int = 0
    others: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    places: list[tuple[str, int, str]] = field(default_factory=list)
    """The first quarantined lines: file, line and reason."""
    categories: dict[str, CategoryCounts] = field(default_factory=dict)
    patients: Counter[str] = field(default_factory=Counter)
    """``all``, ``numbered``, ``valid``: with an NHS number, and with a right check digit."""
    verification: Counter[str] = field(default_factory=Counter)
    """Of NHS numbers, by the code of their verification status; ``not_said`` without any."""
    numbers: Bounded = field(default_factory=Bounded)
    """Keyed hashes of valid NHS numbers."""
    provenance: Counter[str] = field(default_factory=Counter)
    """Targets that resources of the type Provenance name, by resource type."""
    versions: Counter[str] = field(default_factory=Counter)
    """Measured resources by version of FHIR; see :mod:`sharedcare.fhir.harmonise.versions`."""
    told_by: Counter[str] = field(default_factory=Counter)
    """Measured resources by how their version is known."""

    @property
    def add_up(self) -> bool:
        """Whether all that was read is accounted for."""
        return self.read == self.ok + self.quarantined + self.blank

    def category(self, category: str) -> CategoryCounts:
        """The counts of a category, made where there are none yet."""
        found = self.categories.get(category)
        if found is None:
            found = self.categories[category] = CategoryCounts()
        return found

    def add(self, other: "Counters") -> None:
        """Add what was counted elsewhere."""
        _add_all(self, other)
        self.places = sorted(set(self.places))[:MOST_PLACES]


def _add_all(one: CategoryCounts | Counters, other: CategoryCounts | Counters) -> None:
    for found in fields(one):
        ours, theirs = getattr(one, found.name), getattr(other, found.name)
        if isinstance(ours, int):
            setattr(one, found.name, ours + theirs)
        elif isinstance(ours, Counter):
            ours.update(theirs)
        elif isinstance(ours, Bounded):
            ours.add(theirs)
        elif isinstance(ours, list):
            ours += theirs
        elif not isinstance(ours, Few):  # which is added after the codes that it is of
            _add_categories(ours, theirs)


def _add_categories(ours: dict[str, CategoryCounts], theirs: dict[str, CategoryCounts]) -> None:
    for category, counts in theirs.items():
        ours.setdefault(category, CategoryCounts()).add(counts)
