"""Where a source's information can be at all: labels, spread forwards over all hops they can take.

The search for the verdict goes backwards from the consumer and stops where nothing comes from. This
one goes forwards from the source and stops where nothing goes on: what it leaves behind is what a
person can check. A label is dropped where another at its place is at least as good in all that the
need limits, so rounds come to an end.
"""

import heapq
import itertools
from collections.abc import Iterable

from sharedcare.errors import LimitReached
from sharedcare.flows.layout import Arc
from sharedcare.flows.taking import Time
from sharedcare.flows.why.faults import SourceFaults
from sharedcare.flows.why.labels import Label

#: Labels that may be kept for one source before it is given up.
MAX_LABELS = 50_000

#: Labels by place, places and labels in the order in which they were found: the freshest first.
Labels = dict[str, list[Label]]


#: What labels are ordered by.
Rank = tuple[Time, Time, int, int, int]


class Spread:
    """Spreads the labels of one source of one item."""

    def __init__(self, faults: SourceFaults) -> None:
        self.faults = faults
        self._open: dict[str, list[Arc]] = {}
        self.labels: Labels = {}

    def from_starts(self, starts: Iterable[Label]) -> None:
        """Spread from where routes start; raises LimitReached where there are too many labels."""
        order, count = itertools.count(), 0
        heap = [(*rank_of(label), next(order), label) for label in starts]
        heapq.heapify(heap)
        while heap:
            label = heapq.heappop(heap)[-1]
            if self._is_matched(label):
                continue
            count += 1
            if count > MAX_LABELS:
                raise LimitReached("information can be in too many states; nothing is proven")
            self.labels.setdefault(label.place, []).append(label)
            for arc in self._open_from(label.place):
                found, amiss = self.faults.taking(label, arc)
                if not amiss and not self._is_matched(found):
                    heapq.heappush(heap, (*rank_of(found), next(order), found))

    def _is_matched(self, label: Label) -> bool:
        """Whether a label as good in everything is kept at the place."""
        as_good = self.faults.item.yardstick.as_good
        return any(as_good(kept, label) for kept in self.labels.get(label.place, ()))

    def _open_from(self, place: str) -> list[Arc]:
        """The hops out of a place with which nothing is wrong by themselves."""
        known = self._open.get(place)
        if known is None:
            item = self.faults.item
            known = self._open[place] = [
                arc
                for arc in item.network.layout.out.get(place, ())
                if not item.is_refused(arc) and not self.faults.of_hop(arc.position)
            ]
        return known


def rank_of(label: Label) -> Rank:
    """Freshest first, then quickest, least typed, most that can be done with it, best form."""
    return label.age, label.wait, label.rekeys, -label.phase, -label.form
