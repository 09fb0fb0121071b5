"""R4B, R5 and STU3 go through fhir.resources, and say so; nothing of a record is echoed."""

import json
from typing import Any

import pytest

from sharedcare.errors import InputRefused
from sharedcare.fhir import read_model, validate_resource
from sharedcare.fhir.payloads.other_versions import issues_by_model
from sharedcare.fhir.payloads.versions import version_of
from tests.fhir.examples import EXAMPLES, PATIENT, changed

VERSIONS = ("R4B", "R5", "STU3")

#: What stands in each fault and has to stay there.
SECRET = "Wolfeschlegel"

FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown": ({SECRET: 1}, "unknown-element", "Patient"),
    "unknown inside": ({"name": [{SECRET: SECRET}]}, "unknown-element", "Patient.name[0]"),
    "boolean": ({"active": SECRET}, "type-boolean", "Patient.active"),
    "array": ({"contact": {"name": SECRET}}, "array-expected", "Patient.contact"),
    "missing": ({"link": [{"type": "refer"}]}, "required-element", "Patient.link[0]"),
    "date": ({"birthDate": SECRET}, "model-value", "Patient.birthDate"),
    "string": ({"name": [{"family": 5}]}, "type-string", "Patient.name[0].family"),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_place_without_what_stands_there(name: str, version: str) -> None:
    parts, rule, path = FAULTS[name]
    data = json.dumps({"resourceType": "Patient", **parts}).encode()
    (issue,) = issues_by_model(data, version)
    assert (issue.rule, issue.path) == (rule, path)
    assert issue.byte > 0
    assert SECRET not in issue.message


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "json-empty"),
        (b"[]", "resource-object"),
        (b"{}", "resource-type-missing"),
        (b'{"resourceType":"Wolfeschlegel"}', "resource-type-unknown"),
        (b'{"resourceType":"../os"}', "resource-type-unknown"),
        (b'{"resourceType":5}', "resource-type-unknown"),
        (b'{"resourceType":"Patient","id":"a","id":"b"}', "json-duplicate-key"),
        (b'{"resourceType":"Patient",}', "json-syntax"),
    ],
)
def test_what_is_no_resource_is_refused(data: bytes, rule: str, version: str) -> None:
    issues = issues_by_model(data, version)
    assert [issue.rule for issue in issues] == [rule]
    assert SECRET not in issues[0].message


HL7 = "http://hl7.org/fhir"
ENGLAND = "https://fhir.nhs.uk/STU3/StructureDefinition/"


@pytest.mark.parametrize(
    ("parts", "version"),
    [
        ({}, "R4"),
        ({"fhirVersion": "5.0.0"}, "R5"),
        ({"fhirVersion": "4.3.0"}, "R4B"),
        ({"fhirVersion": "3.0.2"}, "STU3"),
        ({"fhirVersion": "4.0.1"}, "R4"),
        ({"fhirVersion": "9.9"}, "R4"),
        ({"meta": {"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Patient"]}}, "R5"),
        ({"meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|4.3.0"]}}, "R4B"),
        ({"meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/Patient"]}}, "R4"),
        ({"meta": {"profile": [f"{ENGLAND}CareConnect-GPC-Patient-1"]}}, "STU3"),
        ({"extension": [{"url": f"{ENGLAND}Extension-CareConnect-NHSCommunication-1"}]}, "R4"),
        ({"extension": [{"url": f"{HL7}/5.0/StructureDefinition/extension-Patient.x"}]}, "R4"),
    ],
)
def test_the_version_is_what_a_resource_says_else_r4(parts: dict[str, Any], version: str) -> None:
    assert version_of(json.dumps({"resourceType": "X", **parts}).encode()) == version


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: str(one["resourceType"]))
def test_a_resource_becomes_a_model_and_the_model_is_taken_back(example: dict[str, Any]) -> None:
    model = read_model(json.dumps(example).encode())
    assert type(model).__name__ == example["resourceType"]
    # The library writes times and numbers in its own way; the elements are the same.
    assert json.loads(model.model_dump_json()).keys() == example.keys()
    assert validate_resource(model) == ()


def test_a_model_of_a_resource_with_faults_is_refused_with_all_of_them() -> None:
    wrong = json.dumps(changed(PATIENT, gender=SECRET, birthDate="1999-02-31")).encode()
    with pytest.raises(InputRefused) as refused:
        read_model(wrong)
    assert {fault.code for fault in refused.value.faults} == {"code-required", "date-impossible"}
    assert SECRET not in str([str(fault) for fault in refused.value.faults])
    with pytest.raises(InputRefused):
        read_model(b'{"resourceType":"Patient","birthDate":"x"}', "R5")


@pytest.mark.parametrize("version", ["R5", "STU3"])
def test_resources_of_a_bundle_are_looked_at_one_by_one(version: str) -> None:
    found = [
        {"resourceType": "Patient", "zebedee": 1},
        {"resourceType": "Zebedee"},
        {"gender": "male"},
        {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": {"resourceType": 5}}]},
        5,
    ]
    entries = [{"resource": one} for one in found]
    text = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": entries}).encode()
    told = [(issue.rule, issue.path) for issue in issues_by_model(text, version)]
    resource = "Bundle.entry[{}].resource".format
    assert told[-4:] == [
        ("unknown-element", resource(0)),
        ("resource-type-unknown", resource(1)),
        ("resource-type-missing", resource(2)),
        ("resource-type-unknown", f"{resource(3)}.entry[0].resource"),
    ]
    assert told[0][1].startswith(resource(4))
