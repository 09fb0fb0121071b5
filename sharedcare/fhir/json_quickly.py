"""The value of a JSON text with nothing wrong in it, read faster than ``json_text`` does.

msgspec reads it, which refuses what is no JSON, but passes over keys that stand twice and numbers
that are too large: where there may be any of these the other reader reads the text again, which
tells of them. A key that stands twice is lost with the comma before it, so that the value, written
again, has fewer commas than the text; only an escaped character could bring one back.
"""

import re
from decimal import Decimal

import msgspec

from sharedcare.fhir.json_text import Text, decimal_of, is_too_deep, read_json
from sharedcare.fhir.rules import MAX_EXPONENT

_ESCAPE, _ESCAPED_CHARACTER = b"\\", b"\\u"
_COMMA = b","

#: Every so many bytes one is looked at for a number of more than MAX_EXPONENT digits.
_STRIDE = 50
_MAYBE_LONG = re.compile(rb"[0-9]{%d}" % (MAX_EXPONENT // _STRIDE))


def read_quickly(data: bytes) -> Text:
    """Read a JSON text; the same as :func:`sharedcare.fhir.json_text.read_json` gives."""
    if (_ESCAPE in data and _ESCAPED_CHARACTER in data) or _MAYBE_LONG.search(data[::_STRIDE]):
        return read_json(data)
    try:
        value = _decode(data)
        is_whole = _encode(value).count(_COMMA) == data.count(_COMMA)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return read_json(data)
    return Text(value) if is_whole and not is_too_deep(data) else read_json(data)


def _number(lexeme: str) -> Decimal:
    """Return a number with a fraction or an exponent; raises ValueError if it is too large."""
    number = decimal_of(lexeme)
    if number is None:
        raise ValueError
    return number


_decode = msgspec.json.Decoder(float_hook=_number).decode
_encode = msgspec.json.Encoder().encode
