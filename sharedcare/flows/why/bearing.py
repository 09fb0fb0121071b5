"""Which unknown facts bear on a need: the others cannot change its verdict, however they turn out.

Walked backwards from the stakeholder over every hop that could be on a route if all that is unknown
turned out well. A fact bears if such a hop, a place or holding there, or an agreement that would
have to cover it rests on the fact, and if it is about something that the need sets a limit to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.flows.evaluation import ends_at_stakeholder
from sharedcare.flows.judging import Judge
from sharedcare.flows.law import Crossing, asking_for_cover, cover_fact
from sharedcare.flows.search import Limits
from sharedcare.flows.sources import live_fact
from sharedcare.flows.taking import ENDLESS, Fact
from sharedcare.landscape import Item, Need
from sharedcare.quantities import Unknown


def bearing(judge: Judge, need_id: str) -> frozenset[Fact]:
    """Return the unknown facts that may change the verdict on a need; the others do not."""
    need = judge.landscape.needs[need_id]
    return frozenset(
        fact for item in need.content for fact in _Backwards(judge, need, item).facts()
    )


@dataclass
class _Backwards:
    """Goes from the stakeholder of one item to wherever it could come from."""

    judge: Judge
    need: Need
    item: Item
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        self.network = self.judge.best.network
        self.law = self.network.law
        self.limits = Limits.of(self.need, self.item)
        self.carriage = self.network.layout.carriage(self.item.category)
        self.good = self.law.covering(self.item.category, self.need.purpose)

    def facts(self) -> Iterator[Fact]:
        """Yield the facts that bear on the item, some of them several times."""
        yield from self.judge.finder.deciding_facts(self.item, self.judge.lost)
        places: set[str] = set()
        positions = set(self._ends(places))
        waiting = sorted(places)
        while waiting:
            for hop in self.network.passages(self.item.category, waiting.pop()):
                if hop.from_ in self.network.down or hop.form < self.limits.min_form:
                    continue
                positions.add(hop.position)
                if hop.from_ not in places:
                    places.add(hop.from_)
                    waiting.append(hop.from_)
        for position in positions:
            yield from self._of_hop(position)
        yield from self._of_law({self.network.crossings[position] for position in positions})
        for place in places:
            yield from self._of_place(place)

    def _ends(self, places: set[str]) -> Iterator[int]:
        """Yield the uses with which a route may end, and put the places where it may in a set."""
        if ends_at_stakeholder(self.need):
            places.add(self.need.stakeholder)
        for position in self.network.uses.get(self.need.stakeholder, ()):
            system = self.network.hops[position].from_
            if self.need.at in (None, system) and system not in self.network.down:
                places.add(system)
                yield position

    def _of_hop(self, position: int) -> Iterator[Fact]:
        hop = self.network.hops[position]
        for fact in hop.facts:
            if self._is_asked(fact, hop.delivers):
                yield fact

    def _of_law(self, crossings: Iterable[Crossing]) -> Iterator[Fact]:
        naming, covering = self.law.naming, 0
        for crossing in crossings:
            to = crossing.to_organisation or ""
            for source in asking_for_cover(self.sources, crossing, self.need.purpose):
                both = naming.get(source, 0) & naming.get(to, 0)
                if crossing.agreements is None and not both:
                    yield cover_fact(source, to)
                listed = both if crossing.agreements is None else both & crossing.agreements
                covering |= listed & self.good
        for agreement_id in self.law.ids:
            if covering & self.law.bit[agreement_id]:
                yield from self.law.facts(agreement_id)

    def _of_place(self, place: str) -> Iterator[Fact]:
        system = self.judge.landscape.systems.get(place)
        if system is None:
            return
        if isinstance(system.lifecycle, Unknown):
            yield live_fact(place)
        stored = self.network.stored(place, self.item) if place in self.starts else None
        for fact in stored.facts if stored else ():
            if self._is_asked(fact, delivers=True):
                yield fact

    def _is_asked(self, fact: Fact, delivers: bool) -> bool:
        """Whether the need sets a limit to what a fact is about; reach and cover always count."""
        limits, (first, *_), last = self.limits, fact.key.split("."), fact.key.split(".")[-1]
        if first == "carries":
            return limits.min_form > 0 and self._applies(fact)
        ages = limits.max_age != ENDLESS
        waits = limits.max_wait != ENDLESS and not delivers
        asked = {
            "delay": ages,
            "interval": ages,
            "written_up_in": ages,
            "wait": ages or waits,
            "hours": ages or waits,
            "form": limits.min_form > 0,
            "history": limits.lookback is not None,
            "capacity": limits.events is not None,
            "rekeyed": limits.max_rekeys != ENDLESS,
        }
        return asked.get(last, True)

    def _applies(self, fact: Fact) -> bool:
        """Whether, of several entries of a flow that cover the category, this is the one."""
        carries = self.judge.landscape.flows[fact.id].carries
        applies = next(name for name in self.carriage.names if name in carries)
        return fact.key == f"carries.{applies}"

    @cached_property
    def starts(self) -> dict[str, str]:
        """The systems where a route may turn out to start, each with its source organisation."""
        finder, landscape = self.judge.finder, self.judge.landscape
        if self.item.from_ is not None or not finder.deciding_facts(self.item, self.judge.lost):
            certain = finder.sources(self.item, {}, self.judge.lost).starts
            return {start.system: source for source in certain for start in certain[source]}
        holding = (held.system_id for held in finder.holdings(self.item.category))
        organisations = {system: landscape.systems[system].organisation for system in holding}
        return {system: found for system, found in organisations.items() if found is not None}

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every organisation that may turn out to be a source and to hold something."""
        return frozenset(self.starts.values())
