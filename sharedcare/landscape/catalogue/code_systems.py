"""Canonical URIs of the code systems that the catalogue names.

Sources: HL7 FHIR R4 (terminologies and their URIs), UK Core (NHS England and HL7 UK) and the NHS
dictionary of medicines and devices. Identifier systems, such as that of the NHS number, are no code
systems and have no place here.
"""

SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ICD_10 = "http://hl7.org/fhir/sid/icd-10"
DMD = "https://dmd.nhs.uk"
ATC = "http://www.whocc.no/atc"
DICOM = "http://dicom.nema.org/resources/ontology/DCM"
BCP_47 = "urn:ietf:bcp:47"
V3_ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
V3_ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

_UK_CORE = "https://fhir.hl7.org.uk/CodeSystem/UKCore-"
UK_ADMISSION_METHOD = f"{_UK_CORE}AdmissionMethodEngland"
UK_DISCHARGE_DESTINATION = f"{_UK_CORE}DischargeDestinationEngland"
UK_DISCHARGE_METHOD = f"{_UK_CORE}DischargeMethodEngland"
UK_ETHNIC_CATEGORY = f"{_UK_CORE}EthnicCategoryEngland"
UK_HUMAN_LANGUAGE = f"{_UK_CORE}HumanLanguage"
UK_JOB_ROLE = f"{_UK_CORE}SDSJobRoleName"
UK_NUMBER_VERIFICATION = f"{_UK_CORE}NHSNumberVerificationStatusEngland"
UK_RELATIONSHIP_ROLE = f"{_UK_CORE}AdditionalPersonRelationshipRole"
UK_SOURCE_OF_ADMISSION = f"{_UK_CORE}SourceOfAdmissionEngland"
