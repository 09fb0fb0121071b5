"""Regular expressions of FHIRPath, and which of them might never end on a text.

Python tries one way of reading a text after another. Where what is repeated can itself be read in
several ways, as in ``(a+)+`` or ``(a|a)*``, they double with each character; where repetitions
stand side by side they are multiplied. Such are told by how they are written, and not run.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from sharedcare.fhir.fhirpath.items import CannotTell

#: Characters of a text on which a repetition of what has several readings is run.
MAX_LOOSE = 24
#: Steps that a pattern may take on a text, if its repetitions are all tried with each other.
MAX_STEPS = 10**8
#: Times that count as any number of times.
_MANY = 1000

_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|P?<\w+>))?|\{\d*,?\d*\}[?+]?"
    r"|[*+?][?+]?|.",
    re.DOTALL,
)
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
#: What the characters that patterns speak of are like.
_SAMPLES = [chr(code) for code in (*range(128), 0xA0, 0xE9, 0x2003, 0x4E00)]


@dataclass(slots=True)
class _Group:
    """What was read of a group: its atoms, those of groups in it too, and how it is made."""

    atoms: list[str] = field(default_factory=list)
    has_choice: bool = False
    is_varied: bool = False
    begins_varied: bool = False

    def vary(self) -> None:
        """Note that what was read last may be there more or less often."""
        self.is_varied = True
        self.begins_varied |= len(self.atoms) <= 1

    @property
    def is_loose(self) -> bool:
        """Whether a text may be read in several ways as this group again and again."""
        if not (self.has_choice or self.is_varied):
            return False
        is_plain = bool(self.atoms) and not (self.has_choice or self.begins_varied)
        return not (is_plain and _is_apart(self.atoms[0], self.atoms[1:]))


def _is_apart(first: str, others: list[str]) -> bool:
    """Whether what a group begins with stands nowhere else in it, so that its turns are clear."""
    begin = _characters(first)
    return bool(begin) and all(begin.isdisjoint(_characters(other)) for other in others)


def _characters(atom: str) -> set[str]:
    try:
        matches = re.compile(atom, re.DOTALL).fullmatch
    except re.error:
        return set(_SAMPLES)
    return {one for one in _SAMPLES if matches(one)}


class _Reading:
    """Reads a pattern from left to right; ``closed`` is the group that ended just now."""

    def __init__(self, pattern: str) -> None:
        self.is_endless = False
        self.repetitions = 0
        self._groups = [_Group()]
        self._closed: _Group | None = None
        for part in _PART.findall(pattern):
            self._take(part)

    def _take(self, part: str) -> None:
        is_count = part[0] == "{" and _COUNT.match(part) is not None and part[1] != "}"
        if part[0] in "*+?" or is_count:
            self._repeat(part)
            return
        self._closed = None
        if part[0] == "(":
            self._groups.append(_Group())
        elif part == ")" and len(self._groups) > 1:
            self._close(self._groups.pop())
        elif part == "|":
            self._groups[-1].has_choice = True
        elif part not in "^$":
            self._groups[-1].atoms.append(part)

    def _close(self, group: _Group) -> None:
        """Take a group into the one around it, whose beginning is as varied as the group's."""
        outer, self._closed = self._groups[-1], group
        outer.begins_varied |= not outer.atoms and (group.has_choice or group.begins_varied)
        outer.is_varied |= group.is_varied or group.has_choice
        outer.atoms += group.atoms

    def _repeat(self, part: str) -> None:
        least, most = _times(part)
        self.repetitions += most >= _MANY
        if self._closed is not None:
            self.is_endless |= most > 1 and self._closed.is_loose
        if least != most:
            self._groups[-1].vary()
        self._closed = None


def _times(part: str) -> tuple[int, int]:
    """Return how often at least and at most what stands before a sign is there."""
    if part[0] in "*+?":
        return int(part[0] == "+"), 1 if part[0] == "?" else _MANY
    found = _COUNT.match(part)
    least, comma, most = found.groups() if found is not None else ("", ",", "")
    first = _number(least, 0)
    return first, _number(most, _MANY) if comma else first


def _number(digits: str, otherwise: int) -> int:
    return min(int(digits[:9]), _MANY) if digits else otherwise


@lru_cache(maxsize=256)
def _read(pattern: str) -> _Reading:
    return _Reading(pattern)


def pattern_for(pattern: str, text: str) -> re.Pattern[str]:
    """Compile a pattern; raises CannotTell where it is none, or might never end on the text."""
    reading = _read(pattern)
    tried = reading.repetitions + (not pattern.startswith("^") and reading.repetitions > 0)
    is_endless = reading.is_endless and len(text) > MAX_LOOSE
    if is_endless or len(text) ** tried > MAX_STEPS:
        raise CannotTell("its regular expression could take without end on a long text")
    try:
        return re.compile(pattern, re.DOTALL)
    except (re.error, OverflowError, RecursionError):
        raise CannotTell("its regular expression cannot be read") from None
