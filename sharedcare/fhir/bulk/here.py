"""The driver that works in this process, chunk after chunk."""

from collections.abc import Iterator, Sequence

from sharedcare.fhir.bulk.done import Done, chunks_of, failed
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.store import Store, through
from sharedcare.places import Fault
from sharedcare.reading.payload_paths import PayloadFile


class Here:
    """Works in this process; see :class:`sharedcare.fhir.bulk.done.Driver`."""

    def results(
        self, job: Job[R], files: Sequence[PayloadFile], store: Store[R] | None = None
    ) -> Iterator[Done[R]]:
        """Give the result of each chunk, in the order of the files."""
        work = job.begin()
        for file, found in chunks_of(job, files):
            if isinstance(found, Fault):
                yield failed(job, file, found)
            else:
                yield Done(through(store, found, work), (), file.name, found.end)
