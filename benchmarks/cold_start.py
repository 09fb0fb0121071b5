"""How long the command line takes to answer once, from a process that is not there yet.

    python3 -m benchmarks.cold_start --repeat 15

Each command runs in turn, ``repeat`` times; told is the median of the wall-clock time, in seconds,
beside that of a Python that does nothing. The goal is 0.2 s for ``--help`` and 0.35 s for one
payload.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

MODELS = (
    "from fhir.resources.R4B.patient import Patient; "
    "Patient.model_validate_json(open({path!r}).read())"
)
PAYLOAD = '{"resourceType": "Patient", "id": "example", "gender": "female"}'


def main() -> None:
    """Start each command in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=15)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        payload = Path(folder) / "one.json"
        payload.write_text(PAYLOAD, encoding="utf-8")
        seconds: dict[str, list[float]] = {}
        for _ in range(repeat):
            for title, command in commands(payload).items():
                seconds.setdefault(title, []).append(seconds_of(command))
    rows = [(title, f"{statistics.median(taken):.2f}") for title, taken in seconds.items()]
    print(tabulate(rows, ["command", "seconds"], tablefmt="github", disable_numparse=True))


def commands(payload: Path) -> dict[str, list[str]]:
    """What is started, by its title."""
    sharedcare = [sys.executable, "-m", "sharedcare"]
    return {
        "python that does nothing": [sys.executable, "-c", ""],
        "sharedcare --help": [*sharedcare, "--help"],
        "sharedcare validate one.json": [*sharedcare, "validate", str(payload)],
        "fhir.resources, one Patient": [sys.executable, "-c", MODELS.format(path=str(payload))],
    }


def seconds_of(command: list[str]) -> float:
    """The wall-clock time that a command takes; raises CalledProcessError where it fails."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
