"""Resources that fit the FHIR profiles of the example package, each written for these tests."""

from typing import Any

from scripts.make_test_package import (
    CARE_KINDS,
    NHS_NUMBER,
    SNOMED_CT,
    UCUM,
    VERIFICATION,
    canonical,
)

Json = dict[str, Any]

_TERMS = "http://terminology.hl7.org/CodeSystem/"
LOINC = "http://loinc.org"


def claiming(name: str, /, **resource: Any) -> Json:
    """Return a resource that claims one of the package's profiles."""
    return {**resource, "meta": {"profile": [canonical(name)]}}


def concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


VERIFIED: Json = {
    "url": canonical("verification-status"),
    "valueCodeableConcept": concept(VERIFICATION, "verified"),
}
NEEDS: Json = {
    "url": canonical("communication-needs"),
    "extension": [
        {"url": "interpreter", "valueBoolean": True},
        {"url": "language", "valueCodeableConcept": concept("urn:ietf:bcp:47", "cy")},
    ],
}
NUMBER: Json = {
    "extension": [VERIFIED],
    "use": "official",
    "system": NHS_NUMBER,
    "value": "9990000018",
}
PATIENT = claiming(
    "patient",
    resourceType="Patient",
    id="ada",
    extension=[NEEDS],
    identifier=[NUMBER, {"system": "https://example.org/fhir/anytown/local-number", "value": "7"}],
    name=[{"family": "Example", "given": ["Ada"]}],
    telecom=[{"system": "phone", "value": "01632 960000"}],
    gender="female",
    birthDate="2015-02-28",
    address=[{"postalCode": "ZZ99 3WZ"}],
    generalPractitioner=[{"reference": "Organization/gp"}],
)
_ROLE = _TERMS + "v3-RoleCode"
CHILD = PATIENT | claiming(
    "child",
    contact=[
        {"relationship": [concept(_ROLE, "PRN")], "name": {"text": "P"}},
        {
            "relationship": [concept(_ROLE, "GUARD")],
            "telecom": [{"system": "phone", "value": "01632 960001"}],
        },
        {"name": {"text": "Neighbour"}},
    ],
)
OBSERVATION = claiming(
    "observation",
    resourceType="Observation",
    id="weight",
    status="final",
    category=[concept(CARE_KINDS, "reablement")],
    code={"text": "Steps"},
    subject={"reference": "Patient/ada"},
    effectiveDateTime="2026-01-01T10:00:00Z",
    valueQuantity={"value": 12, "unit": "steps", "system": UCUM, "code": "{steps}"},
)


def _pressure(code: str, value: int) -> Json:
    quantity = {"value": value, "unit": "mmHg", "system": UCUM, "code": "mm[Hg]"}
    return {"code": concept(LOINC, code), "valueQuantity": quantity}


BLOOD_PRESSURE = claiming(
    "blood-pressure",
    resourceType="Observation",
    id="pressure",
    status="final",
    category=[concept(_TERMS + "observation-category", "vital-signs")],
    code=concept(LOINC, "85354-9"),
    subject={"reference": "Patient/ada"},
    effectiveDateTime="2026-01-01T10:00:00Z",
    component=[
        _pressure("8480-6", 120),
        _pressure("8462-4", 80),
        {
            "code": concept(LOINC, "8867-4"),
            "valueQuantity": {"value": 60, "unit": "/min", "system": UCUM, "code": "/min"},
        },
    ],
)
CONDITION = claiming(
    "condition",
    resourceType="Condition",
    id="asthma",
    clinicalStatus=concept(_TERMS + "condition-clinical", "active"),
    verificationStatus=concept(_TERMS + "condition-ver-status", "confirmed"),
    category=[concept(_TERMS + "condition-category", "problem-list-item")],
    code=concept(SNOMED_CT, "195967001"),
    subject={"reference": "Patient/ada"},
    onsetDateTime="2020",
    evidence=[{"detail": [{"reference": "Observation/weight"}]}, {"code": [{"text": "told"}]}],
)
ALLERGY = claiming(
    "allergy",
    resourceType="AllergyIntolerance",
    id="none",
    clinicalStatus=concept(_TERMS + "allergyintolerance-clinical", "active"),
    code=concept(SNOMED_CT, "716186003"),
    patient={"reference": "Patient/ada"},
    recordedDate="2026-01-01",
)
SUMMARY = claiming(
    "summary",
    resourceType="Bundle",
    id="summary",
    type="collection",
    entry=[
        {"fullUrl": "https://example.org/fhir/Patient/ada", "resource": PATIENT},
        {"fullUrl": "https://example.org/fhir/AllergyIntolerance/none", "resource": ALLERGY},
        {"fullUrl": "https://example.org/fhir/Observation/weight", "resource": OBSERVATION},
    ],
)
ALL: dict[str, Json] = {
    "patient": PATIENT,
    "child": CHILD,
    "observation": OBSERVATION,
    "blood-pressure": BLOOD_PRESSURE,
    "condition": CONDITION,
    "allergy": ALLERGY,
    "summary": SUMMARY,
}
