"""The burden of a landscape: for a terminal, in Markdown, as CSV, as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator

from sharedcare.flows.work.burden import Burden
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose, table
from sharedcare.reports.words.figures import sentence
from sharedcare.reports.words.literal import csv_cell, literal
from sharedcare.reports.words.names import Names
from sharedcare.reports.work.burden_document import render_burden_json
from sharedcare.reports.work.burden_view import (
    METHOD,
    NOT_KNOWN,
    BurdenView,
    OverloadView,
    PushView,
    TotalView,
    WorkView,
    burden_view,
    overloaded,
)

#: What is shown on a terminal of what to time first; Markdown shows all.
MOST_TO_TIME = 5

_SURELY = "Pushed at people beyond any need of theirs"
_PERHAPS = "Perhaps so: whether they are told of it is not said"

_CSV_HEADERS = (
    "chore", "organisation", "role", "what", "times_a_year", "time_each", "hours_a_year", "remark",
    "needs",
)  # fmt: skip


def render_burden(
    found: Burden,
    landscape: Landscape,
    provenance: Provenance,
    format_: str,
    name_organisations: bool = False,
) -> str:
    """Write a burden as ``text``, ``markdown``, ``csv`` or ``json``."""
    if format_ == "json":
        return render_burden_json(found, landscape, provenance)
    view = burden_view(found, Names(landscape, name_organisations))
    if format_ == "csv":
        return _as_csv(found, view)
    lines = _as_markdown(view) if format_ == "markdown" else _as_text(view)
    return "\n".join(lines).strip("\n") + "\n"


def _about(view: BurdenView) -> str:
    return f"{view.landscape}, as of {view.as_of}." if view.landscape else f"As of {view.as_of}."


# ── for a terminal ────────────────────────────────────────────────────────────────────────────────


def _as_text(view: BurdenView) -> Iterator[str]:
    yield "What people do by hand, and what is pushed at them"
    yield from prose(_about(view))
    yield ""
    yield from prose(" ".join(view.headline))
    if view.roles:
        yield from _title("Hours a year, by role")
        rows = [("Role", "Of", "Hours a year", ""), *map(_role_row, view.roles)]
        yield from (f"  {line}" for line in table(rows, (24, 20, 17, 11)))
    timed = [work for work in view.work if work.hours != NOT_KNOWN]
    if timed:
        yield from _title("What they are spent on")
        for work in timed:
            yield from prose(_work_words(work), "    ", "  - ")
    yield from _to_time_text(view.to_time)
    for title, certain in ((_SURELY, True), (_PERHAPS, False)):
        yield from _overload_text(title, tuple(overloaded(view.overload, certain)))
    yield ""
    for words in filter(None, (view.off_route, *METHOD, view.naming)):
        yield from prose(words)


def _title(words: str) -> tuple[str, str]:
    return "", words


def _role_row(total: TotalView) -> tuple[str, ...]:
    return (total.who, total.organisation, total.hours, total.unknown)


def _work_words(work: WorkView) -> str:
    remark = f" ({work.remark})" if work.remark else ""
    return (
        f"{work.who} ({work.organisation}) {work.what}: {work.often}, {work.each} each"
        f"{remark}, {work.hours} hours a year"
    )


def _to_time_text(to_time: tuple[str, ...]) -> Iterator[str]:
    if not to_time:
        return
    yield from _title("Not known: to be timed or counted first")
    for words in to_time[:MOST_TO_TIME]:
        yield from prose(words, "    ", "  ? ")
    if len(to_time) > MOST_TO_TIME:
        yield f"  and {len(to_time) - MOST_TO_TIME} more; --format markdown shows them"


def _overload_text(title: str, roles: tuple[OverloadView, ...]) -> Iterator[str]:
    if not roles:
        return
    yield from _title(title)
    for role in roles:
        yield from prose(f"{role.who} ({role.organisation}). {role.words}", "    ", "  - ")
        for push in role.pushes:
            yield from prose(_push_words(push), "      ", "      ")


def _push_words(push: PushView) -> str:
    return sentence(f"{push.flow}: {push.beyond}; {push.often}")


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────


def _as_markdown(view: BurdenView) -> Iterator[str]:
    yield from markdown.heading(1, "What people do by hand, and what is pushed at them")
    yield literal(_about(view))
    yield ""
    yield f"**{literal(' '.join(view.headline))}**"
    if view.work:
        yield from _hours_markdown(view)
    for title, certain in ((_SURELY, True), (_PERHAPS, False)):
        roles = tuple(overloaded(view.overload, certain))
        if roles:
            yield from markdown.heading(2, title)
            headers = ("Role", "Of", "By", "Not asked for", "How often")
            yield from markdown.table(headers, _push_rows(roles))
    yield from markdown.heading(2, "How this is counted")
    texts = filter(None, (view.off_route, *METHOD, view.naming))
    yield from markdown.bullets(map(literal, texts))


def _hours_markdown(view: BurdenView) -> Iterator[str]:
    yield from markdown.heading(2, "Hours a year, by organisation")
    rows = ((one.organisation, one.hours, one.unknown) for one in view.organisations)
    yield from markdown.table(("Organisation", "Hours a year", "Pieces of work"), rows)
    yield from markdown.heading(2, "Hours a year, by role")
    headers = ("Role", "Of", "Hours a year", "Pieces of work")
    yield from markdown.table(headers, map(_role_row, view.roles))
    yield from markdown.heading(2, "Every piece of work")
    columns = ("Who", "Of", "What", "How often", "Each", "Hours a year", "Remark")
    yield from markdown.table(columns, map(_work_row, view.work))
    if view.to_time:
        yield from markdown.heading(2, "Not known: to be timed or counted first")
        yield from markdown.bullets(map(literal, view.to_time))


def _work_row(work: WorkView) -> tuple[str, ...]:
    return (
        work.who,
        work.organisation,
        work.what,
        work.often,
        work.each,
        work.hours,
        work.remark,
    )


def _push_rows(roles: Iterable[OverloadView]) -> Iterator[tuple[str, ...]]:
    for role in roles:
        for push in role.pushes:
            yield (role.who, role.organisation, push.flow, push.beyond, push.often)


# ── as CSV ────────────────────────────────────────────────────────────────────────────────────────


def _as_csv(found: Burden, view: BurdenView) -> str:
    """A row for each piece of work; no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_CSV_HEADERS)
    for work, told in zip(found.work, view.work, strict=True):
        cells = (work.chore.value, told.organisation, told.who, told.what, told.often, told.each)
        rest = (told.hours, told.remark, " ".join(work.needs))
        writer.writerow([csv_cell(cell) for cell in (*cells, *rest)])
    return made.getvalue()
