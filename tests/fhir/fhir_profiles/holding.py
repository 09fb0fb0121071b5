"""Resources held against FHIR profiles of packages that are made for a test."""

import json
from typing import Any

from sharedcare.fhir import Issue, Validator
from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.packages import Packages
from tests.fhir.packages.made import HERE, content, opened

Json = dict[str, Any]

ASKED = f"{HERE}/a"


def packages(*resources: Json) -> Packages:
    """Open a package of these resources."""
    return opened(content(*resources))


def issues(resource: Json, *held: Json, asked: str = ASKED, **options: Any) -> tuple[Issue, ...]:
    """Return the issues of a resource that is held against a FHIR profile of a package."""
    profiles = FhirProfiles(packages(*held), [asked] if asked else [], **options)
    return Validator(fhir_profiles=profiles).issues(json.dumps(resource).encode())


def told(resource: Json, *held: Json, **options: Any) -> set[tuple[str, str]]:
    """Return rules and paths of those issues."""
    return {(issue.rule, issue.path) for issue in issues(resource, *held, **options)}
