"""The needs matrix: who needs what kind of information, whether they get it, how out of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows import ItemVerdict, Judgement
from sharedcare.landscape import Landscape, Need
from sharedcare.reports.assessing.needs_view import age_words, tightness
from sharedcare.reports.words.marks import Mark, gravity, mark_of
from sharedcare.vocabulary import Verdict

#: Columns that fit on a printed page; a wider matrix goes on in a further table.
MOST_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The gravest verdict among the items of one role in one category.

    ``used`` is the share of the limit on its age that is used up, None where that is not known.
    """

    mark: Mark
    age: str
    used: Fraction | None
    needs: tuple[str, ...]
    safety_critical: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One role and its cells, one for each column."""

    who: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One table of the matrix."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One item of one need with its verdict."""

    need_id: str
    need: Need
    verdict: ItemVerdict

    @property
    def key(self) -> tuple[str, str]:
        """The role, and the widest category that the item belongs to."""
        return self.need.stakeholder, self.verdict.category.partition(".")[0]


def needs_matrix(landscape: Landscape, judgement: Judgement) -> tuple[Matrix, ...]:
    """Every role with a need by every widest category needed, as tables that fit on a page."""
    found: dict[tuple[str, str], list[_Asked]] = {}
    for asked in _everything(landscape, judgement):
        found.setdefault(asked.key, []).append(asked)
    roles = [key for key in landscape.stakeholders if any(key == role for role, _ in found)]
    categories = list(dict.fromkeys(category for _, category in found))
    starts = range(0, len(categories), MOST_COLUMNS)
    return tuple(
        _table(landscape, found, roles, categories[start : start + MOST_COLUMNS])
        for start in starts
    )


def _everything(landscape: Landscape, judgement: Judgement) -> Iterator[_Asked]:
    for found in judgement.needs:
        for verdict in found.items:
            yield _Asked(found.need, landscape.needs[found.need], verdict)


def _table(
    landscape: Landscape,
    found: dict[tuple[str, str], list[_Asked]],
    roles: list[str],
    categories: list[str],
) -> Matrix:
    rows = [
        MatrixRow(
            landscape.label("stakeholders", role),
            tuple(_cell(found.get((role, category), [])) for category in categories),
        )
        for role in roles
    ]
    kept = tuple(row for row in rows if any(row.cells))
    return Matrix(tuple(landscape.category_label(name) for name in categories), kept)


def _cell(items: list[_Asked]) -> MatrixCell | None:
    if not items:
        return None
    worst = min((one.verdict.verdict for one in items), key=gravity)
    graver = [one for one in items if one.verdict.verdict is worst]
    shown = max(graver, key=lambda one: tightness(one.verdict.age, one.need.max_age))
    return MatrixCell(
        mark_of(worst),
        age_words((shown.verdict,), shown.need.max_age),
        _used(shown, worst),
        tuple(dict.fromkeys(one.need_id for one in items)),
        any(one.need.safety_critical for one in items),
    )


def _used(shown: _Asked, worst: Verdict) -> Fraction | None:
    known = worst in (Verdict.MET, Verdict.PARTLY_MET)
    limit = shown.need.max_age
    return tightness(shown.verdict.age, limit) if known and limit else None
