"""Texts that are no JSON, or that readers disagree about, are refused with their place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator, is_valid
from tests.fhir.examples import OBSERVATION, PATIENT

VALIDATOR = Validator()
TEXT = json.dumps(PATIENT).encode()

TRAPS = {
    "nothing": (b"", "json-empty", 0),
    "spaces": (b"  ", "json-empty", 2),
    "half": (b'{"resourceType": "Patient"', "json-syntax", 26),
    "trailing": (b'{"resourceType": "Patient"} x', "json-trailing", 28),
    "duplicate": (b'{"resourceType":"Patient","id":"a","id":"b"}', "json-duplicate-key", 35),
    "hidden duplicate": (
        b'{"resourceType":"Patient","id":"a","\\u0069d":"b"}',
        "json-duplicate-key",
        35,
    ),
    "nan": (b'{"resourceType":"Patient","a":NaN}', "json-number", 26),
    "infinity": (b'{"resourceType":"Patient","a":-Infinity}', "json-number", 26),
    "1e400": (b'{"resourceType":"Patient","a":1e400}', "json-number-range", 26),
    "digits": (b'{"resourceType":"Patient","a":' + b"1" * 4301 + b"}", "json-number-range", 26),
    "fraction": (b'{"resourceType":"Patient","a":1e+309}', "json-number-range", 26),
    "surrogate": (b'{"resourceType":"Patient","id":"\\ud800"}', "json-surrogate", 26),
    "low surrogate": (b'{"resourceType":"Patient","id":"\\udc00x"}', "json-surrogate", 26),
    "overlong": (b'{"resourceType":"\xc0\xaf"}', "json-utf8", 17),
    "latin": (b'{"resourceType":"\xe9"}', "json-utf8", 17),
    "control": (b'{"resourceType":"a\x01b"}', "json-control", 18),
    "deep": (b"[" * 10**5, "json-depth", 200),
    "deep and closed": (b"[" * 10**5 + b"]" * 10**5, "json-depth", 200),
    "deep objects": (b'{"a":' * 5000 + b"1" + b"}" * 5000, "json-depth", 1000),
    "deep arrays": (b"[" * 201 + b"]" * 201, "json-depth", 200),
    "comma": (b'{"resourceType":"Patient",}', "json-syntax", 26),
    "quote": (b"{'resourceType':'Patient'}", "json-syntax", 1),
}


@pytest.mark.parametrize("name", TRAPS)
def test_the_trap_is_refused_where_it_stands(name: str) -> None:
    data, rule, byte = TRAPS[name]
    issues = VALIDATOR.issues(data)
    assert (rule, byte) in {(issue.rule, issue.byte) for issue in issues}, issues


def test_a_byte_order_mark_is_passed_over_and_counted() -> None:
    assert VALIDATOR.issues(b"\xef\xbb\xbf" + TEXT) == ()
    (issue,) = VALIDATOR.issues(b'\xef\xbb\xbf{"resourceType":"Patient","gender":"x"}')
    assert issue.byte == 29


def test_sixty_four_items_inside_each_other_are_honest() -> None:
    item: dict[str, object] = {"linkId": "0", "type": "string"}
    for depth in range(1, 64):
        item = {"linkId": str(depth), "type": "group", "item": [item]}
    deep = {"resourceType": "Questionnaire", "status": "draft", "item": [item]}
    assert VALIDATOR.issues(json.dumps(deep).encode()) == ()


def test_a_pair_of_surrogates_is_one_character() -> None:
    data = b'{"resourceType":"Patient","name":[{"family":"\\ud83d\\ude00"}]}'
    assert VALIDATOR.issues(data) == ()


@pytest.mark.parametrize("lexeme", ["1.10", "0.0", "1E2", "-0", "1e-400", "12345678901234567890"])
def test_decimals_are_taken_as_they_were_written(lexeme: str) -> None:
    text = json.dumps(OBSERVATION).replace('"value": 7.2', f'"value": {lexeme}')
    assert lexeme in text
    assert VALIDATOR.issues(text.encode()) == ()


@pytest.mark.parametrize("lexeme", ["1.0", "1e0", "2147483648", '"1"', "true"])
def test_an_integer_is_not_what_only_looks_like_one(lexeme: str) -> None:
    text = f'{{"resourceType":"Patient","multipleBirthInteger":{lexeme}}}'
    assert not is_valid(VALIDATOR.issues(text.encode()))


@given(end=st.integers(1, len(TEXT) - 1))
def test_every_prefix_of_a_resource_is_refused(end: int) -> None:
    assert not is_valid(VALIDATOR.issues(TEXT[:end]))


@given(data=st.binary(max_size=60))
def test_any_bytes_give_issues(data: bytes) -> None:
    assert not is_valid(VALIDATOR.issues(data))


@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 6),
    put=st.sampled_from([b"", b'"', b"{", b"[", b"null", b"[]", b"{}", b",", b":", b"1", b"\xff"]),
)
def test_a_text_that_was_torn_anywhere_never_ends_in_an_exception(
    start: int, length: int, put: bytes
) -> None:
    for issue in VALIDATOR.issues(TEXT[:start] + put + TEXT[start + length :]):
        assert issue.message
