"""Whatever may vary in a likeness is good by the full lane's own checks of its type."""

import json
import re
from decimal import Decimal

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sharedcare.fhir.fast_lane.varying import (
    DAY,
    FORMS,
    ID,
    JUDGED,
    MOMENT,
    is_base64,
    is_day,
    is_in_order,
    is_moment,
    is_narrative,
)
from sharedcare.fhir.primitives import CHECKS


def texts(pattern: str) -> st.SearchStrategy[bytes]:
    greedy = re.sub(r"([*+}])\+", r"\1", pattern)  # what may vary without going back
    return st.from_regex(re.compile(greedy.encode("latin-1")), fullmatch=True)


def read(data: bytes) -> object:
    try:
        return json.loads(data, parse_float=Decimal)
    except UnicodeDecodeError:
        assume(condition=False)
        raise


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_what_has_the_form_of_a_type_is_good(name: str, data: st.DataObject) -> None:
    assert CHECKS[name](read(data.draw(texts(FORMS[name])))) is None


@given(text=texts(ID))
def test_an_id_is_good(text: bytes) -> None:
    assert CHECKS["id"](text.decode()) is None


@given(quoted=texts(MOMENT))
def test_a_moment_that_exists_is_good(quoted: bytes) -> None:
    try:
        is_moment(quoted)
    except msgspec.ValidationError:
        return
    assert CHECKS["instant"](read(quoted)) is None
    assert CHECKS["dateTime"](read(quoted)) is None


@given(quoted=texts(DAY))
def test_a_day_that_exists_is_good(quoted: bytes) -> None:
    try:
        is_day(quoted)
    except msgspec.ValidationError:
        return
    assert CHECKS["date"](read(quoted)) is None
    assert CHECKS["dateTime"](read(quoted)) is None


@given(quoted=texts(JUDGED["base64Binary"][0]))
def test_base64_that_can_be_decoded_is_good(quoted: bytes) -> None:
    assert not is_base64(quoted) or CHECKS["base64Binary"](read(quoted)) is None


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("2026-01-01T10:00:00Z", True),
        ("2028-02-29T23:59:59.123456+01:00", True),
        ("2026-02-29T10:00:00Z", False),
        ("2026-01-01T24:00:00Z", False),
        ("2026-01-01T10:60:00Z", False),
        ("0000-01-01T10:00:00Z", False),
    ],
)
def test_only_moments_that_exist_are_taken(text: str, is_good: bool) -> None:
    quoted = json.dumps(text).encode()
    assert re.fullmatch(MOMENT.encode(), quoted)
    if is_good:
        assert is_moment(quoted) is not None
    else:
        with pytest.raises(msgspec.ValidationError):
            is_moment(quoted)


@pytest.mark.parametrize("text", ["2026-01-01", "2026-01-01T10:00:00", "2026-01-01T10:00:00+15:00"])
def test_a_moment_has_a_time_and_a_zone_that_exists(text: str) -> None:
    assert not re.fullmatch(MOMENT.encode(), json.dumps(text).encode())


def test_a_period_ends_after_it_begins_whatever_its_zones() -> None:
    assert is_in_order(b'{"start":"2026-01-01T10:00:00+02:00","end":"2026-01-01T09:00:00Z"}')
    assert not is_in_order(b'{"start":"2026-01-01T10:00:00Z","end":"2026-01-01T10:30:00+01:00"}')
    assert not is_in_order(b'{"start":"2026-02-30T10:00:00Z","end":"2026-03-01T10:30:00Z"}')


def test_a_narrative_is_judged_as_it_is_read() -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'
    assert is_narrative(json.dumps(div.format("a")).encode())
    assert not is_narrative(json.dumps(div.format("<script>a</script>")).encode())
