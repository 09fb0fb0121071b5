"""What the core knows by itself of signs and documents is what the full lane knows of them."""

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.bundles import INSIDE
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from sharedcare.fhir.hl7_profiles.vital_signs import UNITS
from tests.fhir.broken import document, entry
from tests.fhir.examples import OBSERVATION, PATIENT, Json, changed, concept
from tests.fhir.fast_lane.nearly_good import line

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

FULL = Validator(fast=False)
LANE = FastLane(r4())

NOBODY = {"reference": "Patient/nobody"}
SOMETHING = {"reference": "Observation/nothing"}

#: Where a Composition has each of the elements that lead to entries of its document.
LEADING: dict[str, Json] = {
    "subject": {"subject": NOBODY},
    "encounter": {"encounter": {"reference": "Encounter/none"}},
    "author": {"author": [NOBODY]},
    "party": {"attester": [{"mode": "legal", "party": NOBODY}]},
    "custodian": {"custodian": {"reference": "Organization/none"}},
    "detail": {"event": [{"detail": [SOMETHING]}]},
    "entry": {"section": [{"entry": [SOMETHING]}]},
    "focus": {"section": [{"focus": SOMETHING, "entry": [SOMETHING]}]},
}


@pytest.mark.parametrize("sign", UNITS)
def test_every_vital_sign_is_held_to_its_form(sign: str) -> None:
    bare = line(changed(OBSERVATION, code=concept("http://loinc.org", sign), category=None))
    assert "vital-sign-category" in {issue.rule for issue in FULL.issues(bare)}
    assert LANE.accepted([bare]) == [False]


def test_all_elements_that_lead_inside_of_a_document_are_tried() -> None:
    assert LEADING.keys() == INSIDE["Composition"]
    assert INSIDE["MessageHeader"] == {"focus"}


@pytest.mark.parametrize("name", LEADING)
def test_what_leads_out_of_a_document_is_left_to_the_full_lane(name: str) -> None:
    made = document(entry("http://example.org/Patient/p1", {**PATIENT, "id": "p1"}))
    composition = made["entry"][0]["resource"]
    composition["id"] = "c1"
    assert LANE.accepted([line(made)]) == [True]
    composition |= LEADING[name]
    assert "bundle-document-reference" in {issue.rule for issue in FULL.issues(line(made))}
    assert LANE.accepted([line(made)]) == [False]
