"""``experience`` says what people notice, in every format, and what a change does to it."""

import json
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.words.texts import columns_of

PROFILES = Path(__file__).parents[2] / "profiles"
REGION = str(PROFILES / "fictional-region.yaml")
CROSSING = str(PROFILES / "covering-a-crossing.yaml")

Captured = pytest.CaptureFixture[bytes]


def told(captured: Captured, *arguments: str, code: int = Exit.DONE) -> str:
    assert main(["experience", *arguments, "--quiet"]) == code
    return captured.readouterr().out.decode()


def test_no_line_is_wider_than_a_terminal(capsysbinary: Captured) -> None:
    for arguments in ((REGION,), (CROSSING, "--what", "cover_the_ward")):
        lines = told(capsysbinary, *arguments).splitlines()
        assert [line for line in lines if columns_of(line) > 80] == []


def test_several_changes_are_carried_out_together(capsysbinary: Captured) -> None:
    what = ("--what", "ground_crisis_sharing", "--what", "renew_hospice_agreement")
    made = json.loads(told(capsysbinary, REGION, *what, "--format", "json"))
    assert made["mending"]["what"] == ["ground_crisis_sharing", "renew_hospice_agreement"]
    assert made["mending"]["lifted"] == ["heard", "independent", "safe"]


def test_the_page_is_written_whole_to_a_file(tmp_path: Path) -> None:
    page = tmp_path / "notice.html"
    arguments = ["experience", CROSSING, "--format", "html", "-q", "-o", str(page)]
    assert main(arguments) == Exit.DONE
    assert page.read_text("utf-8").endswith("</html>\n")


def test_an_id_that_is_not_there_is_input_refused_with_a_hint(capsysbinary: Captured) -> None:
    code = main(["experience", CROSSING, "--what", "cover_the_wards", "--quiet"])
    assert code == Exit.USED_WRONGLY
    assert "did you mean cover_the_ward?" in capsysbinary.readouterr().err.decode()


def test_a_dimension_that_is_not_there_is_a_fault_of_the_profile(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    text = Path(CROSSING).read_text("utf-8").replace("dimensions: []", "dimensions: trainin", 1)
    profile = tmp_path / "p.yaml"
    profile.write_text(text, encoding="utf-8")
    assert main(["experience", str(profile), "-q"]) == Exit.INPUT_REFUSED
    assert "there is no dimension trainin" in capsysbinary.readouterr().err.decode()
