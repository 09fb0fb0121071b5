"""How many routes from one source keep apart, so that what stops one leaves another.

To find the most routes that keep apart *and* stay within limits of age, wait and form is hard in
general, so two bounds are told. From below: routes are found one after the other, each time without
what the earlier ones took up; these do keep apart. From above: the most that could pass if each hop
alone had to be lawful, live and good enough, and no limit applied to the whole way (the greatest
flow through the network, which is the smallest cut: Ford and Fulkerson 1956).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sharedcare.errors import LimitReached
from sharedcare.flows.evaluation import Asked, Evaluation, ends_of, starts_of
from sharedcare.flows.network import Passage, Stored
from sharedcare.flows.search import Conditions, End, Search, Spent, WayOn
from sharedcare.vocabulary import Use

if TYPE_CHECKING:
    from networkx import DiGraph

#: The ends of the network, which no place is called.
_SOURCE, _SINK = ("", "in"), ("", "out")


@dataclass(frozen=True, slots=True)
class RouteCount:
    """How many routes there are: at least so many, which were found, and at most so many."""

    at_least: int
    at_most: int

    @property
    def exact(self) -> bool:
        """Whether the bounds meet."""
        return self.at_least == self.at_most


@dataclass(frozen=True, slots=True)
class SourceRoutes:
    """How many lawful routes within every limit lead from one source and keep apart.

    ``apart`` counts routes no two of which share a system: with two of them the loss of no single
    system takes away what comes from this source. ``ways`` counts routes that may start in the same
    system and be read in the same system, but share no flow and no system in between, and do not
    pass through the hands of the role that needs it. A system that holds it and in which it is read
    counts as one way, and none leads round and back into it. Other people may be on several routes.
    """

    organisation: str
    apart: RouteCount
    ways: RouteCount


def source_routes(run: Evaluation, asker: Asked, source: str, down: frozenset[str]) -> SourceRoutes:
    """Count the routes of one source of an item, of which something comes, that keep apart."""
    apart, ways = (_Counting(run, asker, source, down, shared) for shared in (False, True))
    return SourceRoutes(source, apart.count(), ways.count())


@dataclass
class _Counting:
    """Counts routes of one source; ``shared`` lets them share where they start and are read."""

    run: Evaluation
    asker: Asked
    source: str
    down: frozenset[str]
    shared: bool
    spent: Spent = field(default_factory=Spent)

    def count(self) -> RouteCount:
        """Count them, between two bounds."""
        at_least = max(self._found(), 1)
        return RouteCount(at_least, max(at_least, self._most()))

    def _conditions(self) -> Conditions:
        """What is asked of every route; the role's own hands are no way round to the role."""
        conditions = self.run.conditions(self.asker, self.down)
        if not self.shared:
            return conditions
        role, hops = self.asker.need.stakeholder, self.run.network.hops

        def passages(place: str) -> list[Passage]:
            return [
                hop
                for hop in conditions.passages(place)
                if hop.from_ != role and (place != role or hops[hop.position].flow is not None)
            ]

        return replace(conditions, passages=passages)

    def _found(self) -> int:
        """How many routes are found one after the other, each without what the others took up."""
        gone: frozenset[str] = frozenset()
        taken: frozenset[int] = frozenset()
        held = self._read_where_held() if self.shared else frozenset()
        count = len(held)
        while route := self._shortest(gone, taken, held):
            count += 1
            gone |= self._taken_up(route)
            if self.shared:
                taken |= {way.by for way in route if way.then is not None}
        return count

    def _taken_up(self, route: list[WayOn]) -> frozenset[str]:
        """The systems on a route that no other may share."""
        places = [way.place for way in route]
        if self.shared:
            places = places[1:-1] if route[-1].by >= 0 else places[1:]
        return frozenset(place for place in places if place in self.run.landscape.systems)

    def _read_where_held(self) -> frozenset[str]:
        """The systems that hold it and in which it is read: a way each, without any flow."""
        conditions = self._conditions()
        if conditions.use is Use.ALERT:  # an alert nobody sends is none
            return frozenset()
        oldest, stored = conditions.limits.max_age, self._stored(conditions)
        ends = {end.place for end in self._ends(conditions)}
        return frozenset(key for key in stored.keys() & ends if stored[key].age <= oldest)

    def _shortest(
        self, gone: frozenset[str], taken: frozenset[int], held: frozenset[str]
    ) -> list[WayOn]:
        """The route with fewest hops without some systems and flows, as ways on; empty if none.

        It ends elsewhere than in the systems where it is ``held`` and read.
        """
        whole = self._conditions()
        within = replace(
            whole,
            down=whole.down | gone,
            passages=lambda place: [p for p in whole.passages(place) if p.position not in taken],
        )
        best: tuple[int, int, WayOn] | None = None
        try:
            for way in self._ways(within, held):
                if best is None or (way.hops, way.order) < best[:2]:
                    best = (way.hops, way.order, way)
        except LimitReached:
            return []
        return list(_onwards(best[2])) if best else []

    def _ways(self, conditions: Conditions, held: frozenset[str]) -> Iterator[WayOn]:
        """Yield every way on from where the source's routes start that is within all limits."""
        stored = self._stored(conditions)
        if not stored:
            return
        ends = [end for end in self._ends(conditions) if end.place not in held]
        for way in Search(conditions, stored).ways_on(ends, self.spent):
            start = stored.get(way.place)
            if start and start.age + way.age <= conditions.limits.max_age:
                yield way

    def _stored(self, conditions: Conditions) -> dict[str, Stored]:
        """What is stored where the source's routes may start."""
        starts = starts_of(self.run.network, self.asker, [self.source], conditions)
        return dict(starts.get(self.source, ()))

    def _ends(self, conditions: Conditions) -> list[End]:
        bit = self.run.law_for(self.asker).bit[self.source]
        return list(ends_of(self.run.network, self.asker.need, conditions, bit))

    def _most(self) -> int:
        """The greatest flow from the source to where it is used."""
        from networkx import maximum_flow_value  # heavy

        conditions = self._conditions()
        systems = self._stored(conditions).keys()
        held = self._read_where_held() if self.shared else frozenset()
        ends = {end.place for end in self._ends(conditions)} - held
        graph = self._graph(conditions, ends)
        for start in systems:
            graph.add_edge(_SOURCE, (start, "out" if self.shared else "in"))
        for end in ends:
            graph.add_edge((end, "in" if self.shared else "out"), _SINK)
        if self.shared:  # what is read where it is held takes no flow
            graph.add_edge(_SOURCE, _SINK, capacity=len(held))
        if _SOURCE not in graph or _SINK not in graph:
            return 0
        return int(maximum_flow_value(graph, _SOURCE, _SINK))

    def _graph(self, conditions: Conditions, ends: set[str]) -> "DiGraph[tuple[str, str]]":
        """Every hop from which something can go on to an end; each system lets one route pass."""
        from networkx import DiGraph  # heavy

        graph: DiGraph[tuple[str, str]] = DiGraph()
        seen, waiting = set(ends), sorted(ends)
        while waiting:
            place = waiting.pop()
            limits = {"capacity": 1} if place in self.run.landscape.systems else {}
            graph.add_edge((place, "in"), (place, "out"), **limits)
            for hop in conditions.passages(place):
                if not self._may_be_taken(hop, conditions):
                    continue
                self._add(graph, (hop.from_, "out"), (place, "in"))
                if hop.from_ not in seen:
                    seen.add(hop.from_)
                    waiting.append(hop.from_)
        return graph

    def _add(
        self, graph: "DiGraph[tuple[str, str]]", from_: tuple[str, str], to: tuple[str, str]
    ) -> None:
        """Add a flow; where it may not be shared, each between two places lets one route pass."""
        if not self.shared:
            graph.add_edge(from_, to)
            return
        before = graph.get_edge_data(from_, to, default={}).get("capacity", 0)
        graph.add_edge(from_, to, capacity=before + 1)

    def _may_be_taken(self, hop: Passage, conditions: Conditions) -> bool:
        """Whether nothing forbids a hop by itself; what the whole route must keep is left out."""
        limits, bit = conditions.limits, self.run.law_for(self.asker).bit[self.source]
        return (
            hop.form >= limits.min_form
            and hop.time <= limits.max_age
            and (limits.lookback is None or hop.history is None or hop.history >= limits.lookback)
            and (limits.events is None or hop.capacity is None or hop.capacity >= limits.events)
            and hop.from_ not in conditions.down
            and bool(conditions.cleared(hop.position) & bit)
        )


def _onwards(way: WayOn) -> Iterator[WayOn]:
    """Yield the way on from each place of a route, from its start to its end."""
    here: WayOn | None = way
    while here is not None:
        yield here
        here = here.then
