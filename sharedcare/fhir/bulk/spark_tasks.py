"""What Spark has its workers do: functions of Arrow batches, which are sent to them by name.

Each is pure but for the files that a store keeps, which are the same whoever writes them: a task
that is killed is done again, one that is slow is done twice, and nothing is lost or counted twice.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Generic

from sharedcare.errors import SharedcareError, UsedWrongly
from sharedcare.fhir.bulk.answers import Refused, added, answered, refused
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.done import Done
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.plan import Unit, found_in
from sharedcare.fhir.bulk.store import Store, through
from sharedcare.places import Fault
from sharedcare.reading.spans import feeds
from sharedcare.reading.streams import Broken

if TYPE_CHECKING:
    from pyarrow import RecordBatch

#: The one column of what tasks give, and its type in Spark's words.
ANSWER = "answer"
SCHEMA = f"{ANSWER} binary"

#: What a row with a resource has: the name by which it is told where it stands, a number in it, and
#: the resource as a text or bytes.
COLUMNS = ("file", "line", "resource")


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts the line feeds of spans: from positions in ``units`` to position and count."""

    units: tuple[Unit, ...]

    def __call__(self, batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        """Answer for each position."""
        for batch in batches:
            yield from (_row(self._counted(position)) for position in batch.column(0).to_pylist())

    def _counted(self, position: int) -> bytes:
        span = self.units[position].span
        try:
            count = feeds(span) if span is not None else 0
        except Broken:
            count = 0  # the task that works on the span tells what is the matter
        return json.dumps([position, count]).encode()


@dataclass(frozen=True, slots=True)
class Working(Generic[R]):
    """Works on units: from positions in ``units`` to one answer each.

    ``folder`` keeps results where it is not None; ``version`` is that of this package where the
    work was given out, because another one might answer otherwise.
    """

    job: Job[R]
    units: tuple[Unit, ...]
    folder: str | None
    version: str

    def __call__(self, batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        """Answer for each position."""
        for batch in batches:
            yield from (_row(self._answer(position)) for position in batch.column(0).to_pylist())

    def _answer(self, position: int) -> bytes:
        return _told(self.job, self.version, lambda: self._done(self.units[position]))

    def _done(self, unit: Unit) -> Done[R]:
        work = _function(self.job)
        store = Store(self.folder, self.job) if self.folder is not None else None
        result, faults = self.job.nothing(), []
        for found in found_in(self.job, unit):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                result.add(through(store, found, work))
        return Done(result, tuple(faults))


@dataclass(frozen=True, slots=True)
class Taking(Generic[R]):
    """Works on rows that hold a resource each: from the columns :data:`COLUMNS` to one answer."""

    job: Job[R]
    version: str

    def __call__(self, batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        """Give one answer for all rows of a partition."""
        yield _row(_told(self.job, self.version, lambda: self._done(batches)))

    def _done(self, batches: "Iterator[RecordBatch]") -> Done[R]:
        work, result = _function(self.job), self.job.nothing()
        for batch in batches:
            for file, line, resource in zip(*map(_values, batch.columns), strict=True):
                data = resource.encode() if isinstance(resource, str) else resource or b""
                result.add(work(Chunk(file, "json", data, line)))
        return Done(result)


@dataclass(frozen=True, slots=True)
class Adding(Generic[R]):
    """Adds up the answers of a partition, so that few come back."""

    job: Job[R]

    def __call__(self, batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        """Give one answer for all."""
        answers = (answer for batch in batches for answer in batch.column(0).to_pylist())
        ours = version("sharedcare")
        yield _row(_told(self.job, ours, lambda: added(self.job, answers)))


def _told(job: Job[R], wanted: str, work: Callable[[], Done[R]]) -> bytes:
    """Return what came of some work as an answer, or why nothing did."""
    ours = version("sharedcare")
    if ours != wanted:
        said = f"Spark's workers have sharedcare {ours}, here is {wanted}; install one of them"
        return answered(job, Refused(UsedWrongly.__name__, said))
    try:
        return answered(job, work())
    except SharedcareError as error:
        return answered(job, refused(error))


def _values(column: Any) -> list[Any]:
    found: list[Any] = column.to_pylist()
    return found


def _row(answer: bytes) -> "RecordBatch":
    import pyarrow  # comes with Spark alone

    return pyarrow.RecordBatch.from_pydict({ANSWER: pyarrow.array([answer], pyarrow.binary())})


#: The functions of jobs, made once in a worker process for all its tasks.
_FUNCTIONS: dict[str, Callable[[Chunk], Any]] = {}


def _function(job: Job[R]) -> Callable[[Chunk], R]:
    known = repr(job)
    if known not in _FUNCTIONS:
        _FUNCTIONS[known] = job.begin()
    return _FUNCTIONS[known]
