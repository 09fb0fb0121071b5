"""What is to be known of payloads: the same for every driver.

Whoever adds a job proves two things of it: that cutting lines into chunks anywhere changes nothing,
and that results may be added in any order and grouping.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, Self, TypeVar

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.reading.payload_paths import PayloadFile


class Mergeable(Protocol):
    """What chunks give: adding is associative and commutative."""

    def add(self, other: Self, /) -> None:
        """Add what other chunks gave."""


R = TypeVar("R", bound=Mergeable)


class Job(Protocol[R]):
    """A pure function from a chunk to a result, with what belongs to it; it can be pickled."""

    @property
    def text(self) -> str:
        """What decides the result of a chunk beside the chunk: the same text, the same result."""

    def stays_here(self, file: PayloadFile) -> bool:
        """Whether a file is to be read where the command runs, and on no other machine."""

    def has_lines(self, file: PayloadFile) -> bool:
        """Whether any machine can read any part of a file: lines, unpacked."""

    def chunks(self, file: PayloadFile) -> Iterator[Chunk]:
        """Go through a file; raises Broken after the chunks that could be read."""

    def begin(self) -> Callable[[Chunk], R]:
        """Make the function; what it holds is for one thread, and made once for many chunks."""

    def nothing(self) -> R:
        """Return what no chunk gives."""

    def to_json(self, result: R) -> Any:
        """Return a result as JSON holds it, in an order that depends on what it holds alone."""

    def from_json(self, kept: Any) -> R:
        """Make a result of its JSON.

        Raises AttributeError, KeyError, TypeError or ValueError where it is something else.
        """
