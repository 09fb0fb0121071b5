"""The hazard list: as CSV for a hazard log, in Markdown, as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sharedcare.flows.registers.hazards import Hazard
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.registers.hazards_view import HazardListView, HazardView, hazard_list_view
from sharedcare.reports.registers.registers_document import as_json, hazards_document
from sharedcare.reports.words.figures import counted
from sharedcare.reports.words.literal import literal

#: Columns that the clinical safety officer fills in; they stand empty.
FOR_THE_OFFICER = (
    "severity", "likelihood", "risk", "acceptability", "further_controls", "owner", "status",
)  # fmt: skip

#: Columns of the CSV, the officer's last.
HEADERS = (*HazardView.__dataclass_fields__, *FOR_THE_OFFICER)


def render_hazards(
    landscape: Landscape, found: Sequence[Hazard], format_: str, name_organisations: bool = False
) -> str:
    """Write hazards as ``csv``, ``markdown`` or ``json``."""
    view = hazard_list_view(landscape, found, name_organisations)
    if format_ == "csv":
        return csv_table(HEADERS, (asdict(hazard) for hazard in view.hazards))
    if format_ == "json":
        return as_json(hazards_document(landscape, found, view))
    return "\n".join(_as_markdown(view)).strip("\n") + "\n"


def _as_markdown(view: HazardListView) -> Iterator[str]:
    yield from markdown.heading(1, view.title)
    yield literal(f"As of {view.as_of}. {view.naming}")
    yield ""
    for words in view.notes:
        yield literal(words)
        yield ""
    needs = len({hazard.need for hazard in view.hazards})
    yield f"{counted(len(view.hazards), 'hazard')} around {counted(needs, 'safety-critical need')}."
    yield ""
    for hazard in view.hazards:
        yield from _hazard(hazard)


def _hazard(hazard: HazardView) -> Iterator[str]:
    yield from markdown.heading(2, hazard.id)
    yield literal(hazard.hazard)
    yield ""
    facts = [
        ("Cause", hazard.cause),
        ("Where", hazard.where),
        ("Effect", hazard.effect),
        ("Existing controls", hazard.controls),
        ("To confirm", hazard.confirm),
        ("Verdict on the need", hazard.verdict),
    ]
    yield from markdown.bullets(literal(f"{label}: {words}") for label, words in facts if words)
    blank = tuple("" for _ in FOR_THE_OFFICER)
    headers = tuple(name.replace("_", " ").capitalize() for name in FOR_THE_OFFICER)
    yield from markdown.table(headers, [blank])
