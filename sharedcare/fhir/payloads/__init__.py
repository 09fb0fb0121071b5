"""Payloads of any size: from files, folders and streams to counts and issues.

``validate_paths`` reads (:mod:`inputs`), has each chunk worked on (:mod:`work`) by a driver of
:mod:`sharedcare.fhir.bulk`, and adds up (:mod:`tally`).
"""

from sharedcare.fhir.payloads.conformance import Conformance, validate_paths
from sharedcare.fhir.payloads.settings import Settings

__all__ = ["Conformance", "Settings", "validate_paths"]
