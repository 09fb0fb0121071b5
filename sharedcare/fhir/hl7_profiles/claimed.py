"""FHIR profiles that the specification itself defines: a resource that claims one is held to it.

Those of vital signs are left to ``vital_signs``, which holds every observation with one of their
codes to them, whatever it claims. What the profiles ask is read when one is first claimed, from
the package that :mod:`sharedcare.fhir.packages` always has.
"""

from functools import cache
from typing import TYPE_CHECKING

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.hl7_profiles.vital_signs import NAMED
from sharedcare.fhir.walk import Fault, Scope
from sharedcare.places import Severity

if TYPE_CHECKING:
    from sharedcare.fhir.fhir_profiles import FhirProfiles

BASE = "http://hl7.org/fhir/StructureDefinition/"

#: What is told only of packages that somebody gave: here nobody did.
_OF_PACKAGES = frozenset(
    {"profile-unknown", "extension-unknown", "modifier-extension-unknown", "profile-not-checked"}
)


def is_core_profile(definitions: Definitions, canonical: str) -> bool:
    """Whether a profile is one of the specification's own that is held against claims here."""
    plain = canonical.partition("|")[0]
    name = plain.removeprefix(BASE)
    return plain in definitions.raw["profiles"] and name not in NAMED


def core_profile_faults(root: Scope) -> list[Fault]:
    """Return what is wrong with a document by the specification's own profiles that it claims."""
    return [
        fault
        for fault in _profiles().faults(root)
        if fault.severity is not Severity.INFORMATION and fault.rule not in _OF_PACKAGES
    ]


@cache
def _profiles() -> "FhirProfiles":
    from sharedcare.fhir.fhir_profiles import FhirProfiles
    from sharedcare.fhir.packages import Packages

    return FhirProfiles(Packages())
