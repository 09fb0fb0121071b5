"""How resources of each type are read: which data category they are, and which elements matter.

The names of STU3, R4, R4B and R5 stand beside each other, since no resource says reliably of which
version it is. Which elements matter is ours: without them nobody can tell whom, what, when or who
said so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Json = dict[str, object]
Keys = tuple[str, ...]

#: Category of observations and requests that do not say what they are; not of the catalogue.
UNSORTED = "unsorted"


@dataclass(frozen=True, slots=True)
class Kind:
    """How resources of a type are read.

    ``elements`` are the elements that matter, each with the keys that may hold it; ``category`` is
    a built-in data category, and ``sorted_by`` finds a narrower one in the resource itself.
    """

    category: str
    elements: Mapping[str, Keys]
    sorted_by: Callable[[Json], str | None] | None = None

    def keys(self, element: str) -> Keys:
        """The keys that may hold an element."""
        return self.elements.get(element, ())


#: Categories whose facts happen on a day, so that recording them long after is late. A problem or
#: an allergy may be written down years after it began, and nothing is late then.
EVENTS = (
    "vaccinations",
    "procedures",
    "investigation_results",
    "examination_findings",
    "contacts_with_professionals",
    "admission_details",
    "medications",
    "assessments",
    "primary_support_reason",
)

_PERSON = ("subject", "patient", "individual", "for", "beneficiary")

#: Categories of observations by the code of ``category``. Source: HL7, observation-category.
_OBSERVATIONS = {
    "laboratory": "investigation_results.laboratory",
    "vital-signs": "examination_findings.vital_signs",
    "imaging": "investigation_results.imaging",
    "social-history": "social_context",
    "survey": "assessments",
    "exam": "examination_findings",
    "procedure": "investigation_results.clinical_tests",
}

_PROFILES = {
    "UKCore-Observation-Lab": "investigation_results.laboratory",
    "UKCore-Observation-VitalSigns": "examination_findings.vital_signs",
    "vitalsigns": "examination_findings.vital_signs",
}

#: Vital signs by code, for those who send no category. Sources: LOINC and SNOMED CT.
_VITAL_SIGNS = frozenset((
    "85354-9", "8480-6", "8462-4", "8867-4", "9279-1", "8310-5", "8302-2", "29463-7", "39156-5",
    "2708-6", "59408-5", "8287-5", "75367002", "271649006", "271650006", "364075005", "78564009",
    "86290005", "386725007", "50373000", "27113001", "60621009", "431314004", "103228002",
    "248333004",
))  # fmt: skip


#: Requests by the code of ``category``. Sources: SNOMED CT; HL7 v2 table 0074 has LAB and RAD.
_REQUESTS = {
    "108252007": "investigations_requested",
    "363679005": "investigations_requested",
    "LAB": "investigations_requested",
    "RAD": "investigations_requested",
    "laboratory": "investigations_requested",
    "imaging": "investigations_requested",
    "3457005": "referral_details",
}

#: Encounters by the code of ``class``. Source: HL7 v3 ActCode.
_ENCOUNTERS = {
    "IMP": "admission_details",
    "ACUTE": "admission_details",
    "NONAC": "admission_details",
    "EMER": "contacts_with_professionals.emergency_attendances",
}


def _codes(value: object) -> list[str]:
    """The codes of a CodeableConcept, a Coding, or a list of them."""
    found = []
    for concept in value if isinstance(value, list) else (value,):
        if isinstance(concept, dict):
            codings = concept.get("coding", [concept])
            found += [c["code"] for c in codings if isinstance(c.get("code"), str)]
    return found


def _observation(resource: Json) -> str | None:
    for code in _codes(resource.get("category")):
        if code in _OBSERVATIONS:
            return _OBSERVATIONS[code]
    meta = resource.get("meta")
    profiles = meta.get("profile") or () if isinstance(meta, dict) else ()
    for profile in profiles:
        name = profile.split("|")[0].rsplit("/", 1)[-1]
        if name in _PROFILES:
            return _PROFILES[name]
    is_vital = not _VITAL_SIGNS.isdisjoint(_codes(resource.get("code")))
    return "examination_findings.vital_signs" if is_vital else None


def _request(resource: Json) -> str | None:
    return next((_REQUESTS[c] for c in _codes(resource.get("category")) if c in _REQUESTS), None)


def _encounter(resource: Json) -> str | None:
    return next((_ENCOUNTERS[c] for c in _codes(resource.get("class")) if c in _ENCOUNTERS), None)


def _kind(  # noqa: PLR0917 # a table: category, code, occurred, recorded, author, value
    category: str,
    code: Keys,
    occurred: Keys,
    recorded: Keys = (),
    author: Keys = (),
    value: Keys = (),
    sorted_by: Callable[[Json], str | None] | None = None,
) -> Kind:
    every = {
        "person": _PERSON,
        "code": code,
        "occurred": occurred,
        "recorded": recorded,
        "author": author,
        "value": value,
        "status": ("status", "clinicalStatus"),
    }
    return Kind(category, {name: keys for name, keys in every.items() if keys}, sorted_by)


_PATIENT = Kind(
    "demographics",
    {
        "identifier": ("identifier",),
        "name": ("name",),
        "birth_date": ("birthDate",),
        "gender": ("gender",),
        "address": ("address",),
        "telecom": ("telecom",),
        "gp_practice": ("generalPractitioner",),
    },
)

_MEDICINE = ("medicationCodeableConcept", "medicationReference", "medication")
_EFFECTIVE = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")
_DONE = ("performedDateTime", "performedPeriod", "occurrenceDateTime", "occurrencePeriod")
_SAID_BY = ("recorder", "asserter", "performer", "author", "requester", "informationSource")
_VALUE = (
    "valueQuantity", "valueCodeableConcept", "valueString", "valueBoolean", "valueInteger",
    "valueDateTime", "component", "valueRange", "valueRatio", "hasMember", "related",
)  # fmt: skip

_ONSET = ("onsetDateTime", "onsetPeriod", "onsetAge", "onsetString", "onsetRange")
_WRITTEN = ("recordedDate", "assertedDate", "dateRecorded")

#: Each resource type that is measured.
KINDS: dict[str, Kind] = {
    "Patient": _PATIENT,
    "Condition": _kind("problems", ("code",), _ONSET, _WRITTEN, (*_SAID_BY, "participant")),
    "AllergyIntolerance": _kind("allergies", ("code",), _ONSET, _WRITTEN, _SAID_BY),
    "Observation": _kind(
        UNSORTED, ("code",), _EFFECTIVE, ("issued",), ("performer",), _VALUE, _observation
    ),
    "DiagnosticReport": _kind(
        "investigation_results", ("code",), _EFFECTIVE, ("issued",), ("performer",)
    ),
    "ImagingStudy": _kind("investigation_results.imaging", ("procedureCode",), ("started",)),
    "Immunization": _kind(
        "vaccinations",
        ("vaccineCode",),
        ("occurrenceDateTime", "date", "occurrenceString"),
        ("recorded",),
        ("performer", "practitioner", "reportOrigin"),
    ),
    "Procedure": _kind("procedures", ("code",), _DONE, ("recorded",), _SAID_BY),
    "MedicationRequest": _kind("medications", _MEDICINE, ("authoredOn",), (), _SAID_BY),
    "MedicationStatement": _kind(
        "medications", _MEDICINE, _EFFECTIVE, ("dateAsserted",), (*_SAID_BY, "basedOn")
    ),
    "MedicationDispense": _kind(
        "medications.dispensed", _MEDICINE, ("whenHandedOver", "whenPrepared"), (), _SAID_BY
    ),
    "MedicationAdministration": _kind(
        "medications.administered", _MEDICINE, (*_EFFECTIVE, *_DONE), ("recorded",), _SAID_BY
    ),
    "Encounter": _kind(
        "contacts_with_professionals", ("type",), ("period", "actualPeriod"),
        author=("participant",), sorted_by=_encounter,
    ),
    "EpisodeOfCare": _kind("services_and_care", ("type",), ("period",)),
    "Appointment": _kind("future_appointments", ("serviceType",), ("start",), ("created",)),
    "ServiceRequest": _kind(
        UNSORTED, ("code",), ("occurrenceDateTime", "occurrencePeriod"), ("authoredOn",),
        _SAID_BY, sorted_by=_request,
    ),
    "ReferralRequest": _kind(
        "referral_details", ("serviceRequested",), ("occurrenceDateTime",), ("authoredOn",),
        _SAID_BY,
    ),
    "ProcedureRequest": _kind(
        "investigations_requested", ("code",), ("occurrenceDateTime",), ("authoredOn",), _SAID_BY
    ),
    "CarePlan": _kind("care_and_support_plan", ("category",), ("period",), ("created",), _SAID_BY),
    "FamilyMemberHistory": _kind("family_history", ("condition",), ("date",)),
    "Flag": _kind("alerts", ("code",), ("period",), (), _SAID_BY),
    "RiskAssessment": _kind("risks", ("code",), ("occurrenceDateTime",), (), _SAID_BY),
    "QuestionnaireResponse": _kind(
        "assessments", ("questionnaire",), ("authored",), (), ("author", "source")
    ),
    "DocumentReference": _kind("documents", ("type",), ("date", "created"), ("indexed",), _SAID_BY),
    "Composition": _kind("documents", ("type",), ("date",), (), _SAID_BY),
    "Consent": _kind("legal_information", ("category",), ("dateTime", "date"), (), ("performer",)),
    "DeviceUseStatement": _kind(
        "medical_devices", ("device",), ("timingDateTime",), ("recordedOn",)
    ),
    "SupplyDelivery": _kind("equipment_and_adaptations", ("type",), ("occurrenceDateTime",)),
}  # fmt: skip

#: Types that stand for no fact of a category: places, people, products, money, infrastructure. Any
#: other type is counted without its name, which could be anything.
OTHER_TYPES = frozenset((
    "AuditEvent", "Account", "Basic", "Binary", "Bundle", "CapabilityStatement", "CareTeam",
    "Claim", "ClaimResponse", "ClinicalImpression", "CodeSystem", "Communication", "ConceptMap",
    "Coverage", "Device", "Endpoint", "ExplanationOfBenefit", "Goal", "Group",
    "HealthcareService", "List", "Location", "Media", "Medication", "MessageHeader",
    "OperationOutcome", "Organization", "Practitioner", "PractitionerRole", "Provenance",
    "Questionnaire", "RelatedPerson", "Schedule", "Slot", "Specimen", "Subscription",
    "Substance", "Task", "ValueSet",
))  # fmt: skip

#: Categories by the LOINC code of a section or list, for what an empty one says. Source: IPS.
SECTIONS = {
    "11450-4": "problems",
    "48765-2": "allergies",
    "10160-0": "medications",
    "11369-6": "vaccinations",
    "30954-2": "investigation_results",
    "47519-4": "procedures",
    "8716-3": "examination_findings.vital_signs",
    "886921000000105": "allergies",
    "933361000000108": "medications",
    "887151000000100": "problems",
    "1102181000000102": "vaccinations",
}
