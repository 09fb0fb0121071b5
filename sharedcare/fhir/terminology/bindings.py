"""Required bindings: an element that has to have one of the codes of a value set."""

import re
from collections.abc import Callable, Iterator

from sharedcare.fhir.definitions import Codes, Element
from sharedcare.fhir.terminology.currencies import CURRENCIES
from sharedcare.fhir.terminology.languages import is_language
from sharedcare.fhir.walk import Json, Pointer, Scope

_MEDIA_TYPES = "http://hl7.org/fhir/ValueSet/mimetypes"
_CURRENCIES = "http://hl7.org/fhir/ValueSet/currencies"
LANGUAGES = "http://hl7.org/fhir/ValueSet/all-languages"
LANGUAGE_TAGS = "urn:ietf:bcp:47"
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+*-]+\s*(?:;.*)?", re.ASCII | re.DOTALL)
_VALUE_SET = "http://hl7.org/fhir/ValueSet/"

#: Of the value sets that no package can list, what tells their codes.
_FORMS: dict[str, tuple[Callable[[str], object], str]] = {
    _MEDIA_TYPES: (_MEDIA_TYPE.fullmatch, "mime-type"),
    _CURRENCIES: (CURRENCIES.__contains__, "currency"),
    LANGUAGES: (is_language, "language"),
}
#: FHIR's own short names for its formats, which are used as media types in a capability statement.
_SHORT_FORMATS = frozenset({"xml", "json", "ttl", "none"})


def form_of(url: str) -> Callable[[str], object] | None:
    """Return what tells the codes of a value set that no package can list, None if nothing does."""
    found = _FORMS.get(url)
    return None if found is None else found[0]


def check_codes(scope: Scope, element: Element, value: object, pointer: Pointer) -> None:
    """Check a value, of whatever type, against the value set that its element requires."""
    url = element.codes or ""
    codes = scope.walk.definitions.codes_of(url)
    if codes is None:
        _check_form(scope, element, value, pointer)
    elif isinstance(value, str):
        if value not in codes[""]:
            _add(scope, element, pointer)
    elif isinstance(value, dict) and not _has_code(element, value, codes):
        _add(scope, element, pointer)


def _has_code(element: Element, value: Json, codes: Codes) -> bool:
    if element.type == "CodeableConcept":
        codings = value.get("coding")
        found = codings if isinstance(codings, list) else []
        return any(isinstance(one, dict) and _is_of(one, codes) for one in found)
    if element.type == "Coding":
        return _is_of(value, codes)
    return "code" not in value or _is_of(value, codes)


def _is_of(coding: Json, codes: Codes) -> bool:
    """Whether a coding's code is of its code system's part of the value set."""
    system, code = coding.get("system"), coding.get("code")
    if not isinstance(code, str) or not isinstance(system, str) or not system:
        return False
    return code in codes.get(system, ())


def _check_form(scope: Scope, element: Element, value: object, pointer: Pointer) -> None:
    if element.codes not in _FORMS:
        return
    is_one, rule = _FORMS[element.codes]
    for code, place in _told(value, pointer):
        if not is_one(code) and code not in _SHORT_FORMATS:
            scope.walk.add(rule, place, name=element.name)


def _told(value: object, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Go through the codes of a value whose form is known: its own, or those of its codings."""
    if isinstance(value, str):
        yield value, pointer
    codings = value.get("coding") if isinstance(value, dict) else None
    for position, one in enumerate(codings if isinstance(codings, list) else ()):
        if isinstance(one, dict) and one.get("system") == LANGUAGE_TAGS:
            code = one.get("code")
            if isinstance(code, str):
                yield code, (((pointer, "coding"), position), "code")


def _add(scope: Scope, element: Element, pointer: Pointer) -> None:
    name = (element.codes or "").removeprefix(_VALUE_SET)
    scope.walk.add("code-required", pointer, name=element.name, value_set=name)
