"""What the commands print, byte for byte: a change of it is seen as a diff, and read."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit

PROJECT = Path(__file__).parents[1]

MINIMAL, WARD = "profiles/minimal.yaml", "profiles/hospital-to-care-home.yaml"
CROSSING = "profiles/covering-a-crossing.yaml"
FAULTY, DISCHARGE = "tests/fhir/faulty.ndjson", "examples/payloads/discharge"
SENT = (
    f"ward_record={DISCHARGE}/ward.ndjson surgery_record={DISCHARGE}/practice.ndjson"
    f" case_record={DISCHARGE}/council.csv"
)
COLUMNS = f"--columns case_record={DISCHARGE}/council-columns.yaml"

#: By golden file: the command that writes it.
COMMANDS = {
    "assess.txt": f"assess {MINIMAL}",
    "assess.md": f"assess {MINIMAL} --format markdown",
    "assess.json": f"assess {MINIMAL} --format json",
    "needs.csv": f"needs {WARD} --format csv",
    "explain.txt": f"explain {MINIMAL} medicines",
    "experience.csv": f"experience {CROSSING} --format csv",
    "stress.txt": f"stress {WARD}",
    "visibility.csv": f"visibility {WARD} --format csv",
    "hazards.csv": f"hazards {WARD}",
    "processing.csv": f"processing {WARD}",
    "graph.graphml": f"graph {MINIMAL}",
    "graph.dot": f"graph {MINIMAL} --format dot",
    "graph.mermaid": f"graph {MINIMAL} --format mermaid",
    "graph.svg": f"graph {MINIMAL} --need medicines --format svg",
    "validate.txt": f"validate {FAULTY}",
    "validate.json": f"validate {FAULTY} --format json",
    "validate.operationoutcome.json": f"validate {FAULTY} --format operationoutcome",
    "validate.sarif": f"validate {FAULTY} --format sarif",
    "validate.junit.xml": f"validate {FAULTY} --format junit",
    "harmonise.txt": f"harmonise {SENT} {COLUMNS}",
    "harmonise.json": f"harmonise {SENT} {COLUMNS} --format json",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_it_printed(
    name: str,
    golden: Callable[[str, bytes], None],
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(PROJECT)
    assert main([*COMMANDS[name].split(), "--quiet"]) in {Exit.DONE, Exit.PARTIAL}
    sys.stdout.flush()
    golden(name, capfdbinary.readouterr().out)
