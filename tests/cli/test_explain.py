"""``explain`` tells why a need is met or not, or what a word of the tool means."""

import json
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from tests.reports.explaining import MET, ONE_OF_EACH, UNMET

PROFILES = Path(__file__).parents[2] / "profiles"
REGION = str(PROFILES / "fictional-region.yaml")
MINIMAL = str(PROFILES / "minimal.yaml")

Captured = pytest.CaptureFixture[bytes]


def told(captured: Captured) -> tuple[str, str]:
    read = captured.readouterr()
    return read.out.decode(), read.err.decode()


@pytest.mark.parametrize("need", ONE_OF_EACH)
def test_a_need_of_each_verdict_is_explained(need: str, capsysbinary: Captured) -> None:
    assert main(["explain", REGION, need, "--quiet"]) == Exit.DONE
    out, err = told(capsysbinary)
    assert f"({need})" in out
    assert err == ""


def test_where_it_stands_in_the_profile_is_told_by_file_and_line(capsysbinary: Captured) -> None:
    assert main(["explain", REGION, UNMET, "-q"]) == Exit.DONE
    out, _ = told(capsysbinary)
    lines = (PROFILES / "fictional-region" / "flows.yaml").read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "notice_otherborough:" in text)
    assert f"flows.notice_otherborough (flows.yaml, line {line})" in out
    assert str(PROFILES) not in out


def test_it_is_written_as_json_with_the_digest_of_the_profile(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "why.json"
    arguments = ["explain", MINIMAL, "medicines", "--format", "json", "-o", str(path)]
    assert main(arguments) == Exit.DONE
    document = json.loads(path.read_text("utf-8"))
    assert document["schema_version"] == "1.0"
    assert len(document["profile_digest"]) == 64
    assert told(capsysbinary)[0] == ""


def test_it_is_written_in_markdown_and_names_organisations_if_asked(capsysbinary: Captured) -> None:
    asked = ["explain", REGION, MET, "-q", "--format", "markdown"]
    assert main([*asked, "--name-organisations"]) == Exit.DONE
    out, _ = told(capsysbinary)
    assert out.startswith("# Social worker in Anyshire: planned date of discharge")
    assert "Anyshire Hospitals" in out
    assert main(asked) == Exit.DONE
    assert "Anyshire Hospitals" not in told(capsysbinary)[0]


def test_a_need_that_is_not_there_is_refused_with_the_one_that_was_meant(
    capsysbinary: Captured,
) -> None:
    assert main(["explain", MINIMAL, "medicine"]) == Exit.USED_WRONGLY
    out, err = told(capsysbinary)
    assert out == ""
    assert "there is no need medicine (did you mean medicines?)" in err


def test_a_profile_without_a_need_is_answered_with_its_needs_and_what_to_type(
    capsysbinary: Captured,
) -> None:
    assert main(["explain", MINIMAL]) == Exit.USED_WRONGLY
    out, err = told(capsysbinary)
    assert out == ""
    assert f"sharedcare explain {MINIMAL} NEED" in err
    assert "○ medicines  unmet" in err
    assert "● day        met" in err


def test_a_profile_that_declares_no_need_says_so(tmp_path: Path, capsysbinary: Captured) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text("meta: {as_of: 2026-11-01}\n")
    assert main(["explain", str(path)]) == Exit.USED_WRONGLY
    assert "bare.yaml declares no need to explain" in told(capsysbinary)[1]


def test_a_profile_that_is_refused_tells_its_faults(tmp_path: Path, capsysbinary: Captured) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text("meta: {as_of: 2026-11-01}\nsystems: {epr: {organisation: hospital}}\n")
    assert main(["explain", str(path), "medicines"]) == Exit.INPUT_REFUSED
    assert "faulty.yaml:2:" in told(capsysbinary)[1]


def test_a_profile_that_is_not_there_is_file_trouble() -> None:
    assert main(["explain", "nowhere.yaml", "medicines"]) == Exit.FILE_TROUBLE
    assert main(["explain", "nowhere.yaml"]) == Exit.FILE_TROUBLE


@pytest.mark.parametrize("what", ["information_governance", "vision.adopted", "NO_AGREEMENT"])
def test_a_word_of_the_tool_is_explained_as_before(what: str, capsysbinary: Captured) -> None:
    assert main(["explain", what]) == Exit.DONE
    assert what in told(capsysbinary)[0]


def test_a_word_that_nothing_has_is_refused(capsysbinary: Captured) -> None:
    assert main(["explain", "NO_AGREEMNT"]) == Exit.USED_WRONGLY
    assert "did you mean NO_AGREEMENT?" in told(capsysbinary)[1]
