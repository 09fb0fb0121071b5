"""The driver that works in processes side by side: the same results, however many there are.

Of a large file of lines a worker is told a span and reads it itself, since handing its bytes over
costs a tenth of the work on them. Other chunks are read here and handed over.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any, TypeVar

from sharedcare.errors import LimitReached
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.done import Done, chunks_of, failed
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.plan import Unit, found_in
from sharedcare.fhir.bulk.store import Store, through
from sharedcare.places import Fault
from sharedcare.reading.limits import CHUNK_BYTES
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.spans import feeds, spans, state_of
from sharedcare.reading.streams import Broken

T = TypeVar("T")

#: Chunks that wait for each worker, so that none is idle and memory stays bounded.
WAITING_EACH = 2

#: Bytes of a span that one worker reads.
SPAN_BYTES = 2 * CHUNK_BYTES


class Pool:
    """Works in so many processes; see :class:`sharedcare.fhir.bulk.done.Driver`."""

    def __init__(self, workers: int) -> None:
        self._count = workers

    def results(
        self, job: Job[R], files: Sequence[PayloadFile], store: Store[R] | None = None
    ) -> Iterator[Done[R]]:
        """Give the result of each chunk, in the order of the files.

        Raises LimitReached where a worker is ended from outside.
        """
        folder = store.folder if store is not None else None
        told: set[Fault] = set()
        with _Workers(self._count, job, folder) as workers:
            waiting: deque[Callable[[], Done[R]]] = deque()
            for result in _all_waited_for(job, files, workers, store):
                waiting.append(result)
                while len(waiting) > self._count * WAITING_EACH:
                    yield _told_once(waiting.popleft()(), told)
            while waiting:
                yield _told_once(waiting.popleft()(), told)


def _all_waited_for(
    job: Job[R], files: Sequence[PayloadFile], workers: "_Workers", store: Store[R] | None
) -> Iterator[Callable[[], Done[R]]]:
    """Hand on all of the work, and go through how to wait for the result of each part."""
    for file in files:
        if _is_large(job, file):
            yield from _spans_waited_for(job, file, workers)
        else:
            for _, found in chunks_of(job, [file]):
                yield _waited_for(job, file, found, workers, store)


def _is_large(job: Job[R], file: PayloadFile) -> bool:
    """Whether a file is worth being read by the workers, and can be."""
    if job.stays_here(file) or file.path is None:
        return False
    try:
        return state_of(file.path, file.name)[0] > SPAN_BYTES and job.has_lines(file)
    except Broken:
        return False  # reading it tells what is the matter


def _spans_waited_for(
    job: Job[R], file: PayloadFile, workers: "_Workers"
) -> Iterator[Callable[[], Done[R]]]:
    """Hand the spans of a file on, each with the number of line feeds before it."""
    before = 0
    try:
        for span in spans(file.path or "", file.name, SPAN_BYTES):
            yield workers.submit_unit(Unit(span=span, before=before))
            before += feeds(span)
    except Broken as broken:
        done = failed(job, file, broken.fault)
        yield lambda: done


def _told_once(done: Done[R], told: set[Fault]) -> Done[R]:
    """Leave out the faults of a file that the result of another span of it told."""
    faults = tuple(fault for fault in done.faults if fault not in told)
    told.update(faults)
    return replace(done, faults=faults)


def _waited_for(
    job: Job[R],
    file: PayloadFile,
    found: Chunk | Fault,
    workers: "_Workers",
    store: Store[R] | None,
) -> Callable[[], Done[R]]:
    """Hand a chunk on, unless its result is kept; return how to wait for the result."""
    if isinstance(found, Fault):
        done = failed(job, file, found)
        return lambda: done
    name, end = file.name, found.end
    key = store.key(found) if store is not None else ""
    kept = store.kept(key) if store is not None else None
    if kept is not None:
        return lambda: Done(kept, (), name, end)
    result = workers.submit(found)

    def keep() -> Done[R]:
        made = result()
        if store is not None:
            store.keep(key, made)
        return Done(made, (), name, end)

    return keep


class _Workers:
    """Worker processes as a context, which a chunk or a unit can be given to."""

    def __init__(self, count: int, job: Job[Any], folder: str | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(count, context, initializer=_begin, initargs=(job, folder))

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, chunk: Chunk) -> Callable[[], Any]:
        """Hand a chunk on, and return how to wait for its result."""
        return self._submitted(_result_of, chunk)

    def submit_unit(self, unit: Unit) -> Callable[[], Done[Any]]:
        """Hand on what a worker is to read, and return how to wait for what it gave."""
        return self._submitted(_done_of, unit)

    def _submitted(self, work: Callable[[T], Any], what: T) -> Callable[[], Any]:
        try:
            future = self._pool.submit(work, what)
        except BrokenProcessPool:
            raise _lost() from None
        return lambda: _result(future)


def _result(future: "Future[Any]") -> Any:
    try:
        return future.result()
    except BrokenProcessPool:
        raise _lost() from None


def _lost() -> LimitReached:
    return LimitReached(
        "a worker process was ended from outside, perhaps for want of memory; try fewer --workers"
    )


class _Worker:
    """What a worker process knows: its job, the function of it, and where results are kept."""

    job: Job[Any]
    work: Callable[[Chunk], Any]
    store: Store[Any] | None


def _begin(job: Job[Any], folder: str | None) -> None:
    """Leave interruptions to the main process, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.job = job
    _Worker.work = staticmethod(job.begin())
    _Worker.store = Store(folder, job) if folder is not None else None


def _result_of(chunk: Chunk) -> Any:
    return _Worker.work(chunk)


def _done_of(unit: Unit) -> Done[Any]:
    """Read a unit and work on it; results are kept where there is a store."""
    job = _Worker.job
    result, faults = job.nothing(), []
    for found in found_in(job, unit):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            result.add(through(_Worker.store, found, _Worker.work))
    span = unit.span
    name, end = (span.name, span.end) if span is not None else ("", 0)
    return Done(result, tuple(faults), name, end)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
