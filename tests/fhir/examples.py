"""Valid resources, written for these tests: small, and of many kinds."""

import copy
from typing import Any

Json = dict[str, Any]

DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Seen <b>today</b>.</p></div>'
_TERMS = "http://terminology.hl7.org/CodeSystem/"


def concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T10:00:00Z"},
    "text": {"status": "generated", "div": DIV},
    "extension": [{"url": "http://example.org/consent", "valueBoolean": True}],
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9000000009"}],
    "active": True,
    "name": [{"use": "official", "family": "Example", "given": ["Ann", "Bea"]}],
    "telecom": [{"system": "phone", "value": "01632 960000", "rank": 1}],
    "gender": "female",
    "birthDate": "1950-02-28",
    "deceasedBoolean": False,
    "address": [{"line": ["1 High Street"], "city": "Anytown", "period": {"start": "2001"}}],
    "maritalStatus": concept(_TERMS + "v3-MaritalStatus", "M"),
    "contact": [{"name": {"family": "Example"}, "period": {"start": "2001", "end": "2020-01"}}],
    "communication": [{"language": {"text": "English"}, "preferred": True}],
    "generalPractitioner": [{"reference": "Practitioner/gp1", "display": "Dr Example"}],
    "managingOrganization": {"reference": "Organization/o1"},
    "link": [{"other": {"reference": "Patient/p0"}, "type": "replaces"}],
}
OBSERVATION: Json = {
    "resourceType": "Observation",
    "id": "o1",
    "status": "final",
    "category": [concept(_TERMS + "observation-category", "laboratory")],
    "code": concept("http://loinc.org", "718-7"),
    "subject": {"reference": "Patient/p1"},
    "encounter": {"reference": "Encounter/e1"},
    "effectiveDateTime": "2026-01-01T10:00:00+00:00",
    "issued": "2026-01-01T10:00:00.123Z",
    "valueQuantity": {
        "value": 7.2,
        "unit": "g/dL",
        "system": "http://unitsofmeasure.org",
        "code": "g/dL",
    },
    "interpretation": [concept(_TERMS + "v3-ObservationInterpretation", "L")],
    "note": [{"authorString": "Laboratory", "text": "Repeat."}],
    "referenceRange": [{"low": {"value": 7.5}, "high": {"value": 10.5}, "text": "adult"}],
}
ENCOUNTER: Json = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"system": _TERMS + "v3-ActCode", "code": "AMB"},
    "subject": {"reference": "Patient/p1"},
    "participant": [{"individual": {"reference": "Practitioner/gp1"}}],
    "period": {"start": "2026-01-01T10:00:00Z", "end": "2026-01-01T10:20:00Z"},
    "length": {"value": 20, "system": "http://unitsofmeasure.org", "code": "min"},
    "diagnosis": [{"condition": {"reference": "Condition/c1"}, "rank": 1}],
}
CONDITION: Json = {
    "resourceType": "Condition",
    "id": "c1",
    "clinicalStatus": concept(_TERMS + "condition-clinical", "active"),
    "verificationStatus": concept(_TERMS + "condition-ver-status", "confirmed"),
    "code": concept("http://snomed.info/sct", "73211009"),
    "subject": {"reference": "Patient/p1"},
    "onsetDateTime": "2020-02",
    "recordedDate": "2020-02-29",
    "stage": [{"summary": {"text": "early"}}],
}
REQUEST: Json = {
    "resourceType": "MedicationRequest",
    "id": "m1",
    "contained": [{"resourceType": "Medication", "id": "med", "code": {"text": "Paracetamol"}}],
    "status": "active",
    "intent": "order",
    "medicationReference": {"reference": "#med"},
    "subject": {"reference": "Patient/p1"},
    "authoredOn": "2026-01-01",
    "dosageInstruction": [
        {
            "sequence": 1,
            "text": "One twice a day",
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "asNeededBoolean": False,
            "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
        }
    ],
    "dispenseRequest": {"numberOfRepeatsAllowed": 0, "validityPeriod": {"start": "2026-01-01"}},
}
QUESTIONNAIRE: Json = {
    "resourceType": "Questionnaire",
    "id": "q1",
    "url": "http://example.org/q1",
    "status": "active",
    "date": "2026-01-01",
    "item": [
        {"linkId": "1", "text": "Pain?", "type": "boolean", "required": True},
        {
            "linkId": "2",
            "type": "group",
            "enableWhen": [{"question": "1", "operator": "=", "answerBoolean": True}],
            "item": [{"linkId": "2.1", "type": "integer", "maxLength": 2}],
        },
    ],
}
ATTACHMENT: Json = {
    "resourceType": "DocumentReference",
    "id": "d1",
    "status": "current",
    "content": [{"attachment": {"contentType": "text/plain", "data": "aGVsbG8=", "size": 5}}],
    "context": {"period": {"start": "2026-01-01", "end": "2026-01-02"}},
}
_FULL = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0"
BUNDLE: Json = {
    "resourceType": "Bundle",
    "id": "b1",
    "type": "transaction",
    "entry": [
        {
            "fullUrl": _FULL + "1",
            "resource": {"resourceType": "Patient", "id": "p1", "active": True},
            "request": {"method": "POST", "url": "Patient"},
        },
        {
            "fullUrl": _FULL + "2",
            "resource": {
                "resourceType": "Observation",
                "status": "final",
                "code": {"text": "Pulse"},
                "subject": {"reference": _FULL + "1"},
                "valueInteger": 60,
            },
            "request": {"method": "POST", "url": "Observation"},
        },
    ],
}
ORGANISATION: Json = {
    "resourceType": "Organization",
    "id": "o1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "A1"}],
    "active": True,
    "name": "Anytown Practice",
    "telecom": [{"system": "email", "value": "practice@example.org", "use": "work"}],
    "partOf": {"reference": "Organization/o0"},
}

EXAMPLES = (
    PATIENT,
    OBSERVATION,
    ENCOUNTER,
    CONDITION,
    REQUEST,
    QUESTIONNAIRE,
    ATTACHMENT,
    BUNDLE,
    ORGANISATION,
)


def changed(resource: Json, **parts: Any) -> Json:
    """A copy with some elements put in, or taken out where None is given."""
    made = {**copy.deepcopy(resource), **parts}
    return {key: value for key, value in made.items() if value is not None}
