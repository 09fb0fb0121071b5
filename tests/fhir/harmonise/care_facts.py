"""More facts as each version of FHIR writes them: results, orders, plans, people and messages."""

from tests.fhir.harmonise.sending import NHS_NUMBER, RIGHT, SNOMED_CT, Json, concept

CODE = concept(SNOMED_CT, "1", "One")
WHO, BY = {"reference": "Patient/1"}, {"reference": "Practitioner/1"}
DAY, LATER = "2026-01-02", "2026-01-05"
PERIOD = {"start": DAY}
INSTANT = "2026-01-05T09:00:00Z"
VISIT = {"reference": "Encounter/1"}
EVERY = ("STU3", "R4", "R5", "DSTU2")


def _results() -> dict[str, dict[str, Json]]:
    quantity = {"value": 5, "code": "mmol/L", "system": "http://unitsofmeasure.org"}
    result = {"resourceType": "Observation", "status": "final", "code": CODE, "subject": WHO,
              "category": [concept(None, "laboratory")], "effectiveDateTime": DAY,
              "issued": INSTANT, "performer": [BY], "valueQuantity": quantity}  # fmt: skip
    panel = {key: value for key, value in result.items() if key != "valueQuantity"}
    member = {"reference": "Observation/2"}
    related = {"related": [{"type": "has-member", "target": member}]}
    report = {"resourceType": "DiagnosticReport", "status": "final", "code": CODE, "subject": WHO,
              "effectiveDateTime": DAY, "issued": INSTANT}  # fmt: skip
    pictures = {"resourceType": "ImagingStudy", "started": DAY}
    return {
        "result": {
            "STU3": {**result, "context": VISIT},
            "R4": result,
            "R5": {**result, "triggeredBy": [{"observation": member, "type": "reflex"}]},
            "DSTU2": {**result, "category": concept(None, "laboratory"), "comments": "x"},
        },
        "panel": {
            "STU3": {**panel, **related, "context": VISIT},
            "R4": {**panel, "hasMember": [member]},
            "R5": {**panel, "hasMember": [member]},
            "DSTU2": {**panel, **related, "comments": "x"},
        },
        "report": {
            "STU3": {**report, "performer": [{"actor": BY}], "context": VISIT},
            "R4": {**report, "performer": [BY]},
            "R5": {**report, "performer": [BY], "note": [{"text": "x"}]},
            "DSTU2": {**report, "performer": BY, "request": [{"reference": "DiagnosticOrder/1"}]},
        },
        "pictures": {
            "STU3": {**pictures, "uid": "urn:oid:1.2.3", "patient": WHO, "procedureCode": [CODE]},
            "R4": {**pictures, "status": "available", "subject": WHO, "procedureCode": [CODE]},
            "R5": {**pictures, "status": "available", "subject": WHO,
                   "procedure": [{"concept": CODE}]},
        },
    }  # fmt: skip


def _orders() -> dict[str, dict[str, Json]]:
    order = {"status": "active", "intent": "order", "subject": WHO, "occurrenceDateTime": DAY,
             "authoredOn": LATER}  # fmt: skip
    lab = [concept(SNOMED_CT, "108252007")]
    return {
        "test ordered": {
            "STU3": {"resourceType": "ProcedureRequest", **order, "code": CODE,
                     "requester": {"agent": BY}, "reasonCode": [CODE]},
            "R4": {"resourceType": "ServiceRequest", **order, "code": CODE, "category": lab,
                   "requester": BY, "reasonCode": [CODE]},
            "R5": {"resourceType": "ServiceRequest", **order, "code": {"concept": CODE},
                   "category": lab, "requester": BY, "reason": [{"concept": CODE}]},
            "DSTU2": {"resourceType": "ProcedureRequest", "status": "requested", "code": CODE,
                      "subject": WHO, "scheduledDateTime": DAY, "orderedOn": LATER, "orderer": BY,
                      "reasonCodeableConcept": CODE},
        },
        "supply ordered": {
            "STU3": {"resourceType": "SupplyRequest", "status": "active", "authoredOn": LATER,
                     "orderedItem": {"quantity": {"value": 1}, "itemCodeableConcept": CODE},
                     "occurrenceDateTime": DAY, "requester": {"agent": BY}},
            "R4": {"resourceType": "SupplyRequest", "status": "active", "authoredOn": LATER,
                   "itemCodeableConcept": CODE, "quantity": {"value": 1},
                   "occurrenceDateTime": DAY, "requester": BY},
        },
        "supply brought": {
            "STU3": {"resourceType": "SupplyDelivery", "status": "completed", "patient": WHO,
                     "suppliedItem": {"itemCodeableConcept": CODE}, "occurrenceDateTime": DAY,
                     "supplier": BY},
            "R4": {"resourceType": "SupplyDelivery", "status": "completed", "patient": WHO,
                   "suppliedItem": {"itemCodeableConcept": CODE}, "occurrenceDateTime": DAY,
                   "supplier": BY},
            "R5": {"resourceType": "SupplyDelivery", "status": "completed", "patient": WHO,
                   "suppliedItem": [{"itemCodeableConcept": CODE}], "occurrenceDateTime": DAY,
                   "supplier": BY},
        },
        "medicine handed over": {
            "STU3": {"resourceType": "MedicationDispense", "status": "completed", "subject": WHO,
                     "medicationCodeableConcept": CODE, "whenHandedOver": DAY,
                     "performer": [{"actor": BY}], "notDone": False},
            "R4": {"resourceType": "MedicationDispense", "status": "completed", "subject": WHO,
                   "medicationCodeableConcept": CODE, "whenHandedOver": DAY,
                   "performer": [{"actor": BY}]},
            "R5": {"resourceType": "MedicationDispense", "status": "completed", "subject": WHO,
                   "medication": {"concept": CODE}, "whenHandedOver": DAY,
                   "performer": [{"actor": BY}]},
            "DSTU2": {"resourceType": "MedicationDispense", "status": "completed", "patient": WHO,
                      "medicationCodeableConcept": CODE, "whenHandedOver": DAY, "dispenser": BY},
        },
    }  # fmt: skip


def _plans() -> dict[str, dict[str, Json]]:
    goal = {"resourceType": "Goal", "description": CODE, "subject": WHO, "startDate": DAY,
            "statusDate": LATER}  # fmt: skip
    risk = {"resourceType": "RiskAssessment", "status": "final", "code": CODE, "subject": WHO,
            "occurrenceDateTime": DAY, "performer": BY,
            "prediction": [{"outcome": CODE}]}  # fmt: skip
    thought = {"resourceType": "ClinicalImpression", "status": "completed", "subject": WHO,
               "effectiveDateTime": DAY, "summary": "x"}  # fmt: skip
    visit = {"resourceType": "Appointment", "status": "booked", "start": INSTANT,
             "end": "2026-01-05T10:00:00Z", "created": DAY}  # fmt: skip
    seen = [{"actor": BY, "status": "accepted"}, {"actor": WHO, "status": "accepted"}]
    return {
        "goal": {
            "STU3": {**goal, "status": "in-progress", "expressedBy": BY},
            "R4": {**goal, "lifecycleStatus": "active", "expressedBy": BY},
            "R5": {**goal, "lifecycleStatus": "active", "source": BY},
        },
        "risk": {
            "STU3": {**risk, "comment": "x"},
            "R4": risk,
            "R5": {**risk, "reason": [{"concept": CODE}]},
        },
        "clinical impression": {
            "STU3": {**thought, "code": CODE, "assessor": BY, "context": VISIT},
            "R4": {**thought, "code": CODE, "assessor": BY},
        },
        "appointment": {
            "STU3": {**visit, "serviceType": [CODE], "participant": seen, "reason": [CODE],
                     "indication": [{"reference": "Condition/1"}]},
            "R4": {**visit, "serviceType": [CODE], "participant": seen, "reasonCode": [CODE]},
            "R5": {**visit, "serviceType": [{"concept": CODE}], "participant": seen,
                   "reason": [{"concept": CODE}], "subject": WHO},
        },
        "care team": {
            "STU3": {"resourceType": "CareTeam", "status": "active", "category": [CODE],
                     "subject": WHO, "period": PERIOD, "context": VISIT},
            "R4": {"resourceType": "CareTeam", "status": "active", "category": [CODE],
                   "subject": WHO, "period": PERIOD, "encounter": VISIT},
            "R5": {"resourceType": "CareTeam", "status": "active", "category": [CODE],
                   "subject": WHO, "period": PERIOD, "reason": [{"concept": CODE}]},
        },
        "episode": {
            version: {"resourceType": "EpisodeOfCare", "status": "active", "type": [CODE],
                      "patient": WHO, "period": PERIOD, "careManager": BY}
            for version in EVERY
        },
    }  # fmt: skip


def _people_and_papers() -> dict[str, dict[str, Json]]:
    patient = {"resourceType": "Patient", "birthDate": "1950-01-01", "gender": "female",
               "identifier": [{"system": NHS_NUMBER, "value": RIGHT}]}  # fmt: skip
    picture = {"resourceType": "Media", "subject": WHO, "operator": BY, "content": {"title": "x"}}
    letter = {"resourceType": "Composition", "status": "final", "type": CODE, "date": DAY,
              "title": "x", "author": [BY], "section": [{"title": "x"}]}  # fmt: skip
    message = {"resourceType": "Communication", "status": "completed", "subject": WHO,
               "category": [CODE], "sent": DAY, "sender": BY}  # fmt: skip
    trial = {"resourceType": "ResearchSubject", "study": {"reference": "ResearchStudy/1"},
             "period": PERIOD}  # fmt: skip
    return {
        "patient": {
            "STU3": {**patient, "generalPractitioner": [BY]},
            "R4": {**patient, "generalPractitioner": [BY]},
            "R5": {**patient, "generalPractitioner": [BY]},
            "DSTU2": {**patient, "careProvider": [BY]},
        },
        "contact": {
            "STU3": {"resourceType": "RelatedPerson", "patient": WHO, "relationship": CODE},
            "R4": {"resourceType": "RelatedPerson", "patient": WHO, "relationship": [CODE]},
            "R5": {"resourceType": "RelatedPerson", "patient": WHO, "relationship": [CODE]},
            "DSTU2": {"resourceType": "RelatedPerson", "patient": WHO, "relationship": CODE},
        },
        "photograph": {
            "STU3": {**picture, "type": "photo", "subtype": CODE, "occurrenceDateTime": DAY},
            "R4": {**picture, "status": "completed", "type": CODE, "createdDateTime": DAY},
        },
        "summary": {
            "STU3": {**letter, "subject": WHO, "class": CODE},
            "R4": {**letter, "subject": WHO, "category": [CODE]},
            "R5": {**letter, "subject": [WHO], "name": "x"},
            "DSTU2": {**letter, "subject": WHO, "class": CODE},
        },
        "message": {
            "STU3": {**message, "reasonCode": [CODE], "context": VISIT},
            "R4": {**message, "reasonCode": [CODE]},
            "R5": {**message, "reason": [{"concept": CODE}]},
        },
        "trial": {
            "STU3": {**trial, "status": "candidate", "individual": WHO},
            "R4": {**trial, "status": "candidate", "individual": WHO},
            "R5": {**trial, "status": "active", "subject": WHO},
        },
    }  # fmt: skip


CARE_FACTS = {**_results(), **_orders(), **_plans(), **_people_and_papers()}
