"""What people notice as a JSON document, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Everything is told by the ids
and words of the profile: states are whole, questionable and broken; levels go from 0 to 5, and null
is not assessed.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import Field

from sharedcare.experience import Chains, Mending
from sharedcare.experience.chain import (
    ActivityState,
    AttributeState,
    Cause,
    Chain,
    FrontLink,
    Measured,
    Trace,
    Voice,
)
from sharedcare.flows import Bounds
from sharedcare.landscape import Landscape
from sharedcare.quantities import as_number
from sharedcare.reports.document import Interval, Part
from sharedcare.reports.provenance import Provenance

SCHEMA_VERSION = "1.0"


class CausePart(Part):
    """What keeps a part of a chain from being whole; ``about`` is an id, as ``kind`` says."""

    kind: str
    about: str
    state: str
    needs: list[str]
    verdict: str | None
    level: Interval | None


class ChainCausePart(Part):
    """A cause, and the activity of the chain that it is found at."""

    activity: str
    cause: CausePart


class ActivityPart(Part):
    """How one activity stands; ``built_in`` is the built-in activity that it took over."""

    id: str
    name: str | None
    actor: str
    stage: str
    built_in: str | None
    state: str
    causes: list[CausePart]


class VoicePart(Part):
    """What one party says of a link; null is the plan itself."""

    party: str
    said_by: str | None
    strength: str
    respondents: int | None
    words: str | None


class LinkPart(Part):
    """What a front-stage activity does for an attribute."""

    activity: str
    attribute: str
    strength: str
    state: str
    differs: bool
    tested: bool
    voices: list[VoicePart]


class ChainPart(Part):
    """A chain from activity to activity to an attribute."""

    activities: list[str]
    attribute: str
    state: str
    causes: list[ChainCausePart]


class AttributePart(Part):
    """How many chains carry an attribute, and the needs that hurt them, the gravest first."""

    attribute: str
    whole: int
    questionable: int
    broken: int
    broken_by_needs: int
    questioned_by_needs: int
    needs: list[str]


class TradeOffPart(Part):
    """An activity that gives one attribute; what is said of the one it may cost."""

    activity: str
    gives: str
    costs: str
    said: str | None


class ProxyPart(Part):
    """What to count at one link; null where nobody named it."""

    kind: str
    about: str
    words: str | None


class MeasuredPart(Part):
    """A chain that is worth measuring."""

    activities: list[str]
    attribute: str
    state: str
    proxies: list[ProxyPart]


class HopPart(Part):
    """Where information stops: a flow, or the use of a system where it is null."""

    flow: str | None
    from_: str = Field(serialization_alias="from")
    to: str
    reasons: list[str]
    uncovered: bool


class TracePart(Part):
    """A need that is not met, followed to the hop that stops it."""

    need: str
    verdict: str
    hop: HopPart | None


class SaidPart(Part):
    """What was said of an attribute, of no activity that people see."""

    attribute: str
    voice: VoicePart


class ChainsPart(Part):
    """Everything that is said of the chains of one landscape."""

    activities: list[ActivityPart]
    links: list[LinkPart]
    chains: list[ChainPart]
    attributes: list[AttributePart]
    hurt_most: str | None
    trade_offs: list[TradeOffPart]
    unsupported: list[str]
    unseen: list[str]
    felt_by_nobody: list[str]
    to_measure: list[MeasuredPart]
    traces: list[TracePart]
    untraced: list[str]
    about_no_activity: list[SaidPart]
    proven: bool


class TurnPart(Part):
    """A chain that does not stay as it is; null where it is not there."""

    turn: str
    activities: list[str]
    attribute: str
    before: str | None
    after: str | None


class MendingPart(Part):
    """What something does to the chains."""

    what: list[str]
    turns: list[TurnPart]
    lifted: list[str]
    lowered: list[str]
    after: ChainsPart


class ExperienceDocument(Part):
    """What people notice, for programs."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")
    as_of: date
    today: ChainsPart
    mending: MendingPart | None


def experience_document(
    landscape: Landscape, found: Chains, mending: Mending | None, provenance: Provenance
) -> ExperienceDocument:
    """Put chains into their document."""
    return ExperienceDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        profile_digest=provenance.digest or None,
        as_of=landscape.as_of,
        today=chains_part(landscape, found),
        mending=_mending(mending) if mending else None,
    )


def render_experience_json(
    landscape: Landscape, found: Chains, mending: Mending | None, provenance: Provenance
) -> str:
    """Return the document as text: same input, same bytes."""
    made = experience_document(landscape, found, mending, provenance)
    document = made.model_dump(mode="json", by_alias=True)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def experience_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = ExperienceDocument.model_json_schema(mode="serialization", by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare experience"
    return schema


def chains_part(landscape: Landscape, found: Chains) -> ChainsPart:
    """Put the chains of a landscape into a part of a document."""
    return ChainsPart(
        activities=[_activity(landscape, one) for one in found.activities],
        links=[_link(one) for one in found.links],
        chains=[_chain(one) for one in found.chains],
        attributes=[_attribute(one) for one in found.attributes],
        hurt_most=found.hurt_most.value if found.hurt_most else None,
        trade_offs=[
            TradeOffPart(
                activity=one.activity,
                gives=one.gives.value,
                costs=one.costs.value,
                said=one.said.value if one.said else None,
            )
            for one in found.trade_offs
        ],
        unsupported=list(found.unsupported),
        unseen=list(found.unseen),
        felt_by_nobody=list(found.felt_by_nobody),
        to_measure=[_measured(one) for one in found.to_measure],
        traces=[_trace(one) for one in found.traces],
        untraced=list(found.untraced),
        about_no_activity=[
            SaidPart(attribute=attribute.value, voice=_voice(voice))
            for attribute, voice in found.about_no_activity
        ],
        proven=found.proven,
    )


def _activity(landscape: Landscape, found: ActivityState) -> ActivityPart:
    declared = landscape.activities[found.activity]
    return ActivityPart(
        id=found.activity,
        name=declared.name,
        actor=found.actor,
        stage=found.stage.value,
        built_in=declared.built_in,
        state=found.state.value,
        causes=_causes(found.causes),
    )


def _causes(causes: Iterable[Cause]) -> list[CausePart]:
    return [
        CausePart(
            kind=cause.kind.value,
            about=cause.about,
            state=cause.state.value,
            needs=list(cause.needs),
            verdict=cause.verdict.value if cause.verdict else None,
            level=_interval(cause.level) if cause.level else None,
        )
        for cause in causes
    ]


def _interval(bounds: Bounds) -> Interval:
    return Interval(low=as_number(bounds.low), high=as_number(bounds.high))


def _link(found: FrontLink) -> LinkPart:
    return LinkPart(
        activity=found.activity,
        attribute=found.attribute.value,
        strength=found.strength.value,
        state=found.state.value,
        differs=found.differs,
        tested=found.is_tested,
        voices=[_voice(voice) for voice in found.voices],
    )


def _voice(found: Voice) -> VoicePart:
    return VoicePart(
        party=found.party.value,
        said_by=found.said_by,
        strength=found.strength.value,
        respondents=found.respondents,
        words=found.words,
    )


def _chain(found: Chain) -> ChainPart:
    return ChainPart(
        activities=list(found.activities),
        attribute=found.attribute.value,
        state=found.state.value,
        causes=[
            ChainCausePart(activity=activity, cause=part)
            for activity, cause in found.causes
            for part in _causes([cause])
        ],
    )


def _attribute(found: AttributeState) -> AttributePart:
    return AttributePart(
        attribute=found.attribute.value,
        whole=found.whole,
        questionable=found.questionable,
        broken=found.broken,
        broken_by_needs=found.broken_by_needs,
        questioned_by_needs=found.questioned_by_needs,
        needs=list(found.needs),
    )


def _measured(found: Measured) -> MeasuredPart:
    return MeasuredPart(
        activities=list(found.chain.activities),
        attribute=found.chain.attribute.value,
        state=found.chain.state.value,
        proxies=[
            ProxyPart(kind=proxy.kind, about=proxy.about, words=proxy.words)
            for proxy in found.proxies
        ],
    )


def _trace(found: Trace) -> TracePart:
    hop = found.hop
    return TracePart(
        need=found.need,
        verdict=found.verdict.value,
        hop=None
        if hop is None
        else HopPart(
            flow=hop.flow,
            from_=hop.from_,
            to=hop.to,
            reasons=[reason.value for reason in hop.reasons],
            uncovered=hop.is_uncovered,
        ),
    )


def _mending(found: Mending) -> MendingPart:
    return MendingPart(
        what=list(found.what),
        turns=[
            TurnPart(
                turn=one.turn.value,
                activities=list(chain.activities),
                attribute=chain.attribute.value,
                before=one.before.state.value if one.before else None,
                after=one.after.state.value if one.after else None,
            )
            for one in found.turns
            for chain in (one.after or one.before,)
            if chain is not None
        ],
        lifted=[one.value for one in found.lifted],
        lowered=[one.value for one in found.lowered],
        after=chains_part(found.changed, found.after),
    )
