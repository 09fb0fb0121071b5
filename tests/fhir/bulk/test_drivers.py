"""One process and several give the same, keep the same, and go on from what is kept."""

import gzip
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sharedcare.errors import InputRefused, UsedWrongly
from sharedcare.fhir.bulk.answers import added, answered, refused
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.done import Done, Driver
from sharedcare.fhir.bulk.here import Here
from sharedcare.fhir.bulk.job import Job
from sharedcare.fhir.bulk.plan import found_in, plan
from sharedcare.fhir.bulk.pool import Pool
from sharedcare.fhir.bulk.store import opened
from sharedcare.fhir.harmonise.column_map import ColumnMap, RecordMap
from sharedcare.fhir.harmonise.job import Harmonising
from sharedcare.fhir.harmonise.sources import measure_system
from sharedcare.fhir.payloads import Settings
from sharedcare.fhir.payloads.job import Validating
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import CHUNK_BYTES
from sharedcare.reading.payload_paths import payload_files
from tests.fhir.bulk.chunks import GOOD, JOBS, LINES, as_bytes
from tests.fhir.harmonise.sending import SETTINGS

TABLE = ColumnMap(
    (RecordMap("allergies", {"code": "code", "occurred": "on"}, "https://council.example/a"),),
    person="person",
)


@pytest.fixture
def sent(tmp_path: Path) -> list[str]:
    """A file of several chunks, a packed one, one that is cut, a document, one that is missing."""
    lines = b"\n".join([*LINES, *[GOOD] * 100]) + b"\n"
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "large.ndjson").write_bytes(lines * (2 * CHUNK_BYTES // len(lines) + 1))
    (folder / "packed.ndjson.gz").write_bytes(gzip.compress(lines))
    (folder / "cut.ndjson.gz").write_bytes(gzip.compress(lines)[:-9])
    (folder / "one.json").write_bytes(LINES[1])
    return [str(folder), str(tmp_path / "none.ndjson")]


def result_of(job: Job[Any], driver: Driver, paths: list[str], folder: str | None = None) -> bytes:
    """Return all that a driver tells, as bytes."""
    made = Done(job.nothing())
    with opened(folder, job) as store:
        for done in driver.results(job, payload_files(paths).files, store):
            made.result.add(done.result)
            made = Done(made.result, (*made.faults, *done.faults))
    return answered(job, Done(made.result, tuple(sorted(made.faults, key=lambda one: one.order))))


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("job", [JOBS[0], JOBS[2]], ids=["validate", "harmonise"])
def test_processes_give_and_keep_what_one_process_does(
    job: Job[Any], sent: list[str], tmp_path: Path
) -> None:
    one = result_of(job, Here(), sent, str(tmp_path / "one"))
    two = result_of(job, Pool(2), sent, str(tmp_path / "two"))
    assert one == two
    assert b"GZIP_CUT" in one
    assert b"FILE_MISSING" in one
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")


def test_what_is_kept_is_used_and_for_its_owner_alone(sent: list[str], tmp_path: Path) -> None:
    job = Harmonising(SETTINGS)
    kept = tmp_path / "kept"
    first = result_of(job, Here(), sent, str(kept))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}
    for path in kept.iterdir():
        counters = json.loads(path.read_bytes())
        path.write_text(json.dumps({**counters, "misshapen": 1_000}))
    again = result_of(job, Here(), sent, str(kept))
    assert again != first
    assert json.loads(again)["result"]["misshapen"] == 1_000 * len(files_in(kept))


def test_another_key_takes_nothing_that_is_kept(sent: list[str], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    result_of(Harmonising(SETTINGS), Here(), sent, str(kept))
    before = set(files_in(kept))
    other = type(SETTINGS)(b"another key, as long as that")
    result_of(Harmonising(other), Here(), sent, str(kept))
    assert len(files_in(kept)) == 2 * len(before)
    assert all(SETTINGS.key not in data for data in files_in(kept).values())


def test_a_file_that_is_cut_short_is_made_again(sent: list[str], tmp_path: Path) -> None:
    job = Harmonising(SETTINGS)
    kept = tmp_path / "kept"
    first = result_of(job, Here(), sent, str(kept))
    whole = files_in(kept)
    for number, path in enumerate(sorted(kept.iterdir())):
        path.write_bytes(path.read_bytes()[: number * 7])
    (kept / "left.under-way").write_bytes(b"half")
    assert result_of(job, Here(), sent, str(kept)) == first
    assert files_in(kept) == whole


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────


def table(path: Path, rows: int) -> str:
    cells = "".join(f"{row % 9},a{row % 5},2026-01-{row % 28 + 1:02}\n" for row in range(rows))
    path.write_bytes(f'person,code,on\n{cells}"torn,1\n'.encode() + b"\xff,1,2026-01-01\n\n")
    return str(path)


def test_rows_of_a_table_are_spread_and_kept_too(tmp_path: Path) -> None:
    path = table(tmp_path / "council.csv", 25_000)
    made = [
        measure_system([path], SETTINGS, TABLE, driver=driver, folder=folder)
        for driver in (Here(), Pool(2))
        for folder in (None, str(tmp_path / "kept"), str(tmp_path / "kept"))
    ]
    assert made[0].counters.read == 25_003
    assert all(found == made[0] for found in made)
    assert len(files_in(tmp_path / "kept")) == 3


def test_a_table_is_refused_the_same_whoever_works(tmp_path: Path) -> None:
    path = table(tmp_path / "council.csv", 3)
    other = ColumnMap((RecordMap("allergies", {"code": "none"}),))
    for driver in (Here(), Pool(2)):
        with pytest.raises(UsedWrongly, match="--columns"):
            measure_system([path], SETTINGS, driver=driver)
        with pytest.raises(InputRefused, match="do not fit together"):
            measure_system([path], SETTINGS, other, driver=driver)


# ── Plans and answers ─────────────────────────────────────────────────────────────────────────────


def test_a_plan_covers_every_chunk_once(sent: list[str]) -> None:
    job = Validating(Settings())
    files = payload_files([*sent, "-"]).files
    made = plan(job, files, CHUNK_BYTES)
    assert [file.path for file in made.here] == [None]
    here = [found for unit in made.units for found in found_in(job, unit)]
    found = {(one.file, one.byte) for one in here if isinstance(one, Chunk)}
    wanted = {
        (chunk.file, chunk.byte)
        for file in files
        if file.path is not None and "cut" not in file.name and "none" not in file.name
        for chunk in job.chunks(file)
    }
    assert wanted <= found
    assert len(found) == sum(isinstance(one, Chunk) for one in here)
    assert {one.code for one in here if isinstance(one, Fault)} == {"GZIP_CUT", "FILE_MISSING"}


def test_tables_stay_where_their_refusal_can_be_told(tmp_path: Path) -> None:
    path = table(tmp_path / "council.csv", 3)
    made = plan(Harmonising(SETTINGS, TABLE), payload_files([path]).files)
    assert [file.path for file in made.here] == [path]
    assert made.units == []


def test_answers_add_up_and_tell_a_fault_once(work: Callable[[Chunk], Any]) -> None:
    job = JOBS[0]
    fault = Fault(Place("a.ndjson"), "FILE_CHANGED", "it changed")
    data = b"\n".join(LINES)
    answer = answered(job, Done(work(Chunk("a.ndjson", "ndjson", data)), (fault,)))
    made = added(job, [answer, answered(job, Done(job.nothing(), (fault,)))])
    assert made.faults == (fault,)
    assert as_bytes(job, made.result) == as_bytes(job, work(Chunk("a.ndjson", "ndjson", data)))


def test_an_error_of_a_task_is_raised_where_its_answer_arrives() -> None:
    answer = answered(JOBS[0], refused(UsedWrongly("install it")))
    with pytest.raises(UsedWrongly, match="install it"):
        added(JOBS[0], [answer])


@pytest.fixture
def work() -> Callable[[Chunk], Any]:
    return JOBS[0].begin()
