"""``burden`` says how many hours go into work by hand, in every format, and ranks nobody."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.loading import load_landscape
from sharedcare.reports.words.texts import columns_of
from sharedcare.reports.work.burden_document import burden_schema

PROFILES = Path(__file__).parents[2] / "profiles"
REGION = str(PROFILES / "fictional-region.yaml")

Captured = pytest.CaptureFixture[bytes]


def told(captured: Captured, *arguments: str) -> str:
    assert main(["burden", *arguments, "--quiet"]) == Exit.DONE
    return captured.readouterr().out.decode()


def test_hours_are_told_with_their_bounds_and_what_nobody_timed_beside_them(
    capsysbinary: Captured,
) -> None:
    text = " ".join(told(capsysbinary, REGION).split())
    assert "Work by hand takes at least 503 to 1,119 hours a year." in text
    assert "Of 16 pieces of work the hours are not known." in text
    assert "10 s to 1 min 45 s each (time assumed)" in text
    assert "Department of Health and Social Care, 4 January 2020" in text


def test_what_is_pushed_for_sure_stands_apart_from_what_perhaps_is(capsysbinary: Captured) -> None:
    sure, perhaps = told(capsysbinary, REGION).split("Perhaps so:")
    assert "Duty desk in Otherborough" in sure
    assert "Planner of services" not in sure.split("Pushed at people")[1]
    assert "Planner of services" in perhaps


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_profile_has_a_burden_in_every_format(path: Path, capsysbinary: Captured) -> None:
    lines = told(capsysbinary, str(path)).splitlines()
    assert [line for line in lines if columns_of(line) > 80] == []
    assert told(capsysbinary, str(path), "--format", "markdown").startswith("# What people do")
    document = json.loads(told(capsysbinary, str(path), "--format", "json"))
    jsonschema.Draft202012Validator(burden_schema()).validate(document)
    rows = list(csv.DictReader(io.StringIO(told(capsysbinary, str(path), "--format", "csv"))))
    assert [row["chore"] for row in rows] == [work["chore"] for work in document["work"]]


def test_organisations_stand_in_the_order_of_the_profile_and_not_of_their_hours(
    capsysbinary: Captured,
) -> None:
    document = json.loads(told(capsysbinary, REGION, "--format", "json"))
    listed = [total["organisation"] for total in document["organisations"]]
    assert listed == [key for key in load_landscape(REGION).organisations if key in listed]


def test_organisations_are_named_only_if_asked(capsysbinary: Captured) -> None:
    for form in ("text", "markdown", "csv"):
        assert "Anyshire Hospitals" not in told(capsysbinary, REGION, "--format", form)
    assert "Anyshire Hospitals" in told(capsysbinary, REGION, "--name-organisations")


def test_a_cell_is_no_formula(tmp_path: Path, capsysbinary: Captured) -> None:
    profile = """
meta: {as_of: 2026-11-01}
organisations: {home: {type: care_home}}
systems: {epr: {organisation: home}}
stakeholders: {nurse: {name: "=1+1", organisation: home, uses: [epr]}}
needs: {n: {stakeholder: nurse, content: [risks], purpose: direct_care, search_time: 3 min}}
"""
    path = tmp_path / "sly.yaml"
    path.write_text(profile)
    (row,) = csv.DictReader(io.StringIO(told(capsysbinary, str(path), "--format", "csv")))
    assert row["role"] == "'=1+1"
