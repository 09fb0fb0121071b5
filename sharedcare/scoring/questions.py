"""What to ask first: which unknown answers would settle most.

Each criterion with unknown answers is settled with a yes and with a no from all who owe one; what
either takes off the interval of the index, and off those of the effective levels, is its worth.
Dimensions not assessed come by their lowest criteria: an answer there opens the dimension.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sharedcare.dimension import Criterion
from sharedcare.flows import Bounds
from sharedcare.scoring.answers import CriterionReplies, Reply
from sharedcare.scoring.index import index_of
from sharedcare.scoring.picture import Picture, levels_of
from sharedcare.scoring.regions import (
    asked_organisations,
    is_assessed,
    level_of_all,
    own_level,
    region_level,
)
from sharedcare.scoring.rules import CHAINS
from sharedcare.scoring.suppressions import is_borne
from sharedcare.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A criterion whose answer is unknown, whom to ask, and what the answer would settle.

    ``organisations`` is empty where the region is asked. ``if_yes`` is by how much the low end of
    the index rises with a yes, ``if_no`` by how much its high end falls with a no (None without an
    index); ``levels`` is what both together take off the effective levels' intervals, summed over
    the dimensions. ``opens`` says that the dimension is not assessed yet.
    """

    criterion: Criterion
    organisations: tuple[str, ...]
    if_yes: Fraction | None
    if_no: Fraction | None
    levels: Fraction
    opens: bool

    @property
    def worth(self) -> Fraction:
        """By how much either answer narrows the index, both added."""
        return (self.if_yes or Fraction(0)) + (self.if_no or Fraction(0))


@dataclass(frozen=True, slots=True)
class _Outlook:
    effective: Mapping[str, Bounds | None]
    index: Bounds | None


@dataclass(frozen=True, slots=True)
class _Open:
    """A criterion by its place among its dimension's, who owes an answer, and all levels now."""

    dimension: str
    position: int
    owing: tuple[Reply, ...]
    levels: Mapping[str, Bounds | None]


def ask_first(picture: Picture) -> tuple[OpenQuestion, ...]:
    """Every open question, the one that settles most first.

    Nothing is asked of a dimension whose level comes from polarised ratings: no answer moves it.
    """
    now = _outlook(picture, levels_of(picture.effective))
    found = [
        question
        for key in picture.answers
        if key not in picture.polarised or picture.levels[key] is None
        for question in _of_dimension(picture, key, now)
    ]
    return tuple(sorted(found, key=lambda question: _rank(question, now.index is None)))


def _rank(question: OpenQuestion, no_index: bool) -> tuple[bool, Fraction, Fraction, bool]:
    """Without an index, what opens a dimension comes first; else what narrows the index most."""
    comes_later = not (no_index and question.opens)
    return comes_later, -question.worth, -question.levels, question.opens


def _of_dimension(picture: Picture, dimension: str, now: _Outlook) -> Iterator[OpenQuestion]:
    answers = picture.answers[dimension]
    opens = picture.levels[dimension] is None
    lowest = min((replies.criterion.level for replies in answers), default=0)
    levels = {key: own_level(answers, key) for key in asked_organisations(answers)}
    for position, replies in enumerate(answers):
        owing = _owing(answers, replies, opens)
        silenced = is_borne(picture.suppressions, replies.criterion.id)
        if not owing or silenced or (opens and replies.criterion.level > lowest):
            continue
        if opens:
            yield OpenQuestion(replies.criterion, _asked(owing), None, None, Fraction(0), True)
        else:
            yield _weighed(picture, _Open(dimension, position, owing, levels), now)


def _owing(
    answers: Sequence[CriterionReplies], replies: CriterionReplies, opens: bool
) -> tuple[Reply, ...]:
    """Who owes an answer: organisations that are assessed, or all of them to open a dimension."""
    asked = [
        reply for key, reply in replies.organisations.items() if opens or is_assessed(answers, key)
    ] or [replies.region]
    return tuple(reply for reply in asked if reply.outcome is Outcome.NOT_EVIDENCED)


def _asked(owing: Sequence[Reply]) -> tuple[str, ...]:
    return tuple(reply.organisation for reply in owing if reply.organisation)


def _weighed(picture: Picture, open_: _Open, now: _Outlook) -> OpenQuestion:
    yes = _if(picture, open_, Outcome.MET)
    no = _if(picture, open_, Outcome.NOT_MET)
    if_yes = if_no = None
    if now.index and yes.index and no.index:
        if_yes, if_no = yes.index.low - now.index.low, now.index.high - no.index.high
    narrowed = (
        _narrowing(level, yes.effective[key], no.effective[key])
        for key, level in now.effective.items()
    )
    criterion = picture.answers[open_.dimension][open_.position].criterion
    levels = sum(narrowed, Fraction(0))
    return OpenQuestion(criterion, _asked(open_.owing), if_yes, if_no, levels, False)


def _narrowing(now: Bounds | None, yes: Bounds | None, no: Bounds | None) -> Fraction:
    if now is None or yes is None or no is None:
        return Fraction(0)
    return (yes.low - now.low) + (now.high - no.high)


def _if(picture: Picture, open_: _Open, outcome: Outcome) -> _Outlook:
    """The outlook when all who owe an answer to one criterion give the same."""
    answers = list(picture.answers[open_.dimension])
    replies = answers[open_.position]
    settled = {r.organisation: replace(r, outcome=outcome, answered=True) for r in open_.owing}
    answers[open_.position] = replace(
        replies,
        region=settled.get(None, replies.region),
        organisations={key: settled.get(key, r) for key, r in replies.organisations.items()},
    )
    level = _level(picture, open_, answers)
    return _outlook(picture, levels_of(picture.with_level(open_.dimension, level)))


def _level(picture: Picture, open_: _Open, answers: Sequence[CriterionReplies]) -> Bounds | None:
    """The region's level anew; an organisation's answer moves no other organisation's level."""
    landscape, chain = picture.evidence.landscape, open_.dimension in CHAINS
    if not any(open_.levels.values()):
        return region_level(answers, landscape, chain).level
    changed = _asked(open_.owing) or tuple(open_.levels)
    levels = {**open_.levels, **{key: own_level(answers, key) for key in changed}}
    return level_of_all(levels, landscape, chain)


def _outlook(picture: Picture, effective: Mapping[str, Bounds | None]) -> _Outlook:
    return _Outlook(effective, index_of(effective, picture.weights))
