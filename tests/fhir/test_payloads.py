"""Files of payloads become counts that add up and issues at their places."""

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused
from sharedcare.fhir import Validator
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.payloads import Conformance, Settings, validate_paths
from sharedcare.fhir.payloads.known import (
    baseline_of,
    by_kind,
    expired,
    read_baseline,
    read_suppressions,
)
from sharedcare.fhir.payloads.settings import Suppression
from sharedcare.fhir.payloads.tally import Tally, tally_from_json, tally_to_json
from sharedcare.fhir.payloads.work import Checking
from sharedcare.reading import Source
from sharedcare.reading.limits import CHUNK_BYTES, MAX_LISTED
from tests.fhir.examples import EXAMPLES, PATIENT, changed

GOOD = json.dumps(PATIENT).encode()
BAD = json.dumps(changed(PATIENT, gender="Bananas", birthDate="1999-02-31")).encode()
TORN = GOOD[: len(GOOD) // 2]


def put(folder: Path, data: bytes, name: str = "a.ndjson") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def counts(made: Conformance) -> tuple[int, int, int, int, int]:
    found = made.counts
    assert found.add_up
    return found.read, found.ok, found.with_issues, found.quarantined, found.blank


def codes(made: Conformance) -> list[str]:
    return [fault.code for fault in made.faults]


checking = cache(Checking)


def tally(data: bytes, settings: Settings | None = None, holds: str = "ndjson") -> Tally:
    return checking(settings or Settings()).tally(Chunk("a", holds, data))


# ── Lines ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_torn_line_is_quarantined_and_its_neighbours_are_looked_at(tmp_path: Path) -> None:
    made = validate_paths([put(tmp_path, b"\n".join([GOOD, TORN, BAD, b"", GOOD]) + b"\n")])
    assert counts(made) == (5, 2, 1, 1, 1)
    assert {(one.line, one.rule) for one in made.listed} == {
        (2, "json-syntax"),
        (3, "code-required"),
        (3, "date-impossible"),
    }


def test_line_column_and_byte_lead_to_the_fault_in_the_file(tmp_path: Path) -> None:
    first = json.dumps(changed(PATIENT, language="cy-Ŵ"), ensure_ascii=False).encode()
    line = '{"resourceType":"Patient","name":[{"family":"Ŵ"}],"gender":"x"}'
    data = first + b"\n\n" + line.encode() + b"\n"
    (found,) = (
        one for one in validate_paths([put(tmp_path, data)]).listed if one.path == "Patient.gender"
    )
    assert (found.line, found.column) == (3, line.index('"gender"') + 1)
    assert data[found.byte :].startswith(b'"gender"')


def test_windows_line_ends_are_passed_over_and_counted(tmp_path: Path) -> None:
    made = validate_paths([put(tmp_path, GOOD + b"\r\n\r\n" + GOOD + b"\r\n")])
    assert counts(made) == (3, 2, 0, 0, 1)
    assert made.counts.crlf == 3


@pytest.mark.parametrize("torn", [TORN, b'{"resourceType":"Patient","id":"a', b"{"])
def test_a_torn_line_is_told_alike_however_its_file_ends_lines(torn: bytes) -> None:
    windows, others = (tally(torn + end + GOOD + end) for end in (b"\r\n", b"\n"))
    assert windows.issues == others.issues
    assert windows.listed == others.listed


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_inside_a_text_cuts_no_line(tmp_path: Path, separator: str) -> None:
    line = json.dumps(changed(PATIENT, language=None, id="p"), ensure_ascii=False)
    line = line.replace("1 High Street", f"1{separator}High Street")
    assert counts(validate_paths([put(tmp_path, line.encode())])) == (1, 1, 0, 0, 0)


@given(lines=st.lists(st.sampled_from([GOOD, BAD, TORN, b"", b" \t", b"\r", b"\xff", b"[]", b"{"])))
def test_all_that_is_read_is_accounted_for(lines: list[bytes]) -> None:
    found = tally(b"".join(line + b"\n" for line in lines)).counts
    assert found.add_up
    assert found.read == len(lines)
    assert (found.ok, found.blank) == (lines.count(GOOD), sum(not x.strip() for x in lines))


@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_tally_that_adds_up(data: bytes) -> None:
    for holds in ("ndjson", "json", "xml"):
        assert tally(data, holds=holds).counts.add_up


@given(end=st.integers(1, len(GOOD) - 1))
def test_every_prefix_of_a_line_is_quarantined(end: int) -> None:
    found = tally(GOOD + b"\n" + GOOD[:end])
    assert (found.counts.ok, found.counts.quarantined) == (1, 1)


def test_of_each_rule_the_first_hundred_are_listed_and_all_are_counted() -> None:
    line = b'{"resourceType":"Patient","gender":"x","birthDate":"1"}\n'
    found = tally(line * 250 + b'{"resourceType":"Patient","active":1}')
    assert dict(found.issues) == {
        ("error", "code-required", "Patient.gender"): 250,
        ("error", "date-format", "Patient.birthDate"): 250,
        ("error", "type-boolean", "Patient.active"): 1,
    }
    assert [len(listed) for listed in found.listed.values()] == [MAX_LISTED, MAX_LISTED, 1]
    assert [one.line for one in found.listed["code-required", ""]] == list(range(1, 101))


def test_many_faults_of_one_resource_are_counted_exactly() -> None:
    names = [{"family": 5, "use": "x"} for _ in range(1_000)]
    found = tally(json.dumps({"resourceType": "Patient", "name": names}).encode())
    assert sum(found.issues.values()) == 2_000
    assert sum(map(len, found.listed.values())) == 2 * MAX_LISTED


def test_sparing_places_changes_no_count_and_no_issue_that_is_listed() -> None:
    texts = [json.dumps(changed(one, status=5, id="a b", x=1)).encode() for one in EXAMPLES]
    for text in texts:
        plain = [(i.byte, i.path, i.rule, i.message) for i in Validator().issues(text)]
        found = tally(text, holds="json")
        listed = [one for group in found.listed.values() for one in group]
        assert sorted((o.byte, o.path, o.rule, o.message) for o in listed) == sorted(plain)
        assert found.issues.total() == len(plain)


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_file_is_told_and_not_taken_as_valid(tmp_path: Path) -> None:
    for data in (b"", b"\n\n"):
        made = validate_paths([put(tmp_path, data)])
        assert codes(made) == ["NOTHING_THERE"]
        assert made.nothing_read


@pytest.mark.parametrize("opening", ["{", "["])
def test_pretty_printed_json_given_as_ndjson_is_said_so(tmp_path: Path, opening: str) -> None:
    value = PATIENT if opening == "{" else [PATIENT]
    made = validate_paths([put(tmp_path, json.dumps(value, indent=2).encode())])
    assert codes(made) == ["NOT_NDJSON"]


def test_ndjson_given_as_json_is_said_so(tmp_path: Path) -> None:
    made = validate_paths([put(tmp_path, GOOD + b"\n" + GOOD + b"\n", "a.json")])
    assert codes(made) == ["NOT_ONE_RESOURCE"]


def test_a_name_that_does_not_tell_leaves_it_to_the_text(tmp_path: Path) -> None:
    texts = {
        "one": (GOOD, 1),
        "lines": (GOOD + b"\n" + GOOD, 2),
        "pretty": (json.dumps(PATIENT, indent=1).encode(), 1),
        "xml": (b'\n<Patient xmlns="http://hl7.org/fhir"/>', 1),
    }
    for name, (data, read) in texts.items():
        assert counts(validate_paths([put(tmp_path, data, name)]))[:2] == (read, read), name


def test_a_packed_file_is_as_good_as_the_file_and_a_cut_one_is_partial(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(GOOD + b"\n" for _ in range(100)), mtime=0)
    assert counts(validate_paths([put(tmp_path, packed, "a.ndjson.gz")])) == (100, 100, 0, 0, 0)
    made = validate_paths([put(tmp_path, packed[:-9], "b.ndjson.gz")])
    assert codes(made) == ["GZIP_CUT"]
    assert made.is_partial


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ["a.ndjson", "a.json", "a.xml"])
def test_what_is_packed_otherwise_than_by_gzip_is_told_so(
    name: str, workers: int, tmp_path: Path
) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(name, GOOD)
    for data in (zipped.getvalue(), bz2.compress(GOOD), lzma.compress(GOOD)):
        made = validate_paths([put(tmp_path, data, name)], workers=workers)
        assert codes(made) == ["PACKED_OTHERWISE"]
        assert made.nothing_read


def test_every_prefix_of_a_packed_resource_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(GOOD, mtime=0)
    for end in range(0, len(packed), 7):
        made = validate_paths([put(tmp_path, packed[:end], "a.json.gz")])
        assert made.nothing_read
        assert made.faults or made.counts.quarantined


def test_files_are_read_in_order_and_one_that_is_missing_stops_none(tmp_path: Path) -> None:
    paths = [put(tmp_path, GOOD, "b.json"), str(tmp_path / "none.json")]
    made = validate_paths([*paths, put(tmp_path, BAD, "a.json")])
    assert [Path(file.name).name for file in made.files] == ["b.json", "none.json", "a.json"]
    assert counts(made) == (2, 1, 1, 0, 0)
    assert codes(made) == ["FILE_MISSING"]


# ── Pieces ────────────────────────────────────────────────────────────────────────────────────────


def test_adding_up_pieces_gives_what_one_piece_gives() -> None:
    lines = [GOOD, BAD, TORN, b""] * 80
    whole = tally(b"".join(line + b"\n" for line in lines))
    cuts = random.Random(5).sample(range(1, len(lines)), 6)
    added = Tally()
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(lines)], strict=True):
        before = b"".join(line + b"\n" for line in lines[:start])
        part = b"".join(line + b"\n" for line in lines[start:end])
        added.add(Checking(Settings()).tally(Chunk("a", "ndjson", part, start + 1, len(before))))
    assert tally_to_json(added) == tally_to_json(whole)


def test_a_tally_comes_back_from_json_as_it_was() -> None:
    found = tally(b"\n".join([GOOD, BAD, TORN, b"", BAD]))
    assert tally_to_json(tally_from_json(json.loads(json.dumps(tally_to_json(found))))) == (
        tally_to_json(found)
    )


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    lines = b"\n".join([GOOD, BAD, TORN, b""]) + b"\n"
    path = put(tmp_path, lines * (2 * CHUNK_BYTES // len(lines) + 10))
    other = put(tmp_path, BAD, "b.json")
    one, two = (validate_paths([path, other], workers=workers) for workers in (1, 2))
    assert tally_to_json(one.tally) == tally_to_json(two.tally)
    assert one.listed == two.listed
    assert [file.counts for file in one.files] == [file.counts for file in two.files]


def test_threads_side_by_side_do_not_mix_their_counts(tmp_path: Path) -> None:
    lines = {name: line * 3_000 for name, line in (("a", GOOD + b"\n"), ("b", BAD + b"\n"))}
    paths = [put(tmp_path, data, f"{name}.ndjson") for name, data in lines.items()]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda path: validate_paths([path]).tally, paths * 4))
    for alone, path in zip(made, paths * 4, strict=True):
        assert tally_to_json(alone) == tally_to_json(validate_paths([path]).tally)


# ── What is known ─────────────────────────────────────────────────────────────────────────────────


def known_from(made: Conformance) -> dict[tuple[str, str], int]:
    return read_baseline(Source("b.json", baseline_of(made.tally).encode()))


def test_a_baseline_hides_what_it_counts_and_tells_what_is_more(tmp_path: Path) -> None:
    first = validate_paths([put(tmp_path, BAD + b"\n" + GOOD)])
    known = known_from(first)
    settings = Settings(apart=frozenset(known))
    again = validate_paths([put(tmp_path, GOOD + b"\n" + BAD)], settings, known=known)
    assert (again.told.total(), again.known_count, again.listed) == (0, 2, ())
    gender = json.dumps(changed(PATIENT, gender="x")).encode()
    more = validate_paths([put(tmp_path, BAD + b"\n" + gender)], settings, known=known)
    assert dict(more.told) == {("error", "code-required"): 2}
    assert {one.rule for one in more.listed} == {"code-required"}


def test_a_new_fault_is_listed_however_many_known_ones_of_its_rule_come_first(
    tmp_path: Path,
) -> None:
    many = json.dumps(changed(PATIENT, gender="x")).encode() + b"\n"
    known = known_from(validate_paths([put(tmp_path, many * 300)]))
    new = b'{"resourceType":"Patient","name":[{"use":"x"}]}\n'
    settings = Settings(apart=frozenset(known))
    made = validate_paths([put(tmp_path, many * 300 + new)], settings, known=known)
    assert [(one.line, one.path) for one in made.listed] == [(301, "Patient.name[0].use")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"known": [{}]}',
        '{"known": 5}',
        '{"known": [{"fingerprint": "0", "rule": "a", "path": "b", "count": 1}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        read_baseline(Source("b.json", text.encode()))


def test_a_suppression_holds_for_its_rule_and_below_its_path_alone() -> None:
    one = Suppression("code-required", "Patient.contact", reason="supplier mends it")
    assert one.holds_for(("code-required", "Patient.contact.gender"))
    assert not one.holds_for(("code-required", "Patient.contacts"))
    assert not one.holds_for(("code-required", "Patient"))
    assert not one.holds_for(("date-format", "Patient.contact"))


def test_what_is_suppressed_is_counted_and_not_told(tmp_path: Path) -> None:
    settings = Settings(suppressions=(Suppression("code-required", reason="known"),))
    made = validate_paths([put(tmp_path, BAD)], settings)
    assert dict(made.told) == {("error", "date-impossible"): 1}
    assert made.tally.suppressed["code-required"] == 1


def suppressions(text: str, any_rule: bool = False) -> tuple[Suppression, ...]:
    return read_suppressions(Source("s.yaml", text.encode()), any_rule)


def test_suppressions_are_read_with_their_faults_at_their_places() -> None:
    found = suppressions(
        "suppressions:\n- {rule: dom-3, reason: b, until: 2026-11-01}\n"
        "- {rule: code-required, path: Patient.gender, reason: c}"
    )
    assert [one.until for one in found] == ["2026-11-01", ""]
    assert expired(found, "2026-11-01") == ()
    assert expired(found, "2026-11-02") == found[:1]
    with pytest.raises(InputRefused) as refused:
        suppressions("suppressions:\n- {rule: dom-3}\n- 5\n- {rule: dom-3, reason: b, to: c}\n")
    assert [fault.place.line for fault in refused.value.faults] == [2, 3, 4]


@pytest.mark.parametrize("day", ["2026-02-30", "20261130", "2026-W48-1", "30/11/2026", "''"])
def test_a_suppression_ends_on_a_day_that_is_written_as_days_are_compared(day: str) -> None:
    with pytest.raises(InputRefused) as refused:
        suppressions(f"suppressions: [{{rule: dom-3, reason: b, until: {day}}}]")
    assert "until is a day" in refused.value.faults[0].message


def test_a_suppression_that_could_hide_nothing_is_refused() -> None:
    for entry, said in (
        ("rule: code-requird", "did you mean code-required?"),
        ("rule: dom-3, path: 'Patient.contained[0]'", "not Patient.name[0]"),
    ):
        with pytest.raises(InputRefused) as refused:
            suppressions(f"suppressions: [{{{entry}, reason: b}}]")
        assert said in refused.value.faults[0].message
    (one,) = suppressions("suppressions: [{rule: any-pat-2, reason: b}]", any_rule=True)
    assert one.rule == "any-pat-2"


@pytest.mark.parametrize("text", ["", "  \n", "suppressions: {}", "[]", "a: 1"])
def test_what_is_no_list_of_suppressions_is_refused_as_such(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        suppressions(text)
    assert "init" not in str(refused.value.faults[0])


def test_a_baseline_counts_issues_by_kind_alone() -> None:
    found = tally(BAD + b"\n" + BAD)
    assert by_kind(found) == {
        ("code-required", "Patient.gender"): 2,
        ("date-impossible", "Patient.birthDate"): 2,
    }
