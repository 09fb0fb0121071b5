"""Harmonisation for a terminal, in Markdown, as JSON and as a page."""

from collections.abc import Iterator

from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.payloads.harmonisation_document import (
    HarmonisationDocument,
    SystemPart,
    render_harmonisation_json,
    with_visible_texts,
)
from sharedcare.reports.payloads.harmonisation_words import (
    AGREEMENT_HEADERS,
    MEASURE_HEADERS,
    NO_CATEGORY,
    TITLE,
    agreement_row,
    category_words,
    cell_words,
    clash_words,
    clashes_title,
    conversion_words,
    count_words,
    headline,
    known_by_words,
    linkage_words,
    made_by,
    measure_row,
    provenance_words,
    state_words,
    to_map_words,
    versions_words,
)
from sharedcare.reports.text_parts import WIDTH, prose, table
from sharedcare.reports.words.literal import literal

#: Systems that stand beside each other in a terminal.
MOST_ACROSS = 4

#: Clashes, things to map, and pairs of systems that a terminal shows; the other formats show all.
MOST_SHOWN = 12


def render_harmonisation(document: HarmonisationDocument, format_: str) -> str:
    """Write a harmonisation as ``text``, ``markdown``, ``html`` or ``json``."""
    if format_ == "json":
        return render_harmonisation_json(document)
    document = with_visible_texts(document)
    if format_ == "html":
        from sharedcare.reports.payloads.harmonisation_page import (
            render_harmonisation_page,  # heavy
        )

        return render_harmonisation_page(document)
    is_markdown = format_ == "markdown"
    lines = markdown.no_double_blanks(_as_markdown(document)) if is_markdown else _as_text(document)
    return "\n".join(lines).strip("\n") + "\n"


def _matrix(document: HarmonisationDocument) -> Iterator[tuple[str, ...]]:
    cells = {(cell.category, cell.system): cell for cell in document.cells}
    for category in document.categories:
        found = (cells.get((category, one.system)) for one in document.systems)
        yield category_words(category), *(cell_words(cell) if cell else "" for cell in found)


def _identity(system: SystemPart) -> tuple[str, ...]:
    lines, who = system.lines, system.identity
    counts = (who.patients, who.numbered, who.valid)
    return (
        system.system,
        count_words(lines.read),
        f"{lines.quarantined:,}",
        *(count_words(count) for count in counts),
    )


def _sending(system: SystemPart) -> tuple[str, ...]:
    known = known_by_words(system)
    return system.system, versions_words(system), known, provenance_words(system)


_SENDING_HEADERS = ("System", "FHIR version", "How that is known", "Provenance")
_IDENTITY_HEADERS = ("System", "Lines", "Quarantined", "Patients", "With NHS number", "Valid")

# ── for a terminal ────────────────────────────────────────────────────────────────────────────────


def _as_text(document: HarmonisationDocument) -> Iterator[str]:
    yield TITLE
    yield ""
    yield from prose(headline(document))
    yield ""
    yield from _numbered(clashes_title(document), list(map(clash_words, document.clashes)))
    yield from _numbered("What to map first", list(map(to_map_words, document.map_first)))
    yield "What each system sends, by category"
    yield from _matrix_lines(document)
    yield "What kind of FHIR it is"
    rows = [_SENDING_HEADERS, *map(_sending, document.systems)]
    yield from (f"  {line}" for line in table(rows, (16, 18, 22, 20)))
    yield ""
    yield "Who can be linked"
    rows = [_IDENTITY_HEADERS, *map(_identity, document.systems)]
    yield from (f"  {line}" for line in table(rows, (20, 10, 11, 9, 10, 9)))
    for linkage in document.linkages[:MOST_SHOWN]:
        yield from prose(linkage_words(linkage), "    ", "  - ")
    yield from _more(len(document.linkages))
    yield ""
    for note in document.notes:
        yield from prose(note)
    yield f"{made_by(document)}."


def _matrix_lines(document: HarmonisationDocument) -> Iterator[str]:
    """The matrix, of a few systems at a time, so that it is no wider than the page."""
    if not document.categories:
        yield from ("  " + NO_CATEGORY, "")
        return
    names = [one.system for one in document.systems]
    rows = [("", *names), *_matrix(document)]
    for start in range(1, len(names) + 1, MOST_ACROSS):
        part = [(row[0], *row[start : start + MOST_ACROSS]) for row in rows]
        across = len(part[0]) - 1
        width = (WIDTH - 24) // across - 2
        yield from (f"  {line}" for line in table(part, (20, *(width for _ in range(across)))))
        yield ""


def _numbered(title: str, sentences: list[str]) -> Iterator[str]:
    if not sentences:
        return
    yield title
    for number, words in enumerate(sentences[:MOST_SHOWN], 1):
        yield from prose(words, "      ", f"  {number:>2}. ")
    yield from _more(len(sentences))
    yield ""


def _more(all_: int) -> Iterator[str]:
    """How many were left out of a list, if any were."""
    if all_ > MOST_SHOWN:
        yield f"  and {all_ - MOST_SHOWN:,} more; --format markdown shows them"


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────


def _as_markdown(document: HarmonisationDocument) -> Iterator[str]:
    yield from markdown.heading(1, TITLE)
    yield f"**{headline(document)}**"
    yield from _listed(clashes_title(document), list(map(clash_words, document.clashes)))
    yield from _listed("What to map first", list(map(to_map_words, document.map_first)))
    yield from markdown.heading(2, "What each system sends, by category")
    headers = ("Category", *(one.system for one in document.systems))
    if document.categories:
        yield from markdown.table(headers, _matrix(document))
    else:
        yield NO_CATEGORY
    yield from _measures(document)
    yield from _agreements(document)
    yield from markdown.heading(2, "What kind of FHIR it is")
    yield from markdown.table(_SENDING_HEADERS, map(_sending, document.systems))
    yield from markdown.heading(2, "Who can be linked")
    yield from markdown.table(_IDENTITY_HEADERS, map(_identity, document.systems))
    yield from markdown.bullets(literal(linkage_words(one)) for one in document.linkages)
    yield from markdown.heading(2, "How this is counted")
    yield from markdown.bullets(map(literal, (*document.notes, f"{made_by(document)}.")))


def _listed(title: str, sentences: list[str]) -> Iterator[str]:
    if sentences:
        yield from markdown.heading(2, title)
        yield from (f"{number}. {literal(words)}" for number, words in enumerate(sentences, 1))


def _measures(document: HarmonisationDocument) -> Iterator[str]:
    if not document.cells:
        return
    yield from markdown.heading(2, "Completeness, and what an absence means")
    yield from markdown.table(MEASURE_HEADERS, map(measure_row, document.cells))
    states = filter(None, map(state_words, document.cells))
    yield from markdown.bullets(map(literal, states))


def _agreements(document: HarmonisationDocument) -> Iterator[str]:
    if not document.agreements:
        return
    yield from markdown.heading(2, "Agreement between every pair")
    yield from markdown.table(AGREEMENT_HEADERS, map(agreement_row, document.agreements))
    sides = ((found, side) for found in document.agreements for side in (found.one, found.other))
    yield from markdown.bullets(
        literal(conversion_words(found.category, side.system, conversion))
        for found, side in sides
        for conversion in side.conversions
    )
