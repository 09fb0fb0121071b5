"""What falls when something is lost, as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Shares lie between 0 and 1. Ids
are those of the profile; suppliers and identity domains are told by the words that it has for them.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import Field

from sharedcare.flows import Bounds
from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.concentration import Concentration, SupplierShare
from sharedcare.flows.losses.lapses import Calendar, Turn, TurningDay
from sharedcare.flows.losses.resilience import Loss, Stress
from sharedcare.flows.losses.verdict_change import VerdictChange
from sharedcare.landscape import Landscape, Need
from sharedcare.quantities import as_number
from sharedcare.reports.document import Interval, Number, Part
from sharedcare.reports.provenance import Provenance

SCHEMA_VERSION = "1.0"


class ExtentPart(Part):
    """How a need stands; low and high differ where it is undetermined."""

    verdict: str
    low: str
    high: str
    proven: bool


class ChangePart(Part):
    """One need whose verdict is another than before."""

    need: str
    direction: str
    before: ExtentPart
    after: ExtentPart


class StandingPart(Part):
    """One need with nothing lost."""

    id: str
    stakeholder: str
    weight: Number
    safety_critical: bool
    standing: ExtentPart


class LossPart(Part):
    """What falls with one thing, or with two at once."""

    kind: str
    ids: list[str]
    systems: list[str]
    lost: list[str]
    safety_critical: list[str]
    weight: Number
    sufficiency: Interval | None
    stakeholders: list[str]
    organisations: list[str]
    changes: list[ChangePart]


class SupplierPart(Part):
    """What of the needs met rests on one supplier, and what falls with it."""

    supplier: str
    systems: list[str]
    rests: list[str]
    falls: list[str]
    rests_share: Number | None
    falls_share: Number | None


class ConcentrationPart(Part):
    """How much hangs on single suppliers."""

    suppliers: list[SupplierPart]
    met_weight: Number
    unnamed_systems: int
    herfindahl_hirschman_index: Number | None


class TurnPart(Part):
    """One entry and what happens to it."""

    kind: str
    id: str
    turning: str
    at_stake: list[str]


class DayPart(Part):
    """The first day on which something is otherwise."""

    day: date
    turns: list[TurnPart]
    weight: Number
    changes: list[ChangePart]


class CalendarPart(Part):
    """What ends and begins within the horizon."""

    until: date
    days: list[DayPart]
    unknown: list[str]


class StressDocument(Part):
    """The whole document."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    as_of: date
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")
    kinds: list[str]
    sufficiency: Interval | None
    needs: list[StandingPart]
    losses: list[LossPart]
    pairs: list[LossPart] | None
    concentration: ConcentrationPart | None
    calendar: CalendarPart


def stress_document(
    found: Stress, calendar: Calendar, landscape: Landscape, provenance: Provenance
) -> StressDocument:
    """Put what falls into its document."""
    return StressDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        as_of=landscape.as_of,
        profile_digest=provenance.digest or None,
        kinds=[kind.value for kind in found.kinds],
        sufficiency=_interval(found.sufficiency),
        needs=[_standing(key, need, found.whole[key]) for key, need in landscape.needs.items()],
        losses=[loss_part(loss) for loss in found.losses],
        pairs=None if found.pairs is None else [loss_part(loss) for loss in found.pairs],
        concentration=concentration_part(found.concentration),
        calendar=calendar_part(calendar),
    )


def render_stress_json(
    found: Stress, calendar: Calendar, landscape: Landscape, provenance: Provenance
) -> str:
    """Return the document as text: same input, same bytes."""
    document = stress_document(found, calendar, landscape, provenance).model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def stress_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = StressDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare stress"
    return schema


def _interval(bounds: Bounds | None) -> Interval | None:
    if bounds is None:
        return None
    return Interval(low=as_number(bounds.low), high=as_number(bounds.high))


def _standing(need_id: str, need: Need, extent: Extent) -> StandingPart:
    return StandingPart(
        id=need_id,
        stakeholder=need.stakeholder,
        weight=as_number(need.weight),
        safety_critical=need.safety_critical,
        standing=_extent(extent),
    )


def _extent(extent: Extent) -> ExtentPart:
    return ExtentPart(
        verdict=extent.verdict.value,
        low=extent.low.value,
        high=extent.high.value,
        proven=extent.proven,
    )


def _changes(found: Iterable[VerdictChange]) -> list[ChangePart]:
    return [
        ChangePart(
            need=change.need,
            direction=change.direction.value,
            before=_extent(change.before),
            after=_extent(change.after),
        )
        for change in found
    ]


def loss_part(loss: Loss) -> LossPart:
    """Put one loss into its part of a document."""
    return LossPart(
        kind=loss.kind.value,
        ids=list(loss.ids),
        systems=list(loss.systems),
        lost=list(loss.lost),
        safety_critical=list(loss.safety_critical),
        weight=as_number(loss.weight),
        sufficiency=_interval(loss.sufficiency),
        stakeholders=list(loss.stakeholders),
        organisations=list(loss.organisations),
        changes=_changes(loss.changes),
    )


def concentration_part(found: Concentration | None) -> ConcentrationPart | None:
    """Put what hangs on suppliers into its part of a document."""
    if found is None:
        return None
    return ConcentrationPart(
        suppliers=[_supplier(share) for share in found.suppliers],
        met_weight=as_number(found.met_weight),
        unnamed_systems=found.unnamed,
        herfindahl_hirschman_index=None if found.index is None else as_number(found.index),
    )


def _supplier(share: SupplierShare) -> SupplierPart:
    return SupplierPart(
        supplier=share.supplier,
        systems=list(share.systems),
        rests=list(share.rests),
        falls=list(share.falls),
        rests_share=None if share.rests_share is None else as_number(share.rests_share),
        falls_share=None if share.falls_share is None else as_number(share.falls_share),
    )


def calendar_part(calendar: Calendar) -> CalendarPart:
    """Put a calendar into its part of a document."""
    return CalendarPart(
        until=calendar.until,
        days=[_day(day) for day in calendar.days],
        unknown=[f"{kind}.{key}" for kind, key in calendar.unknown],
    )


def _day(found: TurningDay) -> DayPart:
    return DayPart(
        day=found.day,
        turns=[_turn(turn) for turn in found.turns],
        weight=as_number(found.weight),
        changes=_changes(found.changes),
    )


def _turn(turn: Turn) -> TurnPart:
    return TurnPart(
        kind=turn.kind, id=turn.id, turning=turn.turning.value, at_stake=list(turn.at_stake)
    )
