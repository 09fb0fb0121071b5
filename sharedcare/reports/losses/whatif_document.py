"""What a change, option or scenario would do, as a JSON document, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Durations are in seconds, money
in units of its currency, shares lie between 0 and 1. Entries are told as ``map.id``.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from pydantic import Field

from sharedcare.flows import Bounds
from sharedcare.flows.losses.disruption import Disruption, Disturbed, Loss, NeedFate
from sharedcare.flows.verdict import NeedVerdict
from sharedcare.landscape.effort import Effort, effort
from sharedcare.quantities import Duration, Money, Range, Unknown, as_number
from sharedcare.reports.document import Interval, Number, Part
from sharedcare.reports.provenance import Provenance

SCHEMA_VERSION = "1.0"

Q = TypeVar("Q", Duration, Money)


class EstimatePart(Part):
    """An amount with its bounds; likely is null where nobody made a guess."""

    low: Number
    likely: Number | None
    high: Number


class CostPart(Part):
    """A cost in one currency (ISO 4217)."""

    currency: str
    amount: EstimatePart


class ChangePart(Part):
    """One change that is made; null is not known."""

    id: str
    required: bool
    kind: str | None
    cost: CostPart | None
    duration: EstimatePart | None
    owner: str | None
    paid_by: str | None


class EffortPart(Part):
    """What the changes take together, without what is not known."""

    costs: list[CostPart]
    cost_unknown: list[str]
    duration: EstimatePart | None
    duration_unknown: list[str]


class JudgedPart(Part):
    """How a need stands; low and high differ where it is undetermined."""

    verdict: str
    low: str
    high: str
    proven: bool


class FatePart(Part):
    """One need before and after; null where it is not asked for."""

    need: str
    fate: str
    breaks: bool
    safety_critical: bool
    weight: Number
    before: JudgedPart | None
    after: JudgedPart | None


class ItemLossPart(Part):
    """One item that somebody would have less of."""

    need: str
    stakeholder: str
    organisation: str | None
    category: str
    sources: list[str]
    before: Interval
    after: Interval | None
    reasons: list[str]
    safety_critical: bool


class DisturbedPart(Part):
    """A system or flow that changes say they disturb, and the needs that go by it today."""

    about: str
    by: list[str]
    needs: list[str]


class WhatIfDocument(Part):
    """Everything that is said of a plan, for programs."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")
    as_of: date
    as_of_after: date
    what: list[str]
    changes: list[ChangePart]
    effort: EffortPart
    lost: list[str]
    breaks_safety: bool
    sufficiency_before: Interval | None
    sufficiency_after: Interval | None
    needs: list[FatePart]
    losses: list[ItemLossPart]
    disturbed: list[DisturbedPart]


def whatif_document(found: Disruption, provenance: Provenance) -> WhatIfDocument:
    """Put a disruption into its document."""
    plan = found.plan
    return WhatIfDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        profile_digest=provenance.digest or None,
        as_of=found.landscape.as_of,
        as_of_after=found.changed.as_of,
        what=_ways(plan.what),
        changes=[_change(found, key) for key in plan.changes],
        effort=_effort(effort(found.landscape, plan.changes)),
        lost=_ways(found.lost),
        breaks_safety=found.breaks_safety,
        sufficiency_before=_maybe_interval(found.before.sufficiency),
        sufficiency_after=_maybe_interval(found.after.sufficiency),
        needs=[_fate(need) for need in found.needs],
        losses=[_loss(loss) for loss in found.losses],
        disturbed=[_disturbed(one) for one in found.disturbed],
    )


def render_whatif_json(found: Disruption, provenance: Provenance) -> str:
    """Return the document as text: same input, same bytes."""
    document = whatif_document(found, provenance).model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def whatif_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = WhatIfDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare whatif"
    return schema


def _ways(entries: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{kind}.{key}" for kind, key in entries]


def _change(found: Disruption, key: str) -> ChangePart:
    change = found.landscape.changes[key]
    cost = _bounds(change.cost)
    duration = _bounds(change.duration)
    return ChangePart(
        id=key,
        required=key in found.plan.pulled_in,
        kind=change.kind.value if change.kind else None,
        cost=None if cost is None else _cost(cost),
        duration=None if duration is None else _seconds(duration),
        owner=change.owner,
        paid_by=change.paid_by,
    )


def _bounds(stated: Q | Range[Q] | Unknown | None) -> Range[Q] | None:
    if stated is None or isinstance(stated, Unknown):
        return None
    return stated if isinstance(stated, Range) else Range(stated, stated, stated)


def _effort(found: Effort) -> EffortPart:
    return EffortPart(
        costs=[_cost(cost) for cost in found.costs],
        cost_unknown=list(found.cost_unknown),
        duration=None if found.time is None else _seconds(found.time),
        duration_unknown=list(found.time_unknown),
    )


def _cost(cost: Range[Money]) -> CostPart:
    return CostPart(
        currency=cost.low.currency,
        amount=EstimatePart(
            low=as_number(cost.low.amount),
            likely=None if cost.likely is None else as_number(cost.likely.amount),
            high=as_number(cost.high.amount),
        ),
    )


def _seconds(span: Range[Duration]) -> EstimatePart:
    return EstimatePart(
        low=as_number(span.low.seconds),
        likely=None if span.likely is None else as_number(span.likely.seconds),
        high=as_number(span.high.seconds),
    )


def _fate(found: NeedFate) -> FatePart:
    judged = found.before or found.after
    return FatePart(
        need=found.need,
        fate=found.fate.value,
        breaks=found.breaks,
        safety_critical=found.safety_critical,
        weight=as_number(judged.weight) if judged else 0,
        before=judged_part(found.before),
        after=judged_part(found.after),
    )


def judged_part(found: NeedVerdict | None) -> JudgedPart | None:
    """Put how a need stands into a document; null where nobody asks for it."""
    if found is None:
        return None
    return JudgedPart(
        verdict=found.verdict.value,
        low=found.low.value,
        high=found.high.value,
        proven=found.proven,
    )


def _loss(found: Loss) -> ItemLossPart:
    return ItemLossPart(
        need=found.need,
        stakeholder=found.stakeholder,
        organisation=found.organisation,
        category=found.category,
        sources=list(found.sources),
        before=_interval(found.before.coverage),
        after=_interval(found.after.coverage) if found.after else None,
        reasons=[reason.value for reason in found.reasons],
        safety_critical=found.safety_critical,
    )


def _interval(bounds: Bounds) -> Interval:
    return Interval(low=as_number(bounds.low), high=as_number(bounds.high))


def _maybe_interval(bounds: Bounds | None) -> Interval | None:
    return None if bounds is None else _interval(bounds)


def _disturbed(found: Disturbed) -> DisturbedPart:
    return DisturbedPart(
        about=f"{found.kind}.{found.id}", by=list(found.by), needs=list(found.needs)
    )
