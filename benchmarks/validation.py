"""How long a full verdict takes on FHIR R4 resources, beside reading them and beside peers.

    python3 -m benchmarks.validation --samples ../shared/data/fhir --repeat 5 --write

Every implementation judges the same lines in turn, each on its own or, where that is how it is
used, many at once; medians of processor time, told as a multiple of what orjson takes to parse
them. Half of the lines of a file (every other one) are judged
beforehand, untimed, so that structures and imports are made; the timed half was not seen before.
Peers are measured where they are installed: fhir.resources (R4B), fhirkit-rs, HL7's own JSON schema
in jsonschema-rs, if ``--schema`` names it, and, with ``--hapi``, the HAPI FHIR instance validator,
which Maven builds from ``hapi/`` and which judges the same halves on its own Java machine.
"""

import argparse
import gc
import json
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path
from typing import Any

import orjson
from tabulate import tabulate

from benchmarks.java import classpath, program
from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4

RESULTS = Path(__file__).parent / "results" / "validation.md"
FILES = {
    "Synthea NDJSON": "synthea-sample.ndjson",
    "Bundles": "synthea-bundles.ndjson",
    "diverse HL7 examples": "r4-examples.ndjson",
}

#: Takes lines; what it finds is not looked at.
Judge = Callable[[list[bytes]], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one implementation takes for the lines of one file, in seconds."""

    name: str
    file: str
    seconds: float


def main() -> None:
    """Measure each implementation on each file that is there, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True, help="folder of NDJSON files")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--schema", type=Path, help="HL7's fhir.schema.json of R4")
    parser.add_argument("--hapi", action="store_true", help="the HAPI validator too (Java, Maven)")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    found: list[Measured] = []
    for title, path in present(arguments.samples).items():
        found += measured(title, lines_of(path), arguments.repeat, arguments.schema)
    if arguments.hapi:
        found += measured_by_hapi(present(arguments.samples), arguments.repeat)
    report = written(found)
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def present(samples: Path) -> dict[str, Path]:
    """The sample files that are there, by their title; those that are not are named."""
    there = {title: samples / name for title, name in FILES.items() if (samples / name).exists()}
    for title in FILES.keys() - there.keys():
        print(f"{FILES[title]} is not there.")
    return there


def lines_of(path: Path) -> list[bytes]:
    """The lines of a file that are not blank."""
    return [line for line in path.read_bytes().split(b"\n") if line]


def measured(
    title: str, lines: list[bytes], repeat: int, schema: Path | None = None
) -> Iterator[Measured]:
    """Judge the unseen half of the lines by each implementation, in turn, ``repeat`` times."""
    seen, unseen = lines[::2], lines[1::2]
    seconds: dict[str, list[float]] = {}
    for _ in range(repeat):
        for name, judge in judges(schema):
            _leave_what_others_made()
            judge(seen)
            begun = time.process_time()
            judge(unseen)
            seconds.setdefault(name, []).append(time.process_time() - begun)
    for name, taken in seconds.items():
        yield Measured(name, title, statistics.median(taken))


def _leave_what_others_made() -> None:
    """Keep the garbage collector from going through what the other implementations hold."""
    gc.collect()
    gc.freeze()


def judges(schema: Path | None = None) -> Iterator[tuple[str, Judge]]:
    """Each implementation, made anew so that it has seen nothing."""
    yield "orjson parse", _each(orjson.loads)
    for name, has_fast_lane in (("sharedcare", True), ("sharedcare, full lane alone", False)):
        r4.cache_clear()  # the definitions keep what they worked out for lines met before
        yield name, _all_of(Validator(fast=has_fast_lane).issues_of_lines)
    yield "fhir.resources R4B", _models()
    if util.find_spec("fhirkit") is not None:
        yield "fhirkit-rs", _fhirkit()
    if schema is not None and util.find_spec("jsonschema_rs") is not None:
        made: Any = import_module("jsonschema_rs")
        is_valid = made.validator_for(json.loads(schema.read_bytes())).is_valid
        yield "HL7's schema in jsonschema-rs", _each(lambda line: is_valid(orjson.loads(line)))


def measured_by_hapi(files: dict[str, Path], repeat: int) -> Iterator[Measured]:
    """The processor time of the judging thread of HAPI's validator; needs Java and Maven."""
    command = [program("java"), "-cp", classpath(), "peer.Peer"]
    paths = {str(path.resolve()): title for title, path in files.items()}
    seconds: dict[str, list[float]] = {}
    for _ in range(repeat):
        done = subprocess.run([*command, *paths], check=True, stdout=subprocess.PIPE, text=True)
        for line in done.stdout.splitlines():
            path, taken, _ = line.split("\t")
            seconds.setdefault(paths[path], []).append(float(taken))
    for title, taken_each in seconds.items():
        yield Measured("HAPI FHIR instance validator 8.4", title, statistics.median(taken_each))


def _models() -> Judge:
    from pydantic import BaseModel, ValidationError

    models: dict[str, type[BaseModel]] = {}

    def judge(line: bytes) -> object:
        resource = orjson.loads(line)
        name = resource["resourceType"]
        if name not in models:
            module = import_module(f"fhir.resources.R4B.{name.lower()}")
            models[name] = getattr(module, name)
        try:
            return models[name].model_validate(resource)
        except ValidationError as error:
            return error

    def known(line: bytes) -> object:
        try:
            return judge(line)
        except ModuleNotFoundError as error:  # a type that R4B has no more
            return error

    return _each(known)


def _fhirkit() -> Judge:
    made: Any = import_module("fhirkit")
    return _each(lambda line: made.validate(line.decode("utf-8")))


def _each(judge: Callable[[bytes], object]) -> Judge:
    def judged(lines: list[bytes]) -> None:
        for line in lines:
            judge(line)

    return judged


def _all_of(judge: Callable[[list[bytes]], Iterator[object]]) -> Judge:
    def judged(lines: list[bytes]) -> None:
        for _ in judge(lines):
            pass

    return judged


def written(found: list[Measured]) -> str:
    """The table, and what machine it was made on."""
    files = list(dict.fromkeys(one.file for one in found))
    base = {one.file: one.seconds for one in found if one.name == "orjson parse"}
    rows = {one.name: [one.name] for one in found}
    for one in found:
        rows[one.name].append(f"{one.seconds / base[one.file]:.1f}")
    table = tabulate(list(rows.values()), ["× an orjson parse", *files], tablefmt="github")
    machine = f"Python {platform.python_version()}, {platform.machine()}, processor time, medians."
    return "\n".join([table, "", machine])


if __name__ == "__main__":
    main()
