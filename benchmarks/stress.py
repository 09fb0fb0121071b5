"""How long it takes to lose everything in turn, beside deleting each thing and judging again.

    python3 -m benchmarks.stress --sizes 100,1000 --repeat 3

The plain way deletes from the profile's maps, builds the landscape and judges it; its judging alone
is told apart, since a peer could spare the building. It does so for a sample of the losses, evenly
spread over all kinds, and its time is scaled to all of them. Both must agree on every need after
every loss that both judged. Medians of processor time.
"""

import argparse
import gc
import platform
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from benchmarks.deleting import DELETING
from benchmarks.hub_drawing import Declared
from benchmarks.hub_landscape import hub_landscape
from sharedcare.flows import judge
from sharedcare.flows.losses.resilience import Loss, Stress, stress
from sharedcare.landscape import landscape_of

#: Losses that are judged the plain way, at most, in each repeat.
SAMPLE = 20

#: Suppliers over whom the systems are spread.
SUPPLIERS = 20

RESULTS = Path(__file__).parent / "results" / "stress.md"
HEADERS = (
    "systems", "needs", "losses", "sharedcare s", "delete and judge s", "times faster",
    "its judging alone s", "times faster than that",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: how much there is, and seconds of each."""

    systems: int
    needs: int
    losses: int
    judged: int
    ours: float
    plain: float
    judging: float


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    report = written([measured(size, arguments.repeat) for size in sizes])
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def supplied(systems: int) -> Declared:
    """A hub landscape, its systems spread over a few suppliers."""
    raw = hub_landscape(systems)
    for position, system in enumerate(raw["systems"].values()):
        system["supplier"] = f"Supplier {position % SUPPLIERS}"
    return raw


def measured(systems: int, repeat: int) -> Measured:
    """Lose everything of one landscape in both ways, in turn, and hold that they agree."""
    raw = supplied(systems)
    landscape = landscape_of(raw)
    gc.collect()
    ours, plain, judging = [], [], []
    found, sample = stress(landscape), list[Loss]()
    for _ in range(repeat):
        begun = time.process_time()
        found = stress(landscape)
        ours.append(time.process_time() - begun)
        sample = sampled(found)
        seconds = [_plain(raw, found, loss) for loss in sample]
        scale = len(found.losses) / len(sample)
        plain.append(sum(whole for whole, _ in seconds) * scale)
        judging.append(sum(part for _, part in seconds) * scale)
    return Measured(
        systems,
        len(landscape.needs),
        len(found.losses),
        len(sample),
        statistics.median(ours),
        statistics.median(plain),
        statistics.median(judging),
    )


def sampled(found: Stress) -> list[Loss]:
    """Losses evenly spread: they come gravest first, so that all sorts are among them."""
    return list(found.losses)[:: max(1, len(found.losses) // SAMPLE)]


def _plain(raw: Declared, found: Stress, loss: Loss) -> tuple[float, float]:
    """Seconds of one loss by deleting, and of the judging in it; AssertionError if they differ."""
    begun = time.process_time()
    left = landscape_of(DELETING[loss.kind.value](raw, set(loss.ids)))
    built = time.process_time()
    judgement = judge(left, explain=False)
    ended = time.process_time()
    expected = {need.need: (need.low, need.high, need.proven) for need in judgement.needs}
    changed = {change.need: change.after for change in loss.changes}
    if {**found.whole, **changed} != expected:
        raise AssertionError(f"{loss.kind.value} {loss.ids}: both ways differ")
    return ended - begun, ended - built


def written(found: list[Measured]) -> str:
    """The table, and on what it was made."""
    rows = [
        (
            f"{one.systems:,}",
            f"{one.needs:,}",
            f"{one.losses:,}",
            f"{one.ours:.2f}",
            f"{one.plain:.0f} (from {one.judged} losses)",
            f"{one.plain / one.ours:.0f}",
            f"{one.judging:.0f}",
            f"{one.judging / one.ours:.0f}",
        )
        for one in found
    ]
    machine = f"Python {platform.python_version()}, {platform.machine()}, processor time, medians."
    return "\n".join([tabulate(rows, HEADERS, tablefmt="github"), "", machine])


if __name__ == "__main__":
    main()
