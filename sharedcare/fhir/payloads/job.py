"""Validation as a job, which any driver does chunk by chunk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.payloads.inputs import chunks_of, has_lines
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.fhir.payloads.tally import Tally, tally_from_json, tally_to_json
from sharedcare.fhir.payloads.work import Checking
from sharedcare.reading.payload_paths import PayloadFile


@dataclass(frozen=True, slots=True)
class Validating:
    """Validates by some settings; see :class:`sharedcare.fhir.bulk.job.Job`.

    ``holds`` says what files hold, where their names are not to tell.
    """

    settings: Settings
    holds: str = "auto"

    @property
    def text(self) -> str:
        """The settings, and that it is they which are looked at."""
        return f"validate\0{self.settings.text}"

    def stays_here(self, file: PayloadFile) -> bool:
        """Only standard input does."""
        return file.path is None

    def has_lines(self, file: PayloadFile) -> bool:
        """Whether it is NDJSON, unpacked."""
        return has_lines(file, self.holds)

    def chunks(self, file: PayloadFile) -> Iterator[Chunk]:
        """Go through a file; raises Broken after the chunks that could be read."""
        return chunks_of(file, self.holds)

    def begin(self) -> Callable[[Chunk], Tally]:
        """Make the function from a chunk to its tally."""
        return Checking(self.settings).tally

    def nothing(self) -> Tally:
        """Return the tally of nothing."""
        return Tally()

    def to_json(self, result: Tally) -> Any:
        """Return a tally as JSON holds it."""
        return tally_to_json(result)

    def from_json(self, kept: Any) -> Tally:
        """Make a tally of its JSON."""
        return tally_from_json(kept)
