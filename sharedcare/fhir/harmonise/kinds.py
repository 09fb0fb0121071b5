"""Which resource types are measured, and as which data category."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sharedcare.fhir.harmonise import sorting
from sharedcare.fhir.harmonise.elements import ELEMENTS, Keys

#: Category of what does not say what it is: observations, requests, tasks; not of the catalogue.
UNSORTED = "unsorted"

#: Stands for a resource type where a row of a table is a record.
ROW = "row"

#: Types of other versions, and what R4 calls the same.
SAME_AS = {
    "MedicationOrder": "MedicationRequest",
    "DiagnosticOrder": "ServiceRequest",
    "ProcedureRequest": "ServiceRequest",
    "ReferralRequest": "ServiceRequest",
    "DeviceUseRequest": "DeviceRequest",
    "DeviceUsage": "DeviceUseStatement",
}

_Sort = Callable[[dict[str, object]], str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """How resources of a type are read.

    ``elements`` are the elements that matter, each with the keys that may hold it; ``category`` is
    a built-in data category, and ``sorted_by`` finds a narrower one in the resource itself.
    """

    category: str
    elements: Mapping[str, Keys]
    sorted_by: _Sort | None = None


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

_CATEGORIES: dict[str, str] = {
    "Patient": "demographics",
    "RelatedPerson": "personal_contacts",
    "Condition": "problems",
    "AllergyIntolerance": "allergies",
    "Observation": UNSORTED,
    "DiagnosticReport": "investigation_results",
    "ImagingStudy": "investigation_results.imaging",
    "Immunization": "vaccinations",
    "Procedure": "procedures",
    "MedicationRequest": "medications",
    "MedicationOrder": "medications",
    "MedicationStatement": "medications",
    "MedicationDispense": "medications.dispensed",
    "MedicationAdministration": "medications.administered",
    "Encounter": "contacts_with_professionals",
    "EpisodeOfCare": "services_and_care",
    "Appointment": "future_appointments",
    "ServiceRequest": UNSORTED,
    "ReferralRequest": "referral_details",
    "ProcedureRequest": "investigations_requested",
    "DiagnosticOrder": "investigations_requested",
    "DeviceRequest": "equipment_and_adaptations.ordered",
    "DeviceUseRequest": "equipment_and_adaptations.ordered",
    "SupplyRequest": "equipment_and_adaptations.ordered",
    "SupplyDelivery": "equipment_and_adaptations",
    "DeviceUseStatement": "medical_devices",
    "DeviceUsage": "medical_devices",
    "CarePlan": "care_and_support_plan",
    "Goal": "care_and_support_plan.goals",
    "CareTeam": "professional_contacts",
    "ClinicalImpression": "assessments",
    "FamilyMemberHistory": "family_history",
    "Flag": "alerts",
    "RiskAssessment": "risks",
    "QuestionnaireResponse": "assessments",
    "DocumentReference": "documents",
    "Composition": "documents",
    "Media": "documents.images",
    "Consent": "legal_information",
    "ResearchSubject": "participation_in_research",
    "Communication": UNSORTED,
    "CommunicationRequest": UNSORTED,
    "Task": UNSORTED,
}

_SORTED_BY: dict[str, _Sort] = {
    "Observation": sorting.observation,
    "ServiceRequest": sorting.request,
    "ProcedureRequest": sorting.request,
    "Encounter": sorting.encounter,
}

#: Each resource type that is measured.
KINDS: dict[str, Kind] = {
    type_: Kind(category, ELEMENTS[type_], _SORTED_BY.get(type_))
    for type_, category in _CATEGORIES.items()
}

#: Types that stand for no fact of a category: places, people, products, money, infrastructure. Any
#: other type is counted without its name, which could be anything.
OTHER_TYPES = frozenset((
    "AuditEvent", "Account", "Basic", "Binary", "Bundle", "CapabilityStatement", "Claim",
    "ClaimResponse", "CodeSystem", "ConceptMap", "Conformance", "Coverage", "Device", "Endpoint",
    "ExplanationOfBenefit", "Group", "HealthcareService", "List", "Location", "Medication",
    "MessageHeader", "OperationOutcome", "Organization", "Parameters", "Practitioner",
    "PractitionerRole", "Provenance", "Questionnaire", "Schedule", "Slot", "Specimen",
    "Subscription", "Substance", "ValueSet",
))  # fmt: skip

#: Types beside the measured that are looked into: they hold others, or say something of them.
LOOKED_INTO = frozenset(("Bundle", "List", "Parameters", "Provenance"))

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
