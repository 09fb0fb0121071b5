"""Where things stand in a JSON text: asked only when there is something to tell.

One pass over the text, in linear time. A way into the document is a tuple of
keys and indexes, as in ``("entry", 3, "resource", "birthDate")``.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sharedcare.fhir.rules import MAX_EXPONENT

Way = tuple[str | int, ...]

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_NUMBER = re.compile(rb"-?\d")
_SPACES = frozenset(" \t\n\r")
_MARK = b"\xef\xbb\xbf"
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_QUOTE, _COMMA, _COLON = ord('"'), ord(","), ord(":")
_OPENING, _CLOSING = frozenset(b"{["), frozenset(b"}]")
_PLAIN = frozenset({b"{", b"[", b"true", b"false", b"null"})


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
    for way, at, token, is_duplicate in _values(data):
        yield Entry(tuple(way), at, token, is_duplicate)


def _values(data: bytes) -> Iterator[tuple[list[str | int], int, bytes, bool]]:
    """Go through every value as :func:`entries` does; the list of each way is then changed."""
    frames: list[_Frame] = []
    way: list[str | int] = []
    for found in _TOKEN.finditer(data, 3 if data.startswith(_MARK) else 0):
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
            yield way, at, token, frame is not None and in_object and frame.is_duplicate
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
    """Return the byte at which each of the wanted ways leads to something.

    Only what lies on a way to one of them is looked into; the rest is passed over.
    """
    start = 3 if data.startswith(_MARK) else 0
    text = data[start:].decode("utf-8")
    finding = _Finding(text, wanted)
    finding.look()
    if len(text) == len(data):
        return finding.found
    places = _bytes_of(text, start, finding.found.values())
    return {way: places[at] for way, at in finding.found.items()}


def _bytes_of(text: str, start: int, characters: Iterable[int]) -> dict[int, int]:
    """Return the byte at which each of these characters begins."""
    found: dict[int, int] = {}
    before, byte = 0, start
    for at in sorted(set(characters)):
        byte += len(text[before:at].encode("utf-8"))
        found[at] = byte
        before = at
    return found


#: The steps that lead on to something that is wanted; under ``None`` stands its way.
_Steps = dict[str | int | None, Any]


class _Finding:
    """One pass over a readable text; of each way the first place is kept."""

    def __init__(self, text: str, wanted: Iterable[Way]) -> None:
        self.found: dict[Way, int] = {}
        self._text = text
        self._steps: _Steps = {}
        self._left = 0
        for way in wanted:
            steps = self._steps
            for step in way:
                steps = steps.setdefault(step, {})
            self._left += None not in steps
            steps[None] = way

    def look(self) -> None:
        """Find what is wanted, as far as it is there."""
        start = _after_space(self._text, 0)
        with suppress(_AllFound):
            self._into(self._steps, start, start)

    def _into(self, steps: _Steps, shown_at: int, at: int) -> int:
        """Look into a value at a character; return where it ends."""
        way = steps.get(None)
        if way is not None and way not in self.found:
            self.found[way] = shown_at
            self._left -= 1
            if not self._left:
                raise _AllFound
        first = self._text[at]
        if first == "{" and len(steps) > (way is not None):
            return self._into_object(steps, at)
        if first == "[" and len(steps) > (way is not None):
            return self._into_array(steps, at)
        return _pass_over(self._text, at)[1]

    def _into_object(self, steps: _Steps, at: int) -> int:
        text = self._text
        at = _after_space(text, at + 1)
        while text[at] == '"':
            key, after = _pass_over(text, at)
            value_at = _after_space(text, _after_space(text, after) + 1)
            inner = steps.get(key)
            if inner is None:
                end = _pass_over(text, value_at)[1]
            else:
                end = self._into(inner, at, value_at)
            at = _after_space(text, end)
            if text[at] == ",":
                at = _after_space(text, at + 1)
        return at + 1

    def _into_array(self, steps: _Steps, at: int) -> int:
        text, position = self._text, 0
        at = _after_space(text, at + 1)
        while text[at] != "]":
            inner = steps.get(position)
            end = _pass_over(text, at)[1] if inner is None else self._into(inner, at, at)
            at = _after_space(text, end)
            if text[at] == ",":
                at = _after_space(text, at + 1)
            position += 1
        return at + 1


def _after_space(text: str, at: int) -> int:
    while text[at] in _SPACES:
        at += 1
    return at


class _AllFound(Exception):
    """There is nothing left to look for."""


#: Reads a value from a character on, and returns where it ends; only of a text it keeps the value.
_pass_over = json.JSONDecoder(
    object_pairs_hook=len, parse_int=len, parse_float=len, parse_constant=len
).raw_decode


def text_faults(data: bytes) -> Iterator[tuple[str, Way, int]]:
    """Go through what the text itself does wrong: the rule, the way and the byte of each."""
    for way, at, token, is_duplicate in _values(data):
        if is_duplicate:
            yield "json-duplicate-key", tuple(way), at
        rule = _token_fault(token)
        if rule is not None:
            yield rule, tuple(way), at


def _token_fault(token: bytes) -> str | None:
    if token in _PLAIN:
        return None
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
    from sharedcare.fhir.json_texts.as_written import decimal_of

    return decimal_of(lexeme.decode("ascii")) is not None


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
