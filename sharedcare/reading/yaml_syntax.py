"""What a YAML parser could not read, told as one sentence to a person who is no programmer.

The parser's own words name its inner states and stand where it gave up. Here each becomes a place
where something can be mended: the quote or bracket that was opened, the line that does not fit.
"""

from typing import NamedTuple

from yaml.error import Mark, MarkedYAMLError

from sharedcare.places import Fault, Place
from sharedcare.reading.characters import LineIndex


class _Sentence(NamedTuple):
    """A code and a message; ``at_start`` puts the fault where what was not understood begins."""

    code: str
    message: str
    at_start: bool = False


_FLOW = _Sentence(
    "SYNTAX",
    "a comma or a closing bracket is missing here or before; the {bracket} that is open stands at"
    " {start}. Put quotes round a text that holds a colon, comma or bracket",
)
_TEXT_MARK = _Sentence(
    "SYNTAX",
    "what follows this sign is missing; put quotes round a text that begins with & or *",
)
_NO_TAG = _Sentence(
    "TAG", "tags are not read; put quotes round a text that begins with an exclamation mark", True
)
_DIRECTIVE = _Sentence(
    "SYNTAX", "a line that begins with a per cent sign is not read here; leave it out", True
)

#: Words of what the parser says that it was doing and what it found, in the order of asking.
_SENTENCES: tuple[tuple[str, _Sentence], ...] = (
    ("directive", _DIRECTIVE),
    ("incompatible YAML", _DIRECTIVE),
    ("a tag", _NO_TAG),
    ("undefined tag handle", _NO_TAG),
    (
        "mapping values are not allowed",
        _Sentence(
            "SYNTAX",
            "a colon stands where no key can be: put quotes round a text that holds a colon and a"
            " space, begin all keys of a map in one column, and write a space behind their colons",
        ),
    ),
    (
        "could not find expected ':'",
        _Sentence(
            "SYNTAX",
            "a key with a colon and a space behind it is expected here, such as `name: Hub`; or"
            " indent the line further if it goes on with the text above",
            True,
        ),
    ),
    (
        "did not find expected key",
        _Sentence(
            "SYNTAX",
            "this does not fit the map that begins at {start}: begin each of its keys in the same"
            " column, and write nothing behind a closing quote or bracket",
        ),
    ),
    (
        "did not find expected '-' indicator",
        _Sentence(
            "SYNTAX",
            "this does not fit the list that begins at {start}: begin each of its lines with a dash"
            " in the same column",
        ),
    ),
    ("did not find expected ',' or", _FLOW),
    (
        "did not find expected node content",
        _Sentence(
            "SYNTAX",
            "a value is expected here; put quotes round a text that begins with a bracket or comma",
        ),
    ),
    (
        "block sequence entries are not allowed",
        _Sentence(
            "SYNTAX",
            "a list cannot begin here; begin it on a line of its own, or put quotes round a text"
            " that begins with a dash",
        ),
    ),
    (
        "mapping keys are not allowed",
        _Sentence("SYNTAX", "a text that begins with a question mark needs quotes round it"),
    ),
    ("unexpected end of stream", _Sentence("SYNTAX", "this quote is never closed", True)),
    (
        "unexpected document indicator",
        _Sentence("SYNTAX", "this quote is not closed before the document ends", True),
    ),
    (
        "unknown escape character",
        _Sentence(
            "SYNTAX",
            "a backslash between double quotes begins a special character; use single quotes, or"
            " write the backslash twice",
        ),
    ),
    (
        "hexdecimal number",
        _Sentence("SYNTAX", "this escape has too few digits; write the character itself"),
    ),
    (
        "Unicode character escape",
        _Sentence(
            "SYNTAX",
            "this escape is half of a character or none; write the character itself",
        ),
    ),
    ("alphabetic or numeric character", _TEXT_MARK),
    (
        "expected comment or line break",
        _Sentence(
            "SYNTAX",
            "the text behind | or > begins on the next line, indented; put quotes round a text that"
            " begins with one of these signs",
        ),
    ),
    (
        "indentation indicator",
        _Sentence("SYNTAX", "leave out the digit behind | or >"),
    ),
    (
        "cannot start any token",
        _Sentence(
            "SYNTAX",
            "a text cannot begin with this sign; put quotes round it",
        ),
    ),
    (
        "<document start>",
        _Sentence(
            "SYNTAX",
            "the profile is complete before this, so that nothing may follow; put quotes round a"
            " text that holds quotes or brackets, or begin the line in the column of the others",
        ),
    ),
)

_OTHERWISE = _Sentence(
    "SYNTAX", "this cannot be read as YAML; put quotes round a text that holds unusual signs"
)


def syntax_fault(error: MarkedYAMLError, text: str, name: str) -> Fault:
    """Turn what the parser raised into a fault; never shows what stands in the file."""
    stop = error.problem_mark or error.context_mark
    start = error.context_mark or stop
    if stop is None or start is None:
        return Fault(Place(name, 1, 1), _OTHERWISE.code, _OTHERWISE.message)
    tab = _tab_in_indent(text, stop)
    if tab is not None:
        return Fault(Place(name, stop.line + 1, tab + 1), "TAB", _tab_message(text))
    sentence = _sentence_for(f"{error.context}: {error.problem}")
    end = len(text.rstrip())
    mark = start if sentence.at_start or stop.index >= end else stop
    line, column = mark.line + 1, mark.column + 1
    if mark.index >= end:  # where the parser stands then may be a line that is not there
        line, column = LineIndex(text).line_and_column(end)
    said = sentence.message.format(start=_words(start), bracket=_bracket(text, start))
    return Fault(Place(name, line, column), sentence.code, said)


def _sentence_for(said: str) -> _Sentence:
    return next((made for words, made in _SENTENCES if words in said), _OTHERWISE)


def _words(mark: Mark) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}"


def _bracket(text: str, mark: Mark) -> str:
    return "{" if text[mark.index : mark.index + 1] == "{" else "["


def _tab_in_indent(text: str, mark: Mark) -> int | None:
    """Return the column (from 0) of a tab in the indentation of the line that a mark is in."""
    begin = mark.index - mark.column
    before = text[begin : mark.index + 1]
    indent = before[: len(before) - len(before.lstrip(" \t"))]
    column = indent.find("\t")
    return column if column >= 0 else None


def _tab_message(text: str) -> str:
    count = sum(line.lstrip(" ").startswith("\t") for line in text.split("\n"))
    said = "this line is indented with a tab; use spaces"
    return f"{said} (so are others: {count:,} lines of the file)" if count > 1 else said
