"""The route that breaks least, when some kinds of condition may be broken.

A search forwards, hop by hop, like :mod:`sharedcare.flows.why.spread`; but a hop may break what is
let go, and each thing that is broken costs one. A limit that is passed costs once. What hops must
break by themselves further on is worked out first, so that the search goes straight on (A*, Hart et
al. 1968, doi:10.1109/TSSC.1968.300136). The first route that comes to where the stakeholder can use
it breaks least; of several the freshest is taken.
"""

import heapq
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sharedcare.errors import LimitReached
from sharedcare.flows.evaluation import Starts, ends_at_stakeholder
from sharedcare.flows.layout import Arc
from sharedcare.flows.taking import Exact
from sharedcare.flows.why.faults import Faults, Reasons, SourceFaults
from sharedcare.flows.why.labels import Label, start_label
from sharedcare.flows.why.retrial import ANYTHING
from sharedcare.flows.why.spread import MAX_LABELS, Rank, rank_of
from sharedcare.flows.why.upstream import Upstream


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a route: what it brings, by which hop, and what this step breaks.

    ``by`` is the position of the hop, None at the start; ``cost`` is how much is broken so far,
    ``lack`` the share of people for whom it does not come so far.
    """

    label: Label
    by: int | None
    broken: Reasons
    cost: int
    lack: Exact
    before: "Leg | None"

    def route(self) -> tuple["Leg", ...]:
        """The legs from the start to this one."""
        return (*(self.before.route() if self.before else ()), self)


#: Rank and number, by which legs wait for their turn; whether it has arrived; the leg.
_Waiting = tuple[tuple[int, Rank, bool], int, bool, Leg]

#: From each place, how much the hops must break at least on the way to where it could be used.
Ahead = dict[str, int]


def breaks_ahead(faults: Faults, upstream: Upstream, let_go: Reasons) -> Ahead:
    """From each place, how much hops must break by themselves, whoever's information it is.

    From other places every way breaks what is not let go.
    """
    found: Ahead = {}
    need, layout = faults.asker.need, faults.network.layout
    heap = [(0, need.stakeholder)] if ends_at_stakeholder(need) else []
    heap += list(_one_before(faults, upstream.ends, let_go, 0))
    heapq.heapify(heap)
    while heap:
        cost, place = heapq.heappop(heap)
        if place not in found:
            found[place] = cost
            for before in _one_before(faults, layout.into.get(place, ()), let_go, cost):
                heapq.heappush(heap, before)
    return found


def _one_before(
    faults: Faults, arcs: Iterable[Arc], let_go: Reasons, cost: int
) -> Iterator[tuple[int, str]]:
    """Where hops come from, and what is broken from there on."""
    for arc in arcs:
        broken = faults.of_hop(arc.position)
        if broken <= let_go and not faults.is_refused(arc):
            yield cost + len(broken), arc.from_


class LeastBroken:
    """Finds the route of one source that breaks least of what may be broken."""

    def __init__(
        self, faults: SourceFaults, upstream: Upstream, let_go: Reasons, ahead: Ahead
    ) -> None:
        self.faults, self.upstream, self.let_go, self.ahead = faults, upstream, let_go, ahead
        self.item = faults.item
        self._kept: dict[str, list[Leg]] = {}
        self._order = itertools.count()

    def route(self, starts: Starts) -> tuple[Leg, ...]:
        """The route, empty if there is none; raises LimitReached where it looked too long."""
        heap = [self._waiting(leg, False) for leg in self._first(starts)]
        heapq.heapify(heap)
        count = 0
        while heap:
            _, _, arrived, leg = heapq.heappop(heap)
            if arrived:
                return leg.route()
            if self._is_matched(leg):
                continue
            count += 1
            if count > MAX_LABELS:
                raise LimitReached("too many routes would have to be looked at")
            self._kept.setdefault(leg.label.place, []).append(leg)
            for last in self._ended(leg):
                heapq.heappush(heap, self._waiting(last, True))
            for found in self._next(leg):
                heapq.heappush(heap, self._waiting(found, False))
        return ()

    def _waiting(self, leg: Leg, arrived: bool) -> _Waiting:
        """What will have broken least comes first, then the freshest, then what has arrived."""
        ahead = 0 if arrived else self.ahead[leg.label.place]
        rank = (leg.cost + ahead, rank_of(leg.label), not arrived)
        return rank, next(self._order), arrived, leg

    def _first(self, starts: Starts) -> Iterator[Leg]:
        """The legs at which routes start; what is not held there is not, whatever is let go."""
        item = self.item
        for system, stored in starts:
            held = None if stored is ANYTHING else item.network.stored(system, item.asker.item)
            broken = item.of_start(system, held)
            if broken <= self.let_go and system in self.ahead:
                found = held or ANYTHING
                yield Leg(start_label(system, found), None, broken, len(broken), found.lack, None)

    def _next(self, leg: Leg) -> Iterator[Leg]:
        """The legs that follow another, towards where the need could be met."""
        spent = self.item.yardstick.spent(leg.label)
        for arc in self.item.network.layout.out.get(leg.label.place, ()):
            if arc.to in self.ahead and not self.item.is_refused(arc):
                label, amiss = self.faults.taking(leg.label, arc)
                if amiss <= self.let_go:
                    yield self._after(leg, label, arc, amiss - spent)

    def _ended(self, leg: Leg) -> Iterator[Leg]:
        """The routes that end where a leg does, with what keeps them from counting."""
        label, need, yardstick = leg.label, self.item.asker.need, self.item.yardstick
        unfit = yardstick.amiss(label) - yardstick.spent(label)
        if not unfit <= self.let_go:
            return
        if label.place == need.stakeholder and ends_at_stakeholder(need):
            cost = leg.cost + len(unfit)
            yield replace(leg, broken=leg.broken | unfit, cost=cost)
        for arc in self.upstream.ends:
            broken = self.faults.of_hop(arc.position) | unfit
            if arc.from_ == label.place and broken <= self.let_go:
                yield self._after(leg, self.item.after(label, arc.position), arc, broken)

    def _after(self, leg: Leg, label: Label, arc: Arc, broken: Reasons) -> Leg:
        lack = max(leg.lack, self.item.network.hops[arc.position].lack)
        return Leg(label, arc.position, broken, leg.cost + len(broken), lack, leg)

    def _is_matched(self, leg: Leg) -> bool:
        """Whether something as good came to the place and broke no more."""
        yardstick, label = self.item.yardstick, leg.label
        return any(
            yardstick.as_good(kept.label, label)
            and yardstick.spent(kept.label) <= yardstick.spent(label)
            for kept in self._kept.get(label.place, ())
        )
