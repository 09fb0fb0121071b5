"""What a machine hands a core and takes from it; whatever the core does, no error comes of it."""

import os
import struct
import subprocess
import sys

import pytest

from sharedcare.fhir.fast_lane import machine
from sharedcare.fhir.fast_lane.machine import CoreFailed, Judged, Machine
from sharedcare.fhir.fast_lane.question import ABSENT, Kind

wasmtime = pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

TABLES = b"SCFL"

#: Where the core of these tests keeps what it is given, and what it answers.
GIVEN, ANSWER = 65_536, 1024


def core(
    judge: str,
    remember: str = "",
    load: str = "(i32.const 1)",
    doubts: str = "unreachable",
    secret: str = "",
) -> bytes:
    """A core that does one thing; it has room for a page of lines, or as many as it is given."""
    made: bytes = wasmtime.wat2wasm(f"""(module
        (memory (export "memory") 2)
        (func (export "input") (param $length i32) (result i32)
            (drop (memory.grow (i32.shr_u (local.get $length) (i32.const 16))))
            (i32.const {GIVEN}))
        (func (export "secret") (param $one i64) (param $two i64) {secret})
        (func (export "load") (param $length i32) (result i32) {load})
        (func (export "judge") (param $lines i32) (param $length i32) (result i32) {judge})
        (func (export "doubts") (param $lines i32) (param $length i32) (result i32) {doubts})
        (func (export "remember") (param $count i32) {remember}))
    """)
    return bytes(made)


def answering(answer: bytes) -> str:
    """Code that gives these bytes as answer."""
    stores = (
        f"(i32.store8 (i32.const {ANSWER + at}) (i32.const {byte}))"
        for at, byte in enumerate(answer)
    )
    return " ".join((*stores, f"(i32.const {ANSWER})"))


NOTHING_ASKED = bytes(12)

#: Accepts the first of two lines and asks nothing.
ACCEPTS_ONE = answering(NOTHING_ASKED + b"\1\0")
ONE_ACCEPTED = Judged(b"\1\0", [], [], [])

#: Accepts a line, but breaks down where it begins with a full stop, which stands after its end.
FRAGILE = (
    f"(if (i32.eq (i32.load8_u (i32.const {GIVEN + 4})) (i32.const {ord('.')})) (then unreachable))"
    + answering(NOTHING_ASKED + b"\1")
)
ACCEPTED, REFUSED = Judged(b"\1", [], [], []), Judged(b"\0", [], [], [])


def telling(begin: int) -> str:
    """Code that gives as verdicts what stands in memory from some place."""
    at = ANSWER + len(NOTHING_ASKED)
    copy = f"(memory.copy (i32.const {at}) (i32.const {begin}) (i32.const 64))"
    nothing_asked = f"(memory.fill (i32.const {ANSWER}) (i32.const 0) (i32.const 12))"
    return f"{copy} {nothing_asked} (i32.const {ANSWER})"


def test_verdicts_come_back_in_the_order_of_the_lines() -> None:
    assert Machine(core(ACCEPTS_ONE), TABLES).judge((b"{}", b"[]")) == ONE_ACCEPTED


def test_what_is_asked_comes_back_with_its_places_and_the_lines_that_need_it() -> None:
    asked = struct.pack("<9I", 1, Kind.QUANTITY, 7, 0, 2, ABSENT, ABSENT, ABSENT, ABSENT)
    told = struct.pack("<3I", 1, 2, 1) + b"\1\1\1\0" + asked
    told += struct.pack("<8I", 1, 0, 5, 6, 2, 0, 7, 8) + struct.pack("<3I", 2, 3, 4)
    judged = Machine(core(answering(told)), TABLES).judge((b"ab", b"cdef", b""))
    assert judged.verdicts == b"\1\1\1"
    assert judged.needs == [(1, 0, 5, 6), (2, 0, 7, 8)]
    assert judged.doubts == [(2, 3, 4)]
    (question,) = judged.questions
    assert question[:3] == (1, Kind.QUANTITY, 7)
    assert question.text(b"cdef", 0) == b"cd"
    assert question.text(b"cdef", 1) is None


def test_doubts_are_asked_for_apart() -> None:
    found = Machine(core("unreachable", doubts=answering(NOTHING_ASKED + b"\1")), TABLES)
    assert found.doubts((b"{}",)) == ACCEPTED
    assert found.judge((b"{}",)) == REFUSED


def test_lines_are_handed_over_one_after_the_other_behind_where_each_ends() -> None:
    lines = [b"ab", b"", b"cde"] + [b"x"] * 40
    judged = Machine(core(telling(GIVEN)), TABLES).judge(lines)
    assert judged.verdicts == (struct.pack("<43I", 2, 2, *range(5, 46)) + b"".join(lines))[:43]


def test_more_lines_than_there_was_room_for_are_judged_too() -> None:
    found = Machine(core(ACCEPTS_ONE), TABLES)
    for length in (10, 1_000_000, 20, 3_000_000):
        assert found.judge((b"x" * length, b"")) == ONE_ACCEPTED


def test_what_breaks_the_core_is_refused_and_the_next_lines_are_judged() -> None:
    fragile = Machine(core(FRAGILE), TABLES)
    found = [fragile.judge((line,)) for line in (b"{}", b".", b"{}")]
    assert found == [ACCEPTED, REFUSED, ACCEPTED]


def test_a_core_that_breaks_down_again_and_again_is_asked_no_more() -> None:
    fragile = Machine(core(FRAGILE), TABLES)
    for _ in range(machine.MAX_FAILURES):
        assert fragile.judge((b"{}",)) == ACCEPTED
        assert fragile.judge((b".",)) == REFUSED
    assert fragile.judge((b"{}",)) == REFUSED


@pytest.mark.parametrize(
    "judge",
    [
        "unreachable",
        "(i32.store8 (i32.const 12) (i32.const 1)) (i32.const 0)",
        "(i32.const 131070)",
        "(i32.store8 (i32.const 131068) (i32.const 1)) (i32.const -16)",
        answering(b"\xff" * 4 + bytes(8) + b"\1\1"),
        answering(bytes(4) + b"\xff" * 4 + bytes(4) + b"\1\1"),
        answering(bytes(8) + b"\xff" * 4 + b"\1\1"),
    ],
    ids=[
        "a trap",
        "no address",
        "beyond the end",
        "an address from the end",
        "too much asked",
        "too many needs",
        "too many doubts",
    ],
)
def test_an_answer_that_cannot_be_read_refuses_the_lines(judge: str) -> None:
    assert Machine(core(judge), TABLES).judge((b"{}", b"{}")) == (b"\0\0", [], [], [])


def test_lines_that_are_too_long_together_are_refused() -> None:
    found = Machine(core(ACCEPTS_ONE), TABLES)
    assert found.judge((b"x" * machine.MAX_LENGTH, b".")) == (b"\0\0", [], [], [])


def test_a_core_that_takes_ever_more_memory_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = "(i32.store8 (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))"
    counting = Machine(core(counts + telling(0)), TABLES)
    assert [counting.judge((b"x" * 100_000,))[0] for _ in range(3)] == [b"\1", b"\2", b"\3"]
    monkeypatch.setattr(machine, "KEPT_MEMORY", 100_000)
    assert [counting.judge((b"x",))[0] for _ in range(3)] == [b"\1", b"\1", b"\1"]


def test_the_core_gets_no_more_memory_than_it_may_have() -> None:
    grows = "(i32.store8 (i32.const 0) (i32.eq (memory.grow (i32.const 5000)) (i32.const -1)))"
    assert Machine(core(grows + telling(0)), TABLES).judge((b"x",)) == ACCEPTED


def test_what_is_remembered_are_numbers_of_questions() -> None:
    size = "(i32.mul (local.get $count) (i32.const 4))"
    keeps = f"(memory.copy (i32.const 0) (i32.const {GIVEN}) {size})"
    found = Machine(core(telling(0), keeps), TABLES)
    found.remember([3, 260])
    assert found.judge((b"",) * 10).verdicts == b"\3\0\0\0\4\1\0\0\0\0"


def test_each_machine_hashes_by_a_secret_of_its_own() -> None:
    kept = f"(i64.store (i32.const {GIVEN - 8}) (local.get $one))"
    made = core(telling(GIVEN - 8), secret=kept)
    told = {Machine(made, TABLES).judge([b"{}"] * 8).verdicts for _ in range(3)}
    assert len(told) == 3


def test_a_core_that_cannot_remember_goes_on_judging() -> None:
    found = Machine(core(ACCEPTS_ONE, "unreachable"), TABLES)
    found.remember([1])
    assert found.judge((b"{}", b"[]")) == ONE_ACCEPTED


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"no core",
        core("(i32.const 0)", load="(i32.const 0)"),
        core(ACCEPTS_ONE, load="unreachable"),
    ],
    ids=["nothing", "no WebAssembly", "tables that it cannot read", "breaks down"],
)
def test_a_core_that_cannot_begin_says_so(made: bytes) -> None:
    with pytest.raises(CoreFailed):
        Machine(made, TABLES)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_machine_works_on_in_a_process_that_is_forked_and_in_its_parent() -> None:
    script = (
        "import os, sys\n"
        "from sharedcare.fhir.fast_lane.machine import Machine\n"
        "found = Machine(bytes.fromhex(sys.argv[1]), b'SCFL')\n"
        "before = found.judge((b'{}', b'[]'))\n"
        "assert len(os.listdir('/proc/self/task')) == 1 if sys.platform == 'linux' else True\n"
        "child = os.fork()\n"
        "for _ in range(100):\n"
        "    assert found.judge((b'{}', b'[]')) == before == (b'\\1\\0', [], [], [])\n"
        "made = Machine(bytes.fromhex(sys.argv[1]), b'SCFL')\n"
        "assert made.judge((b'{}', b'[]')) == before\n"
        "sys.exit(0 if child == 0 else os.waitpid(child, 0)[1])\n"
    )
    command = [sys.executable, "-c", script, core(ACCEPTS_ONE).hex()]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


def test_a_machine_that_lives_until_the_process_ends_says_nothing_then() -> None:
    script = (
        "import sys\n"
        "from sharedcare.fhir.fast_lane.machine import Machine\n"
        "found = Machine(bytes.fromhex(sys.argv[1]), b'SCFL')\n"
        "found.judge((b'{}', b'[]'))\n"
        "sys.modules_kept = dict(sys.modules)  # as debuggers do\n"
    )
    command = [sys.executable, "-c", script, core(ACCEPTS_ONE).hex()]
    run = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("", "")
