"""How long a large NDJSON takes, and how much memory, by worker processes.

    python3 -m benchmarks.volume SAMPLE.ndjson --mebibytes 1024 --workers 1,2 --repeat 3

``validate`` and ``harmonise`` side by side. The file is the sample over and over, in a temporary
folder. Each run is a process of its own, in turn with the others: wall and processor time of it and
its workers, and the peak of its memory (the workers' beside it). A parse of every line by orjson
stands beside them. Medians; *times one* is how many times faster than one worker, of the medians of
wall time. ``--master`` adds a run on a Spark cluster.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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

HEADERS = (
    "run", "wall s", "processor s", "peak MB", "peak of a worker MB", "MiB a second", "times one",
)  # fmt: skip

VERBS = ("validate", "harmonise")

#: Wall seconds, processor seconds, peak in MB, peak of a worker in MB.
Measure = tuple[float, float, float, float]


def main() -> None:
    """Measure every number of workers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", type=Path)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--master", help="a Spark master too, such as spark://host:7077")
    arguments = parser.parse_args()
    workers = [["--workers", count] for count in arguments.workers.split(",")]
    if arguments.master:
        workers.append(["--spark", arguments.master])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.ndjson"
        size = written(path, arguments.sample.read_bytes(), arguments.mebibytes * 2**20)
        runs = {
            (verb, " ".join(by).removeprefix("--")): working(path, verb, by)
            for verb in VERBS
            for by in workers
        }
        runs["orjson parse", ""] = [sys.executable, "-c", _PARSED, str(path)]
        found: dict[tuple[str, str], list[Measure]] = {name: [] for name in runs}
        for _ in range(arguments.repeat):
            for name, command in runs.items():
                found[name].append(measured(command))
    print(tabulate(rows(found, size), headers=HEADERS, tablefmt="github"))


def written(path: Path, sample: bytes, size: int) -> int:
    """Write the sample until the file has that many bytes; return how many it has."""
    with path.open("wb") as stream:
        while stream.tell() < size:
            stream.write(sample)
        return stream.tell()


def working(path: Path, verb: str, by: list[str]) -> list[str]:
    """Return the command that has a file worked on by so many workers."""
    named = f"one={path}" if verb == "harmonise" else str(path)
    words = [verb, named, "-q", *by, "-o", f"{path}.txt"]
    return [sys.executable, "-c", _MEASURED, *words]


def rows(found: dict[tuple[str, str], list[Measure]], size: int) -> Iterator[tuple[object, ...]]:
    """Give the medians of each run, and how many times faster it is than the verb's first."""
    alone: dict[str, float] = {}
    for (verb, by), measures in found.items():
        wall, processor, own, workers = map(statistics.median, zip(*measures, strict=True))
        times = alone.setdefault(verb, wall) / wall
        speed = size / 2**20 / wall
        yield (
            f"{verb} {by}".strip(), f"{wall:.1f}", f"{processor:.1f}", f"{own:.0f}",
            f"{workers:.0f}", f"{speed:.0f}", f"{times:.2f}",
        )  # fmt: skip


def measured(command: list[str]) -> Measure:
    """Return wall and processor seconds, and the peaks in MB that the process told, 0 if none."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - start, os.times()
    used = sum(after[2:4]) - sum(before[2:4])
    own, workers = done.stderr.split()[-2:] if done.stderr else ("0", "0")
    return wall, used, int(own) / 1024, int(workers) / 1024


if __name__ == "__main__":
    main()
