"""How feedback is answered as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Shares lie between 0 and 1; null
is not told, and never nothing. Texts of answers stand in it only if they were asked for.
"""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pydantic import Field

from sharedcare.experience.feedback.answering import Answering
from sharedcare.experience.feedback.signals import Within
from sharedcare.experience.feedback.thresholds import THRESHOLDS
from sharedcare.experience.prompts import Prompt
from sharedcare.quantities import as_number
from sharedcare.reports.document import Interval, Number, Part
from sharedcare.reports.experience.feedback_view import AnsweringView, FeedbackView
from sharedcare.reports.provenance import Provenance

SCHEMA_VERSION = "1.0"


class SignalsPart(Part):
    """The figures that a type is decided by."""

    source: str = Field(description="read: from texts of answers; declared: from counts.")
    stories: int | None
    answered: int | None
    answers: int | None
    rate: Interval | None = Field(description="Stories answered of stories.")
    identical: Interval | None = Field(description="Answers that are near-identical.")
    specific: Interval | None = Field(description="Answers with words of their own.")
    redirects: Interval | None = Field(description="Answers that lead elsewhere.")
    tells: Interval | None = Field(description="Answers that tell what came of the story.")
    changes_per_100: Number | None
    responders_per_1000: Number | None


class KindPart(Part):
    """How many answers are of one kind."""

    kind: str
    answers: int


class TemplatePart(Part):
    """An answer that is used again and again; its text only if it was asked for."""

    uses: int
    redirects: bool
    text: str | None


class TextsPart(Part):
    """What was read from the texts of answers."""

    templates: list[TemplatePart]
    kinds: list[KindPart]
    thanks: int
    apologises: int
    several: int = Field(description="Stories with several answers.")
    median_delay_days: Number | None


class CastPart(Part):
    """Who answers."""

    size: int | None
    registered: int | None
    has_account: bool | None = Field(description="False: answered, and nobody is registered.")
    disciplines: list[str]
    levels: list[str]
    levels_are_read: bool = Field(description="Levels are told by the words of roles.")
    named: Interval | None
    directed_by: str | None
    channel: str | None


class StagePart(Part):
    """The stage; outlook and seeking are attested and never inferred."""

    script: str | None
    script_is_read: bool
    scripting: str | None
    setting: str | None
    staging: str | None
    performance: str | None
    board: str | None
    outlook: str | None
    seeking: str | None


class OrganisationPart(Part):
    """How one organisation answers."""

    id: str
    organisation: str
    called: str = Field(description="What the organisation is called in reports for people.")
    type: str | None = Field(description="Null: what is told leaves several types open.")
    besides: list[str] = Field(description="Types that are open too, or near.")
    borderline: list[str]
    few_answers: str | None
    redirects: bool | None
    lead: Number | None
    decided_by: list[str]
    assumed: list[str]
    signals: SignalsPart
    texts: TextsPart | None
    cast: CastPart
    stage: StagePart


class PromptPart(Part):
    """A reason to look again; it moves no number."""

    feedback: str
    organisation: str
    dimension: str
    claimed: Interval
    is_own: bool
    type: str
    is_borderline: bool
    direction: str


class ThresholdPart(Part):
    """A line that was drawn."""

    name: str
    value: Number
    decides: str
    paper: str


class FeedbackPart(Part):
    """How feedback is answered, by organisation as they were given, and what asks to look again."""

    organisations: list[OrganisationPart]
    prompts: list[PromptPart] = Field(description="Where claims and answers point apart.")
    thresholds: list[ThresholdPart] = Field(description="Every line that was drawn.")
    limits: list[str] = Field(description="What no result may be read without.")


class FeedbackDocument(Part):
    """Everything that is said of feedback, for programs; organisations as they were given."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    digest: str = Field(description="SHA-256 over what was read.")
    organisations: list[OrganisationPart]
    prompts: list[PromptPart]
    thresholds: list[ThresholdPart]
    limits: list[str]


def feedback_document(
    found: Sequence[Answering],
    prompts: Sequence[Prompt],
    view: FeedbackView,
    provenance: Provenance,
) -> FeedbackDocument:
    """Put answers to feedback into their document; ``view`` gives what is told to people."""
    said = feedback_part(found, prompts, view)
    return FeedbackDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        digest=provenance.digest,
        organisations=said.organisations,
        prompts=said.prompts,
        thresholds=said.thresholds,
        limits=said.limits,
    )


def feedback_part(
    found: Sequence[Answering], prompts: Sequence[Prompt], view: FeedbackView
) -> FeedbackPart:
    """Put answers to feedback into a part of a document."""
    shown = zip(found, view.organisations, strict=True)
    return FeedbackPart(
        organisations=[_organisation(one, told) for one, told in shown],
        prompts=list(map(_prompt, prompts)),
        thresholds=[
            ThresholdPart(
                name=line.name, value=as_number(line.value), decides=line.decides, paper=line.paper
            )
            for line in THRESHOLDS
        ],
        limits=list(view.limits),
    )


def render_feedback_json(
    found: Sequence[Answering],
    prompts: Sequence[Prompt],
    view: FeedbackView,
    provenance: Provenance,
) -> str:
    """Return the document as text: same input, same bytes."""
    document = feedback_document(found, prompts, view, provenance).model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def feedback_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = FeedbackDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare feedback"
    return schema


def _organisation(one: Answering, told: AnsweringView) -> OrganisationPart:
    decision = one.decision
    return OrganisationPart(
        id=one.id,
        organisation=one.organisation,
        called=told.organisation,
        type=decision.type.value if decision.type else None,
        besides=[kind.value for kind in decision.besides],
        borderline=[near.value for near in decision.near],
        few_answers=decision.few_answers.value if decision.few_answers else None,
        redirects=decision.redirects,
        lead=_number(decision.lead),
        decided_by=[by.value for by in decision.decided_by],
        assumed=[word.value for word in decision.assumed],
        signals=_signals(one),
        texts=_texts(one, bool(told.examples)),
        cast=_cast(one),
        stage=_stage(one),
    )


def _signals(one: Answering) -> SignalsPart:
    signals = one.signals
    return SignalsPart(
        source=signals.source.value,
        stories=signals.stories,
        answered=signals.answered,
        answers=signals.answers,
        rate=_interval(signals.rate),
        identical=_interval(signals.identical),
        specific=_interval(signals.specific),
        redirects=_interval(signals.redirects),
        tells=_interval(signals.tells),
        changes_per_100=_number(signals.changes_per_100),
        responders_per_1000=_number(signals.responders_per_1000),
    )


def _texts(one: Answering, show: bool) -> TextsPart | None:
    texts = one.texts
    if texts is None:
        return None
    return TextsPart(
        templates=[
            TemplatePart(uses=t.uses, redirects=t.redirects, text=t.text if show else None)
            for t in texts.templates
        ],
        kinds=[KindPart(kind=kind.value, answers=number) for kind, number in texts.kinds],
        thanks=texts.thanks,
        apologises=texts.apologises,
        several=texts.several,
        median_delay_days=_number(texts.delay),
    )


def _cast(one: Answering) -> CastPart:
    cast = one.cast
    return CastPart(
        size=cast.size,
        registered=cast.registered,
        has_account=cast.has_account,
        disciplines=list(cast.disciplines),
        levels=list(cast.levels),
        levels_are_read=cast.levels_are_read,
        named=_interval(cast.named),
        directed_by=cast.directed_by,
        channel=cast.channel,
    )


def _stage(one: Answering) -> StagePart:
    stage = one.stage
    return StagePart(
        script=stage.script.value if stage.script else None,
        script_is_read=stage.script_is_read,
        scripting=stage.scripting,
        setting=stage.setting,
        staging=stage.staging,
        performance=stage.performance,
        board=stage.board,
        outlook=stage.outlook,
        seeking=stage.seeking,
    )


def _prompt(prompt: Prompt) -> PromptPart:
    claimed = Within(prompt.claimed.low, prompt.claimed.high)
    return PromptPart(
        feedback=prompt.feedback,
        organisation=prompt.organisation,
        dimension=prompt.dimension,
        claimed=Interval(low=as_number(claimed.low), high=as_number(claimed.high)),
        is_own=prompt.is_own,
        type=prompt.type.value,
        is_borderline=prompt.is_borderline,
        direction=prompt.direction.value,
    )


def _interval(within: Within | None) -> Interval | None:
    if within is None:
        return None
    return Interval(low=as_number(within.low), high=as_number(within.high))


def _number(value: Fraction | None) -> Number | None:
    return None if value is None else as_number(value)
