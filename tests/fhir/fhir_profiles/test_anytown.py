"""The example package: resources that fit its profiles, and what is told of those that do not."""

import copy
import json
from functools import cache
from typing import Any

import pytest

from scripts.make_test_package import ARCHIVE, FOLDER, SNOMED_CT, canonical
from sharedcare.fhir import Issue, Validator
from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.packages import read_packages
from sharedcare.places import Severity
from tests.fhir.fhir_profiles.anytown import ALL, concept

Json = dict[str, Any]
Way = tuple[str | int, ...]


@cache
def profiles() -> FhirProfiles:
    return FhirProfiles(read_packages([FOLDER / ARCHIVE]))


def issues(resource: Json) -> tuple[Issue, ...]:
    return Validator(fhir_profiles=profiles()).issues(json.dumps(resource).encode())


def with_change(name: str, way: Way, value: object) -> Json:
    """A resource that fits, with one value changed; None takes it away."""
    made = copy.deepcopy(ALL[name])
    inner: Any = made
    for step in way[:-1]:
        inner = inner[step]
    if value is None:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return made


@pytest.mark.parametrize("name", ALL)
def test_what_fits_has_no_error(name: str) -> None:
    assert [one for one in issues(ALL[name]) if one.is_error] == []


@pytest.mark.parametrize(
    ("name", "way", "value", "rule", "path"),
    [
        ("patient", ("name",), None, "profile-minimum", "Patient"),
        ("patient", ("gender",), None, "profile-minimum", "Patient"),
        ("patient", ("telecom",), None, "any-pat-2", "Patient"),
        (
            "patient",
            ("identifier", 0, "value"),
            "12345678901",
            "profile-length",
            "Patient.identifier[0].value",
        ),
        ("patient", ("identifier", 0, "value"), "x", "any-nhs-1", "Patient.identifier[0]"),
        (
            "patient",
            ("identifier", 0, "use"),
            "usual",
            "pattern-value",
            "Patient.identifier[0].use",
        ),
        (
            "patient",
            ("identifier", 0, "extension", 0, "valueCodeableConcept"),
            {"text": "yes"},
            "profile-code-required",
            "Patient.identifier[0].extension[0].value.ofType(CodeableConcept)",
        ),
        (
            "patient",
            ("extension", 0, "extension", 0),
            None,
            "slice-minimum",
            "Patient.extension[0]",
        ),
        (
            "patient",
            ("extension", 0, "extension", 0, "url"),
            "translator",
            "extension-part-unknown",
            "Patient.extension[0].extension[0]",
        ),
        (
            "patient",
            ("address", 0, "postalCode"),
            "far too long",
            "profile-length",
            "Patient.address[0].postalCode",
        ),
        ("child", ("contact", 0), {"name": {"text": "N"}}, "slice-at-end", "Patient.contact[0]"),
        ("child", ("contact", 1, "telecom"), None, "profile-minimum", "Patient.contact[1]"),
        ("child", ("identifier", 0), None, "slice-minimum", "Patient"),
        (
            "child",
            ("identifier", 0, "period"),
            {"start": "2020"},
            "profile-maximum",
            "Patient.identifier[0].period",
        ),
        ("observation", ("effectiveDateTime",), None, "any-obs-1", "Observation"),
        ("observation", ("category",), None, "slice-minimum", "Observation"),
        (
            "observation",
            ("category", 0, "coding", 0, "code"),
            "residential",
            "profile-code-required",
            "Observation.category[0]",
        ),
        (
            "observation",
            ("valueQuantity", "code"),
            None,
            "profile-minimum",
            "Observation.value.ofType(Quantity)",
        ),
        ("blood-pressure", ("component", 0), None, "slice-minimum", "Observation"),
        (
            "blood-pressure",
            ("component", 0, "interpretation"),
            [{"text": "high"}],
            "profile-maximum",
            "Observation.component[0].interpretation[0]",
        ),
        (
            "blood-pressure",
            ("component", 2, "valueQuantity", "code"),
            "/h",
            "fixed-value",
            "Observation.component[2].value.ofType(Quantity).code",
        ),
        (
            "condition",
            ("category", 0),
            concept("http://example.org/codes", "x"),
            "profile-code-extensible",
            "Condition.category[0]",
        ),
        (
            "condition",
            ("evidence", 0, "code"),
            [{"text": "and told"}],
            "",
            "",
        ),
        ("allergy", ("recordedDate",), None, "profile-minimum", "AllergyIntolerance"),
        (
            "allergy",
            ("code", "coding"),
            [concept(SNOMED_CT, "716186003")["coding"][0]] * 2,
            "slice-maximum",
            "AllergyIntolerance.code.coding[1]",
        ),
        ("summary", ("type",), "searchset", "fixed-value", "Bundle.type"),
        ("summary", ("entry", 0), None, "slice-minimum", "Bundle"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(
    name: str, way: Way, value: object, rule: str, path: str
) -> None:
    found = {(one.rule, one.path) for one in issues(with_change(name, way, value))}
    before = {(one.rule, one.path) for one in issues(ALL[name])}
    assert (found - before >= {(rule, path)}) if rule else found == before


def test_entries_in_another_order_are_told() -> None:
    entries = ALL["summary"]["entry"]
    found = issues(ALL["summary"] | {"entry": [entries[1], entries[0], entries[2]]})
    assert ("slice-order", "Bundle.entry[1]") in {(one.rule, one.path) for one in found}


def test_what_cannot_be_listed_offline_is_told_as_not_checked() -> None:
    (found,) = (one for one in issues(ALL["condition"]) if one.severity is Severity.INFORMATION)
    assert (found.rule, found.path) == ("profile-code-not-checked", "Condition.code")


def test_a_profile_is_named_by_the_name_that_its_author_gave_it() -> None:
    found = issues(with_change("patient", ("name",), None))
    said = "The FHIR profile AnytownPatient requires name at least 1 time."
    assert said in {one.message for one in found}
    assert canonical("patient").endswith("anytown-patient")
