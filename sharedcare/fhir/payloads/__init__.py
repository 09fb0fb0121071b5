"""Payloads of any size: from files, folders and streams to counts and issues.

``validate_paths`` reads (:mod:`inputs`), works on pieces in this process or several
(:mod:`workers`), keeps what is done (:mod:`store`) and adds up (:mod:`tally`).
"""

from sharedcare.fhir.payloads.conformance import Conformance, validate_paths
from sharedcare.fhir.payloads.settings import Settings

__all__ = ["Conformance", "Settings", "validate_paths"]
