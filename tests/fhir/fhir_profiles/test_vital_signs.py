"""HL7's profiles of vital signs, by the walk through FHIR profiles and by rules written for them.

The two were made from the same pages in different ways: one reads the StructureDefinitions, the
other (``vital_signs``) is code. On the official examples, and on what is left of them when
something is taken away or changed, both have to say the same.
"""

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.elements import check_root
from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.hl7_profiles.vital_signs import NAMED, broken, coded_signs
from sharedcare.fhir.packages import read_packages
from sharedcare.fhir.walk import Walk
from sharedcare.places import Severity
from tests.fhir.packages.made import HL7
from tests.fhir.test_samples import lines_of

Json = dict[str, Any]

#: The profile of each sign by its LOINC code.
PROFILES = {code: f"{HL7}/{name}" for name, code in NAMED.items() if code}


def observations() -> Iterator[tuple[Json, str]]:
    """Go through the official examples that are one vital sign, each with its LOINC code."""
    for line in lines_of("r4-examples.ndjson"):
        resource = json.loads(line)
        if resource["resourceType"] == "Observation":
            signs = coded_signs(resource.get("code"))
            if len(signs) == 1 and resource["status"] != "entered-in-error":
                yield resource, signs[0]


def variants(resource: Json) -> Iterator[Json]:
    """Go through a resource and what is left of it when something is taken away or changed."""
    yield resource
    for key in (
        "category",
        "subject",
        "effectiveDateTime",
        "valueQuantity",
        "component",
        "hasMember",
    ):
        yield {name: value for name, value in resource.items() if name != key}
    for at, one in enumerate([resource, *resource.get("component", [])]):
        for key in one.get("valueQuantity", {}):
            made = copy.deepcopy(resource)
            ([made, *made.get("component", [])][at])["valueQuantity"].pop(key)
            yield made
    for code in ("/min", "kg", "%", "Cel", "cm", "mm[Hg]"):
        yield resource | {"valueQuantity": {"value": 1, "unit": "x", "system": UCUM, "code": code}}
    yield resource | {"effectiveDateTime": "2020"}
    yield (
        resource | {"component": resource.get("component", [])[:1]}
        if "component" in resource
        else resource
    )


UCUM = "http://unitsofmeasure.org"


@cache
def held(canonical: str) -> FhirProfiles:
    return FhirProfiles(read_packages([]), [canonical])


def is_told_by_profile(resource: Json, sign: str) -> bool:
    walk = Walk(r4())
    scope = check_root(walk, resource)
    assert scope is not None
    walk.faults.clear()
    found = held(PROFILES[sign]).faults(scope)
    return any(fault.severity is Severity.ERROR for fault in found)


def test_both_say_the_same_of_every_vital_sign() -> None:
    compared, told = 0, 0
    for resource, sign in observations():
        for variant in variants(resource):
            by_rules = bool(list(broken(variant, [sign])))
            assert is_told_by_profile(variant, sign) is by_rules, json.dumps(variant)
            compared += 1
            told += by_rules
    assert compared > 100
    assert 0.2 * compared < told < 0.95 * compared
