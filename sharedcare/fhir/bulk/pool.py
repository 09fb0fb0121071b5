"""The driver that works in processes side by side: the same results, however many there are.

What workers can read they read themselves, since handing bytes over costs a tenth of the work on
them: spans of a large file of lines, and small files, many at once. Other chunks are read here and
handed over.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sharedcare.fhir.bulk.done import Done, chunks_of, failed
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.plan import Unit, plan
from sharedcare.fhir.bulk.store import Store
from sharedcare.fhir.bulk.workers import Part, Workers
from sharedcare.places import Fault
from sharedcare.reading.limits import CHUNK_BYTES, MEBIBYTE
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.spans import feeds, shrinking_spans, state_of
from sharedcare.reading.streams import Broken

#: Parts that wait for each worker, so that none is idle and memory stays bounded.
WAITING_EACH = 2

#: Bytes of a file that a worker reads among others; packed it holds many times as much.
SMALL_BYTES = MEBIBYTE


class Pool:
    """Works in so many processes; see :class:`sharedcare.fhir.bulk.done.Driver`."""

    def __init__(self, workers: int) -> None:
        self._count = workers

    def results(
        self, job: Job[R], files: Sequence[PayloadFile], store: Store[R] | None = None
    ) -> Iterator[Done[R]]:
        """Give the results of all chunks, some of them added up, in the order of the files.

        Raises LimitReached where a worker is ended from outside.
        """
        folder = store.folder if store is not None else None
        told: set[Fault] = set()
        with Workers(self._count, job, folder) as workers:
            waiting: deque[Callable[[], Done[R]]] = deque()
            for part in _parts(job, files, self._count):
                waiting.append(_waited_for(part, workers))
                while len(waiting) > self._count * WAITING_EACH:
                    yield _told_once(waiting.popleft()(), told)
            while waiting:
                yield _told_once(waiting.popleft()(), told)


def _waited_for(part: Part | Done[R], workers: Workers[R]) -> Callable[[], Done[R]]:
    """Hand a part on, unless it is done, and return how to wait for it."""
    return (lambda: part) if isinstance(part, Done) else workers.submit(part)


def _told_once(done: Done[R], told: set[Fault]) -> Done[R]:
    """Leave out the faults of a file that the result of another span of it told."""
    faults = tuple(fault for fault in done.faults if fault not in told)
    told.update(faults)
    return replace(done, faults=faults)


def _parts(job: Job[R], files: Sequence[PayloadFile], workers: int) -> Iterator[Part | Done[R]]:
    """Part the work; what cannot be read is told where its result would be."""
    for are_small, some in groupby(files, lambda file: _is_small(job, file)):
        if are_small:
            yield from plan(job, list(some), CHUNK_BYTES).units
            continue
        for file in some:
            if not job.stays_here(file) and job.has_lines(file):
                yield from _units(job, file, workers)
            else:
                yield from _chunks(job, file)


def _is_small(job: Job[R], file: PayloadFile) -> bool:
    """Whether a file is read with others; so is what is not there, so that it is told."""
    if job.stays_here(file):
        return False
    try:
        return state_of(file.path or "", file.name)[0] <= SMALL_BYTES
    except Broken:
        return True


def _units(job: Job[R], file: PayloadFile, workers: int) -> Iterator[Part | Done[R]]:
    """Give the spans of a file of lines, each with the number of line feeds before it."""
    before = 0
    try:
        for span in shrinking_spans(file.path or "", file.name, workers):
            yield Unit(span=span, before=before)
            before += feeds(span)
    except Broken as broken:
        yield failed(job, file, broken.fault)


def _chunks(job: Job[R], file: PayloadFile) -> Iterator[Part | Done[R]]:
    for _, found in chunks_of(job, [file]):
        yield failed(job, file, found) if isinstance(found, Fault) else found
