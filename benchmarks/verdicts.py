"""How long verdicts take, beside a plain networkx implementation, in one run.

    python3 -m benchmarks.verdicts --sizes 100,1000,10000 --repeat 3

Both judge the same landscapes in turn; medians of processor time. Where the plain one would not
finish it judges a sample of the needs, evenly spread, and its time is scaled to all of them. Both
must agree on every need that both judged. Memory is the peak of a process that only judges.
"""

import argparse
import gc
import itertools
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from benchmarks.hub_landscape import hub_landscape
from benchmarks.plain_networkx import PlainJudge
from sharedcare.flows import judge
from sharedcare.landscape import Landscape, landscape_of

#: Needs that the plain implementation judges at most, in each repeat.
SAMPLE = 20

RESULTS = Path(__file__).parent / "results" / "verdicts.md"
HEADERS = (
    "systems", "flows", "needs", "sharedcare s", "plain networkx s", "times faster", "peak MB"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: how much there is, seconds of each, peak memory in MB."""

    systems: int
    flows: int
    needs: int
    ours: float
    plain: float
    judged: int
    peak: float


def main() -> None:
    """Measure every size and print the table, with how the cost grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peak-of", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    if arguments.peak_of:
        print(peak_of(arguments.peak_of))
        return
    sizes = [int(size) for size in arguments.sizes.split(",")]
    report = written([measured(size, arguments.repeat) for size in sizes])
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def measured(systems: int, repeat: int) -> Measured:
    """Judge one landscape by both, in turn, and hold that they agree."""
    landscape = landscape_of(hub_landscape(systems))
    gc.collect()
    ours, plain = [], []
    sample = list(landscape.needs)[:: max(1, len(landscape.needs) // SAMPLE)]
    for _ in range(repeat):
        seconds, verdicts = _ours(landscape)
        ours.append(seconds)
        plain.append(_plain(landscape, sample, verdicts))
    return Measured(
        systems,
        len(landscape.flows),
        len(landscape.needs),
        statistics.median(ours),
        statistics.median(plain),
        len(sample),
        _peak_apart(systems),
    )


def _ours(landscape: Landscape) -> tuple[float, dict[str, str]]:
    begun = time.process_time()
    judgement = judge(landscape, explain=False)
    seconds = time.process_time() - begun
    return seconds, {need.need: need.verdict.value for need in judgement.needs}


def _plain(landscape: Landscape, sample: list[str], verdicts: dict[str, str]) -> float:
    """Seconds for all needs: the graph once, and the sample's needs scaled up."""
    begun = time.process_time()
    plain = PlainJudge(landscape)
    built = time.process_time()
    for need in sample:
        found = plain.verdict(need).value
        if found != verdicts[need]:
            raise AssertionError(f"{need}: {found} by networkx, {verdicts[need]} by sharedcare")
    judged = time.process_time() - built
    return (built - begun) + judged * len(landscape.needs) / len(sample)


def peak_of(systems: int) -> float:
    """The peak memory of this process, in MB, after judging a landscape of that size."""
    judge(landscape_of(hub_landscape(systems)), explain=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peak_apart(systems: int) -> float:
    command = [sys.executable, "-m", "benchmarks.verdicts", "--peak-of", str(systems)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def written(found: list[Measured]) -> str:
    """The table, what machine it was made on, and how the cost grows from size to size."""
    rows = [
        (
            f"{one.systems:,}",
            f"{one.flows:,}",
            f"{one.needs:,}",
            f"{one.ours:.2f}",
            f"{one.plain:.1f}" + ("" if one.judged == one.needs else f" (from {one.judged} needs)"),
            f"{one.plain / one.ours:.0f}",
            f"{one.peak:.0f}",
        )
        for one in found
    ]
    growth = [
        f"- {a.systems:,} to {b.systems:,} systems: {b.ours / a.ours:.1f} times the time for "
        f"{b.flows * b.needs / (a.flows * a.needs):.0f} times flows times needs"
        for a, b in itertools.pairwise(found)
    ]
    machine = f"Python {platform.python_version()}, {platform.machine()}, processor time, medians."
    return "\n".join([tabulate(rows, HEADERS, tablefmt="github"), "", machine, "", *growth])


if __name__ == "__main__":
    main()
