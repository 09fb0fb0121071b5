"""A job whose worker is killed in the middle of its work, once."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.job import Job
from sharedcare.reading.payload_paths import PayloadFile


@dataclass(frozen=True)
class Killed:
    """Does another job, but ends its process at a chunk unless a mark says that it did before."""

    job: Job[Any]
    byte: int
    mark: str
    every_time: bool = False

    @property
    def text(self) -> str:
        """That of the job, as its results are the same."""
        return self.job.text

    def stays_here(self, file: PayloadFile) -> bool:
        return self.job.stays_here(file)

    def has_lines(self, file: PayloadFile) -> bool:
        return self.job.has_lines(file)

    def chunks(self, file: PayloadFile) -> Iterator[Chunk]:
        return self.job.chunks(file)

    def begin(self) -> Callable[[Chunk], Any]:
        work = self.job.begin()

        def worked(chunk: Chunk) -> Any:
            if chunk.byte >= self.byte and (self.every_time or not Path(self.mark).exists()):
                Path(self.mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return work(chunk)

        return worked

    def nothing(self) -> Any:
        return self.job.nothing()

    def to_json(self, result: Any) -> Any:
        return self.job.to_json(result)

    def from_json(self, kept: Any) -> Any:
        return self.job.from_json(kept)
