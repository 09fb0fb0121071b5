"""Primitive values: what a date, an id, a code and the others may look like.

Each check gives the id of the rule that a value breaks, or None. Numbers are looked at as they
were written: an integer with a point is none, however round it is.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from typing import Any

#: Characters of a string, by the specification.
MAX_STRING = 2**20

MIN_INTEGER, MAX_INTEGER = -(2**31), 2**31 - 1

Check = Callable[[object], str | None]

#: Gives something that counts as true for what is good.
Accepts = Callable[[Any], object]

_YEAR = r"(?!0000)[0-9]{4}"
_DATE = rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_DAY = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"

#: What each type of text looks like; the calendar is looked at afterwards.
PATTERNS = {
    "date": _DATE,
    "dateTime": rf"{_DATE}|{_DAY}T{_CLOCK}{_ZONE}",
    "instant": rf"{_DAY}T{_CLOCK}{_ZONE}",
    "time": _CLOCK,
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "code": r"[^\s\x00-\x1f]++(?: [^\s\x00-\x1f]++)*+",
    "oid": r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*+))++",
    "uuid": r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
}
_BASE64 = re.compile(r"[0-9A-Za-z+/]*+={0,2}")
_LIKELY_URN = re.compile(r"urn:(oid|uuid):(.*)", re.DOTALL)
_ANY_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANY_OID = re.compile(r"[0-2](?:\.(?:0|[1-9][0-9]*+))++(?:[|#?/].*)?\Z", re.DOTALL)
_BAD_SCHEME = re.compile(r"(?:oid|uuid):", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DIGIT = re.compile(r"[0-9]")


def check_boolean(value: object) -> str | None:
    """Check that a value is true or false, not a text that says so."""
    return None if type(value) is bool else "type-boolean"


def check_integer(value: object) -> str | None:
    """Check a whole number of 32 bits."""
    if type(value) is not int:
        return "type-integer"
    return None if MIN_INTEGER <= value <= MAX_INTEGER else "integer-range"


def check_unsigned(value: object) -> str | None:
    """Check a whole number of at least 0."""
    return check_integer(value) or (None if _as_int(value) >= 0 else "integer-negative")


def check_positive(value: object) -> str | None:
    """Check a whole number of at least 1."""
    return check_integer(value) or (None if _as_int(value) > 0 else "integer-not-positive")


def check_decimal(value: object) -> str | None:
    """Check any number; how large it may be was decided when it was read."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return None if is_number else "type-decimal"


def check_text(value: object) -> str | None:
    """Check a text that is not empty and does not consist of spaces alone."""
    if type(value) is not str:
        return "type-string"
    return "string-empty" if not value or value.isspace() else None


def check_string(value: object) -> str | None:
    """Check a text of the length, and with the characters, that a string may have."""
    if type(value) is str and value.isspace():
        return "string-blank"
    if (fault := check_text(value)) is not None:
        return fault
    text = str(value)
    if len(text) > MAX_STRING:
        return "string-length"
    return "string-control" if _CONTROL.search(text) else None


def check_uri(value: object) -> str | None:
    """Check an address: no white space in it, and a URN that is one."""
    if (fault := check_text(value)) is not None:
        return fault
    text = str(value)
    if _SPACE.search(text):
        return "uri-format"
    return _urn_fault(text) if text[:1] in "uUoO" else None


def check_base64(value: object) -> str | None:
    """Check base 64, with or without white space between."""
    if (fault := check_text(value)) is not None:
        return fault
    text = str(value)
    return None if _is_base64(text) or _is_base64("".join(text.split())) else "base64-format"


def _is_base64(text: str) -> bool:
    """Whether a text is made of fours, of which the last may be filled up."""
    return len(text) % 4 == 0 and _BASE64.fullmatch(text) is not None


def is_real_day(text: str) -> bool:
    """Whether the day of a date exists: there is no 30 February. Shorter dates name none."""
    day = text[8:10]
    return day <= "28" or int(day) <= monthrange(int(text[:4]), int(text[5:7]))[1]


def _urn_fault(text: str) -> str | None:
    if _BAD_SCHEME.match(text):
        return "uri-scheme"
    urn = _LIKELY_URN.fullmatch(text)
    if urn is None:
        return None
    if (_ANY_OID if urn[1] == "oid" else _ANY_UUID).match(urn[2]):
        return None
    if urn[1] == "uuid" and _ANY_UUID.match(urn[2].lower()):
        return "uuid-case"
    return f"{urn[1]}-format" if _DIGIT.search(urn[2]) else "urn-placeholder"


def _as_int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _matching(name: str) -> Check:
    """Make the check of a type that an expression describes."""
    matches = re.compile(PATTERNS[name]).fullmatch
    fault = f"{name}-format"

    def check(value: object) -> str | None:
        if type(value) is not str:
            return "type-string"
        return None if matches(value) else fault

    return check


def _dated(name: str) -> Check:
    """Make the check of a type that names a day."""
    matches = re.compile(PATTERNS[name]).fullmatch
    fault = f"{name}-format"

    def check(value: object) -> str | None:
        if type(value) is not str:
            return "type-string"
        if not matches(value):
            return fault
        return None if is_real_day(value) else "date-impossible"

    return check


#: The check of each primitive type; narrative is looked at in ``narratives``.
CHECKS: dict[str, Check] = {
    "boolean": check_boolean,
    "integer": check_integer,
    "unsignedInt": check_unsigned,
    "positiveInt": check_positive,
    "decimal": check_decimal,
    "string": check_string,
    "markdown": check_string,
    "uri": check_uri,
    "url": check_uri,
    "canonical": check_uri,
    "base64Binary": check_base64,
    "xhtml": check_text,
    "date": _dated("date"),
    "dateTime": _dated("dateTime"),
    "instant": _dated("instant"),
    "time": _matching("time"),
    "id": _matching("id"),
    "code": _matching("code"),
    "oid": _matching("oid"),
    "uuid": _matching("uuid"),
}

_REAL_DAY = (
    rf"{_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_QUICK_PATTERNS = {
    "date": _REAL_DAY,
    "dateTime": rf"{_REAL_DAY}(?:T{_CLOCK}{_ZONE})?",
    "instant": rf"{_REAL_DAY}T{_CLOCK}{_ZONE}",
    "time": _CLOCK,
    "id": PATTERNS["id"],
}
_WEB = ("http://", "https://")


def _is_flag(value: object) -> bool:
    return value is True or value is False


def _is_number(value: object) -> bool:
    return type(value) is Decimal or type(value) is int


def _from(least: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= MAX_INTEGER


def _is_string(value: object) -> bool:
    if type(value) is not str or not value or value.isspace() or len(value) > MAX_STRING:
        return False
    return value.isprintable() or _CONTROL.search(value) is None


def _is_word(value: object) -> bool:
    """Whether a value is a text without white space; of this only a space can be printed."""
    return type(value) is str and value != "" and value.isprintable() and " " not in value


def _is_web_address(value: object) -> bool:
    return _is_word(value) and str(value).startswith(_WEB)


def _is_address(value: object) -> bool:
    """Whether a value is an address that is no URN and does not lead to what is contained."""
    return type(value) is str and value[:1] not in "#uUoO" and _is_word(value)


def _quickly(name: str) -> Accepts:
    return re.compile(_QUICK_PATTERNS[name]).fullmatch


#: What tells of most good values, in one look, that they break no rule and say nothing that has
#: to be noted: no address inside the resource. Of the others nothing is said; some raise a
#: TypeError for what is no text.
QUICK: dict[str, Accepts] = {
    "boolean": _is_flag,
    "integer": _from(MIN_INTEGER),
    "unsignedInt": _from(0),
    "positiveInt": _from(1),
    "decimal": _is_number,
    "string": _is_string,
    "markdown": _is_string,
    "uri": _is_address,
    "url": _is_address,
    "canonical": _is_web_address,
    "date": _quickly("date"),
    "dateTime": _quickly("dateTime"),
    "instant": _quickly("instant"),
    "time": _quickly("time"),
    "id": _quickly("id"),
    "code": _is_word,
}
