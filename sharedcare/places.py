"""Where a fault is: file, line, column, byte, path; and the fault itself.

A place is carried by the values of a document that was read from text
(:class:`LocatedText`, :class:`LocatedMap`, :class:`LocatedList`), so that whoever refuses a value,
however late, can say where it stood.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a document: line and column count from 1, 0 where there is none."""

    file: str
    line: int = 0
    column: int = 0
    byte: int | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Give ``file:line:column``, which editors and terminals make clickable."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


#: Finds the place of a way into a profile (``"attestations", "vision.agreed"``).
Placed = Callable[..., Place]


def by_path(*way: str | int) -> Place:
    """Return a place that tells only the way, for whoever has no file at hand."""
    return Place("", path=".".join(map(str, way)))


class Severity(Enum):
    """How much a fault matters: an error refuses the document, a warning does not.

    What is only for information is no fault: it says what could not be looked at.
    """

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a document: where, which kind, and a sentence that says how to mend it.

    ``code`` is a stable word (``UNKNOWN_KEY``); ``message`` holds no value of a document that may
    hold patients' data.
    """

    place: Place
    code: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Give ``FILE:LINE:COL: CODE: message``."""
        return f"{self.place}: {self.code}: {self.message}"

    @property
    def order(self) -> tuple[Place, str, str]:
        """The key by which faults are listed: place, then code, then message."""
        return (self.place, self.code, self.message)


class LocatedText(str):
    """A scalar as its author wrote it, with its place and the place of the key before it.

    ``plain`` is true where it stood without quotes, so that an empty or ``null`` value can be told
    from a quoted one.
    """

    __slots__ = ("key_place", "place", "plain")

    def __new__(cls, text: str, place: Place, plain: bool = True) -> "LocatedText":
        """Make the text; ``key_place`` is the place itself until a map holds it."""
        made = super().__new__(cls, text)
        made.place = place
        made.key_place = place
        made.plain = plain
        return made

    place: Place
    key_place: Place
    plain: bool


class LocatedMap(dict[str, object]):
    """A mapping with its place; ``keys_at`` says where each key stood."""

    __slots__ = ("key_place", "keys_at", "place")

    def __init__(self, entries: Iterable[tuple[str, object]], place: Place) -> None:
        super().__init__(entries)
        self.place = place
        self.key_place = place
        self.keys_at: dict[str, Place] = {}


class LocatedList(list[object]):
    """A sequence with its place."""

    __slots__ = ("key_place", "place")

    def __init__(self, entries: Iterable[object], place: Place) -> None:
        super().__init__(entries)
        self.place = place
        self.key_place = place


def place_of(value: object) -> Place | None:
    """Return the place that a value carries, or None if it was not read from a document."""
    return value.place if isinstance(value, LocatedText | LocatedMap | LocatedList) else None


def key_place_of(value: object) -> Place | None:
    """Return the place of the key that a value stands behind, or None."""
    return value.key_place if isinstance(value, LocatedText | LocatedMap | LocatedList) else None
