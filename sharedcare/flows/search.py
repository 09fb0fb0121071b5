"""The search: every way on to the consumer, worth keeping, from each place on the way.

It walks backwards from where the stakeholder can use the information. A *way on* is how things
would go from a place to there: how much older, how long to wait, how often typed in again, in which
form at most, for which share of people, and for which sources it is lawful (as bits, so that one
search serves all of them). Age only grows, so ways are taken from a heap in order of age, and one
is dropped when another from the same place is at least as good in everything that the item has a
limit for (multi-criteria label setting, after Martins 1984). Places may repeat: dropping what is no
better ends every round trip.
"""

import heapq
import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sharedcare.errors import LimitReached
from sharedcare.flows.layout import SHOWN
from sharedcare.flows.network import Passage
from sharedcare.flows.taking import ENDLESS, Exact, Time, plain
from sharedcare.landscape import Item, Need
from sharedcare.quantities import Duration
from sharedcare.vocabulary import Form, Mode, Use

#: Ways on that one search may keep, and all searches of one run together, before it is given up.
MAX_WAYS, MAX_WAYS_IN_ALL = 50_000, 2_000_000


class WayOn(NamedTuple):
    """One way on from a place to where the stakeholder uses the information.

    ``order`` makes heap order the same in every run. ``asks`` is the phase in which the information
    must be at the place (see :mod:`sharedcare.flows.layout`); ``strict`` says that no human hand
    passes it on later, so that a hop which the use forbids may not come before; ``wait_is_done``
    that something is delivered on the way, so that what comes before costs no more waiting.
    ``sources`` has a bit for each source for which it is lawful. ``by`` is the hop that it begins
    with; where it ends, ``then`` is None and ``by`` the use of the system there, or -1.
    """

    age: Time
    wait: Time
    rekeys: int
    dullness: int
    lack: Exact
    hops: int
    order: int
    place: str
    asks: int
    strict: bool
    wait_is_done: bool
    sources: int
    by: int
    then: "WayOn | None"


class End(NamedTuple):
    """A place where a route may end: for whose information, and what share of people lack it."""

    place: str
    use: int
    lack: Exact
    sources: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What an item and its need ask of a route, in plain numbers; None or endless is no limit."""

    min_form: int
    max_age: Time
    max_wait: Time
    max_rekeys: float
    lookback: Exact | None
    events: Exact | None

    @classmethod
    def of(cls, need: Need, item: Item) -> "Limits":
        """The limits of one item of a need."""
        events = need.quantity.events
        return cls(
            min_form=int(item.min_form),
            max_age=seconds_of(need.max_age),
            max_wait=seconds_of(need.max_wait),
            max_rekeys=ENDLESS if need.max_rekeys is None else need.max_rekeys,
            lookback=plain(item.lookback.seconds) if item.lookback else None,
            events=plain(events.per_second) if events else None,
        )


def seconds_of(limit: Duration | None) -> Time:
    """A limit in seconds; none is endless."""
    return ENDLESS if limit is None else plain(limit.seconds)


@dataclass
class Spent:
    """How many ways on a run has kept so far, over all its searches, and the most it may keep."""

    ways: int = 0
    most: int = MAX_WAYS_IN_ALL

    def one_more(self, kept: int) -> None:
        """Count one; raises LimitReached past what a search or a run may keep."""
        self.ways += 1
        if kept > MAX_WAYS or self.ways > self.most:
            raise LimitReached("a search kept too many ways; the verdict is not proven")


#: The modes that no hop may have, for each use, since the last human place.
FORBIDDEN: Mapping[Use, tuple[Mode, ...]] = {
    Use.VIEW: (),
    Use.INGEST: (Mode.VIEW,),
    Use.ALERT: (Mode.PULL, Mode.VIEW),
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that is asked of a route, in the form in which a search asks for it.

    ``down`` are the systems that are not in use; ``passages`` gives the hops into a place that can
    be taken at all, ``cleared`` the sources, as bits, whose information may take the hop at a
    position; ``comes_to`` says whether anything can be at a place at all. Where ``reaches_people``
    is not asked, a way that serves nobody counts too.
    """

    limits: Limits
    use: Use
    down: frozenset[str]
    passages: Callable[[str], Sequence[Passage]]
    cleared: Callable[[int], int]
    comes_to: Callable[[str], bool]
    reaches_people: bool = True


class Search:
    """One search: one item of one need, for all its sources together, and where they start."""

    def __init__(self, conditions: Conditions, starts: Container[str]) -> None:
        self.conditions, self.limits, self.starts = conditions, conditions.limits, starts
        self.any_wait = self.limits.max_wait == ENDLESS
        self.any_rekeys = self.limits.max_rekeys == ENDLESS
        self._known: dict[tuple[str, int, bool], list[tuple[Passage, int]]] = {}

    def ways_on(self, ends: Iterable[End], spent: Spent) -> Iterator[WayOn]:
        """Yield every way on worth keeping, in order of age.

        Raises LimitReached where there are too many.
        """
        heap = [self._at(end, order) for order, end in enumerate(ends)]
        heapq.heapify(heap)
        kept: dict[str, list[WayOn]] = {}
        orders, count = itertools.count(len(heap)), 0
        while heap:
            way = heapq.heappop(heap)
            here = kept.setdefault(way.place, [])
            if self._is_beaten(way, here):
                continue
            count += 1
            spent.one_more(count)
            if way.hops or self.conditions.use is not Use.ALERT:  # an alert nobody sends is none
                here.append(way)
                yield way
            for hop, sources in self._hops_before(way):
                before = self._before(way, hop, sources, next(orders))
                if before and not self._is_beaten(before, kept.get(before.place, ())):
                    heapq.heappush(heap, before)

    def _at(self, end: End, order: int) -> WayOn:
        return WayOn(
            age=0,
            wait=0,
            rekeys=0,
            dullness=-Form.PROFILED,
            lack=end.lack,
            hops=0,
            order=order,
            place=end.place,
            asks=SHOWN,
            strict=self.conditions.use is not Use.VIEW,
            wait_is_done=False,
            sources=end.sources,
            by=end.use,
            then=None,
        )

    def _is_beaten(self, way: WayOn, here: Iterable[WayOn]) -> bool:
        """Whether a way that is kept (so adds no more age) is as good in all that has a limit."""
        for other in here:
            if (
                other.asks <= way.asks
                and other.strict <= way.strict
                and not way.sources & ~other.sources
                and (other.lack is way.lack or other.lack <= way.lack)
                and (self.any_rekeys or other.rekeys <= way.rekeys)
                and (self.any_wait or _waits_no_longer(other, way))
            ):
                return True
        return False

    def _before(self, way: WayOn, hop: Passage, sources: int, order: int) -> WayOn | None:
        """The way on that begins one hop earlier; None where it leads past a limit."""
        sources &= way.sources
        age = way.age + hop.time
        rekeys = way.rekeys + hop.rekeys
        wait = way.wait if way.wait_is_done or hop.delivers else way.wait + hop.time
        limits = self.limits
        if (
            not sources
            or age > limits.max_age
            or wait > limits.max_wait
            or rekeys > limits.max_rekeys
        ):
            return None
        return WayOn(
            age,
            wait,
            rekeys,
            max(way.dullness, -hop.form),
            max(way.lack, hop.lack) if hop.lack else way.lack,
            way.hops + 1,
            order,
            hop.from_,
            hop.asks,
            way.strict and not hop.from_human,
            way.wait_is_done or hop.delivers,
            sources,
            hop.position,
            way,
        )

    def _hops_before(self, way: WayOn) -> list[tuple[Passage, int]]:
        """The hops that can come before a way, each with the sources whose information may."""
        key = (way.place, way.asks, way.strict)
        known = self._known.get(key)
        if known is None:
            hops = self.conditions.passages(way.place)
            found = [
                (hop, self.conditions.cleared(hop.position))
                for hop in hops
                if self._may_precede(hop, way)
            ]
            known = self._known[key] = [(hop, sources) for hop, sources in found if sources]
        return known

    def _may_precede(self, hop: Passage, way: WayOn) -> bool:
        limits = self.limits
        return (
            hop.leaves >= way.asks
            and hop.form >= limits.min_form
            and hop.time <= limits.max_age
            and not (way.strict and hop.mode in FORBIDDEN[self.conditions.use])
            and (limits.lookback is None or hop.history is None or hop.history >= limits.lookback)
            and (limits.events is None or hop.capacity is None or hop.capacity >= limits.events)
            and hop.from_ not in self.conditions.down
            and (hop.from_ in self.starts or self.conditions.comes_to(hop.from_))
        )


def _waits_no_longer(other: WayOn, way: WayOn) -> bool:
    return other.wait <= way.wait and other.wait_is_done >= way.wait_is_done
