"""What a data category is: a kind of information about a person that partners hold and ask for.

An id is a dotted slug, and the dots are the whole hierarchy: ``medications`` is wider than
``medications.repeat``. A category says nothing about any partner; holdings, flows and needs do.
"""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How one of our categories stands to a part of another standard. Source: ours.

    There is no grade for a category that is wider than its target: it is related, and its note
    says what the target leaves out.
    """

    EQUIVALENT = "equivalent"
    """The same kind of content; the items may differ in detail."""
    NARROWER = "narrower"
    """All of our category belongs to the target, which holds other things as well."""
    RELATED = "related"
    """The two overlap, or ours is the wider; what overlaps has to be picked out."""
    NONE = "none"
    """The target is sometimes taken for this category and is another thing."""


class Contributor(Enum):
    """Who usually writes a category. Source: ours; a landscape says who does in its own place."""

    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    BOTH = "both"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a category stands to one part of a standard: a section of IPS, a class of USCDI.

    ``code`` is the LOINC code of an IPS section; USCDI has no codes for its classes.
    """

    target: str
    grade: Grade
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """A kind of information, named so that a planner, an integrator and a standard can meet.

    ``fhir_types`` are resource types of FHIR R4 that carry it and ``code_systems`` the canonical
    URIs of the code systems it is coded in, in the UK and in IPS; those of a category include those
    of its sub-items. ``ips`` and ``uscdi`` are None where nothing is claimed, which is not the same
    as :attr:`Grade.NONE`, and are not inherited. ``prsb`` is the section's name in the PRSB Core
    Information Standard v2; a sub-item has none of its own. ``sensitive`` marks what partners
    commonly show to fewer people than the rest of the record.
    """

    id: str
    name: str
    description: str
    fhir_types: tuple[str, ...]
    code_systems: tuple[str, ...] = ()
    ips: Mapping | None = None
    uscdi: Mapping | None = None
    prsb: str | None = None
    contributed_by: Contributor
    sensitive: bool = False
    note: str | None = None


def ancestors(category_id: str) -> tuple[str, ...]:
    """Return the ids that are wider than this one, nearest first; they need not be declared.

    ``ancestors("a.b.c")`` is ``("a.b", "a")``.
    """
    parts = category_id.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))


def covers(wider: str, narrower: str) -> bool:
    """Whether ``wider`` is the same category as ``narrower`` or one of its ancestors.

    It is asked in the innermost loops of the flow graph, so it compares text and builds nothing
    but one prefix.
    """
    return wider == narrower or narrower.startswith(f"{wider}.")
