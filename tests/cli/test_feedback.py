"""``feedback`` says how feedback is answered, in every format, ranks nobody and echoes no text."""

import csv
import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.experience.feedback.thresholds import LIMITS, THRESHOLDS
from sharedcare.reports.experience.feedback_document import feedback_schema
from sharedcare.reports.words.texts import columns_of

PROFILES = Path(__file__).parents[2] / "profiles"
TRUSTS = str(PROFILES / "feedback" / "three-trusts.yaml")
REGION = str(PROFILES / "fictional-region.yaml")

#: Words that stand in the answers below and in nothing that is said of them.
SECRET = "zanzibar"

Captured = pytest.CaptureFixture[bytes]


def told(captured: Captured, *arguments: str) -> str:
    assert main(["feedback", *arguments, "--quiet"]) == Exit.DONE
    return captured.readouterr().out.decode()


@pytest.fixture
def answers(tmp_path: Path) -> str:
    """Twelve answers of one organisation, the same but for the name of a place."""
    path = tmp_path / "answers.csv"
    lines = [f"{n},=cmd() Thank you for your views on {SECRET},Ann" for n in range(12)]
    path.write_text("\n".join(["story,response,responder", *lines]), encoding="utf-8")
    return str(path)


def test_the_three_trusts_stand_side_by_side_in_the_order_of_the_file(
    capsysbinary: Captured,
) -> None:
    text = " ".join(told(capsysbinary, TRUSTS, "--name-organisations").split())
    begun = text.index("Side by side")
    assert (
        "Site A: non-response (redirects too); Site B: generic (redirects too); "
        "Site C: transparent, conversational."
    ) in text[:begun]
    assert "The few answers that there are, are generic and redirect." in text
    assert "through NHS.UK, without an account on the platform" in text
    assert "stage directions: a guideline that leaves people their own words" in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_limits_and_lines_are_printed_with_every_result(form: str, capsysbinary: Captured) -> None:
    for path in (TRUSTS, REGION):
        text = " ".join(told(capsysbinary, path, "--format", form).split()).replace("\\", "")
        assert all(limit in text for limit in LIMITS)
        assert all(threshold.name in text for threshold in THRESHOLDS)


@pytest.mark.parametrize("path", [TRUSTS, REGION])
def test_every_format_says_the_same(path: str, capsysbinary: Captured) -> None:
    document = json.loads(told(capsysbinary, path, "--format", "json"))
    jsonschema.Draft202012Validator(feedback_schema()).validate(document)
    rows = list(csv.DictReader(io.StringIO(told(capsysbinary, path, "--format", "csv"))))
    called = [one["called"] for one in document["organisations"]]
    assert [row["organisation"] for row in rows] == called
    assert [line for line in told(capsysbinary, path).splitlines() if columns_of(line) > 80] == []


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_no_text_and_no_signature_of_an_answer_is_echoed_unless_asked_for(
    form: str, answers: str, capsysbinary: Captured
) -> None:
    plain = told(capsysbinary, answers, "--format", form)
    assert SECRET not in plain
    assert "Ann" not in plain
    if form != "csv":
        assert SECRET in told(capsysbinary, answers, "--format", form, "--show-texts")


def test_a_text_that_is_shown_is_shown_literally(tmp_path: Path, capsysbinary: Captured) -> None:
    path = tmp_path / "sly.csv"
    path.write_text('story,response\n1,"<script>x</script> {{7*7}} \u202ekool"\n', "utf-8")
    text = told(capsysbinary, str(path), "--format", "markdown", "--show-texts")
    assert "<script>" not in text
    assert "[U+202E]" in text.replace("\\", "")


def test_organisations_are_named_only_if_asked(capsysbinary: Captured) -> None:
    for form in ("text", "markdown", "csv"):
        assert "Anyshire Hospitals" not in told(capsysbinary, REGION, "--format", form)
    assert "Anyshire Hospitals" in told(capsysbinary, REGION, "--name-organisations")


def test_a_formula_in_the_name_of_an_organisation_is_no_formula(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "sly.csv"
    path.write_text("organisation,story,response\n=1+1,1,Thanks\n", "utf-8")
    made = told(capsysbinary, str(path), "--format", "csv", "--name-organisations")
    (row,) = csv.DictReader(io.StringIO(made))
    assert row["organisation"] == "'=1+1"


def test_standard_input_is_read_whatever_it_holds(
    capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in ("story,response\n1,Thanks\n", Path(TRUSTS).read_text("utf-8")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8"))
        assert "How feedback is answered" in told(capsysbinary, "-")


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("story,respnse\n1,x\n", Exit.INPUT_REFUSED, "MISSING_COLUMN"),
        ("organisation,stories\nTarn,many\n", Exit.INPUT_REFUSED, ":2:2: BAD_NUMBER"),
        ("", Exit.INPUT_REFUSED, "NO_HEADER"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_place(
    text: str, code: Exit, says: str, tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(text, "utf-8")
    assert main(["feedback", str(path)]) == code
    assert says in capsysbinary.readouterr().err.decode()


def test_a_column_that_is_not_read_is_told_beside_the_result(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("story,response,mood\n1,Thanks,blue\n", "utf-8")
    assert main(["feedback", str(path)]) == Exit.DONE
    assert "UNKNOWN_COLUMN" in capsysbinary.readouterr().err.decode()


def test_the_same_file_gives_the_same_bytes(answers: str, capsysbinary: Captured) -> None:
    assert told(capsysbinary, answers) == told(capsysbinary, answers)
