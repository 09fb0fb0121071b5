"""From counters to what they show: agreement, clashes, what to map first, who can be linked."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sharedcare.fhir.harmonise.agreement import Agreement, Held, agreement
from sharedcare.fhir.harmonise.bounded import Key, shared
from sharedcare.fhir.harmonise.clashes import Clash, clashes
from sharedcare.fhir.harmonise.code_lists import CodeLists
from sharedcare.fhir.harmonise.concept_maps import Maps
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.mapping_first import ToMap, to_map
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.landscape.data_categories import built_in

#: The weight of a category's needs; see :func:`harmonisation`.
Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Linkage:
    """Distinct valid NHS numbers of two systems and of both; of a sample where they are many.

    ``one_people`` are the patients of one system, with or without a number; ``one_valid`` those of
    them with a valid one.
    """

    one: str
    other: str
    one_has: int
    other_has: int
    both: int
    is_sample: bool
    one_people: int
    other_people: int
    one_valid: int
    other_valid: int

    @property
    def linkable(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Of each system: patients whom the other has too, as far as numbers tell, of all."""
        return (
            (_part(self.one_valid, self.both, self.one_has), self.one_people),
            (_part(self.other_valid, self.both, self.other_has), self.other_people),
        )


def _part(patients: int, both: int, numbers: int) -> int:
    """So many of the patients as numbers of both are of the numbers."""
    return round(patients * both / numbers) if numbers else 0


@dataclass(frozen=True, slots=True)
class Harmonisation:
    """What systems send, set beside each other; figures are exact and not for showing as they are.

    ``categories`` are all that any system has, those of the catalogue in its order first.
    """

    systems: Mapping[str, Counters]
    categories: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    clashes: tuple[Clash, ...]
    to_map: tuple[ToMap, ...]
    linkages: tuple[Linkage, ...]
    code_lists: CodeLists = field(default_factory=CodeLists)
    maps: Maps = field(default_factory=Maps)

    @property
    def idle_maps(self) -> tuple[tuple[str, str], ...]:
        """Maps given that have nothing to do: nobody sends codes of the one or of the other."""
        cells = [one for found in self.systems.values() for one in found.categories.values()]
        sent = {
            name for one in cells for names in one.code_systems.counts for name in _texts(names)
        }
        return tuple(pair for pair in self.maps.by_pair if not sent.issuperset(pair))

    @property
    def fruitless_maps(self) -> tuple[tuple[str, str], ...]:
        """Maps given between code systems that are sent, with a target for none of the codes."""
        mapped = Counter[tuple[str, str]]()
        for found in self.agreements:
            for one in (*found.one.conversions, *found.other.conversions):
                mapped[one.source, one.target] += one.mapped
        return tuple(pair for pair, records in mapped.items() if not records)

    @property
    def elsewhere(self) -> int:
        """Records whose code stands in another resource that is not in the same document."""
        cells = (one for found in self.systems.values() for one in found.categories.values())
        return sum(one.ways[Way.REFERENCE] for one in cells)


def _alike(_category: str) -> float:
    return 1.0


def harmonisation(
    systems: Mapping[str, Counters],
    maps: Maps | None = None,
    weight: Weight = _alike,
    lists: CodeLists | None = None,
) -> Harmonisation:
    """Finish: say what the counters of each system show.

    ``weight`` gives the weight of the needs that depend on a category; without it all are alike.
    ``lists`` say which codes of a code system there are.
    """
    given, known = maps or Maps(), lists or CodeLists()
    held = {name for counters in systems.values() for name in counters.categories}
    categories = (*(name for name in built_in() if name in held), *sorted(held - built_in().keys()))
    agreements = tuple(
        agreement(category, one, other, given)
        for category in categories
        for one, other in combinations(_saying(systems, category), 2)
    )
    return Harmonisation(
        systems,
        categories,
        agreements,
        clashes(systems, agreements, weight, known),
        to_map(systems, agreements, given, weight),
        tuple(_linkage(one, other, systems) for one, other in combinations(systems, 2)),
        known,
        given,
    )


def _texts(key: Key) -> tuple[str, ...]:
    return key if isinstance(key, tuple) else ()


def _saying(systems: Mapping[str, Counters], category: str) -> list[Held]:
    """The systems with records of a category that say in some way what they are about."""
    found = ((name, counters.categories.get(category)) for name, counters in systems.items())
    return [
        Held(name, counts)
        for name, counts in found
        if counts is not None and counts.ways.total() > counts.ways[Way.ABSENT]
    ]


def _linkage(one: str, other: str, systems: Mapping[str, Counters]) -> Linkage:
    ours, theirs = systems[one].numbers, systems[other].numbers
    is_sample = ours.is_sample or theirs.is_sample
    mine, yours = systems[one].patients, systems[other].patients
    people = mine["all"], yours["all"], mine["valid"], yours["valid"]
    return Linkage(one, other, *shared(ours, theirs), is_sample, *people)
