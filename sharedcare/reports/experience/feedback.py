"""How feedback is answered: for a terminal, in Markdown, as CSV, as JSON."""

from collections.abc import Iterable, Iterator

from sharedcare.experience.feedback.answering import Answering
from sharedcare.experience.prompts import Prompt
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.experience.feedback_document import render_feedback_json
from sharedcare.reports.experience.feedback_view import AnsweringView, FeedbackView, feedback_view
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.sheet import Section, Sheet, sheet_as
from sharedcare.reports.words.names import Names

#: Signals beside each other; the first letters of each column's name at the head of a text.
_SIDE_BY_SIDE = ("Organisation", "Type", "Answered", "Identical", "Elsewhere", "Tell")
_DECIDES = "decides"

CSV_HEADERS = (
    "organisation", "type", "stories_answered", "near_identical", "specific", "lead_elsewhere",
    "tell_what_came_of_it", "changes_a_hundred_stories", "people_a_thousand_stories", "borderline",
    "cast", "assumed", "ask",
)  # fmt: skip


def render_feedback(
    found: Iterable[Answering],
    names: Names,
    provenance: Provenance,
    format_: str,
    *,
    prompts: Iterable[Prompt] = (),
    show_texts: bool = False,
) -> str:
    """Write answers to feedback as ``text``, ``markdown``, ``csv`` or ``json``."""
    told, asked = tuple(found), tuple(prompts)
    view = feedback_view(told, names, asked, show_texts)
    if format_ == "json":
        return render_feedback_json(told, asked, view, provenance)
    if format_ == "csv":
        return csv_table(CSV_HEADERS, map(_csv_row, view.organisations))
    return sheet_as(Sheet(view.title, tuple(_sections(view, provenance))), format_)


def _sections(view: FeedbackView, provenance: Provenance) -> Iterator[Section]:
    yield Section(sentences=(view.headline,))
    if len(view.organisations) > 1:
        yield Section(
            "Side by side",
            headers=_SIDE_BY_SIDE,
            rows=tuple(map(_row, view.organisations)),
            widths=(18, 20, 9, 9, 9, 9),
        )
    for one in view.organisations:
        yield from _organisation(one)
    if view.prompts:
        yield Section("Look again", sentences=view.prompts)
    yield Section(
        "Lines that were drawn, all of them ours",
        headers=("Line", "At", "What it decides", "What the paper says"),
        rows=view.thresholds,
        widths=(19, 6, 26, 24),
    )
    made = f"{provenance.profile} (SHA-256 {provenance.digest[:16]}…), sharedcare "
    last = (*view.limits, view.no_ranking, view.naming, f"{made}{provenance.version}.")
    yield Section("What this cannot tell", sentences=last)


def _row(one: AnsweringView) -> tuple[str, ...]:
    answered, identical, _, elsewhere, tells, *_ = (signal.here for signal in one.signals)
    return (one.organisation, one.type, answered, identical, elsewhere, tells)


def _organisation(one: AnsweringView) -> Iterator[Section]:
    yield Section(
        f"{one.organisation}: {one.type}",
        sentences=tuple(filter(None, (one.meaning, *one.near, *one.assumed))),
    )
    rows = tuple((s.name, s.here, s.line, _DECIDES if s.decides else "") for s in one.signals)
    yield Section(headers=("Signal", "Here", "Line", ""), rows=rows, widths=(26, 14, 27, 7))
    facts = (*one.counts, ("Cast", " ".join(one.cast)), *one.stage)
    yield Section(facts=facts)
    if one.attested or one.ask:
        yield Section(sentences=(*one.attested, *one.ask))
    if one.examples:
        yield Section(facts=tuple((example.of, example.text) for example in one.examples))


def _csv_row(one: AnsweringView) -> dict[str, str]:
    cells = (
        one.organisation,
        one.type,
        *(signal.here for signal in one.signals),
        " ".join(one.near),
        " ".join(one.cast),
        " ".join(one.assumed),
        " ".join(one.ask),
    )
    return dict(zip(CSV_HEADERS, cells, strict=True))
