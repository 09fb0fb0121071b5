"""From bytes to text: UTF-8 only, and no character that shows a reader other than what is read.

Text is UTF-8 with or without a byte order mark at its start (some editors write one; it is dropped,
so that columns are those of the editor). Refused, each with its place:

- other encodings, overlong forms and surrogates;
- control characters except tab, line feed, and carriage return before a line feed;
- U+0085, U+2028, U+2029 and a carriage return alone: YAML ends a line there and editors do not, so
  that a key could hide in a comment and every line number after it would be wrong;
- the characters that change the direction of writing (Unicode's Bidi_Control);
- other characters that cannot be seen (Unicode's category Cf), such as a zero-width space. Only the
  two joiners that some scripts and emoji are spelt with stand, between characters beyond ASCII.

Lines end at a line feed, and columns count characters, both from 1.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from sharedcare.places import Fault, Place
from sharedcare.reading.fault_list import FaultList
from sharedcare.reading.source import Source

_BYTE_ORDER_MARK = "\ufeff"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_JOINERS = "\u200c\u200d"
_CLASSES = {
    "CONTROL_CHARACTER": r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff",
    "LINE_SEPARATOR": r"\r\x85\u2028\u2029",
    "BIDI_CONTROL": r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "INVISIBLE_CHARACTER": r"\xad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200d"
    r"\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f",
}
# One class alone is searched ten times as fast as the groups that tell which it was.
_SUSPECT = re.compile(f"[{''.join(_CLASSES.values())}]")
_GROUPS = re.compile("|".join(f"(?P<{code}>[{letters}])" for code, letters in _CLASSES.items()))

_UTF_16 = "the file is saved as UTF-16 or UTF-32; save it as UTF-8 in your editor"
_NOT_UTF8 = (
    "the file is not UTF-8 from here on, perhaps Windows-1252 or Latin-1; save it as UTF-8 in your"
    " editor"
)
_MESSAGES = {
    "CONTROL_CHARACTER": "a control character ({name}) stands here; delete it",
    "LINE_SEPARATOR": "an unusual end of line ({name}) stands here, which some programs do not"
    " show as one; delete it and press Enter or write a space",
    "BIDI_CONTROL": "a character that changes the direction of writing ({name}) stands here, so"
    " that the text can look other than it is; delete it",
    "INVISIBLE_CHARACTER": "a character that cannot be seen ({name}) stands here; delete it",
}

#: A file in which so many characters are refused is plainly no text; the rest is not looked at.
MAX_REFUSED = 10_000

_NO_TEXT = (
    "NOT_TEXT",
    f"the file has {MAX_REFUSED:,} characters up to here that belong in no text; check that it is"
    " the right file",
)

# At these a parser gives up, or ends a line.
_UNPARSABLE = frozenset({"CONTROL_CHARACTER", "LINE_SEPARATOR", "NOT_TEXT"})


def text_of(source: Source, faults: FaultList) -> str | None:
    """Decode a file's bytes, adding to ``faults`` what is not UTF-8 and every refused character.

    Returns None where the text should not be parsed. It may be after bidirectional and invisible
    characters, so that further faults are found at once.
    """
    text = decoded(source, faults)
    if text is None:
        return None
    return None if _refuse_characters(source.name, text, faults) & _UNPARSABLE else text


def decoded(source: Source, faults: FaultList) -> str | None:
    """Decode a file's bytes and refuse no character; None, with a fault, if they are not UTF-8."""
    if source.data.startswith(_OTHER_MARKS) or _is_two_bytes_each(source.data):
        faults.add(Fault(Place(source.name, 1, 1, byte=0), "NOT_UTF8", _UTF_16))
        return None
    try:
        return source.data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        text = source.data[: error.start].decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
        line, column = LineIndex(text).line_and_column(len(text))
        faults.add(Fault(Place(source.name, line, column, error.start), "NOT_UTF8", _NOT_UTF8))
        return None


def first_refused(text: str) -> tuple[str, str] | None:
    """Return code and message of the first character that is refused, None if there is none."""
    return next((_code_and_message(text[offset]) for offset in _refused(text)), None)


class LineIndex:
    """Where the lines of a text begin, to turn an offset into a line and a column."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at an offset from 0."""
        before = bisect_left(self._ends, offset)
        return before + 1, offset - (self._ends[before - 1] if before else -1)


def _refuse_characters(name: str, text: str, faults: FaultList) -> set[str]:
    """Add a fault for each refused character, until it is plainly no text; return the codes."""
    found: set[str] = set()
    index = None
    for count, offset in enumerate(_refused(text), 1):
        code, said = _code_and_message(text[offset]) if count < MAX_REFUSED else _NO_TEXT
        found.add(code)
        index = index or LineIndex(text)
        faults.add(Fault(Place(name, *index.line_and_column(offset)), code, said))
        if count == MAX_REFUSED:
            break
    return found


def _refused(text: str) -> Iterator[int]:
    """Go through the offsets of the characters that are refused."""
    for match in _SUSPECT.finditer(text):
        letter, offset = match.group(), match.start()
        if letter == "\r" and text.startswith("\r\n", offset):
            continue
        if letter in _JOINERS and _joins(text, offset):
            continue
        yield offset


def _joins(text: str, offset: int) -> bool:
    """Whether a joiner stands between two characters beyond ASCII, as scripts and emoji need it."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return not (before.isascii() or after.isascii())


@cache
def _code_and_message(letter: str) -> tuple[str, str]:
    match = _GROUPS.fullmatch(letter)
    code = match.lastgroup if match and match.lastgroup else "CONTROL_CHARACTER"
    return code, _MESSAGES[code].format(name=f"U+{ord(letter):04X}")


def _is_two_bytes_each(data: bytes) -> bool:
    """Whether bytes are UTF-16 or UTF-32 without a mark, which may be UTF-8 by chance."""
    return b"\0" in data[:2] and data.count(b"\0") >= len(data) // 3
