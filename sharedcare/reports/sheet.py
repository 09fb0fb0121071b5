"""A short page of titles, sentences, facts and tables, for a terminal or in Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.text_parts import prose, table
from sharedcare.reports.words.literal import literal


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page; ``widths`` are those of the table's columns on a terminal."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page."""

    title: str
    sections: tuple[Section, ...]


def sheet_text(sheet: Sheet) -> str:
    """Write a page for a terminal, at most 80 columns wide."""
    return "\n".join(_text_lines(sheet)) + "\n"


def _text_lines(sheet: Sheet) -> Iterator[str]:
    yield from prose(sheet.title)
    for section in sheet.sections:
        yield ""
        if section.title:
            yield from prose(section.title)
        for words in section.sentences:
            yield from prose(words)
        for label, words in section.facts:
            yield from prose(f"{label}: {words}", "    ", "  ")
        if section.rows:
            yield from table((section.headers, *section.rows), section.widths)


def sheet_markdown(sheet: Sheet) -> str:
    """Write a page in Markdown."""
    return "\n".join(_markdown_lines(sheet)).strip("\n") + "\n"


def _markdown_lines(sheet: Sheet) -> Iterator[str]:
    yield from markdown.heading(1, sheet.title)
    for section in sheet.sections:
        if section.title:
            yield from markdown.heading(2, section.title)
        for words in section.sentences:
            yield literal(words)
            yield ""
        if section.facts:
            yield from markdown.bullets(
                literal(f"{label}: {words}") for label, words in section.facts
            )
        if section.rows:
            yield from markdown.table(section.headers, section.rows)


def sheet_as(sheet: Sheet, format_: str) -> str:
    """Write a page as ``markdown``, else for a terminal."""
    return sheet_markdown(sheet) if format_ == "markdown" else sheet_text(sheet)
