"""What is known of how an organisation answers: each figure within bounds, and where it is from.

Read from the texts of its answers where they are at hand, else from counts that the profile
declares. What nobody tells lies between 0 and 1 and is never taken for 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.responses import TextSignals
from sharedcare.landscape.activity import Feedback
from sharedcare.quantities import Range, Share, Unknown


class Source(Enum):
    """Where a figure is from."""

    READ = "read"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Within:
    """A share within bounds."""

    low: Fraction
    high: Fraction

    @property
    def is_plain(self) -> bool:
        """Whether it is one figure."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Signals:
    """The figures that decide a type, and the counts that stand beside them.

    A share is None where nothing at all is said of it. ``rate`` is stories answered of stories;
    ``shares`` holds the kinds of answers where texts were read. ``rate_is_assumed`` says that
    stories answered were not counted apart from answers, ``only_answered`` that the texts hold no
    story without an answer, so that their rate tells nothing.
    """

    source: Source
    stories: int | None
    answered: int | None
    answers: int | None
    rate: Within | None
    identical: Within | None
    specific: Within | None
    redirects: Within | None
    tells: Within | None
    named: Within | None
    template_redirects: bool | None
    shares: tuple[tuple[ResponseType, Fraction], ...]
    changes_per_100: Fraction | None
    responders: int | None
    responders_per_1000: Fraction | None
    rate_is_assumed: bool
    only_answered: bool


def signals_of(declared: Feedback, texts: TextSignals | None = None) -> Signals:
    """Put together what is declared and what was read; what was read goes before."""
    return _from_texts(declared, texts) if texts is not None else _from_counts(declared)


def _from_counts(declared: Feedback) -> Signals:
    answered, assumed = _answered(declared)
    return Signals(
        source=Source.DECLARED,
        stories=declared.stories,
        answered=answered,
        answers=declared.responses,
        rate=_rate(answered, declared.stories),
        identical=_within(declared.identical),
        specific=None,
        redirects=_within(declared.redirects),
        tells=_within(declared.told),
        named=_within(declared.named),
        template_redirects=_flag(declared.template_redirects),
        shares=(),
        changes_per_100=_changes(declared, declared.stories),
        responders=declared.responders,
        responders_per_1000=_per(declared.responders, declared.stories, 1000),
        rate_is_assumed=assumed,
        only_answered=False,
    )


def _from_texts(declared: Feedback, texts: TextSignals) -> Signals:
    counted = declared.stories is not None
    stories = declared.stories if counted else texts.stories
    answered = _answered(declared)[0] if counted else texts.answered
    if answered is None:
        answered = texts.answered
    responders = declared.responders
    if responders is None and texts.responders:
        responders = texts.responders
    return Signals(
        source=Source.READ,
        stories=stories,
        answered=answered,
        answers=texts.answers,
        rate=_rate(answered, stories),
        identical=_plain(texts, texts.identical),
        specific=_plain(texts, texts.specific),
        redirects=_plain(texts, texts.redirects),
        tells=_plain(texts, texts.tells),
        named=_plain(texts, texts.signed) if texts.has_signatures else _within(declared.named),
        template_redirects=any(template.redirects for template in texts.templates)
        if texts.templates
        else None,
        shares=tuple((kind, texts.kind(kind)) for kind in ResponseType if texts.kind(kind)),
        changes_per_100=_changes(declared, stories),
        responders=responders,
        responders_per_1000=_per(responders, stories, 1000),
        rate_is_assumed=False,
        only_answered=not counted and texts.stories == texts.answered,
    )


def _answered(declared: Feedback) -> tuple[int | None, bool]:
    """How many stories have an answer, and whether that is assumed: one story, one answer."""
    if declared.answered is not None:
        return declared.answered, False
    if declared.responses is None or declared.stories is None:
        return declared.responses, False
    return min(declared.responses, declared.stories), declared.responses > 0


def _rate(answered: int | None, stories: int | None) -> Within | None:
    if answered is None or not stories:
        return None
    rate = min(Fraction(answered, stories), Fraction(1))
    return Within(rate, rate)


def _plain(texts: TextSignals, count: int) -> Within | None:
    share = texts.share(count)
    return Within(share, share) if texts.answers else None


def _within(said: Share | Range[Share] | Unknown | None) -> Within | None:
    if isinstance(said, Share):
        return Within(said.value, said.value)
    if isinstance(said, Range):
        return Within(said.low.value, said.high.value)
    return None


def _flag(said: bool | Unknown | None) -> bool | None:
    return said if isinstance(said, bool) else None


def _changes(declared: Feedback, stories: int | None) -> Fraction | None:
    """Changes made and planned for every hundred stories; None where neither is said."""
    said = [n for n in (declared.changes_made, declared.changes_planned) if n is not None]
    return _per(sum(said), stories, 100) if said else None


def _per(count: int | None, whole: int | None, of: int) -> Fraction | None:
    return None if count is None or not whole else Fraction(count * of, whole)


def not_told(signals: Signals) -> Iterator[str]:
    """The keys of a profile's ``feedback`` that would decide a type and are not told."""
    if signals.rate is None:
        yield "stories" if signals.stories is None else "answered"
    if signals.identical is None:
        yield "identical"
    if signals.redirects is None:
        yield "redirects"
    if signals.tells is None:
        yield "told"
