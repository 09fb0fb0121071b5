"""Rules of definitions, searches and answers: a slip, and it mended, as in ``slips``."""

from typing import Any

from tests.fhir.examples import Json, changed
from tests.fhir.slips import copied, defined_extension, element, included, profiled, sought

_BASE = "http://hl7.org/fhir/StructureDefinition/"
_GENDER = "http://hl7.org/fhir/administrative-gender"
_SLICING = {"rules": "open", "discriminator": [{"type": "value", "path": "$this"}]}
_SERVER = "http://example.org/Patient"
_PATIENT: Json = {"resourceType": "Patient", "id": "p1", "active": True}


def _code_system(**parts: Any) -> Json:
    made = {"resourceType": "CodeSystem", "status": "draft", "content": "complete"}
    return changed(made | {"concept": [{"code": "red"}]}, **parts)


def _child_of(code: str) -> Json:
    uri = "http://hl7.org/fhir/concept-properties#parent"
    concepts = [{"code": "pink", "property": [{"code": "up", "valueCode": code}]}, {"code": "red"}]
    return {"property": [{"code": "up", "uri": uri, "type": "code"}], "concept": concepts}


def _supplement(**parts: Any) -> Json:
    concepts = [{"code": "male"}]
    return _code_system(content="supplement", supplements=_GENDER, concept=concepts, **parts)


def _asking(question: str) -> Json:
    condition = {"question": question, "operator": "exists", "answerBoolean": True}
    inner = [{"linkId": "1.1", "type": "string"}]
    items = [
        {"linkId": "0", "type": "string"},
        {"linkId": "1", "type": "group", "enableWhen": [condition], "item": inner},
    ]
    return {"resourceType": "Questionnaire", "status": "draft", "item": items}


def _guide(address: str) -> Json:
    return {
        "resourceType": "ImplementationGuide",
        "url": "http://example.org/ImplementationGuide/a",
        "name": "A",
        "status": "draft",
        "packageId": "a.b",
        "fhirVersion": ["4.0.1"],
        "dependsOn": [{"uri": address, "packageId": "a.c", "version": "1.0.0"}],
    }


def _existing(value: str) -> Json:
    return {"property": "inactive", "op": "exists", "value": value}


def _bound(strength: str) -> Json:
    binding = {"strength": strength, "valueSet": "http://example.org/vs"}
    return profiled(element("Patient.gender", binding=binding))


def _calling(name: str) -> Json:
    made = copied("from")
    made["group"][0]["rule"][0]["dependent"] = [{"name": name, "variable": ["from"]}]
    return made


def _map_from(address: str) -> Json:
    return {"resourceType": "ConceptMap", "status": "draft", "sourceCanonical": address}


def _standing_on(path: str) -> Json:
    made = defined_extension("http://example.org/a")
    return changed(made, context=[{"type": "element", "expression": path}])


def _searched(*relations: str, address: str = _SERVER, **parts: Any) -> Json:
    resource = changed(_PATIENT, **parts)
    found = {"fullUrl": f"{_SERVER}/p1", "resource": resource, "search": {"mode": "match"}}
    links = [{"relation": relation, "url": address} for relation in relations]
    return {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": [found]}


def _paged(relation: str) -> Json:
    return changed(_kept(), link=[{"relation": relation, "url": _SERVER}])


def _posted(**parts: str) -> Json:
    group = {"resourceType": "Group", "type": "person", "actual": True}
    resource = {**group, "managingEntity": {"reference": "Organization/1"}}
    entry = {**parts, "resource": resource, "request": {"method": "POST", "url": "Group"}}
    return {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}


def _kept(**parts: Any) -> Json:
    resource = changed(_PATIENT, **parts)
    entry = {"fullUrl": f"{_SERVER}/p1", "resource": resource}
    return {"resourceType": "Bundle", "type": "collection", "entry": [entry]}


def answering(kind: str, value: Json, **asked: Any) -> Json:
    question = {"linkId": "1", "type": kind, **asked}
    inside = {"resourceType": "Questionnaire", "id": "q", "status": "draft", "item": [question]}
    return {
        "resourceType": "QuestionnaireResponse",
        "contained": [inside],
        "questionnaire": "#q",
        "status": "completed",
        "item": [{"linkId": "1", "answer": [value]}],
    }


_PARTS = [{"definition": f"http://example.org/{name}", "expression": name} for name in "ab"]
_COLOURS = [{"valueCoding": {"system": "http://example.org", "code": "red"}}]

_ANSWER = "QuestionnaireResponse.item[0].answer[0]"
_PICTURE = {"valueAttachment": {"contentType": "image/png", "data": "aGVsbG8="}}


def _limited(kind: str, value: Json, name: str, **said: Any) -> Json:
    return answering(kind, value, extension=[{"url": f"{_BASE}{name}", **said}])


def _chosen(first: str, second: str, name: str = "", **said: Any) -> Json:
    alone = [{"url": f"{_BASE}questionnaire-optionExclusive", "valueBoolean": True}]
    options = [{"valueString": "none", "extension": alone}]
    options += [{"valueString": colour} for colour in ("red", "pink")]
    more = {"extension": [{"url": f"{_BASE}{name}", **said}]} if name else {}
    asked = {"repeats": True, "required": True, "answerOption": options, **more}
    made = answering("choice", {"valueString": first}, **asked)
    made["item"][0]["answer"].append({"valueString": second})
    return made


#: Rule → a resource that breaks it, the path that is told, and one that keeps it.
DEFINITION_SLIPS: dict[str, tuple[Json, str, Json]] = {
    "definition-type": (
        profiled(type="Person2", derivation="specialization", baseDefinition=f"{_BASE}Base"),
        "StructureDefinition.type",
        profiled(),
    ),
    "definition-derivation": (
        profiled(derivation=None),
        "StructureDefinition",
        profiled(),
    ),
    "definition-no-extension": (
        profiled(context=[{"type": "element", "expression": "Patient"}]),
        "StructureDefinition.context[0]",
        defined_extension("http://example.org/a"),
    ),
    "definition-context": (
        _standing_on("Patient.deceasedBoolean"),
        "StructureDefinition.context[0].expression",
        _standing_on("Patient.deceased[x]"),
    ),
    "definition-slicing-single": (
        profiled(element("Patient.managingOrganization", slicing=_SLICING)),
        "StructureDefinition.differential.element[1].slicing",
        profiled(element("Patient.generalPractitioner", slicing=_SLICING)),
    ),
    "code-system-supplements": (
        _code_system(supplements=_GENDER),
        "CodeSystem.supplements",
        _code_system(supplements=_GENDER, content="supplement", concept=[{"code": "male"}]),
    ),
    "code-system-content": (
        _code_system(content="not-present"),
        "CodeSystem.concept[0]",
        _code_system(content="fragment"),
    ),
    "code-system-property-address": (
        _code_system(property=[{"code": "a", "type": "string", "uri": "a"}]),
        "CodeSystem.property[0].uri",
        _code_system(property=[{"code": "a", "type": "string", "uri": "http://example.org/a"}]),
    ),
    "code-system-property-kin": (
        _code_system(**_child_of("blue")),
        "CodeSystem.concept[0].property[0].value.ofType(code)",
        _code_system(**_child_of("red")),
    ),
    "code-system-supplement-case": (
        _supplement(caseSensitive=True),
        "CodeSystem.caseSensitive",
        _supplement(),
    ),
    "definition-binding-weaker": (
        _bound("preferred"),
        "StructureDefinition.differential.element[1].binding.strength",
        _bound("required"),
    ),
    "definition-specialised": (
        profiled(derivation="specialization"),
        "StructureDefinition.type",
        profiled(),
    ),
    "map-group": (
        _calling("other"),
        "StructureMap.group[0].rule[0].dependent[0].name",
        _calling("g"),
    ),
    "value-set-filter": (
        included(system="http://example.org/a", filter=[_existing("maybe")]),
        "ValueSet.compose.include[0].filter[0].value",
        included(system="http://example.org/a", filter=[_existing("true")]),
    ),
    "questionnaire-inner": (
        _asking("1.1"),
        "Questionnaire.item[1].enableWhen[0].question",
        _asking("0"),
    ),
    "guide-dependency": (
        _guide("http://example.org/other"),
        "ImplementationGuide.dependsOn[0].uri",
        _guide("http://example.org/ImplementationGuide/other"),
    ),
    "code-system-property-twice": (
        _code_system(property=[{"code": "a", "type": "string"}] * 2),
        "CodeSystem.property[1].code",
        _code_system(property=[{"code": name, "type": "string"} for name in "ab"]),
    ),
    "code-system-version": (
        included(system=f"{_GENDER}|4.0.1"),
        "ValueSet.compose.include[0].system",
        included(system=_GENDER, version="4.0.1"),
    ),
    "map-value-set": (
        _map_from(_GENDER),
        "ConceptMap.source.ofType(canonical)",
        _map_from("http://hl7.org/fhir/ValueSet/administrative-gender"),
    ),
    "search-components": (
        sought(type="composite", component=_PARTS[:1]),
        "SearchParameter",
        sought(type="composite", component=_PARTS),
    ),
    "search-expression": (
        sought(expression="Person.name.family"),
        "SearchParameter.expression",
        sought(expression="Person.name.family | Patient.name.family"),
    ),
    "bundle-full-url-no-id": (
        _kept(id=None),
        "Bundle.entry[0].fullUrl",
        _kept(),
    ),
    "bundle-link": (
        _searched("self", "self"),
        "Bundle.link[1].relation",
        _searched("self", "next"),
    ),
    "bundle-link-page": (
        _paged("next"),
        "Bundle.link[0].relation",
        _paged("self"),
    ),
    "bundle-full-url-needed": (
        _posted(),
        "Bundle.entry[0]",
        _posted(fullUrl="urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01"),
    ),
    "bundle-search-id": (
        _searched("self", id=None),
        "Bundle.entry[0].resource",
        _searched("self"),
    ),
    "bundle-search-type": (
        _searched("self", address="http://example.org?_type=Group,Person"),
        "Bundle.entry[0].resource",
        _searched("self", address="http://example.org?_type=Group,Patient"),
    ),
    "response-length": (
        answering("string", {"valueString": "May"}, maxLength=2),
        "QuestionnaireResponse.item[0].answer[0].value.ofType(string)",
        answering("string", {"valueString": "May"}, maxLength=3),
    ),
    "response-range": (
        _limited("integer", {"valueInteger": 3}, "minValue", valueInteger=5),
        f"{_ANSWER}.value.ofType(integer)",
        _limited("integer", {"valueInteger": 5}, "minValue", valueInteger=5),
    ),
    "response-decimals": (
        _limited("decimal", {"valueDecimal": 1.25}, "maxDecimalPlaces", valueInteger=1),
        f"{_ANSWER}.value.ofType(decimal)",
        _limited("decimal", {"valueDecimal": 1.5}, "maxDecimalPlaces", valueInteger=1),
    ),
    "response-short": (
        _limited("string", {"valueString": "May"}, "minLength", valueInteger=4),
        f"{_ANSWER}.value.ofType(string)",
        _limited("string", {"valueString": "May"}, "minLength", valueInteger=3),
    ),
    "response-attachment": (
        _limited("attachment", _PICTURE, "maxSize", valueDecimal=4),
        f"{_ANSWER}.value.ofType(Attachment)",
        _limited("attachment", _PICTURE, "mimeType", valueCode="image/png"),
    ),
    "response-count": (
        _chosen("red", "pink", "questionnaire-maxOccurs", valueInteger=1),
        "QuestionnaireResponse.item[0]",
        _chosen("red", "pink", "questionnaire-maxOccurs", valueInteger=2),
    ),
    "response-exclusive": (
        _chosen("none", "red"),
        "QuestionnaireResponse.item[0]",
        _chosen("red", "pink"),
    ),
    "response-option": (
        answering(
            "open-choice",
            {"valueCoding": {"system": "http://example.org", "code": "blue"}},
            answerOption=_COLOURS,
        ),
        "QuestionnaireResponse.item[0].answer[0].value.ofType(Coding)",
        answering("open-choice", {"valueString": "blue"}, answerOption=_COLOURS),
    ),
}
