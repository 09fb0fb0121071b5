"""The guide at a glance: every role by every widest category, whether it comes, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from sharedcare.landscape import Landscape
from sharedcare.reports.registers.visibility_view import RoleView, RowView

#: Columns that fit on a printed page; a wider table goes on in a further one.
MOST_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class GlanceCell:
    """How the best of a category comes to a role; ``others`` counts ways that differ from it."""

    certain: bool
    words: str
    others: int

    @property
    def text(self) -> str:
        """Symbol and words: a dot for what surely comes, a question mark for what may."""
        more = f" (+{self.others})" if self.others else ""
        return f"{'●' if self.certain else '?'} {self.words}{more}"


@dataclass(frozen=True, slots=True)
class Glance:
    """One table; a cell is None where nothing of the category comes to the role.

    A role to which nothing in the table comes has no row in it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GlanceCell | None, ...]], ...]


def glances(landscape: Landscape, roles: Sequence[RoleView]) -> tuple[Glance, ...]:
    """Lay out what roles see by widest category, in tables that fit on a page."""
    found: dict[tuple[str, str], list[RowView]] = {}
    for role in roles:
        for row in role.rows:
            found.setdefault((role.id, row.category_id.partition(".")[0]), []).append(row)
    categories = sorted({category for _, category in found}, key=landscape.category_label)
    starts = range(0, len(categories), MOST_COLUMNS)
    return tuple(
        _table(landscape, roles, found, categories[start : start + MOST_COLUMNS])
        for start in starts
    )


def _table(
    landscape: Landscape,
    roles: Sequence[RoleView],
    found: dict[tuple[str, str], list[RowView]],
    categories: Sequence[str],
) -> Glance:
    rows = [
        (
            f"{role.role}, {role.organisation}",
            tuple(_cell(found.get((role.id, category), ())) for category in categories),
        )
        for role in roles
    ]
    kept = tuple(row for row in rows if any(row[1]))
    return Glance(tuple(map(landscape.category_label, categories)), kept)


def _cell(rows: Sequence[RowView]) -> GlanceCell | None:
    """The way that surely comes, else one that may, and how many others there are."""
    if not rows:
        return None
    ways = list(dict.fromkeys((row.is_certain, row.short) for row in rows))
    certain, words = max(ways, key=lambda way: way[0])
    return GlanceCell(certain, words, len(ways) - 1)
