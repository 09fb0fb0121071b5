"""The value of a JSON text with nothing wrong in it, read faster than ``as_written`` does.

msgspec reads it, which refuses what is no JSON, but passes over keys that stand twice and numbers
that are too large: where there may be any of these the other reader reads the text again, which
tells of them. A key that stands twice is lost: the value, written again, is not the text then.
Where it is not for another reason (spaces, escapes), its commas are counted, since a key is lost
with the comma before it; only an escaped character could bring one back.
"""

from decimal import Decimal

import msgspec

from sharedcare.fhir.json_texts.as_written import Text, decimal_of, is_too_deep, read_json
from sharedcare.fhir.rules import MAX_EXPONENT

_ESCAPED_CHARACTER = b"\\u"
_COMMA = b","

#: Every so many bytes one is looked at for a number of about MAX_EXPONENT digits.
_STRIDE = 50
_DIGITS_ALIKE = bytes(b"x0"[chr(byte).isdecimal()] for byte in range(256))


def read_quickly(data: bytes) -> Text:
    """Read a JSON text; the same as :func:`as_written.read_json` gives."""
    try:
        value = _decode(data)
        is_whole = _is_whole(data, _encode(value))
    except (msgspec.DecodeError, RecursionError, ValueError):
        return read_json(data)
    is_good = is_whole and not _has_long_number(data) and not is_too_deep(data)
    return Text(value) if is_good else read_json(data)


def _has_long_number(data: bytes) -> bool:
    """Whether so many digits stand in a row, in a text perhaps, that it may be a number."""
    may_be = _has_digits(data[::_STRIDE], MAX_EXPONENT // _STRIDE)
    return may_be and _has_digits(data, MAX_EXPONENT)


def _has_digits(data: bytes, count: int) -> bool:
    """Whether so many digits stand in a row."""
    return b"0" * count in data.translate(_DIGITS_ALIKE)


def _is_whole(data: bytes, written: bytes) -> bool:
    """Whether a value, as it is written again, has all the keys of the text it was read from."""
    if written == data:
        return True
    return _ESCAPED_CHARACTER not in data and written.count(_COMMA) == data.count(_COMMA)


def _number(lexeme: str) -> Decimal:
    """Return a number with a fraction or an exponent; raises ValueError if it is too large."""
    number = decimal_of(lexeme)
    if number is None:
        raise ValueError
    return number


_decode = msgspec.json.Decoder(float_hook=_number).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
