"""What harmonisation shows, as pictures: code systems beside each other, and how late data is.

Made from the document alone, so that no count gets into a picture that may not be shown: what is
hidden there (``*``) takes no room in a bar, and the note behind the bar says that it is there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sharedcare.fhir.harmonise.disclosure import HIDDEN
from sharedcare.fhir.harmonise.terminologies import Way, name_of
from sharedcare.reports.drawing.bars import TONES, Bar, Bars, Group, svg_of_bars
from sharedcare.reports.payloads.harmonisation_document import (
    CellPart,
    Count,
    HarmonisationDocument,
)
from sharedcare.reports.payloads.harmonisation_words import category_words, count_words

#: Gives a system, by its id, the name that it has for people.
Label = Callable[[str], str]

#: Code systems that have a colour of their own; others are put together.
MOST_CODE_SYSTEMS = len(TONES) - 3

OTHERS, LOCAL, NO_CODE = "other code systems", "local codes", "no code"

#: Ways of saying what a record is about, of which the code systems of a cell do not tell.
_NOT_CODED = (Way.LOCAL, Way.NO_CODE_SYSTEM, Way.DISPLAY_ONLY, Way.TEXT_ONLY, Way.ABSENT)

#: What the bars of timeliness are made of, by the key in the document.
LATENESS = {
    "same_day": "same day",
    "within_a_day": "within a day",
    "within_a_week": "within a week",
    "within_a_month": "within a month",
    "later": "later",
    "before_it_happened": "before it happened",
}


def code_systems_picture(document: HarmonisationDocument, label: Label = str) -> str:
    """Draw which code systems each system uses, by category; empty where nothing says what it is.

    ``label`` gives the name that a system has for people.
    Categories that one system alone sends have nobody to agree with and are left out.
    """
    used = _most_used(document)
    names = (*(name_of(uri) for uri in used), OTHERS, LOCAL, NO_CODE)
    by_code_system = partial(_by_code_system, used=used)
    groups = tuple(_groups(document, by_code_system, names, label))
    return _picture(
        "Code systems, by category and system",
        "Where bars of one category share no colour, codes cannot be compared as they are.",
        names,
        groups,
    )


def timeliness_picture(document: HarmonisationDocument, label: Label = str) -> str:
    """Draw how long after it happened a fact is recorded; empty where no dates tell."""
    names = tuple(LATENESS.values())
    groups = tuple(_groups(document, _by_lateness, names, label, least=1))
    return _picture(
        "From happening to being recorded, by category and system",
        "Dark parts are recorded soon; what has no two dates is not in the bars.",
        names,
        groups,
    )


def _picture(title: str, words: str, names: tuple[str, ...], groups: tuple[Group, ...]) -> str:
    if not groups:
        return ""
    found = {name for group in groups for bar in group.bars for name in bar.parts}
    shown = tuple(name for name in names if name in found)
    return svg_of_bars(Bars(title, words, shown, groups))


def _most_used(document: HarmonisationDocument) -> tuple[str, ...]:
    """The code systems that most records have, the most used first."""
    total: Counter[str] = Counter()
    for cell in document.cells:
        total.update({uri: _at_least(count) for uri, count in cell.code_systems.items()})
    ranked = sorted(total, key=lambda uri: (-total[uri], uri))
    return tuple(ranked[:MOST_CODE_SYSTEMS])


def _by_code_system(cell: CellPart, used: tuple[str, ...]) -> dict[str, Count]:
    """Records of each part of a bar; a record with codes of several systems counts in each."""
    named = [
        (name_of(uri) if uri in used else OTHERS, count) for uri, count in cell.code_systems.items()
    ]
    ways = [(LOCAL if way == Way.LOCAL else NO_CODE, cell.ways.get(way, 0)) for way in _NOT_CODED]
    found: Counter[str] = Counter()
    for name, count in named + ways:
        found[name] += _at_least(count)
    is_hidden = any(count == HIDDEN for _, count in named + ways)
    return {**found, HIDDEN: HIDDEN} if is_hidden else dict(found)


def _by_lateness(cell: CellPart) -> dict[str, Count]:
    return {LATENESS[name]: count for name, count in cell.lateness.items()}


def _groups(
    document: HarmonisationDocument,
    counted: Callable[[CellPart], Mapping[str, Count]],
    names: tuple[str, ...],
    label: Label,
    least: int = 2,
) -> Iterator[Group]:
    """A group for each category of which at least ``least`` systems have something to show."""
    for category in document.categories:
        cells = [cell for cell in document.cells if cell.category == category]
        made = (_bar(cell, label(cell.system), counted(cell), names) for cell in cells)
        bars = tuple(bar for bar in made if bar is not None)
        if len(bars) >= least:
            yield Group(category_words(category), bars)


def _bar(
    cell: CellPart, label: str, counts: Mapping[str, Count], names: tuple[str, ...]
) -> Bar | None:
    """A bar of what is counted; the figure behind it is of records, however many parts they are."""
    whole = sum(map(_at_least, counts.values()))
    if not whole:
        return None
    parts = {
        name: _at_least(counts[name]) / whole for name in names if _at_least(counts.get(name, 0))
    }
    few = " and a few" if HIDDEN in counts.values() else ""
    records = min(whole, _at_least(cell.records))
    return Bar(label, parts, f"{count_words(records)}{few}")


def _at_least(count: Count) -> int:
    """What of a count may be drawn: nothing where it is hidden."""
    return count if isinstance(count, int) else 0
