"""A Spark cluster of one master and two workers on this machine, each a process of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2

#: Seconds for the cluster to stand; a machine that is busy takes a minute.
PATIENCE = 300

_HERE = "127.0.0.1"
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_ADDRESS = re.compile(rf"Starting Spark master at (spark://{re.escape(_HERE)}:\d+)")
_JOINED = "Registering worker"


@contextmanager
def cluster(folder: Path, checkout: Path) -> Iterator[str]:
    """Start the cluster and give its address; its workers find the modules of the checkout."""
    started: list[subprocess.Popen[bytes]] = []
    log = folder / "master.log"
    try:
        options = ["--host", _HERE, "--port", "0", "--webui-port", "0"]
        started.append(_started(_MASTER, options, log, checkout))
        master = _waited_for(log, _ADDRESS, 1)[0]
        for number in range(WORKERS):
            place = folder / f"worker-{number}"
            options = ["--host", _HERE, "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            options += ["--work-dir", str(place), master]
            started.append(_started(_WORKER, options, folder / f"{place.name}.log", checkout))
        _waited_for(log, re.compile(_JOINED), WORKERS)
        yield master
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def _started(role: str, options: list[str], log: Path, checkout: Path) -> "subprocess.Popen[bytes]":
    import pyspark

    home = Path(pyspark.__file__).parent
    settings = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": _HERE,
        "SPARK_LOCAL_DIRS": str(log.parent / "scratch"),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(checkout),
    }
    with log.open("wb") as told:
        return subprocess.Popen(
            [home / "bin" / "spark-class", role, *options],
            env={**os.environ, **settings},
            stdout=told,
            stderr=subprocess.STDOUT,
        )


def _waited_for(log: Path, wanted: re.Pattern[str], count: int) -> list[str]:
    """Wait until a log says something so many times."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = wanted.findall(log.read_text(encoding="utf-8", errors="replace"))
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise TimeoutError(f"the log of Spark does not say {wanted.pattern} {count} times: {log}")
