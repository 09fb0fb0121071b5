"""What an interface says of itself as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Null and empty are not said.
"""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import Field

from sharedcare.fhir.capability import (
    Compared,
    Served,
    ServedCategory,
    Statement,
    accepted,
    possible,
    served,
)
from sharedcare.fhir.capability.fragment import LEFT_OUT
from sharedcare.fhir.capability.statement import Interface
from sharedcare.reports.document import Part
from sharedcare.reports.words.names import Names

SCHEMA_VERSION = "1.0"


class SoftwarePart(Part):
    """The software behind the interface."""

    name: str | None
    version: str | None


class TypePart(Part):
    """What can be done with one resource type."""

    type: str
    interactions: list[str]
    search_parameters: list[str]
    profiles: list[str]
    operations: list[str]


class InterfacePart(Part):
    """One side of FHIR's REST: as a server, or as a client."""

    types: list[TypePart]
    interactions: list[str]
    operations: list[str]
    security: list[str]


class CategoryPart(Part):
    """A data category that others can read from it, or write into it."""

    category: str
    form: str = Field(description="At best, as far as the statement shows.")
    types: list[str]
    profiles: list[str]


class PossiblePart(Part):
    """A resource type that is served and may mean any of several categories."""

    type: str
    categories: list[str]


class ComparedPart(Part):
    """One comparison with the profile."""

    kind: str
    outcome: str
    about: str
    categories: list[str]
    message: str


class CapabilityDocument(Part):
    """Everything that was read of one statement, and how it compares with a profile."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    system: str
    fhir_version: str
    fhir_version_number: str
    kind: str | None
    title: str | None
    url: str | None
    date: str | None
    software: SoftwarePart
    formats: list[str]
    implementation_guides: list[str]
    server: InterfacePart | None
    client: InterfacePart | None
    messages_sent: list[str]
    messages_received: list[str]
    documents_made: list[str]
    documents_read: list[str]
    subscriptions: bool = Field(description="Whether others can subscribe to what is new.")
    bulk_export: bool
    categories: list[CategoryPart]
    accepted: list[CategoryPart]
    not_told_apart: list[PossiblePart]
    left_out: list[str] = Field(description="What no statement says, though a profile can.")
    fragment: str = Field(description="The part of a profile that the statement bears out, YAML.")
    compared: list[ComparedPart] | None = Field(description="Null without a profile.")


def capability_document(
    statement: Statement,
    system: str,
    fragment: str,
    version: str,
    *,
    compared: Sequence[Compared] | None = None,
    names: Names | None = None,
) -> CapabilityDocument:
    """Put a statement, the part of a profile made of it, and its comparison into a document."""
    told = None if compared is None else [_compared(one, names) for one in compared]
    return CapabilityDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=version,
        system=system,
        fhir_version=statement.version,
        fhir_version_number=statement.number,
        kind=statement.kind,
        title=statement.title,
        url=statement.url,
        date=statement.date,
        software=SoftwarePart(name=statement.software, version=statement.software_version),
        formats=list(statement.formats),
        implementation_guides=list(statement.guides),
        server=_interface(statement.server),
        client=_interface(statement.client),
        messages_sent=list(statement.sends),
        messages_received=list(statement.receives),
        documents_made=list(statement.makes),
        documents_read=list(statement.reads),
        subscriptions=statement.notifies,
        bulk_export=statement.exports,
        categories=list(map(_category, served(statement.server))),
        accepted=list(map(_category, accepted(statement.server))),
        not_told_apart=[
            PossiblePart(type=one.type, categories=list(categories))
            for one, categories in possible(statement.server)
        ],
        left_out=list(LEFT_OUT),
        fragment=fragment,
        compared=told,
    )


def capability_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = CapabilityDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare capability"
    return schema


def render_capability_json(document: CapabilityDocument) -> str:
    """Write the document."""
    return json.dumps(document.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def _interface(found: Interface | None) -> InterfacePart | None:
    if found is None:
        return None
    return InterfacePart(
        types=[_type(one) for one in found.types],
        interactions=list(found.interactions),
        operations=list(found.operations),
        security=list(found.security),
    )


def _category(found: ServedCategory) -> CategoryPart:
    return CategoryPart(
        category=found.category,
        form=found.form.word,
        types=[one.type for one in found.types],
        profiles=list(found.profiles),
    )


def _type(found: Served) -> TypePart:
    return TypePart(
        type=found.type,
        interactions=list(found.interactions),
        search_parameters=list(found.searches),
        profiles=list(found.profiles),
        operations=list(found.operations),
    )


def _compared(found: Compared, names: Names | None) -> ComparedPart:
    message = found.finding.message
    return ComparedPart(
        kind=found.kind.value,
        outcome=found.finding.outcome.value,
        about=found.finding.about,
        categories=list(found.categories),
        message=names.in_words(message) if names is not None else message,
    )
