"""Tables that spreadsheets save: taken with their places, or refused with theirs."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused, LimitReached
from sharedcare.reading import given as taken
from sharedcare.reading import table
from sharedcare.reading.table import MAX_CELL, MAX_COLUMNS, Columns, Table, headers_of, read_table

COLUMNS = Columns({"story": ("story_id", "id"), "response": ("text",)}, ("story", "response"))


def read(data: bytes | str) -> Table:
    raw = data.encode() if isinstance(data, str) else data
    return read_table(taken(raw, "answers.csv"), COLUMNS)


def codes(data: bytes | str) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        read(data)
    return [fault.code for fault in refused.value.faults]


def places(data: str) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        read(data)
    return [str(fault.place) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "data",
    [
        "story,response\n1,Thanks\n",
        "\ufeffStory ID,Text\r\n1,Thanks\r\n",
        "story;response\n1;Thanks",
        "story\tresponse\n1\tThanks\n\n",
        '"Story","Response"\n\n"1"," Thanks "\n',
    ],
)
def test_a_table_is_read_however_it_was_saved(data: str) -> None:
    assert [dict(row) for row in read(data).rows] == [{"story": "1", "response": "Thanks"}]


def test_a_cell_keeps_line_breaks_formulas_and_odd_characters_and_knows_its_line() -> None:
    found = read('id,text\n1,"=SUM(A1)\n<b>\u2028\u202e"\n2,x\n').rows
    assert found[0]["response"] == "=SUM(A1)\n<b>\u2028\u202e".strip()
    assert [(row["story"].place.line, row["story"].place.column) for row in found] == [
        (2, 1),
        (4, 1),
    ]


def test_an_empty_cell_is_not_there_and_a_blank_line_is_passed_over() -> None:
    assert [dict(row) for row in read("id,text\n1,\n , \n").rows] == [{"story": "1"}]


def test_a_missing_column_is_named_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(InputRefused) as refused:
        read("story,respnse\n1,x\n")
    (fault,) = refused.value.faults
    assert (fault.code, fault.place.line) == ("MISSING_COLUMN", 1)
    assert "is it column respnse?" in fault.message


def test_a_column_that_is_not_read_is_told_and_not_refused() -> None:
    (warning,) = read("story,response,respons\n1,x,y\n").warnings
    assert warning.code == "UNKNOWN_COLUMN"
    assert (warning.place.line, warning.place.column) == (1, 3)


def test_every_row_that_is_too_long_or_too_short_is_a_fault_at_its_line() -> None:
    assert places("story,response\n1\n2,ok\n3,a,b\n") == ["answers.csv:2:1", "answers.csv:4:1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "NO_HEADER"),
        (b"\n\n", "NO_HEADER"),
        ("story,response\n1,caf\u00e9\n".encode("cp1252"), "NOT_UTF8"),
        ("story,response\n1,x\n".encode("utf-16"), "NOT_UTF8"),
        (b"story,response\n1,a\0b\n", "CONTROL_CHARACTER"),
        (b'story,response\n1,"open\n2,x\n', "TORN_ROW"),
        (b'story,response\n1,"a"b\n', "TORN_ROW"),
        (b"story,id,response\n1,1,x\n", "COLUMN_TWICE"),
        (b"story,response\n1," + b"a" * (MAX_CELL + 1), "LONG_CELL"),
        (b"story,response\n1," + b"a" * 200_000, "TORN_ROW"),
        (b"story,response" + b"," * MAX_COLUMNS, "TOO_MANY_COLUMNS"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_code(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_too_many_rows_are_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 2)
    with pytest.raises(LimitReached, match=r"answers.csv:4:1: TOO_MANY_ROWS"):
        read("id,text\n1,a\n2,b\n3,c\n")


def test_no_message_holds_what_a_cell_says() -> None:
    with pytest.raises(InputRefused) as refused:
        read("story,response\n1,Mrs Smith,9434765919\n")
    assert "Smith" not in "".join(map(str, refused.value.faults))


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_documented_refusal(data: bytes) -> None:
    headers_of(taken(data, "answers.csv"))
    with contextlib.suppress(InputRefused):
        assert all(row for row in read(data).rows)
