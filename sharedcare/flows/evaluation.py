"""All arrivals in one run: for each item of each need, the best way in from each source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from sharedcare.errors import LimitReached
from sharedcare.flows.clearance import Clearance
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.search import Conditions, End, Limits, Search, Spent, WayOn
from sharedcare.flows.sources import SourceSet
from sharedcare.flows.taking import Exact, Fact, Time
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.vocabulary import Use


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one need, with its sources in the completion that is looked at."""

    need_id: str
    need: Need
    position: int
    sources: SourceSet

    @property
    def item(self) -> Item:
        """The item."""
        return self.need.content[self.position]

    @property
    def key(self) -> tuple[str, int]:
        """Need and position, which tell items apart."""
        return self.need_id, self.position


@dataclass(frozen=True, slots=True)
class Arrival:
    """The best way in from one source: where it starts, with what, and how it goes on."""

    system: str
    stored: Stored
    way: WayOn

    @property
    def age(self) -> Time:
        """How old the fact is when it can be used, in seconds."""
        return self.stored.age + self.way.age

    @property
    def lack(self) -> Exact:
        """The share of people for whom it does not come."""
        return max(self.stored.lack, self.way.lack)

    @property
    def reach(self) -> Fraction:
        """The share of people for whom it comes."""
        return Fraction(1 - self.lack)

    def ways(self) -> Iterator[WayOn]:
        """Yield the way on from each place of the route, from the start to the end."""
        way: WayOn | None = self.way
        while way is not None:
            yield way
            way = way.then


#: For each item, by source: its best arrival, None where nothing arrives.
Arrivals = dict[tuple[str, int], dict[str, Arrival | None]]

#: Where the routes of one source may start, with what is stored there.
Starts = tuple[tuple[str, Stored], ...]


@dataclass
class Evaluation:
    """One run over one landscape, taking what is unknown one way."""

    network: Network
    unproven: set[tuple[str, int]] = field(default_factory=set)
    spent: Spent = field(default_factory=Spent)
    _clearances: dict[tuple[object, ...], Clearance] = field(default_factory=dict)

    @property
    def landscape(self) -> Landscape:
        """The landscape."""
        return self.network.landscape

    def settling(self, facts: frozenset[Fact]) -> "Evaluation":
        """The same run with some more facts taken otherwise."""
        if not facts:
            return Evaluation(self.network, _clearances=self._clearances)
        network = self.network.settling(facts)
        same = network.law is self.network.law and network.crossings is self.network.crossings
        return Evaluation(network, _clearances=self._clearances if same else {})

    def start_afresh(self) -> None:
        """Forget what earlier judgements spent and could not prove; what was worked out is kept."""
        self.spent = Spent()
        self.unproven.clear()

    def arrivals(self, asked: Iterable[Asked], down: frozenset[str] | None = None) -> Arrivals:
        """Find the best arrival of every source of every item.

        ``down`` replaces the systems that are not in use, for a completion that settles some.
        """
        off = self.network.down if down is None else down
        return {asker.key: self._found(asker, asker.sources.starts, off) for asker in asked}

    def arrivals_below(
        self,
        asked: Iterable[Asked],
        better: "Evaluation",
        above: Arrivals,
        down: frozenset[str] | None = None,
    ) -> Arrivals:
        """Find the best arrivals, knowing those of a run that takes what is unknown better.

        What does not arrive there does not arrive here. A way that meets nothing unknown is the
        same here, so the coverage of its source is too. Only the others are searched for.
        """
        off = self.network.down if down is None else down
        return {
            asker.key: self._below(asker, better, above[asker.key], off)
            if asker.key not in better.unproven
            else self._found(asker, asker.sources.starts, off)
            for asker in asked
        }

    def _below(
        self,
        asker: Asked,
        better: "Evaluation",
        above: Mapping[str, Arrival | None],
        down: frozenset[str],
    ) -> dict[str, Arrival | None]:
        clearance = self.law_for(asker)
        found = {
            source: arrival
            if arrival and self._stands(arrival, better.network, clearance, source, down)
            else None
            for source, arrival in above.items()
        }
        doubtful = [source for source, arrival in above.items() if arrival and not found[source]]
        return found | self._found(asker, doubtful, down) if doubtful else found

    def _stands(
        self,
        arrival: Arrival,
        network: Network,
        clearance: Clearance,
        source: str,
        down: frozenset[str],
    ) -> bool:
        """Whether an arrival of another run, over its network, meets nothing unknown."""
        if not arrival.stored.certain:
            return False
        bit = clearance.bit[source]
        for way in arrival.ways():
            if way.place in down:
                return False
            hop = network.hops[way.by] if way.by >= 0 else None
            if hop and not (hop.certain and clearance.bits(way.by) & bit):
                return False
        return True

    def _found(
        self, asker: Asked, sources: Iterable[str], down: frozenset[str]
    ) -> dict[str, Arrival | None]:
        """The best arrival from each of some sources of an item."""
        found: dict[str, Arrival | None] = dict.fromkeys(sources)
        conditions, clearance = self.conditions(asker, down), self.law_for(asker)
        starts = starts_of(self.network, asker, found, conditions)
        wanted = sum(clearance.bit[source] for source in starts)
        places = {place for of_source in starts.values() for place, _ in of_source}
        ways: dict[str, list[WayOn]] = {place: [] for place in places}
        ends = ends_of(self.network, asker.need, conditions, wanted)
        try:
            for way in Search(conditions, places).ways_on(ends, self.spent):
                if way.place in places:
                    ways[way.place].append(way)
        except LimitReached:
            self.unproven.add(asker.key)
            return found
        for source, of_source in starts.items():
            found[source] = best_arrival(of_source, ways, clearance.bit[source], conditions.limits)
        return found

    def conditions(self, asker: Asked, down: frozenset[str]) -> Conditions:
        """What is asked of every route of an item while some systems are not in use."""
        return Conditions(
            limits=Limits.of(asker.need, asker.item),
            use=asker.need.use,
            down=down,
            passages=partial(self.network.passages, asker.item.category),
            cleared=self.law_for(asker).bits,
            comes_to=self.network.layout.carriage(asker.item.category).comes_to,
        )

    def law_for(self, asker: Asked) -> Clearance:
        """Who is cleared for what; the same for all items that ask the same sources the same."""
        key = (asker.item.category, asker.need.purpose, tuple(asker.sources.starts))
        known = self._clearances.get(key)
        if known is None:
            known = self._clearances[key] = Clearance(self.network, *key)
        return known


def starts_of(
    network: Network, asker: Asked, sources: Iterable[str], conditions: Conditions
) -> dict[str, Starts]:
    """Where the routes of some sources may start; those with no such place are left out."""
    found = {source: tuple(_starts(network, asker, source, conditions)) for source in sources}
    return {source: starts for source, starts in found.items() if starts}


def _starts(
    network: Network, asker: Asked, source: str, conditions: Conditions
) -> Iterator[tuple[str, Stored]]:
    limits = conditions.limits
    for start in asker.sources.starts[source]:
        stored = network.stored(start.system, asker.item)
        if stored is None or start.system in conditions.down or stored.form < limits.min_form:
            continue
        if limits.lookback and stored.history is not None and stored.history < limits.lookback:
            continue
        if stored.lack != 1 or not conditions.reaches_people:
            yield start.system, stored


def ends_of(network: Network, need: Need, conditions: Conditions, wanted: int) -> Iterator[End]:
    """Where the routes of some sources, as bits, may end for a need."""
    if wanted and ends_at_stakeholder(need):
        yield End(need.stakeholder, -1, 0, wanted)
    for position in network.uses.get(need.stakeholder, ()):
        hop = network.hops[position]
        if need.at not in (None, hop.from_) or hop.from_ in conditions.down:
            continue
        cleared = conditions.cleared(position) & wanted
        if cleared and (hop.lack != 1 or not conditions.reaches_people):
            yield End(hop.from_, position, hop.lack, cleared)


def best_arrival(
    starts: Starts, ways: Mapping[str, list[WayOn]], bit: int, limits: Limits
) -> Arrival | None:
    """Best reach first, then freshest, quickest, fewest re-keys, best form, fewest hops."""
    best: Arrival | None = None
    least: tuple[Exact | Time, ...] = ()
    for place, stored in starts:
        for way in ways[place]:
            age = stored.age + way.age
            if not way.sources & bit or age > limits.max_age:
                continue
            lack, dullness = max(stored.lack, way.lack), max(-stored.form, way.dullness)
            order = (lack, age, way.wait, way.rekeys, dullness, way.hops, way.order)
            if best is None or order < least:
                best, least = Arrival(place, stored, way), order
    return best


def ends_at_stakeholder(need: Need) -> bool:
    """Whether it counts when the stakeholder is told, by phone or letter, outside any system."""
    return need.at is None and need.use is not Use.INGEST
