"""The roadmap: for every dimension, what takes it from its level to the next.

First comes what unlocks most: dimensions that it holds down, then the weight of needs not met that
its open criteria name, then the lowest level. Under 5 there is always something to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.dimension import LEVELS
from sharedcare.evidence import Evidence
from sharedcare.flows import Bounds
from sharedcare.scoring.effective import Effective
from sharedcare.scoring.picture import Picture
from sharedcare.scoring.steps import OpenStep, next_level, open_steps
from sharedcare.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class RoadmapEntry:
    """What takes one dimension further.

    ``level`` is None where it is not assessed; then the steps are what to ask first. ``target`` is
    the next level that asks anything, None at the top. ``unlocks`` are dimensions whose effective
    level rises with it, ``needs`` the needs not met that its open criteria name. ``raise_first``
    are prerequisites that hold its own effective level down. ``words`` says what to do where no
    criterion is open.
    """

    dimension: str
    level: Bounds | None
    target: int | None
    steps: tuple[OpenStep, ...]
    unlocks: tuple[str, ...]
    needs: tuple[str, ...]
    raise_first: tuple[str, ...]
    words: str


def roadmap(picture: Picture) -> tuple[RoadmapEntry, ...]:
    """Every dimension's way to its next level, what unlocks most first."""
    entries = [_entry(picture, key) for key in picture.answers]
    return tuple(sorted(entries, key=lambda entry: _rank(entry, picture.evidence)))


def _entry(picture: Picture, key: str) -> RoadmapEntry:
    answers, level = picture.answers[key], picture.levels[key]
    target = next_level(answers, level)
    steps = open_steps(answers, target, picture.suppressions) if target else ()
    below = picture.effective[key].limited_by
    return RoadmapEntry(
        dimension=key,
        level=level,
        target=target,
        steps=steps,
        unlocks=_unlocked(picture, key, target),
        needs=_unmet_needs(steps, picture.evidence),
        raise_first=below,
        words=_words(level, target, steps, below),
    )


def _unlocked(picture: Picture, dimension: str, target: int | None) -> tuple[str, ...]:
    """Other dimensions whose effective level rises when this one reaches its target."""
    level = picture.levels[dimension]
    if level is None or target is None:
        return ()
    raised = Bounds(max(level.low, Fraction(target)), max(level.high, Fraction(target)))
    then = picture.with_level(dimension, raised)
    return tuple(
        key
        for key, found in picture.effective.items()
        if key != dimension and _low(then[key]) > _low(found)
    )


def _low(effective: Effective) -> Fraction:
    return effective.level.low if effective.level else Fraction(0)


def _unmet_needs(steps: Sequence[OpenStep], evidence: Evidence) -> tuple[str, ...]:
    named = dict.fromkeys(need for step in steps if not step.borne for need in step.needs)
    verdicts = evidence.verdicts
    return tuple(n for n in named if n in verdicts and verdicts[n].verdict is not Verdict.MET)


def _words(
    level: Bounds | None, target: int | None, steps: Sequence[OpenStep], below: Sequence[str]
) -> str:
    if level is None:
        return "Not assessed: answer these first."
    if target is not None and steps:
        return f"To reach level {target}:"
    if below:
        return "Nothing is open here: raise what it rests on."
    if level.low >= LEVELS[-1]:
        return "At the top: keep the evidence fresh, so that it stays there."
    if target is not None:
        return "Its criteria are met: settle what the respondents see differently."
    return "No criterion asks for more: agree with the partners what the next level would show."


def _rank(entry: RoadmapEntry, evidence: Evidence) -> tuple[int, Fraction, Fraction]:
    weight = sum((evidence.verdicts[need].weight for need in entry.needs), Fraction(0))
    level = entry.level.low if entry.level else Fraction(LEVELS[-1] + 1)
    return -len(entry.unlocks), -weight, level
