"""Where things stand in a JSON text: asked only when there is something to tell.

One pass over the bytes, without recursion, in linear time. A way into the document is a tuple of
keys and indexes, as in ``("entry", 3, "resource", "birthDate")``.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sharedcare.fhir.rules import MAX_EXPONENT

Way = tuple[str | int, ...]

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_NUMBER = re.compile(rb"-?\d")
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_QUOTE, _COMMA, _COLON = ord('"'), ord(","), ord(":")
_OPENING, _CLOSING = frozenset(b"{["), frozenset(b"}]")


@dataclass(slots=True)
class Entry:
    """A value of the document: the way to it, where its key or it begins, and how it begins."""

    way: Way
    at: int
    token: bytes
    is_duplicate: bool = False


@dataclass(slots=True)
class _Frame:
    is_object: bool
    expects_key: bool
    at: int = 0
    is_duplicate: bool = False
    seen: set[str] = field(default_factory=set)


def entries(data: bytes) -> Iterator[Entry]:
    """Go through every value of a readable JSON text, objects and arrays before what they hold."""
    frames: list[_Frame] = []
    way: list[str | int] = []
    for found in _TOKEN.finditer(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0):
        token = found.group()
        first = token[0]
        frame = frames[-1] if frames else None
        if first == _COMMA and frame is not None:
            _next(frame, way)
        elif first in _CLOSING:
            frames.pop()
            way.pop()
        elif frame is not None and frame.expects_key and first == _QUOTE:
            _take_key(frame, way, token, found.start())
        elif first != _COLON:
            in_object = frame is not None and frame.is_object
            at = frame.at if frame is not None and in_object else found.start()
            doubled = frame is not None and in_object and frame.is_duplicate
            yield Entry(tuple(way), at, token, doubled)
            if first in _OPENING:
                is_object = token == b"{"
                frames.append(_Frame(is_object, is_object))
                way.append("" if is_object else 0)


def _next(frame: _Frame, way: list[str | int]) -> None:
    if frame.is_object:
        frame.expects_key = True
    else:
        last = way[-1]
        way[-1] = last + 1 if isinstance(last, int) else 0


def _take_key(frame: _Frame, way: list[str | int], token: bytes, at: int) -> None:
    key = token[1:-1].decode("utf-8") if b"\\" not in token else json.loads(token)
    way[-1] = key
    frame.at, frame.is_duplicate, frame.expects_key = at, key in frame.seen, False
    frame.seen.add(key)


def located(data: bytes, wanted: Iterable[Way]) -> dict[Way, int]:
    """Return the byte at which each of the wanted ways leads to something."""
    left = set(wanted)
    found: dict[Way, int] = {}
    for entry in entries(data):
        if entry.way in left:
            found.setdefault(entry.way, entry.at)
            if len(found) == len(left):
                break
    return found


def text_faults(data: bytes) -> Iterator[tuple[str, Way, int]]:
    """Go through what the text itself does wrong: the rule, the way and the byte of each."""
    for entry in entries(data):
        if entry.is_duplicate:
            yield "json-duplicate-key", entry.way, entry.at
        rule = _token_fault(entry.token)
        if rule is not None:
            yield rule, entry.way, entry.at


def _token_fault(token: bytes) -> str | None:
    if token[0] == _QUOTE:
        is_broken = b"\\u" in token and has_lone_surrogate(token.decode("utf-8"))
        return "json-surrogate" if is_broken else None
    if token in {b"NaN", b"Infinity", b"-Infinity"}:
        return "json-number"
    return "json-number-range" if _NUMBER.match(token) and not is_in_range(token) else None


def is_in_range(lexeme: bytes) -> bool:
    """Whether a number is one that readers agree on."""
    if not set(lexeme) & set(b".eE"):
        return len(lexeme) <= MAX_EXPONENT
    from decimal import Decimal

    return Decimal(lexeme.decode("ascii")).adjusted() <= MAX_EXPONENT


def lone_surrogates(text: str) -> Iterator[int]:
    """Go through where an escape stands for half of a surrogate pair without its other half."""
    waiting_at, after = -1, -1
    for found in _ESCAPES.finditer(text):
        unit = int(found[1], 16) if found[1] else 0
        if unit in _LOW and found.start() == after:
            waiting_at = after = -1
            continue
        if waiting_at >= 0:
            yield waiting_at
            waiting_at = -1
        if unit in _HIGH:
            waiting_at, after = found.start(), found.end()
        elif unit in _LOW:
            yield found.start()
    if waiting_at >= 0:
        yield waiting_at


def has_lone_surrogate(text: str) -> bool:
    """Whether there is any such half."""
    return next(lone_surrogates(text), None) is not None


def bracket_at_depth(data: bytes, depth: int) -> int:
    """Return the byte of the first bracket that opens that level, -1 if none does."""
    if data.count(b"{") + data.count(b"[") < depth:
        return -1
    level = 0
    for found in _BRACKETS.finditer(data):
        first = found.group()[0]
        if first in _OPENING:
            level += 1
            if level == depth:
                return found.start()
        elif first in _CLOSING:
            level -= 1
    return -1


def lines_and_columns(data: bytes, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return line and column, both from 1, of each byte."""
    found: dict[int, tuple[int, int]] = {}
    line, line_start, before = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += data.count(b"\n", before, offset)
        line_start = data.rfind(b"\n", before, offset) + 1 or line_start
        found[offset] = (line, offset - line_start + 1)
        before = offset
    return found
