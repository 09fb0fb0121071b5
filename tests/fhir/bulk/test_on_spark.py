"""A Spark cluster gives the same bytes as one process, whatever happens to its workers.

The cluster has two workers on this machine. These tests run where Spark and Java are: in an
environment of their own, ``python3 run.py spark-tests``.
"""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sharedcare.errors import FileTrouble, LimitReached, UsedWrongly
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.done import Driver
from sharedcare.fhir.bulk.here import Here
from sharedcare.fhir.bulk.job import Job
from sharedcare.fhir.bulk.plan import Unit
from sharedcare.fhir.bulk.pool import Pool
from sharedcare.fhir.bulk.spark import OnSpark
from sharedcare.fhir.bulk.spark_session import missing_for_spark, session_on
from sharedcare.fhir.bulk.spark_tasks import SCHEMA, Working
from sharedcare.fhir.bulk.store import Store, opened
from sharedcare.fhir.harmonise.sources import measure_frame
from sharedcare.fhir.payloads import validate_paths
from sharedcare.fhir.payloads.conformance import validate_frame
from sharedcare.fhir.payloads.tally import tally_to_json
from sharedcare.reading.limits import CHUNK_BYTES
from sharedcare.reading.payload_paths import payload_files
from tests.fhir.bulk.chunks import GOOD, JOBS, LINES
from tests.fhir.bulk.cluster import cluster
from tests.fhir.bulk.killing import Killed
from tests.fhir.harmonise.sending import SETTINGS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CHECKOUT = Path(__file__).resolve().parents[3]
VALIDATING, _, HARMONISING = JOBS

pytestmark = [
    pytest.mark.skipif(bool(missing_for_spark()), reason=missing_for_spark() or "it is there"),
    # Spark leaves sockets and files to the collector of garbage.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster"), CHECKOUT) as address:
        yield address


@pytest.fixture(scope="module")
def session(master: str) -> "Iterator[SparkSession]":
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1")
    with session_on(master) as opened_session:
        opened_session.sparkContext.setLogLevel("OFF")
        yield opened_session


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A file of several spans, small ones, a packed one, one that is cut, one that is missing."""
    folder = tmp_path_factory.mktemp("sent")
    lines = b"\n".join([*LINES, *[GOOD] * 100]) + b"\n"
    (folder / "large.ndjson").write_bytes(lines * (3 * CHUNK_BYTES // len(lines) + 1))
    (folder / "packed.ndjson.gz").write_bytes(gzip.compress(lines))
    (folder / "cut.ndjson.gz").write_bytes(gzip.compress(lines)[:-9])
    for number, line in enumerate(LINES[:4]):
        (folder / f"small-{number}.json").write_bytes(line)
    return [str(folder), str(folder / "none.ndjson")]


def result_of(
    job: Job[Any], driver: Driver, paths: list[str], folder: Path | None = None
) -> tuple[Any, list[str]]:
    made, faults = job.nothing(), set()
    with opened(str(folder) if folder else None, job) as store:
        for done in driver.results(job, payload_files(paths).files, store):
            made.add(done.result)
            faults |= set(map(str, done.faults))
    return job.to_json(made), sorted(faults)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def on_spark(session: "SparkSession", most_answers: int = 64) -> OnSpark:
    return OnSpark(session, span=CHUNK_BYTES, most_answers=most_answers)


@pytest.mark.parametrize("job", [VALIDATING, HARMONISING], ids=["validate", "harmonise"])
def test_spark_gives_and_keeps_what_one_process_and_several_do(
    session: "SparkSession", sent: list[str], tmp_path: Path, job: Job[Any]
) -> None:
    here = result_of(job, Here(), sent, tmp_path / "here")
    assert result_of(job, Pool(2), sent) == here
    assert result_of(job, on_spark(session), sent, tmp_path / "spark") == here
    assert files_in(tmp_path / "spark") == files_in(tmp_path / "here")
    assert len(here[1]) == 2


def test_answers_that_are_added_up_on_the_way_give_the_same(
    session: "SparkSession", sent: list[str]
) -> None:
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1)
    found = result_of(VALIDATING, on_spark(session, most_answers=2), sent)
    assert found == result_of(VALIDATING, Here(), sent)


@pytest.mark.parametrize("job", [VALIDATING, HARMONISING], ids=["validate", "harmonise"])
def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    session: "SparkSession", sent: list[str], tmp_path: Path, job: Job[Any]
) -> None:
    mark = tmp_path / "killed"
    killed = Killed(job, 2 * CHUNK_BYTES, str(mark))
    found = result_of(killed, on_spark(session), sent, tmp_path / "spark")
    assert mark.exists()
    assert found == result_of(job, Here(), sent, tmp_path / "here")
    assert files_in(tmp_path / "spark") == files_in(tmp_path / "here")


def test_a_run_that_spark_gives_up_goes_on_to_the_same_from_what_is_kept(
    session: "SparkSession", sent: list[str], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    killed = Killed(VALIDATING, 2 * CHUNK_BYTES, str(tmp_path / "killed"), every_time=True)
    with pytest.raises(LimitReached, match="Spark gave the work up"):
        result_of(killed, on_spark(session), sent, kept)
    assert result_of(VALIDATING, on_spark(session), sent, kept) == (
        result_of(VALIDATING, Here(), sent, tmp_path / "here")
    )
    assert files_in(kept) == files_in(tmp_path / "here")


def test_workers_of_another_version_are_refused(session: "SparkSession", sent: list[str]) -> None:
    units = (Unit(tuple(payload_files(sent).files)),)
    task = Working(VALIDATING, units, None, "0.0.0")
    (row,) = session.range(0, 1, 1, 1).mapInArrow(task, SCHEMA).collect()
    assert b"UsedWrongly" in bytes(row[0])


def test_a_folder_of_results_that_a_worker_cannot_write_is_file_trouble(
    session: "SparkSession", sent: list[str], tmp_path: Path
) -> None:
    store = Store(str(tmp_path / "none"), VALIDATING)
    with pytest.raises(FileTrouble, match="cannot be written"):
        list(on_spark(session).results(VALIDATING, payload_files(sent).files, store))


def test_workers_without_the_package_are_told_of_kindly(
    session: "SparkSession", tmp_path: Path, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "from tests.fhir.bulk.killing import Killed\n\n\nclass Other(Killed):\n    pass\n"
    (tmp_path / "elsewhere.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    elsewhere = import_module("elsewhere")  # which only this process has
    with pytest.raises(UsedWrongly, match="lacks the package elsewhere"):
        result_of(elsewhere.Other(VALIDATING, 0, ""), on_spark(session), sent)


def test_the_command_line_gives_the_same_bytes_on_spark(sent: list[str], tmp_path: Path) -> None:
    made = []
    for options in (["--workers", "2"], ["--spark", "local[2]", "--output-dir", "kept"]):
        run = [sys.executable, "-m", "sharedcare", "validate", sent[0], "--quiet", *options]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, check=False)
        made.append((done.returncode, done.stdout))
    assert made[0] == made[1]
    assert files_in(tmp_path / "kept")


def test_a_relative_path_is_found_by_workers_in_folders_of_their_own(
    session: "SparkSession", sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sent[0])
    made = validate_paths(["large.ndjson"], driver=on_spark(session))
    assert made.files[0].name == "large.ndjson"
    assert not made.faults
    assert made.tally == validate_paths(["large.ndjson"]).tally


# ── Data frames ───────────────────────────────────────────────────────────────────────────────────


def test_rows_of_a_data_frame_give_what_their_resources_do(session: "SparkSession") -> None:
    resources = [line for line in LINES if line.strip()] * 5
    rows = [("visits", number, bytearray(one)) for number, one in enumerate(resources, 1)]
    columns = "file string, line long, resource binary"
    frame = session.createDataFrame(rows, columns).repartition(7)
    tally, counters = VALIDATING.nothing(), HARMONISING.nothing()
    validated, measured = VALIDATING.begin(), HARMONISING.begin()
    for number, one in enumerate(resources, 1):
        tally.add(validated(Chunk("visits", "json", one, number)))
        counters.add(measured(Chunk("visits", "json", one, number)))
    assert tally_to_json(validate_frame(frame).tally) == tally_to_json(tally)
    assert measure_frame(frame, SETTINGS).counters == counters


def test_a_row_without_a_resource_is_quarantined(session: "SparkSession") -> None:
    rows = [("visits", 1, None), ("visits", 2, GOOD.decode())]
    frame = session.createDataFrame(rows, "file string, line long, resource string")
    made = validate_frame(frame)
    assert (made.counts.read, made.counts.ok, made.counts.quarantined) == (2, 1, 1)
    assert [(found.file, found.line) for found in made.listed] == [("visits", 1)]


def test_a_data_frame_without_a_column_is_told_of(session: "SparkSession") -> None:
    with pytest.raises(UsedWrongly, match="these are missing: line, resource"):
        validate_frame(session.createDataFrame([("a",)], "file string"))


def test_nothing_to_read_asks_nothing_of_spark(session: "SparkSession") -> None:
    assert list(on_spark(session).results(VALIDATING, [])) == []
