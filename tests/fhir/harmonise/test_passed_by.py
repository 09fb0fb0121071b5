"""Lines of which only the type counts are not built, and nobody can tell from what is counted."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir.harmonise import Counters, measure_lines
from sharedcare.fhir.harmonise.passed_by import NOT_JSON, SHORT, passed_by
from tests.fhir.harmonise.sending import SETTINGS, condition

CLAIM = '{"resourceType": "Claim", "item": [{"net": {"value": 1.5}}], "note": "a\\u00e9\\n"}'
LONG = " " * SHORT

pieces_of_json = st.one_of(
    st.sampled_from(
        ['"resourceType":"Patient",', '"resourceType":5,', '"\\ud800"', "\\", "\u00e9"]
    ),
    st.text(alphabet='{}[]",:\\u0123456789.-tfn \t\r\x00\x7f', max_size=4),
)


def measured(*lines: str | bytes) -> Counters:
    """Counters of lines, all of which are long."""
    data = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return measure_lines(b"\n".join(line + LONG.encode() for line in data), SETTINGS)


def built(text: bytes) -> Any:
    """What reading the whole of a text makes of it; None where it is no JSON."""
    try:
        return msgspec.json.decode(text)
    except NOT_JSON:
        return None


@given(st.integers(0, len(CLAIM)), st.integers(0, 3), pieces_of_json)
def test_what_is_passed_by_is_a_resource_of_that_type(at: int, gone: int, piece: str) -> None:
    text = (CLAIM[:at] + piece + CLAIM[at + gone :] + LONG).encode()
    type_ = passed_by(text)
    assert type_ is None or built(text)["resourceType"] == type_


@pytest.mark.parametrize("indent", [None, 2])
def test_a_line_of_any_other_type_counts_by_its_type_however_it_is_laid_out(
    indent: int | None,
) -> None:
    for type_, counted in (("Claim", "Claim"), ("StructureDefinition", "other")):
        text = json.dumps({"resourceType": type_, "id": LONG}, indent=indent).encode()
        assert passed_by(text) == type_
        found = measure_lines(text, SETTINGS, whole=True)
        assert (found.read, found.ok, found.others) == (1, 1, {counted: 1})


@pytest.mark.parametrize(
    "text",
    [CLAIM[:-1], CLAIM + "}", CLAIM.replace("1.5", "NaN"), CLAIM.encode().replace(b"\\n", b"\xff")],
)
def test_a_line_of_another_type_that_is_no_json_is_quarantined(text: str | bytes) -> None:
    found = measured(CLAIM, text, CLAIM)
    assert (found.ok, found.quarantined, found.why) == (2, 1, {"not_json": 1})
    assert found.places == [("", 2, "not_json")]


def test_a_line_that_says_its_type_again_is_of_the_last() -> None:
    again = json.dumps(condition())[1:]
    found = measured('{"resourceType": "Claim", ' + again)
    assert (found.measured, found.others) == (1, {})


def test_text_beyond_ascii_is_built_and_counts_the_same() -> None:
    text = CLAIM.replace("a\\u00e9", "\u00e9")
    assert passed_by((text + LONG).encode()) is None
    assert measured(text) == measured(CLAIM)


def test_a_short_line_is_built_and_counts_the_same() -> None:
    assert passed_by(CLAIM.encode()) is None
    assert measure_lines(CLAIM.encode(), SETTINGS) == measured(CLAIM)


@pytest.mark.parametrize("number", ["1e400", "9" * 5000])
def test_a_number_that_no_float_holds_matters_only_where_it_is_built(number: str) -> None:
    assert measured(CLAIM.replace("1.5", number)).others == {"Claim": 1}
    assert measured('{"resourceType": "Condition", "x": ' + number + "}").why == {"not_json": 1}
