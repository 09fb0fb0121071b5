"""How organisations answer feedback, for people: one view, from which every format is made.

A report of an assessment takes :func:`feedback_view` as a section. Organisations stand side by side
in the order in which they were given; there is no score and no ranking. No text of an answer is in
a view unless it is asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.experience.feedback.answering import Answering
from sharedcare.experience.feedback.deciding import By
from sharedcare.experience.feedback.signals import Within
from sharedcare.experience.feedback.thresholds import (
    CHANGES_PER_100,
    LIMITS,
    NON_RESPONSE_RATE,
    RESPONDERS_PER_1000,
    SELDOM_IDENTICAL,
    THRESHOLDS,
    Threshold,
)
from sharedcare.experience.prompts import Prompt
from sharedcare.reports.experience.feedback_words import (
    NOT_TOLD,
    ask_words,
    assumed_words,
    attested_words,
    cast_words,
    few_answers_words,
    figure,
    near_words,
    prompt_words,
    share_words,
    stage_facts,
    type_words,
)
from sharedcare.reports.words.figures import counted, cut, listed, percent, sentence
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible

TITLE = "How feedback is answered in public"
NO_RANKING = (
    "Organisations stand in the order in which they were given. There is no score: a type says "
    "what outsiders see, and it moves no level and no number of readiness."
)
NONE_TOLD = "Nothing is told of how feedback is answered."


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal: what it is, here, where the line is, and whether it decided the type."""

    name: str
    here: str
    line: str
    decides: bool


@dataclass(frozen=True, slots=True)
class ExampleView:
    """An answer as it stands, or a template, with what it is an example of."""

    of: str
    text: str


@dataclass(frozen=True, slots=True)
class AnsweringView:
    """One organisation."""

    id: str
    organisation: str
    type: str
    meaning: str
    near: tuple[str, ...]
    signals: tuple[SignalView, ...]
    counts: tuple[tuple[str, str], ...]
    cast: tuple[str, ...]
    stage: tuple[tuple[str, str], ...]
    attested: tuple[str, ...]
    assumed: tuple[str, ...]
    ask: tuple[str, ...]
    examples: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """Everything that is said of feedback; ``headline`` says first what was found."""

    title: str
    headline: str
    organisations: tuple[AnsweringView, ...]
    prompts: tuple[str, ...]
    thresholds: tuple[tuple[str, str, str, str], ...]
    limits: tuple[str, ...]
    no_ranking: str
    naming: str


def feedback_view(
    found: Iterable[Answering],
    names: Names,
    prompts: Iterable[Prompt] = (),
    show_texts: bool = False,
) -> FeedbackView:
    """Put answers to feedback into words, once for all formats."""
    told = tuple(found)
    view = FeedbackView(
        title=TITLE,
        headline=_headline(told, names),
        organisations=tuple(_answering(one, names, show_texts) for one in told),
        prompts=tuple(prompt_words(p, names.organisation(p.organisation)) for p in prompts),
        thresholds=tuple(map(_threshold, THRESHOLDS)),
        limits=LIMITS,
        no_ranking=NO_RANKING,
        naming=names.note,
    )
    return each_text(each_text(view, names.in_words), visible)


def _headline(told: tuple[Answering, ...], names: Names) -> str:
    if not told:
        return NONE_TOLD
    return sentence(
        "; ".join(f"{names.organisation(o.organisation)}: {type_words(o)}" for o in told)
    )


def _answering(one: Answering, names: Names, show_texts: bool) -> AnsweringView:
    type_ = one.decision.type
    few = few_answers_words(one)
    return AnsweringView(
        id=one.id,
        organisation=names.organisation(one.organisation),
        type=type_words(one),
        meaning=" ".join(filter(None, (type_.meaning if type_ else "", few))),
        near=tuple(near_words(one)),
        signals=tuple(_signals(one)),
        counts=tuple(_counts(one)),
        cast=tuple(cast_words(one.cast)),
        stage=tuple(stage_facts(one)),
        attested=attested_words(one),
        assumed=assumed_words(one),
        ask=ask_words(one),
        examples=tuple(_examples(one)) if show_texts else (),
    )


def _signals(one: Answering) -> Iterator[SignalView]:
    signals, by = one.signals, one.decision.decided_by
    rows: tuple[tuple[By, str, Within | None, str], ...] = (
        (By.RATE, "Stories answered", signals.rate,
         f"non-response up to {percent(NON_RESPONSE_RATE)}"),
        (By.IDENTICAL, "Near-identical answers", signals.identical,
         "generic if most are so"),
        (By.SPECIFIC, "Answers specific to the story", signals.specific,
         "generic if most are not"),
        (By.REDIRECTS, "Answers that lead elsewhere", signals.redirects,
         "offline if most do and do not tell"),
        (By.TELLS, "Answers that tell what came of it", signals.tells,
         "conversational if most do"),
    )  # fmt: skip
    for key, name, share, line in rows:
        yield SignalView(name, share_words(share), line, key in by)
    rates: tuple[tuple[By, str, Fraction | None, str], ...] = (
        (By.CHANGES, "Changes a hundred stories", signals.changes_per_100,
         f"conversational from {cut(CHANGES_PER_100)} …"),
        (By.RESPONDERS, "People who answer, a thousand stories", signals.responders_per_1000,
         f"… with {cut(RESPONDERS_PER_1000)} and at most {percent(SELDOM_IDENTICAL)} identical"),
    )  # fmt: skip
    for key, name, rate, line in rates:
        yield SignalView(name, figure(rate), line, key in by)


def _counts(one: Answering) -> Iterator[tuple[str, str]]:
    signals, declared, texts = one.signals, one.declared, one.texts
    plain = (
        ("Stories", signals.stories),
        ("Stories answered", signals.answered),
        ("Answers", signals.answers),
        ("Times read", declared.reads),
        ("Changes made", declared.changes_made),
        ("Changes planned", declared.changes_planned),
    )
    yield from ((label, f"{count:,}") for label, count in plain if count is not None)
    if texts is None:
        return
    if texts.templates:
        uses = listed([f"{template.uses:,}" for template in texts.templates], most=5)
        leading = sum(template.redirects for template in texts.templates)
        verb = "leads" if leading == 1 else "lead"
        elsewhere = f"; {leading} of them {verb} elsewhere" if leading else ""
        yield "Templates", f"{counted(len(texts.templates), 'text')}, used {uses} times{elsewhere}"
    yield "Give thanks", percent(texts.share(texts.thanks))
    yield "Say sorry", percent(texts.share(texts.apologises))
    yield "Stories with several answers", f"{texts.several:,}"
    delay = NOT_TOLD if texts.delay is None else f"{cut(texts.delay)} days"
    yield "Half are answered within", delay
    kinds = listed([f"{kind.words} {number:,}" for kind, number in texts.kinds])
    if kinds:
        yield "Kinds of answers", kinds


def _examples(one: Answering) -> Iterator[ExampleView]:
    if one.texts is None:
        return
    for template in one.texts.templates:
        yield ExampleView(f"Template, used {template.uses:,} times", template.text)
    for kind, text in one.texts.examples:
        yield ExampleView(f"An answer of the kind {kind.words}", text)


def _threshold(found: Threshold) -> tuple[str, str, str, str]:
    value = percent(found.value) if found.is_share else cut(found.value)
    return found.name, value, found.decides, found.paper
