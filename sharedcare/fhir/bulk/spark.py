"""The driver that works on a Spark cluster, for what outgrows one machine.

Files are named to the workers, not sent to them: every machine has to see them under the same
path. A file larger than a span is read by many at once. What comes back is added up on the way, so
that this process holds no more than the results of some spans. Only data frames are used, so that
it works through Spark Connect too.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import accumulate, groupby
from json import loads
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sharedcare.errors import LimitReached, UsedWrongly
from sharedcare.fhir.bulk.answers import added
from sharedcare.fhir.bulk.done import Done
from sharedcare.fhir.bulk.here import Here
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.plan import Unit, plan
from sharedcare.fhir.bulk.spark_tasks import COLUMNS, SCHEMA, Adding, Counting, Taking, Working
from sharedcare.fhir.bulk.store import Store
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.spans import SPAN_BYTES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Answers that come back as they are; of more, groups are added up by workers first: those of files
#: by the square root of their number, those of a data frame by :data:`ADDED_BY`.
MOST_ANSWERS = 64
ADDED_BY = 8

_MISSING = re.compile(r"No module named '([\w.]+)'")


class OnSpark:
    """Works through a session of Spark; see :class:`sharedcare.fhir.bulk.done.Driver`.

    The Python of Spark's workers needs this package in the same version. A task reads about
    ``span`` bytes.
    """

    def __init__(
        self, session: "SparkSession", span: int = SPAN_BYTES, most_answers: int = MOST_ANSWERS
    ) -> None:
        self._session = session
        self._span = span
        self._most = most_answers

    def results(
        self, job: Job[R], files: Sequence[PayloadFile], store: Store[R] | None = None
    ) -> Iterator[Done[R]]:
        """Give the results of what has to be read here, then the sum of all others.

        Raises UsedWrongly where the workers lack this package or have another version of it,
        LimitReached where Spark gives up, FileTrouble where a worker cannot keep results.
        """
        planned = plan(job, [_placed(file) for file in files], self._span)
        yield from Here().results(job, planned.here, store)
        units = tuple(self._counted(planned.units))
        if not units:
            return
        folder = str(Path(store.folder).absolute()) if store is not None else None
        frame = self._mapped(len(units), Working(job, units, folder, version("sharedcare")))
        if len(units) > self._most:
            frame = _added_on_the_way(job, frame, isqrt(len(units)))
        yield added(job, _collected(frame))

    def _counted(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """Give each span the count of line feeds before it."""
        of_spans = tuple(unit for unit in units if unit.span is not None)
        yield from (unit for unit in units if unit.span is None)
        if not of_spans:
            return
        answers = map(loads, _collected(self._mapped(len(of_spans), Counting(of_spans))))
        counts = [count for _, count in sorted(answers)]
        pairs = zip(of_spans, counts, strict=True)
        for _, group in groupby(pairs, key=lambda pair: pair[0].span and pair[0].span.name):
            spans, feeds = zip(*group, strict=True)
            befores = accumulate(feeds[:-1], initial=0)
            for unit, before in zip(spans, befores, strict=True):
                yield replace(unit, before=before)

    def _mapped(self, count: int, task: Callable[..., Any]) -> "DataFrame":
        """Give each number below a count to a task of its own."""
        return self._session.range(0, count, 1, count).mapInArrow(task, SCHEMA)


def done_in(job: Job[R], frame: "DataFrame") -> Done[R]:
    """Work on the rows of a data frame, each a resource; what is told of it is told by its names.

    It needs the columns :data:`sharedcare.fhir.bulk.spark_tasks.COLUMNS`. Raises UsedWrongly where
    one is not there, and as :meth:`OnSpark.results` does.
    """
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        wanted, lacking = ", ".join(COLUMNS), ", ".join(missing)
        raise UsedWrongly(f"the data frame has to have {wanted}; these are missing: {lacking}")
    task = Taking(job, version("sharedcare"))
    answers = frame.select(*COLUMNS).mapInArrow(task, SCHEMA)
    return added(job, _collected(_added_on_the_way(job, answers, ADDED_BY)))


def _added_on_the_way(job: Job[R], frame: "DataFrame", count: int) -> "DataFrame":
    """Have answers added up by so many workers before they come back."""
    return frame.repartition(count).mapInArrow(Adding(job), SCHEMA)


def _placed(file: PayloadFile) -> PayloadFile:
    """Return a file by its whole path, as workers are in folders of their own."""
    return file if file.path is None else replace(file, path=str(Path(file.path).absolute()))


def _collected(frame: "DataFrame") -> list[bytes]:
    """Have the work done, and return what came back, in no order that could be relied on."""
    try:
        return [bytes(row[0]) for row in frame.collect()]
    except _failures() as failure:
        raise _meant(str(failure)) from failure


def _failures() -> tuple[type[Exception], ...]:
    from pyspark.errors import PySparkException

    try:
        from py4j.protocol import Py4JError
    except ImportError:  # as with the client of Spark Connect
        return (PySparkException,)
    return (PySparkException, Py4JError)


def _meant(said: str) -> UsedWrongly | LimitReached:
    """Return what a failure of Spark means to the person who started the work."""
    missing = _MISSING.search(said)
    if missing:
        name = missing.group(1).partition(".")[0]
        return UsedWrongly(
            f"the Python of Spark's workers lacks the package {name}; install sharedcare there, in"
            f" version {version('sharedcare')}, with all that it needs"
        )
    if "PYTHON_VERSION_MISMATCH" in said or "Python in worker has different version" in said:
        return UsedWrongly(
            "Spark's workers have another version of Python than this process; set PYSPARK_PYTHON"
            " to the same one for both"
        )
    return LimitReached(
        "Spark gave the work up: workers were lost or ended too often, perhaps for want of memory;"
        " its own log says more"
    )
