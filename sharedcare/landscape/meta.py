"""What a profile says about itself."""

import re
from typing import Annotated

from pydantic import AfterValidator

from sharedcare.landscape.entry import Declared
from sharedcare.landscape.fields import Date, Text, Word, refusal
from sharedcare.vocabulary import LAWFUL_BASIS_ASKED


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise refusal("bad_currency", "a currency is three capital letters, such as GBP")
    return text


class Meta(Declared):
    """Title, day of the assessment (there is no clock), legal system, currency, author."""

    title: Text | None = None
    as_of: Date
    jurisdiction: Word = "other"
    currency: Annotated[Text, AfterValidator(_currency)] | None = None
    author: Text | None = None
    note: Text | None = None

    @property
    def lawful_basis_asked(self) -> tuple[str, ...]:
        """The slots of a lawful basis that this legal system asks for."""
        return LAWFUL_BASIS_ASKED.get(self.jurisdiction, ())
