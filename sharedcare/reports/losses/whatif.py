"""What a change, option or scenario would do: for a terminal, in Markdown, as CSV, as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator

from sharedcare.flows.losses.disruption import Disruption, Fate
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.losses.disruption_view import (
    ONLY_VERDICTS,
    DisruptionView,
    FateView,
    LossView,
    PlannedView,
    disruption_view,
)
from sharedcare.reports.losses.whatif_document import render_whatif_json
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose
from sharedcare.reports.words.figures import listed
from sharedcare.reports.words.literal import csv_cell, literal

#: What is told of needs, in this order; those that stay as they are only in Markdown and as data.
_PARTS: tuple[tuple[str, Fate], ...] = (
    ("Lost: met today, and no longer for sure", Fate.LOST),
    ("Worse than today", Fate.WORSE),
    ("Open otherwise than today", Fate.UNCERTAIN),
    ("Gained: met, and not today", Fate.GAINED),
    ("Better than today", Fate.BETTER),
    ("No longer asked for", Fate.GONE),
    ("Newly asked for", Fate.NEW),
)

_CSV_HEADERS = (
    "need", "title", "safety_critical", "weight", "fate", "breaks", "before", "after", "why",
)  # fmt: skip


def render_whatif(
    found: Disruption, provenance: Provenance, format_: str, name_organisations: bool = False
) -> str:
    """Write a disruption as ``text``, ``markdown``, ``csv`` or ``json``."""
    if format_ == "json":
        return render_whatif_json(found, provenance)
    view = disruption_view(found, name_organisations)
    if format_ == "csv":
        return _as_csv(view)
    lines = _as_markdown(view) if format_ == "markdown" else _as_text(view)
    return "\n".join(lines).strip("\n") + "\n"


def _about(view: DisruptionView) -> str:
    return f"{view.landscape}, as of {view.as_of}." if view.landscape else f"As of {view.as_of}."


# ── for a terminal ────────────────────────────────────────────────────────────────────────────────


def _as_text(view: DisruptionView) -> Iterator[str]:
    yield from prose(view.title)
    yield from prose(_about(view))
    yield ""
    yield from prose(" ".join((*view.headline, *view.circumstances)))
    if view.changes:
        yield from _title("What is done")
        for change in view.changes:
            yield from prose(_change_words(change), "    ", "  - ")
        yield from prose(" ".join(view.effort), "  ", "  ")
    for title, fate in _PARTS:
        if view.of(fate):
            yield from _title(title)
            for need in view.of(fate):
                yield from _need_text(need, view)
    if view.disturbed:
        yield from _title("Disturbed while it is done")
        for words in view.disturbed:
            yield from prose(words, "    ", "  - ")
    yield ""
    yield from prose(ONLY_VERDICTS)
    yield from prose(view.naming)


def _title(words: str) -> tuple[str, str]:
    return "", words


def _change_words(change: PlannedView) -> str:
    required = ", as another requires it" if change.required else ""
    return (
        f"{change.name} ({change.id}{required}): cost {change.cost}, time {change.duration}, "
        f"paid by {change.paid_by}, seen to by {change.owner}"
    )


def _need_text(need: FateView, view: DisruptionView) -> Iterator[str]:
    symbol = need.mark.symbol if need.mark else "–"
    told = ", ".join((need.need, *(("safety-critical",) if need.safety_critical else ())))
    yield from prose(f"{need.title} ({told})", "    ", f"  {symbol} ")
    yield from prose(" ".join((f"{need.before} → {need.after}.", *need.why)), "      ", "      ")
    for words in _hits(loss for loss in view.losses if loss.need == need.need):
        yield from prose(words, "      ", "      ")


def _hits(losses: Iterable[LossView]) -> Iterator[str]:
    """Who has less of what, in one sentence for what goes the same way."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for loss in losses:
        sources = f" from {listed(loss.sources)}" if loss.sources else ""
        who = f"{loss.who} ({loss.organisation})"
        alike.setdefault((who, sources, loss.before, loss.after), []).append(loss.what)
    for (who, sources, before, after), what in alike.items():
        yield f"Hits {who}: {listed(what)}{sources}, for {after} of people and not {before}."


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────


def _as_markdown(view: DisruptionView) -> Iterator[str]:
    yield from markdown.heading(1, view.title)
    yield literal(_about(view))
    yield ""
    yield f"**{literal(' '.join((*view.headline, *view.circumstances)))}**"
    if view.changes:
        yield from _changes_markdown(view)
    for title, fate in (*_PARTS, ("As it is", Fate.SAME)):
        if view.of(fate):
            yield from markdown.heading(2, title)
            headers = ("Need", "Before", "After", "Why it is not met after")
            yield from markdown.table(headers, map(_need_row, view.of(fate)))
    if view.losses:
        yield from markdown.heading(2, "Who has less of what")
        columns = ("Who", "Has less of", "From", "Before", "After", "Why")
        yield from markdown.table(columns, map(_loss_row, view.losses))
    if view.disturbed:
        yield from markdown.heading(2, "Disturbed while it is done")
        yield from markdown.bullets(map(literal, view.disturbed))
    yield ""
    yield literal(f"{ONLY_VERDICTS} {view.naming}")


def _changes_markdown(view: DisruptionView) -> Iterator[str]:
    yield from markdown.heading(2, "What is done")
    rows = (
        (change.name, change.cost, change.duration, change.paid_by, change.owner,
         "required by another" if change.required else "asked for")
        for change in view.changes
    )  # fmt: skip
    yield from markdown.table(("Change", "Cost", "Time", "Paid by", "Owner", "Because"), rows)
    yield literal(" ".join(view.effort))


def _need_row(need: FateView) -> tuple[str, ...]:
    critical = " (safety-critical)" if need.safety_critical else ""
    after = f"{need.mark.symbol} {need.after}" if need.mark else need.after
    return (f"{need.title}{critical}", need.before, after, " ".join(need.why))


def _loss_row(loss: LossView) -> tuple[str, ...]:
    critical = " (safety-critical)" if loss.safety_critical else ""
    who = f"{loss.who}, {loss.organisation}{critical}"
    return (who, loss.what, listed(loss.sources), loss.before, loss.after, " ".join(loss.why))


def _as_csv(view: DisruptionView) -> str:
    """A row for each need; no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_CSV_HEADERS)
    for need in view.needs:
        writer.writerow([csv_cell(cell) for cell in _cells(need)])
    return made.getvalue()


def _cells(need: FateView) -> tuple[str, ...]:
    return (
        need.need,
        need.title,
        "yes" if need.safety_critical else "no",
        need.weight,
        need.fate.value,
        "yes" if need.breaks else "no",
        need.before,
        need.after,
        " ".join(need.why),
    )
