"""The assessment as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Durations are seconds, shares
and coverage lie between 0 and 1, levels between 0 and 5, the index between 0 and 100.
"""

import json
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sharedcare.assessment import Assessment
from sharedcare.findings import Finding
from sharedcare.flows import Bounds, ItemVerdict, NeedVerdict, Step
from sharedcare.flows.taking import Time
from sharedcare.quantities import as_number
from sharedcare.scoring import (
    CriterionScore,
    DimensionScore,
    Exposure,
    GateResult,
    Readiness,
    RoadmapEntry,
)

SCHEMA_VERSION = "1.0"

Number = int | float


class Part(BaseModel):
    """A part of the document: frozen, and nothing in it that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(Part):
    """The lowest and the highest that something can be, given what is unknown."""

    low: Number
    high: Number


class Gate(Part):
    """A condition that caps the band, with what was found."""

    id: str
    asks: str
    outcome: str
    words: str
    standing: bool
    decision: str | None


class ReadinessPart(Part):
    """How ready the partners are; ``band`` is the low end's, ``band_high`` the high end's."""

    index: Interval | None
    band: str | None
    band_high: str | None
    stage: str | None
    blockers: list[str]
    gates: list[Gate]
    assessed: int
    dimensions: int


class FindingPart(Part):
    """One answer about one thing; ``about`` is ``map.id``, empty for the region."""

    outcome: str
    about: str
    organisation: str | None
    message: str


class CriterionPart(Part):
    """One yes/no question with its outcome for the region."""

    id: str
    level: int
    kind: str
    scope: str
    question: str
    outcome: str
    findings: list[FindingPart]
    remedy: str


class MeasurePart(Part):
    """A count of how much of a burden there is."""

    id: str
    words: str
    amount: Number | None
    degree: str | None


class ExposurePart(Part):
    """How much of a burden there is, beside how well it is handled."""

    degree: str | None
    measures: list[MeasurePart]


class OrganisationLevel(Part):
    """One organisation's level in one dimension; null where it is not assessed."""

    organisation: str
    level: Interval | None
    effective: Interval | None


class DimensionPart(Part):
    """One of the 25 dimensions; ``level`` is null where it is not assessed."""

    id: str
    name: str
    group: str
    level: Interval | None
    effective: Interval | None
    limited_by: list[str]
    claimed: Interval | None
    evidenced: Interval | None
    computed: Interval | None
    contested: bool
    exposure: ExposurePart | None
    organisations: list[OrganisationLevel]
    criteria: list[CriterionPart]


class StepPart(Part):
    """A place on a route; ``flow`` is null at the start and for the use of a system."""

    place: str
    flow: str | None
    age: Number
    wait: Number
    form: str
    reach: Number
    rekeys: int
    cover: str | None


class SourcePart(Part):
    """How much of one source organisation's part arrives."""

    organisation: str
    coverage: Interval


class ItemPart(Part):
    """The verdict on one item; path, age, wait, form, reach are those of the best-run witness."""

    category: str
    required: bool
    verdict: str
    coverage: Interval
    reasons: list[str]
    path: list[StepPart]
    source: str | None
    age: Number | None
    wait: Number | None
    form: str | None
    reach: Number | None
    rekeys: int | None
    sources: list[SourcePart]


class NeedPart(Part):
    """The verdict on one need; ``low`` and ``high`` are the verdicts at worst and at best."""

    id: str
    stakeholder: str
    verdict: str
    low: str
    high: str
    proven: bool
    weight: Number
    safety_critical: bool
    assumptions: list[str]
    items: list[ItemPart]


class NextStep(Part):
    """What takes one dimension to its next level."""

    dimension: str
    target: int | None
    criteria: list[str]
    unlocks: list[str]
    needs: list[str]
    words: str


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
    not_assessed: list[str]
    roadmap: list[NextStep]


def assessment_document(
    assessment: Assessment, version: str, digest: str | None = None
) -> AssessmentDocument:
    """Put an assessment into its document; ``digest`` tells which input it was made from."""
    scores = assessment.scores
    return AssessmentDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=version,
        as_of=assessment.landscape.as_of,
        profile_digest=digest,
        readiness=_readiness(scores.readiness),
        sufficiency=_interval(assessment.judgement.sufficiency),
        dimensions=[_dimension(found) for found in scores.dimensions],
        needs=[_need(found) for found in assessment.judgement.needs],
        not_assessed=list(scores.not_assessed),
        roadmap=[_next_step(found) for found in scores.roadmap],
    )


def render_json(assessment: Assessment, version: str, digest: str | None = None) -> str:
    """Return the document as text: same input, same bytes."""
    document = assessment_document(assessment, version, digest).model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def assessment_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = AssessmentDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare assessment"
    return schema


def _interval(bounds: Bounds | None) -> Interval | None:
    return None if bounds is None else _known(bounds)


def _known(bounds: Bounds) -> Interval:
    return Interval(low=as_number(bounds.low), high=as_number(bounds.high))


def _readiness(found: Readiness) -> ReadinessPart:
    return ReadinessPart(
        index=_interval(found.index),
        band=None if found.band is None else found.band.name.lower(),
        band_high=None if found.band_high is None else found.band_high.name.lower(),
        stage=None if found.stage is None else found.stage.value,
        blockers=[blocker.dimension for blocker in found.blockers],
        gates=[_gate(gate) for gate in found.gates],
        assessed=found.assessed,
        dimensions=found.dimensions,
    )


def _gate(gate: GateResult) -> Gate:
    return Gate(
        id=gate.id,
        asks=gate.asks,
        outcome=gate.outcome.value,
        words=gate.words,
        standing=gate.standing,
        decision=gate.decision,
    )


def _dimension(found: DimensionScore) -> DimensionPart:
    return DimensionPart(
        id=found.id,
        name=found.name,
        group=found.group.value,
        level=_interval(found.level),
        effective=_interval(found.effective),
        limited_by=list(found.limited_by),
        claimed=_interval(found.claimed),
        evidenced=_interval(found.evidenced),
        computed=_interval(found.computed),
        contested=found.is_contested,
        exposure=_exposure(found.exposure),
        organisations=[
            OrganisationLevel(
                organisation=one.organisation,
                level=_interval(one.level),
                effective=_interval(one.effective),
            )
            for one in found.organisations
        ],
        criteria=[_criterion(criterion) for criterion in found.criteria],
    )


def _exposure(found: Exposure | None) -> ExposurePart | None:
    if found is None:
        return None
    return ExposurePart(
        degree=found.degree.value if found.degree else None,
        measures=[
            MeasurePart(
                id=one.measure.id,
                words=one.measure.words,
                amount=None if one.amount is None else as_number(one.amount),
                degree=one.degree.value if one.degree else None,
            )
            for one in found.measures
        ],
    )


def _criterion(found: CriterionScore) -> CriterionPart:
    criterion = found.criterion
    return CriterionPart(
        id=criterion.id,
        level=criterion.level,
        kind=criterion.kind.value,
        scope=criterion.scope.value,
        question=criterion.question,
        outcome=found.outcome.value,
        findings=[_finding(one) for one in found.findings],
        remedy=criterion.remedy,
    )


def _finding(found: Finding) -> FindingPart:
    return FindingPart(
        outcome=found.outcome.value,
        about=found.about,
        organisation=found.organisation,
        message=found.message,
    )


def _need(found: NeedVerdict) -> NeedPart:
    return NeedPart(
        id=found.need,
        stakeholder=found.stakeholder,
        verdict=found.verdict.value,
        low=found.low.value,
        high=found.high.value,
        proven=found.proven,
        weight=as_number(found.weight),
        safety_critical=found.safety_critical,
        assumptions=list(found.assumptions),
        items=[_item(item) for item in found.items],
    )


def _item(found: ItemVerdict) -> ItemPart:
    return ItemPart(
        category=found.category,
        required=found.required,
        verdict=found.verdict.value,
        coverage=_known(found.coverage),
        reasons=[reason.value for reason in found.reasons],
        path=[_step(step) for step in found.path],
        source=found.source,
        age=_seconds(found.age),
        wait=_seconds(found.wait),
        form=found.form.word if found.form is not None else None,
        reach=None if found.reach is None else as_number(found.reach),
        rekeys=found.rekeys,
        sources=[
            SourcePart(organisation=one.organisation, coverage=_known(one.coverage))
            for one in found.sources
        ],
    )


def _step(step: Step) -> StepPart:
    return StepPart(
        place=step.place,
        flow=step.flow,
        age=_seconds(step.age) or 0,
        wait=_seconds(step.wait) or 0,
        form=step.form.word,
        reach=as_number(step.reach),
        rekeys=step.rekeys,
        cover=step.cover,
    )


def _seconds(time: Time | None) -> Number | None:
    """Seconds as a JSON number; a witness is never endless, it is taken at its best."""
    if time is None or isinstance(time, int | float):
        return time
    return as_number(time)


def _next_step(entry: RoadmapEntry) -> NextStep:
    return NextStep(
        dimension=entry.dimension,
        target=entry.target,
        criteria=[step.criterion.id for step in entry.steps],
        unlocks=list(entry.unlocks),
        needs=list(entry.needs),
        words=entry.words,
    )
