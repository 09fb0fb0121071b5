"""What a dimension is: criteria, what they may look at, where they come from.

This module knows of no dimension in particular; :mod:`sharedcare.dimensions` holds the twenty-five.
A criterion is one yes/no question at one level from 1 to 5. It is *computed* by a pure function
that yields findings about the landscape, or *attested*: partners answer it, with evidence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.vocabulary import Group

LEVELS = (1, 2, 3, 4, 5)

#: A claim about the landscape: yields one finding for each thing it looks at.
Claim = Callable[[Evidence], Iterator[Finding]]


class Kind(Enum):
    """How a criterion is answered."""

    COMPUTED = "computed"
    ATTESTED = "attested"


class Scope(Enum):
    """Whether each organisation is asked, or the region as one."""

    ORGANISATION = "organisation"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something comes from. ``OURS`` marks what the authors of sharedcare chose."""

    text: str
    doi: str | None = None


CRESSWELL = Citation("Cresswell et al. 2023, J Med Internet Res 25:e38310", "10.2196/38310")
STEELE_GRAY = Citation("Steele Gray 2024, front-stage and backstage activities of integrated care")
RAMSEY = Citation("Ramsey 2023, how hospital trusts answer patients' online feedback")
OURS = Citation("ours")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One yes/no question.

    ``id`` is ``dimension.words``. ``threshold`` is the share of findings that must be met for a
    yes (computed criteria only): the constant that both the code and the question use.
    ``remedy`` says what to do about a no, to whoever must act.
    """

    id: str
    level: int
    scope: Scope
    question: str
    remedy: str
    claim: Claim | None = None
    threshold: Fraction = Fraction(1)
    may_not_apply: bool = False
    citation: Citation = OURS

    @property
    def kind(self) -> Kind:
        """Computed where there is a claim, else attested."""
        return Kind.COMPUTED if self.claim else Kind.ATTESTED

    @property
    def dimension(self) -> str:
        """The id of the dimension that the criterion belongs to."""
        return self.id.partition(".")[0]


class Degree(Enum):
    """How much of a burden there is. Source: NASSS (Greenhalgh et al. 2017)."""

    SIMPLE = "simple"
    COMPLICATED = "complicated"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class Measure:
    """A count of how much of a burden there is, never a criterion.

    ``count`` gives the number, None if there is nothing to count; from ``complicated`` on the
    burden is complicated, from ``complex`` on complex.
    """

    id: str
    words: str
    count: Callable[[Evidence], Fraction | None]
    complicated: int
    complex: int

    def degree(self, amount: Fraction) -> Degree:
        """Return the degree of an amount."""
        if amount >= self.complex:
            return Degree.COMPLEX
        return Degree.COMPLICATED if amount >= self.complicated else Degree.SIMPLE


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to be ready for shared care.

    ``definition`` and ``rationale`` are our words; only the name is the paper's. ``prerequisites``
    are ids of dimensions that this one leans on. ``exposure`` is empty unless it is a burden.
    """

    id: str
    name: str
    group: Group
    definition: str
    rationale: str
    criteria: tuple[Criterion, ...]
    prerequisites: tuple[str, ...] = ()
    exposure: tuple[Measure, ...] = ()
    citations: tuple[Citation, ...] = (CRESSWELL,)

    def at(self, level: int) -> tuple[Criterion, ...]:
        """The criteria of one level."""
        return tuple(criterion for criterion in self.criteria if criterion.level == level)
