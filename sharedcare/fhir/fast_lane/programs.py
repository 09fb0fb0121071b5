"""Conditions on an object that the core of the fast lane reckons with, and the bytes that say them.

A condition is true, false or empty (nothing), and of some objects the core cannot tell which. So it
reckons with sets of possible values, masks of :data:`TRUE`, :data:`FALSE` and :data:`EMPTY`.
Programs are postfix: each instruction is a byte, what it is about follows it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce

TRUE, FALSE, EMPTY = 1, 2, 4
ANYTHING = TRUE | FALSE | EMPTY

#: Values that are kept of an object for its programs.
MAX_CAPTURES = 16

#: Gives the number under which the value of a key is kept for programs.
Capture = Callable[[str], int]


class Instruction(IntEnum):
    """What a program does next."""

    PUSH = 0x00
    ROW = 0x01
    EQUALS = 0x02
    UNLESS = 0x03
    POSITIVE = 0x04
    NOT_NEGATIVE = 0x05
    HAS_VALUE = 0x06
    ONCE = 0x07
    AND = 0x10
    OR = 0x11
    XOR = 0x12
    IMPLIES = 0x13
    NOT = 0x14
    EQUAL = 0x15
    UNEQUAL = 0x16


@dataclass(frozen=True, slots=True)
class Unless:
    """One of some values unless one of these rows is there; then nothing is known."""

    rows: tuple[int, ...]
    mask: int


@dataclass(frozen=True, slots=True)
class There:
    """Whether an element, told by its row, is there with a value or something beside it."""

    row: int


@dataclass(frozen=True, slots=True)
class HasValue:
    """Whether a primitive has a value."""

    key: str


@dataclass(frozen=True, slots=True)
class Equals:
    """Whether a primitive is written so; empty where it is not there."""

    key: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class FromNothingUp:
    """Whether a number is above 0, or not below it; empty where it is not there."""

    key: str
    row: int
    may_be_nothing: bool


@dataclass(frozen=True, slots=True)
class Once:
    """True if a text stands at most once in what a row holds, as it is written; else anything."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; nothing is the opposite of nothing."""

    inner: "Condition"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two conditions, joined by an operator of FHIRPath."""

    operator: Instruction
    left: "Condition"
    right: "Condition"


Condition = Unless | There | HasValue | Equals | FromNothingUp | Once | Not | Joined


def known(mask: int) -> Condition:
    """Return a condition that has one of some values, whatever the object is."""
    return Unless((), mask)


def written(condition: Condition, capture: Capture) -> bytes:
    """Return the program of a condition."""
    match condition:
        case Unless((), mask):
            return bytes((Instruction.PUSH, mask))
        case Unless(rows, mask):
            return bytes((Instruction.UNLESS, len(rows), *rows, mask))
        case There(row):
            return bytes((Instruction.ROW, row))
        case HasValue(key):
            return bytes((Instruction.HAS_VALUE, capture(key)))
        case Equals(_, _, text) | Once(_, text):
            said = text.encode("utf-8")
            return _asking_for_text(condition, capture) + bytes((len(said),)) + said
        case FromNothingUp(key, _, may_be_nothing):
            which = Instruction.NOT_NEGATIVE if may_be_nothing else Instruction.POSITIVE
            return bytes((which, capture(key)))
        case Not(inner):
            return written(inner, capture) + bytes((Instruction.NOT,))
        case Joined(operator, left, right):
            return written(left, capture) + written(right, capture) + bytes((operator,))


def _asking_for_text(condition: Equals | Once, capture: Capture) -> bytes:
    """Return how a program begins to ask for a text."""
    if isinstance(condition, Once):
        return bytes((Instruction.ONCE, condition.row))
    return bytes((Instruction.EQUALS, capture(condition.key)))


def settled(condition: Condition, value: bool) -> Condition:
    """Return a condition that has a value where another is empty, else what the other has."""
    match condition:
        case Unless(rows, mask):
            return Unless(rows, _settled(mask, value))
        case Equals(_, row) | FromNothingUp(_, row):
            if value:
                return Joined(Instruction.OR, Not(There(row)), condition)
            return Joined(Instruction.AND, There(row), condition)
        case Not(inner):
            return Not(settled(inner, not value))
        case Joined(Instruction.AND | Instruction.OR as operator, left, right):
            return Joined(operator, settled(left, value), settled(right, value))
        case Joined(Instruction.IMPLIES, left, right):
            return settled(Joined(Instruction.OR, Not(left), right), value)
        case Joined():  # empty if either side is, so that what both sides are does not tell
            return known(ANYTHING)
        case There() | HasValue() | Once():
            return condition


def _settled(mask: int, value: bool) -> int:
    """Return a mask with a value in place of nothing."""
    return mask & ~EMPTY | (TRUE if value else FALSE) if mask & EMPTY else mask


def joined(operator: Instruction, conditions: Sequence[Condition]) -> Condition:
    """Join one or more conditions from left to right."""
    return reduce(lambda one, other: Joined(operator, one, other), conditions)


def at_least(number: int, rows: Sequence[tuple[int, bool]]) -> Condition:
    """Return whether rows hold so many elements; those that are true beside may hold several."""
    if number <= 0:
        return known(TRUE)
    if not rows:
        return known(FALSE)
    if number == 1:
        return joined(Instruction.OR, [There(row) for row, _ in rows])
    (row, may_be_several), *others = rows
    with_it = at_least(number - 1, others)
    if may_be_several:
        with_it = Joined(Instruction.OR, with_it, known(TRUE | FALSE))
    is_there = Joined(Instruction.AND, There(row), with_it)
    return Joined(Instruction.OR, is_there, at_least(number, others))
