"""Where the hops lie: what is the same however the unknown is taken, worked out once.

For each data category the furthest *phase* in which it may be at each place is spread from its
holders: stored where it is held or was delivered, answered where it was pulled, shown where it was
viewed. Hops that could never have anything to bring are left aside.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sharedcare.flows.hops import Hop
from sharedcare.flows.sources import SourceFinder
from sharedcare.landscape import Landscape
from sharedcare.landscape.data_categories import ancestors

#: What is at a place, from least to most that can be done with it.
NOWHERE, SHOWN, ANSWERED, STORED = -1, 0, 1, 2


class Arc(NamedTuple):
    """A hop between two places: in which phase it must find what it takes, and leaves it."""

    position: int
    from_: str
    to: str
    asks: int
    leaves: int


class Layout:
    """The places of a landscape and the hops between them; positions are those of ``hops``."""

    def __init__(self, landscape: Landscape, hops: Sequence[Hop]) -> None:
        self.finder = SourceFinder(landscape)
        paper = (key for key, system in landscape.systems.items() if system.is_human)
        self.humans = frozenset(paper) | frozenset(landscape.stakeholders)
        self.arcs = [
            Arc(position, hop.from_, hop.to, self._asks(hop), self._leaves(hop))
            for position, hop in enumerate(hops)
        ]
        self.into: dict[str, list[Arc]] = defaultdict(list)
        self.out: dict[str, list[Arc]] = defaultdict(list)
        for arc in self.arcs:
            self.into[arc.to].append(arc)
            self.out[arc.from_].append(arc)
        self.carrying: dict[str, list[int]] = defaultdict(list)
        for position, hop in enumerate(hops):
            for category in hop.carries:
                self.carrying[category].append(position)
        self._carriages: dict[str, Carriage] = {}

    def _asks(self, hop: Hop) -> int:
        """The least phase out of which a hop can be taken: out of a human place, any."""
        if hop.flow is None or hop.from_ in self.humans:
            return SHOWN
        return STORED if hop.delivers else ANSWERED

    def _leaves(self, hop: Hop) -> int:
        """The phase in which a hop leaves what it brings; what a person is told is stored."""
        if hop.delivers or hop.to in self.humans:
            return STORED
        return SHOWN if hop.mode.shows else ANSWERED

    def carriage(self, category: str) -> "Carriage":
        """What can carry a category."""
        known = self._carriages.get(category)
        if known is None:
            known = self._carriages[category] = Carriage(self, category)
        return known


class Carriage:
    """What can carry one data category; ``names`` are the ids that cover it, longest first."""

    def __init__(self, layout: Layout, category: str) -> None:
        self.names = (category, *ancestors(category), "all")
        self._layout = layout
        self._positions = frozenset(
            position for name in self.names for position in layout.carrying.get(name, ())
        )
        self._phases = self._furthest_phases(category)
        self._into: dict[str, list[Arc]] = {}

    def _furthest_phases(self, category: str) -> dict[str, int]:
        out: dict[str, list[Arc]] = defaultdict(list)
        for position in self._positions:
            arc = self._layout.arcs[position]
            out[arc.from_].append(arc)
        phases = {held.system_id: STORED for held in self._layout.finder.holdings(category)}
        waiting = list(phases)
        while waiting:
            place = waiting.pop()
            for arc in out.get(place, ()):
                if phases[place] >= arc.asks and phases.get(arc.to, NOWHERE) < arc.leaves:
                    phases[arc.to] = arc.leaves
                    waiting.append(arc.to)
        return phases

    def phase(self, place: str) -> int:
        """The furthest phase in which the category may be at a place."""
        return self._phases.get(place, NOWHERE)

    def carries(self, position: int) -> bool:
        """Whether the hop at a position carries the category."""
        return position in self._positions

    def comes_to(self, place: str) -> bool:
        """Whether any hop can bring the category to a place."""
        return bool(self.into(place))

    def into(self, place: str) -> list[Arc]:
        """The hops into a place that carry the category, where it may be what they ask for."""
        known = self._into.get(place)
        if known is None:
            known = self._into[place] = [
                arc
                for arc in self._layout.into.get(place, ())
                if arc.position in self._positions and self.phase(arc.from_) >= arc.asks
            ]
        return known
