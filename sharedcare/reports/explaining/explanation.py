"""The explanation of one need: for a terminal at most 80 columns wide, in Markdown, as JSON."""

from collections.abc import Iterator

from sharedcare.flows.why.explanation import Explanation
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.explaining.data import render_explanation_json
from sharedcare.reports.explaining.hop_view import HopView
from sharedcare.reports.explaining.view import ExplanationView, Placed, explanation_view
from sharedcare.reports.part import Part
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose, table
from sharedcare.reports.words.literal import literal
from sharedcare.reports.words.names import Names

#: The columns of a route on a terminal: place, how it came, out of date, waiting, form.
_WIDTHS = (17, 25, 11, 7, 10)

_HEADERS = (
    "Place", "How it comes there", "Out of date", "Waiting", "Form", "Reach", "Covered by",
    "What stands behind it",
)  # fmt: skip

#: What marks a hop that fails; the words stand beside it.
_BROKEN = "✗"


def render_explained_need(
    found: Explanation,
    names: Names,
    provenance: Provenance,
    format_: str,
    placed: Placed | None = None,
) -> str:
    """Write the explanation of a need as ``text``, ``markdown`` or ``json``.

    ``placed`` finds where something stands in the profile's files; without it that is not told.
    """
    if format_ == "json":
        return render_explanation_json(found, names, provenance)
    view = explanation_view(found, names, placed)
    made = _as_markdown(view) if format_ == "markdown" else _as_text(view)
    lines = markdown.no_double_blanks(made)
    return "\n".join(lines).strip("\n") + "\n"


def _verdict(view: ExplanationView) -> str:
    between = f" ({view.range})" if view.range else ""
    return f"{view.mark.text}{between}, as of {view.as_of}"


# ── for a terminal ────────────────────────────────────────────────────────────────────────────────


def _as_text(view: ExplanationView) -> Iterator[str]:
    yield from prose(" ".join(view.sentences))
    yield ""
    yield from prose(f"{view.title} ({view.id})")
    yield from prose(f"{_verdict(view)}. Asked for:")
    for words in view.asks:
        yield from prose(words, "    ", "  ")
    for part in view.parts:
        yield from _part_text(part)
    yield ""
    yield from prose(view.naming)


def _part_text(part: Part) -> Iterator[str]:
    yield ""
    yield from prose(part.title)
    for words in part.lead:
        yield from prose(words, "  ", "  ")
    if part.hops:
        yield from _hops_text(part.hops)
    for number, words in enumerate(part.points, 1):
        mark = f"{number}." if part.numbered else "-"
        yield from prose(words, "  " + " " * (len(mark) + 1), f"  {mark} ")
    for words in part.after:
        yield from prose(words, "  ", "  ")


def _hops_text(hops: tuple[HopView, ...]) -> Iterator[str]:
    headers = (_HEADERS[0], _HEADERS[1], "Out of date", "Waiting", "Form")
    rows = [
        (f"{_BROKEN} {hop.place}" if hop.broken else hop.place, _came(hop, position), hop.age,
         hop.wait, hop.form)
        for position, hop in enumerate(hops)
    ]  # fmt: skip
    for line in table((headers, *rows), _WIDTHS):
        yield f"  {line}"
    for hop in hops:
        for words in hop.broken:
            yield from prose(f"{hop.place}: {words}", "    ", f"  {_BROKEN} ")


def _came(hop: HopView, position: int) -> str:
    """How it came to a place, under which cover, for whom, and what stands behind it."""
    told = [_way(hop, position)]
    told += [f"covered by {hop.cover}"] if hop.cover else []
    told += [f"for {hop.reach}"] if hop.reach else []
    told += [hop.evidence] if hop.evidence else []
    return "; ".join(told)


def _way(hop: HopView, position: int) -> str:
    return hop.way or ("used there" if position else "held there")


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────


def _as_markdown(view: ExplanationView) -> Iterator[str]:
    yield from markdown.heading(1, view.title)
    yield f"**{literal(' '.join(view.sentences))}**"
    yield ""
    yield f"{literal(_verdict(view))}. Asked for:"
    yield ""
    yield from markdown.bullets(map(literal, view.asks))
    for part in view.parts:
        yield from _part_markdown(part)
    yield literal(view.naming)


def _part_markdown(part: Part) -> Iterator[str]:
    yield from markdown.heading(2, part.title)
    for words in part.lead:
        yield literal(words)
        yield ""
    if part.hops:
        yield from _hops_markdown(part.hops)
    if part.numbered:
        yield from (f"{number}. {literal(words)}" for number, words in enumerate(part.points, 1))
        yield ""
    elif part.points:
        yield from markdown.bullets(map(literal, part.points))
    for words in part.after:
        yield literal(words)
        yield ""


def _hops_markdown(hops: tuple[HopView, ...]) -> Iterator[str]:
    fails = any(hop.broken for hop in hops)
    rows = [
        (
            hop.place,
            _way(hop, position),
            hop.age,
            hop.wait,
            hop.form,
            hop.reach,
            hop.cover,
            hop.evidence,
            *((" ".join(hop.broken),) if fails else ()),
        )
        for position, hop in enumerate(hops)
    ]
    yield from markdown.table((*_HEADERS, "What is wrong here") if fails else _HEADERS, rows)
