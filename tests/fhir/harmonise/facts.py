"""The same facts as each version of FHIR writes them, and FHIR XML of any of them."""

from html import escape
from typing import Any

from tests.fhir.harmonise.sending import DMD, SNOMED_CT, Json, concept

CODE = concept(SNOMED_CT, "1", "One")
MEDICINE = concept(DMD, "1", "One")
WHO, BY = {"reference": "Patient/1"}, {"reference": "Practitioner/1"}
DAY, LATER = "2026-01-02", "2026-01-05"
PERIOD = {"start": DAY}
INSTANT = "2026-01-05T09:00:00Z"

#: By fact, what each version makes of it; ``resourceType`` stands first where it changes.
FACTS: dict[str, dict[str, Json]] = {
    "problem": {
        "STU3": {"resourceType": "Condition", "clinicalStatus": "active", "code": CODE,
                 "subject": WHO, "onsetDateTime": DAY, "assertedDate": LATER, "asserter": BY},
        "R4": {"resourceType": "Condition", "clinicalStatus": concept(None, "active"), "code": CODE,
               "subject": WHO, "onsetDateTime": DAY, "recordedDate": LATER, "recorder": BY},
        "R5": {"resourceType": "Condition", "clinicalStatus": concept(None, "active"), "code": CODE,
               "subject": WHO, "onsetDateTime": DAY, "recordedDate": LATER,
               "participant": [{"actor": BY}]},
        "DSTU2": {"resourceType": "Condition", "clinicalStatus": "active", "code": CODE,
                  "patient": WHO, "onsetDateTime": DAY, "dateRecorded": LATER, "asserter": BY,
                  "verificationStatus": "confirmed"},
    },
    "allergy": {
        "STU3": {"resourceType": "AllergyIntolerance", "clinicalStatus": "active", "code": CODE,
                 "verificationStatus": "confirmed", "patient": WHO, "onsetDateTime": DAY,
                 "assertedDate": LATER, "recorder": BY},
        "R4": {"resourceType": "AllergyIntolerance", "clinicalStatus": concept(None, "active"),
               "code": CODE, "patient": WHO, "onsetDateTime": DAY, "recordedDate": LATER,
               "recorder": BY},
        "R5": {"resourceType": "AllergyIntolerance", "clinicalStatus": concept(None, "active"),
               "code": CODE, "patient": WHO, "onsetDateTime": DAY, "recordedDate": LATER,
               "participant": [{"actor": BY}]},
        "DSTU2": {"resourceType": "AllergyIntolerance", "substance": CODE, "patient": WHO,
                  "onset": DAY, "recordedDate": LATER, "reporter": BY, "status": "active"},
    },
    "vaccination": {
        "STU3": {"resourceType": "Immunization", "status": "completed", "notGiven": False,
                 "vaccineCode": CODE, "patient": WHO, "date": DAY, "primarySource": True,
                 "practitioner": [{"actor": BY}]},
        "R4": {"resourceType": "Immunization", "status": "completed", "vaccineCode": CODE,
               "patient": WHO, "occurrenceDateTime": DAY, "performer": [{"actor": BY}]},
        "R5": {"resourceType": "Immunization", "status": "completed", "vaccineCode": CODE,
               "patient": WHO, "occurrenceDateTime": DAY, "performer": [{"actor": BY}],
               "isSubpotent": False, "informationSource": {"reference": BY}},
        "DSTU2": {"resourceType": "Immunization", "status": "completed", "wasNotGiven": False,
                  "vaccineCode": CODE, "patient": WHO, "date": DAY, "performer": BY},
    },
    "procedure": {
        "STU3": {"resourceType": "Procedure", "status": "completed", "code": CODE, "subject": WHO,
                 "performedDateTime": DAY, "performer": [{"actor": BY}],
                 "context": {"reference": "Encounter/1"}, "reasonCode": [CODE]},
        "R4": {"resourceType": "Procedure", "status": "completed", "code": CODE, "subject": WHO,
               "performedDateTime": DAY, "performer": [{"actor": BY}], "reasonCode": [CODE]},
        "R5": {"resourceType": "Procedure", "status": "completed", "code": CODE, "subject": WHO,
               "occurrenceDateTime": DAY, "performer": [{"actor": BY}],
               "reason": [{"concept": CODE}]},
        "DSTU2": {"resourceType": "Procedure", "status": "completed", "code": CODE, "subject": WHO,
                  "performedDateTime": DAY, "performer": [{"actor": BY}], "notPerformed": False,
                  "reasonCodeableConcept": CODE},
    },
    "prescription": {
        "STU3": {"resourceType": "MedicationRequest", "intent": "order", "status": "active",
                 "medicationCodeableConcept": MEDICINE, "subject": WHO, "authoredOn": DAY,
                 "requester": {"agent": BY}, "context": {"reference": "Encounter/1"}},
        "R4": {"resourceType": "MedicationRequest", "intent": "order", "status": "active",
               "medicationCodeableConcept": MEDICINE, "subject": WHO, "authoredOn": DAY,
               "requester": BY},
        "R5": {"resourceType": "MedicationRequest", "intent": "order", "status": "active",
               "medication": {"concept": MEDICINE}, "subject": WHO, "authoredOn": DAY,
               "requester": BY},
        "DSTU2": {"resourceType": "MedicationOrder", "status": "active", "patient": WHO,
                  "medicationCodeableConcept": MEDICINE, "dateWritten": DAY, "prescriber": BY},
    },
    "medicine taken": {
        "STU3": {"resourceType": "MedicationStatement", "status": "active", "taken": "y",
                 "medicationCodeableConcept": MEDICINE, "subject": WHO, "effectiveDateTime": DAY,
                 "dateAsserted": LATER, "informationSource": BY},
        "R4": {"resourceType": "MedicationStatement", "status": "active",
               "medicationCodeableConcept": MEDICINE, "subject": WHO, "effectiveDateTime": DAY,
               "dateAsserted": LATER, "informationSource": BY},
        "R5": {"resourceType": "MedicationStatement", "status": "recorded",
               "medication": {"concept": MEDICINE}, "subject": WHO, "effectiveDateTime": DAY,
               "dateAsserted": LATER, "informationSource": [BY]},
        "DSTU2": {"resourceType": "MedicationStatement", "status": "active", "patient": WHO,
                  "medicationCodeableConcept": MEDICINE, "effectiveDateTime": DAY,
                  "wasNotTaken": False, "dateAsserted": LATER, "informationSource": BY},
    },
    "medicine given": {
        "STU3": {"resourceType": "MedicationAdministration", "status": "completed",
                 "medicationCodeableConcept": MEDICINE, "subject": WHO, "effectiveDateTime": DAY,
                 "performer": [{"actor": BY}], "notGiven": False},
        "R4": {"resourceType": "MedicationAdministration", "status": "completed",
               "medicationCodeableConcept": MEDICINE, "subject": WHO, "effectiveDateTime": DAY,
               "performer": [{"actor": BY}]},
        "R5": {"resourceType": "MedicationAdministration", "status": "completed",
               "medication": {"concept": MEDICINE}, "subject": WHO, "occurenceDateTime": DAY,
               "performer": [{"actor": {"reference": BY}}]},
        "DSTU2": {"resourceType": "MedicationAdministration", "status": "completed",
                  "medicationCodeableConcept": MEDICINE, "patient": WHO,
                  "effectiveTimeDateTime": DAY, "practitioner": BY},
    },
    "admission": {
        "STU3": {"resourceType": "Encounter", "status": "finished",
                 "class": {"code": "IMP"}, "type": [CODE], "subject": WHO, "period": PERIOD,
                 "participant": [{"individual": BY}], "reason": [CODE]},
        "R4": {"resourceType": "Encounter", "status": "finished",
               "class": {"code": "IMP"}, "type": [CODE], "subject": WHO, "period": PERIOD,
               "participant": [{"individual": BY}], "reasonCode": [CODE]},
        "R5": {"resourceType": "Encounter", "status": "completed",
               "class": [concept(None, "IMP")], "type": [CODE], "subject": WHO,
               "actualPeriod": PERIOD, "participant": [{"actor": BY}],
               "reason": [{"value": [{"concept": CODE}]}]},
        "DSTU2": {"resourceType": "Encounter", "status": "finished", "class": "inpatient",
                  "type": [CODE], "patient": WHO, "period": PERIOD,
                  "participant": [{"individual": BY}], "reason": [CODE]},
    },
    "referral": {
        "STU3": {"resourceType": "ReferralRequest", "status": "active", "intent": "order",
                 "serviceRequested": [CODE], "subject": WHO, "occurrenceDateTime": DAY,
                 "authoredOn": LATER, "requester": {"agent": BY}, "reasonCode": [CODE]},
        "R4": {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
               "category": [concept(SNOMED_CT, "3457005")], "code": CODE, "subject": WHO,
               "occurrenceDateTime": DAY, "authoredOn": LATER, "requester": BY,
               "reasonCode": [CODE]},
        "R5": {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
               "category": [concept(SNOMED_CT, "3457005")], "code": {"concept": CODE},
               "subject": WHO, "occurrenceDateTime": DAY, "authoredOn": LATER, "requester": BY,
               "reason": [{"concept": CODE}]},
        "DSTU2": {"resourceType": "ReferralRequest", "status": "active", "serviceRequested": [CODE],
                  "patient": WHO, "fulfillmentTime": PERIOD, "date": LATER, "requester": BY,
                  "reason": CODE},
    },
    "letter": {
        "STU3": {"resourceType": "DocumentReference", "status": "current", "type": CODE,
                 "subject": WHO, "created": DAY, "indexed": INSTANT, "author": [BY],
                 "content": [{"attachment": {"title": "x"}}]},
        "R4": {"resourceType": "DocumentReference", "status": "current", "type": CODE,
               "subject": WHO, "date": INSTANT, "author": [BY],
               "content": [{"attachment": {"creation": DAY}}]},
        "R5": {"resourceType": "DocumentReference", "status": "current", "type": CODE,
               "subject": WHO, "date": INSTANT, "author": [BY], "modality": [CODE],
               "content": [{"attachment": {"creation": DAY}}]},
        "DSTU2": {"resourceType": "DocumentReference", "status": "current", "type": CODE,
                  "subject": WHO, "created": DAY, "indexed": INSTANT, "author": [BY],
                  "content": [{"attachment": {"title": "x"}}]},
    },
    "consent": {
        "STU3": {"resourceType": "Consent", "status": "active", "category": [CODE], "patient": WHO,
                 "dateTime": DAY, "consentingParty": [BY], "policyRule": "http://example.org/p"},
        "R4": {"resourceType": "Consent", "status": "active", "category": [CODE], "patient": WHO,
               "scope": CODE, "dateTime": DAY, "performer": [BY], "provision": {"type": "permit"}},
        "R5": {"resourceType": "Consent", "status": "active", "category": [CODE], "subject": WHO,
               "date": DAY, "grantor": [BY], "decision": "permit"},
    },
    "plan": {
        "STU3": {"resourceType": "CarePlan", "status": "active", "intent": "plan",
                 "category": [CODE], "subject": WHO, "period": PERIOD, "author": [BY],
                 "context": {"reference": "Encounter/1"}},
        "R4": {"resourceType": "CarePlan", "status": "active", "intent": "plan", "category": [CODE],
               "subject": WHO, "period": PERIOD, "author": BY},
        "R5": {"resourceType": "CarePlan", "status": "active", "intent": "plan", "category": [CODE],
               "subject": WHO, "period": PERIOD, "custodian": BY},
        "DSTU2": {"resourceType": "CarePlan", "status": "active", "category": [CODE],
                  "subject": WHO, "period": PERIOD, "author": [BY],
                  "participant": [{"member": BY}]},
    },
    "device in use": {
        "STU3": {"resourceType": "DeviceUseStatement", "status": "active", "subject": WHO,
                 "device": {"reference": "Device/1"}, "timingDateTime": DAY, "recordedOn": LATER,
                 "source": BY, "indication": [CODE]},
        "R4": {"resourceType": "DeviceUseStatement", "status": "active", "subject": WHO,
               "device": {"reference": "Device/1"}, "timingDateTime": DAY, "recordedOn": LATER,
               "source": BY, "reasonCode": [CODE]},
        "R5": {"resourceType": "DeviceUsage", "status": "active", "patient": WHO,
               "device": {"reference": {"reference": "Device/1"}}, "timingDateTime": DAY,
               "dateAsserted": LATER, "informationSource": BY, "usageReason": [CODE]},
        "DSTU2": {"resourceType": "DeviceUseStatement", "subject": WHO, "whenUsed": PERIOD,
                  "device": {"reference": "Device/1"}, "recordedOn": LATER, "indication": [CODE],
                  "notes": ["x"]},
    },
    "aid ordered": {
        "STU3": {"resourceType": "DeviceRequest", "status": "active", "subject": WHO,
                 "intent": CODE, "codeCodeableConcept": CODE, "occurrenceDateTime": DAY,
                 "authoredOn": LATER, "requester": {"agent": BY}, "reasonCode": [CODE],
                 "context": {"reference": "Encounter/1"}},
        "R4": {"resourceType": "DeviceRequest", "status": "active", "subject": WHO,
               "intent": "order", "codeCodeableConcept": CODE, "occurrenceDateTime": DAY,
               "authoredOn": LATER, "requester": BY, "reasonCode": [CODE]},
        "R5": {"resourceType": "DeviceRequest", "status": "active", "subject": WHO,
               "intent": "order", "code": {"concept": CODE}, "occurrenceDateTime": DAY,
               "authoredOn": LATER, "requester": BY, "reason": [{"concept": CODE}]},
    },
    "answers": {
        "STU3": {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": WHO,
                 "questionnaire": {"reference": "http://example.org/q"}, "authored": DAY,
                 "author": BY, "item": [{"linkId": "1"}],
                 "context": {"reference": "Encounter/1"}},
        "R4": {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": WHO,
               "questionnaire": "http://example.org/q", "authored": DAY, "author": BY,
               "item": [{"linkId": "1"}]},
        "R5": {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": WHO,
               "questionnaire": "http://example.org/q|1", "authored": DAY, "author": BY,
               "item": [{"linkId": "1"}]},
        "DSTU2": {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": WHO,
                  "questionnaire": {"reference": "http://example.org/q"}, "authored": DAY,
                  "author": BY, "group": {"linkId": "1"}},
    },
    "message asked for": {
        "STU3": {"resourceType": "CommunicationRequest", "status": "active", "category": [CODE],
                 "subject": WHO, "occurrenceDateTime": DAY, "authoredOn": LATER,
                 "requester": {"agent": BY}, "reasonCode": [CODE], "topic": [WHO]},
        "R4": {"resourceType": "CommunicationRequest", "status": "active", "category": [CODE],
               "subject": WHO, "occurrenceDateTime": DAY, "authoredOn": LATER, "requester": BY,
               "reasonCode": [CODE]},
        "R5": {"resourceType": "CommunicationRequest", "status": "active", "category": [CODE],
               "intent": "order", "subject": WHO, "occurrenceDateTime": DAY, "authoredOn": LATER,
               "requester": BY, "reason": [{"concept": CODE}]},
    },
    "task": {
        "STU3": {"resourceType": "Task", "status": "requested", "intent": "order", "code": CODE,
                 "for": WHO, "executionPeriod": PERIOD, "authoredOn": LATER,
                 "requester": {"agent": BY}, "reason": CODE},
        "R4": {"resourceType": "Task", "status": "requested", "intent": "order", "code": CODE,
               "for": WHO, "executionPeriod": PERIOD, "authoredOn": LATER, "requester": BY,
               "reasonCode": CODE},
        "R5": {"resourceType": "Task", "status": "requested", "intent": "order", "code": CODE,
               "for": WHO, "executionPeriod": PERIOD, "authoredOn": LATER, "requester": BY,
               "reason": [{"concept": CODE}]},
    },
    "alert": {
        version: {"resourceType": "Flag", "status": "active", "code": CODE, "subject": WHO,
                  "period": PERIOD, "author": BY}
        for version in ("STU3", "R4", "R5", "DSTU2")
    },
    "relative": {
        version: {"resourceType": "FamilyMemberHistory", "status": "completed", "patient": WHO,
                  "relationship": CODE, "date": DAY, "condition": [{"code": CODE}]}
        for version in ("STU3", "R4", "R5", "DSTU2")
    },
}  # fmt: skip


def as_xml(resource: Json) -> bytes:
    """A resource in FHIR XML; its elements stand in the order of their names in JSON."""
    name = resource["resourceType"]
    return f'<{name} xmlns="http://hl7.org/fhir">{_inner(resource)}</{name}>'.encode()


def _inner(value: Json) -> str:
    return "".join(_element(key, inner) for key, inner in value.items() if key != "resourceType")


def _element(key: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(key, one) for one in value)
    if isinstance(value, dict) and "resourceType" in value:
        name = value["resourceType"]
        return f"<{key}><{name}>{_inner(value)}</{name}></{key}>"
    if isinstance(value, dict):
        url = f' url="{value["url"]}"' if "url" in value else ""
        return f"<{key}{url}>{_inner({k: v for k, v in value.items() if k != 'url'})}</{key}>"
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return f'<{key} value="{escape(word)}"/>'
