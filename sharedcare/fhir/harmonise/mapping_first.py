"""What to map first: records that are not in the code system that most of the others use.

Codes that are the target's already, under another URI, are not to be mapped: agreeing on one URI
is enough, and the clash says so.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sharedcare.fhir.harmonise.agreement import Agreement, codes_without, records_by_code_system
from sharedcare.fhir.harmonise.concept_maps import Maps
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.kinds import UNSORTED
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.landscape.data_categories import built_in

#: Codes that are named of each system and category.
MOST_CODES = 5


@dataclass(frozen=True, slots=True)
class ToMap:
    """Records of a system and category to be put into the target code system.

    ``coded`` have a code that could be mapped, ``mapped`` of them are by the maps given, ``texts``
    have none and have to be coded by people. ``codes`` are those without a map, most records first:
    code system, code, records, and people up to :data:`sharedcare.fhir.harmonise.few.ENOUGH`.
    ``target`` is empty where no code system is agreed for the category.
    """

    category: str
    system: str
    target: str
    coded: int
    mapped: int
    texts: int
    codes: tuple[tuple[str, str, int, int], ...]
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
    systems: Mapping[str, Counters],
    agreements: Iterable[Agreement],
    maps: Maps,
    weight: Callable[[str], float],
) -> tuple[ToMap, ...]:
    """Every system and category with something to map, what matters most first."""
    categories = dict.fromkeys(name for found in systems.values() for name in found.categories)
    pairs = tuple(found for found in agreements if found.differs_by_uri)
    made: list[ToMap] = []
    for category in categories:
        held = {
            name: c.categories[category] for name, c in systems.items() if category in c.categories
        }
        target = target_of(category, held)
        between = [found for found in pairs if found.category == category]
        for system, counts in held.items():
            there = {target}.union(*(found.renamed(system, target) for found in between))
            one = _of_system((category, system), counts, target, there, maps)
            if one is not None:
                made.append(replace(one, weight=weight(category)))
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


def _of_system(
    place: tuple[str, str],
    counts: CategoryCounts,
    target: str,
    there: Collection[str],
    maps: Maps,
) -> ToMap | None:
    """What has to be mapped at a place, a category and a system; None where that is nothing.

    ``there`` are the code systems with the target's codes, by whatever name. Where no code system
    is agreed, text has none to be put into.
    """
    ways = counts.ways
    coded = ways[Way.CODED] + ways[Way.LOCAL] + ways[Way.NO_CODE_SYSTEM] - _in(there, counts)
    texts = ways[Way.TEXT_ONLY] + ways[Way.DISPLAY_ONLY] if target else 0
    if not coded + texts or (not target and UNSORTED in place):
        return None
    waiting = codes_without(counts, there)
    codes = [code for code in waiting if not maps.has(code[0], code[1], target)]
    mapped = min(coded, sum(code[2] for code in waiting) - sum(code[2] for code in codes))
    named = tuple((*code, counts.few.people(code[:2])) for code in codes[:MOST_CODES])
    return ToMap(*place, target, coded, mapped, texts, named)


def _in(names: Collection[str], counts: CategoryCounts) -> int:
    """Records with a code of any of these code systems."""
    found = counts.code_systems.counts.items()
    return sum(
        count
        for held, count in found
        if isinstance(held, tuple) and not set(names).isdisjoint(held)
    )
