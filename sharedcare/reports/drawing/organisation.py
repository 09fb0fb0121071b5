"""An organisation drawn: its systems and roles, what comes to them, and where they pass it on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sharedcare.errors import NotFoundError
from sharedcare.flows import Judgement
from sharedcare.flows.verdict import GRAVEST_FIRST
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.reports.drawing.labels import USES, kinds_label
from sharedcare.reports.drawing.model import Line
from sharedcare.reports.drawing.sketch import Picture, Sketch
from sharedcare.reports.words.figures import counted, date_words
from sharedcare.reports.words.marks import mark_of
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Verdict

KEY = (
    (Line.SOLID, "in use"),
    (Line.DASHED, "not known whether it is in use"),
    (Line.CROSSED, "not in use on the day"),
)

#: The bands, from left to right.
FROM, OWN, TO = range(3)

#: Kinds of information named at a line; the others are counted.
NAMED_KINDS = 2


def picture_of_organisation(
    landscape: Landscape, organisation: str, names: Names, judgement: Judgement | None = None
) -> Picture:
    """Draw an organisation's systems and roles with their neighbours.

    A neighbour that both sends and receives is drawn on both sides. With a judgement the roles say
    how many of their needs are met. Raises NotFoundError if there is no such organisation.
    """
    if organisation not in landscape.organisations:
        hint = did_you_mean(organisation, landscape.organisations)
        raise NotFoundError(f"there is no organisation {organisation!r}{hint}")
    return _Drawn(landscape, organisation, Sketch(names), judgement).picture()


@dataclass
class _Drawn:
    """One organisation in the making."""

    landscape: Landscape
    organisation: str
    sketch: Sketch
    judgement: Judgement | None

    def picture(self) -> Picture:
        graph = self.landscape.graph()
        own = [place for place in graph if self._is_own(place)]
        for place in own:
            self.sketch.place(place, OWN, self.organisation)
        for from_, to, connection in graph.edges(data=True):
            if self._is_own(from_) or self._is_own(to):
                self._connect(from_, to, connection)
        for place in own:
            self._mark(place)
        name = self.sketch.names.organisation(self.organisation)
        lead = f"{counted(len(own), 'place')} of {name}, and every place that they exchange with."
        bands = ("Comes from", name, "Goes to")
        title = f"{name}: what comes in and what goes out, {date_words(self.landscape.as_of)}"
        return self.sketch.picture(title, lead, KEY, bands)

    def _is_own(self, place: str) -> bool:
        return self.landscape.organisation_of(place) == self.organisation

    def _connect(self, from_: str, to: str, connection: dict[str, Any]) -> None:
        ends = (
            self._box(from_, OWN if self._is_own(from_) else FROM),
            self._box(to, OWN if self._is_own(to) else TO),
        )
        line = {True: Line.SOLID, False: Line.CROSSED, None: Line.DASHED}[connection["live"]]
        self.sketch.link(*ends, line, self._label(connection), _why(connection, line))

    def _box(self, place: str, band: int) -> str:
        return self.sketch.place(place, band, self.organisation)

    def _label(self, connection: dict[str, Any]) -> str:
        if connection["connection"] == "use":
            return USES
        return kinds_label(self.landscape, connection.get("carries", ()), NAMED_KINDS)

    def _mark(self, place: str) -> None:
        """Say at a role's foot how many of its needs get which verdict; the gravest colours it."""
        needs = self.judgement.needs if self.judgement else ()
        found = Counter(need.verdict for need in needs if need.stakeholder == place)
        if found:
            gravest = next(verdict for verdict in GRAVEST_FIRST if found[verdict])
            self.sketch.mark(self._box(place, OWN), mark_of(gravest), *_told(found))


def _why(connection: dict[str, Any], line: Line) -> str:
    """Why a connection is not in use, or may not be."""
    status = connection.get("status")
    if line is Line.CROSSED:
        return str(status) if status in ("planned", "retired") else "not in use"
    return "not known" if line is Line.DASHED else ""


def _told(found: Counter[Verdict]) -> Iterator[str]:
    for verdict in GRAVEST_FIRST:
        if found[verdict]:
            mark = mark_of(verdict)
            yield f"{mark.symbol} {found[verdict]} {mark.words}"
