"""A chapter of a report: what was found first in a sentence or two, then the tables behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterTable:
    """One table; ``rest`` says how many rows are left out, and is empty where none is."""

    caption: str
    headers: Row
    rows: tuple[Row, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: every format shows ``lead``, a terminal nothing else.

    ``id`` is its anchor in a page and ``menu`` its name among the contents. Where nothing was found
    the lead says so and the rest is empty. ``notes`` say how to read it, and what was not looked at
    and which verb would.
    """

    id: str
    menu: str
    title: str
    lead: str
    tables: tuple[ChapterTable, ...] = ()
    notes: tuple[str, ...] = ()


def table_of(
    caption: str,
    headers: Row,
    rows: Sequence[Row],
    *,
    most: int,
    more: str,
) -> tuple[ChapterTable, ...]:
    """Make a table of at most so many rows; without any row there is none.

    ``more`` says what the rows that are left out are, to follow their number.
    """
    if not rows:
        return ()
    left = len(rows) - most
    rest = f"And {left:,} more {more}." if left > 0 else ""
    return (ChapterTable(caption, headers, tuple(rows[:most]), rest),)
