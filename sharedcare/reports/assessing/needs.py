"""The verdicts on needs alone: for a terminal, in Markdown, as CSV."""

import csv
import io
from collections.abc import Iterator

from sharedcare.flows import Judgement
from sharedcare.flows.verdict import GRAVEST_FIRST
from sharedcare.landscape import Landscape
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.assessing.needs_view import NeedView, need_views
from sharedcare.reports.markdown import need_row
from sharedcare.reports.text import need_lines
from sharedcare.reports.text_parts import prose
from sharedcare.reports.words.figures import counted
from sharedcare.reports.words.literal import csv_cell
from sharedcare.reports.words.marks import mark_of
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible

_HEADERS = (
    "need", "who", "what", "verdict", "at_worst_and_best", "safety_critical", "weight", "reaches",
    "out_of_date", "why", "route",
)  # fmt: skip


def render_needs(
    landscape: Landscape, judgement: Judgement, format_: str, name_organisations: bool = False
) -> str:
    """Write the verdict on every need, the gravest first, as ``text``, ``markdown`` or ``csv``."""
    names = Names(landscape, name_organisations)
    told = each_text(need_views(judgement, names), names.in_words)
    needs = each_text(told, visible)
    if format_ == "csv":
        return _as_csv(needs)
    lines = _as_markdown(needs) if format_ == "markdown" else _as_text(needs)
    return "\n".join(lines).strip("\n") + "\n"


def needs_to_choose(landscape: Landscape, judgement: Judgement) -> list[str]:
    """Each need's id with its verdict and who needs what, in lines for a terminal."""
    names = Names(landscape, named=False)
    longest = max(map(len, landscape.needs), default=0)
    lines = []
    for need in need_views(judgement, names):
        title = visible(names.in_words(need.title))
        id_and_verdict = (
            f"  {need.mark.symbol} {need.id.ljust(longest)}  {need.mark.words.ljust(13)}"
        )
        lines += prose(title, " " * len(id_and_verdict), id_and_verdict)
    return lines


def _counts(needs: tuple[NeedView, ...]) -> str:
    counts = [(mark_of(v), sum(need.verdict is v for need in needs)) for v in GRAVEST_FIRST[::-1]]
    told = ", ".join(f"{mark.symbol} {number} {mark.words}" for mark, number in counts if number)
    return f"{counted(len(needs), 'need')}: {told}." if needs else "No need is declared."


def _as_text(needs: tuple[NeedView, ...]) -> Iterator[str]:
    yield from prose(_counts(needs))
    for need in needs:
        yield from need_lines(need, need.mark.symbol)


def _as_markdown(needs: tuple[NeedView, ...]) -> Iterator[str]:
    yield from markdown.heading(1, "Needs")
    yield _counts(needs)
    yield ""
    headers = ("Need", "Verdict", "Out of date", "Reaches", "Why, or by which route")
    if needs:
        yield from markdown.table(headers, [need_row(need) for need in needs])


def _as_csv(needs: tuple[NeedView, ...]) -> str:
    """A row for each need; no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_HEADERS)
    for need in needs:
        writer.writerow([csv_cell(cell) for cell in _cells(need)])
    return made.getvalue()


def _cells(need: NeedView) -> tuple[str, ...]:
    return (
        need.id,
        need.who,
        need.what,
        need.mark.words,
        need.range,
        "yes" if need.safety_critical else "no",
        need.weight,
        need.coverage,
        need.age,
        " ".join(need.why),
        "; ".join(need.ways),
    )
