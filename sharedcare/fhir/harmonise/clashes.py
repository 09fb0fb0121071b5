"""What stands between systems: each clash with the records that it touches, the largest first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from sharedcare.fhir.harmonise import units
from sharedcare.fhir.harmonise.agreement import Agreement
from sharedcare.fhir.harmonise.code_lists import CodeLists
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN
from sharedcare.fhir.harmonise.few import ENOUGH
from sharedcare.fhir.harmonise.kinds import EVENTS, ROW, SAME_AS, UNSORTED
from sharedcare.fhir.harmonise.labels import (
    Labels,
    codes_with_other_labels,
    labels_with_other_codes,
)
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.landscape.data_categories import covers

#: Share of what could be touched from which something is a clash.
CLASH_SHARE = 0.05

#: Days from happening to being recorded after which a record is late, and the share of late records
#: from which that is told.
LATE_AFTER_DAYS = 7
LATE_SHARE = 0.2


class Kind(StrEnum):
    """What kind of clash; of equal size, the earlier comes first."""

    MISSING_NUMBERS = "missing_nhs_numbers"
    DIFFERENT_CODE_SYSTEMS = "different_code_systems"
    DIFFERENT_URIS = "same_codes_different_uris"
    TYPES = "different_resource_types"
    UNITS = "different_units"
    NOT_UNITS = "invalid_units"
    NO_UNIT = "missing_units"
    SAME_LABEL = "same_label_different_codes"
    SAME_CODE = "same_code_different_labels"
    LOCAL_CODES = "local_codes"
    UNKNOWN_CODES = "unknown_codes"
    NO_CODE_SYSTEM = "codes_without_code_system"
    TEXT = "text_only"
    LATE = "late_recording"
    EARLY = "recorded_before_it_happened"
    DATES = "invalid_dates"
    REPEATS = "repeated_facts"


#: Which parts of ``about`` are codes and labels, of which few people may be told by.
NAMING: Mapping[Kind, tuple[int, ...]] = {
    Kind.UNITS: (1,),
    Kind.SAME_LABEL: (1, 2, 3),
    Kind.SAME_CODE: (1, 2, 3),
}


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash: where, which systems, how many records (or patients) of how many.

    ``convertible`` of the affected are turned into the same meaning by the maps given, or, of
    units, by calculation. ``about`` are code systems, a code, units or labels, as the kind has it,
    and ``people`` those whose codes they are, of each system at least.
    """

    kind: Kind
    category: str
    systems: tuple[str, ...]
    affected: int
    of: int
    convertible: int = 0
    about: tuple[str, ...] = ()
    weight: float = 1.0
    people: int = ENOUGH

    @property
    def left(self) -> int:
        """What no map given and no calculation resolves."""
        return self.affected - self.convertible

    @property
    def order(self) -> tuple[float, int, int, int, str, tuple[str, ...], tuple[str, ...]]:
        """The key by which clashes are ranked: by weight times what is left, then by size."""
        rank = list(Kind).index(self.kind)
        score = -self.weight * self.left
        about = self.about
        return score, -self.left, -self.affected, rank, self.category, self.systems, about


def clashes(
    systems: Mapping[str, Counters],
    agreements: Iterable[Agreement],
    weight: Callable[[str], float],
    lists: CodeLists,
) -> tuple[Clash, ...]:
    """Find every clash, ranked; ``weight`` is that of the needs which depend on a category."""
    found = [*_between(agreements), *_in_pairs(systems)]
    for system, counters in systems.items():
        found += _missing_numbers(system, counters)
        for category, counts in counters.categories.items():
            found += _within(category, system, counts)
            found += _not_on_a_list(category, system, counts, lists)
    weighed = (replace(clash, weight=weight(clash.category)) for clash in found)
    return tuple(sorted(weighed, key=lambda clash: clash.order))


def is_event(category: str) -> bool:
    """Whether records of a category happen on a day, so that recording them can be late."""
    return any(covers(event, category) for event in EVENTS)


def late(counts: CategoryCounts) -> int:
    """Records made more than :data:`LATE_AFTER_DAYS` after what they record."""
    return sum(count for days, count in counts.lateness.items() if days > LATE_AFTER_DAYS)


def repeats(counts: CategoryCounts) -> int:
    """Facts that are there already: same person, code, time and value."""
    return sum(counts.facts.counts.values()) - len(counts.facts.counts)


def _is_many(affected: int, of: int, share: float = CLASH_SHARE) -> bool:
    return affected > MOST_HIDDEN and affected >= share * of


def _missing_numbers(system: str, counters: Counters) -> Iterator[Clash]:
    patients = counters.patients
    missing = patients["all"] - patients["valid"]
    if _is_many(missing, patients["all"]):
        yield Clash(Kind.MISSING_NUMBERS, "demographics", (system,), missing, patients["all"])


def _within(category: str, system: str, counts: CategoryCounts) -> Iterator[Clash]:
    """What is the matter with the records of one system, whoever they are compared with."""
    ways, asked = counts.ways, sum(counts.ways.values())
    dated = sum(counts.precision.values())
    timed = sum(counts.lateness.values())
    found = [
        (Kind.LOCAL_CODES, ways[Way.LOCAL], asked, CLASH_SHARE),
        (Kind.NO_CODE_SYSTEM, ways[Way.NO_CODE_SYSTEM], asked, CLASH_SHARE),
        (Kind.TEXT, ways[Way.TEXT_ONLY] + ways[Way.DISPLAY_ONLY], asked, CLASH_SHARE),
        (Kind.DATES, counts.precision["invalid"], dated, CLASH_SHARE),
        (Kind.REPEATS, repeats(counts), sum(counts.facts.counts.values()), CLASH_SHARE),
        (Kind.EARLY, sum(n for d, n in counts.lateness.items() if d < -1), timed, CLASH_SHARE),
    ]
    measured = sum(counts.units.counts.values())
    found.append((Kind.NO_UNIT, measured - with_unit(counts), measured, CLASH_SHARE))
    if is_event(category):
        found.append((Kind.LATE, late(counts), timed, LATE_SHARE))
    if units.can_check():
        found.append((Kind.NOT_UNITS, not_units(counts), with_unit(counts), CLASH_SHARE))
    for kind, affected, of, share in found:
        if _is_many(affected, of, share):
            yield Clash(kind, category, (system,), affected, of)


def _not_on_a_list(
    category: str, system: str, counts: CategoryCounts, lists: CodeLists
) -> Iterator[Clash]:
    known, unknown = lists.counted(counts)
    if _is_many(unknown, known + unknown):
        yield Clash(Kind.UNKNOWN_CODES, category, (system,), unknown, known + unknown)


def not_units(counts: CategoryCounts) -> int:
    """Quantities whose unit is none of UCUM; there must be something that can check it."""
    found = 0
    for key, count in counts.units.counts.items():
        if isinstance(key, tuple) and key[3] and not units.is_unit(key[3]):
            found += count
    return found


def with_unit(counts: CategoryCounts) -> int:
    """Quantities that have a unit."""
    pairs = counts.units.counts.items()
    return sum(count for key, count in pairs if isinstance(key, tuple) and key[3])


def _between(agreements: Iterable[Agreement]) -> Iterator[Clash]:
    """Codes of one system that the other cannot compare."""
    for found in agreements:
        one, other = found.one, found.other
        apart, coded = one.apart + other.apart, one.coded + other.coded
        if not one.coded or not other.coded or not _is_many(apart, coded):
            continue
        about = (*one.code_systems[:1], *other.code_systems[:1])
        pair = (one.system, other.system)
        if found.differs_by_uri:
            yield Clash(Kind.DIFFERENT_URIS, found.category, pair, apart, coded, 0, about)
        else:
            converted = one.converted + other.converted
            kind = Kind.DIFFERENT_CODE_SYSTEMS
            yield Clash(kind, found.category, pair, apart, coded, converted, about)


def _in_pairs(systems: Mapping[str, Counters]) -> Iterator[Clash]:
    """Types, units and labels that differ for the same category or code."""
    sent = {
        system: {category: _Sent(category, counts) for category, counts in found.categories.items()}
        for system, found in systems.items()
    }
    for one, other in combinations(sent, 2):
        for category, mine in sent[one].items():
            if category in sent[other]:
                yours = sent[other][category]
                for kind, affected, of, convertible, about in (
                    *_types(mine, yours),
                    *_units(mine, yours),
                    *_labels(mine, yours),
                ):
                    clash = Clash(kind, category, (one, other), affected, of, convertible, about)
                    yield replace(clash, people=_people(clash, mine.counts, yours.counts))


class _Sent:
    """What one system sends of a category, made ready once to be set beside any other system's."""

    def __init__(self, category: str, counts: CategoryCounts) -> None:
        self.counts = counts
        self.types = Counter[str]() if category == UNSORTED else _used_types(counts)
        self.units = _by_code(counts)
        self.labels = Labels(counts.labels)


def _people(clash: Clash, ours: CategoryCounts, theirs: CategoryCounts) -> int:
    """Of how many people the codes are that a clash names: those of the system with fewer."""
    if clash.kind not in NAMING:
        return ENOUGH
    code_system, code, one, other = clash.about
    codes = (one, other) if clash.kind is Kind.SAME_LABEL else (code, code)
    found = zip((ours, theirs), codes, strict=True)
    return min(_people_of((code_system, name), counts) for counts, name in found)


def _people_of(code: tuple[str, str], counts: CategoryCounts) -> int:
    """Of a part of an observation, whose code stands in no record by itself: all people there."""
    is_of_records = code in counts.few.whose
    return counts.few.people(code) if is_of_records else counts.people.distinct or counts.records


_Found = tuple[Kind, int, int, int, tuple[str, ...]]


def _types(ours: _Sent, theirs: _Sent) -> Iterator[_Found]:
    """Whether two systems mean different things by a category: orders and what is taken."""
    one, other = ours.types, theirs.types
    if not one or not other or one.keys() & other.keys():
        return
    affected = one.total() + other.total()
    of = ours.counts.records + theirs.counts.records
    about = one.most_common(1)[0][0], other.most_common(1)[0][0]
    if min(one.total(), other.total()) > MOST_HIDDEN:
        yield Kind.TYPES, affected, of, 0, about


def _used_types(counts: CategoryCounts) -> Counter[str]:
    """Resource types of which a system has many, by the name that they have in R4."""
    found: Counter[str] = Counter()
    for type_, count in sorted(counts.types.items()):
        found[SAME_AS.get(type_, type_)] += count
    kept = (one for one in found.items() if one[0] != ROW and one[1] >= CLASH_SHARE * found.total())
    return Counter(dict(kept))


def _labels(ours: _Sent, theirs: _Sent) -> Iterator[_Found]:
    of = ours.labels.records + theirs.labels.records
    for affected, *about in labels_with_other_codes(ours.labels, theirs.labels):
        yield Kind.SAME_LABEL, affected, of, 0, tuple(about)
    for affected, *about in codes_with_other_labels(ours.labels, theirs.labels):
        yield Kind.SAME_CODE, affected, of, 0, tuple(about)


_ByCode = dict[tuple[str, str], dict[str, int]]


def _by_code(counts: CategoryCounts) -> _ByCode:
    found: _ByCode = {}
    for key, count in counts.units.counts.items():
        if isinstance(key, tuple) and key[1] and key[3]:
            of_code = found.setdefault((key[0], key[1]), {})
            of_code[key[3]] = of_code.get(key[3], 0) + count
    return found


def _units(ours: _Sent, theirs: _Sent) -> Iterator[_Found]:
    """Of each code that both measure, the quantities in units that the other does not use."""
    one, other = ours.units, theirs.units
    for code in sorted(one.keys() & other.keys()):
        mine, yours = one[code], other[code]
        affected = _not_used(mine, yours) + _not_used(yours, mine)
        of = sum(mine.values()) + sum(yours.values())
        about = (_most(mine), _most(yours))
        rarest = min(mine[about[0]], yours[about[1]])
        if _is_many(affected, of) and rarest > MOST_HIDDEN:
            can = units.can_convert(*about)
            yield Kind.UNITS, affected, of, affected if can else 0, (*code, *about)


def _not_used(mine: dict[str, int], yours: dict[str, int]) -> int:
    apart = (unit for unit in mine if not any(units.is_same(unit, yours_) for yours_ in yours))
    return sum(mine[unit] for unit in apart)


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda unit: (-counts[unit], unit))
