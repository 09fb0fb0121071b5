"""Paragraphs and columns for a terminal, for every report."""

from collections.abc import Iterable, Sequence

from tabulate import tabulate

from sharedcare.reports.words.texts import columns_of, wrapped

WIDTH = 80


def prose(text: str, indent: str = "", first: str | None = None) -> list[str]:
    """Wrap a text to the width of the page, under a first line that may begin otherwise."""
    lines = wrapped(text, WIDTH - columns_of(indent))
    begun = indent if first is None else first
    return [f"{begun}{lines[0]}", *(f"{indent}{line}" for line in lines[1:])]


def table(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Lay out rows in columns of at most these widths, without rules."""
    cells = [
        ["\n".join(wrapped(cell, most)) for cell, most in zip(row, widths, strict=True)]
        for row in rows
    ]
    if not cells:
        return []
    made = tabulate(cells, tablefmt="plain", disable_numparse=True, stralign="left")
    return [line.rstrip() for line in made.splitlines()]
