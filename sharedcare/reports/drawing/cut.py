"""The cut of a need drawn: how far its information gets, and every hop that lets it no further.

On the left stands what is reached, on the right what is not: who needs it, and the places from
which it could go on there. A line that is crossed out is a hop that stops it. Those are drawn that
may be all that is missing, else those with which least is wrong; the others are counted.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from sharedcare.flows import Judge, NeedVerdict
from sharedcare.flows.why.frontier import Blocked, Frontier, frontiers
from sharedcare.landscape.data_categories import covers
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.drawing.labels import (
    STOPPED,
    Fault,
    kinds_label,
    reasons_label,
    way_label,
)
from sharedcare.reports.drawing.model import Line
from sharedcare.reports.drawing.sketch import Picture, Sketch
from sharedcare.reports.words.figures import counted
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names

if TYPE_CHECKING:
    import networkx

    from sharedcare.landscape.graph import LandscapeGraph

KEY = (
    (Line.SOLID, "it gets there"),
    (Line.CROSSED, "it is stopped here, and why"),
    (Line.FAINT, "from here it could go on"),
)

REACHED, BEYOND = range(2)
BANDS = ("It gets this far", "It does not get here")

#: How much longer a step is that does not carry what is asked for, or is not in use.
NOT_CARRYING, NOT_IN_USE = 10, 5

#: Of each source at most this many hops that stop it are drawn.
MOST_STOPS = 6

AT_WORST = "As it is if everything unknown turns out badly."
ALL_ARRIVES = "Something arrives from every source, so nothing is cut off."
NOT_PROVEN = "A limit of the search was reached: what stops it is not wholly known."


def picture_of_cut(judge: Judge, found: NeedVerdict, names: Names) -> Picture:
    """Draw how far the parts of a need get of which nothing arrives, and what stops each of them.

    Undetermined needs are drawn as they are at worst.
    """
    cut = frontiers(judge, found.need)
    drawn = _CutSketch(judge, found, Sketch(names), judge.landscape.graph())
    for frontier in cut:
        drawn.add(frontier)
    drawn.mark_consumer()
    lead = " ".join(_lead(cut)) or ALL_ARRIVES
    title = f"{need_label(judge.landscape, found.need)}: what stops it"
    return drawn.sketch.picture(title, lead, KEY, BANDS)


def shown_stops(frontier: Frontier) -> tuple[Blocked, ...]:
    """The hops that are drawn of all that stop one source's part, the nearest to passing first."""
    if not frontier.blocked:
        return ()
    nearest = frontier.blocked[0]
    alike = (
        blocked
        for blocked in frontier.blocked
        if blocked.leads_on == nearest.leads_on
        and (nearest.leads_on or len(blocked.reasons) == len(nearest.reasons))
    )
    return tuple(islice(alike, MOST_STOPS))


def _hops(stops: Iterable[Blocked]) -> set[tuple[str | None, str, str]]:
    return {(blocked.flow, blocked.from_, blocked.to) for blocked in stops}


def _lead(cut: tuple[Frontier, ...]) -> Iterator[str]:
    if not all(frontier.at_best for frontier in cut):
        yield AT_WORST
    shown = _hops(blocked for frontier in cut for blocked in shown_stops(frontier))
    stops = _hops(blocked for frontier in cut for blocked in frontier.blocked)
    if stops:
        drawn = f"; drawn: the {len(shown)} nearest to passing" if len(shown) < len(stops) else ""
        yield f"{counted(len(stops), 'hop stops', 'hops stop')} it{drawn}."
    dead = {place for frontier in cut for place in frontier.dead_ends}
    if dead:
        yield f"It also gets to {counted(len(dead), 'place')} from which nothing leads on."
    if not all(frontier.complete for frontier in cut):
        yield NOT_PROVEN


@dataclass
class _CutSketch:
    """A cut in the making: the frontiers of one need, one laid over the other."""

    judge: Judge
    found: NeedVerdict
    sketch: Sketch
    graph: "LandscapeGraph"

    def add(self, frontier: Frontier) -> None:
        """Draw one frontier: where it starts, the way to each hop that stops it, the way on."""
        for place in frontier.starts:
            self._note_held(place, frontier.category)
        for blocked in frontier.refused:
            box = self._note_held(blocked.from_, frontier.category)
            self.sketch.mark(box, Mark.UNMET, f"{STOPPED} {self._why(frontier, blocked)}")
        reached = set(frontier.reached) - {self.found.stakeholder}
        coming = self._steps(frontier.category, lambda from_, to: {from_, to} <= reached)
        going = self._steps(frontier.category, lambda from_, to: not {from_, to} & reached)
        for blocked in shown_stops(frontier):
            self._draw_coming(coming, frontier, blocked.from_)
            self._draw_blocked(frontier, blocked, reached)
            if blocked.to not in reached:
                self._draw_way(going, [blocked.to], self.found.stakeholder, BEYOND, Line.FAINT)

    def _note_held(self, place: str, category: str) -> str:
        box = self.sketch.place(place, REACHED)
        self.sketch.add_note(box, f"holds: {kinds_label(self.judge.landscape, [category], most=3)}")
        return box

    def _draw_coming(self, steps: "networkx.DiGraph[str]", frontier: Frontier, place: str) -> None:
        if place != self.found.stakeholder:
            self._draw_way(steps, frontier.starts, place, REACHED, Line.SOLID)

    def _draw_blocked(self, frontier: Frontier, blocked: Blocked, reached: set[str]) -> None:
        why = self._why(frontier, blocked)
        if blocked.from_ == blocked.to:
            self.sketch.mark(self._consumer(), Mark.UNMET, f"{STOPPED} {why}")
            return
        way = way_label(self.judge.landscape, blocked.flow)
        self.sketch.link(
            self.sketch.place(blocked.from_, REACHED),
            self.sketch.place(blocked.to, REACHED if blocked.to in reached else BEYOND),
            Line.CROSSED,
            way,
            why,
        )

    def _why(self, frontier: Frontier, blocked: Blocked) -> str:
        need = self.judge.landscape.needs[self.found.need]
        item = need.content[frontier.position]
        figures = (blocked.age, blocked.wait, blocked.form)
        return reasons_label(blocked.reasons, Fault(self.judge.landscape, need, item, *figures))

    def _steps(self, category: str, is_in: Callable[[str, str], bool]) -> "networkx.DiGraph[str]":
        """The steps between some places, one for each two, with how far it is and by which flow."""
        import networkx  # heavy

        steps: networkx.DiGraph[str] = networkx.DiGraph()
        steps.add_nodes_from(self.graph)
        for from_, to, key, connection in self.graph.edges(keys=True, data=True):
            far = _length(category, connection)
            if is_in(from_, to) and far < steps.get_edge_data(from_, to, {}).get("far", far + 1):
                flow = key if connection["connection"] == "flow" else None
                steps.add_edge(from_, to, far=far, flow=flow)
        return steps

    def _draw_way(
        self,
        steps: "networkx.DiGraph[str]",
        starts: Iterable[str],
        end: str,
        band: int,
        line: Line,
    ) -> None:
        """Draw the shortest way from any of some places to another, where there is one."""
        import networkx  # heavy

        sources = tuple(dict.fromkeys(starts))  # networkx would take a set, in any order
        try:
            _, way = networkx.multi_source_dijkstra(steps, sources, end, weight="far")
        except (networkx.NetworkXNoPath, ValueError):
            way = [end]
        boxes = [self.sketch.place(place, band) for place in way]
        for (from_, to), ends in zip(pairwise(way), pairwise(boxes), strict=True):
            label = way_label(self.judge.landscape, steps.edges[from_, to]["flow"])
            self.sketch.link(*ends, line, label)

    def mark_consumer(self) -> None:
        """Draw who needs it, with the verdict."""
        mark = mark_of(self.found.verdict)
        self.sketch.mark(self._consumer(), mark, mark.text)
        self.sketch.keep(self._consumer())

    def _consumer(self) -> str:
        return self.sketch.place(self.found.stakeholder, BEYOND)


def _length(category: str, connection: dict[str, Any]) -> int:
    """How far a step is: one that carries what is asked for, and is in use, is the shortest."""
    carries = connection.get("carries", {"all": None})
    serves = any(held == "all" or covers(held, category) for held in carries)
    in_use = connection["live"] is not False
    return 1 + (0 if serves else NOT_CARRYING) + (0 if in_use else NOT_IN_USE)
