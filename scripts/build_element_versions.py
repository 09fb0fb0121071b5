"""Write which version of FHIR has which elements, for the resource types that are measured.

    python3 scripts/build_element_versions.py

The names of STU3, R4B and R5 come from the models of fhir.resources, those of R4 from the committed
definitions, and those of DSTU2 stand below, since no library installed here has them. The artefact
is read by ``sharedcare.fhir.harmonise.versions``; a test rebuilds it and compares.
"""

import importlib
import json
from pathlib import Path

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.harmonise.elements import ELEMENTS

ARTEFACT = (
    Path(__file__).resolve().parent.parent
    / "sharedcare"
    / "fhir"
    / "harmonise"
    / "element_versions.json"
)

MODULES = {"STU3": "fhir.resources.STU3", "R4B": "fhir.resources.R4B", "R5": "fhir.resources"}
VERSIONS = ("DSTU2", "STU3", "R4", "R4B", "R5")

#: What every resource may have, in every version, so that it tells nothing.
EVERYWHERE = frozenset((
    "contained", "extension", "fhir_comments", "id", "implicitRules", "language", "meta",
    "modifierExtension", "resourceType", "resource_type", "text",
))  # fmt: skip

_MEDICATION = "medicationCodeableConcept medicationReference"

#: Elements of DSTU2. Source: HL7, FHIR 1.0.2.
DSTU2 = {
    "AllergyIntolerance": "identifier onset recordedDate recorder patient reporter substance status"
    " criticality type category lastOccurence note reaction",
    "Appointment": "identifier status type reason priority description start end minutesDuration"
    " slot comment participant",
    "CarePlan": "identifier subject status context period author modified category description"
    " addresses support relatedPlan participant goal activity note",
    "ClinicalImpression": "patient assessor status date description previous problem"
    " triggerCodeableConcept triggerReference investigations protocol summary finding"
    " resolved ruledOut prognosis plan action",
    "Communication": "identifier category sender recipient payload medium status encounter sent"
    " received reason subject requestDetail",
    "CommunicationRequest": "identifier category sender recipient payload medium requester status"
    " encounter scheduledDateTime scheduledPeriod reason requestedOn subject priority",
    "Composition": "identifier date type class title status confidentiality subject author"
    " attester custodian event encounter section",
    "Condition": "identifier patient encounter asserter dateRecorded code category clinicalStatus"
    " verificationStatus severity onsetDateTime onsetQuantity onsetPeriod onsetRange onsetString"
    " abatementDateTime abatementQuantity abatementBoolean abatementPeriod abatementRange"
    " abatementString stage evidence bodySite notes",
    "DeviceUseRequest": "bodySiteCodeableConcept bodySiteReference status device encounter"
    " identifier indication notes prnReason orderedOn recordedOn subject timingTiming timingPeriod"
    " timingDateTime priority",
    "DeviceUseStatement": "bodySiteCodeableConcept bodySiteReference whenUsed device identifier"
    " indication notes recordedOn subject timingTiming timingPeriod timingDateTime",
    "DiagnosticOrder": "subject orderer identifier encounter reason supportingInformation specimen"
    " status priority event item note",
    "DiagnosticReport": "identifier status category code subject encounter effectiveDateTime"
    " effectivePeriod issued performer request specimen result imagingStudy image conclusion"
    " codedDiagnosis presentedForm",
    "DocumentReference": "masterIdentifier identifier subject type class author custodian"
    " authenticator created indexed status docStatus relatesTo description securityLabel content"
    " context",
    "Encounter": "identifier status statusHistory class type priority patient episodeOfCare"
    " incomingReferral participant appointment period length reason indication hospitalization"
    " location serviceProvider partOf",
    "EpisodeOfCare": "identifier status statusHistory type condition patient managingOrganization"
    " period referralRequest careManager careTeam",
    "FamilyMemberHistory": "identifier patient date status name relationship gender bornPeriod"
    " bornDate bornString ageQuantity ageRange ageString deceasedBoolean deceasedQuantity"
    " deceasedRange deceasedDate deceasedString note condition",
    "Flag": "identifier category status period subject encounter author code",
    "Goal": "subject startDate startCodeableConcept targetDate targetQuantity identifier category"
    " description status statusDate statusReason author priority addresses note outcome",
    "ImagingStudy": "started patient uid accession identifier order modalityList referrer"
    " availability url numberOfSeries numberOfInstances procedure interpreter description series",
    "Immunization": "identifier status date vaccineCode patient wasNotGiven reported performer"
    " requester encounter manufacturer location lotNumber expirationDate site route doseQuantity"
    " note explanation reaction vaccinationProtocol",
    "Media": "type subtype identifier subject operator view deviceName height width frames duration"
    " content",
    "MedicationAdministration": "identifier status patient practitioner encounter prescription"
    " wasNotGiven reasonNotGiven reasonGiven effectiveTimeDateTime effectiveTimePeriod"
    f" {_MEDICATION} device note dosage",
    "MedicationDispense": "identifier status patient dispenser authorizingPrescription type"
    f" quantity daysSupply {_MEDICATION} whenPrepared whenHandedOver destination receiver note"
    " dosageInstruction substitution",
    "MedicationOrder": "identifier dateWritten status dateEnded reasonEnded patient prescriber"
    f" encounter reasonCodeableConcept reasonReference note {_MEDICATION} dosageInstruction"
    " dispenseRequest substitution priorPrescription",
    "MedicationStatement": "identifier patient informationSource dateAsserted status wasNotTaken"
    " reasonNotTaken reasonForUseCodeableConcept reasonForUseReference effectiveDateTime"
    f" effectivePeriod note supportingInformation {_MEDICATION} dosage",
    "Observation": "identifier status category code subject encounter effectiveDateTime"
    " effectivePeriod issued performer valueQuantity valueCodeableConcept valueString valueRange"
    " valueRatio valueSampledData valueAttachment valueTime valueDateTime valuePeriod"
    " dataAbsentReason interpretation comments bodySite method specimen device referenceRange"
    " related component",
    "Patient": "identifier active name telecom gender birthDate deceasedBoolean deceasedDateTime"
    " address maritalStatus multipleBirthBoolean multipleBirthInteger photo contact animal"
    " communication careProvider managingOrganization link",
    "Procedure": "identifier subject status category code notPerformed reasonNotPerformed bodySite"
    " reasonCodeableConcept reasonReference performer performedDateTime performedPeriod encounter"
    " location outcome report complication followUp request notes focalDevice used",
    "ProcedureRequest": "identifier subject code bodySite reasonCodeableConcept reasonReference"
    " scheduledDateTime scheduledPeriod scheduledTiming encounter performer status notes"
    " asNeededBoolean asNeededCodeableConcept orderedOn orderer priority",
    "QuestionnaireResponse": "identifier questionnaire status subject author authored source"
    " encounter group",
    "ReferralRequest": "status identifier date type specialty priority patient requester recipient"
    " encounter dateSent reason description serviceRequested supportingInformation fulfillmentTime",
    "RelatedPerson": "identifier patient relationship name telecom gender birthDate address photo"
    " period",
    "RiskAssessment": "subject date condition encounter performer identifier method basis"
    " prediction mitigation",
    "SupplyDelivery": "identifier status patient type quantity suppliedItem supplier whenPrepared"
    " time destination receiver",
    "SupplyRequest": "patient source date identifier status kind orderedItem supplier"
    " reasonCodeableConcept reasonReference when",
}


def names_of(type_: str, version: str) -> frozenset[str] | None:
    """The elements of a resource type as JSON writes them; None where the version has it not."""
    if version == "DSTU2":
        return frozenset(DSTU2[type_].split()) if type_ in DSTU2 else None
    if version == "R4":
        known = type_ in r4().resource_types
        return frozenset(r4().type_of(type_).elements) - EVERYWHERE if known else None
    return _names_by_model(type_, version)


def _names_by_model(type_: str, version: str) -> frozenset[str] | None:
    get = importlib.import_module(MODULES[version]).get_fhir_model_class
    try:
        model = get(type_)
    except (KeyError, ValueError):  # R4B and R5 raise the one, STU3 the other
        return None
    names = {field.alias or name for name, field in model.model_fields.items()}
    return frozenset(name for name in names if not name.startswith("_")) - EVERYWHERE


def element_versions() -> str:
    """The artefact: by type, the elements of each set of versions that have them."""
    made: dict[str, dict[str, list[str]]] = {}
    for type_ in sorted(ELEMENTS):
        by_version = {version: names_of(type_, version) for version in VERSIONS}
        held = {version: names for version, names in by_version.items() if names is not None}
        groups: dict[str, list[str]] = {}
        for name in sorted(frozenset().union(*held.values())):
            key = " ".join(version for version in held if name in held[version])
            groups.setdefault(key, []).append(name)
        made[type_] = groups
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the artefact."""
    ARTEFACT.write_text(element_versions(), encoding="utf-8")


if __name__ == "__main__":
    main()
