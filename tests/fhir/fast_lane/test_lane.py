"""What the fast lane accepts has no issue in the full lane, whatever it learnt before."""

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import NOW_AND_THEN, FastLane
from sharedcare.fhir.payloads.sparing import SparingValidator
from tests.fhir.examples import EXAMPLES, OBSERVATION, PATIENT, Json, changed, concept
from tests.fhir.mutants import CLASSES, mutant

FULL = Validator(fast=False)

#: Of these there is no likeness: items ask each other, and a size has to be that of its data.
NOT_LEARNT = {"Questionnaire", "DocumentReference"}


#: More Bundles in a row than any test has.
PATIENT_ENOUGH = 10**9


def compact(resource: object) -> bytes:
    return json.dumps(resource, separators=(",", ":")).encode()


def spaced(resource: object) -> bytes:
    return json.dumps(resource).encode()


def taught(*texts: bytes) -> FastLane:
    """A lane that learns whatever it is told of."""
    lane = FastLane(r4(), worth=0, patience=PATIENT_ENOUGH)
    for text in texts:
        lane.learn(text)
    return lane


TEXTS = [*map(compact, EXAMPLES), *map(spaced, EXAMPLES)]
LANE = taught(*TEXTS)
PIECES = [b'""', b" ", b"null", b"[]", b"{}", b'"', b",", b"1e5", b"0.10", b"\\u0041", b"\\n", b"-"]
PIECES += [b'"id":"x",', b'"  "', b"\t", b'"2020-02-30"', b"\xc2\xa0", b"#", b'"active":true,']
PIECES += [b"\xff", b"\x01", b"9" * 400, b'"display":"x",', b"\xc3\xa9", b"T25:00:00Z", b"#med"]


def as_compact(data: bytes) -> bytes:
    try:
        return compact(json.loads(data))
    except (ValueError, RecursionError):
        return data


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda one: one["resourceType"])
def test_what_was_learnt_is_accepted_again_in_the_same_spacing(resource: Json) -> None:
    for text in (compact(resource), spaced(resource)):
        assert LANE.accepts(text) is (resource["resourceType"] not in NOT_LEARNT)
    assert not LANE.accepts(json.dumps(resource, indent=1).encode())


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda one: one["resourceType"])
def test_nothing_is_accepted_before_something_was_learnt(resource: Json) -> None:
    assert resource["resourceType"] == "Bundle" or not FastLane(r4()).accepts(compact(resource))


@pytest.mark.parametrize("name", CLASSES)
def test_no_mutant_is_accepted_that_has_an_issue(name: str) -> None:
    for resource in EXAMPLES:
        for seed in range(3):
            made = mutant(name, resource, seed)
            for data in () if made is None else (made, as_compact(made)):
                assert not (LANE.accepts(data) and FULL.issues(data)), data


@pytest.mark.parametrize("kind", [Validator, SparingValidator])
def test_nothing_is_learnt_from_what_has_an_issue(kind: type[Validator]) -> None:
    validator = kind()
    for name in CLASSES:
        for resource in EXAMPLES:
            made = mutant(name, resource, 0)
            for data in () if made is None else (made, as_compact(made)) * 3:
                validator.issues(data)
                lane = validator._lane
                assert not (lane is not None and lane.accepts(data) and FULL.issues(data)), data


@given(
    text=st.sampled_from(TEXTS),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 5), st.sampled_from([b"", *PIECES])), max_size=3
    ),
)
def test_no_torn_text_is_accepted_that_has_an_issue(
    text: bytes, edits: list[tuple[float, int, bytes]]
) -> None:
    for share, length, put in edits:
        at = int(share * len(text))
        text = text[:at] + put + text[at + length :]
    assert not (LANE.accepts(text) and FULL.issues(text)), text
    if not FULL.issues(text):
        LANE.learn(text)  # so that what was learnt from torn texts is tried too


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 10**6))
def test_no_text_with_a_member_written_twice_is_accepted(text: bytes, seed: int) -> None:
    draw = random.Random(seed)
    members = [(at, end) for at in range(len(text)) if (end := member_end(text, at)) > 0]
    at, end = draw.choice(members)
    assert not LANE.accepts(text[:end] + b"," + text[at:])


def member_end(text: bytes, at: int) -> int:
    """Where a member with a plain text as value ends, 0 where none begins."""
    found = re.compile(rb'"\w+": ?"[^"\\]*"').match(text, at)
    return found.end() if found and text[at - 1 : at] in {b"{", b",", b" "} else 0


@pytest.mark.parametrize(
    "parts",
    [
        {"id": "another-1"},
        {"issued": "2025-12-31T23:59:59+01:00"},
        {"subject": {"reference": "Patient/somebody-else"}},
        {"valueQuantity": {**OBSERVATION["valueQuantity"], "value": 11.25}},
        {"note": [{"authorString": "Ward Ä", "text": "Écrit à la main."}]},
    ],
)
def test_what_may_vary_is_accepted_unseen(parts: Json) -> None:
    lane = taught(compact(OBSERVATION))
    text = json.dumps(changed(OBSERVATION, **parts), separators=(",", ":"), ensure_ascii=False)
    assert lane.accepts(text.encode())
    assert FULL.issues(text.encode()) == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"id": "another_1"},
        {"issued": "2025-02-29T23:59:59+01:00"},
        {"issued": "2025-02-28T24:00:00+01:00"},
        {"issued": "2025-02-28T23:00:00+15:00"},
        {"subject": {"reference": "Practitioner/p1"}},
        {"status": "registred"},
        {"code": concept("http://loinc.org", "718-6")},
        {"code": concept("http://loinc.org", "29463-7")},
        {"valueQuantity": {**OBSERVATION["valueQuantity"], "code": "g/dL "}},
        {"note": [{"authorString": " ", "text": "Repeat."}]},
        {"encounter": {"reference": "#e1"}},
    ],
)
def test_what_has_an_issue_is_not_accepted_however_alike_it_is(parts: Json) -> None:
    text = compact(changed(OBSERVATION, **parts))
    assert FULL.issues(text)
    assert not taught(compact(OBSERVATION)).accepts(text)


def test_a_new_code_is_accepted_once_the_full_lane_has_looked_at_its_element_alone() -> None:
    asthma = concept("http://snomed.info/sct", "195967001")
    condition = next(one for one in EXAMPLES if one["resourceType"] == "Encounter")
    known = changed(condition, reasonCode=[concept("http://snomed.info/sct", "73211009")])
    lane = taught(compact(known))
    assert lane.accepts(compact(changed(known, reasonCode=[asthma])))
    wrong = concept("http://snomed.info/sct", "195967002")
    assert FULL.issues(compact(changed(known, reasonCode=[wrong])))
    assert not lane.accepts(compact(changed(known, reasonCode=[wrong])))


def test_a_new_code_of_a_condition_is_asked_of_its_element_alone_and_a_new_status_is_not() -> None:
    terms = "http://terminology.hl7.org/CodeSystem/condition-"
    status = {"clinicalStatus": concept(f"{terms}clinical", "resolved"), "abatementString": "May"}
    about = {"code": concept("http://snomed.info/sct", "73211009"), "subject": SUBJECT}
    known = {"resourceType": "Condition", **status, **about}
    lane = taught(compact(known))
    asthma = concept("http://snomed.info/sct", "195967001")
    assert lane.accepts(compact(changed(known, code=asthma)))
    active = concept(f"{terms}clinical", "active")
    assert FULL.issues(compact(changed(known, clinicalStatus=active)))
    assert not lane.accepts(compact(changed(known, clinicalStatus=active)))


SUBJECT: Json = {"reference": "Patient/1"}


def test_elements_may_be_in_forms_that_were_met_in_different_resources() -> None:
    moments = ("2026-01-01", "2026-01-01T10:00:00Z")
    told = {
        "resourceType": "CommunicationRequest",
        "status": "active",
        "payload": [{"contentString": "a"}],
    }
    lane = taught(
        compact({**told, "occurrenceDateTime": moments[0], "authoredOn": moments[1]}),
        compact({**told, "occurrenceDateTime": moments[1], "authoredOn": moments[0]}),
    )
    for moment in moments:
        assert lane.accepts(compact({**told, "occurrenceDateTime": moment, "authoredOn": moment}))


def test_an_order_of_known_elements_is_learnt_at_first_sight() -> None:
    known: Json = {"resourceType": "Location", "id": "l1", "name": "A", "mode": "kind"}
    lane = FastLane(r4(), worth=0)
    lane.learn(compact(known))
    lane._worth = 10**9
    for keys in (["id", "name"], ["mode", "name"], ["name"]):
        other = compact({"resourceType": "Location", **{key: known[key] for key in keys}})
        assert not lane.accepts(other)
        lane.learn(other)
        assert lane.accepts(other) is (keys[0] == "id")


def test_what_is_met_often_is_accepted_by_one_expression_and_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sharedcare.fhir.fast_lane.likeness.WORTH_COMPILING", 2)
    lane = taught(compact(OBSERVATION), compact(PATIENT))
    for number in range(10):
        for known in (OBSERVATION, PATIENT):
            assert lane.accepts(compact(changed(known, id=f"a{number}")))
    assert [len(one._compiled) for one in lane._likenesses._resources.values()] == [1, 1]
    assert not lane.accepts(compact(changed(OBSERVATION, status="amended")))
    assert not lane.accepts(compact(changed(PATIENT, gender="unclear")))
    assert not lane.accepts(compact(PATIENT) + b" ")


def test_an_extension_that_asks_of_its_element_is_left_to_the_full_lane() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/list-changeBase"
    extension = [{"url": url, "valueReference": {"reference": "List/1"}}]
    told = {"resourceType": "List", "extension": extension, "status": "current", "mode": "changes"}
    assert FULL.issues(compact(told)) == ()
    assert not taught(compact(told)).accepts(compact(told))


def test_a_validator_gives_the_same_issues_with_and_without_the_fast_lane() -> None:
    fast, full = Validator(), Validator(fast=False)
    bad = changed(PATIENT, gender="unclear", birthDate="2021-02-30")
    texts = [json.dumps(one).encode() for one in (PATIENT, bad)] * 30
    assert [fast.issues(text) for text in texts] == [full.issues(text) for text in texts]


def test_a_validator_learns_after_it_has_met_enough() -> None:
    validator = Validator()
    for number in range(100):
        assert validator.issues(compact(changed(PATIENT, id=f"p{number}"))) == ()
    lane = validator._lane
    assert lane is not None
    assert lane.accepts(compact(changed(PATIENT, id="p100")))


def test_a_profile_of_the_specification_is_not_taken_for_any_other() -> None:
    group: Json = {"resourceType": "Group", "type": "person", "actual": False}
    claims = {"profile": ["http://example.org/StructureDefinition/group"]}
    lane = taught(compact(changed(group, meta=claims)))
    other = {"profile": ["http://hl7.org/fhir/StructureDefinition/actualgroup"]}
    assert lane.accepts(compact(changed(group, meta=claims)))
    assert FULL.issues(compact(changed(group, meta=other)))
    assert not lane.accepts(compact(changed(group, meta=other)))


def test_a_display_in_another_language_is_not_taken_over() -> None:
    def told(language: str, display: str) -> bytes:
        marital = concept("http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "M")
        marital["coding"][0]["display"] = display
        patient = {"resourceType": "Patient", "language": language, "maritalStatus": marital}
        return compact(patient)

    lane = taught(told("de", "verheiratet"), told("en", "Married"))
    assert lane.accepts(told("de", "verheiratet"))
    assert lane.accepts(told("en", "Married"))
    assert FULL.issues(told("en", "verheiratet"))
    assert not lane.accepts(told("en", "verheiratet"))


def test_what_is_contained_has_to_be_what_is_referred_to() -> None:
    request = next(one for one in EXAMPLES if one["resourceType"] == "MedicationRequest")
    lane = taught(compact(request))
    text = compact(request)
    assert lane.accepts(text.replace(b"m1", b"m2"))
    for wrong in (text.replace(b'"id":"med"', b'"id":"mod"'), text.replace(b"#med", b"#mod")):
        assert FULL.issues(wrong)
        assert not lane.accepts(wrong)


def bundle() -> Json:
    return next(one for one in EXAMPLES if one["resourceType"] == "Bundle")


@pytest.mark.parametrize(
    ("text", "put"),
    [
        (b'0f01"}', b'0f09"}'),
        (b'"method":"POST"', b'"method":"POSE"'),
        (b'"url":"Patient"', b'"url":"Pat ient"'),
        (b"urn:uuid:0dbbf2b4", b"urn:uuid:0dbbf2bX"),
        (b"9b7e-0f0f0f0f0f01", b"9b7e00f0f0f0f0f01"),
        (b'"transaction"', b'"collection"'),
        (b'"id":"b1"', b'"id":"b_1"'),
    ],
)
def test_a_bundle_is_accepted_whose_entries_find_each_other_and_no_other(
    text: bytes, put: bytes
) -> None:
    lane = taught(compact(bundle()), compact(bundle()))
    assert lane.accepts(compact(bundle()))
    astray = compact(bundle()).replace(text, put, 1)
    assert FULL.issues(astray)
    assert not lane.accepts(astray)


def test_after_many_strange_bundles_a_known_one_is_looked_at_now_and_then() -> None:
    lane = FastLane(r4(), worth=0, patience=2)
    known, strange = compact(bundle()), compact({**bundle(), "type": "history"})
    lane.learn(known)
    assert not any(lane.accepts(strange) for _ in range(9))
    answers = [lane.accepts(known) for _ in range(NOW_AND_THEN)]
    assert 0 < sum(answers) < len(answers)
    assert all(lane.accepts(known) for _ in range(9))


def test_an_entry_that_stands_twice_in_a_bundle_is_not_accepted() -> None:
    double: Any = bundle()
    double = {**double, "entry": [*double["entry"], double["entry"][0]]}
    lane = taught(compact(bundle()))
    assert FULL.issues(compact(double))
    assert not lane.accepts(compact(double))


def found(resource: Json, address: str, sought: str = "Patient") -> bytes:
    """A searchset for a type: a patient that it found, and then a resource."""
    at = "http://example.org/"
    match = {"search": {"mode": "match"}}
    entries = [
        {"fullUrl": f"{at}{sought}/p1", "resource": {**GOOD[sought], "id": "p1"}, **match},
        {"fullUrl": address, "resource": resource, **match},
    ]
    link = [{"relation": "self", "url": f"{at}{sought}"}]
    made = {"resourceType": "Bundle", "type": "searchset", "link": link, "entry": entries}
    return compact(made)


GOOD: dict[str, Json] = {
    "Patient": {"resourceType": "Patient", "active": True},
    "Organization": {"resourceType": "Organization", "name": "A"},
}
URN = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0"


def test_what_a_search_found_is_judged_by_its_own_links_and_id() -> None:
    patient = {**GOOD["Patient"], "id": "p2"}
    address = "http://example.org/Patient/p2"
    lane = taught(found(patient, address), compact(GOOD["Patient"]), compact(GOOD["Organization"]))
    assert lane.accepts(found(patient, address))
    for wrong in (found(GOOD["Patient"], f"{URN}1"), found(patient, address, "Organization")):
        assert FULL.issues(wrong)
        assert not lane.accepts(wrong)


def collection(*resources: Json) -> bytes:
    entries = [
        {"fullUrl": f"{URN}{number}", "resource": one} for number, one in enumerate(resources)
    ]
    return compact({"resourceType": "Bundle", "type": "collection", "entry": entries})


def test_no_reference_goes_astray_in_a_resource_that_stands_inside_another() -> None:
    goal = {"resourceType": "Goal", **GOAL, "subject": {"reference": f"{URN}9"}}
    inside = [{"name": "a", "resource": goal}]
    parameters = {"resourceType": "Parameters", "parameter": inside}
    made = collection(GOOD["Patient"], parameters, GOOD["Patient"])
    assert FULL.issues(made)
    assert not taught(compact(GOOD["Patient"])).accepts(made)


def test_no_reference_goes_astray_that_was_first_met_with_an_address_of_another_kind() -> None:
    def linked(address: str, **parts: str) -> Json:
        other = {"reference": address, **parts}
        return {"resourceType": "Patient", "link": [{"other": other, "type": "refer"}]}

    for parts in ({}, {"type": "Patient"}):
        lane = taught(*[compact(linked(one, **parts)) for one in ("http://a.org/1", "urn:oid:1.2")])
        made = collection(linked(f"{URN}9", **parts))
        assert FULL.issues(made)
        assert not lane.accepts(made)


@pytest.mark.parametrize("digits", [18, 4_301, 100_000])
@pytest.mark.parametrize("number", ["{0}", "-{0}.5", "{0}e5", "1e{0}"])
def test_no_number_is_accepted_that_is_too_large(number: str, digits: int) -> None:
    value = number.format("1" * digits)
    text = '{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":'
    lane = taught(f'{text}{{"value":7.5}}}}'.encode())
    data = f'{text}{{"value":{value}}}}}'.encode()
    assert not (lane.accepts(data) and FULL.issues(data))


def test_what_an_unknown_element_may_be_is_told_of_the_first_hundred_alone() -> None:
    slips = {f"birthDat{number}": "x" for number in range(150)}
    told = [issue.message for issue in FULL.issues(json.dumps({**PATIENT, **slips}).encode())]
    assert sum("birthDate is perhaps meant" in message for message in told) == 100


def test_a_vital_sign_is_held_to_its_form_after_good_ones_were_met() -> None:
    category = concept("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")
    weighed = {"value": 70, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
    good = changed(
        OBSERVATION,
        code=concept("http://loinc.org", "29463-7"),
        category=[category],
        valueQuantity=weighed,
    )
    lane = taught(compact(OBSERVATION), compact(good))
    assert lane.accepts(compact(changed(good, valueQuantity={**weighed, "value": 71.5})))
    faults: list[Json] = [
        {"subject": None},
        {"effectiveDateTime": "2026-01"},
        {"valueQuantity": {**weighed, "code": "[oz_av]"}},
        {"category": [concept("http://example.org", "vital-signs")]},
    ]
    for parts in faults:
        assert FULL.issues(compact(changed(good, **parts)))
        assert not lane.accepts(compact(changed(good, **parts)))


def test_what_is_kept_is_forgotten_when_it_becomes_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sharedcare.fhir.fast_lane.lane.MAX_KEPT", 3_000)
    lane = taught(compact(OBSERVATION))
    for number in range(200):
        lane.learn(
            compact(changed(OBSERVATION, code={"text": "a", "coding": [{"code": f"c{number}"}]}))
        )
    kept = sum(map(len, lane._likenesses._kept.values()))
    assert 0 < kept < 40


def quantity(code_system: str, code: str, unit: str) -> Json:
    return {"system": code_system, "value": 5, "unit": unit, "code": code}


def test_a_unit_is_not_taken_over_to_another_code_system() -> None:
    def goal(measured: Json) -> bytes:
        made = {"resourceType": "SupplyDelivery", "suppliedItem": {"quantity": measured}}
        return compact(made)

    good = quantity("http://unitsofmeasure.org", "mg", "mg")
    other = quantity("http://example.org/units", "big boxes", "box")
    mixed = quantity("http://unitsofmeasure.org", "big boxes", "box")
    lane = taught(goal(good), goal(other))
    assert lane.accepts(goal({**good, "value": 6}))
    assert FULL.issues(goal(mixed))
    assert not lane.accepts(goal(mixed))


def test_a_code_is_not_taken_over_to_another_code_system() -> None:
    def encounter(code_system: str, version: str, code: str) -> bytes:
        coding = {"system": code_system, "version": version, "code": code}
        made = next(one for one in EXAMPLES if one["resourceType"] == "Encounter")
        return compact(changed(made, reasonCode=[{"coding": [coding]}]))

    good = encounter("http://snomed.info/sct", "1", "73211009")
    lane = taught(good, encounter("http://example.org/codes", "2", "73211008"))
    assert lane.accepts(good)
    mixed = encounter("http://snomed.info/sct", "1", "73211008")
    assert FULL.issues(mixed)
    assert not lane.accepts(mixed)


def test_an_identifier_that_says_it_is_a_uri_has_to_be_one() -> None:
    def patient(code_system: str, value: str) -> bytes:
        identifier = {"system": code_system, "value": value}
        return compact({"resourceType": "Patient", "identifier": [identifier]})

    uri = "urn:ietf:rfc:3986"
    lane = taught(patient("http://example.org/ids", "7"), patient(uri, "http://example.org/7"))
    assert lane.accepts(patient("http://example.org/ids", "8"))
    assert lane.accepts(patient(uri, "http://example.org/7"))
    assert FULL.issues(patient(uri, "8"))
    assert not lane.accepts(patient(uri, "8"))


def test_a_reference_is_of_the_type_that_it_says() -> None:
    def observation(address: str, name: str) -> bytes:
        subject = {"reference": address, "display": "A", "type": name}
        return compact({"resourceType": "Goal", **GOAL, "subject": subject})

    lane = taught(observation("Patient/1", "Patient"), observation("Group/1", "Group"))
    assert lane.accepts(observation("Patient/1", "Patient"))
    assert FULL.issues(observation("Patient/1", "Group"))
    assert not lane.accepts(observation("Patient/1", "Group"))


GOAL: Json = {"lifecycleStatus": "active", "description": {"text": "Walk"}}


def test_an_extension_of_the_specification_keeps_its_parts() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/patient-nationality"

    def patient(*parts: str) -> bytes:
        inner = [
            {"url": part, "valueCodeableConcept": {"text": "a"}}
            if part == "code"
            else {"url": part, "valuePeriod": {"start": "2020"}}
            for part in parts
        ]
        extension = [{"url": url, "extension": inner}]
        return compact({"resourceType": "Patient", "extension": extension})

    lane = taught(patient("code", "period"), patient("period", "code"))
    assert lane.accepts(patient("code", "period"))
    assert FULL.issues(patient("code", "code"))
    assert not lane.accepts(patient("code", "code"))


def test_a_reference_to_what_is_contained_is_not_taken_for_any_other() -> None:
    request = next(one for one in EXAMPLES if one["resourceType"] == "MedicationRequest")
    lane = taught(compact(request), compact(changed(request, identifier=[{"value": "1"}])))
    for address in ("urn:uuid:dbcdd082-df8c-45c5-b961-816cf90f70c4", "Medication/1", "http://a/b"):
        other = compact(changed(request, medicationReference={"reference": address}))
        assert FULL.issues(other)
        assert not lane.accepts(other)
