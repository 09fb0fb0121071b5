"""From signals to a type: sameness before redirection, and borderline said where it is.

The order is that of Ramsey 2023's own description: whether anything is answered; whether the answer
is the same whatever the story (the trusts whose templates redirect are called generic); whether it
leads elsewhere; whether it tells what came of the story. A share within bounds is tried at both
ends; if the types differ, the type is open between them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import product

from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.signals import Signals, Source, Within
from sharedcare.experience.feedback.thresholds import (
    CHANGES_PER_100,
    FEW,
    LEAD,
    NEAR_RATE,
    NON_RESPONSE_RATE,
    REDIRECTS_SHARE,
    RESPONDERS_PER_1000,
    SELDOM_IDENTICAL,
)

_ANSWERED = tuple(type_ for type_ in ResponseType if type_ is not ResponseType.NON_RESPONSE)
_ALL = Within(Fraction(0), Fraction(1))


class Assumed(StrEnum):
    """What a type rests on and nobody said, by a stable word each."""

    ONE_ANSWER_A_STORY = "one_answer_a_story"
    MOST_STAY_PUBLIC = "most_stay_public"
    RATE_NOT_TOLD = "rate_not_told"


class Near(StrEnum):
    """Why a type is borderline, by a stable word each."""

    RATE = "rate"
    LEAD = "lead"
    FEW = "few"
    RANGE = "range"


class By(StrEnum):
    """Signals that may decide a type, by a stable word each."""

    RATE = "rate"
    IDENTICAL = "identical"
    SPECIFIC = "specific"
    REDIRECTS = "redirects"
    TELLS = "tells"
    CHANGES = "changes_per_100"
    RESPONDERS = "responders_per_1000"


@dataclass(frozen=True, slots=True)
class Decision:
    """The type of one organisation.

    ``type`` is None where what is told leaves several open; ``besides`` holds these, or the type
    that a borderline one is near to. ``near`` says why it is borderline (see :class:`Near`). When
    hardly anything is answered, ``few_answers`` is the kind that the few answers have.
    ``redirects`` is the second tag; None where it is not told. ``lead`` is by how much the most
    frequent kind leads. ``decided_by`` names the signals that decide the type (see :class:`By`).
    """

    type: ResponseType | None
    besides: tuple[ResponseType, ...]
    near: tuple[Near, ...]
    few_answers: ResponseType | None
    redirects: bool | None
    lead: Fraction | None
    assumed: tuple[Assumed, ...]
    decided_by: tuple[By, ...]

    @property
    def is_borderline(self) -> bool:
        """Whether a type was given and a signal is near its threshold."""
        return self.type is not None and bool(self.near)


def decide(signals: Signals) -> Decision:
    """Say which type the signals make."""
    ranked = _ranked(signals)
    kinds = _kinds(signals, ranked)
    rate = signals.rate
    silent = rate is not None and rate.low <= NON_RESPONSE_RATE
    few = None
    if silent:
        answers = signals.answers or signals.answered
        few = kinds[0] if len(kinds) == 1 and answers else None
        kinds = (ResponseType.NON_RESPONSE,)
    near = dict(_near(signals, ranked, kinds))
    besides = kinds if len(kinds) != 1 else tuple(n for n in near.values() if n is not None)
    return Decision(
        type=kinds[0] if len(kinds) == 1 else None,
        besides=tuple(dict.fromkeys(besides)),
        near=tuple(near),
        few_answers=few,
        redirects=_redirects(signals),
        lead=None if silent or len(ranked) == 0 else _lead(ranked),
        assumed=tuple(_assumed(signals, kinds)),
        decided_by=tuple(_decided_by(signals, kinds)),
    )


Ranked = tuple[tuple[ResponseType, Fraction], ...]


def _ranked(signals: Signals) -> Ranked:
    """Kinds of answers by share, the most frequent first; empty where shares are not known."""
    if signals.shares:
        return _in_order(dict(signals.shares))
    within = (signals.identical, signals.redirects, signals.tells)
    if all(found is not None and found.is_plain for found in within):
        low = [found.low for found in within if found is not None]
        return _in_order(_split(*low))
    return ()


def _split(
    identical: Fraction, redirects: Fraction, tells: Fraction
) -> dict[ResponseType, Fraction]:
    """Share out all answers; a template that redirects is generic, what tells is no redirection."""
    left = 1 - identical
    told = min(tells, left)
    offline = min(redirects, left - told)
    return {
        ResponseType.GENERIC: identical,
        ResponseType.OFFLINE: offline,
        ResponseType.CONVERSATIONAL: told,
        ResponseType.APPRECIATIVE: left - told - offline,
    }


def _in_order(shares: dict[ResponseType, Fraction]) -> Ranked:
    """By share; of equal ones the kind that is asked for first comes first."""
    order = {type_: position for position, type_ in enumerate(ResponseType)}
    return tuple(sorted(shares.items(), key=lambda found: (-found[1], order[found[0]])))


def _kinds(signals: Signals, ranked: Ranked) -> tuple[ResponseType, ...]:
    """The kinds that most answers may have: one where it is decided."""
    if ranked:
        return (ranked[0][0],)
    if signals.answers == 0:
        return (ResponseType.NON_RESPONSE,)
    if signals.source is Source.READ:
        return _ANSWERED
    if _is_open_by_counts(signals):
        return (ResponseType.CONVERSATIONAL,)
    return _kinds_within(signals)


def _kinds_within(signals: Signals) -> tuple[ResponseType, ...]:
    """The kinds that prevail at some end of what is declared."""
    said = (signals.identical, signals.redirects, signals.tells)
    ends = [(found or _ALL) for found in said]
    possible = {
        _in_order(_split(*shares))[0][0]
        for shares in product(*((end.low, end.high) for end in ends))
    }
    return tuple(kind for kind in _ANSWERED if kind in possible)


def _is_open_by_counts(signals: Signals) -> bool:
    """Whether registered changes and a wide cast stand for answers that tell, if none was read."""
    if signals.tells is not None or signals.identical is None:
        return False
    changes, responders = signals.changes_per_100, signals.responders_per_1000
    if changes is None or responders is None:
        return False
    stays = signals.redirects is None or signals.redirects.high < Fraction(1, 2)
    return (
        signals.identical.high <= SELDOM_IDENTICAL
        and changes >= CHANGES_PER_100
        and responders >= RESPONDERS_PER_1000
        and stays
    )


def _lead(ranked: Ranked) -> Fraction:
    second = ranked[1][1] if len(ranked) > 1 else Fraction(0)
    return ranked[0][1] - second


def _near(
    signals: Signals, ranked: Ranked, kinds: tuple[ResponseType, ...]
) -> Iterator[tuple[Near, ResponseType | None]]:
    """Why the type is borderline, each with the other type that it is near to, if there is one."""
    rate = signals.rate
    is_silent = kinds == (ResponseType.NON_RESPONSE,)
    if rate is not None and abs(rate.low - NON_RESPONSE_RATE) <= NEAR_RATE:
        other = ranked[0][0] if is_silent and ranked else None
        yield Near.RATE, other if is_silent else ResponseType.NON_RESPONSE
    if not is_silent and ranked and _lead(ranked) < LEAD:
        yield Near.LEAD, ranked[1][0]
    number = signals.stories if is_silent else signals.answers
    if number is not None and number < FEW:
        yield Near.FEW, None
    if len(kinds) > 1 and signals.identical is not None and not signals.identical.is_plain:
        yield Near.RANGE, None


def _redirects(signals: Signals) -> bool | None:
    """Whether answers lead elsewhere often enough to say so, or a template does."""
    if signals.template_redirects:
        return True
    if signals.redirects is None:
        return signals.template_redirects
    if signals.redirects.low >= REDIRECTS_SHARE:
        return True
    return False if signals.redirects.high < REDIRECTS_SHARE else None


def _assumed(signals: Signals, kinds: tuple[ResponseType, ...]) -> Iterator[Assumed]:
    if signals.rate_is_assumed:
        yield Assumed.ONE_ANSWER_A_STORY
    if signals.rate is None or signals.only_answered:
        yield Assumed.RATE_NOT_TOLD
    by_counts = signals.source is Source.DECLARED and signals.tells is None
    if by_counts and kinds == (ResponseType.CONVERSATIONAL,) and signals.redirects is None:
        yield Assumed.MOST_STAY_PUBLIC


def _decided_by(signals: Signals, kinds: tuple[ResponseType, ...]) -> Iterator[By]:
    """The signals that were asked, in the order of asking, up to the one that decides."""
    if signals.rate is not None:
        yield By.RATE
    if kinds == (ResponseType.NON_RESPONSE,):
        return
    yield By.IDENTICAL
    if signals.source is Source.READ:
        yield By.SPECIFIC
    if kinds == (ResponseType.GENERIC,):
        return
    if not signals.shares and _is_open_by_counts(signals):
        yield from (By.CHANGES, By.RESPONDERS)
        return
    yield from (By.REDIRECTS, By.TELLS)
