"""How long a large NDJSON takes, and how much memory, by worker processes.

    python3 -m benchmarks.volume SAMPLE.ndjson --mebibytes 1024 --workers 1,2 --repeat 3

``validate`` and ``harmonise`` side by side. The file is the sample over and over, in a temporary
folder. Each run is a process of its own, in turn with the others: wall and processor time of it and
its workers, and the peak of its memory (the workers' beside it). A parse of every line by orjson
stands beside them. Medians; *times one* is how many times faster than one worker, of the medians of
wall time.

Two runs with one worker each, side by side and each of the whole file, share nothing: how much more
they do in the same time than one alone is what the machine gives, and a ceiling for two workers.
``--master`` adds a run on a Spark cluster.
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

#: Independent runs side by side, and what they are called.
TWO = 2
SIDE_BY_SIDE = "two processes side by side, nothing shared"

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
        runs = dict(runs_of(path, workers))
        found: dict[tuple[str, str], list[Measure]] = {name: [] for name in runs}
        for _ in range(arguments.repeat):
            for name, commands in runs.items():
                found[name].append(measured(commands))
    print(tabulate(rows(found, size), headers=HEADERS, tablefmt="github"))


def runs_of(
    path: Path, workers: list[list[str]]
) -> Iterator[tuple[tuple[str, str], list[list[str]]]]:
    """Go through the runs by verb and who works; with one worker comes first."""
    for verb in VERBS:
        for by in workers:
            words = " ".join(by).removeprefix("--")
            yield (verb, words), [working(path, verb, by, 0)]
        one = [working(path, verb, ["--workers", "1"], number) for number in range(TWO)]
        yield (verb, SIDE_BY_SIDE), one
    yield ("orjson parse", ""), [[sys.executable, "-c", _PARSED, str(path)]]


def written(path: Path, sample: bytes, size: int) -> int:
    """Write the sample until the file has that many bytes; return how many it has."""
    with path.open("wb") as stream:
        while stream.tell() < size:
            stream.write(sample)
        return stream.tell()


def working(path: Path, verb: str, by: list[str], number: int) -> list[str]:
    """Return the command that has a file worked on by so many workers, one of some at a time."""
    named = f"one={path}" if verb == "harmonise" else str(path)
    words = [verb, named, "-q", *by, "-o", f"{path}.{number}.txt"]
    return [sys.executable, "-c", _MEASURED, *words]


def rows(found: dict[tuple[str, str], list[Measure]], size: int) -> Iterator[tuple[object, ...]]:
    """Give the medians of each run, and how many times faster it is than the verb's first."""
    alone: dict[str, float] = {}
    for (verb, by), measures in found.items():
        wall, processor, own, workers = map(statistics.median, zip(*measures, strict=True))
        whole = wall / (TWO if by == SIDE_BY_SIDE else 1)
        times = alone.setdefault(verb, whole) / whole
        speed = size / 2**20 / whole
        yield (
            f"{verb} {by}".strip(), f"{wall:.1f}", f"{processor:.1f}", f"{own:.0f}",
            f"{workers:.0f}", f"{speed:.0f}", f"{times:.2f}",
        )  # fmt: skip


def measured(commands: list[list[str]]) -> Measure:
    """Run commands side by side: seconds of all, and the peaks in MB that they told, 0 if none."""
    before, start = os.times(), time.perf_counter()
    runs = [
        subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for one in commands
    ]
    told = [run.communicate()[1].split() for run in runs]
    wall, after = time.perf_counter() - start, os.times()
    if any(run.returncode for run in runs):
        raise SystemExit(f"a run failed: {told}")
    used = sum(after[2:4]) - sum(before[2:4])
    own, workers = (max(int(words[at]) if words else 0 for words in told) for at in (-2, -1))
    return wall, used, own / 1024, workers / 1024


if __name__ == "__main__":
    main()
