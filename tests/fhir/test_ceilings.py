"""Documents that hold nothing but faults: counted to the last, listed up to a hundred, in bounds.

Work is counted in function calls, memory in bytes that Python hands out; both for a document and
for one twice as large, so that what grows faster than its document is found.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.payloads.model_slices import MOST
from sharedcare.fhir.payloads.settings import Settings, Suppression
from sharedcare.fhir.payloads.tally import Tally
from sharedcare.fhir.payloads.work import Checking
from sharedcare.fhir.rules import MAX_DEFINED
from sharedcare.reading.limits import MAX_LISTED

Json = dict[str, Any]
Make = Callable[[int], Json]

_CODING = {"system": "http://example.org", "code": "a"}


def tally(value: Json, settings: Settings | None = None) -> Tally:
    chunk = Chunk("a", "json", json.dumps(value).encode())
    return Checking(settings or Settings()).tally(chunk)


def patient(**parts: Any) -> Json:
    return {"resourceType": "Patient", **parts}


def bundle(resource: Json, count: int) -> Json:
    entries = [
        {"fullUrl": f"urn:uuid:00000000-0000-0000-0000-{number:012}", "resource": resource}
        for number in range(count)
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def observation(count: int) -> Json:
    """Many codes, and as many components that could repeat one of them."""
    codes = [{**_CODING, "code": str(number)} for number in range(count)]
    part = {"code": {"coding": [_CODING]}, "valueInteger": 1}
    kept = {"status": "final", "code": {"coding": codes}, "valueInteger": 1}
    return {"resourceType": "Observation", **kept, "component": [part] * count}


def response(count: int) -> Json:
    """As many answers as there are options and required questions, and none that fits."""
    choice = [{"valueCoding": {"code": f"c{number}"}} for number in range(count)]
    asked = [{"linkId": f"a{n}", "type": "string", "required": True} for n in range(count)]
    items = [
        {"linkId": "1", "type": "choice", "repeats": True, "answerOption": choice},
        {"linkId": "2", "type": "group", "repeats": True, "item": asked},
    ]
    questionnaire = {"resourceType": "Questionnaire", "id": "q", "status": "draft", "item": items}
    answers: list[Json] = [{"linkId": "1", "answer": [{"valueCoding": {"code": "x"}}] * count}]
    answers += [{"linkId": "2", "item": [{"linkId": "x"}]} for _ in range(count)]
    made = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "#q"}
    return {**made, "contained": [questionnaire], "item": answers}


def definition(count: int) -> Json:
    element = {"id": "Patient.x", "path": "Patient.x", "fixedString": "x", "max": "0"}
    made: Json = {"resourceType": "StructureDefinition", "url": "http://example.org/a", "name": "A"}
    made |= {"status": "draft", "kind": "resource", "abstract": False, "type": "Patient"}
    made |= {"baseDefinition": "http://example.org/b", "derivation": "constraint"}
    return {**made, "differential": {"element": [element] * count}}


def questionnaire(count: int) -> Json:
    """As many questions in a group as it is enabled by, and none of them among these."""
    when = {"operator": "exists", "answerBoolean": True}
    asked = [{"question": f"a{number}", **when} for number in range(count)]
    inner = [{"linkId": f"b{number}", "type": "string"} for number in range(count)]
    others = [{"linkId": f"a{number}", "type": "string"} for number in range(count)]
    group = {"linkId": "1", "type": "group", "enableWhen": asked, "item": inner}
    return {"resourceType": "Questionnaire", "status": "draft", "item": [group, *others]}


def cycle(count: int) -> Json:
    made = bundle({}, count)
    for entry, other in zip(made["entry"], [*made["entry"][1:], made["entry"][0]], strict=True):
        link = [{"other": {"reference": other["fullUrl"]}, "type": "seealso"}]
        entry["resource"] = patient(link=link, gender="x")
    return made


#: What a document of so many faults holds, and the rule that it breaks as often.
FAULTS: dict[str, Make] = {
    "unknown-element": lambda count: patient(**{f"k{number}": 1 for number in range(count)}),
    "code-required": lambda count: patient(name=[{"use": "x"}] * count),
    "dateTime-format": lambda count: patient(name=[{"period": {"start": "x"}}] * count),
    "type-string": lambda count: patient(name=[{"family": 5}] * count),
    "null-value": lambda count: patient(name=[{"given": [None] * count}]),
    "ref-1": lambda count: patient(generalPractitioner=[{"reference": "#x"}] * count),
    "ext-1": lambda count: patient(extension=[{"url": "http://example.org"}] * count),
    "per-1": lambda count: patient(name=[{"period": {"start": "2021", "end": "2020"}}] * count),
    "contained-id": lambda count: patient(contained=[{"resourceType": "Basic"}] * count),
    "obs-7": lambda count: bundle(
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [_CODING]},
            "valueInteger": 1,
            "component": [{"code": {"coding": [_CODING]}, "valueInteger": 1}],
        },
        count,
    ),
    "narrative-xml": lambda count: bundle(
        patient(text={"status": "generated", "div": "<div"}), count
    ),
}
#: What asks each of its parts about all of the others, if nothing is kept.
CROSSED: dict[str, Make] = {
    "codes and components": observation,
    "options and required questions": response,
    "elements of a definition": definition,
    "questions that enable and questions inside": questionnaire,
    "a cycle of references": cycle,
}


@pytest.mark.parametrize("rule", FAULTS)
def test_every_fault_is_counted_and_the_first_hundred_are_listed(rule: str) -> None:
    count = 3 * MAX_LISTED
    found = tally(FAULTS[rule](count))
    assert sum(n for (_, name, _), n in found.issues.items() if name == rule) == count
    assert len(found.listed[rule, ""]) == MAX_LISTED


def calls(value: Json) -> int:
    """Count the calls of functions that a document takes once everything is made ready."""
    checking, chunk = Checking(Settings()), Chunk("a", "json", json.dumps(value).encode())
    checking.tally(chunk)
    counted = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal counted
        counted += 1

    sys.setprofile(count)
    try:
        checking.tally(chunk)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", [*FAULTS, *CROSSED])
def test_work_grows_as_its_document_does(name: str) -> None:
    make = FAULTS.get(name) or CROSSED[name]
    small, large = calls(make(400)), calls(make(800))
    assert large < 2.5 * small


def memory(value: Json, version: str = "auto") -> int:
    """Return the most bytes that were held at once, beside the document."""
    checking = Checking(Settings(version=version))
    chunk = Chunk("a", "json", json.dumps(value).encode())
    checking.tally(chunk)
    tracemalloc.start()
    try:
        checking.tally(chunk)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("rule", ["code-required", "null-value", "ext-1", "contained-id"])
def test_a_fault_that_is_only_counted_takes_little_memory(rule: str) -> None:
    few, many = (memory(FAULTS[rule](count)) for count in (1_000, 3_000))
    assert (many - few) / 2_000 < 1_400  # 200,000 of them with what they stand in: 280 MB


def test_what_is_suppressed_or_known_is_counted_in_the_same_bounds() -> None:
    value = FAULTS["code-required"](1_000)
    suppressed = tally(value, Settings(suppressions=(Suppression("code-required", reason="x"),)))
    assert (suppressed.suppressed["code-required"], suppressed.issues.total()) == (1_000, 0)
    kind = ("code-required", "Patient.name.use")
    known = tally(value, Settings(apart=frozenset({kind})))
    assert (known.issues["error", *kind], len(known.listed[kind])) == (1_000, MAX_LISTED)


@pytest.mark.parametrize("version", ["R5", "STU3"])
def test_faults_of_other_versions_are_counted_and_the_first_hundred_listed(version: str) -> None:
    value = patient(name=[{"zebedee": 1}] * 250, extra=5)
    found = tally(value, Settings(version=version))
    assert dict(found.issues) == {
        ("error", "unknown-element", "Patient.name"): 250,
        ("error", "unknown-element", "Patient"): 1,
    }
    assert len(found.listed["unknown-element", ""]) == MAX_LISTED
    assert found.listed["unknown-element", ""][-1].byte > 0


@pytest.mark.parametrize(
    "make", [FAULTS["unknown-element"], lambda count: patient(name=[{"k": 1}] * count)]
)
def test_a_fault_in_another_version_takes_little_memory(make: Make) -> None:
    few, many = (memory(make(count), "R5") for count in (4_000, 12_000))
    assert (many - few) / 8_000 < 450  # where all are held at once: 1,000 and more


def test_places_in_a_long_list_of_another_version_are_those_of_the_list() -> None:
    names: list[Json] = [{} for _ in range(2 * MOST + 500)]
    names[2 * MOST + 321] = {"zebedee": 1}
    found = tally(patient(name=names, extra=5), Settings(version="R5"))
    (inside, outside) = found.listed["unknown-element", ""]
    assert (inside.path, outside.path) == (f"Patient.name[{2 * MOST + 321}]", "Patient")


def test_a_definition_beyond_the_elements_of_a_document_is_left_out_alone() -> None:
    element: list[Json] = [{}] * (MAX_DEFINED // 2 + 1)
    definition = {"resourceType": "StructureDefinition", "differential": {"element": element}}
    entries = [{"resource": one} for one in ({**definition, "x": 1}, definition, patient(x=1))]
    found = tally({"resourceType": "Bundle", "type": "batch", "entry": entries})
    rules = {path: rule for _, rule, path in found.issues if rule.startswith("definition-too")}
    assert rules == {"Bundle.entry.resource": "definition-too-many"}
    assert found.issues["error", "definition-too-many", "Bundle.entry.resource"] == 1
    unknown = [path for _, rule, path in found.issues if rule == "unknown-element"]
    assert sorted(set(unknown)) == ["Bundle.entry.resource"]
    assert found.issues["error", "unknown-element", "Bundle.entry.resource"] == 2
