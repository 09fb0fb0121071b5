"""How long harmonisation of NDJSON takes, beside parsing it with orjson.

    python3 -m benchmarks.harmonisation --samples FOLDER --repeat 7 --write

Both read the same bytes in turn, piece by piece and looking for garbage seldom, as the command
does; medians of processor time. What is parsed is let go of at once: to keep it takes several times
as long as to parse it. Harmonisation parses the lines itself; *on top* is what it takes beyond one
parse by orjson. Without ``--samples`` the four synthetic systems are measured alone.
"""

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
from tabulate import tabulate

from scripts.make_four_systems import four_systems
from sharedcare.fhir.bulk.collecting import collected_seldom
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.resources import Settings, measure_lines
from sharedcare.reading.lines import pieces

RESULTS = Path(__file__).parent / "results" / "harmonisation.md"
SETTINGS = Settings(b"a key for measuring")

#: Times over an orjson parse, on top, that harmonisation may take.
GOAL = 2.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Median seconds of one file's lines."""

    name: str
    lines: int
    parse: float
    harmonise: float

    @property
    def on_top(self) -> float:
        """What harmonisation takes beyond one parse, in parses."""
        return (self.harmonise - self.parse) / self.parse


def main() -> None:
    """Measure each file that is there, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, help="folder of NDJSON files")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    files = {"four synthetic systems": synthetic()}
    for path in sorted(arguments.samples.glob("*.ndjson")) if arguments.samples else ():
        files[path.stem] = path.read_bytes()
    report = written([measured(name, data, arguments.repeat) for name, data in files.items()])
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def synthetic() -> bytes:
    """The resources of the synthetic systems that send FHIR, a line each."""
    made = four_systems()
    resources = made.hospital.resources + made.practice.resources + made.community.resources
    return b"".join(json.dumps(resource).encode() + b"\n" for resource in resources)


def measured(name: str, data: bytes, repeat: int) -> Measured:
    """Parse and harmonise the same bytes, in turn, ``repeat`` times."""
    parses, harmonised = [], []
    held = [piece.data for piece in pieces(iter((data,)))]
    with collected_seldom():
        for _ in range(repeat):
            parses.append(seconds(lambda: parse(held)))
            harmonised.append(seconds(lambda: harmonise(held)))
    middle = statistics.median
    return Measured(name, data.count(b"\n"), middle(parses), middle(harmonised))


def parse(held: list[bytes]) -> None:
    """Parse each line, and keep none."""
    for data in held:
        for line in data.split(b"\n"):
            if line:
                orjson.loads(line)


def harmonise(held: list[bytes]) -> None:
    """Measure pieces, and add up what they give."""
    counters = Counters()
    for data in held:
        counters.add(measure_lines(data, SETTINGS))


def seconds(work: Callable[[], object]) -> float:
    """Processor time that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def written(found: list[Measured]) -> str:
    """The table in Markdown, with the goal."""
    rows = [
        (one.name, f"{one.lines:,}", f"{one.harmonise / one.parse:.2f}", f"{one.on_top:.2f}")
        for one in found
    ]
    headers = ("file", "lines", "× an orjson parse", "on top of a parse")
    machine = f"Python {platform.python_version()}; medians of processor time."
    goal = f"Goal: at most {GOAL:g} × an orjson parse on top."
    return f"{tabulate(rows, headers, tablefmt='github')}\n\n{goal} {machine}"


if __name__ == "__main__":
    main()
