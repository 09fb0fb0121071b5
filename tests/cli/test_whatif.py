"""``whatif`` says what breaks and what is gained, in every format, and stops a script if asked."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.losses.whatif_document import whatif_schema
from sharedcare.reports.words.texts import columns_of

REGION = str(Path(__file__).parents[2] / "profiles" / "fictional-region.yaml")

Captured = pytest.CaptureFixture[bytes]


def told(captured: Captured, *arguments: str, code: int = Exit.DONE) -> str:
    assert main(["whatif", *arguments, "--quiet"]) == code
    return captured.readouterr().out.decode()


def test_what_breaks_whom_it_hits_and_what_it_costs_is_told(capsysbinary: Captured) -> None:
    text = told(capsysbinary, REGION, "retire_green_folder")
    assert "1 need breaks (1 safety-critical)" in text
    assert "Senior carer: medicines given (last_dose_at_home, safety-critical)" in text
    assert "met → unmet" in text
    assert "Hits Senior carer (Care home A)" in " ".join(text.split())
    assert "cost GBP 1,000, time 1 mo" in " ".join(text.split())


def test_no_line_is_wider_than_a_terminal(capsysbinary: Captured) -> None:
    for what in ("more_into_the_hub", "hub_is_down", "after_first_wave"):
        lines = told(capsysbinary, REGION, what).splitlines()
        assert [line for line in lines if columns_of(line) > 80] == []


def test_several_are_carried_out_together_with_what_they_require(capsysbinary: Captured) -> None:
    text = told(capsysbinary, REGION, "homes_write_too", "new_year", "--format", "json")
    document = json.loads(text)
    assert document["what"] == ["changes.homes_write_too", "scenarios.new_year"]
    made = {change["id"]: change["required"] for change in document["changes"]}
    assert made == {
        "extend_care_home_agreement": True,
        "switch_on_homes": True,
        "homes_write_too": False,
    }
    assert document["as_of_after"] == "2027-01-15"
    days = {"low": 23 * 30, "likely": 23 * 30, "high": 23 * 30}
    assert {k: v / 86400 for k, v in document["effort"]["duration"].items()} == days
    (cost,) = document["effort"]["costs"]
    assert cost["currency"] == "GBP"
    assert cost["amount"] == {"low": 134_000, "likely": 224_000, "high": 384_000}


@pytest.mark.parametrize("what", ["hub_is_down", "more_into_the_hub", "agree_on_planning"])
def test_the_document_is_valid_by_its_published_schema(what: str, capsysbinary: Captured) -> None:
    document = json.loads(told(capsysbinary, REGION, what, "--format", "json"))
    jsonschema.Draft202012Validator(whatif_schema()).validate(document)
    needs = {need["need"]: need for need in document["needs"]}
    assert len(needs) == 30
    assert {loss["need"] for loss in document["losses"]} <= {
        key for key, need in needs.items() if need["fate"] in ("lost", "worse", "uncertain")
    }


def test_markdown_shows_every_need_and_csv_has_a_row_for_each(capsysbinary: Captured) -> None:
    page = told(capsysbinary, REGION, "hub_is_down", "--format", "markdown")
    assert page.startswith("# What if: The shared record is down for a day\n")
    assert "## As it is" in page
    rows = list(
        csv.DictReader(io.StringIO(told(capsysbinary, REGION, "hub_is_down", "--format", "csv")))
    )
    assert len(rows) == 30
    assert rows[0]["fate"] == "lost" or rows[0]["safety_critical"] == "yes"


def test_a_script_stops_where_a_safety_critical_need_breaks(capsysbinary: Captured) -> None:
    fail = ("--fail-on", "disruption")
    told(capsysbinary, REGION, "retire_green_folder", *fail, code=Exit.FINDINGS)
    told(capsysbinary, REGION, "retire_green_folder")
    told(capsysbinary, REGION, "supplier_leaves", *fail)


def test_organisations_are_named_only_if_asked(capsysbinary: Captured) -> None:
    for form in ("text", "markdown", "csv"):
        silent = told(capsysbinary, REGION, "hub_is_down", "--format", form)
        assert "Anyshire Hospitals" not in silent
    named = told(capsysbinary, REGION, "hub_is_down", "--name-organisations")
    assert "Anyshire Hospitals" in " ".join(named.split())


def test_a_letter_stays_with_its_organisation_though_others_are_added_or_removed(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    profile = {
        "meta": {"as_of": "2026-11-01"},
        "organisations": {
            "first": {"name": "Firstshire Trust", "type": "acute"},
            "second": {"name": "Secondshire Trust", "type": "acute"},
        },
        "systems": {"one": {"organisation": "second", "holds": {"coded": ["risks"]}}},
        "stakeholders": {"nurse": {"organisation": "second", "uses": ["one"]}},
        "needs": {"n": {"stakeholder": "nurse", "content": ["risks"], "purpose": "direct_care"}},
        "changes": {
            "go": {
                "removes": {"organisations": "first"},
                "patches": {"systems": {"one": {"lifecycle": "retired"}}},
            }
        },
    }
    path = tmp_path / "two.yaml"
    path.write_text(json.dumps(profile))
    text = told(capsysbinary, str(path), "go")
    assert "Hits nurse (Acute hospital B)" in text
    assert "Secondshire" not in text


def refused(profile: Any, tmp_path: Path, captured: Captured, *what: str) -> tuple[int, str]:
    path = tmp_path / "plan.yaml"
    path.write_text(profile)
    code = main(["whatif", str(path), *what, "--quiet"])
    return code, captured.readouterr().err.decode()


CLASHING = """\
meta: {as_of: 2026-11-01}
systems: {epr: {}, hub: {}}
flows: {feed: {from: epr, to: hub, mode: push, carries: {coded: [risks]}}}
changes:
  fast: {patches: {flows: {feed: {delay: 1 min}}}}
  slow: {patches: {flows: {feed: {delay: 1 h}}}}
"""


def test_changes_that_do_not_go_together_are_refused_with_file_line_and_column(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    code, words = refused(CLASHING, tmp_path, capsysbinary, "fast", "slow")
    assert code == Exit.INPUT_REFUSED
    assert "plan.yaml:6:42: CLASH: changes.slow.patches.flows.feed.delay: changes.fast" in words


def test_an_id_that_there_is_not_is_used_wrongly(tmp_path: Path, capsysbinary: Captured) -> None:
    code, words = refused(CLASHING, tmp_path, capsysbinary, "fats")
    assert code == Exit.USED_WRONGLY
    assert "did you mean fast?" in words


def test_nothing_to_do_is_used_wrongly(capsysbinary: Captured) -> None:
    assert main(["whatif", REGION]) == Exit.USED_WRONGLY
    assert "Missing argument 'WHAT...'" in capsysbinary.readouterr().err.decode()
