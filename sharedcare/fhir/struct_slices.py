"""Parts of a resource that the fast lane leaves as text: most can be told good by how they look.

Codings and concepts recur, so they are looked up among those that were good before. References,
periods, quantities and numbers hardly recur, but have few forms: an expression for the usual one
is enough. What is not told good so is decoded as any other structure.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from sharedcare.fhir.fast_text import text_is_plain
from sharedcare.fhir.struct_leaves import CURRENCIES, HEX, ID, PATTERNS

#: Slices that are remembered of one kind, and how long they may be: at most some 10 MB in all.
MAX_REMEMBERED = 5_000
MAX_LENGTH = 1_000

_TEXT = r'"[!#-\[\]-~][ !#-\[\]-~]*+"'
_NUMBER = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,40})?"
_TIME = PATTERNS["dateTime"]
_UCUM = r'"http://unitsofmeasure\.org"'

#: How the usual forms look, by their type.
_FORMS = {
    "decimal": _NUMBER,
    "Period": rf'\{{"start": ?"({_TIME})"(?:, ?"end": ?"({_TIME})")?\}}',
    "Quantity": rf'\{{"value": ?{_NUMBER}(?:, ?"unit": ?{_TEXT})?'
    rf'(?:, ?"system": ?{_UCUM}, ?"code": ?"[!#-\[\]-~]++")?\}}',
    "Money": rf'\{{"value": ?{_NUMBER}, ?"currency": ?"(?:{"|".join(CURRENCIES)})"\}}',
}
_BASE64 = re.compile(rb'"[0-9A-Za-z+/]++={0,2}"')
_LED_TO = re.compile(rb'"reference": ?"(?:https?://[^"]*/)?([A-Z][A-Za-z]++)/[^"/]*"')
_ADDRESS = re.compile(rb'"reference": ?"([^"]*+)"')

_encode = msgspec.json.Encoder().encode

#: References that were met: the types that each may lead to, and its address.
Met = list[tuple[tuple[str, ...], str]]


class Slices:
    """The slices of one type: those that were good, and what decodes the others.

    ``make`` returns the type to decode into; it is asked only when there is something to decode.
    """

    def __init__(self, make: Callable[[], Any], *, remember: bool) -> None:
        self._make = make
        self.remember = remember
        self._decode: Callable[[bytes], Any] | None = None
        self.good: set[bytes] = set()

    def look(self, data: bytes) -> None:
        """Look at a slice that was not told good; raises ValidationError where it is not."""
        if self._decode is None:
            self._decode = msgspec.json.Decoder(self._make()).decode
        made = self._decode(data)
        if not text_is_plain(data, _encode(made)):
            raise msgspec.ValidationError
        if self.remember and len(data) <= MAX_LENGTH and len(self.good) < MAX_REMEMBERED:
            self.good.add(data)


def form_of(type_name: str, is_list: bool) -> Callable[[Any], object]:
    """Return what tells whether a slice has the usual form of its type."""
    if type_name == "base64Binary":
        return _never if is_list else _is_base64
    matches = re.compile(_repeated(_FORMS[type_name], is_list).encode("ascii")).fullmatch
    if type_name != "Period" or is_list:
        return matches if type_name != "Period" else _never

    def is_good(data: Any) -> bool:
        found = matches(data)
        return found is not None and _in_order(found[1], found[2])

    return is_good


def reference_form(
    targets: tuple[str, ...], resource_types: frozenset[str], is_list: bool, met: Met | None
) -> Callable[[Any], object]:
    """Return what tells whether a slice is a plain reference to one of its targets."""
    allowed = {name.encode("ascii") for name in targets or resource_types}
    matches = _reference_pattern(is_list)

    def is_good(data: Any) -> bool:
        found = matches(data)
        if found is None:
            return False
        if met is None and not is_list:
            return found[1] is None or found[1] in allowed
        if met is not None:
            _note(met, targets, data)
        return allowed.issuperset(_LED_TO.findall(data))

    return is_good


@cache
def _reference_pattern(is_list: bool) -> Callable[[Any], re.Match[bytes] | None]:
    """One pattern for all references: which types they may lead to is looked up."""
    # Python 3.11 loses count of a group inside a possessive repetition, so a list has none.
    name = "[A-Z][A-Za-z]+" if is_list else "([A-Z][A-Za-z]+)"
    where = rf"urn:uuid:{HEX}|(?:https?://[!#-\[\]-~]*/)?{name}/{ID}|#{ID}"
    one = rf'\{{"reference": ?"(?:{where})"(?:, ?"display": ?{_TEXT})?\}}'
    return re.compile(_repeated(one, is_list).encode("ascii")).fullmatch


def _note(met: Met, targets: tuple[str, ...], data: Any) -> None:
    for found in _ADDRESS.findall(data):
        if found.startswith((b"#", b"urn:")):
            met.append((targets, found.decode("ascii")))


def _repeated(one: str, is_list: bool) -> str:
    return rf"\[(?:{one}(?:, ?(?=\{{)|(?=\])))++\]" if is_list else one


def _is_base64(data: Any) -> bool:
    """Whether a text is base 64 without white space: groups of four between the quotes."""
    return len(bytes(data)) % 4 == len('""') % 4 and _BASE64.fullmatch(data) is not None


def _never(_data: Any) -> bool:
    """Periods in a list are decoded: each has to be looked at."""
    return False


def _in_order(start: bytes, end: bytes | None) -> bool:
    """Whether a period ends after it begins, where both are told with the same zone."""
    if end is None:
        return True
    return start[19:] == end[19:] and len(start) == len(end) and start <= end
