"""The hops that can carry one data category, arranged by where they lead.

A search walks from the consumer back towards the sources. What feeds a hub without ever having got
anything from a source is left out beforehand; of thousands of feeds a few remain.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sharedcare.flows.hops import AS_HELD, Hop
from sharedcare.flows.network import Network


class Arc(NamedTuple):
    """A hop for one category, and the form that it lets survive."""

    hop: Hop
    form: int


@dataclass
class Arcs:
    """The hops that can carry one category and that something held could come by.

    What no question changes is left out: hops that are not live, share no identifier, or reach
    nobody. Systems that are down are left to the search, since a completion may settle them.
    ``stored`` and ``answered`` hold the places where it may come to be stored, or to be had by
    asking on; they may hold too many places (law and limits are not looked at), never too few.
    """

    network: Network
    category: str
    holders: Iterable[str]
    stored: set[str] = field(init=False)
    answered: set[str] = field(init=False, default_factory=set)
    leading_to: dict[str, list[Arc]] = field(init=False)
    known: dict[str, list[Arc]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.stored = {*self.holders, *self.network.humans}
        arcs = [arc for arc in self._all() if arc.hop.lack != 1]
        self.leading_to = {}
        for arc in arcs:
            self.leading_to.setdefault(arc.hop.to, []).append(arc)
        self._spread(arc.hop for arc in arcs if not arc.hop.shows)

    def _all(self) -> Iterator[Arc]:
        hops = self.network.hops
        for position, form in self.network.carrying(self.category).items():
            hop = hops[position]
            if hop.live and hop.identity:
                yield Arc(hop, form)

    def into(self, place: str) -> list[Arc]:
        """The arcs that lead to a place, in order of their positions."""
        found = self.known.get(place)
        if found is None:
            flows = [arc for arc in self.leading_to.get(place, ()) if self._can_leave(arc.hop)]
            uses = (self.network.hops[use] for use in self.network.uses.get(place, ()))
            shown = [Arc(hop, AS_HELD) for hop in uses if hop.lack != 1]
            found = sorted(flows, key=lambda arc: arc.hop.position) + shown
            self.known[place] = found
        return found

    def _can_leave(self, hop: Hop) -> bool:
        return hop.from_ in self.stored or (not hop.delivers and hop.from_ in self.answered)

    def _spread(self, hops: Iterable[Hop]) -> None:
        """Follow everything but views, which lead no further, from all that hold or pass it on."""
        leaving: dict[str, list[Hop]] = {}
        for hop in hops:
            leaving.setdefault(hop.from_, []).append(hop)
        waiting = [place for place in leaving if place in self.stored]
        while waiting:
            for hop in leaving.get(waiting.pop(), ()):
                reached = self.stored if hop.delivers else self.answered
                if self._can_leave(hop) and hop.to not in reached:
                    reached.add(hop.to)
                    waiting.append(hop.to)
