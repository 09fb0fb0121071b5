"""Under which names each element that matters stands, in every version of FHIR.

One table: by resource type, what an element is for us, and the keys that hold it, the likeliest
first. Names moved between versions, mostly without changing what they mean; where one did, the
table follows the meaning: ``date`` of a DocumentReference is what STU3 called ``indexed``. A dotted
key stands inside another element. Which version has which key is in ``element_versions.json``, so
that nobody is asked for what their version cannot say.

Which elements matter is ours: without them nobody can tell whom, what, when, why or who said so.
"""

from collections.abc import Mapping

Keys = tuple[str, ...]

_MEDICINE = ("medicationCodeableConcept", "medicationReference", "medication")
_ONSET = (
    "onsetDateTime", "onsetPeriod", "onsetAge", "onsetString", "onsetRange", "onsetQuantity",
    "onset",
)  # fmt: skip
_WRITTEN = ("recordedDate", "assertedDate", "dateRecorded")
_EFFECTIVE = ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming")
_PERFORMED = (
    "performedDateTime", "performedPeriod", "performedString", "performedAge", "performedRange",
)  # fmt: skip
_OCCURRED = (
    "occurrenceDateTime", "occurrencePeriod", "occurrenceTiming", "occurrenceString",
    "occurrenceAge", "occurrenceRange",
)  # fmt: skip
_SCHEDULED = ("scheduledDateTime", "scheduledPeriod", "scheduledTiming")
_TIMING = ("timingDateTime", "timingPeriod", "timingTiming", "whenUsed")
#: R5 spells it so.
_GIVEN = (
    "occurenceDateTime", "occurencePeriod", "occurenceTiming", "effectiveTimeDateTime",
    "effectiveTimePeriod",
)  # fmt: skip
_REASON = ("reasonCode", "reasonReference", "reason", "reasonCodeableConcept")
_VALUE = (
    "valueQuantity", "valueCodeableConcept", "valueString", "valueBoolean", "valueInteger",
    "valueDateTime", "valueRange", "valueRatio", "valuePeriod", "valueTime", "valueSampledData",
    "valueAttachment", "valueReference", "component", "hasMember", "related",
)  # fmt: skip
_ASKED_BY = ("requester", "orderer", "recorder")
_SUBJECT = ("subject", "patient")


def _row(  # noqa: PLR0917 # a table: code, occurred, recorded, author, value
    code: Keys = (),
    occurred: Keys = (),
    recorded: Keys = (),
    author: Keys = (),
    value: Keys = (),
    reason: Keys = (),
    person: Keys = _SUBJECT,
    status: Keys = ("status",),
) -> Mapping[str, Keys]:
    every = {
        "person": person,
        "code": code,
        "occurred": occurred,
        "recorded": recorded,
        "author": author,
        "value": value,
        "reason": reason,
        "status": status,
    }
    return {name: keys for name, keys in every.items() if keys}


#: By resource type, the elements that matter and the keys that may hold each.
ELEMENTS: Mapping[str, Mapping[str, Keys]] = {
    "Patient": {
        "identifier": ("identifier",),
        "name": ("name",),
        "birth_date": ("birthDate",),
        "gender": ("gender",),
        "address": ("address",),
        "telecom": ("telecom",),
        "gp_practice": ("generalPractitioner", "careProvider"),
    },
    "Condition": _row(
        ("code",), _ONSET, _WRITTEN, ("recorder", "asserter", "participant"),
        status=("clinicalStatus",),
    ),
    "AllergyIntolerance": _row(
        ("code", "substance"), _ONSET, _WRITTEN,
        ("recorder", "asserter", "participant", "reporter"), status=("clinicalStatus", "status"),
    ),
    "Observation": _row(("code",), _EFFECTIVE, ("issued",), ("performer",), _VALUE),
    "DiagnosticReport": _row(
        ("code",), _EFFECTIVE, ("issued",), ("performer", "resultsInterpreter")
    ),
    "ImagingStudy": _row(
        ("procedureCode", "procedure", "procedureReference"), ("started",), (), ("interpreter",)
    ),
    "Immunization": _row(
        ("vaccineCode",), ("occurrenceDateTime", "occurrenceString", "date"), ("recorded",),
        ("performer", "practitioner", "reportOrigin", "informationSource", "requester"),
    ),
    "Procedure": _row(
        ("code",), (*_PERFORMED, *_OCCURRED), ("recorded",),
        ("performer", "recorder", "asserter", "reportedReference"),
        reason=_REASON,
    ),
    "MedicationRequest": _row(
        _MEDICINE, ("authoredOn",), (), (*_ASKED_BY, "reportedReference", "informationSource"),
        reason=_REASON,
    ),
    "MedicationOrder": _row(
        _MEDICINE, ("dateWritten",), (), ("prescriber",), reason=_REASON
    ),
    "MedicationStatement": _row(
        _MEDICINE, _EFFECTIVE, ("dateAsserted",), ("informationSource",),
        reason=(*_REASON, "reasonForUseCodeableConcept", "reasonForUseReference"),
    ),
    "MedicationDispense": _row(
        _MEDICINE, ("whenHandedOver", "whenPrepared"), ("recorded",), ("performer", "dispenser")
    ),
    "MedicationAdministration": _row(
        _MEDICINE, (*_EFFECTIVE, *_GIVEN), ("recorded",), ("performer", "practitioner"),
        reason=(*_REASON, "reasonGiven"),
    ),
    "Encounter": _row(
        ("type",), ("period", "actualPeriod"), (), ("participant",), reason=(*_REASON, "indication")
    ),
    "EpisodeOfCare": _row(("type",), ("period",), (), ("careManager",)),
    "Appointment": _row(
        ("serviceType", "appointmentType", "type"), ("start",), ("created",),
        reason=(*_REASON, "indication"), person=("subject", "participant.actor"),
    ),
    "ServiceRequest": _row(
        ("code",), _OCCURRED, ("authoredOn",), _ASKED_BY, reason=_REASON
    ),
    "ReferralRequest": _row(
        ("serviceRequested", "type"), (*_OCCURRED, "fulfillmentTime"),
        ("authoredOn", "dateSent", "date"), _ASKED_BY, reason=_REASON,
    ),
    "ProcedureRequest": _row(
        ("code",), (*_OCCURRED, *_SCHEDULED), ("authoredOn", "orderedOn"), _ASKED_BY, reason=_REASON
    ),
    "DiagnosticOrder": _row(
        ("item.code",), ("event.dateTime",), (), _ASKED_BY, reason=_REASON
    ),
    "DeviceRequest": _row(
        ("codeCodeableConcept", "codeReference", "code"), _OCCURRED, ("authoredOn",), _ASKED_BY,
        reason=_REASON,
    ),
    "DeviceUseRequest": _row(
        ("device",), _TIMING, ("orderedOn", "recordedOn"), reason=("indication",)
    ),
    "SupplyRequest": _row(
        ("itemCodeableConcept", "itemReference", "item", "orderedItem.itemCodeableConcept",
         "orderedItem.itemReference", "orderedItem"),
        (*_OCCURRED, "when"), ("authoredOn", "date"), ("requester", "source"), reason=_REASON,
        person=("deliverFor", "patient"),
    ),
    "SupplyDelivery": _row(
        ("suppliedItem.itemCodeableConcept", "suppliedItem.itemReference", "type"),
        (*_OCCURRED, "time"), (), ("supplier",),
    ),
    "DeviceUseStatement": _row(
        ("device",), _TIMING, ("recordedOn",), ("source",), reason=("indication", *_REASON)
    ),
    "DeviceUsage": _row(
        ("device",), _TIMING, ("dateAsserted",), ("informationSource",),
        reason=("usageReason", *_REASON),
    ),
    "CarePlan": _row(
        ("category",), ("period",), ("created", "modified"), ("author", "contributor", "custodian")
    ),
    "Goal": _row(
        ("description",), ("startDate", "startCodeableConcept"), ("statusDate",),
        ("expressedBy", "source", "author"), status=("lifecycleStatus", "status"),
    ),
    "CareTeam": _row(("category",), ("period",), value=("participant",)),
    "ClinicalImpression": _row(
        ("code",), (*_EFFECTIVE, "date"), (), ("assessor", "performer"), ("finding", "summary")
    ),
    "FamilyMemberHistory": _row(("condition.code",), ("date",), (), ("participant",)),
    "Flag": _row(("code",), ("period",), (), ("author",)),
    "RiskAssessment": _row(
        ("code", "method"), (*_OCCURRED, "date"), (), ("performer",), ("prediction",),
    ),
    "QuestionnaireResponse": _row(
        ("questionnaire",), ("authored",), (), ("author", "source"), ("item", "group")
    ),
    "DocumentReference": _row(
        ("type",), ("created", "content.attachment.creation", "context.period", "period"),
        ("date", "indexed"), ("author", "authenticator", "attester"), ("content",),
    ),
    "Composition": _row(("type",), ("date",), (), ("author",), ("section",)),
    "Media": _row(
        ("subtype", "type"),
        ("createdDateTime", "createdPeriod", "occurrenceDateTime", "occurrencePeriod"),
        ("issued",), ("operator",), ("content",), reason=("reasonCode",),
    ),
    "Consent": _row(
        ("category",), ("dateTime", "date"), (),
        ("performer", "consentingParty", "grantor", "organization"),
        ("provision", "decision", "except", "policyRule"), person=("patient", "subject"),
    ),
    "RelatedPerson": {
        "person": ("patient",),
        "code": ("relationship",),
        "name": ("name",),
        "telecom": ("telecom",),
    },
    "ResearchSubject": _row(
        ("study",), ("period",), value=("consent",), person=("subject", "individual")
    ),
    "Communication": _row(
        ("category", "topic"), ("sent", "received"), (), ("sender",), ("payload",), reason=_REASON
    ),
    "CommunicationRequest": _row(
        ("category",), (*_OCCURRED, *_SCHEDULED), ("authoredOn", "requestedOn"),
        ("requester", "sender", "informationProvider"), ("payload",), reason=_REASON,
    ),
    "Task": _row(
        ("code",), ("executionPeriod",), ("authoredOn",), ("requester",), ("output",),
        reason=_REASON, person=("for",),
    ),
}  # fmt: skip
