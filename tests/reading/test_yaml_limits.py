"""The worst inputs end in a documented answer within five seconds and 300 MB, and by no signal."""

import json
import subprocess
import sys

import pytest

CHILD = """
import json, resource, sys
megabytes = 2**20
# What libyaml or Python would need beyond this fails, and a process that runs on is ended.
resource.setrlimit(resource.RLIMIT_AS, (400 * megabytes, 400 * megabytes))
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
from sharedcare.errors import InputRefused, LimitReached
from sharedcare.reading import given
from sharedcare.reading.yaml_tree import read_yaml
start, piece, size = json.loads(sys.argv[1])
data = (start + piece * (size // len(piece))).encode()
try:
    read_yaml(given(data, "p"))
    answer = "READ"
except InputRefused as refused:
    answer = sorted({fault.code for fault in refused.faults})
except LimitReached as reached:
    answer = str(reached).split(": ")[1]
# getrusage would also count what the parent held when it forked; the kernel's own peak does not.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
used = int(peak.split()[1]) // 1024
print(json.dumps([answer, used]))
"""

FULL = 5 * 2**20 - 16


def answer(start: str, piece: str, size: int) -> object:
    """Read so many bytes of one piece again and again in a process of its own."""
    command = [sys.executable, "-c", CHILD, json.dumps([start, piece, size])]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    said, used = json.loads(run.stdout)
    assert used < 300
    return said


@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "{a: ", "[[a],", "- - "])
def test_nesting_that_libyaml_would_die_of_is_refused(piece: str) -> None:
    assert answer("", piece, 30_000 * len(piece)) == ["TOO_DEEP"]


@pytest.mark.parametrize("piece", ["[", "? "])
def test_nesting_of_five_mebibytes_is_refused(piece: str) -> None:
    assert answer("", piece, FULL) == ["TOO_DEEP"]


@pytest.mark.parametrize(
    ("start", "piece", "expected"),
    [
        ("a: ", "x", "READ"),
        ("a: '", "''", ["SYNTAX"]),
        ("a: ", '"', ["SYNTAX"]),
        ("a: ", "&a ", ["SYNTAX"]),
        ("a: |\n", " x\n", "READ"),
        ("a: 1\n", "# \n", "READ"),
        ("a: ", "a: ", ["SYNTAX"]),
        ("", "%TAG !a! b\n", ["TAG"]),
        ("a: ", "\u202e", ["BIDI_CONTROL", "NOT_TEXT"]),
        ("a: ", "\r", ["LINE_SEPARATOR", "NOT_TEXT"]),
        ("a: 1\r\n", "# é😀\u200c\r\n", ["INVISIBLE_CHARACTER", "NOT_TEXT"]),
        ("", "- \n", "TOO_MANY_NODES"),
        ("", "a: b\n", "TOO_MANY_NODES"),
        ("", "- &a !b x\n", "TOO_MANY_NODES"),
    ],
)
def test_five_mebibytes_of_anything_are_answered(
    start: str, piece: str, expected: str | list[str]
) -> None:
    size = (FULL - len(start)) * len(piece) // len(piece.encode())
    assert answer(start, piece, size) == expected
