"""Headings, lists and tables in Markdown, for every report."""

from collections.abc import Iterable, Iterator, Sequence

from sharedcare.reports.words.literal import literal

Lines = Iterator[str]


def no_double_blanks(lines: Iterable[str]) -> Lines:
    """Leave out a blank line that follows one."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def heading(level: int, text: str) -> Lines:
    """A heading with its blank lines."""
    yield ""
    yield f"{'#' * level} {literal(text)}"
    yield ""


def bullets(texts: Iterable[str]) -> Lines:
    """A list of texts that are escaped already."""
    for text in texts:
        yield f"- {text}"
    yield ""


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
    """A table whose cells are escaped here."""
    yield _row(headers)
    yield _row(["---"] * len(headers), escaped=True)
    for row in rows:
        yield _row(row)
    yield ""


def _row(cells: Sequence[str], escaped: bool = False) -> str:
    return f"| {' | '.join(cell if escaped else literal(cell) for cell in cells)} |"
