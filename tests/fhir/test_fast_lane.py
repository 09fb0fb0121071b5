"""What the fast lane accepts has no issue in the full lane."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane import FastLane
from tests.fhir.examples import EXAMPLES, OBSERVATION, PATIENT, Json, changed, concept
from tests.fhir.mutants import CLASSES, mutant

LANE = FastLane(r4())
FULL = Validator(fast=False)
TEXTS = [json.dumps(one, separators=(",", ":")).encode() for one in EXAMPLES]
PIECES = [b'""', b" ", b"null", b"[]", b"{}", b'"', b",", b"1e5", b"0.10", b"\\u0041", b"\\n", b"-"]
PIECES += [b'"id":"x",', b'"  "', b"\t", b'"2020-02-30"', b"\xc2\xa0", b"#", b'"active":true,']


def compact(data: bytes) -> bytes:
    try:
        return json.dumps(json.loads(data), separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return data


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda one: one["resourceType"])
def test_the_examples_are_accepted_however_they_are_spaced(resource: dict[str, object]) -> None:
    is_taken = resource["resourceType"] != "Questionnaire"  # whose items ask each other
    for text in (json.dumps(resource), json.dumps(resource, indent=1), compact_text(resource)):
        assert LANE.accepts(text.encode()) is is_taken


def compact_text(resource: dict[str, object]) -> str:
    return json.dumps(resource, separators=(",", ":"))


@pytest.mark.parametrize("name", CLASSES)
def test_no_mutant_is_accepted_that_has_an_issue(name: str) -> None:
    for resource in EXAMPLES:
        for seed in range(3):
            made = mutant(name, resource, seed)
            for data in () if made is None else (made, compact(made)):
                assert not (LANE.accepts(data) and FULL.issues(data)), data


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


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 10**6))
def test_no_text_with_a_member_written_twice_is_accepted(text: bytes, seed: int) -> None:
    draw = random.Random(seed)
    members = [(at, end) for at in range(len(text)) if (end := member_end(text, at)) > 0]
    at, end = draw.choice(members)
    assert not LANE.accepts(text[:end] + b"," + text[at:])


def member_end(text: bytes, at: int) -> int:
    """Where a member with a plain text as value ends, 0 where none begins."""
    import re

    found = re.compile(rb'"\w+":"[^"\\]*"').match(text, at)
    return found.end() if found and text[at - 1 : at] in {b"{", b","} else 0


def test_what_was_good_once_is_not_taken_for_good_elsewhere() -> None:
    status = changed(OBSERVATION, code={"coding": [{"system": "http://loinc.org", "code": "1 "}]})
    assert LANE.accepts(json.dumps(OBSERVATION).encode())
    assert not LANE.accepts(json.dumps(status).encode())


def test_a_validator_gives_the_same_issues_with_and_without_the_fast_lane() -> None:
    fast, full = Validator(), Validator(fast=False)
    bad = changed(PATIENT, gender="unclear", birthDate="2021-02-30")
    texts = [json.dumps(one).encode() for one in (PATIENT, bad)] * 15
    assert [fast.issues(text) for text in texts] == [full.issues(text) for text in texts]


def test_an_element_with_the_name_of_a_keyword_counts_in_its_invariants() -> None:
    action = {"operation": {"encodeRequestUrl": True, "sourceId": "a"}}
    script = {
        "resourceType": "TestScript",
        "url": "http://example.org/t",
        "name": "T",
        "status": "draft",
        "setup": {"action": [action]},
    }
    both = json.loads(json.dumps(script))
    both["setup"]["action"][0]["assert"] = {"warningOnly": True}
    assert LANE.accepts(json.dumps(script).encode())
    assert not LANE.accepts(json.dumps(both).encode())
    assert [issue.rule for issue in FULL.issues(json.dumps(both).encode())] == ["tst-1"]


def test_a_bundle_is_accepted_whose_entries_find_each_other_and_no_other() -> None:
    bundle = next(one for one in EXAMPLES if one["resourceType"] == "Bundle")
    astray = json.loads(json.dumps(bundle).replace('0f01"}', '0f09"}'))
    assert LANE.accepts(json.dumps(bundle).encode())
    assert not LANE.accepts(json.dumps(astray).encode())
    assert [issue.rule for issue in FULL.issues(json.dumps(astray).encode())] == [
        "bundle-reference"
    ]


@pytest.mark.parametrize("digits", [18, 4_301, 100_000])
@pytest.mark.parametrize("number", ["{0}", "-{0}.5", "{0}e5", "1e{0}"])
def test_no_number_is_accepted_that_is_too_large(number: str, digits: int) -> None:
    value = number.format("1" * digits)
    text = '{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":'
    data = f'{text}{{"value":{value}}}}}'.encode()
    assert not (LANE.accepts(data) and FULL.issues(data))


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
    heavier = changed(good, valueQuantity={**weighed, "value": 71.5})
    assert LANE.accepts(json.dumps(good).encode())
    assert LANE.accepts(json.dumps(heavier).encode())
    faults: list[Json] = [
        {"subject": None},
        {"effectiveDateTime": "2026-01"},
        {"valueQuantity": {**weighed, "code": "[oz_av]"}},
        {"category": [concept("http://example.org", "vital-signs")]},
    ]
    for parts in faults:
        assert not LANE.accepts(json.dumps(changed(good, **parts)).encode())
