"""Answers as they were read, and what their texts come to together."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.sameness import alike
from sharedcare.experience.feedback.thresholds import TEMPLATE_USES
from sharedcare.experience.feedback.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Response:
    """One row: a story and an answer to it; no text where there is no answer.

    ``responder`` is the name or account that signs, empty where none does and None where nobody
    tells.
    """

    story: str
    text: str = ""
    role: str = ""
    responder: str | None = None
    told_on: date | None = None
    answered_on: date | None = None

    @property
    def is_answer(self) -> bool:
        """Whether anything was answered."""
        return bool(self.text)

    @property
    def days(self) -> int | None:
        """Days from story to answer, below 0 where they are at odds; None without both dates."""
        if self.told_on is None or self.answered_on is None:
            return None
        return (self.answered_on - self.told_on).days


@dataclass(frozen=True, slots=True)
class Template:
    """An answer that was used again and again: how often, whether it leads elsewhere, its text."""

    uses: int
    redirects: bool
    text: str


@dataclass(frozen=True, slots=True)
class TextSignals:
    """What the answers of one organisation come to; all counts are of answers but two.

    ``stories`` and ``answered`` count stories. ``delay`` is the median of days from story to first
    answer; None where no two dates stand together in order. ``signed`` counts answers under a name
    and ``responders`` those names; ``has_signatures`` says whether it is told who signs.
    ``examples`` holds one answer of each kind.
    """

    stories: int
    answered: int
    answers: int
    identical: int
    templates: tuple[Template, ...]
    specific: int
    redirects: int
    tells: int
    thanks: int
    apologises: int
    signed: int
    has_signatures: bool
    responders: int
    roles: tuple[tuple[str, int], ...]
    several: int
    delay: Fraction | None
    kinds: tuple[tuple[ResponseType, int], ...]
    examples: tuple[tuple[ResponseType, str], ...]

    def share(self, count: int) -> Fraction:
        """A count of answers as a share of them; 0 of none is 0."""
        return Fraction(count, self.answers) if self.answers else Fraction(0)

    def kind(self, type_: ResponseType) -> Fraction:
        """The share of answers of one kind."""
        return self.share(dict(self.kinds).get(type_, 0))


def text_signals(responses: Sequence[Response]) -> TextSignals:
    """Read the answers of one organisation together."""
    answers = [response for response in responses if response.is_answer]
    read = [wording(answer.text) for answer in answers]
    groups = alike([found.words for found in read])
    used = _used(answers, groups)
    is_template = [used[group] >= TEMPLATE_USES for group in groups]
    kinds = [found.kind(same) for found, same in zip(read, is_template, strict=True)]
    per_story = Counter(answer.story for answer in answers)
    return TextSignals(
        stories=len({response.story for response in responses}),
        answered=len(per_story),
        answers=len(answers),
        identical=sum(is_template),
        templates=_templates(answers, read, groups, used),
        specific=sum(found.is_specific for found in read),
        redirects=sum(found.redirects for found in read),
        tells=sum(found.tells for found in read),
        thanks=sum(found.thanks for found in read),
        apologises=sum(found.apologises for found in read),
        signed=sum(bool(answer.responder) for answer in answers),
        has_signatures=any(answer.responder is not None for answer in answers),
        responders=len({(a.responder, a.role) for a in answers if a.responder}),
        roles=_counted(answer.role for answer in answers if answer.role),
        several=sum(number > 1 for number in per_story.values()),
        delay=_delay(answers),
        kinds=tuple((type_, kinds.count(type_)) for type_ in ResponseType if kinds.count(type_)),
        examples=_examples(answers, kinds),
    )


def _used(answers: Sequence[Response], groups: Sequence[int]) -> Counter[int]:
    """Below how many stories the texts of each group stand."""
    pairs = {(group, answer.story) for group, answer in zip(groups, answers, strict=True)}
    return Counter(group for group, _ in pairs)


def _templates(
    answers: Sequence[Response],
    read: Sequence[Wording],
    groups: Sequence[int],
    used: Counter[int],
) -> tuple[Template, ...]:
    """Each template by its most frequent text, the most used first."""
    texts: dict[int, Counter[str]] = {}
    leads: dict[int, bool] = {}
    uses: Counter[int] = Counter()
    for answer, found, group in zip(answers, read, groups, strict=True):
        if used[group] >= TEMPLATE_USES:
            texts.setdefault(group, Counter())[answer.text] += 1
            leads[group] = leads.get(group, False) or found.redirects
            uses[group] += 1
    made = (Template(uses[group], leads[group], _usual(texts[group])) for group in texts)
    return tuple(sorted(made, key=lambda template: (-template.uses, template.text)))


def _usual(texts: Counter[str]) -> str:
    return min(texts, key=lambda text: (-texts[text], text))


def _examples(
    answers: Sequence[Response], kinds: Sequence[ResponseType]
) -> tuple[tuple[ResponseType, str], ...]:
    """Of each kind the answer that comes first in the alphabet, whatever the order of the rows."""
    texts: dict[ResponseType, str] = {}
    for answer, kind in zip(answers, kinds, strict=True):
        texts[kind] = min(texts.get(kind, answer.text), answer.text)
    return tuple((kind, texts[kind]) for kind in ResponseType if kind in texts)


def _counted(roles: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Roles as they are first written, the most frequent first; case and spaces tell none apart."""
    counts: Counter[str] = Counter()
    for role in roles:
        counts[re.sub(r"\s+", " ", role).strip().casefold()] += 1
    return tuple(sorted(counts.items(), key=lambda found: (-found[1], found[0])))


def _delay(answers: Iterable[Response]) -> Fraction | None:
    first: dict[str, int] = {}
    for answer in answers:
        days = answer.days
        if days is not None and days >= 0:
            first[answer.story] = min(days, first.get(answer.story, days))
    return Fraction(statistics.median(first.values())) if first else None
