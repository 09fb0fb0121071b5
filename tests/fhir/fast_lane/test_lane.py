"""The lane accepts what the core finds nothing wrong with, and where there is no core, nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane import lane as module
from sharedcare.fhir.fast_lane.lane import FastLane
from sharedcare.fhir.fast_lane.machine import MAX_LENGTH
from tests.fhir.examples import EXAMPLES, OBSERVATION, PATIENT, changed, concept
from tests.fhir.mutants import CLASSES, mutant

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

PROJECT = Path(__file__).resolve().parents[3]
FULL = Validator(fast=False)


def line(resource: object) -> bytes:
    return json.dumps(resource).encode()


GOOD = [line(one) for one in EXAMPLES]

#: Left to the full lane: a size has to be that of its data.
NOT_ACCEPTED = ["DocumentReference"]


@pytest.fixture(scope="module", name="lane")
def made() -> FastLane:
    return FastLane(r4())


def test_good_resources_are_accepted_however_they_are_spaced(lane: FastLane) -> None:
    compact = [json.dumps(one, separators=(",", ":")).encode() for one in EXAMPLES]
    indented = [json.dumps(one, indent=1).encode() for one in EXAMPLES]
    for lines in (GOOD, compact, indented):
        accepted = lane.accepted(lines)
        refused = [EXAMPLES[at]["resourceType"] for at, one in enumerate(accepted) if not one]
        assert refused == NOT_ACCEPTED


def test_each_line_has_its_own_answer_wherever_it_stands(lane: FastLane) -> None:
    lines = [GOOD[0], b"", b"{", line(changed(PATIENT, gender="banana")), GOOD[1], b"null"]
    wanted = [True, False, False, False, True, False]
    assert lane.accepted(lines) == wanted
    assert lane.accepted(lines[::-1]) == wanted[::-1]
    assert lane.accepted([]) == []


def test_lines_are_judged_alike_alone_and_in_batches(
    lane: FastLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [one for good in GOOD for one in (good, good[:-1])]
    wanted = lane.accepted(lines)
    assert True in wanted
    assert False in wanted
    for size in (1, 2_000, 10_000):
        monkeypatch.setattr(module, "BATCH_BYTES", size)
        assert FastLane(r4()).accepted(lines) == wanted


def test_no_mutant_is_accepted_that_has_an_issue(lane: FastLane) -> None:
    made = [mutant(name, one, seed) for name in CLASSES for one in EXAMPLES for seed in range(3)]
    lines = [one for one in made if one is not None]
    accepted = lane.accepted(lines)
    assert [
        one for one, is_good in zip(lines, accepted, strict=True) if is_good and FULL.issues(one)
    ] == []


def test_a_bad_answer_refuses_every_line_that_depends_on_it(lane: FastLane) -> None:
    wrong = concept("http://loinc.org", "8867-5")
    told = [line(changed(OBSERVATION, id=f"o{n}", method=wrong)) for n in range(3)]
    assert [issue.rule for issue in FULL.issues(told[0])] == ["code-form"]
    for _ in range(2):
        assert lane.accepted([GOOD[0], *told]) == [True, False, False, False]


def test_a_line_that_is_too_long_for_the_core_is_left_to_the_full_lane(lane: FastLane) -> None:
    too_long = GOOD[0][:-1] + b" " * MAX_LENGTH + b"}"
    assert [lane.accepted([one]) for one in (too_long, GOOD[0])] == [[False], [True]]


@pytest.mark.parametrize("trouble", ["ImportError", "OSError", "RuntimeError"])
def test_where_wasmtime_does_not_run_the_full_lane_does_all(trouble: str, tmp_path: Path) -> None:
    (tmp_path / "wasmtime.py").write_text(f"raise {trouble}('not on this machine')\n")
    script = (
        "import sys\n"
        f"sys.path[:0] = [{str(tmp_path)!r}, {str(PROJECT)!r}]\n"
        "from sharedcare.fhir.definitions import r4\n"
        "from sharedcare.fhir.fast_lane.lane import FastLane\n"
        f"print(FastLane(r4()).accepted([{GOOD[0]!r}] * 2))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    )
    assert (run.stdout, run.stderr) == ("[False, False]\n", "")
