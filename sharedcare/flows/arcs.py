"""The hops that can carry one data category, arranged by where they lead.

A search walks from the consumer back towards the sources. What feeds a hub without ever having got
anything from a source is left out beforehand; of thousands of feeds a few remain.
"""

from collections.abc import Iterable
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
    forms: dict[int, int] = field(init=False)
    leading_to: dict[str, list[int]] = field(init=False, default_factory=dict)
    known: dict[str, list[Arc]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.stored = {*self.holders, *self.network.humans}
        self.forms = self.network.carrying(self.category, self.network.usable_by_category)
        for position in self.forms:
            self.leading_to.setdefault(self.network.hops[position].to, []).append(position)
        self._spread()

    def into(self, place: str) -> list[Arc]:
        """The arcs that lead to a place, in order of their positions."""
        found = self.known.get(place)
        if found is None:
            hops = self.network.hops
            flows = (hops[position] for position in sorted(self.leading_to.get(place, ())))
            found = [Arc(hop, self.forms[hop.position]) for hop in flows if self._can_leave(hop)]
            uses = (hops[position] for position in self.network.uses.get(place, ()))
            found += [Arc(hop, AS_HELD) for hop in uses if hop.lack != 1]
            self.known[place] = found
        return found

    def _can_leave(self, hop: Hop) -> bool:
        return hop.from_ in self.stored or (not hop.delivers and hop.from_ in self.answered)

    def _spread(self) -> None:
        """Follow everything but views, which lead no further, from all that hold or pass it on."""
        leaving: dict[str, list[Hop]] = {}
        hops = self.network.hops
        for position in self.forms:
            hop = hops[position]
            if not hop.shows:
                leaving.setdefault(hop.from_, []).append(hop)
        waiting = [place for place in leaving if place in self.stored]
        while waiting:
            for hop in leaving.get(waiting.pop(), ()):
                reached = self.stored if hop.delivers else self.answered
                if hop.to not in reached and self._can_leave(hop):
                    reached.add(hop.to)
                    waiting.append(hop.to)
