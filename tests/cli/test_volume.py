"""``validate`` and ``harmonise`` on volumes: who works, what is kept, how a run goes on."""

import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.fhir.bulk.spark_session import missing_for_spark
from sharedcare.reading.limits import CHUNK_BYTES, MEBIBYTE
from tests.fhir.harmonise.sending import condition, ndjson, observation, patient

PROGRAM = [sys.executable, "-m", "sharedcare"]
KEY = b"sixteen bytes or more"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def gp(tmp_path: Path) -> Path:
    """What a practice sends, in a few chunks, some of it torn."""
    note = [{"text": "words " * 1_000}]
    lines = ndjson([condition(person=n, note=note) for n in range(50)] + [observation(), patient()])
    lines += b'{"resourceType": "Cond\n\n'
    path = tmp_path / "gp.ndjson"
    path.write_bytes(lines * (3 * CHUNK_BYTES // len(lines) + 1))
    (tmp_path / "key").write_bytes(KEY)
    return path


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [*PROGRAM, "harmonise", "gp=gp.ndjson", "--key-file", "key", "-q", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_harmonise_gives_the_same_bytes_with_several_workers(gp: Path) -> None:
    one, two = (run(gp.parent, "--workers", workers) for workers in ("1", "2"))
    assert one.returncode == two.returncode == Exit.PARTIAL
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_harmonise_that_is_killed_at_any_instant_goes_on_to_the_same_bytes(
    gp: Path, workers: str
) -> None:
    whole = run(gp.parent, "--output-dir", "whole")
    draw = random.Random(int(workers))
    command = ["harmonise", "gp=gp.ndjson", "--key-file", "key", "-q", "--workers", workers]
    for _ in range(3):
        started = subprocess.Popen(
            [*PROGRAM, *command, "--output-dir", "resumed"],
            cwd=gp.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(draw.uniform(0.1, 1.0))
        started.send_signal(signal.SIGKILL)
        started.wait()
    resumed = run(gp.parent, "--workers", workers, "--output-dir", "resumed")
    assert (resumed.returncode, resumed.stdout) == (whole.returncode, whole.stdout)
    assert files_in(gp.parent / "resumed") == files_in(gp.parent / "whole")


def test_what_harmonise_keeps_is_for_its_owner_alone_and_holds_no_key(gp: Path) -> None:
    run(gp.parent, "--output-dir", "kept")
    kept = gp.parent / "kept"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}
    assert all(KEY not in data for data in files_in(kept).values())


def test_harmonise_keeps_nothing_without_a_key_to_know_people_again_by(
    gp: Path, capsys: Captured
) -> None:
    kept = gp.parent / "kept"
    code = main(["harmonise", f"gp={gp}", "--output-dir", str(kept)])
    assert code == Exit.USED_WRONGLY
    assert "--key-file" in capsys.readouterr().err
    assert not kept.exists()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells it")
def test_memory_of_harmonise_does_not_grow_with_the_file(gp: Path) -> None:
    # Not what getrusage tells, which begins with the peak of the process that started this one.
    code = (
        "import sys; from sharedcare.cli import main; main(sys.argv[1:]);"
        "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    peaks = []
    for times in (1, 4):
        large = gp.with_name("large.ndjson")
        large.write_bytes(gp.read_bytes() * times)
        command = [sys.executable, "-c", code, "harmonise", f"gp={large}", "-q", "-o", "out.txt"]
        done = subprocess.run(command, cwd=gp.parent, capture_output=True, check=True, timeout=120)
        peaks.append(int(done.stdout.split()[1]) * 1024)
    assert peaks[1] <= peaks[0] + 8 * MEBIBYTE


VERBS: dict[str, Callable[[Path], list[str]]] = {
    "validate": lambda path: ["validate", str(path)],
    "harmonise": lambda path: ["harmonise", f"gp={path}"],
}


@pytest.mark.parametrize("verb", VERBS)
def test_workers_and_spark_are_not_for_one_run(verb: str, gp: Path, capsys: Captured) -> None:
    code = main([*VERBS[verb](gp), "--workers", "2", "--spark", "local[2]"])
    assert code == Exit.USED_WRONGLY
    assert "choose one" in capsys.readouterr().err


@pytest.mark.skipif(not missing_for_spark(), reason="Spark and Java are there")
@pytest.mark.parametrize("verb", VERBS)
def test_without_spark_what_to_install_is_said(verb: str, gp: Path, capsys: Captured) -> None:
    assert main([*VERBS[verb](gp), "--spark", "local[2]"]) == Exit.USED_WRONGLY
    assert "sharedcare[spark]" in capsys.readouterr().err
