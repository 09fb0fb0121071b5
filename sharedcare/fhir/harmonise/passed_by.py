"""Lines of a type of which nothing but the type counts: checked to be JSON, but not built.

Claims and explanations of benefit are the longest lines of many an export. In records of Synthea
half of the time of parsing goes into the values that they hold, which nobody looks at here.
"""

import re
from typing import Final

import msgspec

from sharedcare.fhir.harmonise.kinds import KINDS, LOOKED_INTO

#: What a reader of JSON raises at what is none.
NOT_JSON: Final = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)

#: Bytes up to which building a line costs hardly more than asking for its type.
SHORT = 1_000

_BEGINS = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"(\w+)"')
_BUILT = frozenset(type_.encode() for type_ in KINDS.keys() | LOOKED_INTO)


class _Head(msgspec.Struct):
    resourceType: str  # noqa: N815 # as FHIR names it


_head_of = msgspec.json.Decoder(_Head).decode


def passed_by(text: bytes) -> str | None:
    """The type of a resource that is only counted; None for any other, and for what is no JSON.

    None too for a short text. All of a long one is read, since a type that comes again at its end
    is the one that counts; numbers too large for any float are let pass: nothing becomes of them.
    """
    if len(text) <= SHORT:
        return None
    begins = _BEGINS.match(text)
    if begins is None or begins[1] in _BUILT or not text.isascii():
        return None  # in what is passed over, the reader looks at no encoding
    try:
        type_ = _head_of(text).resourceType
    except NOT_JSON:
        return None
    return None if type_.encode() in _BUILT else type_
