"""What people notice: for a terminal, in Markdown, as one HTML file with pictures, CSV, or JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sharedcare.experience import Chains, Mending
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute
from sharedcare.reports import markdown_parts as markdown
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.experience.experience_document import render_experience_json
from sharedcare.reports.experience.experience_parts import (
    ActivityView,
    AttributeView,
    ExperienceView,
    MendingView,
)
from sharedcare.reports.experience.experience_view import (
    COLUMNS,
    DIFFERING,
    UNTESTED,
    chain_cells,
    experience_view,
)
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose
from sharedcare.reports.words.literal import literal
from sharedcare.reports.words.names import Names

#: Columns of the tables of activities.
SEEN = ("What people see", "By whom", "Stands", "Helps with", "Behind it", "Why")
BEHIND = ("What is done", "By whom", "Stands", "It supports", "Why")

#: Columns of the CSV.
HEADERS = ("when", "behind", "seen", "felt", "stand", "why")

#: Titles of lists, and what is said of each first.
ALONE = ("What stands alone", "These are joined to nothing on one side.")
COSTS = (
    "What one thing may cost another",
    "Being independent and feeling safe can pull against each other.",
)
MEASURES = (
    "What to measure first",
    "One or two chains are enough to start with. Count something at each link of them.",
)
NONE = "None."


@dataclass(frozen=True, slots=True)
class ToldExperience:
    """What is rendered: a landscape's chains and, where something is done, what it does to them."""

    landscape: Landscape
    found: Chains
    mending: Mending | None = None


def render_experience(
    told: ToldExperience, provenance: Provenance, format_: str, name_organisations: bool = False
) -> str:
    """Write chains as ``text``, ``markdown``, ``html``, ``csv`` or ``json``."""
    if format_ == "json":
        return render_experience_json(told.landscape, told.found, told.mending, provenance)
    names = Names(told.landscape, name_organisations)
    view = experience_view(told.landscape, told.found, names, told.mending)
    if format_ == "csv":
        return csv_table(HEADERS, _csv_rows(view))
    if format_ == "html":
        return _as_html(view, told, names)
    lines = _as_markdown(view) if format_ == "markdown" else _as_text(view)
    return "\n".join(markdown.no_double_blanks(lines)).strip("\n") + "\n"


def lists_of(view: ExperienceView) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The lists of what to ask and to test, each under its title."""
    yield DIFFERING, view.differing
    yield UNTESTED, view.untested
    yield ALONE, view.alone
    yield COSTS, view.costs


# ── for a terminal ────────────────────────────────────────────────────────────────────────────────


def _as_text(view: ExperienceView) -> Iterator[str]:
    yield from prose(view.title)
    yield from prose(f"As of {view.as_of}.")
    yield ""
    for words in view.headline:
        yield from prose(words)
    if view.mending is not None:
        yield from _mending_text(view.mending)
    if view.front or view.behind:
        yield from _parts_text(view)
    yield ""
    for words in (*view.limits, view.naming):
        yield from prose(words)


def _parts_text(view: ExperienceView) -> Iterator[str]:
    yield from _title("What people feel")
    for attribute in view.attributes:
        yield from _attribute_text(attribute)
    yield from _title("What people see")
    for activity in view.front:
        yield from _activity_text(activity, "Helps with", "Behind it")
    yield from _title("What is done behind the scenes")
    for activity in view.behind:
        yield from _activity_text(activity, "", "It supports")
    for (title, lead), texts in lists_of(view):
        yield from _title(title)
        yield from prose(lead if texts else NONE, "  ", "  ")
        yield from _points(texts)
    yield from _title(MEASURES[0])
    yield from prose(_measures_lead(view), "  ", "  ")
    for measure in view.measures:
        yield from prose(f"{measure.title} ({measure.stand})", "    ", "  - ")
        for words in measure.counts:
            yield from prose(words, "        ", "      · ")


def _title(words: str) -> tuple[str, str]:
    return "", words


def _points(texts: Sequence[str]) -> Iterator[str]:
    for words in texts:
        yield from prose(words, "    ", "  - ")


def _attribute_text(attribute: AttributeView) -> Iterator[str]:
    yield from prose(f"{attribute.name}: {attribute.stand}. {attribute.carried}", "    ", "  ")
    for words in attribute.hurt:
        yield from prose(words, "      ", "    - ")


def _activity_text(activity: ActivityView, gives: str, support: str) -> Iterator[str]:
    yield from prose(f"{activity.name} ({activity.who}): {activity.stand}", "    ", "  ")
    if gives:
        yield from prose(f"{gives}: {activity.gives or 'nobody has said'}.", "      ", "    ")
    yield from prose(f"{support}: {activity.support or 'nothing'}.", "      ", "    ")
    for words in activity.why:
        yield from prose(words, "      ", "    - ")


def _mending_text(mending: MendingView) -> Iterator[str]:
    yield from _title(mending.title)
    yield from prose(mending.headline, "  ", "  ")
    for words in mending.attributes:
        yield from prose(words, "  ", "  ")
    for title, texts in turns_of(mending):
        if texts:
            yield from prose(title, "  ", "  ")
            yield from _points(texts)


def turns_of(mending: MendingView) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The chains that do not stay as they are, by what becomes of them."""
    yield "Mended:", mending.mended
    yield "Better, and not whole yet:", mending.better
    yield "Worse, or gone:", mending.worse


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────


def _as_markdown(view: ExperienceView) -> Iterator[str]:
    yield from markdown.heading(1, view.title)
    yield literal(f"As of {view.as_of}.")
    yield ""
    for words in view.headline:
        yield literal(words)
        yield ""
    if view.mending is not None:
        yield from _mending_markdown(view.mending)
    if view.front or view.behind:
        yield from _parts_markdown(view)
    yield from markdown.heading(2, "What this does not say")
    yield from markdown.bullets(map(literal, (*view.limits, view.naming)))


def _parts_markdown(view: ExperienceView) -> Iterator[str]:
    yield from markdown.heading(2, "What people feel")
    for attribute in view.attributes:
        yield from markdown.heading(3, f"{attribute.name}: {attribute.stand}")
        yield literal(attribute.carried)
        yield ""
        yield from markdown.bullets(map(literal, attribute.hurt))
        if attribute.full:
            yield "In full:"
            yield ""
            yield from markdown.bullets(map(literal, attribute.full))
    yield from markdown.heading(2, "What people see")
    yield from markdown.table(SEEN, map(_seen, view.front))
    yield from markdown.heading(2, "What is done behind the scenes")
    yield from markdown.table(BEHIND, map(_behind, view.behind))
    yield from markdown.heading(2, "Every chain")
    yield from markdown.table(COLUMNS, map(chain_cells, view.chains))
    for (title, lead), texts in lists_of(view):
        yield from markdown.heading(2, title)
        yield literal(lead if texts else NONE)
        yield ""
        yield from markdown.bullets(map(literal, texts))
    yield from markdown.heading(2, MEASURES[0])
    yield literal(_measures_lead(view))
    for measure in view.measures:
        yield from markdown.heading(3, f"{measure.title} ({measure.stand})")
        yield from markdown.bullets(map(literal, measure.counts))


def _measures_lead(view: ExperienceView) -> str:
    """What is said of measuring: nothing is to be counted where no chain is fit for it."""
    return MEASURES[1] if view.measures else NONE


def _seen(activity: ActivityView) -> tuple[str, ...]:
    name, who, stand, support, why = _behind(activity)
    return name, who, stand, activity.gives or "nobody has said", support, why


def _behind(activity: ActivityView) -> tuple[str, str, str, str, str]:
    return (
        activity.name,
        activity.who,
        activity.stand,
        activity.support or "nothing",
        " ".join(activity.why),
    )


def _mending_markdown(mending: MendingView) -> Iterator[str]:
    yield from markdown.heading(2, mending.title)
    yield literal(mending.headline)
    yield ""
    yield from markdown.bullets(map(literal, mending.attributes))
    for title, texts in turns_of(mending):
        if texts:
            yield title
            yield ""
            yield from markdown.bullets(map(literal, texts))


# ── as CSV and HTML ───────────────────────────────────────────────────────────────────────────────


def _csv_rows(view: ExperienceView) -> Iterator[dict[str, str]]:
    """A row for each chain today and, where something is done, for each chain after it."""
    after = view.mending.after if view.mending else ()
    for when, chains in (("today", view.chains), ("after", after)):
        for chain in chains:
            yield {"when": when, **dict(zip(HEADERS[1:], chain_cells(chain), strict=True))}


def _as_html(view: ExperienceView, told: ToldExperience, names: Names) -> str:
    from sharedcare.reports.html import POLICY, environment  # brings the templates

    template = environment().get_template("experience.html.j2")
    made = template.render(
        view=view,
        policy=POLICY,
        columns=COLUMNS,
        cells=chain_cells,
        lists=tuple(lists_of(view)),
        measures=(MEASURES[0], _measures_lead(view)),
        none=NONE,
        turns=tuple(turns_of(view.mending)) if view.mending else (),
        pictures=_pictures(told, names),
        whole=_whole_picture(told, names),
        beside=_beside(told, names),
    )
    return made.rstrip("\n") + "\n"


def _pictures(told: ToldExperience, names: Names) -> dict[str, str]:
    """A picture for each attribute that any chain leads to."""
    from sharedcare.reports.drawing import svg_of
    from sharedcare.reports.drawing.chains import drawing_of_chains

    led = {chain.attribute for chain in told.found.chains}
    return {
        one.value: svg_of(
            drawing_of_chains(
                told.landscape, told.found, names, "The chains that lead here", attribute=one
            ),
            heading=False,
        )
        for one in Attribute
        if one in led
    }


def _whole_picture(told: ToldExperience, names: Names) -> str:
    from sharedcare.reports.drawing import svg_of
    from sharedcare.reports.drawing.chains import drawing_of_chains

    if not told.found.activities:
        return ""
    return svg_of(drawing_of_chains(told.landscape, told.found, names, "All chains"), heading=False)


def _beside(told: ToldExperience, names: Names) -> tuple[tuple[str, str], ...]:
    """Before and after, of each attribute that is lifted or lowered."""
    from sharedcare.reports.drawing import svg_of
    from sharedcare.reports.drawing.chains import drawings_of_mending
    from sharedcare.reports.experience.experience_words import ATTRIBUTES

    mending = told.mending
    if mending is None or not mending.turns:
        return ()
    moved = (*mending.lifted, *mending.lowered)
    return tuple(
        (f"{ATTRIBUTES[one]}: {drawing.title.lower()}", svg_of(drawing, heading=False))
        for one in moved
        for drawing in drawings_of_mending(mending, names, one)
    )
