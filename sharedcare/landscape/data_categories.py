"""The built-in catalogue of data categories, to which a landscape adds its own.

Names of sections are facts of the PRSB Core Information Standard v2, of the International Patient
Summary (HL7) and of USCDI as US Core tables it; names, descriptions, choice of FHIR types, grades
and notes are ours. Everything that is not certain is left out.
"""

from collections import abc
from functools import cache
from types import MappingProxyType

from sharedcare.landscape.catalogue.category import (
    Contributor,
    DataCategory,
    Grade,
    Mapping,
    ancestors,
    covers,
)
from sharedcare.landscape.catalogue.clinical import CLINICAL
from sharedcare.landscape.catalogue.everyday_life import EVERYDAY_LIFE
from sharedcare.landscape.catalogue.journeys import JOURNEYS
from sharedcare.landscape.catalogue.medicines import MEDICINES
from sharedcare.landscape.catalogue.person import PERSON
from sharedcare.landscape.catalogue.plans import PLANS
from sharedcare.landscape.catalogue.record import RECORD
from sharedcare.landscape.catalogue.safety_and_law import SAFETY_AND_LAW
from sharedcare.landscape.catalogue.services import SERVICES
from sharedcare.landscape.catalogue.targets import IPS_SECTIONS, USCDI_CLASSES

__all__ = [
    "BUILT_IN",
    "IPS_SECTIONS",
    "USCDI_CLASSES",
    "Contributor",
    "DataCategory",
    "Grade",
    "Mapping",
    "ancestors",
    "built_in",
    "covers",
]

#: Every built-in category by theme; a category stands before its sub-items, which follow at once.
BUILT_IN: tuple[DataCategory, ...] = (
    *PERSON,
    *SAFETY_AND_LAW,
    *MEDICINES,
    *CLINICAL,
    *EVERYDAY_LIFE,
    *JOURNEYS,
    *SERVICES,
    *PLANS,
    *RECORD,
)


@cache
def built_in() -> abc.Mapping[str, DataCategory]:
    """Return the catalogue by id, in its own order; it cannot be changed."""
    return MappingProxyType({category.id: category for category in BUILT_IN})
