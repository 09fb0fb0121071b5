"""What is kept or read quickly gives what is worked out anew or read slowly."""

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.json_texts.as_written import Text, read_json
from sharedcare.fhir.json_texts.places import Way, entries, located
from sharedcare.fhir.json_texts.quickly import read_quickly
from sharedcare.fhir.layouts import MAX_SHAPES, layout_of
from sharedcare.fhir.primitives import CHECKS, QUICK
from tests.fhir.examples import EXAMPLES, OBSERVATION, PATIENT, changed
from tests.fhir.mutants import CLASSES, mutant

TEXTS = [json.dumps(one).encode() for one in EXAMPLES]


def anew() -> Validator:
    """A validator that nothing has been kept for."""
    return Validator(Definitions(r4().raw), fast=False)


# ── What is kept of shapes and answers ────────────────────────────────────────────────────────────


def test_a_validator_that_has_met_everything_tells_what_a_new_one_does() -> None:
    draw, warm = random.Random(4), anew()
    made = [mutant(name, draw.choice(EXAMPLES), 1) for name in CLASSES]
    mutants = [data for data in made if data is not None]
    for data in [*TEXTS, *mutants]:
        warm.issues(data)
    told = 0
    for data in draw.sample(mutants, 40):
        issues = warm.issues(data)
        assert issues == anew().issues(data)
        told += bool(issues)
    assert told > 30


@pytest.mark.parametrize("values", [("group", "display"), ("display", "string"), ("group", "x")])
def test_an_answer_is_kept_for_the_values_that_decide_it_alone(values: tuple[str, str]) -> None:
    validator = anew()
    told = []
    for value in (*values, *values):
        item = {"linkId": "1", "type": value, "required": True}
        text = {"resourceType": "Questionnaire", "status": "draft", "item": [item]}
        told.append([issue.rule for issue in validator.issues(json.dumps(text).encode())])
    assert told[:2] == told[2:]
    assert told[0] != told[1]


def test_a_value_of_another_type_is_not_taken_for_one_that_was_met() -> None:
    def rules(value: object) -> set[str]:
        group = {"type": "person", "actual": value, "member": [{"entity": {"display": "x"}}]}
        data = json.dumps({"resourceType": "Group", **group}).encode()
        return {issue.rule for issue in validator.issues(data)}

    validator = anew()
    assert rules(True) == set()
    assert rules(False) == {"grp-1"}
    assert rules(1) == anew_rules({"type": "person", "actual": 1})
    assert rules(None) >= {"null-value"}


def anew_rules(group: dict[str, Any]) -> set[str]:
    data = {"resourceType": "Group", **group, "member": [{"entity": {"display": "x"}}]}
    return {issue.rule for issue in anew().issues(json.dumps(data).encode())}


def test_shapes_are_kept_up_to_a_number_and_never_with_unknown_keys() -> None:
    definitions = Definitions(r4().raw)
    validator = Validator(definitions, fast=False)
    keys = ["use", "text", "family", "given", "prefix", "suffix", "period", "id", "extension"]
    for number in range(2 ** len(keys)):
        name = {key: "x" for place, key in enumerate(keys) if number >> place & 1}
        validator.issues(json.dumps({"resourceType": "Patient", "name": [name]}).encode())
    validator.issues(b'{"resourceType":"Patient","name":[{"zebedee":"x"}]}')
    shapes = layout_of(definitions, "HumanName").shapes
    assert len(shapes) == MAX_SHAPES
    assert all("zebedee" not in shape for shape in shapes)


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        ("2020", "2019", True),
        ("2020-05", "2020-05", False),
        ("2020-01-01T10:00:00Z", "2020-01-01T09:59:59Z", True),
        ("2020-01-01T10:00:00+00:00", "2020-01-01T10:30:00+01:00", True),
        ("2020-01-01T10:01:00Z", "2020-01-01T10:00:60Z", False),
        ("2020-01-01T10:00:00.5Z", "2020-01-01T10:00:00Z", True),
        ("2020", "2019-12-31", True),
    ],
)
def test_ends_of_a_period_are_compared_however_they_are_written(
    start: str, end: str, is_told: bool
) -> None:
    period = {"start": start, "end": end}
    issues = anew().issues(json.dumps(changed(PATIENT, address=[{"period": period}])).encode())
    assert ("per-1" in {issue.rule for issue in issues}) is is_told


# ── Primitives ────────────────────────────────────────────────────────────────────────────────────

WRITTEN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.from_regex(r"[0-9]{4}(-[0-3][0-9]){0,2}(T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9:]{5}))?"),
    st.from_regex(r"(https?:|urn:(oid|uuid):|#|u|O)[a-z0-9. -]{0,20}"),
    st.lists(st.text(max_size=2), max_size=2),
)


@given(value=WRITTEN)
def test_what_is_accepted_at_first_sight_breaks_no_rule_of_its_type(value: object) -> None:
    for name, accepts in QUICK.items():
        with suppress(TypeError):  # some refuse what is no text so
            assert not accepts(value) or CHECKS[name](value) is None, name


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────

LEXEMES = [
    *(b'"a"', b'"b,c"', b'"\\u002c"', b'"\\n"', b'"\xc3\xa9"', b'"\xff"', b'"\x01"', b'"\\ud800"'),
    *(b"1", b"-0", b"1.50", b"1e308", b"1e309", b"0e9999999999999999999999", b"1e-999999999999999"),
    *(b"9" * 308, b"9" * 309, b"-" + b"9" * 308, b"1" * 4301, b"0." + b"7" * 700),
    *(b"null", b"true", b"NaN", b"01", b"{", b"]", b"", b"[1,]"),
]
KEYS = [b'"a"', b'"b"', b'"\\u0061"', b'""']
JSON_TEXTS = st.recursive(
    st.sampled_from(LEXEMES),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: b"[" + b", ".join(found) + b"]")
        | st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=3).map(
            lambda found: b"{" + b",".join(key + b": " + value for key, value in found) + b"}"
        )
    ),
    max_leaves=8,
)


def told(text: Text) -> tuple[str, set[str], bool, int]:
    return repr(text.value), text.faults, text.is_readable, text.fault_at


@given(data=JSON_TEXTS)
def test_the_quick_reader_reads_what_the_other_one_does(data: bytes) -> None:
    assert told(read_quickly(data)) == told(read_json(data))


@pytest.mark.parametrize("lexeme", ["1e99999999999999999999", "0e99999999999999999999"])
def test_an_exponent_beyond_any_machine_is_out_of_range(lexeme: str) -> None:
    text = json.dumps(OBSERVATION).replace('"value": 7.2', f'"value": {lexeme}').encode()
    issues = anew().issues(text)
    assert "json-number-range" in {issue.rule for issue in issues}
    assert issues == Validator().issues(text)


@given(data=st.data())
def test_places_are_those_that_reading_every_value_gives(data: st.DataObject) -> None:
    spaces = data.draw(st.sampled_from([None, 1, 7]))
    text = json.dumps(data.draw(st.sampled_from(EXAMPLES)), indent=spaces, ensure_ascii=False)
    written = data.draw(st.sampled_from(["", "\ufeff"])).encode() + text.encode()
    places: dict[Way, int] = {}
    for entry in entries(written):
        places.setdefault(entry.way, entry.at)
    wanted = data.draw(st.lists(st.sampled_from([*places, ("nowhere",), (0,)]), max_size=9))
    found = {way: places[way] for way in wanted if way in places}
    assert located(written, wanted) == found


def test_of_a_key_that_stands_twice_both_are_looked_into() -> None:
    text = b'{"a": {"b": 1}, "a": {"c": 2, "b": 3}}'
    assert located(text, [("a", "b"), ("a", "c"), ("a",)]) == {
        ("a",): text.index(b'"a"'),
        ("a", "b"): text.index(b'"b"'),
        ("a", "c"): text.index(b'"c"'),
    }
