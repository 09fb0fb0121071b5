"""Sharing agreements: who may pass what to whom, for which purpose, until when."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from sharedcare.landscape.carried import unbundled
from sharedcare.landscape.entry import Declared, Entry, Period
from sharedcare.landscape.fields import (
    CategoryOrAll,
    DateOrUnknown,
    Ids,
    Parties,
    Purposes,
    Text,
    kind_of,
    listed,
    refusal,
    word_or_unknown,
    word_schema,
)
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import AgreementStatus

#: Written in a slot of a lawful basis, it says that there is none.
NO_BASIS = "none"


class LawfulBasis(Declared):
    """The legal ground of sharing: GDPR articles 6 and 9, and what lifts confidentiality.

    A slot not said, or ``unknown``, is unknown; ``none`` says that there is no such ground.
    """

    article_6: Text | None = None
    article_9: Text | None = None
    confidentiality: Text | None = None

    def slot(self, name: str) -> str | None:
        """Return what a slot says, None if nothing does."""
        said: str | None = getattr(self, name)
        return None if said == "unknown" else said


def _basis(value: object) -> object:
    if value == NO_BASIS:
        return dict.fromkeys(LawfulBasis.model_fields, NO_BASIS)
    if value == "unknown":
        return {}
    if isinstance(value, Mapping | LawfulBasis):
        return value
    raise refusal(
        "wrong_type", f"a map of article_6, article_9 … is expected, not {kind_of(value)}"
    )


def categories_of(value: object, info: ValidationInfo) -> object:
    """Replace the bundles in a list of categories by what they stand for."""
    given = listed(value)
    if not isinstance(given, list | tuple):
        return given
    return [category for name in given for category in unbundled(name, info)]


Categories = Annotated[
    tuple[CategoryOrAll, ...],
    BeforeValidator(
        categories_of, json_schema_input_type=tuple[CategoryOrAll, ...] | CategoryOrAll
    ),
]


class Agreement(Entry):
    """A sharing agreement; parties are organisation ids, types (for all of them) or ``all``.

    ``retention`` says how long the receivers keep what is shared.
    """

    parties: Parties = ()
    categories: Categories = ()
    purposes: Purposes = ()
    lawful_basis: (
        Annotated[LawfulBasis, BeforeValidator(_basis, json_schema_input_type=LawfulBasis | str)]
        | None
    ) = None
    objections: Text | None = None
    retention: Text | None = None
    controllers: Ids = ()
    status: (
        Annotated[
            AgreementStatus | Unknown,
            word_or_unknown(AgreementStatus),
            word_schema(AgreementStatus, unknown=True),
        ]
        | None
    ) = None
    valid: Period | None = None
    reviewed: DateOrUnknown | None = None
    impact_assessed: DateOrUnknown | None = None
