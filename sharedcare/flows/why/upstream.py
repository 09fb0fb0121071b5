"""Upstream of the consumer: from which places flows lead on to where a need could be met.

Two answers: from where flows lead there whatever they break, which anybody can follow on a map; and
from where they do so as things are, so that what is missing may be one hop.
"""

import contextlib
from collections import defaultdict
from functools import cached_property, partial

from sharedcare.errors import LimitReached
from sharedcare.flows.clearance import Clearance
from sharedcare.flows.evaluation import ends_at_stakeholder, ends_of
from sharedcare.flows.judging import Shares
from sharedcare.flows.layout import STORED, Arc
from sharedcare.flows.relaxed import Relaxed
from sharedcare.flows.search import FORBIDDEN, Conditions, Limits, Search, Spent
from sharedcare.vocabulary import Reason


class Upstream:
    """What lies upstream of where one item of a need could be used."""

    def __init__(self, relaxed: Relaxed, shares: Shares, clearance: Clearance) -> None:
        self.relaxed, self.network = relaxed, relaxed.network
        self.asker, self.down, self.clearance = shares.asker, shares.down, clearance
        self.need = shares.asker.need

    @cached_property
    def ends(self) -> tuple[Arc, ...]:
        """The uses of systems by which the need could be met."""
        positions = self.network.uses.get(self.need.stakeholder, ())
        arcs = (self.network.layout.arcs[position] for position in positions)
        return tuple(arc for arc in arcs if self.need.at in (None, arc.from_))

    def is_end(self, arc: Arc) -> bool:
        """Whether a hop is a use by which the need could be met."""
        return arc.position in self._uses

    @cached_property
    def _uses(self) -> frozenset[int]:
        return frozenset(arc.position for arc in self.ends)

    @cached_property
    def places(self) -> frozenset[str]:
        """The places from which flows and uses lead there, whatever is wrong with them."""
        found = {arc.from_ for arc in self.ends}
        found |= {self.need.stakeholder} if ends_at_stakeholder(self.need) else set()
        waiting = sorted(found)
        while waiting:
            for arc in self.network.layout.into.get(waiting.pop(), ()):
                if arc.from_ not in found and not self._is_refused(arc):
                    found.add(arc.from_)
                    waiting.append(arc.from_)
        return frozenset(found)

    def _is_refused(self, arc: Arc) -> bool:
        hop = self.network.hops[arc.position]
        return hop.flow is None and not hop.live

    def may_start(self, place: str, bit: int) -> bool:
        """Whether a route of a source, as a bit, is known to lead on if it started at a place."""
        return any(sources & bit for sources in self._ways[place].values())

    def may_follow(self, arc: Arc, bit: int) -> bool:
        """Whether a route of a source, as a bit, is known to lead on if it took a hop."""
        mode = self.network.hops[arc.position].mode
        return any(
            sources & bit
            for (asks, strict), sources in self._ways[arc.to].items()
            if asks <= arc.leaves and not (strict and mode in FORBIDDEN[self.need.use])
        )

    @cached_property
    def _ways(self) -> dict[str, dict[tuple[int, bool], int]]:
        """By place, for each phase asked there and strictness of use, the sources as bits."""
        found: dict[str, dict[tuple[int, bool], int]] = defaultdict(lambda: defaultdict(int))
        conditions = self._conditions()
        ends = tuple(ends_of(self.network, self.need, conditions, self.clearance.everyone))
        for end in ends:  # an alert that ends here needs a hop before it: the one that is asked for
            found[end.place][STORED, True] |= end.sources
        with contextlib.suppress(LimitReached):
            for way in Search(conditions, ()).ways_on(ends, Spent()):
                found[way.place][way.asks, way.strict] |= way.sources
        return found

    def _conditions(self) -> Conditions:
        """Every condition, also beyond where the category comes to today."""
        category = self.asker.item.category
        anywhere = frozenset({Reason.NO_SOURCE})
        return Conditions(
            limits=Limits.of(self.need, self.asker.item),
            use=self.need.use,
            down=self.down,
            passages=partial(self.relaxed.passages, category, anywhere, keeps_shares=True),
            cleared=self.clearance.bits,
            comes_to=lambda _: True,
        )
