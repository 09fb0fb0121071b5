"""The hops that can carry one data category, arranged by where they lead.

A search walks from the consumer back towards the sources: the sources are few, and whatever feeds
a hub without being reached from one of them is never looked at.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sharedcare.flows.hops import Hop
from sharedcare.flows.network import Network


class Arc(NamedTuple):
    """A hop for one category, and the form that it lets survive."""

    hop: Hop
    form: int


def arcs_of(network: Network, category: str, holders: Iterable[str]) -> dict[str, list[Arc]]:
    """Return the arcs by the place that they lead to, only where some holder's information gets.

    What no question changes is left out: hops that are not live, share no identifier, or reach
    nobody. Systems that are down are left to the search, since a completion may settle them.
    """
    hops = network.hops
    usable = [
        (position, form)
        for position, form in network.carrying(category).items()
        if hops[position].live and hops[position].identity and hops[position].lack < 1
    ]
    reached = _reached(network, (position for position, _ in usable), holders)
    into: dict[str, list[Arc]] = {}
    for position, form in sorted(usable):
        hop = hops[position]
        if hop.from_ in reached:
            into.setdefault(hop.to, []).append(Arc(hop, form))
    return into


def _reached(network: Network, positions: Iterable[int], holders: Iterable[str]) -> set[str]:
    """The places that something held by one of the holders could get to, law and time apart."""
    out: dict[str, list[str]] = {}
    for position in positions:
        hop = network.hops[position]
        out.setdefault(hop.from_, []).append(hop.to)
    found = set(holders)
    waiting = list(found)
    while waiting:
        for place in out.get(waiting.pop(), ()):
            if place not in found:
                found.add(place)
                waiting.append(place)
    return found
