"""A route as people read it: place by place, how the information came there, and what holds then.

The same table serves a witness and a route that nearly works; of the latter it says what is broken
where.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sharedcare.flows import Step
from sharedcare.landscape import Flow, Landscape
from sharedcare.landscape.entry import Entry
from sharedcare.quantities import Unknown
from sharedcare.reports.words.figures import at_best, listed, time_at_best
from sharedcare.reports.words.flow_words import means
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.reach import reach_words
from sharedcare.vocabulary import Conformance

_CONFORMANCE = {
    Conformance.TESTED: "its standard is tested",
    Conformance.CLAIMED: "its standard is claimed and not tested",
    Conformance.NONE: "it keeps no standard",
}

#: What is said of a hop that nothing stands behind.
NOTHING_SAID = "only the profile says so"


@dataclass(frozen=True, slots=True)
class HopView:
    """One place on a route, how the information came there, and what holds when it is there.

    A figure that rests on something unknown is what it is at best, or "not known".
    ``by`` is the flow's name, empty where it has none; ``evidence`` what stands behind it;
    ``broken`` what would have to give way for this hop.
    """

    place: str
    by: str
    mechanism: str
    age: str
    wait: str
    form: str
    reach: str
    cover: str
    evidence: str
    broken: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """The flow's name and its means; of a flow without a name the means alone."""
        return f"{self.by} ({self.mechanism})" if self.by and self.mechanism else self.mechanism


def hop_views(path: Iterable[Step], names: Names) -> Iterator[HopView]:
    """Put each step of a route into words."""
    landscape = names.landscape
    for step in path:
        flow = landscape.flows[step.flow] if step.flow else None
        yield HopView(
            place=landscape.place_label(step.place),
            by=(flow.name or "") if flow else "",
            mechanism=means(flow) if flow else "",
            age=time_at_best(step.age, "age" in step.open),
            wait=time_at_best(step.wait, "wait" in step.open),
            form=at_best(step.form.word, "form" in step.open),
            reach=at_best(reach_words(step.reach), "reach" in step.open),
            cover=at_best(_cover(step, landscape), "cover" in step.open),
            evidence=evidence_words(flow, names) if flow else "",
        )


def _cover(step: Step, landscape: Landscape) -> str:
    return landscape.label("agreements", step.cover) if step.cover else ""


def evidence_words(flow: Flow, names: Names) -> str:
    """Say what stands behind a flow: tests, evidence, who confirms it and who disputes it."""
    return "; ".join(_evidence(flow, names)) or NOTHING_SAID


def _evidence(flow: Flow, names: Names) -> Iterator[str]:
    if flow.conformance is not None:
        yield _CONFORMANCE[flow.conformance]
    if flow.evidence:
        yield listed([_piece(key, names.landscape) for key in flow.evidence])
    if flow.monitored is not None and not isinstance(flow.monitored, Unknown):
        yield "it is watched" if flow.monitored else "nobody watches it"
    yield from _said_by_partners(flow, names)


def _piece(key: str, landscape: Landscape) -> str:
    piece = landscape.evidence[key]
    stale = "" if piece.is_fresh(landscape.as_of) else ", no longer fresh"
    return f"{landscape.label('evidence', key)} ({piece.kind.value}{stale})"


def _said_by_partners(entry: Entry, names: Names) -> Iterator[str]:
    for words, partners in (
        ("confirmed by", entry.confirmed_by),
        ("disputed by", entry.disputed_by),
    ):
        if partners:
            yield f"{words} {listed(names.organisations(partners))}"
    if entry.assumed:
        what = "" if "all" in entry.assumed else f": {listed(entry.assumed)}"
        yield f"assumed by the author{what}"
