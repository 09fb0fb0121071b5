"""Every text of a view, changed in one pass; and text that nobody can hide anything in."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")

#: Line breaks and tabs, which become a space.
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")

#: Control characters, what turns the direction of writing round, a byte order mark, and halves of
#: pairs that no encoding can write.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Show what cannot be seen: a control character becomes its number, a line break a space."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", _BREAKS.sub(" ", text))


def each_text(view: T, change: Callable[[str], str]) -> T:
    """Return a view in which every text, however deep, is changed."""
    return cast(T, _changed(view, change))


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _changed(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters take two, marks none."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def shortened(text: str, most: int) -> str:
    """Cut a text that takes more than ``most`` columns, and show that it is cut.

    It is cut after a word, unless that would lose more than half of what there is room for.
    """
    if columns_of(text) <= most:
        return text
    room, end = most - 1, 0
    while end < len(text) and _columns(text[end]) <= room:
        room -= _columns(text[end])
        end += 1
    after_a_word = text.rfind(" ", 0, end + 1)
    if after_a_word > end // 2:
        end = after_a_word
    return f"{text[:end].rstrip(' ,;:')}…"


def wrapped(text: str, most: int) -> list[str]:
    """Break a text into lines of at most ``most`` columns, between words where it can be."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if columns_of(joined) <= most:
            lines[-1] = joined
            continue
        lines += _pieces(word, most)
    return [line for line in lines if line] or [""]


def _pieces(word: str, most: int) -> list[str]:
    """A word cut into pieces that fit; most words are one."""
    pieces, room = [""], most
    for character in word:
        if _columns(character) > room:
            pieces.append("")
            room = most
        pieces[-1] += character
        room -= _columns(character)
    return pieces
