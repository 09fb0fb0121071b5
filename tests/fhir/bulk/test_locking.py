"""One run at a time in a folder of results, whatever became of the run before."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sharedcare.errors import FileTrouble
from sharedcare.fhir.bulk.locking import alone
from sharedcare.fhir.payloads import validate_paths
from tests.fhir.examples import PATIENT

_HOLDS = """
import sys, time
from pathlib import Path
from sharedcare.fhir.bulk.locking import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def payload(folder: Path) -> str:
    path = folder / "a.json"
    path.write_text(json.dumps(PATIENT))
    return str(path)


def test_a_second_run_in_a_folder_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    path = payload(tmp_path)
    with alone(folder), pytest.raises(FileTrouble, match="another run"):
        validate_paths([path], folder=str(folder))
    assert validate_paths([path], folder=str(folder)).counts.ok == 1


def test_a_run_that_was_killed_holds_its_folder_no_longer(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(FileTrouble), alone(tmp_path):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with alone(tmp_path):
        pass


def test_nothing_of_a_run_is_left_in_its_folder_but_results(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    validate_paths([payload(tmp_path)], folder=str(folder))
    assert [path.suffix for path in folder.iterdir()] == [".result"]
