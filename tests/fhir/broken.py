"""Resources that break one rule each, and what they are made of."""

import copy
import json
from typing import Any

from sharedcare.fhir import Issue, Validator
from sharedcare.fhir.profile_rules import PROFILE_RULES
from tests.fhir.definition_slips import DEFINITION_SLIPS
from tests.fhir.examples import (
    ATTACHMENT,
    ENCOUNTER,
    OBSERVATION,
    PATIENT,
    QUESTIONNAIRE,
    Json,
    changed,
    concept,
)
from tests.fhir.slips import SLIPS, element, profiled

VALIDATOR = Validator()


def patient(**parts: Any) -> Json:
    return changed(PATIENT, **parts)


def patient_saying(div: str) -> Json:
    return patient(text={"status": "generated", "div": div})


def observation(**parts: Any) -> Json:
    return changed(OBSERVATION, **parts)


def contained(*inner: Json, **parts: Any) -> Json:
    return observation(contained=list(inner), hasMember=[{"reference": "#a"}], **parts)


def inner_observation(name: str = "a", **parts: Any) -> Json:
    made = {"resourceType": "Observation", "id": name, "status": "final", "code": {"text": "x"}}
    return changed(made, **parts)


def bundle_of(kind: str, *entries: Json) -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def bundle_of_nothing(kind: str) -> Json:
    return {"resourceType": "Bundle", "type": kind}


def constrained(path: str, name: str = "", **parts: Any) -> Json:
    """A profile of Patient that says something of one element."""
    return profiled(element(path, name, **parts))


def value_set(address: str) -> Json:
    include = [{"system": address}]
    return {"resourceType": "ValueSet", "status": "draft", "compose": {"include": include}}


def entry(full_url: str | None, resource: Json) -> Json:
    return (
        {"resource": resource} if full_url is None else {"fullUrl": full_url, "resource": resource}
    )


def document(*entries: Json, reference: str = "http://example.org/Patient/p1") -> Json:
    composition = {
        "resourceType": "Composition",
        "status": "final",
        "type": {"text": "Letter"},
        "date": "2026-01-01",
        "title": "Letter",
        "author": [{"reference": reference}],
    }
    return {
        **bundle_of("document", entry("http://example.org/Composition/c1", composition), *entries),
        "identifier": {"system": "http://example.org", "value": "1"},
        "timestamp": "2026-01-01T10:00:00Z",
    }


def questionnaire(enable_when: Json) -> Json:
    items = [
        {"linkId": "1", "type": "boolean"},
        {"linkId": "2", "type": "string", "enableWhen": [enable_when]},
    ]
    return changed(QUESTIONNAIRE, item=items)


ASKED = [
    {"linkId": "1", "type": "boolean", "required": True},
    {"linkId": "2", "type": "string", "repeats": True},
    {"linkId": "3", "type": "choice", "answerOption": [{"valueCoding": {"code": "mild"}}]},
    {"linkId": "4", "type": "group", "item": [{"linkId": "4.1", "type": "string"}]},
]


YES = {"linkId": "1", "answer": [{"valueBoolean": True}]}


PAIN = {"linkId": "2", "answer": [{"valueString": "dull"}, {"valueString": "at night"}]}


def response(*items: Json, status: str = "completed") -> Json:
    asked = changed(QUESTIONNAIRE, id="q", item=copy.deepcopy(ASKED))
    return {
        "resourceType": "QuestionnaireResponse",
        "contained": [asked],
        "questionnaire": "#q",
        "status": status,
        "item": list(items),
    }


def code_system(**parts: Any) -> Json:
    made = {"resourceType": "CodeSystem", "status": "draft", "concept": [{"code": "a"}]}
    return changed(made, **parts)


WEIGHED = {"value": 70, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}


def vital_sign(code: str = "29463-7", **parts: Any) -> Json:
    category = concept("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")
    made = observation(code=concept("http://loinc.org", code), category=[category])
    return changed({**made, "valueQuantity": WEIGHED}, **parts)


def _pressure(code: str, value: int | None) -> Json:
    told = {"value": value, "unit": "mmHg", "system": WEIGHED["system"], "code": "mm[Hg]"}
    made = {"code": concept("http://loinc.org", code)}
    return made if value is None else {**made, "valueQuantity": told}


def blood_pressure(*components: Json) -> Json:
    return vital_sign("85354-9", valueQuantity=None, component=list(components))


OPEN = '<div xmlns="http://www.w3.org/1999/xhtml">'


SIMPLE = {"resourceType": "Patient", "id": "p1", "active": True}


#: Rule → a resource that breaks it, and the path that is told.
BROKEN: dict[str, tuple[Any, str]] = {
    "resource-object": ([], ""),
    "resource-type-missing": ({"id": "a"}, ""),
    "resource-type-unknown": ({"resourceType": "Pateint"}, ""),
    "unknown-element": (patient(brithDate="1970"), "Patient"),
    "object-expected": (patient(name=["Ann"]), "Patient.name[0]"),
    "array-expected": (patient(name={"family": "A"}), "Patient.name"),
    "array-unexpected": (patient(gender=["male"]), "Patient.gender"),
    "array-empty": (patient(name=[]), "Patient.name"),
    "object-empty": (patient(maritalStatus={}), "Patient.maritalStatus"),
    "null-value": ({**PATIENT, "gender": None}, "Patient.gender"),
    "primitive-expected": (patient(gender={"a": 1}), "Patient.gender"),
    "companion-object": (patient(_gender="x"), "Patient.gender"),
    "companion-array": (patient(name=[{"given": ["A"], "_given": {}}]), "Patient.name[0].given"),
    "required-element": (observation(status=None), "Observation"),
    "too-many": (
        {"resourceType": "ElementDefinition"},
        "",
    ),
    "choice-exclusive": (observation(valueString="x"), "Observation"),
    "ele-1": (patient(maritalStatus={"id": "a"}), "Patient.maritalStatus"),
    "ext-1": (patient(extension=[{"url": "http://a.org"}]), "Patient.extension[0]"),
    "extension-url": (
        patient(extension=[{"url": "a", "valueCode": "b"}]),
        "Patient.extension[0].url",
    ),
    "extension-value": (
        patient(
            extension=[
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
                    "valueString": "here",
                }
            ]
        ),
        "Patient.extension[0].value.ofType(string)",
    ),
    "extension-context": (
        observation(
            extension=[
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/patient-religion",
                    "valueCodeableConcept": {"text": "x"},
                }
            ]
        ),
        "Observation.extension[0]",
    ),
    "questionnaire-question": (
        questionnaire({"question": "9", "operator": "exists", "answerBoolean": True}),
        "Questionnaire.item[1].enableWhen[0].question",
    ),
    "questionnaire-itself": (
        questionnaire({"question": "2", "operator": "exists", "answerBoolean": True}),
        "Questionnaire.item[1].enableWhen[0].question",
    ),
    "code-system-count": (code_system(content="complete", count=2), "CodeSystem.count"),
    "code-system-supplement": (code_system(content="supplement"), "CodeSystem"),
    "code-system-property": (
        code_system(
            content="complete",
            concept=[{"code": "a", "property": [{"code": "size", "valueInteger": 1}]}],
        ),
        "CodeSystem.concept[0].property[0].code",
    ),
    "definition-type": (
        constrained("Patient.name", type=[{"code": "HumanNames"}]),
        "StructureDefinition.differential.element[1].type[0].code",
    ),
    "response-question": (
        response({"linkId": "9", "answer": [{"valueBoolean": True}]}),
        "QuestionnaireResponse.item[0].linkId",
    ),
    "response-nesting": (
        response({"linkId": "4.1", "answer": [{"valueString": "x"}]}),
        "QuestionnaireResponse.item[0].linkId",
    ),
    "response-order": (response(PAIN, YES), "QuestionnaireResponse.item[1]"),
    "response-repeats": (
        response({"linkId": "1", "answer": [{"valueBoolean": True}, {"valueBoolean": False}]}),
        "QuestionnaireResponse.item[0]",
    ),
    "response-no-question": (
        response(YES, {"linkId": "4", "answer": [{"valueString": "x"}]}),
        "QuestionnaireResponse.item[1]",
    ),
    "response-required": (response(PAIN), "QuestionnaireResponse"),
    "response-option": (
        response(YES, {"linkId": "3", "answer": [{"valueCoding": {"code": "none"}}]}),
        "QuestionnaireResponse.item[1].answer[0].value.ofType(Coding)",
    ),
    "response-answer": (
        response({"linkId": "1", "answer": [{"valueString": "yes"}]}),
        "QuestionnaireResponse.item[0].answer[0].value.ofType(string)",
    ),
    "definition-fixed-type": (
        constrained("Patient.gender", type=[{"code": "code"}], fixedString="male"),
        "StructureDefinition.differential.element[1].fixed.ofType(string)",
    ),
    "element-id-duplicate": (
        patient(name=[{"id": "a", "family": "A"}, {"id": "a", "family": "B"}]),
        "Patient.name[1].id",
    ),
    "element-id-format": (patient(name=[{"id": "a b", "family": "A"}]), "Patient.name[0].id"),
    "type-boolean": (patient(active="true"), "Patient.active"),
    "type-integer": (
        patient(telecom=[{"system": "phone", "rank": "1"}]),
        "Patient.telecom[0].rank",
    ),
    "type-decimal": (
        observation(valueQuantity={"value": "7"}),
        "Observation.value.ofType(Quantity).value",
    ),
    "type-string": (patient(name=[{"family": 5}]), "Patient.name[0].family"),
    "integer-range": (
        changed(PATIENT, multipleBirthInteger=2**31),
        "Patient.multipleBirth.ofType(integer)",
    ),
    "integer-negative": (
        changed(ATTACHMENT, content=[{"attachment": {"size": -1}}]),
        "DocumentReference.content[0].attachment.size",
    ),
    "integer-not-positive": (
        changed(ENCOUNTER, diagnosis=[{"condition": {"reference": "Condition/1"}, "rank": 0}]),
        "Encounter.diagnosis[0].rank",
    ),
    "string-empty": (patient(name=[{"family": ""}]), "Patient.name[0].family"),
    "string-length": (patient(name=[{"family": "a" * (2**20 + 1)}]), "Patient.name[0].family"),
    "string-control": (patient(name=[{"family": "a\x01b"}]), "Patient.name[0].family"),
    "uri-format": (patient(implicitRules="http://a.org/b c"), "Patient.implicitRules"),
    "uri-scheme": (patient(implicitRules="uuid:a"), "Patient.implicitRules"),
    "urn-placeholder": (patient(implicitRules="urn:oid:X.Y"), "Patient.implicitRules"),
    "base64-format": (
        changed(ATTACHMENT, content=[{"attachment": {"contentType": "a/b", "data": "a"}}]),
        "DocumentReference.content[0].attachment.data",
    ),
    "date-format": (patient(birthDate="1.2.1970"), "Patient.birthDate"),
    "dateTime-format": (
        observation(effectiveDateTime="2026-01-01T10:00"),
        "Observation.effective.ofType(dateTime)",
    ),
    "instant-format": (observation(issued="2026-01-01"), "Observation.issued"),
    "time-format": (
        observation(valueQuantity=None, valueTime="24:00:00"),
        "Observation.value.ofType(time)",
    ),
    "date-impossible": (patient(birthDate="2021-02-29"), "Patient.birthDate"),
    "id-format": (patient(id="a_b"), "Patient.id"),
    "code-format": (patient(language="en "), "Patient.language"),
    "oid-format": (patient(implicitRules="urn:oid:3.1"), "Patient.implicitRules"),
    "uuid-format": (patient(implicitRules="urn:uuid:12"), "Patient.implicitRules"),
    "attachment-size": (
        changed(
            ATTACHMENT,
            content=[{"attachment": {"contentType": "a/b", "data": "aGVsbG8=", "size": 6}}],
        ),
        "DocumentReference.content[0].attachment.size",
    ),
    "mime-type": (
        changed(ATTACHMENT, content=[{"attachment": {"contentType": "text"}}]),
        "DocumentReference.content[0].attachment.contentType",
    ),
    "code-required": (patient(gender="f"), "Patient.gender"),
    "code-unknown": (
        patient(
            maritalStatus={
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus",
                        "code": "Q",
                    }
                ]
            }
        ),
        "Patient.maritalStatus.coding[0].code",
    ),
    "code-system-absolute": (
        observation(code={"coding": [{"system": "loinc", "code": "1"}]}),
        "Observation.code.coding[0].system",
    ),
    "code-system-value-set": (
        observation(code={"coding": [{"system": "http://hl7.org/fhir/ValueSet/a", "code": "1"}]}),
        "Observation.code.coding[0].system",
    ),
    "code-system-form": (
        observation(code={"coding": [{"system": "http://snomed.info/sct/", "code": "1"}]}),
        "Observation.code.coding[0].system",
    ),
    "system-absolute": (
        patient(identifier=[{"system": "nhs", "value": "1"}]),
        "Patient.identifier[0].system",
    ),
    "reference-format": (
        patient(managingOrganization={"reference": "here"}),
        "Patient.managingOrganization.reference",
    ),
    "reference-type": (
        patient(managingOrganization={"reference": "Patient/1"}),
        "Patient.managingOrganization.reference",
    ),
    "reference-type-unknown": (
        patient(managingOrganization={"reference": "Clinic/1"}),
        "Patient.managingOrganization.reference",
    ),
    "reference-type-differs": (
        patient(managingOrganization={"reference": "Organization/1", "type": "Patient"}),
        "Patient.managingOrganization.type",
    ),
    "ref-1": (
        patient(managingOrganization={"reference": "#o"}),
        "Patient.managingOrganization.reference",
    ),
    "bundle-reference": (
        bundle_of(
            "transaction",
            {
                "request": {"method": "POST", "url": "Patient"},
                **entry(
                    "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01",
                    patient(
                        managingOrganization={
                            "reference": "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f09"
                        }
                    ),
                ),
            },
        ),
        "Bundle.entry[0].resource.managingOrganization.reference",
    ),
    "contained-id": (
        contained(inner_observation(), inner_observation(id=None)),
        "Observation.contained[1]",
    ),
    "contained-duplicate": (
        contained(inner_observation(), inner_observation()),
        "Observation.contained[1].id",
    ),
    "dom-2": (
        contained(inner_observation(contained=[inner_observation("b")])),
        "Observation.contained[0]",
    ),
    "dom-3": (contained(inner_observation(), inner_observation("b")), "Observation.contained[1]"),
    "dom-4": (contained(inner_observation(meta={"versionId": "1"})), "Observation.contained[0]"),
    "dom-5": (
        contained(inner_observation(meta={"security": [{"code": "R"}]})),
        "Observation.contained[0]",
    ),
    "narrative-xml": (patient_saying(f"{OPEN}<p>a</div>"), "Patient.text.div"),
    "narrative-root": (patient_saying("<div>a</div>"), "Patient.text.div"),
    "txt-1": (patient_saying(f"{OPEN}<script>a</script></div>"), "Patient.text.div"),
    "txt-2": (patient_saying(f"{OPEN}<br/></div>"), "Patient.text.div"),
    "narrative-blank": (patient_saying(f"{OPEN}  </div>"), "Patient.text.div"),
    "narrative-script": (
        patient_saying(f'{OPEN}<a href="javascript:a()">a</a></div>'),
        "Patient.text.div",
    ),
    "bundle-full-url": (bundle_of("collection", entry("p1", SIMPLE)), "Bundle.entry[0].fullUrl"),
    "bundle-full-url-missing": (bundle_of("searchset", entry(None, SIMPLE)), "Bundle.entry[0]"),
    "bundle-full-url-id": (
        bundle_of("searchset", entry("http://example.org/Patient/p2", SIMPLE)),
        "Bundle.entry[0].fullUrl",
    ),
    "bundle-full-url-type": (
        bundle_of("searchset", entry("http://example.org/Group/p1", SIMPLE)),
        "Bundle.entry[0].fullUrl",
    ),
    "bundle-copy-id": (
        bundle_of("collection", entry("http://example.org/Patient/p2", SIMPLE)),
        "Bundle.entry[0].fullUrl",
    ),
    "bundle-unreachable": (
        document(
            entry("http://example.org/Patient/p1", SIMPLE),
            entry("http://example.org/Patient/p2", {**SIMPLE, "id": "p2"}),
        ),
        "Bundle.entry[2].resource",
    ),
    "bundle-document-reference": (document(), "Bundle.entry[0].resource.author[0].reference"),
    "bundle-no-entry": (bundle_of_nothing("message"), "Bundle"),
    "profile-absolute": (patient(meta={"profile": ["Patient"]}), "Patient.meta.profile[0]"),
    "profile-type": (
        patient(meta={"profile": ["http://hl7.org/fhir/StructureDefinition/Group"]}),
        "Patient.meta.profile[0]",
    ),
    "code-system-property-type": (
        code_system(
            content="complete",
            property=[{"code": "size", "type": "integer"}],
            concept=[{"code": "a", "property": [{"code": "size", "valueString": "1"}]}],
        ),
        "CodeSystem.concept[0].property[0].value.ofType(string)",
    ),
    "definition-url": (code_system(content="complete", url="colours"), "CodeSystem.url"),
    "definition-path": (
        constrained("Patient.colour", min=1),
        "StructureDefinition.differential.element[1].path",
    ),
    "definition-minimum": (
        constrained("Patient.communication.language", min=0),
        "StructureDefinition.differential.element[1].min",
    ),
    "definition-maximum": (
        constrained("Patient.birthDate", max="*"),
        "StructureDefinition.differential.element[1].max",
    ),
    "vital-sign-category": (vital_sign(category=None), "Observation"),
    "vital-sign-subject": (vital_sign(subject=None), "Observation"),
    "vital-sign-effective": (vital_sign(effectiveDateTime=None), "Observation"),
    "vital-sign-quantity": (
        vital_sign(valueQuantity={**WEIGHED, "code": "[oz_av]"}),
        "Observation.value.ofType(Quantity)",
    ),
    "vital-sign-pressure": (blood_pressure(_pressure("8480-6", 120)), "Observation"),
    "vital-sign-panel": (vital_sign("85353-1"), "Observation"),
    "vs-1": (vital_sign(effectiveDateTime="2026-01"), "Observation.effective.ofType(dateTime)"),
    "vs-2": (vital_sign(valueQuantity=None), "Observation"),
    "vs-3": (
        blood_pressure(_pressure("8480-6", 120), _pressure("8462-4", None)),
        "Observation.component[1]",
    ),
}


del BROKEN["too-many"]


BROKEN |= {rule: (slip[0], slip[1]) for rule, slip in SLIPS.items() if rule not in PROFILE_RULES}


BROKEN |= {rule: (slip[0], slip[1]) for rule, slip in DEFINITION_SLIPS.items()}


#: Rules that no resource of R4 can break alone, and why.
NOT_SHOWN = {
    "too-many": "the only bounded lists of R4 stand in measures of length that are not exchanged",
    "definition-too-many": "it takes 20,000 elements; the ceilings of a document are shown apart",
}


def issues_of(resource: Any) -> tuple[Issue, ...]:
    return VALIDATOR.issues(json.dumps(resource).encode())
