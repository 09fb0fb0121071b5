"""Where what partners claim of their backstage and how they answer feedback point apart.

Feedback is a glimpse behind the curtain (Ramsey 2023), and only a glimpse: a gap between a claimed
level and the answers that outsiders see is a reason to look again at both, in either direction. It
moves no level and no index; this module reads scores and gives none back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from sharedcare.experience.feedback.answering import Answering
from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.flows import Bounds
from sharedcare.scoring import CriterionReplies, DimensionScore, Scores
from sharedcare.scoring.regions import Column, own_level

#: Dimensions that speak of the backstage which answers to feedback give a glimpse of.
BACKSTAGE = ("vision", "governance_structures", "skills", "distributed_knowledge")

#: Claimed from this level on, answers that keep the public away are a reason to look again.
CLAIMED_HIGH = 3

#: Claimed below this level, answers that talk in public are.
CLAIMED_LOW = 2

_CLOSED = frozenset({ResponseType.NON_RESPONSE, ResponseType.GENERIC, ResponseType.OFFLINE})


class Direction(Enum):
    """Which of the two says more."""

    CLAIMS_MORE = "claims_more"
    SHOWS_MORE = "shows_more"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A reason to look again at one dimension of one organisation.

    ``feedback`` is the id of the entry. ``is_own`` says that the level is claimed of the
    organisation itself, not of the region.
    """

    feedback: str
    organisation: str
    dimension: str
    name: str
    claimed: Bounds
    is_own: bool
    type: ResponseType
    is_borderline: bool
    direction: Direction


def prompts(scores: Scores, answering: Iterable[Answering]) -> tuple[Prompt, ...]:
    """Find every gap, in the order of the entries and then of the dimensions."""
    asked = [found for found in scores.dimensions if found.id in BACKSTAGE]
    return tuple(prompt for one in answering for found in asked for prompt in _prompt(one, found))


def _prompt(one: Answering, found: DimensionScore) -> Iterator[Prompt]:
    own = _own_claim(found, one.organisation)
    claimed = own or found.claimed
    type_ = one.decision.type
    if claimed is None or type_ is None:
        return
    direction = _direction(claimed, type_)
    if direction is not None:
        yield Prompt(
            one.id, one.organisation, found.id, found.name, claimed, own is not None, type_,
            one.decision.is_borderline, direction,
        )  # fmt: skip


def _direction(claimed: Bounds, type_: ResponseType) -> Direction | None:
    if type_ in _CLOSED and claimed.low >= CLAIMED_HIGH:
        return Direction.CLAIMS_MORE
    if type_ is ResponseType.CONVERSATIONAL and claimed.high < CLAIMED_LOW:
        return Direction.SHOWS_MORE
    return None


def _own_claim(found: DimensionScore, organisation: str) -> Bounds | None:
    """The level that an organisation's own answers claim; None where it gave none."""
    answers = [
        CriterionReplies(
            asked.criterion,
            asked.findings,
            asked.replies[0],
            {reply.organisation: reply for reply in asked.replies[1:] if reply.organisation},
        )
        for asked in found.criteria
    ]
    return own_level(answers, organisation, Column.CLAIMED)
