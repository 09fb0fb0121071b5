"""The JSON document of an explanation, key by key, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Ages, waits and histories are in
seconds, capacities in events a second, shares lie between 0 and 1; null is without end where it
stands for an amount. Facts are ways into the profile (``flows.gp_hub.delay``).
"""

from datetime import date
from typing import Any

from pydantic import Field

from sharedcare.reports.document import Interval, NeedPart, Number, Part

SCHEMA_VERSION = "1.0"


class RouteStepPart(Part):
    """A place on a route; ``broken`` are the reasons for which the hop to it fails.

    ``open`` names the figures that hold only at best.
    """

    place: str
    flow: str | None
    age: Number | None
    wait: Number | None
    form: str
    reach: Number
    rekeys: int
    cover: str | None
    open: list[str]
    broken: list[str]


class SlackPart(Part):
    """The room that a route leaves to one limit; a form is told by its word."""

    limit: str
    used: Number | str | None
    allowed: Number | str | None
    left: Number | None
    share: Number | None


class WeakestHopPart(Part):
    """The step of the path, counted from 0, on which most depends."""

    step: int
    limit: str | None
    conformance: str | None


class SourceRoutesPart(Part):
    """How many routes from one source keep apart; low was found, high cannot be passed."""

    organisation: str
    apart: Interval
    ways: Interval


class ItemRobustnessPart(Part):
    """How sturdy one item is."""

    category: str
    required: bool
    source: str | None
    sure: bool
    path: list[RouteStepPart]
    slacks: list[SlackPart]
    weakest_hop: WeakestHopPart | None
    routes: list[SourceRoutesPart]


class SinglePointPart(Part):
    """One thing whose loss alone makes the verdict worse."""

    kind: str
    id: str
    verdict_after: str
    low_after: str
    high_after: str


class RobustnessPart(Part):
    """How sturdy what arrives is."""

    items: list[ItemRobustnessPart]
    single_points: list[SinglePointPart]


class RelaxationsPart(Part):
    """All smallest sets of families of condition with which the need would be met."""

    sets: list[list[str]]
    at_best: bool
    complete: bool


class SettledPart(Part):
    """How a fact that decides who is a source was taken."""

    fact: str
    good: bool


class LabelPart(Part):
    """What has become of the information where it has come to a place."""

    place: str
    phase: str
    moved: bool
    form: str
    age: Number | None
    wait: Number | None
    rekeys: int


class BlockedPart(Part):
    """A hop that takes it no further, and why; figures only where they are a reason."""

    flow: str | None
    from_: str = Field(serialization_alias="from")
    to: str
    reasons: list[str]
    leads_on: bool
    age: Number | None
    wait: Number | None
    rekeys: int | None
    form: str | None
    history: Number | None
    capacity: Number | None


class FrontierPart(Part):
    """Why nothing of one source's part of one item arrives: a certificate."""

    item: int
    category: str
    source: str
    at_best: bool
    settled: list[SettledPart]
    starts: list[str]
    refused: list[BlockedPart]
    reached: list[str]
    labels: list[LabelPart]
    blocked: list[BlockedPart]
    dead_ends: list[str]
    complete: bool


class NearestPart(Part):
    """The route of one source's part of an item that would serve if the fewest gave way."""

    item: int
    category: str
    source: str
    path: list[RouteStepPart]
    let_go: list[str]


class LossPart(Part):
    """Where people or sites are lost."""

    kind: str
    id: str
    key: str
    share: Number
    of: list[int] | None
    organisation: str | None
    known: bool


class LackingPart(Part):
    """One source of which an item does not come for everybody."""

    item: int
    category: str
    organisation: str
    reached: Number
    instances: int
    losses: list[LossPart]
    on_paper: list[str]


class KnowerPart(Part):
    """Who would know a fact: an organisation's id, or an owner or a supplier in words."""

    kind: str
    id: str


class FactPart(Part):
    """A fact that nobody has told, and who would know it."""

    fact: str
    question: str
    ask: list[KnowerPart]


class DecidingPart(Part):
    """The smallest sets of facts that decide the need, both ways."""

    facts: list[FactPart]
    if_good: list[list[str]]
    to_good: str
    if_bad: list[list[str]]
    to_bad: str
    complete: bool


class ExplanationDocument(Part):
    """Everything that explains the verdict on one need, for programs."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    as_of: date
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")
    need: NeedPart
    sentences: list[str]
    robustness: RobustnessPart | None
    relaxations: RelaxationsPart | None
    frontiers: list[FrontierPart]
    nearest: list[NearestPart]
    lacking: list[LackingPart]
    deciding: DecidingPart | None


def explanation_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = ExplanationDocument.model_json_schema(mode="serialization", by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare explanation of a need"
    return schema
