"""Systems: where information is held, and what of it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from sharedcare.landscape.carried import FORM_WORDS, by_category
from sharedcare.landscape.entry import Declared, Entry, ShortForm
from sharedcare.landscape.fields import (
    CategoryId,
    DateOrUnknown,
    DurationEstimate,
    FlagOrUnknown,
    FormOrUnknown,
    Id,
    Parties,
    ShareEstimate,
    Text,
    Texts,
    Word,
    WordsOrUnknown,
    word_or_unknown,
    word_schema,
)
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import HUMAN_KINDS, Lifecycle

#: Words in the place of a supplier that name none: nobody has told us, and there is none.
NAMELESS = frozenset({"unknown", "none"})


class Holding(Declared):
    """One data category in one system.

    ``history`` is how far back it reaches, ``completeness`` the share of people for whom it is
    there, ``written_up_in`` how long after the event it stands in the system, ``meaning`` what the
    partner means by the category, ``absence`` what a blank means there (``none``: never settled),
    ``may_be_blank`` which fields of it need not be filled in (``none``: all always are).
    """

    form: FormOrUnknown | None = None
    authoritative: FlagOrUnknown = False
    history: DurationEstimate | None = None
    completeness: ShareEstimate | None = None
    code_systems: Texts = ()
    standard: Text | None = None
    written_up_in: DurationEstimate | None = None
    meaning: Text | None = None
    absence: Text | None = None
    may_be_blank: Text | None = None
    steward: Text | None = None


def _holding(form: object) -> dict[str, object]:
    return {} if form is None else {"form": form}


def _holdings(value: object, info: ValidationInfo) -> object:
    return by_category(value, info, FORM_WORDS | {"unknown"}, _holding)


Holdings = Annotated[
    dict[CategoryId, Holding],
    BeforeValidator(
        _holdings,
        json_schema_input_type=dict[str, FormOrUnknown | Holding | tuple[str, ...]]
        | tuple[str, ...]
        | str,
    ),
]


class Contract(Declared):
    """What a supplier is bound to: until when, open interfaces, a plan for leaving."""

    until: DateOrUnknown | None = None
    open_interfaces: FlagOrUnknown | None = None
    exit_plan: FlagOrUnknown | None = None


class Safety(Declared):
    """Who answers for clinical safety where the system is used, and when they last looked.

    ``officer`` is the clinical safety officer of the organisation that deploys it, by role;
    ``case_reviewed`` the day when the safety case was last reviewed, ``hazards_reviewed`` the day
    when the hazard log was. In England DCB0160 asks the deploying organisation for all three.
    """

    officer: Text | None = None
    case_reviewed: DateOrUnknown | None = None
    hazards_reviewed: DateOrUnknown | None = None


class System(Entry):
    """A system, on paper or electronic, or a person's head (kind ``person``).

    ``processor_for`` names organisations (ids, types or ``all``) for whom it only carries.
    """

    organisation: Id | None = None
    kind: Word | None = None
    supplier: Text | None = None
    product: Text | None = None
    version: Text | None = None
    owner: Text | None = None
    lifecycle: Annotated[
        Lifecycle | Unknown, word_or_unknown(Lifecycle), word_schema(Lifecycle, unknown=True)
    ] = Lifecycle.LIVE
    support_until: DateOrUnknown | None = None
    contract: Contract | None = None
    safety: Safety | None = None
    availability: ShareEstimate | None = None
    identity_domains: WordsOrUnknown | None = None
    processor_for: Parties = ()
    holds: Holdings = {}

    short_forms: ClassVar[Mapping[str, ShortForm]] = {"holds": _holdings}

    @property
    def supplied_by(self) -> str | None:
        """The supplier that is named; None where nobody said, or where nobody supplies it."""
        named = self.supplier is not None and self.supplier.casefold() not in NAMELESS
        return self.supplier if named else None

    @property
    def is_human(self) -> bool:
        """Whether a human hand passes on what is here (paper, a person's head)."""
        return self.kind in HUMAN_KINDS
