"""A code in another resource: followed where it is contained or in the same Bundle."""

from typing import Any

import pytest

from sharedcare.fhir.harmonise.terminologies import Way
from tests.fhir.harmonise.sending import DMD, SNOMED_CT, Json, concept, condition, counted

AMLODIPINE = concept(DMD, "319773006", "Amlodipine 5mg tablets")
MEDICINE: Json = {"resourceType": "Medication", "id": "m1", "code": AMLODIPINE}


def request(reference: Any, **more: Any) -> Json:
    return {"resourceType": "MedicationRequest", "medicationReference": reference, **more}


def bundle(*entries: Json) -> Json:
    return {"resourceType": "Bundle", "type": "collection", "entry": list(entries)}


def ways(*sent: Json) -> dict[str, int]:
    return dict(counted(*sent).categories["medications"].ways)


@pytest.mark.parametrize(
    ("medicine", "reference"),
    [
        ({"resource": MEDICINE}, "Medication/m1"),
        ({"resource": MEDICINE}, "Medication/m1/_history/2"),
        ({"fullUrl": "https://gp.example/Medication/m1", "resource": MEDICINE}, "Medication/m1"),
        (
            {"fullUrl": "https://gp.example/Medication/m1", "resource": MEDICINE},
            "https://gp.example/Medication/m1",
        ),
        (
            {
                "fullUrl": "urn:uuid:5",
                "resource": {"resourceType": "Medication", "code": AMLODIPINE},
            },
            "urn:uuid:5",
        ),
    ],
)
def test_a_medicine_in_the_same_bundle_says_what_was_prescribed(
    medicine: Json, reference: str
) -> None:
    sent = request({"reference": reference})
    assert ways(bundle({"resource": sent}, medicine)) == {Way.CODED: 1}
    assert ways(bundle(medicine, {"resource": sent})) == {Way.CODED: 1}


def test_a_reference_of_r5_is_followed_too() -> None:
    sent = {
        "resourceType": "MedicationRequest",
        "medication": {"reference": {"reference": "Medication/m1"}},
    }
    assert ways(bundle({"resource": sent}, {"resource": MEDICINE})) == {Way.CODED: 1}


def test_what_is_contained_comes_before_what_is_in_the_bundle() -> None:
    sent = request(
        {"reference": "#m1"}, contained=[{**MEDICINE, "code": concept(SNOMED_CT, "322236009")}]
    )
    found = counted(bundle({"resource": sent}, {"resource": MEDICINE})).categories["medications"]
    assert list(found.codes.counts) == [(SNOMED_CT, "322236009")]


def test_a_medicine_on_another_line_is_not_looked_for() -> None:
    sent = request({"reference": "Medication/m1"})
    assert ways(MEDICINE, sent) == {Way.REFERENCE: 1}
    assert ways(bundle({"resource": MEDICINE}), bundle({"resource": sent})) == {Way.REFERENCE: 1}


@pytest.mark.parametrize("reference", ["Medication/m2", "#m1", 5, ["Medication/m1"], None])
def test_a_reference_that_leads_nowhere_is_no_code(reference: Any) -> None:
    sent = bundle({"resource": MEDICINE}, {"resource": request({"reference": reference})})
    assert Way.CODED not in ways(sent)


@pytest.mark.parametrize(
    "bad",
    [
        {"fullUrl": ["x"], "resource": MEDICINE},
        {"resource": {"resourceType": ["Medication"], "code": {}}},
        {"resource": "Medication"},
        {"resource": {**MEDICINE, "id": {"a": 1}}},
    ],
)
def test_an_entry_that_is_misshapen_spoils_no_other(bad: Json) -> None:
    found = counted(bundle(bad, {"resource": request({"reference": "Medication/m1"})}))
    assert found.add_up
    assert found.measured == 1


def test_resources_in_parts_of_parameters_are_measured() -> None:
    inner = {"name": "inner", "resource": condition()}
    parameters = [
        {"name": "one", "resource": condition(person=2)},
        {"name": "outer", "part": [{"name": "part", "part": [inner]}]},
    ]
    assert counted({"resourceType": "Parameters", "parameter": parameters}).measured == 2
