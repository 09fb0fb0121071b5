"""FHIR profiles: resources held against the StructureDefinitions of packages that constrain them.

:class:`FhirProfiles` says which apply to a resource (:mod:`applicable`) and walks through it
(:mod:`constrained`); what a package holds is read by :mod:`sharedcare.fhir.packages`. Nothing is
fetched: what is not at hand is told as not checked.
"""

from sharedcare.fhir.fhir_profiles.applicable import FhirProfiles

__all__ = ["FhirProfiles"]
