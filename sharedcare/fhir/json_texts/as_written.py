"""JSON as it was written: strict, with duplicates refused and numbers kept as lexemes.

The standard library's reader does the work; what it lets pass (duplicate keys, NaN, halves of
surrogate pairs) is noticed on the way, and then :mod:`places` finds where.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from sharedcare.fhir.rules import MAX_DEPTH, MAX_EXPONENT

_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_MARK = b"\xef\xbb\xbf"
_NOT_A_NUMBER = Decimal("NaN")


@dataclass(slots=True)
class Text:
    """What a text holds: its value, and the rules that the text itself breaks."""

    value: object = None
    faults: set[str] = field(default_factory=set)
    is_readable: bool = True
    fault_at: int = 0


def read_json(data: bytes) -> Text:
    """Read a JSON text; of what cannot be read there is a rule and a byte instead of a value."""
    start = len(_MARK) if data.startswith(_MARK) else 0
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        return Text(faults={"json-utf8"}, is_readable=False, fault_at=start + error.start)
    reading = _Reading()
    try:
        value = reading.decode(text)
    except json.JSONDecodeError as error:
        at = start + len(text[: error.pos].encode("utf-8"))
        return Text(faults={_rule_of(error, text)}, is_readable=False, fault_at=at)
    except RecursionError:
        return Text(faults={"json-depth"}, is_readable=False, fault_at=_too_deep_at(data))
    if is_too_deep(data):
        return Text(faults={"json-depth"}, is_readable=False, fault_at=_too_deep_at(data))
    if b"\\u" in data and _has_surrogate(text):
        reading.faults.add("json-surrogate")
    return Text(value, reading.faults)


class _Reading:
    """A reader that notes what the standard one would pass over."""

    def __init__(self) -> None:
        self.faults: set[str] = set()
        self.decode = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._float,
            parse_int=self._int,
            parse_constant=self._constant,
        ).decode

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self.faults.add("json-duplicate-key")
        return made

    def _float(self, lexeme: str) -> Decimal:
        number = decimal_of(lexeme)
        return self._too_large() if number is None else number

    def _int(self, lexeme: str) -> int | Decimal:
        return int(lexeme) if len(lexeme) <= MAX_EXPONENT else self._too_large()

    def _too_large(self) -> Decimal:
        self.faults.add("json-number-range")
        return _NOT_A_NUMBER

    def _constant(self, _name: str) -> Decimal:
        self.faults.add("json-number")
        return _NOT_A_NUMBER


def decimal_of(lexeme: str) -> Decimal | None:
    """Return a number with a fraction or an exponent, None where readers do not agree on it."""
    try:
        number = Decimal(lexeme)
    except InvalidOperation:  # an exponent of more digits than a machine's integers have
        return None
    return number if number.adjusted() <= MAX_EXPONENT else None


def _rule_of(error: json.JSONDecodeError, text: str) -> str:
    if error.msg == "Extra data":
        return "json-trailing"
    if error.msg.startswith("Invalid control character"):
        return "json-control"
    return "json-syntax" if text.strip() else "json-empty"


def _has_surrogate(text: str) -> bool:
    """Whether an escape stands for half of a surrogate pair without its other half."""
    from sharedcare.fhir.json_texts.places import has_lone_surrogate

    return has_lone_surrogate(text)


def is_too_deep(data: bytes) -> bool:
    """Whether arrays and objects of a readable text stand too deep inside each other."""
    return _may_be_too_deep(data) and _too_deep_at(data) >= 0


def _may_be_too_deep(data: bytes) -> bool:
    """Whether brackets, those in texts among them, may stand too deep inside each other.

    Taking out pairs with nothing between them takes one level away at a time.
    """
    brackets = data.translate(None, _NO_BRACKETS)
    if len(brackets) <= MAX_DEPTH:
        return False
    for _ in range(MAX_DEPTH):
        if not brackets:
            return False
        left = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(left) == len(brackets):  # texts hold brackets that belong to no pair
            return len(left) > MAX_DEPTH
        brackets = left
    return bool(brackets)


def _too_deep_at(data: bytes) -> int:
    """The byte of the bracket that opens one level too many, -1 if none does."""
    from sharedcare.fhir.json_texts.places import bracket_at_depth

    return bracket_at_depth(data, MAX_DEPTH + 1)
