"""What falls when something is lost: for a terminal, in Markdown, as CSV, as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sharedcare.flows.losses.lapses import Calendar
from sharedcare.flows.losses.resilience import Stress
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.losses.change_view import ChangeView
from sharedcare.reports.losses.lapses_view import DayView
from sharedcare.reports.losses.resilience_document import render_stress_json
from sharedcare.reports.losses.resilience_view import (
    LOST_MEANS,
    ConcentrationView,
    LossView,
    ResilienceView,
    resilience_view,
)
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose, table
from sharedcare.reports.words.figures import listed, sentence
from sharedcare.reports.words.literal import csv_cell, literal
from sharedcare.reports.words.names import Names

T = TypeVar("T")

#: Needs shown under each loss on a terminal; Markdown shows all.
MOST_FALLS = 4

#: Roles shown under each loss on a terminal; Markdown shows all.
MOST_HITS = 5

_CSV_HEADERS = (
    "kind", "id", "together_with", "name", "needs_lost", "safety_critical_lost", "weight_lost",
    "sufficiency_left", "lost", "safety_critical", "hits", "otherwise_changed",
)  # fmt: skip


def render_stress(
    found: Stress,
    calendar: Calendar,
    landscape: Landscape,
    provenance: Provenance,
    format_: str,
    *,
    top: int,
    name_organisations: bool = False,
) -> str:
    """Write what falls as ``text``, ``markdown``, ``csv`` or ``json``.

    ``top`` bounds what is shown of each list as text and in Markdown; data is always whole.
    """
    if format_ == "json":
        return render_stress_json(found, calendar, landscape, provenance)
    view = resilience_view(landscape, found, calendar, Names(landscape, name_organisations))
    if format_ == "csv":
        return _as_csv(view)
    if format_ == "markdown":
        lines: Iterable[str] = markdown.no_double_blanks(_as_markdown(view, top))
    else:
        lines = _as_text(view, top)
    return "\n".join(lines).strip("\n") + "\n"


def _shown(things: Sequence[T], top: int, noun: str, plural: str) -> tuple[Sequence[T], str]:
    """The first of some things, and how many more there are, in words."""
    rest = len(things) - top
    return things[:top], f"and {rest:,} more {noun if rest == 1 else plural}" if rest > 0 else ""


def _as_text(view: ResilienceView, top: int) -> Iterator[str]:
    yield from prose(f"What falls when something is lost: {view.title}")
    yield ""
    yield from prose(f"As of {view.as_of}. {' '.join(view.headline)}")
    yield ""
    yield from prose(LOST_MEANS)
    yield from _losses_text("The gravest first", view.losses, top)
    if view.harmless:
        yield from prose(view.harmless, "    ", "  – ")
    if view.pairs is not None:
        yield from _losses_text("Two at once that take more than either alone", view.pairs, top)
    if view.concentration:
        yield from _concentration_text(view.concentration, top)
    yield from _calendar_text(view, top)
    yield ""
    yield from prose(view.naming)


def _losses_text(title: str, losses: Sequence[LossView], top: int) -> Iterator[str]:
    shown, more = _shown(losses, top, "loss", "losses")
    yield ""
    yield title
    if not shown:
        yield "  None."
    for loss in shown:
        yield from prose(f"{loss.title}: {loss.counts}", "    ", f"  {_sign(loss)} ")
        yield from _changes_text(loss.falls)
        if loss.others:
            yield "      Otherwise changed:"
            yield from _changes_text(loss.others)
        if loss.hits:
            yield from prose(f"Hits: {listed(loss.hits, most=MOST_HITS)}", "      ")
    if more:
        yield f"  {more}; --top shows them"


def _sign(loss: LossView) -> str:
    return "!" if loss.critical else "-"


def _changes_text(changes: Sequence[ChangeView]) -> Iterator[str]:
    shown, more = _shown(changes, MOST_FALLS, "need", "needs")
    for change in shown:
        yield from prose(change.words, "        ", f"      {change.mark.symbol} ")
    if more:
        yield f"        {more}"


def _concentration_text(found: ConcentrationView, top: int) -> Iterator[str]:
    shown, more = _shown(found.suppliers, top, "supplier", "suppliers")
    yield ""
    yield "How much hangs on single suppliers"
    yield from prose(found.means, "  ")
    rows = [("Supplier", "Systems", "Rests on it", "Falls with it")]
    rows += [(one.supplier, one.systems, one.rests, one.falls) for one in shown]
    yield from (f"  {line}" for line in table(rows, (28, 7, 18, 18)))
    if more:
        yield f"  {more}; --top shows them"
    if found.index:
        yield from prose(found.index, "  ")


def _calendar_text(view: ResilienceView, top: int) -> Iterator[str]:
    shown, more = _shown(view.calendar.days, top, "day", "days")
    yield ""
    yield f"What ends and begins up to {view.calendar.until}"
    for day in shown:
        yield from _day_text(day)
    if more:
        yield f"  {more}; --top shows them"
    if not shown:
        yield "  Nothing, as far as the profile says."
    if view.calendar.unknown:
        yield from prose(view.calendar.unknown, "  ")


def _day_text(day: DayView) -> Iterator[str]:
    yield f"  From {day.day}"
    for event in day.events:
        yield from prose(event, "      ", "    - ")
    for title, changes in _of_day(day):
        yield f"    {title}:"
        yield from _changes_text(changes)


def _of_day(day: DayView) -> Iterator[tuple[str, Sequence[ChangeView]]]:
    """What changes on a day, under its title; nothing is told of what does not."""
    told = (("Breaks", day.breaks), ("Comes", day.comes), ("Otherwise changed", day.others))
    return ((title, changes) for title, changes in told if changes)


def _as_markdown(view: ResilienceView, top: int) -> Iterator[str]:
    yield from markdown.heading(1, f"What falls when something is lost: {view.title}")
    yield literal(f"As of {view.as_of}. {' '.join(view.headline)}")
    yield ""
    yield LOST_MEANS
    yield from markdown.heading(2, "The gravest first")
    yield from _losses_markdown(view.losses, top)
    yield from _paragraphs(view.harmless)
    if view.pairs is not None:
        yield from markdown.heading(2, "Two at once that take more than either alone")
        yield from _losses_markdown(view.pairs, top)
    if view.concentration:
        yield from _concentration_markdown(view.concentration, top)
    yield from _calendar_markdown(view, top)
    yield literal(view.naming)


def _losses_markdown(losses: Sequence[LossView], top: int) -> Iterator[str]:
    shown, more = _shown(losses, top, "loss", "losses")
    if not shown:
        yield "None."
        yield ""
        return
    rows = [(loss.title, loss.counts, loss.sufficiency, listed(loss.hits)) for loss in shown]
    yield from markdown.table(("Lost", "Takes", "Sufficiency left", "Hits"), rows)
    yield from _paragraphs(more)
    for loss in shown:
        yield from markdown.heading(3, loss.title)
        yield from _changes_markdown((*loss.falls, *loss.others))


def _changes_markdown(changes: Iterable[ChangeView]) -> Iterator[str]:
    rows = [
        (f"{one.title}{' (safety-critical)' if one.safety_critical else ''}", one.before, one.after)
        for one in changes
    ]
    yield from markdown.table(("Need", "Before", "After"), rows)


def _concentration_markdown(found: ConcentrationView, top: int) -> Iterator[str]:
    shown, more = _shown(found.suppliers, top, "supplier", "suppliers")
    yield from markdown.heading(2, "How much hangs on single suppliers")
    yield found.means
    yield ""
    rows = [(one.supplier, one.systems, one.rests, one.falls) for one in shown]
    yield from markdown.table(("Supplier", "Systems", "Rests on it", "Falls with it"), rows)
    yield from _paragraphs(more, found.index)


def _calendar_markdown(view: ResilienceView, top: int) -> Iterator[str]:
    shown, more = _shown(view.calendar.days, top, "day", "days")
    yield from markdown.heading(2, f"What ends and begins up to {view.calendar.until}")
    for day in shown:
        yield from markdown.heading(3, f"From {day.day}")
        yield from markdown.bullets(map(literal, day.events))
        for title, changes in _of_day(day):
            yield f"{title}:"
            yield ""
            yield from _changes_markdown(changes)
    none = "" if shown else "Nothing, as far as the profile says."
    yield from _paragraphs(none, more, view.calendar.unknown)


def _paragraphs(*texts: str) -> Iterator[str]:
    for words in filter(None, texts):
        yield literal(sentence(words))
        yield ""


def _as_csv(view: ResilienceView) -> str:
    """A row for each loss that changes a verdict; no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_CSV_HEADERS)
    for loss in (*view.losses, *(view.pairs or ())):
        writer.writerow([csv_cell(cell) for cell in _cells(loss)])
    return made.getvalue()


def _cells(loss: LossView) -> tuple[str, ...]:
    first, second = (*loss.ids, "")[:2]
    return (
        loss.kind,
        first,
        second,
        loss.title,
        str(len(loss.falls)),
        str(loss.critical),
        loss.weight,
        loss.sufficiency,
        " ".join(change.need for change in loss.falls),
        " ".join(change.need for change in loss.falls if change.safety_critical),
        "; ".join(loss.hits),
        " ".join(change.need for change in loss.others),
    )
