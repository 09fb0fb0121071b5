"""``assess --payloads`` goes by what systems send, and accounts for every line of it."""

import csv
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scripts.make_discharge_payloads import files
from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.assessing.assessment_document import assessment_schema
from sharedcare.reports.words.texts import columns_of

Captured = pytest.CaptureFixture[str]

EXAMPLE = Path(__file__).parents[2] / "examples" / "payloads" / "discharge"
PROFILE = str(EXAMPLE / "profile.yaml")
WARD = f"--payloads=ward_record={EXAMPLE / 'ward.ndjson'}"
SURGERY = f"--payloads=surgery_record={EXAMPLE / 'practice.ndjson'}"
COUNCIL = (
    f"--payloads=case_record={EXAMPLE / 'council.csv'}",
    f"--columns=case_record={EXAMPLE / 'council-columns.yaml'}",
)
ALL = (WARD, SURGERY, *COUNCIL)


def assess(*more: str) -> int:
    return main(["assess", PROFILE, *more])


def document(capsys: Captured, *more: str) -> dict[str, Any]:
    assert assess("--quiet", "--format=json", *more) == Exit.DONE
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def sent(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLE / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", files())
def test_the_example_is_what_its_generator_makes(name: str) -> None:
    kept = (EXAMPLE / name).read_bytes()
    made = "python3 scripts/make_discharge_payloads.py examples/payloads/discharge makes it anew"
    assert kept == files()[name].encode(), made


def test_the_document_is_valid_by_its_published_schema(capsys: Captured) -> None:
    found = document(capsys, *ALL)
    jsonschema.Draft202012Validator(assessment_schema()).validate(found)


def test_the_report_says_of_each_file_which_it_was(capsys: Captured) -> None:
    data = (EXAMPLE / "ward.ndjson").read_bytes()
    digest = sha256(data).hexdigest()
    (found,) = document(capsys, WARD)["payloads"]["given"]
    assert found == {
        "system": "ward_record",
        "name": "ward.ndjson",
        "files": 1,
        "bytes": -(-len(data) // 1_000) * 1_000,
        "sha256": digest,
    }
    for format_ in ("markdown", "html"):
        assert assess("--quiet", f"--format={format_}", WARD) == Exit.DONE
        assert digest in capsys.readouterr().out


def test_of_a_few_rows_no_digest_is_shown_against_which_they_could_be_guessed(
    tmp_path: Path, capsys: Captured
) -> None:
    lines = (EXAMPLE / "ward.ndjson").read_bytes().splitlines(keepends=True)
    path = tmp_path / "ward.ndjson"
    for many, is_shown in ((7, False), (8, True)):
        path.write_bytes(b"".join(lines[:many]))
        digest = sha256(path.read_bytes()).hexdigest()
        (found,) = document(capsys, f"--payloads=ward_record={path}")["payloads"]["given"]
        assert (found["sha256"] == digest, found["bytes"] != "*") == (is_shown, is_shown)
        assert assess("--quiet", "--format=html", f"--payloads=ward_record={path}") == Exit.DONE
        assert (digest in capsys.readouterr().out) is is_shown


def test_without_payloads_the_document_has_no_such_key(capsys: Captured) -> None:
    assert "payloads" not in document(capsys)


def test_the_shares_are_those_of_a_recount_of_the_raw_lines(capsys: Captured) -> None:
    ways: Counter[str] = Counter()
    for one in sent("ward.ndjson"):
        if one["resourceType"] == "MedicationRequest":
            ways["coded" if "coding" in one["medicationCodeableConcept"] else "text"] += 1
    holdings = document(capsys, *ALL)["payloads"]["holdings"]
    found = next(one for one in holdings if one["category"] == "medications.on_discharge")
    assert (found["forms"]["coded"], found["forms"]["text"]) == (ways["coded"], ways["text"])
    assert ways["coded"] / ways.total() == 0.4
    assert (found["declared_form"], found["measured_form"], found["form"]) == (
        "coded",
        "text",
        "text",
    )


def test_numbers_and_late_results_are_those_of_a_recount_too(capsys: Captured) -> None:
    rows = list(csv.DictReader((EXAMPLE / "council.csv").read_text("utf-8").splitlines()))
    late = [
        one
        for one in sent("ward.ndjson")
        if one["resourceType"] == "Observation" and one["issued"][:10] > one["effectiveDateTime"]
    ]
    found = document(capsys, *ALL)["payloads"]
    council = next(one for one in found["systems"] if one["system"] == "case_record")
    assert council["identity"]["valid"] == sum(bool(row["nhs_no"]) for row in rows)
    answer = next(
        one
        for one in found["criteria"]
        if one["criterion"] == "data_quality.written_up_in_time"
        and one["organisation"] == "hospital"
    )
    assert f"{len(late) * 100 // 50} % surely late" in answer["findings"][0]
    assert (answer["declared"], answer["measured"], answer["contradict"]) == (
        "met",
        "not_met",
        True,
    )


def test_every_verdict_is_told_both_ways_and_the_measured_one_counts(capsys: Captured) -> None:
    found = document(capsys, *ALL)
    both = {one["need"]: one for one in found["payloads"]["needs"]}
    turned = {need for need, one in both.items() if one["declared"] != one["measured"]}
    assert turned == {"reconcile", "history"}
    assert {one["id"]: one["verdict"] for one in found["needs"]} == {
        need: one["measured"]["verdict"] for need, one in both.items()
    }
    plain = {one["id"]: one["verdict"] for one in document(capsys)["needs"]}
    assert plain == {need: one["declared"]["verdict"] for need, one in both.items()}


def test_one_system_alone_leaves_the_others_as_declared(capsys: Captured) -> None:
    found = document(capsys, WARD)["payloads"]
    turned = [one["need"] for one in found["needs"] if one["fate"] != "same"]
    assert turned == ["reconcile"]
    assert {one["system"] for one in found["holdings"]} == {"ward_record"}


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_every_format_is_the_same_each_time_and_shows_no_value(
    capsys: Captured, format_: str
) -> None:
    told = []
    for _ in range(2):
        assert assess(*ALL, "--quiet", "--format", format_) == Exit.DONE
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "99910" not in told[0]
    assert "Patient/p" not in told[0]


def test_the_text_fits_a_terminal(capsys: Captured) -> None:
    assert assess(*ALL, "--quiet") == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if columns_of(line) > 80] == []


def test_what_was_read_is_told_and_adds_up(capsys: Captured) -> None:
    assert assess(*ALL) == Exit.DONE
    told = capsys.readouterr().err
    lines = len((EXAMPLE / "ward.ndjson").read_text("utf-8").splitlines())
    assert f"ward_record: {lines} read = {lines} ok + 0 quarantined + 0 blank" in told


def test_a_line_that_cannot_be_read_is_quarantined_and_the_result_partial(
    tmp_path: Path, capsys: Captured
) -> None:
    torn = tmp_path / "torn.ndjson"
    torn.write_text(
        (EXAMPLE / "ward.ndjson").read_text("utf-8") + '{"resourceType": "Pat\n', "utf-8"
    )
    assert assess(f"--payloads=ward_record={torn}", "--format=json") == Exit.PARTIAL
    shown = capsys.readouterr()
    assert "151 read = 150 ok + 1 quarantined + 0 blank" in shown.err
    assert f"{torn.name}:151:1: NOT_JSON" in shown.err
    found = json.loads(shown.out)["payloads"]
    assert found["partial"] == ["ward_record"]
    assert found["systems"][0]["lines"]["quarantined"] == 1


def test_a_system_of_another_name_is_refused_before_anything_is_read(capsys: Captured) -> None:
    assert assess("--payloads=ward_recrd=nowhere.ndjson") == Exit.USED_WRONGLY
    assert "no such system (did you mean ward_record?)" in capsys.readouterr().err


def test_a_path_that_is_not_there_is_told(capsys: Captured) -> None:
    assert assess("--payloads=ward_record=nowhere.ndjson") == Exit.FILE_TROUBLE
    told = capsys.readouterr().err
    assert "nowhere.ndjson" in told
    assert "ward_record: nothing could be read" in told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--payloads=ward_record",), "write SYSTEM=PATH"),
        ((COUNCIL[0],), "say with --columns"),
        ((WARD, COUNCIL[1]), "of which no path is given"),
        ((COUNCIL[1],), "give --payloads"),
        (("--map=map.json",), "give --payloads"),
        (("--key-file=key",), "give --payloads"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(
    capsys: Captured, more: tuple[str, ...], told: str
) -> None:
    assert assess(*more) == Exit.USED_WRONGLY
    assert told in capsys.readouterr().err


def test_standard_input_cannot_be_both_the_profile_and_a_payload(capsys: Captured) -> None:
    assert main(["assess", "-", "--payloads=ward_record=-"]) == Exit.USED_WRONGLY
    assert "not both" in capsys.readouterr().err


def test_what_a_map_brings_into_the_agreed_code_system_is_not_left_to_map(
    tmp_path: Path, capsys: Captured
) -> None:
    local = "https://ward.example/drugs"
    codings = [{"system": "https://dmd.nhs.uk", "code": "1"}] * 30
    codings += [{"system": local, "code": "L1"}] * 10
    medicines = (
        {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"coding": [one]}}
        for one in codings
    )
    (tmp_path / "ward.ndjson").write_text("\n".join(map(json.dumps, medicines)), "utf-8")
    element = {"code": "L1", "target": [{"code": "1", "equivalence": "equivalent"}]}
    group = {"source": local, "target": "https://dmd.nhs.uk", "element": [element]}
    concept_map = json.dumps({"resourceType": "ConceptMap", "group": [group]})
    (tmp_path / "map.json").write_text(concept_map, "utf-8")
    given = f"--payloads=ward_record={tmp_path / 'ward.ndjson'}"
    (left,) = document(capsys, given)["payloads"]["map_first"]
    assert (left["to_map"]["coded"], left["to_map"]["mapped"]) == (10, 0)
    assert left["needs"] == ["reconcile", "first_evening"]
    assert document(capsys, given, f"--map={tmp_path / 'map.json'}")["payloads"]["map_first"] == []


def test_small_counts_are_not_shown(tmp_path: Path, capsys: Captured) -> None:
    few = [one for one in sent("ward.ndjson") if one["resourceType"] != "Observation"][:6]
    (tmp_path / "few.ndjson").write_text("\n".join(map(json.dumps, few)), "utf-8")
    found = document(capsys, f"--payloads=ward_record={tmp_path / 'few.ndjson'}")["payloads"]
    one = next(one for one in found["holdings"] if one["category"] == "medications.on_discharge")
    assert one["records"] == "*"
    assert (one["measured_form"], one["form"]) == (None, "coded")


def test_fail_on_goes_by_what_was_measured(capsys: Captured) -> None:
    assert assess("--quiet", "--fail-on=safety") == Exit.DONE
    assert assess("--quiet", "--fail-on=safety", WARD) == Exit.FINDINGS
    assert "reconcile" in capsys.readouterr().out
