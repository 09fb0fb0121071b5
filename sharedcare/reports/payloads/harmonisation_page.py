"""Harmonisation as one HTML page: what to do, the matrix, and the pictures behind it.

The page stands by itself: no script, nothing from elsewhere, and every text in it escaped.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.fhir.harmonise.terminologies import name_of
from sharedcare.reports.payloads.harmonisation_document import (
    CellPart,
    Count,
    HarmonisationDocument,
    Share,
    with_visible_texts,
)
from sharedcare.reports.payloads.harmonisation_pictures import (
    Label,
    code_systems_picture,
    timeliness_picture,
)
from sharedcare.reports.payloads.harmonisation_words import (
    AGREEMENT_HEADERS,
    MEASURE_HEADERS,
    NO_CATEGORY,
    TITLE,
    agreement_row,
    category_words,
    clash_words,
    clashes_title,
    count_words,
    headline,
    known_by_words,
    linkage_words,
    made_by,
    measure_row,
    provenance_words,
    share_words,
    state_words,
    to_map_words,
    versions_words,
)
from sharedcare.reports.words.texts import visible


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix; ``filled`` is the share of its bar, None where it is not to show."""

    records: str
    coded: str
    code_systems: str
    filled: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One category across the systems; None where a system sends nothing of it."""

    category: str
    cells: tuple[Cell | None, ...]


def render_harmonisation_page(document: HarmonisationDocument) -> str:
    """Write the page."""
    from sharedcare.reports.html import POLICY, environment  # brings the templates

    template = environment().get_template("harmonisation.html.j2")
    made = template.render(
        policy=POLICY,
        title=TITLE,
        headline=headline(document),
        clashes_title=clashes_title(document),
        made_by=made_by(document),
        no_category=NO_CATEGORY,
        document=document,
        systems=[one.system for one in document.systems],
        clashes=[clash_words(one) for one in document.clashes],
        map_first=[to_map_words(one) for one in document.map_first],
        matrix=list(matrix(document)),
        code_systems=code_systems_picture(document),
        timeliness=timeliness_picture(document),
        sending=[_sending(document, index) for index in range(len(document.systems))],
        linkages=[linkage_words(one) for one in document.linkages],
        measure_headers=MEASURE_HEADERS,
        measures=[measure_row(cell) for cell in document.cells],
        agreement_headers=AGREEMENT_HEADERS,
        agreements=[agreement_row(one) for one in document.agreements],
        states=[words for cell in document.cells if (words := state_words(cell))],
    )
    return made.rstrip("\n") + "\n"


def render_sent_pictures(document: HarmonisationDocument, label: Label) -> str:
    """Write the matrix and the pictures as a part of another page; ``label`` names systems."""
    from sharedcare.reports.html import environment

    def named(system: str) -> str:
        return visible(label(system))

    template = environment().get_template("sent_pictures.html.j2")
    names = [named(one.system) for one in document.systems]
    document = with_visible_texts(document)
    return template.render(
        systems=names,
        matrix=list(matrix(document)),
        code_systems=code_systems_picture(document, named),
        timeliness=timeliness_picture(document, named),
    )


def matrix(document: HarmonisationDocument) -> Iterator[Row]:
    """Categories down, systems across, in the order of the document."""
    cells = {(cell.category, cell.system): cell for cell in document.cells}
    for category in document.categories:
        found = (cells.get((category, one.system)) for one in document.systems)
        yield Row(category_words(category), tuple(_cell(cell) if cell else None for cell in found))


def _cell(cell: CellPart) -> Cell:
    return Cell(
        count_words(cell.records),
        f"{share_words(cell.coded_share)} coded" if cell.ways else "",
        ", ".join(map(name_of, cell.code_systems)),
        _filled(cell.coded_share),
    )


def _filled(share: Share) -> float | None:
    return share if isinstance(share, float) else None


def _sending(document: HarmonisationDocument, index: int) -> tuple[str, ...]:
    system = document.systems[index]
    who, lines = system.identity, system.lines
    counts: tuple[Count, ...] = (who.patients, who.numbered, who.valid)
    return (
        system.system,
        versions_words(system),
        known_by_words(system),
        count_words(lines.read),
        f"{lines.quarantined:,}",
        *map(count_words, counts),
        provenance_words(system),
    )
