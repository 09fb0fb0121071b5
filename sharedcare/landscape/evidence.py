"""What partners attest, what stands behind it, and how respondents rate the dimensions."""

import datetime
from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from sharedcare.landscape.entry import Entry
from sharedcare.landscape.fields import (
    CategoryId,
    Date,
    Id,
    Ids,
    NumberEstimate,
    Parties,
    Text,
    Word,
    refusal,
    word,
    word_or_unknown,
    word_schema,
)
from sharedcare.quantities import DAY, YEAR, Range, Unknown
from sharedcare.vocabulary import Answer


class EvidenceKind(Enum):
    """What stands behind an answer, from weakest to strongest. Ours."""

    ASSERTION = "assertion"
    DOCUMENT = "document"
    DECISION = "decision"
    SURVEY = "survey"
    AUDIT = "audit"
    MEASUREMENT = "measurement"
    TEST = "test"

    @property
    def is_assertion(self) -> bool:
        """Whether it is only somebody's word."""
        return self is EvidenceKind.ASSERTION


#: How long evidence of each kind stays fresh, in days (ours: two years unless things move faster).
SHELF_LIFE_DAYS: dict[EvidenceKind, int] = {
    EvidenceKind.ASSERTION: YEAR // DAY,
    EvidenceKind.DOCUMENT: 2 * YEAR // DAY,
    EvidenceKind.DECISION: 2 * YEAR // DAY,
    EvidenceKind.SURVEY: 2 * YEAR // DAY,
    EvidenceKind.AUDIT: 2 * YEAR // DAY,
    EvidenceKind.MEASUREMENT: YEAR // DAY,
    EvidenceKind.TEST: YEAR // DAY,
}


class EvidenceItem(Entry):
    """One piece of evidence: a board paper, an audit, a test report; undated is never fresh."""

    kind: Annotated[EvidenceKind, word(EvidenceKind), word_schema(EvidenceKind)]
    date: Date | None = None
    by: Text | None = None
    url: Text | None = None

    def is_fresh(self, as_of: datetime.date) -> bool:
        """Whether it is within its shelf life on a day; what is dated later is not."""
        if self.date is None:
            return False
        return 0 <= (as_of - self.date).days <= SHELF_LIFE_DAYS[self.kind]


_ANSWERS = [answer.value for answer in Answer]


def _yes_or_no(value: object) -> object:
    """Take Python's truth values, which some writers of YAML make of yes and no."""
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return value


class Attestation(Entry):
    """A partner's answer to a criterion, for organisations (ids, types, ``all``) or the region.

    ``criterion`` is the entry's own id where it is not said. ``organisations`` not said means the
    region. ``not_applicable`` needs a ``reason``.
    """

    criterion: CategoryId | None = None
    organisations: Parties = ()
    answer: Annotated[
        Answer | Unknown,
        word_or_unknown(Answer),
        BeforeValidator(_yes_or_no),
        WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": [*_ANSWERS, "unknown"]}]}),
    ]
    reason: Text | None = None
    evidence: Ids = ()
    by: Text | None = None
    date: Date | None = None

    @model_validator(mode="after")
    def _reason_given(self) -> "Attestation":
        if self.answer is Answer.NOT_APPLICABLE and not self.reason:
            raise refusal("reason_missing", "not_applicable needs a reason")
        return self


#: The top of the scale of ratings and levels.
HIGHEST = 5


class Round(Enum):
    """Where a rating stands: alone, after talk, or agreed with its dissent. Source: RAND/UCLA."""

    INDIVIDUAL = "individual"
    DISCUSSION = "discussion"
    AGREED = "agreed"


class Rating(Entry):
    """One respondent's ratings of dimensions, 0 to 5; respondents are roles, never names."""

    role: Word | None = None
    sector: Word | None = None
    organisation: Id | None = None
    round: Annotated[Round, word(Round), word_schema(Round)] = Round.INDIVIDUAL
    date: Date | None = None
    values: dict[Id, NumberEstimate] = {}
    words: Text | None = None

    @model_validator(mode="after")
    def _on_scale(self) -> "Rating":
        for value in self.values.values():
            ends = (value.low, value.high) if isinstance(value, Range) else (value,)
            if any(not isinstance(end, Unknown) and not 0 <= end <= HIGHEST for end in ends):
                raise refusal("off_scale", "a rating lies between 0 and 5")
        return self
