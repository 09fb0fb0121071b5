"""``check`` tells every fault at once, each at its line and column."""

import json
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.loading import check_profile

TWENTY = """\
meta: {title: Twenty faults, as_of: 2026-02-30, jurisdiction: england}
organisatoins: {}
organisations:
  hospital: {name: Hospital, type: acute, instances: 0}
  council: {name: Council, tpye: local_authority}
  "bad id": {name: Surgery}
systems:
  epr: {organisation: hospitl, lifecycle: alive, holds: {medications: codedd, alergies: coded}}
  asc: {organisation: council, availability: 1.7, holds: {coded: [problems], text: [problems]}}
stakeholders:
  nurse: {organisation: hospital, uses: [{system: epr, access: perhaps}]}
flows:
  one: {from: epr, to: nowhere, mode: push, carries: {medications: coded}, delay: 5 min ago}
  two: {from: epr, to: asc, mode: pusch, carries: {medications: coded}}
  three: {from: epr, to: asc, mode: batch, interval: {low: 2 d, high: 1 d}, carries: [problems]}
  four: {to: asc, mode: view, hours: Mon-Fri 9 to 5, carries: {medications: coded}}
agreements:
  shcr: {purposes: [direct_car], valid: {from: 2026-05-01, until: 2026-01-01}}
needs:
  meds: {stakeholder: nurse, purpose: direct_care, content: [medications], max_age: unknown}
  more: {stakeholder: nurse, purpose: direct_care, content: []}
"""

#: Line, column and code of each fault, counted in the text.
FAULTS = [
    (1, 37, "BAD_DATE"),
    (2, 1, "UNKNOWN_KEY"),
    (4, 54, "BAD_NUMBER"),
    (5, 28, "UNKNOWN_KEY"),
    (6, 3, "BAD_ID"),
    (8, 23, "UNKNOWN_ID"),
    (8, 43, "BAD_WORD"),
    (8, 71, "BAD_WORD"),
    (8, 79, "UNKNOWN_ID"),
    (9, 46, "BAD_QUANTITY"),
    (9, 85, "NAMED_TWICE"),
    (11, 64, "BAD_VALUE"),
    (13, 24, "UNKNOWN_ID"),
    (13, 83, "BAD_QUANTITY"),
    (14, 35, "BAD_WORD"),
    (15, 44, "BAD_RANGE"),
    (16, 9, "MISSING_KEY"),
    (16, 38, "BAD_QUANTITY"),
    (18, 21, "BAD_WORD"),
    (18, 34, "BAD_PERIOD"),
    (20, 85, "UNKNOWN_REFUSED"),
    (21, 52, "EMPTY_LIST"),
]


@pytest.fixture
def twenty(tmp_path: Path) -> Path:
    """A profile with more than twenty faults, all different in kind or place."""
    path = tmp_path / "twenty.yaml"
    path.write_text(TWENTY)
    return path


def test_twenty_faults_are_told_at_once_each_at_its_place(twenty: Path) -> None:
    found = check_profile(twenty).faults
    assert [(f.place.line, f.place.column, f.code) for f in found] == FAULTS


def test_they_are_printed_as_file_line_column_and_the_profile_is_refused(
    twenty: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["check", str(twenty)]) == Exit.INPUT_REFUSED
    lines = capsysbinary.readouterr().out.decode().splitlines()
    for (line, column, code), told in zip(FAULTS, lines, strict=False):
        assert f"twenty.yaml:{line}:{column}: {code}: " in told


def test_a_fault_says_what_was_expected(twenty: Path) -> None:
    messages = " ".join(fault.message for fault in check_profile(twenty).faults)
    for hint in ("did you mean organisations?", "did you mean type?", "did you mean hospital?"):
        assert hint in messages
    assert "a duration such as 15 min" in messages


def test_what_one_more_fact_would_decide_is_said(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "open.yaml"
    path.write_text(
        """
meta: {as_of: 2026-11-01}
organisations: {hospital: {type: acute}}
systems: {epr: {organisation: hospital, holds: {coded: [medications]}}, hub: {}}
stakeholders: {nurse: {organisation: hospital, uses: [hub]}}
flows: {feed: {from: epr, to: hub, mode: push, carries: {medications: coded}}}
needs: {meds: {stakeholder: nurse, purpose: direct_care, content: [medications], max_age: 1 d}}
"""
    )
    assert main(["check", str(path)]) == Exit.DONE
    told = capsysbinary.readouterr().out.decode()
    assert "of 1 need, 1 undetermined" in told
    assert "flows.feed.delay" in told
    assert "How long does the flow from epr to hub take" in told


def test_the_same_as_json(twenty: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", str(twenty), "--format", "json"]) == Exit.INPUT_REFUSED
    document = json.loads(capsysbinary.readouterr().out)
    assert document["errors"] == len(FAULTS)
    places = [(f["line"], f["column"], f["code"]) for f in document["faults"]]
    assert places == FAULTS
