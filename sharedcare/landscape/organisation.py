"""Organisations: who the partners are."""

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator

from sharedcare.identifiers import is_ods_code
from sharedcare.landscape.entry import Entry, Period
from sharedcare.landscape.fields import (
    Flag,
    NumberEstimate,
    PositiveCount,
    Text,
    Texts,
    Word,
    refusal,
    word_or_unknown,
    word_schema,
)
from sharedcare.quantities import Unknown


class SkillSource(Enum):
    """Where a partner finds a scarce skill: in its own people, with other partners, nowhere."""

    OWN = "own"
    SHARED = "shared"
    NONE = "none"


def _ods(text: str) -> str:
    if not is_ods_code(text):
        raise refusal("bad_ods_code", "an ODS code is three to ten capital letters and digits")
    return text


class Organisation(Entry):
    """A partner, or several alike as ``instances`` of one entry (28 practices).

    ``population`` counts the people served by the whole entry. ``maturity`` is a score on the
    scale that ``maturity_scale`` names (NHS Digital Maturity Assessment unless it says otherwise;
    ``none`` where it was never assessed). ``governing`` says whether the partner has a seat where
    the shared record is governed, its own or through one who speaks for its kind.
    ``specialists`` says of a scarce skill (``integration``, ``terminology``, …) where it is found.
    """

    type: Word | None = None
    sector: Word | None = None
    ownership: Word | None = None
    instances: PositiveCount = 1
    population: NumberEstimate | None = None
    ods_code: Annotated[Text, AfterValidator(_ods)] | None = None
    maturity: NumberEstimate | None = None
    maturity_scale: Text | None = None
    regulator: Texts = ()
    funder: Texts = ()
    footprint: Text | None = None
    governing: Flag | None = None
    specialists: dict[
        Word,
        Annotated[
            SkillSource | Unknown,
            word_or_unknown(SkillSource),
            word_schema(SkillSource, unknown=True),
        ],
    ] = {}
    valid: Period | None = None
