"""One view of an assessment for people; every format is made from it.

Wording and order exist once, here and in the modules that this one puts together; renderers add
nothing but layout.
"""

from dataclasses import dataclass, replace

from sharedcare.assessment import Assessment
from sharedcare.flows import ask_first
from sharedcare.reports.assessing.basis_view import BasisView, basis_view
from sharedcare.reports.assessing.chapter import Chapter
from sharedcare.reports.assessing.chapters import chapters_of
from sharedcare.reports.assessing.dimensions_view import (
    DimensionView,
    Heatmap,
    dimension_views,
    heatmaps,
)
from sharedcare.reports.assessing.doubts_view import DoubtsView, doubts_view
from sharedcare.reports.assessing.matrix_view import Matrix, needs_matrix
from sharedcare.reports.assessing.needs_view import NeedView, need_views
from sharedcare.reports.assessing.next_view import (
    AskView,
    RoadmapView,
    ask_view,
    first_steps,
    roadmap_views,
)
from sharedcare.reports.assessing.parties_view import SectorView, sector_views
from sharedcare.reports.assessing.readiness_view import ReadinessView, StepView, readiness_view
from sharedcare.reports.losses.change_view import verdict_words
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.figures import counted, date_words
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible
from sharedcare.vocabulary import Verdict

#: Steps that a report begins with.
FIRST_STEPS = 5

UNTITLED = "A shared care landscape"


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a report says."""

    title: str
    scope: str
    as_of: str
    naming: str
    readiness: ReadinessView
    needs: tuple[NeedView, ...]
    unexplained: str
    chapters: tuple[Chapter, ...]
    matrix: tuple[Matrix, ...]
    dimensions: tuple[DimensionView, ...]
    heatmaps: tuple[Heatmap, ...]
    first_steps: tuple[StepView, ...]
    roadmap: tuple[RoadmapView, ...]
    ask: AskView
    doubts: DoubtsView
    sectors: tuple[SectorView, ...]
    basis: BasisView

    @property
    def failing(self) -> tuple[NeedView, ...]:
        """Needs that are unmet, undetermined or only partly met, the gravest first."""
        return tuple(need for need in self.needs if need.verdict is not Verdict.MET)


def view_of(assessment: Assessment, provenance: Provenance, name_organisations: bool) -> View:
    """Put an assessment into words, once for all formats."""
    landscape, judgement = assessment.landscape, assessment.judgement
    names = Names(landscape, name_organisations)
    readiness = readiness_view(assessment, names)
    roadmap = roadmap_views(assessment, names)
    asked = ask_first(landscape, judgement)
    unblocking = [step for blocker in readiness.blockers if blocker.now for step in blocker.steps]
    view = View(
        title=landscape.meta.title or UNTITLED,
        scope=_scope(assessment),
        as_of=date_words(landscape.as_of),
        naming=names.note,
        readiness=readiness,
        needs=_needs(assessment, need_views(judgement, names, asked, assessment.explanations)),
        unexplained=_unexplained(assessment),
        chapters=chapters_of(assessment, names),
        matrix=needs_matrix(landscape, judgement),
        dimensions=dimension_views(assessment.scores, names),
        heatmaps=heatmaps(assessment.scores, names),
        first_steps=first_steps(unblocking, roadmap, FIRST_STEPS),
        roadmap=roadmap,
        ask=ask_view(assessment, asked, names),
        doubts=doubts_view(assessment, names),
        sectors=sector_views(assessment),
        basis=basis_view(assessment, provenance, names),
    )
    return each_text(each_text(view, names.in_words), visible)


def _needs(assessment: Assessment, needs: tuple[NeedView, ...]) -> tuple[NeedView, ...]:
    """The needs, each with its verdict as declared beside it where what was measured turns it."""
    if assessment.payloads is None:
        return needs
    before = {found.need: found.before for found in assessment.fates if found.turns}
    return tuple(
        replace(need, declared=verdict_words(before[need.id])) if need.id in before else need
        for need in needs
    )


def _unexplained(assessment: Assessment) -> str:
    """Say which needs are not explained in sentences, where some are not."""
    if not assessment.unexplained:
        return ""
    told = len(assessment.explanations)
    return (
        f"In a landscape of this size only the {told} gravest needs are explained in sentences; "
        "'sharedcare explain PROFILE NEED' explains any."
    )


def _scope(assessment: Assessment) -> str:
    landscape = assessment.landscape
    return ", ".join(
        (
            counted(len(landscape.organisations), "organisation"),
            counted(len(landscape.stakeholders), "role"),
            counted(len(landscape.needs), "need"),
        )
    )
