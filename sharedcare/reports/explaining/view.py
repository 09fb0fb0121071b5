"""The explanation of one need, put into words once for all formats for people.

It begins with two plain sentences; each part below them answers one question of a planner or an
integrator.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from sharedcare.flows import NeedVerdict, Step
from sharedcare.flows.why.explanation import Explanation
from sharedcare.landscape import Need
from sharedcare.places import Place
from sharedcare.reports.assessing.needs_view import need_label, range_words
from sharedcare.reports.explaining.blocked_view import (
    blocked_parts,
    miss_parts,
    shown_frontiers,
    shown_hops,
    shown_misses,
)
from sharedcare.reports.explaining.deciding_view import deciding_parts
from sharedcare.reports.explaining.hop_view import hop_views
from sharedcare.reports.explaining.sturdy_view import single_point_words, sturdy_words
from sharedcare.reports.part import Part
from sharedcare.reports.words.figures import date_words, lowered, sentence
from sharedcare.reports.words.lacking_words import lacking_words
from sharedcare.reports.words.limit_words import item_limits, need_limits
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.plain_sentences import plain_sentences
from sharedcare.reports.words.texts import each_text, visible
from sharedcare.vocabulary import Family, Verdict

#: Finds the place of a way into a profile (``"flows", "hub_asc"``).
Placed = Callable[..., Place]

#: Choices of what would have to give way that are told; the rest is counted.
MOST_CHOICES = 8

#: Ways into the profile that are told.
MOST_PLACES = 20

EACH_WOULD_DO = "Each line by itself would do, and nothing in it can be left out:"
NO_CHOICE = "No choice of conditions suffices: as things stand, a new flow is needed."
NO_CHOICE_FOUND = "Not proven: there was too much to go through."
ONLY_THIS_WOULD_DO = "Only this would do, and nothing in it can be left out:"


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """Everything that an explanation says; ``sentences`` are the two that it begins with."""

    id: str
    title: str
    mark: Mark
    range: str
    as_of: str
    sentences: tuple[str, str]
    asks: tuple[str, ...]
    parts: tuple[Part, ...]
    naming: str


def explanation_view(
    found: Explanation, names: Names, placed: Placed | None = None
) -> ExplanationView:
    """Put an explanation into words; ``placed`` finds where what it names stands in the profile."""
    view = ExplanationView(
        id=found.verdict.need,
        title=need_label(names.landscape, found.verdict.need),
        mark=mark_of(found.verdict.verdict),
        range=range_words(found.verdict),
        as_of=date_words(names.landscape.as_of),
        sentences=plain_sentences(found, names),
        asks=tuple(_asks(found.verdict, names)),
        parts=tuple(_parts(found, names, placed)),
        naming=names.note,
    )
    return each_text(each_text(view, names.in_words), visible)


def _asks(verdict: NeedVerdict, names: Names) -> Iterator[str]:
    """What is asked for: of the need, then of each item, with its own verdict."""
    need = names.landscape.needs[verdict.need]
    yield sentence(", ".join(need_limits(need)))
    for item, judged in zip(need.content, verdict.items, strict=True):
        limits = ", ".join(item_limits(item, names))
        asked = f" ({limits})" if limits else ""
        label = names.landscape.category_label(item.category)
        yield f"{mark_of(judged.verdict).symbol} {label}{asked}: {judged.verdict.words}."


def _parts(found: Explanation, names: Names, placed: Placed | None) -> Iterator[Part]:
    yield from deciding_parts(found, names)
    if found.verdict.verdict is not Verdict.UNDETERMINED:
        yield from _choices(found)
        yield from blocked_parts(found, names)
        yield from miss_parts(found, names)
    yield from _lacking(found, names)
    yield from _routes(found, names)
    yield from _hangs_on(found, names)
    if found.verdict.verdict is Verdict.UNDETERMINED:
        yield from blocked_parts(found, names)
    yield from _granted(found)
    if placed is not None:
        yield from _in_the_profile(found, names.landscape.needs[found.verdict.need], placed)


def _choices(found: Explanation) -> Iterator[Part]:
    """All smallest choices of what would have to give way."""
    choices = found.relaxations
    if choices is None:
        return
    title = "What would have to give way"
    if not choices.sets:
        yield Part(title, lead=(NO_CHOICE if choices.complete else NO_CHOICE_FOUND,))
        return
    rest = len(choices.sets) - MOST_CHOICES
    after = [f"And {rest} more choices."] if rest > 0 else []
    after += [] if choices.complete else ["There may be more: not all were gone through."]
    yield Part(
        title,
        lead=(EACH_WOULD_DO if len(choices.sets) > 1 else ONLY_THIS_WOULD_DO,),
        points=tuple(
            sentence("; and ".join(family.words for family in Family if family in choice))
            for choice in choices.sets[:MOST_CHOICES]
        ),
        after=tuple(after),
    )


def _lacking(found: Explanation, names: Names) -> Iterator[Part]:
    if found.verdict.verdict is Verdict.PARTLY_MET and found.lacking:
        points = tuple(lacking_words(one, names) for one in found.lacking)
        yield Part("Who is not covered", points=points)


def _routes(found: Explanation, names: Names) -> Iterator[Part]:
    """The route of each item that arrives, with the room that it leaves."""
    at_best = found.verdict.verdict is Verdict.UNDETERMINED
    for item in found.robustness.items if found.robustness else ():
        if item.path:
            what = lowered(names.landscape.category_label(item.category))
            whose = f" from {names.organisation(item.source)}" if item.source else ""
            yield Part(
                title=f"{'At best' if at_best else 'By which way'}: {what}{whose}",
                hops=tuple(hop_views(item.path, names)),
                points=tuple(sturdy_words(item, names)),
            )


def _hangs_on(found: Explanation, names: Names) -> Iterator[Part]:
    sturdy = found.robustness
    if sturdy is not None and sturdy.single_points:
        points = tuple(single_point_words(point, names) for point in sturdy.single_points)
        yield Part("What it hangs on", points=points)


def _granted(found: Explanation) -> Iterator[Part]:
    """What the verdict takes for granted because the profile does not say it."""
    if found.verdict.assumptions:
        yield Part("Taken for granted", points=tuple(map(sentence, found.verdict.assumptions)))


def _in_the_profile(found: Explanation, need: Need, placed: Placed) -> Iterator[Part]:
    """Where what is named here stands in the files, for whoever mends it."""
    ways = [("needs", found.verdict.need), *_named(found, need)]
    points = tuple(f"{'.'.join(way)} ({_spot(placed(*way))})" for way in dict.fromkeys(ways))
    yield Part("In the profile", points=points[:MOST_PLACES])


def _spot(place: Place) -> str:
    """File and line, without the folder."""
    name = PurePath(place.file).name
    return f"{name}, line {place.line}" if place.line else name


def _named(found: Explanation, need: Need) -> Iterator[tuple[str, str]]:
    """The flows and unknown facts that the parts name, in their order."""
    for knower in found.knowers:
        if knower.fact.key != "recorded":
            yield knower.fact.kind, knower.fact.id
    for miss in shown_misses(found, need):
        yield from _flows(miss.path)
    for frontier in shown_frontiers(found, need):
        for hop in shown_hops(frontier):
            if hop.flow:
                yield "flows", hop.flow
    for item in found.robustness.items if found.robustness else ():
        yield from _flows(item.path)


def _flows(path: Iterable[Step]) -> Iterator[tuple[str, str]]:
    for step in path:
        if step.flow:
            yield "flows", step.flow
