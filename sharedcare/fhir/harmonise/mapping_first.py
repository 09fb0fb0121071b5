"""What to map first: records that are not in the code system that most of the others use."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sharedcare.fhir.harmonise.agreement import records_by_code_system
from sharedcare.fhir.harmonise.concept_maps import Maps
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.landscape.data_categories import built_in

#: Codes that are named of each system and category.
MOST_CODES = 5


@dataclass(frozen=True, slots=True)
class ToMap:
    """Records of a system and category to be put into the target code system.

    ``coded`` have a code that could be mapped, ``mapped`` of them are by the maps given, ``texts``
    have none and have to be coded by people. ``codes`` are those without a map, most records first.
    """

    category: str
    system: str
    target: str
    coded: int
    mapped: int
    texts: int
    codes: tuple[tuple[str, str, int], ...]
    weight: float = 1.0

    @property
    def left(self) -> int:
        """Records that nothing given brings into the target."""
        return self.coded - self.mapped + self.texts

    @property
    def order(self) -> tuple[float, int, str, str]:
        """By weight times what is left."""
        return -self.weight * self.left, -self.left, self.category, self.system


def to_map(
    systems: Mapping[str, Counters], maps: Maps, weight: Callable[[str], float]
) -> tuple[ToMap, ...]:
    """Every system and category with something to map, what matters most first."""
    categories = dict.fromkeys(name for found in systems.values() for name in found.categories)
    made: list[ToMap] = []
    for category in categories:
        held = {
            name: c.categories[category] for name, c in systems.items() if category in c.categories
        }
        target = target_of(category, held)
        if target:
            made += _of_category(category, held, target, maps, weight(category))
    return tuple(sorted(made, key=lambda found: found.order))


def target_of(category: str, held: Mapping[str, CategoryCounts]) -> str:
    """The agreed code system with most records, else the catalogue's first, else none.

    Where two have as many, the one that the catalogue names first: a code system of care before a
    classification.
    """
    records: Counter[str] = Counter()
    for counts in held.values():
        records.update(records_by_code_system(counts))
    named = built_in()[category].code_systems if category in built_in() else ()
    if not records:
        return named[0] if named else ""
    order = {name: place for place, name in enumerate(named)}
    return min(records, key=lambda name: (-records[name], order.get(name, len(order)), name))


def _of_category(
    category: str, held: Mapping[str, CategoryCounts], target: str, maps: Maps, weight: float
) -> Iterator[ToMap]:
    for system, counts in held.items():
        ways = counts.ways
        there = records_by_code_system(counts)[target]
        coded = ways[Way.CODED] + ways[Way.LOCAL] + ways[Way.NO_CODE_SYSTEM] - there
        texts = ways[Way.TEXT_ONLY] + ways[Way.DISPLAY_ONLY]
        if coded + texts:
            codes = _codes(counts, target, maps)
            mapped = min(coded, _mapped(counts, target, maps))
            yield ToMap(category, system, target, coded, mapped, texts, codes, weight)


def _codes(counts: CategoryCounts, target: str, maps: Maps) -> tuple[tuple[str, str, int], ...]:
    found = [
        (key[0], key[1], count)
        for key, count in counts.codes.counts.items()
        if isinstance(key, tuple) and key[0] != target and not maps.has(key[0], key[1], target)
    ]
    return tuple(sorted(found, key=lambda code: (-code[2], code))[:MOST_CODES])


def _mapped(counts: CategoryCounts, target: str, maps: Maps) -> int:
    by_source: dict[str, list[tuple[str, int]]] = {}
    for key, count in counts.codes.counts.items():
        if isinstance(key, tuple):
            by_source.setdefault(key[0], []).append((key[1], count))
    made = (maps.convert(codes, source, target) for source, codes in by_source.items())
    return sum(found.mapped for found in made if found is not None)
