"""Levels of organisations, and of the region that they make.

An organisation's level takes its own answers and the region's; one without an answer of its own is
listed as not assessed, never as 0. The region's level is the lowest of its organisations' where a
dimension is a chain, else their weighted lower median; without any organisation assessed it comes
from the region's answers, with those of organisations unknown. Low and high ends stay apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sharedcare.dimension import Scope
from sharedcare.flows import Bounds
from sharedcare.landscape import Landscape
from sharedcare.scoring.aggregates import Weighing, Weights, lower_median, share_from, weights_of
from sharedcare.scoring.answers import KNOWN, CriterionReplies, Reply
from sharedcare.scoring.levels import Told, level_bounds
from sharedcare.scoring.rules import ESTABLISHED
from sharedcare.vocabulary import Outcome


class Column(Enum):
    """Which answers a level is made of: those that count, or those of one kind only."""

    COUNTED = "counted"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest organisation's level, low and high ends apart."""

    lowest: Bounds
    highest: Bounds


@dataclass(frozen=True, slots=True)
class RegionLevel:
    """A dimension's level in the region and in each organisation.

    ``level`` is None where nothing is answered. ``organisations`` is empty where only the region
    is asked; in it, None is an organisation not assessed. ``established`` is the weighted share of
    organisations at level 3 or above, and ``spread`` is None with fewer than two of them.
    """

    level: Bounds | None
    organisations: Mapping[str, Bounds | None]
    weighing: Weighing | None = None
    established: Bounds | None = None
    spread: Spread | None = None

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Organisations that are asked and gave no answer of their own."""
        return tuple(key for key, level in self.organisations.items() if level is None)


def region_level(
    answers: Sequence[CriterionReplies],
    landscape: Landscape,
    chain: bool,
    column: Column = Column.COUNTED,
) -> RegionLevel:
    """Bring the answers to one dimension's criteria to levels."""
    levels = {key: own_level(answers, key, column) for key in asked_organisations(answers)}
    assessed = {key: level for key, level in levels.items() if level is not None}
    if not assessed:
        return RegionLevel(_without_organisations(answers, column), levels)
    weighing, weights = weights_of(assessed, landscape)
    lows, highs = _ends(assessed)
    established = Bounds(
        share_from(ESTABLISHED, lows, weights), share_from(ESTABLISHED, highs, weights)
    )
    level = _together_at(lows, highs, weights, chain)
    return RegionLevel(level, levels, weighing, established, _spread(lows, highs))


def level_of_all(
    levels: Mapping[str, Bounds | None], landscape: Landscape, chain: bool
) -> Bounds | None:
    """The region's level of its organisations' alone; None where none is assessed."""
    assessed = {key: level for key, level in levels.items() if level is not None}
    if not assessed:
        return None
    return _together_at(*_ends(assessed), weights_of(assessed, landscape)[1], chain)


def _ends(levels: Mapping[str, Bounds]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    lows = {key: level.low for key, level in levels.items()}
    return lows, {key: level.high for key, level in levels.items()}


def _together_at(
    lows: Mapping[str, Fraction],
    highs: Mapping[str, Fraction],
    weights: Weights,
    chain: bool,
) -> Bounds:
    if chain:
        return Bounds(min(lows.values()), min(highs.values()))
    return Bounds(lower_median(lows, weights), lower_median(highs, weights))


def own_level(
    answers: Sequence[CriterionReplies], organisation: str, column: Column = Column.COUNTED
) -> Bounds | None:
    """An organisation's level; None where it gave no answer of its own."""
    own = (reply for reply in _asked_of(answers, organisation) if reply.own)
    if not any(_is_answered(reply, column) for reply in own):
        return None
    told = (_told(replies, reply_to(replies, organisation), column) for replies in answers)
    return level_bounds(tuple(told))


def asked_organisations(answers: Sequence[CriterionReplies]) -> tuple[str, ...]:
    """The organisations that a dimension asks, in the order of the profile."""
    for replies in answers:
        if replies.criterion.scope is Scope.ORGANISATION:
            return tuple(replies.organisations)
    return ()


def reply_to(replies: CriterionReplies, organisation: str) -> Reply:
    """The answer that holds for an organisation: its own, or the region's where that is asked."""
    return replies.organisations.get(organisation, replies.region)


def is_assessed(answers: Sequence[CriterionReplies], organisation: str) -> bool:
    """Whether an organisation gave any answer of its own."""
    return any(reply.own for reply in _asked_of(answers, organisation))


def region_outcome(
    answers: Sequence[CriterionReplies],
    replies: CriterionReplies,
    landscape: Landscape,
    chain: bool,
) -> Outcome:
    """One outcome of a criterion for the region, made of its organisations' as levels are."""
    told = {
        key: reply.outcome
        for key, reply in replies.organisations.items()
        if is_assessed(answers, key) and reply.outcome is not Outcome.NOT_APPLICABLE
    }
    if not told:
        return _outcome_without_organisations(answers, replies)
    _, weights = weights_of(told, landscape)
    low = _together(told, weights, chain, unknown=Outcome.NOT_MET)
    high = _together(told, weights, chain, unknown=Outcome.MET)
    return low if low is high else Outcome.NOT_EVIDENCED


def _outcome_without_organisations(
    answers: Sequence[CriterionReplies], replies: CriterionReplies
) -> Outcome:
    """The region's answer; not applicable where it applies to no organisation assessed."""
    assessed = any(is_assessed(answers, key) for key in replies.organisations)
    return Outcome.NOT_APPLICABLE if assessed else replies.region.outcome


def _together(
    told: Mapping[str, Outcome],
    weights: Weights,
    chain: bool,
    unknown: Outcome,
) -> Outcome:
    settled = {
        key: unknown if outcome is Outcome.NOT_EVIDENCED else outcome
        for key, outcome in told.items()
    }
    met = {key: Fraction(outcome is Outcome.MET) for key, outcome in settled.items()}
    together = min(met.values()) if chain else lower_median(met, weights)
    return Outcome.MET if together else Outcome.NOT_MET


def _asked_of(answers: Sequence[CriterionReplies], organisation: str) -> Iterator[Reply]:
    for replies in answers:
        if organisation in replies.organisations:
            yield replies.organisations[organisation]


def _without_organisations(answers: Sequence[CriterionReplies], column: Column) -> Bounds | None:
    if not any(_is_answered(replies.region, column) for replies in answers):
        return None
    return level_bounds(tuple(_told(replies, replies.region, column) for replies in answers))


def _told(replies: CriterionReplies, reply: Reply, column: Column) -> Told:
    return replies.criterion.level, _outcome(reply, column) or Outcome.NOT_EVIDENCED


def _is_answered(reply: Reply, column: Column) -> bool:
    if column is Column.COUNTED:
        return reply.answered
    return _outcome(reply, column) in KNOWN


def _outcome(reply: Reply, column: Column) -> Outcome | None:
    if column is Column.COUNTED:
        return reply.outcome
    if column is Column.CLAIMED:
        return reply.claimed
    return reply.evidenced if column is Column.EVIDENCED else reply.computed


def _spread(lows: Mapping[str, Fraction], highs: Mapping[str, Fraction]) -> Spread | None:
    if len(lows) <= 1:
        return None
    return Spread(
        lowest=Bounds(min(lows.values()), min(highs.values())),
        highest=Bounds(max(lows.values()), max(highs.values())),
    )
