"""The table of flows between organisations: as CSV, in Markdown, as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sharedcare.flows.registers.processing import Processing
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.registers.processing_view import ProcessingView, RegisterView, register_view
from sharedcare.reports.registers.registers_document import as_json, processing_document
from sharedcare.reports.words.figures import counted
from sharedcare.reports.words.literal import literal

#: Columns of the CSV.
HEADERS = tuple(ProcessingView.__dataclass_fields__)

#: Columns of the table in Markdown.
COLUMNS = ("From", "To", "Whose, what", "Purposes", "Cover", "Lawful basis", "By", "Gaps")


def render_processing(
    landscape: Landscape,
    found: Sequence[Processing],
    format_: str,
    name_organisations: bool = False,
) -> str:
    """Write what is passed on as ``csv``, ``markdown`` or ``json``."""
    view = register_view(landscape, found, name_organisations)
    if format_ == "csv":
        return csv_table(HEADERS, map(_cells, view.rows))
    if format_ == "json":
        return as_json(processing_document(landscape, found, view))
    return "\n".join(_as_markdown(view)).strip("\n") + "\n"


def _cells(row: ProcessingView) -> dict[str, str]:
    return {**asdict(row), "gaps": " ".join(row.gaps)}


def _as_markdown(view: RegisterView) -> Iterator[str]:
    yield from markdown.heading(1, view.title)
    yield literal(f"As of {view.as_of}. {view.naming}")
    yield ""
    for words in view.notes:
        yield literal(words)
        yield ""
    gaps = sum(bool(row.gaps) for row in view.rows)
    yield f"{counted(len(view.rows), 'row')}, {gaps} of them with gaps."
    yield ""
    if view.rows:
        yield from markdown.table(COLUMNS, map(_row, view.rows))


def _row(row: ProcessingView) -> tuple[str, ...]:
    agreed = [row.agreement, row.status, row.valid] if row.agreement else []
    basis = [row.article_6, row.article_9, row.confidentiality] if row.agreement else []
    return (
        f"{row.from_organisation}: {row.from_place}",
        f"{row.to_organisation}: {row.to_place}",
        f"{row.whose}: {row.categories}",
        row.purposes,
        ", ".join((row.cover, *agreed)),
        ", ".join(basis),
        f"{row.mechanism}, {row.in_use}",
        " ".join(row.gaps),
    )
