"""Flows: what moves from one place to another, how, how fast, and under which cover."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo

from sharedcare.landscape.carried import ALL, AS_HELD, FORM_WORDS, by_category
from sharedcare.landscape.entry import Declared, Entry, Period, ShortForm
from sharedcare.landscape.fields import (
    CategoryOrAll,
    DurationEstimate,
    Flag,
    FlagOrUnknown,
    FormOrUnknown,
    HoursField,
    Id,
    Ids,
    MoneyEstimate,
    RateEstimate,
    ShareEstimate,
    Text,
    Texts,
    Word,
    word,
    word_or_unknown,
    word_schema,
)
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Conformance, FlowStatus, Mode, Purpose


class Carried(Declared):
    """What a flow lets survive of one data category; ``as_held`` leaves the form as it is.

    ``withheld`` says what of the category the source holds back (``none``: nothing).
    """

    form: FormOrUnknown | None = None
    as_held: Flag = False
    meaning: Text | None = None
    code_systems: Texts = ()
    standard: Text | None = None
    withheld: Text | None = None


def _carried(form: object) -> dict[str, object]:
    if form is None:
        return {}
    return {"as_held": True} if form == AS_HELD else {"form": form}


def _carries(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Mapping) and value.get(AS_HELD) == ALL:
        rest = {key: given for key, given in value.items() if key != AS_HELD}
        made = by_category(rest, info, FORM_WORDS | {"unknown"}, _carried)
        return {ALL: {"as_held": True}} | (made if isinstance(made, dict) else {})
    return by_category(value, info, FORM_WORDS | {AS_HELD, "unknown"}, _carried)


Carries = Annotated[
    dict[CategoryOrAll, Carried],
    BeforeValidator(
        _carries,
        json_schema_input_type=dict[str, FormOrUnknown | Carried | tuple[str, ...] | str]
        | tuple[str, ...]
        | str,
    ),
]


def _carries_instead(value: object, info: ValidationInfo) -> object:
    """In a patch, a form and ``as_held`` take each other's place: only one of them can hold."""
    made = _carries(value, info)
    if not isinstance(made, dict):
        return made
    return {category: _instead(carried) for category, carried in made.items()}


def _instead(carried: object) -> object:
    if not isinstance(carried, Mapping) or ("form" in carried) == ("as_held" in carried):
        return carried
    return {**carried, "as_held" if "form" in carried else "form": None}


class FlowUse(Declared):
    """How far a flow is used in practice."""

    opened_by: ShareEstimate | None = None
    source: Text | None = None


class Flow(Entry):
    """A hop that information can take between two places (systems or stakeholders).

    ``from_`` and ``to`` follow the data, also where the receiver asks. ``delay`` belongs to push,
    batch and manual, ``wait`` to pull and view, ``interval`` to batch. ``agreements`` not said
    means any agreement of the landscape; an empty list covers nothing. ``notifies`` says whether
    people at the receiving end are told when something new arrives, ``corrects`` whether a
    correction at the source reaches what was delivered before.
    """

    from_: Id = Field(alias="from")
    to: Id
    mechanism: Word | None = None
    mode: Annotated[Mode, word(Mode), word_schema(Mode)]
    carries: Carries = {}
    delay: DurationEstimate | None = None
    wait: DurationEstimate | None = None
    interval: DurationEstimate | None = None
    hours: HoursField | None = None
    history: DurationEstimate | None = None
    reach: ShareEstimate | None = None
    rekeyed: FlagOrUnknown | None = None
    staff_time: DurationEstimate | None = None
    capacity: RateEstimate | None = None
    availability: ShareEstimate | None = None
    identity_domain: Word | Unknown | None = None
    match_rate: ShareEstimate | None = None
    basis: (
        Annotated[Purpose | Unknown, word_or_unknown(Purpose), word_schema(Purpose, unknown=True)]
        | None
    ) = None
    agreements: Ids | None = None
    standard: Text | None = None
    conformance: Annotated[Conformance, word(Conformance), word_schema(Conformance)] | None = None
    notifies: FlagOrUnknown | None = None
    corrects: FlagOrUnknown | None = None
    monitored: FlagOrUnknown | None = None
    status: Annotated[
        FlowStatus | Unknown, word_or_unknown(FlowStatus), word_schema(FlowStatus, unknown=True)
    ] = FlowStatus.LIVE
    valid: Period | None = None
    owner: Text | None = None
    use: FlowUse | None = None
    cost: MoneyEstimate | None = None
    evidence: Ids = ()

    short_forms: ClassVar[Mapping[str, ShortForm]] = {"carries": _carries_instead}
