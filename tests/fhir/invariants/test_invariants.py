"""Invariants of the specification, each broken by a small resource and kept by the examples."""

import json
from decimal import Decimal
from typing import Any

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fhirpath.compiling import Context, NotSupported, compiled
from sharedcare.fhir.fhirpath.items import Node
from tests.fhir.examples import CONDITION, OBSERVATION, ORGANISATION, PATIENT, REQUEST, changed

VALIDATOR = Validator()
_STATUS = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def entries(kind: str, *found: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(found), **parts}


def items(*found: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "status": "draft", "item": list(found)}


def repeat(**parts: Any) -> dict[str, Any]:
    return changed(REQUEST, dosageInstruction=[{"timing": {"repeat": parts}}])


ENTRY = {"fullUrl": "http://example.org/Basic/1", "resource": {"resourceType": "Basic", "id": "1"}}
ENTRY["resource"]["code"] = {"text": "x"}  # type: ignore[index]  # the entry's resource is a dict
SAME = {"code": OBSERVATION["code"], "valueInteger": 1}

BROKEN: dict[str, dict[str, Any]] = {
    "per-1": changed(PATIENT, address=[{"period": {"start": "2020", "end": "2019"}}]),
    "qty-3": changed(OBSERVATION, valueQuantity={"value": 1, "code": "g"}),
    "cpt-2": changed(PATIENT, telecom=[{"value": "1"}]),
    "rng-2": changed(OBSERVATION, valueQuantity=None)
    | {"valueRange": {"low": {"value": 2}, "high": {"value": 1.5}}},
    "rat-1": changed(OBSERVATION, valueQuantity=None) | {"valueRatio": {"numerator": {"value": 1}}},
    "att-1": changed(PATIENT, photo=[{"data": "aGVsbG8="}]),
    "obs-3": changed(OBSERVATION, referenceRange=[{"type": {"text": "x"}}]),
    "obs-6": changed(OBSERVATION, dataAbsentReason={"text": "x"}),
    "obs-7": changed(OBSERVATION, component=[SAME]),
    "pat-1": changed(PATIENT, contact=[{"gender": "male"}]),
    "con-5": changed(
        CONDITION, verificationStatus={"coding": [{"system": _STATUS, "code": "entered-in-error"}]}
    ),
    "con-4": changed(CONDITION, abatementString="over"),
    "con-1": changed(CONDITION, stage=[{"type": {"text": "x"}}]),
    "org-1": changed(ORGANISATION, name=None, identifier=None),
    "org-2": changed(ORGANISATION, address=[{"use": "home", "city": "x"}]),
    "org-3": changed(ORGANISATION, telecom=[{"use": "home", "system": "phone", "value": "1"}]),
    "tim-1": repeat(duration=1),
    "tim-2": repeat(period=1),
    "tim-4": repeat(duration=-1, durationUnit="d"),
    "tim-9": repeat(offset=5, when=["C"]),
    "tim-10": repeat(timeOfDay=["10:00:00"], when=["MORN"]),
    "bdl-1": entries("collection", ENTRY, total=1),
    "bdl-2": entries("collection", {**ENTRY, "search": {"mode": "match"}}),
    "bdl-3": entries("transaction", ENTRY),
    "bdl-4": entries("collection", {**ENTRY, "response": {"status": "200"}}),
    "bdl-5": entries("collection", {"fullUrl": "http://example.org/Basic/1"}),
    "bdl-7": entries("collection", ENTRY, ENTRY),
    "bdl-8": entries("collection", {**ENTRY, "fullUrl": "http://example.org/Basic/1/_history/1"}),
    "bdl-9": entries("document", ENTRY, timestamp="2026-01-01T10:00:00Z"),
    "bdl-10": entries("document", ENTRY),
    "bdl-11": entries("document", ENTRY),
    "bdl-12": entries("message", ENTRY),
    "que-1": items({"linkId": "1", "type": "group"}),
    "que-2": items(*[{"linkId": "1", "type": "string"}] * 2),
    "que-3": items({"linkId": "1", "type": "display", "code": [{"code": "x"}]}),
    "que-7": items(
        {"linkId": "1", "type": "string"},
        {
            "linkId": "2",
            "type": "string",
            "enableWhen": [{"question": "1", "operator": "exists", "answerString": "x"}],
        },
    ),
    "que-12": items(
        {"linkId": "1", "type": "string"},
        {
            "linkId": "2",
            "type": "string",
            "enableWhen": [{"question": "1", "operator": "exists", "answerBoolean": True}] * 3,
        },
    ),
    "csd-1": {
        "resourceType": "CodeSystem",
        "status": "draft",
        "content": "complete",
        "concept": [{"code": "a", "concept": [{"code": "a"}]}],
    },
    "inv-1": {"resourceType": "Parameters", "parameter": [{"name": "a"}]},
    "lst-1": {
        "resourceType": "List",
        "status": "current",
        "mode": "working",
        "emptyReason": {"text": "x"},
        "entry": [{"item": {"display": "x"}}],
    },
    "sdf-1": {
        "resourceType": "StructureDefinition",
        "url": "http://example.org/a",
        "name": "A",
        "status": "draft",
        "kind": "logical",
        "abstract": False,
        "type": "A",
        "baseDefinition": "http://example.org/b",
        "derivation": "specialization",
        "snapshot": {"element": [{"id": "A", "path": "A"}, {"id": "B", "path": "A"}]},
    },
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_invariant_is_told_where_it_is_broken(rule: str) -> None:
    for validator in (VALIDATOR, Validator(fast=False)):
        issues = validator.issues(json.dumps(BROKEN[rule]).encode())
        told = {issue.rule: issue for issue in issues}
        assert rule in told, issues
        assert told[rule].code == "invariant"


def evaluated(expression: str, **value: Any) -> bool:
    node = Node(value, None, "Observation", r4())
    return compiled(expression)(Context(node, node, node))


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("value.exists()", True),
        ("value.empty()", False),
        ("value is Quantity", True),
        ("(value as Quantity).value > 7", True),
        ("value.value >= 7.5", False),
        ("status in ('final' | 'amended')", True),
        ("status = 'final' implies code.exists()", False),
        ("status.startsWith('fin') and status.contains('na')", True),
        ("status.matches('^f.*l$')", True),
        ("note.text.isDistinct()", False),
        ("note.select(text & 'x').first() = 'ax'", True),
        ("note.count() > 1 xor note.tail().exists()", False),
        ("note.where(text = 'b').empty()", True),
        ("note.all(text.exists())", True),
        ("iif(status = 'final', note.exists(), false)", True),
        ("issued <= %resource.issued", True),
        ("identifier.value = 'x'", False),  # an invariant has to give true
        ("descendants().text.exists()", True),
        ("{}.empty()", True),
        ("status.replaceMatches('i', 'a') = 'fanal'", True),
    ],
)
def test_the_subset_of_fhirpath_means_what_the_specification_says(
    expression: str, holds: bool
) -> None:
    value = {
        "status": "final",
        "issued": "2026-01-01T10:00:00Z",
        "valueQuantity": {"value": Decimal("7.2")},
        "note": [{"text": "a"}, {"text": "a"}],
    }
    assert evaluated(expression, **value) is holds


@pytest.mark.parametrize(
    "expression",
    ["a.sqrt()", "a + ", "a = 4 'mg'", "%unknown", "a)", "a.where()", "a[0", "a.is(", "", "a ? b"],
)
def test_what_is_not_known_of_fhirpath_is_refused_when_it_is_compiled(expression: str) -> None:
    with pytest.raises(NotSupported):
        compiled(expression)
