"""``visibility``, ``hazards`` and ``processing``: what they write where, and what they refuse."""

import csv
import io
import json
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit

PROFILES = Path(__file__).parents[2] / "profiles"
PATHWAY = str(PROFILES / "hospital-to-care-home.yaml")
ESSEX = str(PROFILES / "mid-and-south-essex.yaml")


def out_of(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    assert main(list(arguments)) == Exit.DONE
    return capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("verb", "ending"),
    [
        ("visibility", "text"),
        ("visibility", "markdown"),
        ("visibility", "html"),
        ("visibility", "csv"),
        ("hazards", "csv"),
        ("hazards", "markdown"),
        ("hazards", "json"),
        ("processing", "csv"),
        ("processing", "markdown"),
        ("processing", "json"),
    ],
)
def test_a_file_holds_what_standard_output_would(
    verb: str, ending: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    shown = out_of(capsysbinary, verb, PATHWAY, "--format", ending, "--quiet")
    path = tmp_path / "list"
    assert out_of(capsysbinary, verb, PATHWAY, "--format", ending, "-q", "-o", str(path)) == ""
    assert path.read_text(encoding="utf-8") == shown
    assert shown.endswith("\n")


def test_the_guide_is_narrowed_to_a_role_a_category_and_a_purpose(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    narrowed = ("--role", "gp", "--category", "alerts", "--purpose", "safeguarding")
    made = out_of(capsysbinary, "visibility", ESSEX, *narrowed, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(made)))
    assert {row["role"] for row in rows} == {"GP"}
    assert {row["category_id"] for row in rows} == {"alerts"}
    assert {row["purposes"] for row in rows} == {"safeguarding: under direct care sharing"}


def test_an_organisation_is_asked_for_by_its_type(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    made = out_of(
        capsysbinary, "visibility", ESSEX, "--organisation", "primary_care", "--format", "csv"
    )
    assert {row["role"] for row in csv.DictReader(io.StringIO(made))} == {
        "GP",
        "After-hours doctor",
    }


def test_a_role_that_there_is_not_is_used_wrongly(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["visibility", ESSEX, "--role", "emergency_docter"]) == Exit.USED_WRONGLY
    assert b"did you mean emergency_doctor?" in capsysbinary.readouterr().err


def test_hazards_say_beside_the_data_that_they_are_no_safety_case(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["hazards", PATHWAY]) == Exit.DONE
    captured = capsysbinary.readouterr()
    assert b"not a safety case" in captured.err
    assert b"not a safety case" not in captured.out
    assert main(["hazards", PATHWAY, "--quiet"]) == Exit.DONE
    assert capsysbinary.readouterr().err == b""


@pytest.mark.parametrize("verb", ["hazards", "processing"])
def test_json_has_a_version(verb: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    made = out_of(capsysbinary, verb, PATHWAY, "--format", "json", "--quiet")
    assert json.loads(made)["schema_version"] == "1.0"
    schema = out_of(capsysbinary, "schema", verb)
    assert json.loads(schema)["title"]
