"""What the compiled core asks about lines before they can be accepted, in the form it asks in."""

import struct
from enum import IntEnum
from typing import NamedTuple

#: Where a span begins that is not there.
ABSENT = 0xFFFFFFFF

#: Where the spans of a question stand in it, after the numbers that say what it is about.
_FIRST, _SPANS = 3, 3
_RECORD = struct.Struct(f"<{_FIRST + 2 * _SPANS}I")

#: Bytes of a question as the core writes it.
QUESTION_BYTES = _RECORD.size


class Kind(IntEnum):
    """What a question is about; the core numbers them so."""

    CODING = 1
    QUANTITY = 2
    CODE = 3
    NARRATIVE = 4
    INVARIANT = 5
    FAMILY = 6
    MEMBER = 7
    EXTENSION = 8


class Question(NamedTuple):
    """A question about the line in that position, and any other of its batch that depends on it.

    ``number`` is that of a value set or an invariant. After it stands for each of three spans where
    something begins in the line and where it ends, or that it begins at :data:`ABSENT`: so many
    questions are asked of files that each is made in one step.
    """

    line: int
    kind: int
    number: int
    begin: int = ABSENT
    end: int = ABSENT
    second_begin: int = ABSENT
    second_end: int = ABSENT
    third_begin: int = ABSENT
    third_end: int = ABSENT

    def span(self, position: int) -> tuple[int, int]:
        """Return where a span begins and ends."""
        return self[_FIRST + 2 * position], self[_FIRST + 1 + 2 * position]

    def text(self, data: bytes, position: int) -> bytes | None:
        """Return the bytes of a span of its line, None where it is absent."""
        begin, end = self.span(position)
        return None if begin == ABSENT else data[begin:end]


def questions_in(data: bytes) -> list[Question]:
    """Return questions as the core writes them."""
    return list(map(Question._make, _RECORD.iter_unpack(data)))
