"""The hazard list and the table of flows as JSON documents, and their JSON Schemas.

Keys are stable: ``schema_version`` rises when one changes or goes. Ids stay ids; sentences call
organisations as a report does.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from sharedcare.flows.meaning.feeds import told
from sharedcare.flows.registers.hazards import Hazard
from sharedcare.flows.registers.processing import Processing, purposes_of
from sharedcare.landscape import Agreement, Landscape
from sharedcare.quantities import as_number
from sharedcare.reports.document import Number, Part
from sharedcare.reports.registers.hazards_view import HazardListView
from sharedcare.reports.registers.processing_view import RegisterView

SCHEMA_VERSION = "1.0"


class HazardPart(Part):
    """One hazard; severity, likelihood and acceptability are for the clinical safety officer."""

    id: str = Field(description="Stays while need, kind and categories do.")
    kind: str
    need: str
    stakeholder: str
    categories: list[str]
    verdict: str = Field(description="Of the need.")
    weight: Number
    event: str
    hazard: str
    cause: str
    where: str
    effect: str
    controls: str
    confirm: str


class HazardsDocument(Part):
    """The hazard list."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    as_of: date
    notes: list[str] = Field(description="What the list is and is not: no safety case.")
    hazards: list[HazardPart]


class ProcessingPart(Part):
    """What goes from one organisation to another under one cover; null where nothing says."""

    flow: str | None = Field(description="Null where people use a system of another organisation.")
    from_place: str
    from_organisation: str | None
    to_place: str
    to_organisation: str | None
    sources: list[str] = Field(description="Organisations whose information it is.")
    categories: list[str]
    purposes: list[str]
    cover: str
    agreement: str | None
    status: str | None
    valid_from: date | None
    valid_until: date | None
    article_6: str | None
    article_9: str | None
    confidentiality: str | None
    controllers: list[str]
    processors: list[str]
    objections: str | None
    retention: str | None
    impact_assessed: date | None
    mechanism: str | None
    mode: str | None
    in_use: str | None
    gaps: list[str]


class ProcessingDocument(Part):
    """The table of flows."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    as_of: date
    notes: list[str] = Field(description="What the table is and is not: no legal advice.")
    rows: list[ProcessingPart]


def hazards_document(
    landscape: Landscape, found: Sequence[Hazard], view: HazardListView
) -> HazardsDocument:
    """Put the hazard list into its document."""
    return HazardsDocument(
        schema_version=SCHEMA_VERSION,
        as_of=landscape.as_of,
        notes=list(view.notes),
        hazards=[
            HazardPart(
                id=hazard.id,
                kind=hazard.kind.value,
                need=hazard.need,
                stakeholder=landscape.needs[hazard.need].stakeholder,
                categories=list(hazard.categories),
                verdict=hazard.explanation.verdict.verdict.value,
                weight=as_number(landscape.needs[hazard.need].weight),
                event=row.event,
                hazard=row.hazard,
                cause=row.cause,
                where=row.where,
                effect=row.effect,
                controls=row.controls,
                confirm=row.confirm,
            )
            for hazard, row in zip(found, view.hazards, strict=True)
        ],
    )


def processing_document(
    landscape: Landscape, found: Sequence[Processing], view: RegisterView
) -> ProcessingDocument:
    """Put the table of flows into its document."""
    return ProcessingDocument(
        schema_version=SCHEMA_VERSION,
        as_of=landscape.as_of,
        notes=list(view.notes),
        rows=[
            _row(landscape, row, told_of.gaps)
            for row, told_of in zip(found, view.rows, strict=True)
        ],
    )


def _row(landscape: Landscape, row: Processing, gaps: Iterable[str]) -> ProcessingPart:
    flow = landscape.flows[row.flow] if row.flow else None
    return ProcessingPart(
        flow=row.flow,
        from_place=row.from_,
        from_organisation=landscape.organisation_of(row.from_),
        to_place=row.to,
        to_organisation=landscape.organisation_of(row.to),
        sources=list(row.sources),
        categories=list(row.categories),
        purposes=[purpose.value for purpose in purposes_of(landscape, row)],
        cover=row.cover.name.lower(),
        agreement=row.agreement,
        **_agreed(landscape.agreements.get(row.agreement or "")),
        processors=list(row.processors),
        mechanism=flow.mechanism if flow else None,
        mode=flow.mode.value if flow else None,
        in_use=_word(flow.status) if flow else None,
        gaps=list(gaps),
    )


def _agreed(agreement: Agreement | None) -> dict[str, Any]:
    """What the agreement of a row says; null where there is none or it does not say."""
    basis = agreement.lawful_basis if agreement else None
    valid = agreement.valid if agreement else None
    return {
        "status": _word(agreement.status) if agreement else None,
        "valid_from": _day(valid.from_) if valid else None,
        "valid_until": _day(valid.until) if valid else None,
        "article_6": basis.slot("article_6") if basis else None,
        "article_9": basis.slot("article_9") if basis else None,
        "confidentiality": basis.slot("confidentiality") if basis else None,
        "controllers": list(agreement.controllers) if agreement else [],
        "objections": told(agreement.objections) if agreement else None,
        "retention": told(agreement.retention) if agreement else None,
        "impact_assessed": _day(agreement.impact_assessed) if agreement else None,
    }


def _day(day: object) -> date | None:
    return day if isinstance(day, date) else None


def _word(word: object) -> str | None:
    """A word of the profile, null where it is unknown."""
    value = getattr(word, "value", None)
    return None if value in (None, "unknown") else str(value)


def as_json(document: BaseModel) -> str:
    """Write a document with stable keys, one to a line."""
    return json.dumps(document.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def hazards_schema() -> dict[str, Any]:
    """Return the JSON Schema of the hazard list."""
    return _schema(HazardsDocument, "Hazards around safety-critical needs")


def processing_schema() -> dict[str, Any]:
    """Return the JSON Schema of the table of flows."""
    return _schema(ProcessingDocument, "What is passed on, and under which cover")


def _schema(document: type[BaseModel], title: str) -> dict[str, Any]:
    schema = document.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": title,
    }
