"""What an interface says of itself, in plain language; also as YAML and JSON."""

from collections.abc import Iterator

from sharedcare.landscape.data_categories import built_in
from sharedcare.reports.payloads.capability_document import (
    CapabilityDocument,
    ComparedPart,
    InterfacePart,
    render_capability_json,
)
from sharedcare.reports.sheet import Section, Sheet, sheet_as
from sharedcare.reports.words.figures import counted, listed
from sharedcare.vocabulary import Outcome

#: Categories that a type may mean which are named; of the others the count.
MOST_NAMED = 5

_SILENT = "not said"

_GROUPS = (
    (Outcome.NOT_MET, "What does not go together"),
    (Outcome.NOT_EVIDENCED, "What the statement does not tell"),
    (Outcome.MET, "What goes together"),
    (Outcome.NOT_APPLICABLE, "What a statement cannot bear on"),
)


def render_capability(document: CapabilityDocument, format_: str) -> str:
    """Write a document as ``text``, ``markdown``, ``yaml`` (the part of a profile) or ``json``."""
    if format_ == "json":
        return render_capability_json(document)
    if format_ == "yaml":
        return document.fragment
    return sheet_as(_sheet(document), format_)


def _sheet(document: CapabilityDocument) -> Sheet:
    sections = (
        Section(sentences=(_verdict(document),), facts=tuple(_facts(document))),
        *_serving(document),
        *_open(document),
        *_compared(document),
        Section(title="What no statement says", sentences=(_left_out(document),)),
    )
    return Sheet(f"What the interface of {document.system} says of itself", sections)


def _left_out(document: CapabilityDocument) -> str:
    words = "; ".join(document.left_out)
    return f"Left out of the part of a profile that --format yaml writes: {words}."


def _verdict(document: CapabilityDocument) -> str:
    """The whole in a sentence or two."""
    if document.server is None:
        said = "The statement describes no server: it does not say what others can have from it."
    else:
        found = counted(len(document.categories), "data category", "data categories")
        types = counted(len(document.server.types), "resource type")
        said = f"By FHIR {document.fhir_version} it can serve {found}, among {types} that it names."
    compared = document.compared
    if compared is None:
        return said
    failing = sum(one.outcome == Outcome.NOT_MET.value for one in compared)
    silent = sum(one.outcome == Outcome.NOT_EVIDENCED.value for one in compared)
    return (
        f"{said} Beside the profile: {counted(failing, 'thing')} that"
        f" {'does' if failing == 1 else 'do'} not go together, {silent} that the statement does"
        " not tell."
    )


def _facts(document: CapabilityDocument) -> Iterator[tuple[str, str]]:
    software = " ".join(filter(None, (document.software.name, document.software.version)))
    yield "FHIR version", f"{document.fhir_version} ({document.fhir_version_number})"
    yield "Software", software or _SILENT
    yield "Date", document.date or _SILENT
    yield "Formats", ", ".join(document.formats) or _SILENT
    yield "Guides it follows", ", ".join(document.implementation_guides) or _SILENT
    server = document.server
    yield "How others are let in", ", ".join(server.security if server else ()) or _SILENT
    takes = [built_in()[found.category].name for found in document.accepted]
    yield "What others can write into it", ", ".join(takes) or _SILENT
    yield "Tells of what is new", "others can subscribe" if document.subscriptions else _SILENT
    yield "Many people at once", "by bulk export" if document.bulk_export else _SILENT
    yield "All of one person", "by $everything" if _everything(server) else _SILENT
    yield "As a client", "described" if document.client else _SILENT
    for label, found in (
        ("Messages it sends", document.messages_sent),
        ("Messages it takes", document.messages_received),
        ("Documents it makes", document.documents_made),
        ("Documents it reads", document.documents_read),
    ):
        if found:
            yield label, ", ".join(found)


def _everything(server: InterfacePart | None) -> bool:
    return server is not None and any("everything" in one.operations for one in server.types)


def _serving(document: CapabilityDocument) -> Iterator[Section]:
    types = {one.type: one for one in document.server.types} if document.server else {}
    rows = []
    for found in document.categories:
        parts = [types[name] for name in found.types]
        does = listed(sorted({word for part in parts for word in part.interactions}))
        searches = sorted({word for part in parts for word in part.search_parameters})
        rows.append(
            (
                built_in()[found.category].name,
                found.form,
                ", ".join(found.types),
                does or "by $everything",
                ", ".join(searches) or "–",
            )
        )
    if rows:
        yield Section(
            title="What it can serve",
            headers=("Category", "Form", "As", "Others can", "Search by"),
            rows=tuple(rows),
            widths=(16, 10, 20, 14, 12),
        )


def _open(document: CapabilityDocument) -> Iterator[Section]:
    facts = []
    for found in document.not_told_apart:
        names = [built_in()[name].name for name in found.categories]
        more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        facts.append((found.type, f"may be {', '.join(names[:MOST_NAMED])}{more}"))
    if facts:
        yield Section(title="What it serves and does not say as what", facts=tuple(facts))


def _compared(document: CapabilityDocument) -> Iterator[Section]:
    for outcome, title in _GROUPS:
        found = [one for one in document.compared or () if one.outcome == outcome.value]
        if found:
            yield Section(title=title, facts=tuple(map(_finding, found)))


def _finding(found: ComparedPart) -> tuple[str, str]:
    return found.about.replace(".", " ", 1), found.message
