"""How long ``validate`` takes for a large NDJSON, and how much memory, by worker processes.

    python3 -m benchmarks.volume SAMPLE.ndjson --mebibytes 1024 --workers 1,2 --repeat 3

The file is the sample over and over, in a temporary folder. Each run is a process of its own: wall
and processor time of it and its workers, and the peak of its memory (the workers' beside it). A
parse of every line by orjson stands beside it. Medians.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

#: Runs one command and prints its exit code, peak and its children's peak in kB, by itself.
_MEASURED = """
import resource, sys
from sharedcare.cli import main
code = main(sys.argv[1:])
own, workers = (resource.getrusage(who).ru_maxrss for who in (
    resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(int(code), own, workers, file=sys.stderr)
"""

_PARSED = """
import sys, orjson
for line in open(sys.argv[1], "rb"):
    orjson.loads(line)
"""

HEADERS = ("run", "wall s", "processor s", "peak MB", "peak of a worker MB", "MiB a second")


def main() -> None:
    """Measure every number of workers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", type=Path)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.ndjson"
        size = written(path, arguments.sample.read_bytes(), arguments.mebibytes * 2**20)
        runs = {f"{n} workers": validating(path, n) for n in arguments.workers.split(",")}
        runs["orjson parse"] = [sys.executable, "-c", _PARSED, str(path)]
        rows = [row(name, run, arguments.repeat, size) for name, run in runs.items()]
    print(tabulate(rows, headers=HEADERS, tablefmt="github"))


def written(path: Path, sample: bytes, size: int) -> int:
    """Write the sample until the file has that many bytes; return how many it has."""
    with path.open("wb") as stream:
        while stream.tell() < size:
            stream.write(sample)
        return stream.tell()


def validating(path: Path, workers: str) -> list[str]:
    """Return the command that validates a file."""
    words = ["validate", str(path), "-q", "--workers", workers, "-o", f"{path}.txt"]
    return [sys.executable, "-c", _MEASURED, *words]


def row(name: str, command: list[str], repeat: int, size: int) -> tuple[object, ...]:
    """Run a command some times and return the medians."""
    found = [measured(command) for _ in range(repeat)]
    wall, processor, own, workers = (
        statistics.median(column) for column in zip(*found, strict=True)
    )
    speed = size / 2**20 / wall
    return name, f"{wall:.1f}", f"{processor:.1f}", f"{own:.0f}", f"{workers:.0f}", f"{speed:.0f}"


def measured(command: list[str]) -> tuple[float, float, float, float]:
    """Return wall and processor seconds, and the peaks in MB that the process told, 0 if none."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - start, os.times()
    used = sum(after[2:4]) - sum(before[2:4])
    own, workers = done.stderr.split()[-2:] if done.stderr else ("0", "0")
    return wall, used, int(own) / 1024, int(workers) / 1024


if __name__ == "__main__":
    main()
