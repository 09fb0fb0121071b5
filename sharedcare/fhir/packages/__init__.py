"""FHIR packages that a user gives: profiles, extensions, value sets and code systems.

:func:`read_packages` reads them; a :class:`Packages` is asked for structures (always with their
snapshot) and for value sets (with the codes that can be listed offline). Nothing is fetched.
"""

from sharedcare.fhir.packages.expansion import Expansion
from sharedcare.fhir.packages.opening import read_packages
from sharedcare.fhir.packages.package import PackageId, PackageResource, Packages
from sharedcare.fhir.packages.structure import (
    Binding,
    Constraint,
    Discriminator,
    ElementDefinition,
    Slicing,
    StructureDefinition,
    TypeReference,
    Value,
)

__all__ = [
    "Binding",
    "Constraint",
    "Discriminator",
    "ElementDefinition",
    "Expansion",
    "PackageId",
    "PackageResource",
    "Packages",
    "Slicing",
    "StructureDefinition",
    "TypeReference",
    "Value",
    "read_packages",
]
