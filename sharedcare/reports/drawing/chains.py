"""Chains drawn: from work behind the scenes, over what people see, to what they feel.

A line goes on as well as what it comes from: solid where that holds, dashed where it is in doubt,
crossed out where it is broken. What is wrong stands in the box where it is wrong.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sharedcare.experience import Chains, Mending, State
from sharedcare.experience.acting import FIRM
from sharedcare.experience.chain import ActivityState, AttributeState, Cause, CauseKind, FrontLink
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.reports.drawing.folding import folded
from sharedcare.reports.drawing.model import Band, Box, Drawing, Line, Link, with_words
from sharedcare.reports.experience.experience_words import (
    ATTRIBUTES,
    ExperienceWords,
    actor_words,
    state_words,
)
from sharedcare.reports.words.figures import listed
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import visible

BANDS = ("Managers, backstage", "Staff, backstage", "What people see", "What people feel")

#: Who stands in the first band; everybody else behind the scenes stands in the second.
SET_THE_STAGE = frozenset({"manager", "director"})

LINES = {
    State.WHOLE: Line.SOLID,
    State.QUESTIONABLE: Line.DASHED,
    State.BROKEN: Line.CROSSED,
}

KEY = (
    (Line.SOLID, "it holds"),
    (Line.DASHED, "it is in doubt"),
    (Line.CROSSED, "it is broken"),
)

MARKS = {State.WHOLE: Mark.MET, State.QUESTIONABLE: Mark.UNDETERMINED, State.BROKEN: Mark.UNMET}

#: Things that a box says are missing; the rest is counted.
MOST_LACKING = 1

#: What stands at a line that holds and did not before, and at one that is only less bad.
MENDED, BETTER = "mended", "better"

#: A line from one box to another.
Ends = tuple[str, str]

NOTHING_TOLD: Mapping[Ends, str] = MappingProxyType({})


def drawing_of_chains(
    landscape: Landscape,
    found: Chains,
    names: Names,
    title: str,
    *,
    attribute: Attribute | None = None,
    told: Mapping[Ends, str] = NOTHING_TOLD,
) -> Drawing:
    """Draw all chains of a landscape, or those that lead to one attribute.

    ``told`` are words that stand at lines, by the ids of their ends.
    """
    sketch = _ChainSketch(landscape, found, ExperienceWords(names), attribute, told)
    links = tuple(sketch.links())
    drawn = {link.line for link in links}
    made = Drawing(
        title=title,
        lead="",
        boxes=tuple(sketch.boxes()),
        links=links,
        bands=tuple(map(Band, BANDS)),
        key=tuple((line, words) for line, words in KEY if line in drawn),
    )
    return with_words(with_words(folded(made), names.in_words), visible)


def drawings_of_mending(
    found: Mending, names: Names, attribute: Attribute | None = None
) -> tuple[Drawing, Drawing]:
    """Draw chains as they are, and as they would be; a line that is mended or better says so."""
    today = drawing_of_chains(found.landscape, found.before, names, "Today", attribute=attribute)
    then = drawing_of_chains(
        found.changed,
        found.after,
        Names(found.changed, names.named),
        "Afterwards",
        attribute=attribute,
        told=_improved(found),
    )
    return today, then


def _improved(found: Mending) -> dict[Ends, str]:
    """What is told at the lines that are better afterwards than today."""
    was, becomes = (
        {
            (link.from_, link.to): link.line
            for link in _ChainSketch(landscape, chains, words).links()
        }
        for landscape, chains in ((found.landscape, found.before), (found.changed, found.after))
        for words in (ExperienceWords(Names(landscape, True)),)
    )
    order = list(LINES.values())
    return {
        ends: MENDED if line is Line.SOLID else BETTER
        for ends, line in becomes.items()
        if order.index(line) < order.index(was.get(ends, line))
    }


class _ChainSketch:
    """The boxes and lines of one landscape's chains."""

    def __init__(
        self,
        landscape: Landscape,
        found: Chains,
        words: ExperienceWords,
        attribute: Attribute | None = None,
        told: Mapping[Ends, str] = NOTHING_TOLD,
    ) -> None:
        self.landscape, self.found, self.words, self.told = landscape, found, words, told
        self.shown = tuple(one for one in Attribute if attribute in (None, one))
        chains = [chain for chain in found.chains if chain.attribute in self.shown]
        led = {key for chain in chains for key in chain.activities}
        self.drawn = {
            one.activity: one
            for one in found.activities
            if attribute is None or one.activity in led
        }

    def boxes(self) -> Iterator[Box]:
        """Every activity that is drawn, then the attributes that anything leads to."""
        yield from map(self._activity, self.drawn.values())
        linked = {link.attribute for link in self.found.links}
        for one in self.found.attributes:
            if one.attribute in linked and one.attribute in self.shown:
                yield _attribute(one)

    def _activity(self, found: ActivityState) -> Box:
        lacking = list(dict.fromkeys(self.words.lacks(found.causes)))
        feet = (state_words(found.state), *self._lacks(found, lacking))
        is_front = found.stage is Stage.FRONT
        behind = 0 if found.actor in SET_THE_STAGE else 1
        return Box(
            id=found.activity,
            title=self.words.activity(found.activity),
            notes=(actor_words(found.actor),) if is_front or found.actor == "director" else (),
            feet=feet,
            band=2 if is_front else behind,
            mark=MARKS[found.state],
            alike="activities",
            rounded=is_front,
        )

    @staticmethod
    def _lacks(found: ActivityState, lacking: list[str]) -> Iterator[str]:
        """What is missing, in a few words, the gravest first."""
        if lacking:
            verb = _verb(found.causes[0])
            rest = len(lacking) - MOST_LACKING
            more = f" (+ {rest} more)" if rest > 0 else ""
            yield f"{verb}: {listed(lacking[:MOST_LACKING])}{more}"

    def links(self) -> Iterator[Link]:
        """What supports what, then what people feel by it."""
        for key, state in self.drawn.items():
            if state.stage is Stage.BACK:
                for to in dict.fromkeys(self.landscape.activities[key].supports):
                    if to in self.drawn and to != key:
                        yield self._link(key, to, LINES[state.state])
        for link in self.found.links:
            if link.activity in self.drawn and link.attribute in self.shown:
                box = f"attribute.{link.attribute.value}"
                yield self._link(link.activity, box, LINES[link.state], _said(link))

    def _link(self, from_: str, to: str, line: Line, why: str = "") -> Link:
        return Link(from_, to, line, self.told.get((from_, to), ""), why)


def _verb(cause: Cause) -> str:
    """What is said of what an activity lacks."""
    if cause.state is State.BROKEN:
        return "missing"
    if cause.kind is CauseKind.DIMENSION and cause.level is not None and cause.level.high < FIRM:
        return "weak"
    return "not sure"


def _said(link: FrontLink) -> str:
    """What is said at a line to an attribute: that people see it otherwise, or do not feel it."""
    if link.differs:
        return "people say otherwise"
    return "not felt" if link.strength is LinkStrength.ABSENT else ""


def _attribute(found: AttributeState) -> Box:
    state = State.WHOLE if found.whole else State.QUESTIONABLE
    state = state if found.whole or found.questionable else State.BROKEN
    return Box(
        id=f"attribute.{found.attribute.value}",
        title=ATTRIBUTES[found.attribute],
        feet=(f"{found.whole} of {found.chains} hold",),
        band=3,
        mark=MARKS[state],
        kept=True,
        rounded=True,
    )
