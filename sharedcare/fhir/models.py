"""Typed access: a resource as a model of the library fhir.resources, read through our guards.

The library has no models of R4 4.0.1; those of R4B, which differs from it in a few resources, stand
in for it. ``validate_resource`` takes such models too.
"""

from typing import TYPE_CHECKING

from sharedcare.errors import InputRefused, UsedWrongly
from sharedcare.fhir.issue import Issue
from sharedcare.fhir.validator import validate_resource
from sharedcare.places import Fault, Place

if TYPE_CHECKING:
    from pydantic import BaseModel

#: What the faults of bytes are told by.
NAME = "<resource>"


def read_model(data: bytes | str, version: str = "R4") -> "BaseModel":
    """Return one resource in JSON as a model of its version: R4, R4B, R5 or STU3.

    Raises InputRefused with every error that was found, and with no value of the resource, and
    UsedWrongly for a version that there is not. R4 is validated in full first. Warnings refuse
    nothing.
    """
    from sharedcare.fhir.payloads.other_versions import (  # heavy
        MODULES,
        issues_by_model,
        model_of,
    )

    if version not in MODULES:
        raise UsedWrongly(f"the version of FHIR is one of {', '.join(MODULES)}")
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")

    issues = validate_resource(data) if version == "R4" else issues_by_model(data, version)
    _refuse(issues, version)
    _refuse(issues_by_model(data, version), version)
    return model_of(data, version)


def _refuse(issues: tuple[Issue, ...], version: str) -> None:
    faults = [
        Fault(Place(NAME, one.line, one.column, one.byte, one.path), one.rule, one.message)
        for one in issues
        if one.is_error
    ]
    if faults:
        raise InputRefused(f"this is no valid resource of {version}", faults)
