"""Worker processes of one job: how they begin, what they are given, and how they end.

Where nothing stands against it they are forked, so that what was imported, and what the job has
made ready, is there in each of them at once and in memory only once. Elsewhere each is a new
interpreter that begins with nothing, about half a second later.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic

from sharedcare.errors import LimitReached
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.collecting import collect_seldom
from sharedcare.fhir.bulk.done import Done
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.plan import Unit, found_in
from sharedcare.fhir.bulk.store import Store, through
from sharedcare.places import Fault

#: What a worker is given: a chunk that was read already, or what it is to read itself.
Part = Chunk | Unit

_THREADS = Path("/proc/self/task")


class Workers(Generic[R]):
    """Worker processes as a context, which parts of the work are given to."""

    def __init__(self, count: int, job: Job[R], folder: str | None) -> None:
        method = _start_method()
        # A function cannot be sent to a new interpreter; one that is forked has it.
        work = job.begin() if method == "fork" else None
        self._pool = ProcessPoolExecutor(
            count, multiprocessing.get_context(method), _begin, (job, folder, work)
        )
        with _uninterrupted():
            for _ in range(count):
                self._pool.submit(os.getpid)  # they begin while the files are looked at

    def __enter__(self) -> "Workers[R]":
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, part: Part) -> Callable[[], Done[R]]:
        """Hand a part on, and return how to wait for what it gave.

        Both raise LimitReached where a worker is ended from outside.
        """
        try:
            future = self._pool.submit(_done, part)
        except BrokenProcessPool:
            raise _lost() from None
        return lambda: _result(future)


def _start_method() -> str:
    """How processes begin: forked where this one has a single thread, and the system tells so.

    Of several threads a fork copies one, and the locks that others hold stay closed in it.
    """
    is_alone = sys.platform == "linux" and _THREADS.exists() and len(list(_THREADS.iterdir())) == 1
    return "fork" if is_alone else "spawn"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold interruptions back until processes that begin here know what to do with them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: "Future[Done[R]]") -> Done[R]:
    try:
        return future.result()
    except BrokenProcessPool:
        raise _lost() from None


def _lost() -> LimitReached:
    return LimitReached(
        "a worker process was ended from outside, perhaps for want of memory; try fewer --workers"
    )


# ── In a worker ───────────────────────────────────────────────────────────────────────────────────


class _Worker:
    """What a worker process knows: its job, the function of it, and where results are kept."""

    job: Job[Any]
    work: Callable[[Chunk], Any]
    store: Store[Any] | None


def _begin(job: Job[Any], folder: str | None, work: Callable[[Chunk], Any] | None) -> None:
    """Leave interruptions to the main process, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    _Worker.job = job
    _Worker.work = staticmethod(work or job.begin())
    _Worker.store = Store(folder, job) if folder is not None else None


def _done(part: Part) -> Done[Any]:
    """Work on a part; results are kept where there is a store."""
    if isinstance(part, Chunk):
        return Done(through(_Worker.store, part, _Worker.work), (), part.file, part.end)
    result, faults = _Worker.job.nothing(), []
    for found in found_in(_Worker.job, part):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            result.add(through(_Worker.store, found, _Worker.work))
    name, end = (part.span.name, part.span.end) if part.span is not None else ("", 0)
    return Done(result, tuple(faults), name, end)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
