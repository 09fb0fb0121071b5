"""Every route of a source that arrives, and the most of them that keep apart, by brute force."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.oracle.evaluator import arrives, ends_of, has_history, start_step
from tests.oracle.hops import Hop, hops_by_sender
from tests.oracle.law import Question
from tests.oracle.walks import Step, may_follow, no_better, taken
from tests.oracle.world import Holding, World


@dataclass(frozen=True)
class Route:
    """The places of a route in order, the hops between them, and whether it ends by a use."""

    places: tuple[str, ...]
    hops: tuple[str, ...]
    read: bool


def routes(world: World, question: Question, starts: Sequence[Holding]) -> set[Route]:
    """Every route of one source that arrives for anybody, as far as going on can better it."""
    hops, ends, found = hops_by_sender(world, question), ends_of(world, question), set()

    def go_on(trail: list[Step], taken_by: list[Hop]) -> None:
        here = trail[-1]
        for end in ends:
            reach = min(here.reach, end.reach)
            if end.place == here.place and reach and arrives(world, question, here, end):
                found.add(_route(world, trail, taken_by))
        for hop in hops.get(here.place, ()):
            if may_follow(world, here, hop):
                there = taken(world, here, hop)
                before = (step for step in trail if step.place == there.place)
                if not any(no_better(there, earlier) for earlier in before):
                    go_on([*trail, there], [*taken_by, hop])

    for holding in starts:
        if has_history(world, question, holding):
            go_on([start_step(world, holding)], [])
    return found


def _route(world: World, trail: Sequence[Step], hops: Sequence[Hop]) -> Route:
    """A route; where the stakeholder comes to it by using a system, it is read there."""
    places = tuple(step.place for step in trail)
    names = tuple(f"{hop.name} {hop.sender} {hop.receiver}" for hop in hops)
    if hops and hops[-1].mode == "uses":
        return Route(places[:-1], names[:-1], read=True)
    return Route(places, names, read=places[-1] in world.systems)


def most_apart(found: Iterable[Route], systems: Mapping[str, Any]) -> int:
    """The most routes of which no two share a system."""
    return _most({_among(systems, route.places) for route in found})


def most_ways(found: Collection[Route], systems: Mapping[str, Any], role: str) -> int:
    """The most routes of which no two share a hop, or a system between the first and the last.

    Routes through the hands of the role that needs it do not count, unless there is no other, nor
    do those that lead round into a system that holds it and in which it is read.
    """
    held = {route.places[0] for route in found if not route.hops}
    taken_up = set()
    for route in found:
        back = route.read and route.hops and route.places[-1] in held
        if back or role in route.places[:-1]:
            continue
        between = route.places[1:-1] if route.read else route.places[1:]
        used = _among(systems, between) | frozenset(route.hops)
        taken_up.add(used or frozenset({f"read at {route.places[0]}"}))
    return max(_most(taken_up), 1 if found else 0)


def _among(systems: Mapping[str, Any], places: Iterable[str]) -> frozenset[str]:
    return frozenset(place for place in places if place in systems)


def _most(sets: set[frozenset[str]]) -> int:
    """The most of some sets that have nothing in common, by trying each with each."""
    least = [one for one in sets if not any(other < one for other in sets)]

    def best(left: list[frozenset[str]]) -> int:
        if not left:
            return 0
        first, *rest = left
        return max(best(rest), 1 + best([one for one in rest if not one & first]))

    return best(sorted(least, key=lambda one: (len(one), sorted(one))))
