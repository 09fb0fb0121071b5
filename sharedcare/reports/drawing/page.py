"""The drawings that stand in the HTML report: of the needs that matter most, and of chains."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sharedcare.assessment import Assessment
from sharedcare.flows import Judge
from sharedcare.reports.assessing.needs_view import NeedView
from sharedcare.reports.drawing.chains import drawing_of_chains
from sharedcare.reports.drawing.need import picture_of_need
from sharedcare.reports.drawing.svg import svg_of
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Verdict

if TYPE_CHECKING:
    from sharedcare.measured.payloads import Payloads

#: Needs that a report draws, the gravest first, so that the file stays small.
MAX_DRAWN = 12

#: Past this many flows looking for routes that would nearly serve takes longer than judging all
#: needs; then a report draws none.
MAX_FLOWS_DRAWN = 2_500

DRAWS_ANY = "sharedcare graph PROFILE --need ID --format svg draws any."


@dataclass(frozen=True, slots=True)
class Drawings:
    """Drawings by need, every text in them escaped; and what is said where some are left out."""

    by_need: Mapping[str, str]
    note: str


def drawings_of(assessment: Assessment, needs: Iterable[NeedView], names: Names) -> Drawings:
    """Draw the needs that are not met or that safety hangs on, in the order of the report."""
    worth = [need.id for need in needs if need.verdict is not Verdict.MET or need.safety_critical]
    if len(assessment.landscape.flows) > MAX_FLOWS_DRAWN:
        told = f"The landscape has more than {MAX_FLOWS_DRAWN:,} flows, so no need is drawn here"
        return Drawings({}, f"{told}; {DRAWS_ANY}" if worth else "")
    judge = Judge(assessment.landscape)
    found = {need.need: need for need in assessment.judgement.needs}
    drawn = {
        key: svg_of(picture_of_need(judge, found[key], names).drawing, heading=False)
        for key in worth[:MAX_DRAWN]
    }
    return Drawings(drawn, _note(len(worth)))


def drawings_of_chapters(assessment: Assessment, names: Names, version: str) -> dict[str, str]:
    """Draw what a chapter tells, by the id of the chapter: chains, and what systems send."""
    drawn: dict[str, str] = {}
    if assessment.chains.chains:
        title = "From work behind the scenes to what people feel"
        drawing = drawing_of_chains(assessment.landscape, assessment.chains, names, title)
        drawn["noticed"] = svg_of(drawing, heading=False)
    if assessment.payloads is not None:
        drawn["payloads"] = _drawing_of_payloads(assessment.payloads, names, version)
    return drawn


def _drawing_of_payloads(payloads: "Payloads", names: Names, version: str) -> str:
    """Draw what was measured: category by system, code systems beside each other, timeliness."""
    from sharedcare.reports.payloads.harmonisation_document import harmonisation_document
    from sharedcare.reports.payloads.harmonisation_page import render_sent_pictures

    document = harmonisation_document(payloads.harmonisation, version, payloads.shown)
    return render_sent_pictures(document, lambda key: names.landscape.label("systems", key))


def _note(worth: int) -> str:
    if worth <= MAX_DRAWN:
        return ""
    return (
        f"Drawn are the first {MAX_DRAWN} of {worth} needs that are not met or safety-critical; "
        + DRAWS_ANY
    )
