"""``import capability`` writes a report, a document and a part of a profile."""

import json
from pathlib import Path

import jsonschema
import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.payloads.capability_document import capability_schema
from sharedcare.reports.words.texts import columns_of

Captured = pytest.CaptureFixture[str]

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "examples" / "capability"
GP, HUB = str(EXAMPLES / "gp-record.json"), str(EXAMPLES / "shared-record.json")
REGION = str(PROJECT / "profiles" / "fictional-region.yaml")


def told(capsys: Captured, *arguments: str, code: Exit = Exit.DONE) -> str:
    assert main(["import", "capability", *arguments]) == code
    return capsys.readouterr().out


def beside(*more: str) -> list[str]:
    return [GP, REGION, "--system", "gp_record", "--against", f"shared_record={HUB}", *more]


def test_the_report_fits_a_terminal_and_says_what_does_not_go_together(capsys: Captured) -> None:
    made = told(capsys, *beside("--quiet"))
    assert [line for line in made.splitlines() if columns_of(line) > 80] == []
    joined = " ".join(made.split())
    assert "The sender speaks FHIR STU3 and the receiver FHIR R4." in joined
    assert "The flow is declared in FHIR R4, and the sender speaks FHIR STU3." in joined


@pytest.mark.parametrize("format_", ["text", "markdown", "yaml", "json"])
def test_every_format_is_the_same_each_time(capsys: Captured, format_: str) -> None:
    first = told(capsys, *beside("--format", format_, "--quiet"))
    assert first == told(capsys, *beside("--format", format_, "--quiet"))
    assert first.endswith("\n")


def test_the_document_is_valid_by_its_published_schema(capsys: Captured) -> None:
    validator = jsonschema.Draft202012Validator(capability_schema())
    validator.validate(json.loads(told(capsys, *beside("--format", "json", "--quiet"))))
    alone = json.loads(told(capsys, GP, "--system", "gp", "--format", "json"))
    validator.validate(alone)
    assert alone["compared"] is None


def test_organisations_are_named_only_if_asked(capsys: Captured, tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text(
        "meta: {as_of: 2026-11-01}\n"
        "organisations: {a: {name: Saint Elsewhere, type: acute}}\n"
        "systems: {gp_record: {organisation: a, product: Saint Elsewhere Record}}\n",
        encoding="utf-8",
    )
    arguments = [GP, str(profile), "--system", "gp_record"]
    assert "Saint Elsewhere" not in told(capsys, *arguments)
    assert "Saint Elsewhere" in told(capsys, *arguments, "--name-organisations")


def test_what_does_not_go_together_fails_only_where_that_is_asked_for(capsys: Captured) -> None:
    told(capsys, *beside("--fail-on", "contradictions"), code=Exit.FINDINGS)
    told(capsys, GP, "--system", "gp", "--fail-on", "contradictions")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([GP, "--system", "bad id"], Exit.USED_WRONGLY, "--system"),
        ([GP], Exit.USED_WRONGLY, "--system"),
        ([GP, "--system", "gp", "--against", f"hub={HUB}"], Exit.USED_WRONGLY, "PROFILE"),
        ([GP, REGION, "--system", "gp_recrod"], Exit.USED_WRONGLY, "did you mean gp_record"),
        ([REGION, "--system", "gp"], Exit.INPUT_REFUSED, "NOT_A_STATEMENT"),
        (["none.json", "--system", "gp"], Exit.FILE_TROUBLE, "FILE_MISSING"),
    ],
)
def test_what_is_used_wrongly_or_cannot_be_read_is_told(
    capsys: Captured, arguments: list[str], code: Exit, said: str
) -> None:
    assert main(["import", "capability", *arguments]) == code
    assert said in capsys.readouterr().err


def test_the_verb_lists_what_can_be_imported(capsys: Captured) -> None:
    assert main(["import", "--help"]) == Exit.DONE
    assert "capability" in capsys.readouterr().out
    assert main(["import", "responses"]) == Exit.USED_WRONGLY
