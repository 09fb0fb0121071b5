"""The parts of the assessment's JSON document that tell of scores and verdicts.

Durations are seconds, shares and coverage lie between 0 and 1, levels between 0 and 5, the index
between 0 and 100. :mod:`sharedcare.reports.assessing.assessment_document` is the whole document.
"""

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from sharedcare.quantities import as_number

if TYPE_CHECKING:  # heavy, and not for every document
    from sharedcare.findings import Finding
    from sharedcare.flows import Bounds, ItemVerdict, NeedVerdict, Step
    from sharedcare.flows.taking import Time
    from sharedcare.scoring import (
        CriterionScore,
        DimensionScore,
        Exposure,
        GateResult,
        Readiness,
        RoadmapEntry,
    )

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
    """A place on a route; ``flow`` is null at the start and for the use of a system.

    ``open`` names which of age, wait, form, reach, rekeys and cover rest on something unknown: they
    are what they are at best.
    """

    place: str
    flow: str | None
    age: Number
    wait: Number
    form: str
    reach: Number
    rekeys: int
    cover: str | None
    open: list[str]


class SourcePart(Part):
    """How much of one source organisation's part arrives."""

    organisation: str
    coverage: Interval


class ItemPart(Part):
    """The verdict on one item; path, age, wait, form, reach are those of the best-run witness.

    ``open`` names which of these figures rest on something unknown: they hold only at best.
    """

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
    open: list[str]
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


def interval(bounds: "Bounds | None") -> Interval | None:
    """Put bounds into a document; null where there is nothing to count."""
    return None if bounds is None else _known(bounds)


def _known(bounds: "Bounds") -> Interval:
    return Interval(low=as_number(bounds.low), high=as_number(bounds.high))


def readiness_part(found: "Readiness") -> ReadinessPart:
    """Put readiness into its part of a document."""
    return ReadinessPart(
        index=interval(found.index),
        band=None if found.band is None else found.band.name.lower(),
        band_high=None if found.band_high is None else found.band_high.name.lower(),
        stage=None if found.stage is None else found.stage.value,
        blockers=[blocker.dimension for blocker in found.blockers],
        gates=[_gate(gate) for gate in found.gates],
        assessed=found.assessed,
        dimensions=found.dimensions,
    )


def _gate(gate: "GateResult") -> Gate:
    return Gate(
        id=gate.id,
        asks=gate.asks,
        outcome=gate.outcome.value,
        words=gate.words,
        standing=gate.standing,
        decision=gate.decision,
    )


def dimension_part(found: "DimensionScore") -> DimensionPart:
    """Put the scores of a dimension into their part of a document."""
    return DimensionPart(
        id=found.id,
        name=found.name,
        group=found.group.value,
        level=interval(found.level),
        effective=interval(found.effective),
        limited_by=list(found.limited_by),
        claimed=interval(found.claimed),
        evidenced=interval(found.evidenced),
        computed=interval(found.computed),
        contested=found.is_contested,
        exposure=_exposure(found.exposure),
        organisations=[
            OrganisationLevel(
                organisation=one.organisation,
                level=interval(one.level),
                effective=interval(one.effective),
            )
            for one in found.organisations
        ],
        criteria=[_criterion(criterion) for criterion in found.criteria],
    )


def _exposure(found: "Exposure | None") -> ExposurePart | None:
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


def _criterion(found: "CriterionScore") -> CriterionPart:
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


def _finding(found: "Finding") -> FindingPart:
    return FindingPart(
        outcome=found.outcome.value,
        about=found.about,
        organisation=found.organisation,
        message=found.message,
    )


def need_part(found: "NeedVerdict") -> NeedPart:
    """Put the verdict on a need into its part of a document."""
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


def _item(found: "ItemVerdict") -> ItemPart:
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
        open=list(found.open),
        sources=[
            SourcePart(organisation=one.organisation, coverage=_known(one.coverage))
            for one in found.sources
        ],
    )


def _step(step: "Step") -> StepPart:
    return StepPart(
        place=step.place,
        flow=step.flow,
        age=_seconds(step.age) or 0,
        wait=_seconds(step.wait) or 0,
        form=step.form.word,
        reach=as_number(step.reach),
        rekeys=step.rekeys,
        cover=step.cover,
        open=list(step.open),
    )


def _seconds(time: "Time | None") -> Number | None:
    """Seconds as a JSON number; a witness is never endless, it is taken at its best."""
    if time is None or isinstance(time, int | float):
        return time
    return as_number(time)


def next_step_part(entry: "RoadmapEntry") -> NextStep:
    """Put what takes a dimension further into its part of a document."""
    return NextStep(
        dimension=entry.dimension,
        target=entry.target,
        criteria=[step.criterion.id for step in entry.steps],
        unlocks=list(entry.unlocks),
        needs=list(entry.needs),
        words=entry.words,
    )
