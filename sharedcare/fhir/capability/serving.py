"""Which data categories an interface can serve or take, and in which form.

A resource type stands for the category that it is mainly used for (Condition for problems).
Observation, which is of many uses, stands for what its profiles name; without these it may serve
any of several categories, and which is for the supplier to say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sharedcare.fhir.capability.statement import EVERYTHING, Interface, Served
from sharedcare.fhir.harmonise.kinds import KINDS, UNSORTED
from sharedcare.landscape import Landscape
from sharedcare.landscape.data_categories import ancestors, built_in, covers
from sharedcare.vocabulary import Form

#: Types that hold what people read, and nothing that a machine can use.
DOCUMENT_TYPES = frozenset(("DocumentReference", "Binary", "Composition", "Media"))

#: Types that are looked up for others, and tell nothing of a person by themselves.
_BESIDE = frozenset(("Medication", "Binary", "Device", "Organization", "PractitionerRole"))

#: What other versions call a type of R4. Sources: the definitions of STU3 and R5.
_ELSEWHERE = {
    "ServiceRequest": ("ReferralRequest", "ProcedureRequest"),
    "DeviceUseStatement": ("DeviceUsage",),
    "Media": ("DocumentReference",),
}

#: Categories of observations by words in the names of profiles. Sources: HL7, UK Core, US Core.
_PROFILED = tuple(
    (re.compile(words, re.IGNORECASE), category)
    for words, category in (
        ("observation-?lab|lab-?result", "investigation_results.laboratory"),
        (
            "vital-?signs|blood-?pressure|heart-?rate|body-?(weight|height|temp)|oxygensat"
            "|respiratory-?rate",
            "examination_findings.vital_signs",
        ),
        ("smok", "social_context.smoking"),
        ("alcohol", "social_context.alcohol"),
        ("pregnan", "pregnancy_status"),
    )
)


@dataclass(frozen=True, slots=True)
class ServedCategory:
    """A data category that an interface can serve: by which types, at best in which form."""

    category: str
    types: tuple[Served, ...]

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that are named for any of the types."""
        return tuple(dict.fromkeys(address for one in self.types for address in one.profiles))

    @property
    def form(self) -> Form:
        """The form that the statement shows: whether there are codes inside it cannot say."""
        if all(one.type in DOCUMENT_TYPES for one in self.types):
            return Form.DOCUMENT
        return Form.PROFILED if self.profiles else Form.STRUCTURED


def served(interface: Interface | None) -> tuple[ServedCategory, ...]:
    """The categories that others can surely read from an interface, in the catalogue's order."""
    return _by_category(given(interface))


def accepted(interface: Interface | None) -> tuple[ServedCategory, ...]:
    """The categories that others can surely create or change there."""
    return _by_category(taken(interface))


def _by_category(types: Iterable[Served]) -> tuple[ServedCategory, ...]:
    found: dict[str, list[Served]] = {}
    for one in types:
        for category in _categories_of(one):
            found.setdefault(category, []).append(one)
    return tuple(ServedCategory(name, tuple(found[name])) for name in built_in() if name in found)


def possible(interface: Interface | None) -> tuple[tuple[Served, tuple[str, ...]], ...]:
    """Types that are served and do not say as what: each with the categories that it may serve."""
    return tuple(
        (one, tuple(name for name in built_in() if "." not in name and one.type in types_of(name)))
        for one in given(interface)
        if not _categories_of(one) and any(one.type in types_of(name) for name in built_in())
    )


def given(interface: Interface | None) -> tuple[Served, ...]:
    """The types that others can get: read, searched, or as part of all that is known of a person.

    ``$everything`` of Patient gives every type that the statement names.
    """
    if interface is None:
        return ()
    patient = interface.of("Patient")
    gives_all = patient is not None and EVERYTHING in patient.operations
    return tuple(one for one in interface.types if one.gives or gives_all)


def taken(interface: Interface | None) -> tuple[Served, ...]:
    """The types that others can create or change."""
    return tuple(one for one in interface.types if one.takes) if interface else ()


def types_of(category: str, landscape: Landscape | None = None) -> tuple[str, ...]:
    """Resource types, of any version, that carry a category or, if it is new, its nearest ancestor.

    Types that are only looked up for others are left out where there are better ones.
    """
    for name in (category, *ancestors(category)):
        declared = landscape.data_categories.get(name) if landscape else None
        known = tuple(declared.fhir_types) if declared else ()
        known = known or (built_in()[name].fhir_types if name in built_in() else ())
        if known:
            better = tuple(type_ for type_ in known if type_ not in _BESIDE) or known
            others = (other for type_ in better for other in _ELSEWHERE.get(type_, ()))
            return tuple(dict.fromkeys((*better, *others)))
    return ()


def surely(category: str, types: Iterable[Served]) -> tuple[Served, ...]:
    """Those of some types that stand for a category, for a part of it, or for what it is in."""
    return tuple(
        one
        for one in types
        if any(covers(name, category) or covers(category, name) for name in _categories_of(one))
    )


def names_of(types: Iterable[Served]) -> str:
    """The names of types, for a sentence."""
    return ", ".join(dict.fromkeys(one.type for one in types))


def _categories_of(one: Served) -> tuple[str, ...]:
    kind = KINDS.get(one.type)
    if one.type == "Observation":
        names = [address.split("|")[0].rsplit("/", 1)[-1] for address in one.profiles]
        found = (word for name in names for sign, word in _PROFILED if sign.search(name))
        return tuple(dict.fromkeys(found))
    return (kind.category,) if kind is not None and kind.category != UNSORTED else ()
