"""All arrivals in one run: for each item of each need, the best way in from each source.

Items are taken category by category, so that the hops which can carry one are arranged once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from sharedcare.errors import LimitReached
from sharedcare.flows.arcs import Arcs
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.search import End, LawfulSources, Limits, Search, Spent, WayOn
from sharedcare.flows.sources import SourceFinder, SourceSet
from sharedcare.flows.taking import ENDLESS, Exact, Time, plain
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.quantities import Duration
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
    def form(self) -> int:
        """How far a machine can use it."""
        return min(self.stored.form, -self.way.dullness)

    @property
    def lack(self) -> Exact:
        """The share of people for whom it does not come."""
        return max(self.stored.lack, self.way.lack)

    @property
    def reach(self) -> Fraction:
        """The share of people for whom it comes."""
        return Fraction(1 - self.lack)

    @property
    def order(self) -> tuple[Exact, Time, Time, int, int, int, int]:
        """Best reach first, then freshest, quickest, fewest re-keys, best form, fewest hops."""
        way = self.way
        return self.lack, self.age, way.wait, way.rekeys, -self.form, way.hops, way.order


#: Categories of which the arcs are kept, for the needs that ask again.
MOST_ARRANGED = 48

#: For each item, by source: its best arrival, None where nothing arrives.
Arrivals = dict[tuple[str, int], dict[str, Arrival | None]]


@dataclass
class Evaluation:
    """One run over one landscape, taking what is unknown one way."""

    network: Network
    finder: SourceFinder
    unproven: set[tuple[str, int]] = field(default_factory=set)
    spent: Spent = field(default_factory=Spent)
    laws: dict[tuple[object, ...], LawfulSources] = field(default_factory=dict)
    arranged: dict[str, Arcs] = field(default_factory=dict)

    @property
    def landscape(self) -> Landscape:
        """The landscape."""
        return self.network.landscape

    def start_afresh(self) -> None:
        """Forget what earlier judgements spent and could not prove; what was arranged is kept."""
        self.spent = Spent()
        self.unproven.clear()

    def arrivals(self, asked: Iterable[Asked], down: frozenset[str] | None = None) -> Arrivals:
        """Find the best arrival of every source of every item.

        ``down`` replaces the systems that are not in use, for a completion that settles some.
        """
        off = self.network.down if down is None else down
        found: Arrivals = {}
        for category, group in _by_category(asked).items():
            arcs = self._arcs(category)
            for asker in group:
                found[asker.key] = self._of_item(asker, arcs, off)
        return found

    def _arcs(self, category: str) -> Arcs:
        """The arcs of a category; those asked for last are kept."""
        found = self.arranged.pop(category, None)
        if found is None:
            holders = [held.system_id for held in self.finder.holdings(category)]
            found = Arcs(self.network, category, holders)
        self.arranged[category] = found
        if len(self.arranged) > MOST_ARRANGED:
            del self.arranged[next(iter(self.arranged))]
        return found

    def _of_item(self, asker: Asked, arcs: Arcs, down: frozenset[str]) -> dict[str, Arrival | None]:
        law = self.law_for(asker)
        limits = limits_of(asker)
        search = Search(self.network, arcs, limits, asker.need.use, law, down)
        try:
            ways = search.ways_on(self._ends(asker.need, law, down), self.spent)
        except LimitReached:
            self.unproven.add(asker.key)
            return dict.fromkeys(asker.sources.starts)
        return {
            source: min(
                (
                    found
                    for found in self._ways_in(asker, source, ways, down)
                    if _fits(found, limits)
                ),
                key=lambda found: found.order,
                default=None,
            )
            for source in asker.sources.starts
        }

    def law_for(self, asker: Asked) -> LawfulSources:
        """For which of an item's sources hops are lawful; shared by items that ask the same."""
        sources = tuple(asker.sources.starts)
        key = (asker.item.category, asker.need.purpose, sources)
        if key not in self.laws:
            self.laws[key] = LawfulSources(self.network, *key)
        return self.laws[key]

    def _ends(self, need: Need, law: LawfulSources, down: frozenset[str]) -> Iterator[End]:
        if ends_at_stakeholder(need):
            yield End(need.stakeholder, -1, 0, law.all)
        if need.use is Use.VIEW and ends_at_stakeholder(need):
            return  # what they read in a system comes to them by using it
        for position in uses_for(self.network, need):
            hop = self.network.hops[position]
            sources = law.by(position)
            if hop.from_ not in down and hop.lack < 1 and sources:
                yield End(hop.from_, position, hop.lack, sources)

    def _ways_in(
        self, asker: Asked, source: str, ways: dict[str, list[WayOn]], down: frozenset[str]
    ) -> Iterator[Arrival]:
        bit = 1 << list(asker.sources.starts).index(source)
        for start in asker.sources.starts[source]:
            stored = self._startable(start.system, asker.item)
            if stored is None or start.system in down:
                continue
            for way in ways.get(start.system, ()):
                if way.sources & bit and (asker.need.use is not Use.ALERT or way.hops):
                    yield Arrival(start.system, stored, way)

    def _startable(self, system: str, item: Item) -> Stored | None:
        """What is held there, None where it reaches nobody or not far enough back."""
        stored = self.network.stored(system, item)
        if stored is None or stored.lack == 1:
            return None
        lookback = item.lookback
        if lookback and stored.history is not None and stored.history < lookback.seconds:
            return None
        return stored


def uses_for(network: Network, need: Need) -> list[int]:
    """The positions of the uses by which a need may be served; ``at`` narrows them to one."""
    positions = network.uses.get(need.stakeholder, [])
    return [found for found in positions if need.at in (None, network.hops[found].from_)]


def ends_at_stakeholder(need: Need) -> bool:
    """Whether it counts when the stakeholder is told, by phone or letter, outside any system."""
    return need.at is None and need.use is not Use.INGEST


def limits_of(asker: Asked) -> Limits:
    """What a need and an item allow, in seconds and events a second."""
    need, item = asker.need, asker.item
    return Limits(
        min_form=int(item.min_form),
        max_age=seconds_of(need.max_age),
        max_wait=seconds_of(need.max_wait),
        max_rekeys=ENDLESS if need.max_rekeys is None else need.max_rekeys,
        lookback=plain(item.lookback.seconds) if item.lookback else None,
        events=plain(need.quantity.events.per_second) if need.quantity.events else None,
    )


def seconds_of(limit: Duration | None) -> Time:
    """A limit in seconds; none is endless."""
    return ENDLESS if limit is None else plain(limit.seconds)


def _fits(arrival: Arrival, limits: Limits) -> bool:
    return arrival.age <= limits.max_age and arrival.form >= limits.min_form


def _by_category(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for asker in asked:
        groups.setdefault(asker.item.category, []).append(asker)
    return groups
