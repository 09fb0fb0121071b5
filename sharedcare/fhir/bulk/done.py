"""What a driver tells: results as they come, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.store import Store
from sharedcare.places import Fault
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.streams import Broken


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What some chunks gave, and faults of files; ``file``, empty of many, was read to ``byte``."""

    result: R
    faults: tuple[Fault, ...] = ()
    file: str = ""
    byte: int = 0


class Driver(Protocol):
    """Goes through the chunks of files, somewhere."""

    def results(
        self, job: Job[R], files: Sequence[PayloadFile], store: Store[R] | None = None
    ) -> Iterator[Done[R]]:
        """Give the results of all chunks of all files, each once, added up or not, in any order.

        What a store keeps is not worked on again. Raises LimitReached where a worker is lost.
        """


def chunks_of(
    job: Job[R], files: Sequence[PayloadFile]
) -> Iterator[tuple[PayloadFile, Chunk | Fault]]:
    """Go through the chunks of files, and what broke a file off after its last chunk."""
    for file in files:
        try:
            for chunk in job.chunks(file):
                yield file, chunk
        except Broken as broken:
            yield file, broken.fault


def failed(job: Job[R], file: PayloadFile, fault: Fault) -> Done[R]:
    """Return what is told of a file that cannot be read further."""
    return Done(job.nothing(), (fault,), file.name)
