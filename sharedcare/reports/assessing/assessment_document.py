"""The assessment as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Durations are seconds, shares
and coverage lie between 0 and 1, levels between 0 and 5, the index between 0 and 100.
"""

import json
from datetime import date
from typing import Any

from pydantic import Field

from sharedcare.assessment import Assessment
from sharedcare.flows.meaning.clash import Clash, Party
from sharedcare.flows.meaning.gaps import Gap
from sharedcare.flows.taking import Fact
from sharedcare.flows.why.explanation import Explanation
from sharedcare.reports.assessing.payloads_document import PayloadsPart, payloads_part
from sharedcare.reports.document import (
    DimensionPart,
    Interval,
    NeedPart,
    NextStep,
    Part,
    ReadinessPart,
    dimension_part,
    interval,
    need_part,
    next_step_part,
    readiness_part,
)
from sharedcare.reports.experience.experience_document import ChainsPart, chains_part
from sharedcare.reports.experience.feedback_document import FeedbackPart, feedback_part
from sharedcare.reports.experience.feedback_view import feedback_view
from sharedcare.reports.losses.resilience_document import (
    CalendarPart,
    ConcentrationPart,
    LossPart,
    calendar_part,
    concentration_part,
    loss_part,
)
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.plain_sentences import plain_sentences
from sharedcare.reports.work.burden_document import BurdenPart, burden_part
from sharedcare.vocabulary import Family

SCHEMA_VERSION = "1.0"


class NeedExplanationPart(Part):
    """Why one need has its verdict, in short; ``explain`` writes everything that explains it."""

    need: str
    sentences: list[str] = Field(description="Two, with the names of organisations.")
    relaxations: list[list[str]] | None = Field(
        description="Smallest sets of kinds of condition that would have to give way."
    )
    single_points: list[str] = Field(description="Systems without which the verdict is worse.")
    decided_if_good: list[list[str]] | None = Field(
        description="Smallest sets of facts that decide it if all turn out well."
    )
    decided_if_bad: list[list[str]] | None = Field(
        description="Smallest sets of facts that decide it if all turn out badly."
    )


class ResiliencePart(Part):
    """What falls with each single thing that is lost; what changes no verdict is left out."""

    tried: list[str] = Field(description="Kinds of which everything was lost in turn.")
    not_tried: list[str] = Field(description="Kinds of which there is too much; `stress` tries.")
    losses: list[LossPart]
    concentration: ConcentrationPart | None


class PartyPart(Part):
    """One part that is compared, and the entry that says it."""

    organisation: str
    category: str
    about: str
    said: str | None
    certain: bool


class GapPart(Part):
    """One reason why a blank is no negative."""

    kind: str
    organisation: str
    about: str
    said: str | None


class ClashPart(Part):
    """Parts of information that do not go together, or a blank that may be misread."""

    kind: str
    categories: list[str]
    parties: list[PartyPart]
    certain: bool
    roles: list[str]
    needs: list[str]
    gaps: list[GapPart]


class AssessmentDocument(Part):
    """Everything that an assessment says, for programs."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    as_of: date
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")
    readiness: ReadinessPart
    sufficiency: Interval | None
    dimensions: list[DimensionPart]
    needs: list[NeedPart]
    explanations: list[NeedExplanationPart] = Field(
        description="Of the needs that were explained, the gravest first."
    )
    resilience: ResiliencePart = Field(description="What falls when something is lost.")
    calendar: CalendarPart = Field(description="What ends and begins within twelve months.")
    burden: BurdenPart = Field(description="Work by hand, and what is pushed at people.")
    clashes: list[ClashPart] = Field(
        description="Where two meanings meet, feeds differ, or a blank may be misread."
    )
    experience: ChainsPart = Field(
        description="What people notice: chains from work behind the scenes to what they feel."
    )
    feedback: FeedbackPart = Field(
        description="How feedback is answered in public; beside readiness, and no part of it."
    )
    not_assessed: list[str]
    roadmap: list[NextStep]
    payloads: PayloadsPart | None = Field(
        default=None, description="What systems send; only where payloads were measured."
    )


def assessment_document(
    assessment: Assessment, version: str, digest: str | None = None
) -> AssessmentDocument:
    """Put an assessment into its document; ``digest`` tells which input it was made from."""
    scores = assessment.scores
    names = Names(assessment.landscape, named=True)
    return AssessmentDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=version,
        as_of=assessment.landscape.as_of,
        profile_digest=digest,
        readiness=readiness_part(scores.readiness),
        sufficiency=interval(assessment.judgement.sufficiency),
        dimensions=[dimension_part(found) for found in scores.dimensions],
        needs=[need_part(found) for found in assessment.judgement.needs],
        explanations=[_explanation(found, names) for found in assessment.explanations.values()],
        resilience=_resilience(assessment),
        calendar=calendar_part(assessment.calendar),
        burden=burden_part(assessment.burden),
        clashes=[_clash(found) for found in assessment.clashes],
        experience=chains_part(assessment.landscape, assessment.chains),
        feedback=_feedback(assessment, names),
        not_assessed=list(scores.not_assessed),
        roadmap=[next_step_part(found) for found in scores.roadmap],
        payloads=payloads_part(assessment, version),
    )


def render_json(assessment: Assessment, version: str, digest: str | None = None) -> str:
    """Return the document as text: same input, same bytes."""
    document = assessment_document(assessment, version, digest).model_dump(
        mode="json", by_alias=True, exclude=set() if assessment.payloads else {"payloads"}
    )
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def assessment_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = AssessmentDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare assessment"
    return schema


def _explanation(found: Explanation, names: Names) -> NeedExplanationPart:
    choices, sturdy, decided = found.relaxations, found.robustness, found.deciding
    return NeedExplanationPart(
        need=found.verdict.need,
        sentences=list(plain_sentences(found, names, below=False)),
        relaxations=None if choices is None else [_in_order(chosen) for chosen in choices.sets],
        single_points=[point.id for point in sturdy.single_points] if sturdy else [],
        decided_if_good=None if decided is None else _facts(decided.if_good),
        decided_if_bad=None if decided is None else _facts(decided.if_bad),
    )


def _in_order(chosen: frozenset[Family]) -> list[str]:
    return [family.value for family in Family if family in chosen]


def _facts(sets: tuple[frozenset[Fact], ...]) -> list[list[str]]:
    return [sorted(map(str, facts)) for facts in sets]


def _resilience(assessment: Assessment) -> ResiliencePart:
    found = assessment.stress
    return ResiliencePart(
        tried=[kind.value for kind in found.kinds],
        not_tried=[kind.value for kind in assessment.untried],
        losses=[loss_part(loss) for loss in found.losses if loss.changes],
        concentration=concentration_part(found.concentration),
    )


def _feedback(assessment: Assessment, names: Names) -> FeedbackPart:
    found, prompts = assessment.answerings, assessment.prompts
    return feedback_part(found, prompts, feedback_view(found, names, prompts))


def _clash(found: Clash) -> ClashPart:
    return ClashPart(
        kind=found.kind.name.lower(),
        categories=list(found.categories),
        parties=[_party(party) for party in found.parties],
        certain=found.certain,
        roles=list(found.roles),
        needs=list(found.needs),
        gaps=[_gap(gap) for gap in found.gaps],
    )


def _party(found: Party) -> PartyPart:
    return PartyPart(
        organisation=found.organisation,
        category=found.category,
        about=found.about,
        said=found.said,
        certain=found.certain,
    )


def _gap(found: Gap) -> GapPart:
    return GapPart(
        kind=found.kind.name.lower(),
        organisation=found.organisation,
        about=found.about,
        said=found.said,
    )
