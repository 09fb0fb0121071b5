"""Whether two systems mean the same by a category: code systems, value domains, maps."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sharedcare.fhir.harmonise.bounded import Bounded
from sharedcare.fhir.harmonise.concept_maps import Conversion, Maps
from sharedcare.fhir.harmonise.counters import CategoryCounts
from sharedcare.fhir.harmonise.terminologies import is_agreed

#: Share of a system's coded records from which a code system counts as one that it uses.
USED_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Side:
    """One of two systems, seen from the other.

    ``coded`` are its records with an agreed code, ``comparable`` those of them with a code of a
    code system that the other uses; ``codes`` is the volume of its codes, ``covered`` that of codes
    which the other has too, ``same_text`` that of codes which it has under another URI; ``renamed``
    are the code systems of which that is most.
    """

    system: str
    code_systems: tuple[str, ...]
    coded: int
    comparable: int
    codes: int
    covered: int
    same_text: int
    renamed: tuple[str, ...]
    conversions: tuple[Conversion, ...]

    @property
    def apart(self) -> int:
        """Coded records that the other cannot compare as they are."""
        return self.coded - self.comparable

    @property
    def converted(self) -> int:
        """Of these, what the best map given turns into the same meaning."""
        return min(self.apart, max((found.equivalent for found in self.conversions), default=0))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two systems on one category, and distinct codes of one, of the other and of both.

    Distinct codes are those of a sample where a system has more than are kept.
    """

    category: str
    one: Side
    other: Side
    one_has: int
    other_has: int
    both: int

    @property
    def jaccard(self) -> tuple[int, int]:
        """Codes of both, of codes of either."""
        return self.both, self.one_has + self.other_has - self.both

    @property
    def same_code_system(self) -> bool:
        """Whether there is a code system that both use."""
        return not set(self.one.code_systems).isdisjoint(self.other.code_systems)

    @property
    def differs_by_uri(self) -> bool:
        """Whether most codes that cannot be compared are the same ones, under two URIs."""
        apart = min(self.one.apart, self.other.apart)
        return 2 * min(self.one.same_text, self.other.same_text) > apart > 0

    def renamed(self, system: str, target: str) -> frozenset[str]:
        """Code systems of one of the two whose codes are those that the other has in the target."""
        mine, yours = self.one, self.other
        if system == yours.system:
            mine, yours = yours, mine
        if system != mine.system or target not in yours.code_systems or not self.differs_by_uri:
            return frozenset()
        return frozenset(mine.renamed)


class Held:
    """What one system sends of a category, made ready once to be set beside any other system's."""

    def __init__(self, system: str, counts: CategoryCounts) -> None:
        self.system = system
        self.counts = counts
        self.used = used(counts)
        self.sets = _sets(counts.code_systems)
        self.coded = sum(count for _, count in self.sets)
        self.codes = _agreed(counts.codes)
        self.volumes = _volumes(self.codes)
        self.names: dict[str, set[str]] = {}
        for name, code, _ in self.codes:
            self.names.setdefault(code, set()).add(name)


def agreement(category: str, one: Held, other: Held, maps: Maps) -> Agreement:
    """Set two systems beside each other."""
    ours, theirs = one.counts.codes.counts.keys(), other.counts.codes.counts.keys()
    return Agreement(
        category,
        _side(one, other, maps),
        _side(other, one, maps),
        len(ours),
        len(theirs),
        len(ours & theirs),
    )


def used(counts: CategoryCounts) -> tuple[str, ...]:
    """The agreed code systems that a system uses, the one with most records first."""
    records, coded = records_by_code_system(counts), coded_records(counts)
    found = [name for name, count in records.items() if count >= USED_SHARE * coded]
    return tuple(sorted(found, key=lambda name: (-records[name], name)))


def records_by_code_system(counts: CategoryCounts) -> Counter[str]:
    """Records with a code of each agreed code system."""
    found: Counter[str] = Counter()
    for names, count in _sets(counts.code_systems):
        for name in names:
            found[name] += count
    return found


def coded_records(counts: CategoryCounts) -> int:
    """Records with an agreed code."""
    return sum(count for _, count in _sets(counts.code_systems))


def _sets(code_systems: Bounded) -> list[tuple[tuple[str, ...], int]]:
    """Sets of agreed code systems with the records that have just them."""
    found = []
    for names, count in code_systems.counts.items():
        agreed = tuple(filter(is_agreed, names)) if isinstance(names, tuple) else ()
        if agreed:
            found.append((agreed, count))
    return found


def _agreed(codes: Bounded) -> list[tuple[str, str, int]]:
    """Agreed codes with their volume: code system, code, count."""
    found = []
    for key, count in codes.counts.items():
        if isinstance(key, tuple) and is_agreed(key[0]):
            found.append((key[0], key[1], count))
    return found


def codes_without(counts: CategoryCounts, goals: Collection[str]) -> list[tuple[str, str, int]]:
    """Codes, agreed or not, of records that have none of certain code systems, most records first.

    A code that stands beside one of those needs no map.
    """
    found: Counter[tuple[str, str]] = Counter()
    for key, count in counts.beside.counts.items():
        if isinstance(key, tuple) and not {key[0], *key[2:]} & set(goals):
            found[key[0], key[1]] += count
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [(*code, count) for code, count in ranked]


def _side(ours: Held, theirs: Held, maps: Maps) -> Side:
    goals = set(theirs.used)
    same = _volumes(_under_another_uri(ours, theirs))
    held = theirs.counts.codes.counts
    return Side(
        ours.system,
        ours.used,
        ours.coded,
        sum(count for names, count in ours.sets if not goals.isdisjoint(names)),
        ours.volumes.total(),
        sum(count for name, code, count in ours.codes if (name, code) in held),
        same.total(),
        tuple(name for name in ours.used if 2 * same[name] > ours.volumes[name]),
        _conversions(ours, theirs, maps),
    )


_Codes = list[tuple[str, str, int]]


def _under_another_uri(ours: Held, theirs: Held) -> _Codes:
    """Codes of ours that the other has too, and never under the same URI."""
    names = theirs.names
    return [(name, code, n) for name, code, n in ours.codes if name not in names.get(code, (name,))]


def _volumes(codes: _Codes) -> Counter[str]:
    """Codes by volume in each code system."""
    found: Counter[str] = Counter()
    for name, _, count in codes:
        found[name] += count
    return found


def _conversions(ours: Held, theirs: Held, maps: Maps) -> tuple[Conversion, ...]:
    """What the maps given do to codes of records that the other cannot compare."""
    ways = [
        (source, goal)
        for source in ours.used
        for goal in theirs.used
        if goal not in ours.used and (source, goal) in maps.by_pair
    ]
    if not ways:
        return ()
    held = codes_without(ours.counts, theirs.used)
    made = (
        maps.convert(((code, n) for name, code, n in held if name == source), source, goal)
        for source, goal in ways
    )
    return tuple(one for one in made if one is not None)
