"""Worker processes: how they begin, and how they end when something else ends."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sharedcare.cli.exits import Exit
from sharedcare.errors import FileTrouble, LimitReached
from sharedcare.fhir.bulk.here import Here
from sharedcare.fhir.bulk.job import Job
from sharedcare.fhir.bulk.locking import alone
from sharedcare.fhir.bulk.pool import Pool
from sharedcare.fhir.bulk.store import opened
from sharedcare.reading.limits import CHUNK_BYTES
from sharedcare.reading.payload_paths import payload_files
from tests.fhir.bulk.chunks import GOOD, JOBS, LINES
from tests.fhir.bulk.killing import Killed
from tests.fhir.bulk.test_drivers import result_of

PATIENCE_S = 60


@pytest.fixture
def large(tmp_path: Path) -> str:
    lines = b"\n".join([*LINES, *[GOOD] * 100]) + b"\n"
    path = tmp_path / "large.ndjson"
    path.write_bytes(lines * (5 * CHUNK_BYTES // len(lines) + 1))
    return str(path)


@pytest.fixture
def other_thread() -> Iterator[None]:
    """Another thread of this process, beside which none can be forked."""
    is_over = threading.Event()
    thread = threading.Thread(target=is_over.wait)
    thread.start()
    yield
    is_over.set()
    thread.join()


@pytest.mark.parametrize("job", [JOBS[0], JOBS[2]], ids=["validate", "harmonise"])
@pytest.mark.usefixtures("other_thread")
def test_new_interpreters_give_what_forked_processes_and_one_process_do(
    job: Job[Any], large: str
) -> None:
    assert result_of(job, Pool(2), [large]) == result_of(job, Here(), [large])


def test_many_workers_for_little_work_give_the_same(large: str, tmp_path: Path) -> None:
    small = tmp_path / "small.ndjson"
    small.write_bytes(GOOD)
    for path in (large, str(small)):
        assert result_of(JOBS[0], Pool(7), [path]) == result_of(JOBS[0], Here(), [path])


def test_many_small_files_are_read_by_workers_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for number in range(450):
        (folder / f"{number}.json").write_bytes(LINES[number % len(LINES)] or b"\n")
    for job in (JOBS[0], JOBS[2]):
        assert result_of(job, Pool(2), [str(folder)]) == result_of(job, Here(), [str(folder)])


def test_a_worker_that_is_ended_from_outside_ends_the_run_and_leaves_what_is_done(
    large: str, tmp_path: Path
) -> None:
    job = Killed(JOBS[2], 4 * CHUNK_BYTES, str(tmp_path / "mark"), every_time=True)
    kept = tmp_path / "kept"
    with pytest.raises(LimitReached, match="try fewer --workers"), opened(str(kept), job) as store:
        list(Pool(2).results(job, payload_files([large]).files, store))
    assert len(list(kept.glob("*.result"))) >= 1
    again = result_of(JOBS[2], Pool(2), [large], str(kept))
    assert again == result_of(JOBS[2], Here(), [large])


def test_what_a_worker_cannot_keep_is_told_by_the_run(large: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with opened(str(kept), JOBS[0]) as store:
        shutil.rmtree(kept)
        with pytest.raises(FileTrouble, match="cannot be written"):
            list(Pool(2).results(JOBS[0], payload_files([large]).files, store))


# ── The main process ends ─────────────────────────────────────────────────────────────────────────

_RUNS = """
import sys
from sharedcare.cli import main
sys.exit(main(["validate", sys.argv[1], "--workers", "2", "--output-dir", sys.argv[2], "-q"]))
"""


def started(path: str, folder: Path) -> "subprocess.Popen[bytes]":
    """A run with two workers that has kept something already."""
    command = [sys.executable, "-c", _RUNS, path, str(folder)]
    run = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    until = time.monotonic() + PATIENCE_S
    while not list(folder.glob("*.result")):
        assert time.monotonic() < until
        time.sleep(0.01)
    return run


def is_gone(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def huge(large: str) -> str:
    """A file that two workers have to do with for some seconds."""
    path = Path(large)
    path.write_bytes(path.read_bytes() * 4)
    return large


@pytest.mark.skipif(sys.platform == "win32", reason="signals as other systems have them")
def test_workers_end_with_a_killed_run_and_hold_its_folder_no_longer(
    huge: str, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    run = started(huge, folder)
    run.kill()
    run.wait()
    assert run.stderr is not None
    run.stderr.close()
    with alone(folder):
        pass
    until = time.monotonic() + PATIENCE_S
    while not is_gone(run.pid):
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform == "win32", reason="signals as other systems have them")
def test_an_interruption_is_told_once_and_leaves_no_worker(huge: str, tmp_path: Path) -> None:
    run = started(huge, tmp_path / "kept")
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == Exit.INTERRUPTED
    assert said.strip() == b"interrupted; nothing was written half"
    assert is_gone(run.pid)
