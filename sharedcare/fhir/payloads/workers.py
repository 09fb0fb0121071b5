"""Worker processes: the same results in the same order, however many there are."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from sharedcare.errors import LimitReached
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.fhir.payloads.tally import Tally
from sharedcare.fhir.payloads.work import Work, checking

#: Pieces that wait for each worker, so that none is idle and memory stays bounded.
WAITING_EACH = 2


def tally_of(work: Work, settings: Settings) -> Tally:
    """Return what a piece gives: what a worker is asked."""
    return checking(settings).tally(work)


class Workers:
    """Workers as a context: ``submit`` gives a piece to one of them.

    Raises LimitReached where a worker is ended from outside.
    """

    def __init__(self, count: int, settings: Settings) -> None:
        self._settings = settings
        self.waiting = count * WAITING_EACH
        self._pool = ProcessPoolExecutor(
            count, multiprocessing.get_context("spawn"), initializer=_begin
        )

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, work: Work) -> Callable[[], Tally]:
        """Hand a piece on, and return how to wait for its result."""
        try:
            future = self._pool.submit(tally_of, work, self._settings)
        except BrokenProcessPool:
            raise _lost() from None
        return lambda: _result(future)


def _result(future: "Future[Tally]") -> Tally:
    try:
        return future.result()
    except BrokenProcessPool:
        raise _lost() from None


def _lost() -> LimitReached:
    return LimitReached(
        "a worker process was ended from outside, perhaps for want of memory; try fewer --workers"
    )


def _begin() -> None:
    """Leave interruptions to the main process, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
