"""Data types of which the specification's text asks more than their elements say."""

import base64
import re
from binascii import Error as NotBase64
from collections.abc import Callable

from sharedcare.fhir.definitions import Element
from sharedcare.fhir.expressions import host_names
from sharedcare.fhir.places_in_json import Way
from sharedcare.fhir.walk import Json, Pointer, Reference, Scope, way_of

URI_SYSTEM = "urn:ietf:rfc:3986"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
BASE = "http://hl7.org/fhir/StructureDefinition/"
_OF_RESOURCES = frozenset({"Resource", "DomainResource"})
_VALUE_SET = re.compile(r"https?://(?:hl7\.org/fhir|terminology\.hl7\.org)/ValueSet/")
_WELL_KNOWN = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://unitsofmeasure.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)
#: HL7's own definitions hold these elsewhere than their contexts in R4 say.
_TOOLING = (BASE + "structuredefinition-", BASE + "regex")
_EXTENSIONS = frozenset({"extension", "modifierExtension"})

Check = Callable[[Scope, Element, Json, Pointer], None]


def code_system_fault(address: str) -> str | None:
    """Return the rule that the address of a code system breaks, None if it breaks none."""
    if not _SCHEME.match(address):
        return "code-system-absolute"
    if address not in _WELL_KNOWN and address.replace("https:", "http:", 1).startswith(_WELL_KNOWN):
        return "code-system-form"
    return "code-system-value-set" if _VALUE_SET.match(address) else None


def check_coding(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that a coding names a code system, and a code that HL7's own code systems have."""
    system, code = value.get("system"), value.get("code")
    if not isinstance(system, str) or not system:
        return
    fault = code_system_fault(system)
    if fault is not None:
        scope.walk.add(fault, (pointer, "system"))
    elif isinstance(code, str):
        codes = scope.walk.definitions.code_system(system)
        if codes is not None and code not in codes:
            scope.walk.add("code-unknown", (pointer, "code"))


def check_meta(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that the profiles that a resource claims are addresses, and none of another type."""
    profiles = value.get("profile")
    types = scope.walk.definitions.raw["types"]
    for position, one in enumerate(profiles if isinstance(profiles, list) else ()):
        place = ((pointer, "profile"), position)
        if not isinstance(one, str) or not one:
            continue
        name = one.removeprefix(BASE).partition("|")[0]
        if not _SCHEME.match(one):
            scope.walk.add("profile-absolute", place)
        elif one.startswith(BASE) and name in types and name not in {scope.type, *_OF_RESOURCES}:
            scope.walk.add("profile-type", place)


def check_identifier(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that an identifier's system is an absolute address."""
    system, found = value.get("system"), value.get("value")
    if not isinstance(system, str) or not system:
        return
    if not _SCHEME.match(system):
        scope.walk.add("system-absolute", (pointer, "system"))
    elif system == URI_SYSTEM and isinstance(found, str) and not _SCHEME.match(found):
        scope.walk.add("identifier-uri", (pointer, "value"))


def check_extension(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that an extension has one address, and a value or extensions of its own."""
    forms = [key for key in value if key.removeprefix("_").startswith("value")]
    if ("extension" in value) is bool(forms):
        scope.walk.add("ext-1", pointer)
    url = value.get("url")
    if not isinstance(url, str):
        return
    is_nested = pointer is not None and _is_inside_extension(pointer)
    if not is_nested and not _SCHEME.match(url):
        scope.walk.add("extension-url", (pointer, "url"))
    elif (defined := scope.walk.definitions.extensions.get(url)) is not None:
        _check_defined(scope, pointer, forms, defined)
        if not url.startswith(_TOOLING):
            _check_context(scope, pointer, defined)


def _check_defined(
    scope: Scope, pointer: Pointer, forms: list[str], defined: dict[str, list[str]]
) -> None:
    """Check an extension of the specification: the type of its value."""
    types = {one[0].upper() + one[1:] for one in defined["types"]}
    if forms and forms[0].removeprefix("_").removeprefix("value") not in types:
        scope.walk.add("extension-value", (pointer, forms[0]))


def _check_context(scope: Scope, pointer: Pointer, defined: dict[str, list[str]]) -> None:
    """Check that an extension of the specification stands where it may."""
    hosts = host_names(scope.walk.definitions, scope.type, _inside(scope, pointer))
    if hosts and hosts.isdisjoint(defined["contexts"]):
        scope.walk.add("extension-context", pointer)


def _inside(scope: Scope, pointer: Pointer) -> Way:
    """Return the way from a resource to the element that an extension of it stands on."""
    return way_of(pointer)[len(way_of(scope.pointer)) : -2]


def _is_inside_extension(pointer: tuple[Pointer, str | int]) -> bool:
    """Whether the extension stands in another one, where its url may be short."""
    return sum(step in _EXTENSIONS for step in way_of(pointer)[-4:]) > 1


def check_attachment(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that the size of an attachment is that of its data."""
    data, size = value.get("data"), value.get("size")
    if not isinstance(data, str) or type(size) is not int:
        return
    try:
        length = len(base64.b64decode("".join(data.split()), validate=True))
    except (NotBase64, ValueError):
        return
    if length != size:
        scope.walk.add("attachment-size", (pointer, "size"))


def note_reference(scope: Scope, element: Element, value: Json, pointer: Pointer) -> None:
    """Note a reference: where it leads is known when the whole resource has been seen."""
    scope.references.append(Reference(value, element, pointer))


#: What is checked of each data type beyond its elements.
CHECKS_OF_TYPES: dict[str, Check] = {
    "Coding": check_coding,
    "Identifier": check_identifier,
    "Meta": check_meta,
    "Extension": check_extension,
    "Attachment": check_attachment,
    "Reference": note_reference,
}
