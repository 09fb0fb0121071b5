"""Rules of definitions, searches and answers: a slip, and it mended, as in ``slips``."""

from typing import Any

from tests.fhir.examples import Json, changed
from tests.fhir.slips import defined_extension, element, included, profiled, sought

_BASE = "http://hl7.org/fhir/StructureDefinition/"
_GENDER = "http://hl7.org/fhir/administrative-gender"
_SLICING = {"rules": "open", "discriminator": [{"type": "value", "path": "$this"}]}
_SERVER = "http://example.org/Patient"
_PATIENT: Json = {"resourceType": "Patient", "id": "p1", "active": True}


def _code_system(**parts: Any) -> Json:
    made = {"resourceType": "CodeSystem", "status": "draft", "content": "complete"}
    return changed(made | {"concept": [{"code": "red"}]}, **parts)


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
