"""Tables: the same measures from rows, by a column map, with every row accounted for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused, UsedWrongly
from sharedcare.fhir.harmonise import Counters, harmonisation
from sharedcare.fhir.harmonise.column_map import ColumnMap, read_column_map
from sharedcare.fhir.harmonise.rows import measure_rows, table_rows
from sharedcare.fhir.harmonise.sources import measure_system
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.reading import Source
from tests.fhir.harmonise.sending import SETTINGS, SNOMED_CT

MAP = """
dates: day_first
person: {column: nhs, number: true}
records:
  primary_support_reason: {code: reason, code_system: https://council.example/psr,
                           occurred: started, recorded: entered}
  examination_findings.vital_signs: {text: note, value: weight, unit: unit,
                                     where: {kind: weight}}
"""
HEADER = ("nhs", "reason", "started", "entered", "kind", "note", "weight", "unit")


def column_map(text: str = MAP) -> ColumnMap:
    return read_column_map(Source("map.yaml", text.encode()))


def counted(*rows: tuple[str, ...]) -> Counters:
    return measure_rows(enumerate(rows, 2), HEADER, column_map(), SETTINGS)


REASON = ("9990000018", "PSR-1", "01/02/2026", "3/2/2026", "", "", "", "")


def test_a_row_is_a_record_of_each_category_that_it_says_something_of() -> None:
    weight = ("9990000018", "", "", "", "weight", "Body weight", "70", "kg")
    found = counted(REASON, weight, ("", "", "", "", "height", "Height", "2", "m"))
    assert (found.read, found.ok, found.measured) == (3, 3, 2)
    assert found.categories["primary_support_reason"].ways == {Way.LOCAL: 1}
    assert found.categories["examination_findings.vital_signs"].ways == {Way.TEXT_ONLY: 1}
    assert found.patients == {"all": 3, "numbered": 2, "valid": 2}


def test_a_number_without_its_unit_is_counted_where_the_map_has_a_column_for_units() -> None:
    weight = ("9990000018", "", "", "", "weight", "Body weight", "70", "kg")
    found = counted(weight, (*weight[:-1], ""), (*weight[:-2], "", ""))
    units = found.categories["examination_findings.vital_signs"].units.counts
    assert sorted((key[3], count) for key, count in units.items() if isinstance(key, tuple)) == [
        ("", 1),
        ("kg", 1),
    ]


def refused(table: bytes, path: Path) -> list[str]:
    (path / "table.csv").write_bytes(table)
    with pytest.raises(InputRefused) as found:
        measure_system([str(path / "table.csv")], SETTINGS, column_map())
    return [fault.code for fault in found.value.faults]


def test_a_column_that_is_there_twice_is_refused_and_others_may_be(tmp_path: Path) -> None:
    header = ",".join(HEADER)
    assert refused(f"{header},reason\n".encode(), tmp_path) == ["COLUMN_TWICE"]
    (tmp_path / "table.csv").write_text(f"{header},x,x\n{','.join(REASON)},,\n", "utf-8")
    found = measure_system([str(tmp_path / "table.csv")], SETTINGS, column_map())
    assert found.counters.ok == 1


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"", "NO_HEADER"),
        (b"\n\n", "NO_HEADER"),
        (f"{','.join(HEADER)}\r\n".encode("utf-16"), "NO_HEADER"),
        (f"caf\xe9,{','.join(HEADER)}\n".encode("latin-1"), "NOT_UTF8"),
    ],
)
def test_a_table_without_names_of_columns_is_refused(
    table: bytes, code: str, tmp_path: Path
) -> None:
    assert refused(table, tmp_path) == [code]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_line_that_says_what_parts_the_cells_is_no_row(delimiter: str, tmp_path: Path) -> None:
    lines = [f"sep={delimiter}", delimiter.join(HEADER), delimiter.join(REASON), "torn"]
    (tmp_path / "table.csv").write_text("\r\n".join(lines), "utf-8")
    found = measure_system([str(tmp_path / "table.csv")], SETTINGS, column_map()).counters
    assert (found.read, found.ok) == (2, 1)
    assert [line for _, line, _ in found.places] == [4]


def test_text_is_not_to_be_mapped_where_no_code_system_is_agreed() -> None:
    columns = column_map("records: {primary_support_reason: {text: reason}}")
    rows = enumerate([REASON] * 20, 2)
    found = harmonisation({"asc": measure_rows(rows, HEADER, columns, SETTINGS)})
    assert found.to_map == ()


def test_a_column_map_may_call_code_systems_by_their_names() -> None:
    found = column_map("records: {problems: {code: a, code_system: SNOMED CT, unit_system: ucum}}")
    (record,) = found.records
    assert (record.code_system, record.unit_system) == (SNOMED_CT, "http://unitsofmeasure.org")


def test_days_come_first_where_the_map_says_so() -> None:
    counts = counted(REASON).categories["primary_support_reason"]
    assert counts.precision == {"day": 1}
    assert counts.lateness == {2: 1}


def test_the_same_person_in_a_table_and_in_fhir_has_the_same_hash() -> None:
    from tests.fhir.harmonise import sending

    assert counted(REASON).numbers == sending.counted(sending.patient()).numbers


def test_rows_that_cannot_be_read_are_quarantined_and_their_neighbours_are_read() -> None:
    short, latin = ("1", "2"), ("", "caf\udce9", "", "", "", "", "", "")
    found = counted(REASON, short, latin, ("",) * 8, REASON)
    assert (found.ok, found.quarantined, found.blank) == (2, 2, 1)
    assert found.why == {"row_length": 1, "not_utf8": 1}
    assert found.add_up


cells = st.sampled_from(["", "PSR-1", "9990000018", "01/02/2026", "weight"])


@given(st.lists(st.lists(cells, min_size=7, max_size=8).map(tuple), max_size=10), st.data())
def test_parting_rows_changes_nothing(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    numbered = list(enumerate(rows, 2))
    whole, made = counted(*rows), Counters()
    for part in (numbered[:cut], numbered[cut:]):
        made.add(measure_rows(part, HEADER, column_map(), SETTINGS))
    assert made == whole


def test_cells_may_hold_line_ends_and_delimiters_are_found() -> None:
    rows = list(table_rows([b"\xef\xbb\xbfa;b\n", b'"1\n', b'2";3\n', b"x;y\n"]))
    assert rows == [(1, ["a", "b"]), (2, ["1\n2", "3"]), (4, ["x", "y"])]


@pytest.mark.parametrize("filler", [b"5,6\n", b"7,8\n" * 40_000])
def test_a_quotation_mark_that_is_never_closed_tears_its_own_line_alone(filler: bytes) -> None:
    after = filler.splitlines(keepends=True)
    rows = list(table_rows([b"a,b\n", b"1,2\n", b'"3,4\n', *after]))
    assert rows[:3] == [(1, ["a", "b"]), (2, ["1", "2"]), (3, None)]
    assert len(rows) == 3 + len(after)
    assert rows[-1] == (3 + len(after), after[-1].decode().strip().split(","))


def test_an_empty_table_has_no_rows() -> None:
    assert list(table_rows([])) == [(1, [])]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("records: {problms: {code: a}}", "UNKNOWN_ID", "did you mean problems?"),
        ("records: {problems: {cod: a}}", "UNKNOWN_KEY", "did you mean code?"),
        ("records: {problems: {}}", "NO_COLUMNS", "at least one element"),
        ("record: {}", "UNKNOWN_KEY", "did you mean records?"),
        ("{}", "NO_RECORDS", "name a category"),
        ("dates: us\nrecords: {problems: {code: a}}", "UNKNOWN_WORD", "iso, day_first"),
        ("records: [a]", "NO_RECORDS", "name a category"),
        ("- a", "NOT_A_MAP", "lines such as"),
    ],
)
def test_a_fault_of_a_column_map_has_its_place_and_a_remedy(
    text: str, code: str, hint: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        column_map(text)
    found = {fault.code: fault for fault in refused.value.faults}
    assert hint in found[code].message
    assert found[code].place.file == "map.yaml"


def test_a_map_that_names_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "council.csv"
    table.write_text("nhs,reasn,started,entered,kind,note,weight,unit\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="do not fit together") as refused:
        measure_system([str(table)], SETTINGS, column_map())
    (fault,) = refused.value.faults
    assert "no column reason (did you mean reasn?)" in fault.message


def test_a_table_without_a_map_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "council.csv"
    table.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(UsedWrongly, match="--columns"):
        measure_system([str(table)], SETTINGS)


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        ("nhs,reason\n".encode("utf-16"), "NOT_UTF8", "save the table"),
        ("nhs,reason\n".encode("utf-16-le"), "NOT_UTF8", "save the table"),
        (b"nhs|reason|started\n", "MISSING_COLUMN", "as sep=|"),
    ],
)
def test_what_a_spreadsheet_may_save_instead_of_csv_is_told_with_what_to_do(
    table: bytes, code: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table)
    with pytest.raises(InputRefused) as caught:
        measure_system([str(path)], SETTINGS, column_map())
    (fault,) = caught.value.faults
    assert fault.code == code
    assert said in fault.message


def test_a_workbook_is_told_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\n")
    (fault,) = measure_system([str(path)], SETTINGS, column_map()).faults
    assert fault.code == "PACKED_OTHERWISE"
    assert "workbooks" in fault.message


def test_a_column_map_without_any_table_is_used_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "council.txt"
    path.write_bytes(b"nhs,reason\n")
    with pytest.raises(UsedWrongly, match=r"the name of a table ends in \.csv or \.tsv"):
        measure_system([str(path)], SETTINGS, column_map())
