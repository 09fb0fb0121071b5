"""Rules that hold a resource against code systems, definitions and itself: a slip, and it mended.

Each rule has a resource that breaks it, the path that is told, and the same resource put right.
"""

from typing import Any

from tests.fhir.examples import OBSERVATION, PATIENT, Json, changed, concept

_BASE = "http://hl7.org/fhir/StructureDefinition/"
_TERMS = "http://terminology.hl7.org/CodeSystem/"
_SEX = "http://hl7.org/fhir/SearchParameter/individual-gender"
_GENDER = "http://hl7.org/fhir/administrative-gender"
_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


def patient(**parts: Any) -> Json:
    return changed(PATIENT, **parts)


def observation(**parts: Any) -> Json:
    return changed(OBSERVATION, **parts)


def saying(inner: str) -> Json:
    return patient(text={"status": "generated", "div": _DIV.format(inner)})


def married(**parts: str) -> Json:
    coding = {"system": f"{_TERMS}v3-MaritalStatus", "code": "M", **parts}
    return patient(maritalStatus={"coding": [coding]})


def coded(code_system: str, code: str) -> Json:
    return observation(code=concept(code_system, code))


def weighed(code: str) -> Json:
    return observation(
        valueQuantity={"value": 7, "system": "http://unitsofmeasure.org", "code": code}
    )


def identified(value: str) -> Json:
    return patient(identifier=[{"system": "urn:ietf:rfc:3986", "value": value}])


def pictured(**parts: Any) -> Json:
    return patient(photo=[{"contentType": "image/png", "data": "aGVsbG8=", **parts}])


def extended(name: str, **parts: Any) -> Json:
    return patient(extension=[{"url": f"{_BASE}{name}", **parts}])


def turned(type_name: str) -> Json:
    told = [{"url": f"{_BASE}questionnaire-choiceOrientation", "valueCode": "horizontal"}]
    items = [{"linkId": "1", "type": type_name, "extension": told}]
    return {"resourceType": "Questionnaire", "status": "draft", "item": items}


def located(*parts: str) -> Json:
    inner = [{"url": part, "valueDecimal": 1} for part in parts]
    address = {"city": "x", "extension": [{"url": f"{_BASE}geolocation", "extension": inner}]}
    return patient(address=[address])


def included(**parts: Any) -> Json:
    url = "http://example.org/vs"
    compose = {"include": [parts]}
    return {"resourceType": "ValueSet", "url": url, "status": "draft", "compose": compose}


def colours(code: str) -> Json:
    concepts = [{"code": "red", "property": [{"code": "near", "valueCode": code}]}]
    return {
        "resourceType": "CodeSystem",
        "status": "draft",
        "content": "complete",
        "property": [{"code": "near", "type": "code"}],
        "concept": [*concepts, {"code": "pink"}],
    }


def declared(name: str, type_name: str) -> Json:
    uri = f"http://hl7.org/fhir/concept-properties#{name}"
    return {
        "resourceType": "CodeSystem",
        "status": "draft",
        "content": "complete",
        "property": [{"code": name, "uri": uri, "type": type_name}],
        "concept": [{"code": "red"}],
    }


def mapped(code: str) -> Json:
    element = {"code": code, "target": [{"code": "a", "equivalence": "equal"}]}
    group = {"source": _GENDER, "target": "http://example.org", "element": [element]}
    return {"resourceType": "ConceptMap", "status": "draft", "group": [group]}


def copied(context: str) -> Json:
    rule = {"name": "r", "source": [{"context": context}]}
    inputs = [{"name": "from", "mode": "source"}]
    group = {"name": "g", "typeMode": "none", "input": inputs, "rule": [rule]}
    return {
        "resourceType": "StructureMap",
        "url": "http://example.org/map",
        "name": "A",
        "status": "draft",
        "group": [group],
    }


def sought(**parts: Any) -> Json:
    made = {
        "resourceType": "SearchParameter",
        "url": "http://example.org/sp",
        "name": "A",
        "status": "draft",
        "description": "x",
        "code": "a",
        "base": ["Patient"],
        "type": "string",
        "expression": "Patient.name.family",
    }
    return changed(made, **parts)


def able(type_name: str) -> Json:
    parameter = {
        "name": "gender",
        "definition": "http://hl7.org/fhir/SearchParameter/individual-gender",
        "type": type_name,
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "draft",
        "date": "2026",
        "kind": "requirements",
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "description": "x",
        "rest": [{"mode": "server", "resource": [{"type": "Patient", "searchParam": [parameter]}]}],
    }


def profiled(*elements: Json, **parts: Any) -> Json:
    made = {
        "resourceType": "StructureDefinition",
        "url": "http://example.org/a",
        "name": "A",
        "status": "draft",
        "kind": "resource",
        "abstract": False,
        "type": "Patient",
        "baseDefinition": f"{_BASE}Patient",
        "derivation": "constraint",
        "differential": {"element": [{"id": "Patient", "path": "Patient"}, *elements]},
    }
    return changed(made, **parts)


def element(path: str, name: str = "", **parts: Any) -> Json:
    return {"id": f"{path}:{name}" if name else path, "path": path, **parts}


def ruled(expression: str) -> Json:
    constraint = {"key": "a-1", "severity": "error", "human": "x", "expression": expression}
    return profiled(element("Patient.name", constraint=[constraint]))


def defined_extension(url: str) -> Json:
    elements = [{"id": "Extension", "path": "Extension"}, element("Extension.url", fixedUri=url)]
    return profiled(
        kind="complex-type",
        type="Extension",
        baseDefinition=f"{_BASE}Extension",
        context=[{"type": "element", "expression": "Patient"}],
        differential={"element": elements},
    )


def sliced(**slicing: Any) -> Json:
    one = element("Patient.identifier", "nhs", sliceName="nhs", min=1)
    whole = element("Patient.identifier", **slicing)
    return profiled(whole, one)


def answered(said: bool, text: str = "Since when?") -> Json:
    asked = [
        {"linkId": "1", "type": "boolean"},
        {
            "linkId": "2",
            "type": "string",
            "text": "Since when?",
            "enableWhen": [{"question": "1", "operator": "=", "answerBoolean": True}],
        },
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "contained": [
            {"resourceType": "Questionnaire", "id": "q", "status": "draft", "item": asked}
        ],
        "questionnaire": "#q",
        "status": "completed",
        "item": [
            {"linkId": "1", "answer": [{"valueBoolean": said}]},
            {"linkId": "2", "text": text, "answer": [{"valueString": "May"}]},
        ],
    }


def collected(reference: str) -> Json:
    urn = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0"
    seen = {
        "resourceType": "Patient",
        "link": [{"other": {"reference": reference}, "type": "refer"}],
    }
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"{urn}1", "resource": seen}],
    }


def found(mode: str) -> Json:
    entry = {
        "fullUrl": "http://example.org/Patient/p1",
        "resource": {"resourceType": "Patient", "id": "p1", "active": True},
        "search": {"mode": mode},
    }
    return {"resourceType": "Bundle", "type": "searchset", "entry": [entry]}


_SLICING = {"rules": "open", "discriminator": [{"type": "value", "path": "system"}]}
_BOUND = {"strength": "required", "valueSet": "http://hl7.org/fhir/ValueSet/administrative-gender"}
_FIRST = "StructureDefinition.differential.element[1]"

#: Rule → a resource that breaks it, the path that is told, and one that keeps it.
SLIPS: dict[str, tuple[Json, str, Json]] = {
    "string-blank": (
        patient(name=[{"family": " "}]),
        "Patient.name[0].family",
        patient(name=[{"family": " x "}]),
    ),
    "identifier-uri": (
        identified("R 7"),
        "Patient.identifier[0].value",
        identified("urn:oid:1.2"),
    ),
    "identifier-oid": (
        identified("1.2.3"),
        "Patient.identifier[0].value",
        identified("urn:oid:1.2.3"),
    ),
    "uuid-case": (
        patient(implicitRules="urn:uuid:0DBBF2B4-7B4F-4B9E-9B7E-0F0F0F0F0F01"),
        "Patient.implicitRules",
        patient(implicitRules="urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01"),
    ),
    "language": (patient(language="en_GB"), "Patient.language", patient(language="en-GB")),
    "currency": (
        patient(extension=[{"url": "http://a.org", "valueMoney": {"currency": "XYZ"}}]),
        "Patient.extension[0].value.ofType(Money).currency",
        patient(extension=[{"url": "http://a.org", "valueMoney": {"currency": "GBP"}}]),
    ),
    "attachment-hash": (
        pictured(hash="2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
        "Patient.photo[0].hash",
        pictured(hash="qvTGHdzF6KLavt4PO0gs2a6pQ00="),
    ),
    "code-format": (
        coded("http://example.org", "a\tb"),
        "Observation.code.coding[0].code",
        coded("http://example.org", "a b c"),
    ),
    "reference-format": (
        observation(subject={"reference": "http://example.org/Patient/ 1"}),
        "Observation.subject.reference",
        observation(subject={"reference": "http://example.org/Patient/1"}),
    ),
    "unit-system": (
        observation(valueQuantity={"value": 7, "system": "ucum", "code": "g"}),
        "Observation.value.ofType(Quantity).system",
        observation(valueQuantity={"value": 7, "system": "http://a.org", "code": "g"}),
    ),
    "unit-form": (
        weighed("mm[Hg"),
        "Observation.value.ofType(Quantity).code",
        weighed("mm[Hg]"),
    ),
    "code-system-unknown": (
        coded("http://hl7.org/fhir/v3/ActCode", "AMB"),
        "Observation.code.coding[0].system",
        coded(f"{_TERMS}v3-ActCode", "AMB"),
    ),
    "coding-system": (
        patient(meta={"tag": [{"system": "http://hl7.org/fhir/v3/ActCode", "code": "AMB"}]}),
        "Patient.meta.tag[0].system",
        patient(meta={"tag": [{"system": f"{_TERMS}v3-ActCode", "code": "AMB"}]}),
    ),
    "reference-type-absolute": (
        observation(subject={"reference": "Patient/1", "type": f"{_BASE}Patient"}),
        "Observation.subject.type",
        observation(subject={"reference": "Patient/1", "type": "Patient"}),
    ),
    "code-display": (
        married(display="Divorced"),
        "Patient.maritalStatus.coding[0].display",
        married(display="married"),
    ),
    "code-form": (
        coded("http://loinc.org", "718-8"),
        "Observation.code.coding[0].code",
        coded("http://loinc.org", "718-7"),
    ),
    "code-check-digit": (
        coded("http://snomed.info/sct", "73211008"),
        "Observation.code.coding[0].code",
        coded("http://snomed.info/sct", "73211009"),
    ),
    "canonical-absolute": (
        included(valueSet=["colours"]),
        "ValueSet.compose.include[0].valueSet[0]",
        included(valueSet=["http://example.org/colours"]),
    ),
    "canonical-relative": (
        patient(extension=[{"url": "http://a.org", "valueCanonical": "Questionnaire/1"}]),
        "Patient.extension[0].value.ofType(canonical)",
        patient(extension=[{"url": "http://a.org", "valueCanonical": "http://b.org|1"}]),
    ),
    "canonical-contained": (
        changed(answered(True), contained=None),
        "QuestionnaireResponse.questionnaire",
        answered(True),
    ),
    "extension-version": (
        extended("patient-birthPlace|4.0.1", valueAddress={"city": "x"}),
        "Patient.extension[0].url",
        extended("patient-birthPlace", valueAddress={"city": "x"}),
    ),
    "extension-parts": (
        extended("patient-birthPlace", extension=[{"url": "a", "valueString": "x"}]),
        "Patient.extension[0].extension",
        extended("patient-birthPlace", valueAddress={"city": "x"}),
    ),
    "extension-part-unknown": (
        extended("patient-nationality", extension=[{"url": "kode", "valueString": "x"}]),
        "Patient.extension[0].extension[0].url",
        extended(
            "patient-nationality",
            extension=[{"url": "code", "valueCodeableConcept": {"text": "x"}}],
        ),
    ),
    "extension-part-minimum": (
        located("latitude"),
        "Patient.address[0].extension[0]",
        located("latitude", "longitude"),
    ),
    "extension-part-maximum": (
        located("latitude", "longitude", "latitude"),
        "Patient.address[0].extension[0].extension[2]",
        located("latitude", "longitude"),
    ),
    "extension-asks": (
        turned("string"),
        "Questionnaire.item[0].extension[0]",
        turned("choice"),
    ),
    "extension-modifier": (
        patient(
            modifierExtension=[{"url": f"{_BASE}patient-birthPlace", "valueAddress": {"city": "x"}}]
        ),
        "Patient.modifierExtension[0]",
        extended("patient-birthPlace", valueAddress={"city": "x"}),
    ),
    "bundle-part": (
        collected("urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f09"),
        "Bundle.entry[0].resource.link[0].other.reference",
        collected("urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01"),
    ),
    "bundle-search-mode": (found("outcome"), "Bundle.entry[0].search.mode", found("match")),
    "narrative-link": (
        saying('<a href="">x</a>'),
        "Patient.text.div",
        saying('<a href="#">x</a>'),
    ),
    "narrative-target": (
        saying('<a href="#there">x</a>'),
        "Patient.text.div",
        saying('<a href="#there">x</a><p id="there">y</p>'),
    ),
    "narrative-structure": (
        saying("<p>a<ul><li>x</li></ul></p>"),
        "Patient.text.div",
        saying("<p>a</p><ul><li>x</li></ul>"),
    ),
    "narrative-attribute": (
        saying('<p href="http://example.org">x</p>'),
        "Patient.text.div",
        saying('<a href="http://example.org">x</a>'),
    ),
    "response-text": (
        answered(True, "Since then?"),
        "QuestionnaireResponse.item[1].text",
        answered(True),
    ),
    "response-not-enabled": (
        answered(False),
        "QuestionnaireResponse.item[1]",
        answered(True),
    ),
    "code-system-property-code": (
        colours("blue"),
        "CodeSystem.concept[0].property[0].value.ofType(code)",
        colours("pink"),
    ),
    "code-system-property-unknown": (
        declared("colour", "code"),
        "CodeSystem.property[0].uri",
        declared("parent", "code"),
    ),
    "value-set-code-system": (
        included(valueSet=[_GENDER]),
        "ValueSet.compose.include[0].valueSet[0]",
        included(system=_GENDER),
    ),
    "value-set-itself": (
        included(valueSet=["http://example.org/vs"]),
        "ValueSet.compose.include[0].valueSet[0]",
        included(valueSet=["http://example.org/others"]),
    ),
    "map-code-unknown": (mapped("f"), "ConceptMap.group[0].element[0].code", mapped("female")),
    "map-context": (
        copied("to"),
        "StructureMap.group[0].rule[0].source[0].context",
        copied("from"),
    ),
    "search-base": (
        sought(derivedFrom=_SEX, type="token", base=["Group"]),
        "SearchParameter.base[0]",
        sought(derivedFrom=_SEX, type="token"),
    ),
    "search-type": (
        able("string"),
        "CapabilityStatement.rest[0].resource[0].searchParam[0].type",
        able("token"),
    ),
    "expression-syntax": (
        sought(expression="Patient.name.where("),
        "SearchParameter.expression",
        sought(expression="Patient.name.where(use = 'home')"),
    ),
    "expression-function": (
        ruled("family.exist()"),
        f"{_FIRST}.constraint[0].expression",
        ruled("family.exists()"),
    ),
    "expression-element": (
        ruled("famly.exists()"),
        f"{_FIRST}.constraint[0].expression",
        ruled("family.exists() or given.count() > 1"),
    ),
    "definition-base": (
        profiled(baseDefinition=f"{_BASE}Pateint"),
        "StructureDefinition.baseDefinition",
        profiled(),
    ),
    "definition-base-type": (
        profiled(baseDefinition=f"{_BASE}Person"),
        "StructureDefinition.type",
        profiled(baseDefinition=f"{_BASE}DomainResource"),
    ),
    "definition-kind": (
        profiled(kind="complex-type"),
        "StructureDefinition.kind",
        profiled(kind="resource"),
    ),
    "definition-extension-url": (
        defined_extension("http://example.org/b"),
        "StructureDefinition",
        defined_extension("http://example.org/a"),
    ),
    "definition-type-wider": (
        profiled(element("Patient.birthDate", type=[{"code": "dateTime"}])),
        f"{_FIRST}.type[0].code",
        profiled(element("Patient.birthDate", type=[{"code": "date"}])),
    ),
    "definition-profile-type": (
        profiled(
            element(
                "Patient.managingOrganization",
                type=[{"code": "Reference", "targetProfile": [f"{_BASE}Patient"]}],
            )
        ),
        f"{_FIRST}.type[0].targetProfile[0]",
        profiled(
            element(
                "Patient.managingOrganization",
                type=[{"code": "Reference", "targetProfile": [f"{_BASE}Organization"]}],
            )
        ),
    ),
    "definition-binding": (
        profiled(element("Patient.birthDate", binding=_BOUND)),
        f"{_FIRST}.binding",
        profiled(element("Patient.gender", binding=_BOUND)),
    ),
    "definition-order": (
        profiled(element("Patient.birthDate", min=1), element("Patient.name", min=1)),
        "StructureDefinition.differential.element[2].path",
        profiled(element("Patient.name", min=1), element("Patient.birthDate", min=1)),
    ),
    "definition-slicing": (
        sliced(),
        "StructureDefinition.differential.element[2].sliceName",
        sliced(slicing=_SLICING),
    ),
    "definition-slicing-root": (
        profiled(
            differential={"element": [{"id": "Patient", "path": "Patient", "slicing": _SLICING}]}
        ),
        "StructureDefinition.differential.element[0].slicing",
        profiled(),
    ),
}
