"""Organisations: who the partners are."""

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
)


def _ods(text: str) -> str:
    if not is_ods_code(text):
        raise refusal("bad_ods_code", "an ODS code is three to ten capital letters and digits")
    return text


class Organisation(Entry):
    """A partner, or several alike as ``instances`` of one entry (28 practices).

    ``population`` counts the people served by the whole entry. ``maturity`` is a score on the
    scale that ``maturity_scale`` names (NHS Digital Maturity Assessment unless it says otherwise).
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
    valid: Period | None = None
