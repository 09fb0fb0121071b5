"""What the fast lane takes for each primitive: narrower than FHIR, and never wider.

What it does not take is looked at by the full lane, so that a pattern here may leave out whatever
is rare: white space beyond ASCII, leap days, fractions of unusual length.
"""

import keyword
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.primitives import MAX_INTEGER, MAX_STRING, MIN_INTEGER

ID = r"[A-Za-z0-9\-.]{1,64}"
HEX = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OID = r"[0-2](?:\.(?:0|[1-9][0-9]*))+"
_YEAR = r"[12][0-9]{3}"
_DAY = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31|02-29(?<=(?:[02468][048]|[13579][26])-02-29)(?<!00-02-29))"
)
_MONTH = r"(?:0[1-9]|1[0-2])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
_SIGNS = r"[!#-\[\]-~]"
#: No address of another kind that ours would take for a plain one.
_NO_URN = r"(?!(?i:urn|oid|uuid):)"
_URN = rf"urn:(?:uuid:{HEX}|oid:{_OID}|(?!uuid|oid)[!-~]+)"

#: The pattern of each kind of text. All are anchored at both ends when they are used.
PATTERNS = {
    "id": ID,
    "code": rf"{_SIGNS}+(?: {_SIGNS}+)*",
    "uri": rf"{_NO_URN}(?!#){_SIGNS}+|{_URN}",
    "url": rf"{_NO_URN}(?!#){_SIGNS}+|{_URN}",
    "canonical": rf"{_NO_URN}(?!#){_SIGNS}+|{_URN}",
    "oid": rf"urn:oid:{_OID}",
    "uuid": rf"urn:uuid:{HEX}",
    "date": rf"{_YEAR}-{_DAY}|{_YEAR}(?:-{_MONTH})?",
    "dateTime": rf"{_YEAR}-{_DAY}(?:T{_CLOCK}{_ZONE})?|{_YEAR}(?:-{_MONTH})?",
    "instant": rf"{_YEAR}-{_DAY}T{_CLOCK}{_ZONE}",
    "time": _CLOCK,
    "base64Binary": r"(?=.)(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?",
}
_SYSTEM = rf"(?:{_NO_URN}[A-Za-z][A-Za-z0-9+.\-]*:{_SIGNS}*|{_URN})"
#: The url of an extension that does not stand in another.
EXTENSION_URL = rf"{_NO_URN}[A-Za-z][A-Za-z0-9+.\-]*:{_SIGNS}*|{_URN}"
#: The address of a profile; of HL7's own the full lane asks what they are for.
PROFILE_URL = rf"(?!http://hl7\.org/fhir/StructureDefinition/)(?:{EXTENSION_URL})"

_MEDIA_TYPE = r"[A-Za-z0-9!#$&^.+_\-]+/[A-Za-z0-9!#$&^.+_\-]+"
CURRENCIES = ("AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "INR", "JPY", "NOK", "NZD", "SEK", "USD")
_FORMS = {
    "http://hl7.org/fhir/ValueSet/mimetypes": _MEDIA_TYPE,
}

#: A text that does not consist of white space alone.
_TEXT = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=MAX_STRING)]

_PLAIN: dict[str, Any] = {
    "boolean": bool,
    "string": _TEXT,
    "markdown": _TEXT,
    "xhtml": str,
    "decimal": int | float,
    "integer": Annotated[int, msgspec.Meta(ge=MIN_INTEGER, le=MAX_INTEGER)],
    "unsignedInt": Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)],
    "positiveInt": Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)],
}


def attribute_of(name: str) -> str:
    """Return the attribute that holds an element."""
    return f"{name}_" if keyword.iskeyword(name) else name


def matching(pattern: str) -> Any:
    """Return the type of a text that matches as a whole."""
    return Annotated[str, msgspec.Meta(pattern=rf"\A(?:{pattern})\Z")]


def one_of(codes: Iterable[str]) -> Any:
    """Return the type of a text that is one of a list."""
    return Literal[tuple(sorted(codes))]


def system() -> Any:
    """Return the type of an identifier's system: an absolute address that asks nothing more."""
    return matching(_SYSTEM)


def leaf(definitions: Definitions, element: Element) -> Any:
    """Return the type of a primitive element."""
    if element.codes is not None:
        codes = definitions.codes_of(element.codes)
        if codes is not None:
            return one_of(codes[""])
        if element.codes == "http://hl7.org/fhir/ValueSet/currencies":
            return one_of(CURRENCIES)
        if element.codes in _FORMS:
            return matching(_FORMS[element.codes])
    if element.type in _PLAIN:
        return _PLAIN[element.type]
    return matching(PATTERNS[element.type])


def reference_to(targets: tuple[str, ...], resource_types: frozenset[str]) -> Any:
    """Return the type of a reference's address that leads to one of the targets."""
    return matching(address(targets, resource_types))


def address(targets: tuple[str, ...], resource_types: frozenset[str]) -> str:
    """Return the pattern of an address that leads to one of the targets.

    Where a URN or a fragment leads is looked up afterwards.
    """
    names = "|".join(sorted(targets or resource_types))
    served = rf"(?:https?://{_SIGNS}*/)?(?:{names})/{ID}(?:/_history/{ID})?"
    # An address on a server whose last segment but one is no type says nothing of where it leads.
    elsewhere = rf"https?://(?:{_SIGNS}*/)?[a-z][a-z0-9]*/[A-Za-z0-9\-.]+"
    return rf"urn:uuid:{HEX}|{served}|#{ID}|{elsewhere}"
