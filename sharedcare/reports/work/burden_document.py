"""The burden of a landscape as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Hours and events are a year,
times in seconds; null is not known, and never nothing.
"""

import json
from datetime import date
from typing import Any

from pydantic import Field

from sharedcare.flows.work.burden import Burden, Overload, Pushed, Total
from sharedcare.flows.work.chores import LOGIN_TIME, Amount, Work
from sharedcare.landscape import Landscape
from sharedcare.quantities import WEEK, Range, Rate, Unknown, as_number
from sharedcare.reports.document import Number, Part
from sharedcare.reports.losses.whatif_document import EstimatePart
from sharedcare.reports.provenance import Provenance

SCHEMA_VERSION = "1.0"


class TotalPart(Part):
    """The hours of several pieces of work, and of how many pieces they are not known."""

    hours: EstimatePart | None
    unknown: int


class RoleTotalPart(Part):
    """The hours of one role; null is nobody in particular, or no organisation."""

    organisation: str | None
    role: str | None
    total: TotalPart


class OrganisationTotalPart(Part):
    """The hours of one organisation; null stands for the person and those beside them."""

    organisation: str | None
    total: TotalPart


class ChoreTotalPart(Part):
    """The hours of one kind of work."""

    chore: str
    total: TotalPart


class WorkPart(Part):
    """One piece of work."""

    chore: str
    organisation: str | None
    role: str | None
    flow: str | None
    system: str | None
    needs: list[str]
    events: Number | None
    seconds: EstimatePart | None
    hours: EstimatePart | None
    certain: bool
    assumed: bool


class PushPart(Part):
    """One flow that pushes at a role what it did not ask for."""

    flow: str
    beyond: list[str]
    certain: bool
    per_week: EstimatePart | None
    at_most_per_week: Number | None


class OverloadPart(Part):
    """What is pushed at one role beyond any need of theirs."""

    role: str
    organisation: str
    asks: bool
    expected_per_week: Number
    expected_complete: bool
    attention_per_week: EstimatePart | None
    pushes: list[PushPart]


class BurdenPart(Part):
    """What people do by hand, and what is pushed at them."""

    assumed_login_seconds: EstimatePart
    total: TotalPart
    organisations: list[OrganisationTotalPart]
    roles: list[RoleTotalPart]
    chores: list[ChoreTotalPart]
    work: list[WorkPart]
    overload: list[OverloadPart]
    off_route: list[str]


class MadeFromPart(Part):
    """What the document was made from, and by which version."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    as_of: date
    profile_digest: str | None = Field(description="SHA-256 over the files of the profile.")


class BurdenDocument(BurdenPart, MadeFromPart):
    """Everything that is said of the burden, for programs."""


def burden_document(found: Burden, landscape: Landscape, provenance: Provenance) -> BurdenDocument:
    """Put a burden into its document."""
    return BurdenDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        as_of=landscape.as_of,
        profile_digest=provenance.digest or None,
        **dict(burden_part(found)),
    )


def burden_part(found: Burden) -> BurdenPart:
    """Put a burden into its part of a document."""
    login = Range(LOGIN_TIME.low.seconds, LOGIN_TIME.high.seconds)
    return BurdenPart(
        assumed_login_seconds=_estimate(login),
        total=_total(found.total),
        organisations=[
            OrganisationTotalPart(organisation=organisation, total=_total(total))
            for organisation, total in found.by_organisation().items()
        ],
        roles=[
            RoleTotalPart(organisation=organisation, role=role, total=_total(total))
            for (organisation, role), total in found.by_role().items()
        ],
        chores=[
            ChoreTotalPart(chore=chore.value, total=_total(total))
            for chore, total in found.by_chore().items()
        ],
        work=[_work(work) for work in found.work],
        overload=[_overload(one) for one in found.overload],
        off_route=list(found.off_route),
    )


def render_burden_json(found: Burden, landscape: Landscape, provenance: Provenance) -> str:
    """Return the document as text: same input, same bytes."""
    document = burden_document(found, landscape, provenance).model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def burden_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = BurdenDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare burden"
    return schema


def _estimate(amount: Amount) -> EstimatePart:
    return EstimatePart(
        low=as_number(amount.low),
        likely=None if amount.likely is None else as_number(amount.likely),
        high=as_number(amount.high),
    )


def _maybe(amount: Amount | None) -> EstimatePart | None:
    return None if amount is None else _estimate(amount)


def _total(total: Total) -> TotalPart:
    return TotalPart(hours=_maybe(total.hours), unknown=total.unknown)


def _work(work: Work) -> WorkPart:
    return WorkPart(
        chore=work.chore.value,
        organisation=work.organisation,
        role=work.role,
        flow=work.flow,
        system=work.system,
        needs=list(work.needs),
        events=None if work.events is None else as_number(work.events),
        seconds=_maybe(work.seconds),
        hours=_maybe(work.hours),
        certain=work.certain,
        assumed=work.assumed,
    )


def _overload(found: Overload) -> OverloadPart:
    return OverloadPart(
        role=found.role,
        organisation=found.organisation,
        asks=found.asks,
        expected_per_week=as_number(found.expected.per_second * WEEK),
        expected_complete=found.expected.complete,
        attention_per_week=_maybe(_per_week(found.attention)),
        pushes=[_push(push) for push in found.pushes],
    )


def _per_week(rate: Rate | Range[Rate] | Unknown | None) -> Amount | None:
    if rate is None or isinstance(rate, Unknown):
        return None
    whole = rate if isinstance(rate, Range) else Range(rate, rate, rate)
    likely = None if whole.likely is None else whole.likely.per_second * WEEK
    return Range(whole.low.per_second * WEEK, whole.high.per_second * WEEK, likely)


def _push(push: Pushed) -> PushPart:
    return PushPart(
        flow=push.flow,
        beyond=list(push.beyond),
        certain=push.certain,
        per_week=_maybe(push.per_week),
        at_most_per_week=None if push.at_most is None else as_number(push.at_most),
    )
