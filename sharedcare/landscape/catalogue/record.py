"""Documents, where entries come from, who looked at them, and what people say about their care."""

from sharedcare.landscape.catalogue.category import Contributor, DataCategory, Grade
from sharedcare.landscape.catalogue.code_systems import LOINC, SNOMED_CT, UK_JOB_ROLE
from sharedcare.landscape.catalogue.targets import to_uscdi

RECORD: tuple[DataCategory, ...] = (
    DataCategory(
        id="documents",
        name="Documents",
        description="Letters, reports, forms, images and recordings, whole as they were made.",
        fhir_types=("DocumentReference", "Binary", "Composition", "Media"),
        code_systems=(SNOMED_CT, LOINC),
        uscdi=to_uscdi("Clinical Notes", Grade.RELATED),
        prsb="Documents (including correspondence, audio and images)",
        contributed_by=Contributor.BOTH,
        note="Wider than the class of USCDI: forms, images and social care's papers are no notes.",
    ),
    DataCategory(
        id="documents.letters",
        name="Letters",
        description="Letters from clinics and other services, to professionals or the person.",
        fhir_types=("DocumentReference", "Binary", "Composition"),
        code_systems=(SNOMED_CT, LOINC),
        contributed_by=Contributor.BOTH,
    ),
    DataCategory(
        id="documents.progress_notes",
        name="Progress notes",
        description="The running notes that a team keeps about the person.",
        fhir_types=("DocumentReference", "Binary", "Composition"),
        code_systems=(SNOMED_CT, LOINC),
        uscdi=to_uscdi("Clinical Notes", Grade.RELATED),
        contributed_by=Contributor.BOTH,
    ),
    DataCategory(
        id="documents.hospital_passport",
        name="Hospital passport",
        description="What a person wants hospital staff to know, brought along when admitted.",
        fhir_types=("DocumentReference", "Binary"),
        code_systems=(SNOMED_CT,),
        contributed_by=Contributor.PERSON,
    ),
    DataCategory(
        id="documents.transfer_form",
        name="Transfer form",
        description="What goes along when a resident moves between a care home and hospital.",
        fhir_types=("DocumentReference", "Binary", "Composition"),
        code_systems=(SNOMED_CT,),
        contributed_by=Contributor.BOTH,
    ),
    DataCategory(
        id="documents.images",
        name="Images and recordings",
        description="Photographs, drawings, sound and film kept with the record.",
        fhir_types=("Media", "DocumentReference", "Binary"),
        code_systems=(SNOMED_CT,),
        contributed_by=Contributor.BOTH,
    ),
    DataCategory(
        id="provenance",
        name="Provenance",
        description="Who wrote an entry, when, where, in which role and in which system.",
        fhir_types=("Provenance",),
        code_systems=(UK_JOB_ROLE,),
        uscdi=to_uscdi("Provenance", Grade.EQUIVALENT),
        contributed_by=Contributor.BOTH,
        note="PRSB has a standard of its own for it, beside the Core Information Standard.",
    ),
    DataCategory(
        id="access_log",
        name="Access log",
        description="Who opened, changed or passed on the record, and when.",
        fhir_types=("AuditEvent",),
        contributed_by=Contributor.BOTH,
    ),
    DataCategory(
        id="feedback",
        name="Feedback",
        description="What people say about the care they had, and what is answered to them.",
        fhir_types=("QuestionnaireResponse", "Communication"),
        contributed_by=Contributor.BOTH,
        note="Outside the Core Information Standard and outside the person's care record.",
    ),
    DataCategory(
        id="feedback.published",
        name="Published feedback",
        description="Stories and ratings that people put on a public site, most without a name.",
        fhir_types=("QuestionnaireResponse", "Communication"),
        contributed_by=Contributor.PERSON,
    ),
    DataCategory(
        id="feedback.reply",
        name="Reply to feedback",
        description="What an organisation answered, and what it says that it changed.",
        fhir_types=("Communication",),
        contributed_by=Contributor.BOTH,
    ),
)
