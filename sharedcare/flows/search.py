"""The search: every way on to the consumer, worth keeping, from each place on the way.

It walks backwards from where the stakeholder can use the information. A *way on* is how things
would go from a place to there: how much older, how long to wait, how often typed in again, in which
form at most, for which share of people, and for which sources it is lawful (as bits, so that one
search serves all of them). Age only grows, so ways are taken from a heap in order of age, and one
is dropped when another from the same place is at least as good in everything (multi-criteria label
setting, after Martins 1984). Places may repeat: dropping what is no better ends every round trip.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sharedcare.errors import LimitReached
from sharedcare.flows.arcs import Arc, Arcs
from sharedcare.flows.hops import ASKS, FREE, Hop
from sharedcare.flows.network import Network
from sharedcare.flows.taking import Exact, Time
from sharedcare.vocabulary import Form, Purpose, Use

#: Ways on that one search may keep, and all searches of one run together, before it is given up.
MAX_WAYS, MAX_WAYS_IN_ALL = 50_000, 2_000_000


class WayOn(NamedTuple):
    """One way on from a place to where the stakeholder uses the information.

    ``order`` makes heap order the same in every run. ``first`` is what it asks of the place (FREE,
    ASKS, STORED); ``wait_is_done`` says that something is delivered on the way, so that what comes
    before costs no more waiting; ``past_human`` that a human hand passes it on. ``sources`` has a
    bit for each source for which it is lawful; ``by`` is the hop it begins with, ``use`` the use of
    a system with which it ends (-1 where there is none).
    """

    age: Time
    wait: Time
    rekeys: int
    dullness: int
    lack: Exact
    hops: int
    order: int
    place: str
    first: int
    wait_is_done: bool
    past_human: bool
    sources: int
    then: "WayOn | None"
    by: int
    use: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a need and an item allow."""

    min_form: int
    max_age: Time
    max_wait: Time
    max_rekeys: float
    lookback: Time | None
    events: Exact | None


@dataclass(frozen=True, slots=True)
class End:
    """A place where a route may end, the use by which it is read there, and its share."""

    place: str
    use: int
    lack: Exact
    sources: int


@dataclass
class LawfulSources:
    """For one category and purpose and a row of sources: for which of them a hop is lawful."""

    network: Network
    category: str
    purpose: Purpose
    sources: tuple[str, ...]
    good: int = field(init=False)
    known: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        law = self.network.law
        self.good = law.in_force & law.covering(self.category, self.purpose)

    @property
    def all(self) -> int:
        """A bit for each source."""
        return (1 << len(self.sources)) - 1

    def by(self, position: int) -> int:
        """The sources, as bits, whose information may take a hop."""
        crossing = self.network.crossings[position]
        found = self.known.get(id(crossing))  # crossings are interned and live with the network
        if found is None:
            law = self.network.law
            found = sum(
                1 << bit
                for bit, source in enumerate(self.sources)
                if law.is_lawful(source, crossing, self.good, self.purpose)
            )
            self.known[id(crossing)] = found
        return found


@dataclass
class Spent:
    """How many ways on a run has kept so far, over all its searches."""

    ways: int = 0

    def one_more(self, kept: int) -> None:
        """Count one; raises LimitReached past what a search or a run may keep."""
        self.ways += 1
        if kept > MAX_WAYS or self.ways > MAX_WAYS_IN_ALL:
            raise LimitReached("a search kept too many ways; the verdict is not proven")


@dataclass(frozen=True)
class Search:
    """One search: one item of one need, for all its sources together."""

    network: Network
    arcs: Arcs
    limits: Limits
    use: Use
    law: LawfulSources
    down: frozenset[str]

    def ways_on(self, ends: Iterable[End], spent: Spent) -> dict[str, list[WayOn]]:
        """Return every way on worth keeping, by the place where it begins, in order of age.

        Raises LimitReached where there are too many.
        """
        heap = [self._at(end, order) for order, end in enumerate(ends)]
        heapq.heapify(heap)
        kept: dict[str, list[WayOn]] = {}
        order, count = len(heap), 0
        while heap:
            way = heapq.heappop(heap)
            here = kept.setdefault(way.place, [])
            if any(self._no_worse(other, way) for other in here):
                continue
            here.append(way)
            count += 1
            spent.one_more(count)
            for arc in self.arcs.into(way.place):
                before = self._before(way, arc, order)
                if before is not None:
                    heapq.heappush(heap, before)
                    order += 1
        return kept

    @staticmethod
    def _at(end: End, order: int) -> WayOn:
        return WayOn(
            age=0,
            wait=0,
            rekeys=0,
            dullness=-Form.PROFILED,
            lack=end.lack,
            hops=0,
            order=order,
            place=end.place,
            first=FREE,
            wait_is_done=False,
            past_human=False,
            sources=end.sources,
            then=None,
            by=-1,
            use=end.use,
        )

    def _before(self, way: WayOn, arc: Arc, order: int) -> WayOn | None:
        """The way on that begins one hop earlier; None where the hop breaks a condition."""
        hop = arc.hop
        human = way.place in self.network.humans
        if hop.from_ in self.down or not (human or self._may_follow(hop, way.first)):
            return None
        past_human = way.past_human or (human and way.hops > 0)
        if not past_human and self._is_forbidden(hop):
            return None
        limits = self.limits
        age = way.age + hop.time
        wait = way.wait if hop.delivers or way.wait_is_done else way.wait + hop.time
        rekeys = way.rekeys + hop.rekeys
        if age > limits.max_age or wait > limits.max_wait or rekeys > limits.max_rekeys:
            return None
        if arc.form < limits.min_form or not self._suffices(hop):
            return None
        sources = way.sources & self.law.by(hop.position)
        if not sources:
            return None
        return WayOn(
            age,
            wait,
            rekeys,
            max(way.dullness, -arc.form),
            way.lack if way.lack >= hop.lack else hop.lack,
            way.hops + 1,
            order,
            hop.from_,
            hop.first,
            hop.delivers or way.wait_is_done,
            past_human,
            sources,
            way,
            hop.position,
            way.use,
        )

    @staticmethod
    def _may_follow(hop: Hop, first: int) -> bool:
        """Whether what a hop brings to a place that is not human lets the way on begin."""
        if hop.delivers:
            return True
        return first == FREE or (first == ASKS and not hop.shows)

    def _is_forbidden(self, hop: Hop) -> bool:
        """Whether the use rules a hop out: what is shown is not taken in, nor does it tell."""
        if self.use is Use.VIEW:
            return False
        return hop.shows if self.use is Use.INGEST else not hop.delivers

    def _suffices(self, hop: Hop) -> bool:
        lookback, events = self.limits.lookback, self.limits.events
        far = lookback is None or hop.history is None or hop.history >= lookback
        return far and (events is None or hop.capacity is None or hop.capacity >= events)

    def _no_worse(self, kept: WayOn, way: WayOn) -> bool:
        """Whether a way that is kept (so adds no more age) is at least as good in everything."""
        return (
            kept.wait <= way.wait
            and kept.rekeys <= way.rekeys
            and kept.dullness <= way.dullness
            and kept.lack <= way.lack
            and kept.sources & way.sources == way.sources
            and (kept.first <= way.first or way.place in self.network.humans)
            and (kept.wait_is_done or not way.wait_is_done)
            and self._serves_the_use(kept, way)
        )

    def _serves_the_use(self, kept: WayOn, way: WayOn) -> bool:
        """Whether one way is as good as another for being told or taking in."""
        if self.use is Use.VIEW:
            return True
        human = way.place in self.network.humans
        kept_is_past = kept.past_human or (human and kept.hops > 0)
        way_is_past = way.past_human or (human and way.hops > 0)
        told = self.use is Use.INGEST or kept.hops > 0 or way.hops == 0
        return told and (kept_is_past or not way_is_past)
