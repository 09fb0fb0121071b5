"""The data visibility guide: for a terminal, in Markdown, as CSV, as one HTML file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sharedcare.flows.meaning.visibility import Visibility
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.registers.visibility_matrix import Glance, glances
from sharedcare.reports.registers.visibility_view import (
    GuideView,
    RoleView,
    RowView,
    UnseenView,
    guide_view,
)
from sharedcare.reports.text_parts import prose
from sharedcare.reports.words.figures import counted, listed
from sharedcare.reports.words.literal import literal

#: Columns of the CSV.
HEADERS = (
    "organisation", "role", "place", "category_id", "category", "source", "comes", "form", "pace",
    "age", "how_far_back", "for_whom", "purposes", "perhaps_for", "until", "meaning",
    "when_nothing_is_there", "route", "assumed",
)  # fmt: skip

#: Columns of the table of one role, for people.
COLUMNS = (
    "What", "From", "Where", "As", "How fresh", "How far back", "For what, until when",
    "When nothing is there",
)  # fmt: skip

LEGEND = (
    "● it comes; ? it may come; empty: nothing of it comes. (+1): one more way that differs, below."
)

UNSEEN_COLUMNS = ("What", "From", "Why")


def render_visibility(
    landscape: Landscape, found: Visibility, format_: str, name_organisations: bool = False
) -> str:
    """Write what roles can see as ``text``, ``markdown``, ``html`` or ``csv``."""
    guide = guide_view(landscape, found, name_organisations)
    if format_ == "csv":
        return csv_table(HEADERS, _csv_rows(guide))
    glance = glances(landscape, guide.roles)
    if format_ == "html":
        return _as_html(guide, glance)
    lines = _as_markdown(guide, glance) if format_ == "markdown" else _as_text(guide)
    return "\n".join(lines).strip("\n") + "\n"


def cells(row: RowView) -> tuple[str, ...]:
    """A row of the table for people; what only may come, or is assumed, is marked."""
    marks = [] if row.is_certain else ["may come"]
    marks += [row.assumed] if row.assumed else []
    what = f"{row.category} ({', '.join(marks)})" if marks else row.category
    fresh = row.pace if row.age == "as it is written" else f"{row.pace}; {row.age}"
    until = f"; until {row.until}" if row.until not in ("no end", "not known") else ""
    return (
        what,
        row.source,
        row.place,
        row.form,
        fresh,
        row.back,
        "; ".join(row.purposes or row.perhaps) + until,
        " ".join(row.blank),
    )


def together(rows: Sequence[RowView]) -> Iterator[RowView]:
    """Rows for people: sources of which everything is told alike stand in one."""
    alike: dict[RowView, list[str]] = {}
    for row in rows:
        key = replace(row, source="", route="")
        alike.setdefault(key, []).append(row.source)
    for row, sources in alike.items():
        yield replace(row, source=listed(list(dict.fromkeys(sources))))


def _as_text(guide: GuideView) -> Iterator[str]:
    yield from prose(guide.title)
    yield from prose(f"As of {guide.as_of}. {guide.naming}")
    for words in guide.about:
        yield from prose(words)
    for role in guide.roles:
        yield ""
        yield from prose(f"{role.role}, {role.organisation}")
        yield from prose(f"Looks into: {role.systems}.", "  ", "  ")
        for words in role.minding:
            yield from prose(words, "  ", "! ")
        if not role.rows:
            yield from prose("Nothing that anybody holds comes here.", "  ", "  ")
        for row in together(role.rows):
            yield from _row_lines(row)
        if role.unseen:
            yield from prose(f"Not seen here: {_unseen_words(role.unseen)}", "  ", "  ")


def _row_lines(row: RowView) -> Iterator[str]:
    what, source, place, form, fresh, back, purposes, blank = cells(row)
    yield from prose(f"{what}, from {source}", "    ", "  ● " if row.is_certain else "  ? ")
    yield from prose(f"{place}: {form}; {fresh}; back: {back}", "      ", "      ")
    yield from prose(f"For: {purposes}", "      ", "      ")
    if row.meaning:
        yield from prose(f"Means: {row.meaning}", "      ", "      ")
    yield from prose(f"Nothing there? {blank}", "      ", "      ")


def _unseen_words(unseen: Sequence[UnseenView]) -> str:
    return "; ".join(f"{one.category} ({one.sources})" for one in unseen) + "."


def _as_markdown(guide: GuideView, glance: Sequence[Glance]) -> Iterator[str]:
    yield from markdown.heading(1, guide.title)
    yield literal(f"As of {guide.as_of}. {guide.naming}")
    yield ""
    for words in guide.about:
        yield literal(words)
        yield ""
    if glance:
        yield from markdown.heading(2, "At a glance")
        yield LEGEND
        yield ""
    for part in glance:
        rows = [(who, *(cell.text if cell else "" for cell in cells_)) for who, cells_ in part.rows]
        yield from markdown.table(("Role", *part.columns), rows)
    for role in guide.roles:
        yield from _role_markdown(role)


def _role_markdown(role: RoleView) -> Iterator[str]:
    yield from markdown.heading(2, f"{role.role}, {role.organisation}")
    yield literal(f"Looks into: {role.systems}.")
    yield ""
    if role.minding:
        yield from markdown.bullets(literal(words) for words in role.minding)
    if role.rows:
        rows = [_with_meaning(cells(row), row.meaning) for row in together(role.rows)]
        yield from markdown.table(COLUMNS, rows)
    else:
        yield "Nothing that anybody holds comes here."
        yield ""
    if role.unseen:
        yield from markdown.heading(
            3, f"Not seen here: {counted(len(role.unseen), 'category', 'categories')}"
        )
        rows = [(one.category, one.sources, one.why) for one in role.unseen]
        yield from markdown.table(UNSEEN_COLUMNS, rows)


def _with_meaning(row: tuple[str, ...], meaning: str) -> tuple[str, ...]:
    """What is meant by it stands with what it is."""
    return (f"{row[0]}: {meaning}", *row[1:]) if meaning else row


def _csv_rows(guide: GuideView) -> Iterator[dict[str, str]]:
    """A row for each part that can be seen, and for each category that cannot."""
    for role in guide.roles:
        who = {"organisation": role.organisation, "role": role.role}
        for row in role.rows:
            yield who | _seen_cells(row)
        for unseen in role.unseen:
            yield who | {
                "category_id": unseen.category_id,
                "category": unseen.category,
                "source": unseen.sources,
                "comes": "no",
                "when_nothing_is_there": unseen.why,
            }


def _seen_cells(row: RowView) -> dict[str, str]:
    return {
        "place": row.place,
        "category_id": row.category_id,
        "category": row.category,
        "source": row.source,
        "comes": row.comes,
        "form": row.form,
        "pace": row.pace,
        "age": row.age,
        "how_far_back": row.back,
        "for_whom": row.reach,
        "purposes": "; ".join(row.purposes),
        "perhaps_for": "; ".join(row.perhaps),
        "until": row.until,
        "meaning": row.meaning,
        "when_nothing_is_there": " ".join(row.blank),
        "route": row.route,
        "assumed": row.assumed,
    }


def _as_html(guide: GuideView, glance: Sequence[Glance]) -> str:
    from sharedcare.reports.html import POLICY, environment  # brings the templates

    template = environment().get_template("visibility.html.j2")
    made = template.render(
        guide=guide,
        glances=glance,
        legend=LEGEND,
        policy=POLICY,
        cells=cells,
        together=together,
        columns=COLUMNS,
        unseen_columns=UNSEEN_COLUMNS,
    )
    return made.rstrip("\n") + "\n"
