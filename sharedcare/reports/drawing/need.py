"""A need drawn: from where it is held, by which route, to who needs it, and where that breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sharedcare.flows import Judge, Judgement, NeedVerdict
from sharedcare.flows.judging import NOT_PROVEN
from sharedcare.flows.why.nearest import NearestMiss, nearest_misses
from sharedcare.flows.why.routes import Route, routes
from sharedcare.landscape import Landscape
from sharedcare.reports.assessing.needs_view import age_words, need_label
from sharedcare.reports.drawing.labels import (
    STOPPED,
    Fault,
    kinds_label,
    reasons_label,
    unknown_label,
    way_label,
)
from sharedcare.reports.drawing.model import Box, Line
from sharedcare.reports.drawing.sketch import Picture, Sketch
from sharedcare.reports.drawing.svg import svg_of
from sharedcare.reports.words.limit_words import need_limits
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Reason

KEY = (
    (Line.SOLID, "it comes this way"),
    (Line.DASHED, "it comes if what is not known turns out well"),
    (Line.CROSSED, "it is stopped here, and why"),
    (Line.FAINT, "it could go on this way"),
)

#: A hop: its flow (None for the use of a system), and the places that it joins.
Hop = tuple[str | None, str, str]


def need_drawing(landscape: Landscape, judgement: Judgement, need_id: str, names: Names) -> str:
    """Return one need as an ``svg`` element without a heading, for a page that has one.

    Who draws many needs of one landscape makes one judge and calls :func:`picture_of_need`.
    """
    found = next(found for found in judgement.needs if found.need == need_id)
    return svg_of(picture_of_need(Judge(landscape), found, names).drawing, heading=False)


def picture_of_need(judge: Judge, found: NeedVerdict, names: Names) -> Picture:
    """Draw the routes of a need; for what does not arrive, the route that would nearly serve."""
    drawn = _NeedSketch(judge.landscape, found, Sketch(names))
    coming = routes(judge, found.need)
    for route in coming:
        if route.path:
            drawn.add_route(route)
    missing = {(route.position, route.source): route for route in coming if not route.path}
    for miss in nearest_misses(judge, found.need):
        if missing.pop((miss.position, miss.source), None):
            drawn.add_miss(miss)
    for route in missing.values():
        drawn.add_nothing(route)
    drawn.add_unheld({route.position for route in coming})
    return drawn.picture()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen at a hop for one item: the line, and for which reasons it is stopped."""

    line: Line
    why: str
    position: int


@dataclass
class _NeedSketch:
    """Collects what is seen of one need, hop by hop, and draws each hop once for each line."""

    landscape: Landscape
    found: NeedVerdict
    sketch: Sketch
    hops: dict[Hop, list[_Seen]] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)
    stopped: list[tuple[str, Mark, str]] = field(default_factory=list)

    def add_route(self, route: Route) -> None:
        """Take in a route by which something comes, surely or perhaps."""
        self._start(route.path[0].place, route.category)
        if route.open[0]:
            foot = f"{Mark.UNDETERMINED.symbol} {unknown_label(route.open[0])}"
            self.stopped.append((route.path[0].place, Mark.UNDETERMINED, foot))
        for (before, step), unknown in zip(pairwise(route.path), route.open[1:], strict=True):
            line = Line.DASHED if unknown else Line.SOLID
            seen = _Seen(line, unknown_label(unknown), route.position)
            self.hops.setdefault((step.flow, before.place, step.place), []).append(seen)

    def add_miss(self, miss: NearestMiss) -> None:
        """Take in a route that would nearly serve: up to where it is stopped, and on from there."""
        first = miss.path[0].place
        self._start(first, miss.category)
        if miss.broken[0]:
            why = self._why(miss, 0)
            self.stopped.append((first, Mark.UNMET, f"{STOPPED} {why}"))
        passed = not miss.broken[0]
        for at in range(1, len(miss.path)):
            before, step = miss.path[at - 1], miss.path[at]
            why = self._why(miss, at)
            line = Line.CROSSED if why else Line.SOLID if passed else Line.FAINT
            passed = passed and not why
            seen = _Seen(line, why, miss.position)
            self.hops.setdefault((step.flow, before.place, step.place), []).append(seen)

    def _why(self, miss: NearestMiss, at: int) -> str:
        need, step = self.landscape.needs[self.found.need], miss.path[at]
        item = need.content[miss.position]
        fault = Fault(self.landscape, need, item, step.age, step.wait, step.form)
        return reasons_label(miss.broken[at], fault)

    def add_nothing(self, route: Route) -> None:
        """Take in a source of which nothing would come whatever gave way, or without a system."""
        if not route.starts:
            self._add_partner(route)
        why = reasons_label(route.reasons, self._fault(route.position)) or "not proven"
        for place in route.starts:
            self._start(place, route.category)
            seen = _Seen(Line.CROSSED, why, route.position)
            self.hops.setdefault(("", place, self.found.stakeholder), []).append(seen)

    def _add_partner(self, route: Route) -> None:
        name = self.sketch.names.organisation(route.source)
        why = reasons_label((Reason.NO_SOURCE,), self._fault(route.position))
        foot = f"{STOPPED} {why}"
        box = Box(f"partner.{route.source}", name, (self._kinds([route.category]),))
        self.sketch.thing(box)
        self.sketch.mark(box.id, Mark.UNMET, foot)
        self.sketch.link(box.id, self._consumer(), Line.CROSSED, "", why)

    def add_unheld(self, held: set[int]) -> None:
        """Take in the items that nobody holds."""
        for position, item in enumerate(self.landscape.needs[self.found.need].content):
            if position not in held and self.found.proven:
                box = Box(f"nobody.{position}", "Nobody holds it", (self._kinds([item.category]),))
                self.sketch.thing(box)
                self.sketch.mark(box.id, Mark.UNMET, f"{STOPPED} no source")
                self.sketch.link(box.id, self._consumer(), Line.CROSSED, "", "nothing to send")

    def _fault(self, position: int) -> Fault:
        need = self.landscape.needs[self.found.need]
        return Fault(self.landscape, need, need.content[position])

    def _start(self, place: str, category: str) -> None:
        held = self.held.setdefault(place, [])
        if category not in held:
            held.append(category)

    def _kinds(self, categories: Sequence[str]) -> str:
        return kinds_label(self.landscape, categories, most=3)

    def _consumer(self) -> str:
        return self.sketch.place(self.found.stakeholder)

    def picture(self) -> Picture:
        """Draw everything that was taken in."""
        for place in self.held:
            self.sketch.place(place)
        for (flow, from_, to), seen in self.hops.items():
            ends = self.sketch.place(from_), self.sketch.place(to)
            for line, label, why in self._lines(flow, seen):
                self.sketch.link(*ends, line, label, why)
        for place, categories in self.held.items():
            self.sketch.add_note(self.sketch.place(place), f"holds: {self._kinds(categories)}")
        for place, mark, foot in self.stopped:
            self.sketch.mark(self.sketch.place(place), mark, foot)
        self._mark_consumer()
        need = self.landscape.needs[self.found.need]
        told = f"Asked for: {', '.join(need_limits(need))}."
        lead = told if self.found.proven else f"{told} {NOT_PROVEN}"
        return self.sketch.picture(need_label(self.landscape, self.found.need), lead, KEY)

    def _mark_consumer(self) -> None:
        mark, need = mark_of(self.found.verdict), self.landscape.needs[self.found.need]
        box = self._consumer()
        self.sketch.mark(box, mark, mark.text)
        if any(item.path for item in self.found.items):
            age = age_words(self.found.items, need.max_age)
            self.sketch.add_note(box, f"{age} out of date" if age else "")
        self.sketch.keep(box)

    def _lines(self, flow: str | None, seen: list[_Seen]) -> Iterator[tuple[Line, str, str]]:
        """The lines that a hop is drawn with; where it could be is told only if nothing comes."""
        drawn = {one.line for one in seen}
        for line in Line:
            if line is Line.FAINT and drawn & {Line.SOLID, Line.DASHED}:
                continue
            for why in dict.fromkeys(one.why for one in seen if one.line is line):
                at = [one.position for one in seen if one.line is line and one.why == why]
                yield line, self._label(flow, at, is_split=len(drawn) > 1), why

    def _label(self, flow: str | None, positions: list[int], is_split: bool) -> str:
        """How the flow goes, and for which items if not for all alike."""
        way = way_label(self.landscape, flow) if flow != "" else ""
        content = self.landscape.needs[self.found.need].content
        categories = dict.fromkeys(content[at].category for at in positions)
        only = is_split and len(categories) < len({item.category for item in content})
        what = self._kinds(list(categories)) if only else ""
        return ": ".join(filter(None, (way, what)))
