"""Data types of which the specification's text asks more than their elements say."""

import base64
import hashlib
import re
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any

from sharedcare.fhir.definitions import Element
from sharedcare.fhir.expressions import host_names, type_at
from sharedcare.fhir.fhirpath.compiling import Context, compiled
from sharedcare.fhir.fhirpath.items import Node
from sharedcare.fhir.hl7_profiles.claimed import is_core_profile
from sharedcare.fhir.hl7_profiles.extension_parts import Defined, check_defined
from sharedcare.fhir.json_texts.places import Way
from sharedcare.fhir.references import is_settled
from sharedcare.fhir.terminology.codings import broken_coding, names_no_code_system
from sharedcare.fhir.terminology.ucum_form import UCUM, is_unit_form
from sharedcare.fhir.walk import Json, Pointer, Reference, Scope, way_of

URI_SYSTEM = "urn:ietf:rfc:3986"
#: How the addresses of systems of identifiers begin.
_SCHEMES = ("http:", "https:", "urn:", "ldap:")
QUANTITIES = ("Quantity", "Age", "Count", "Distance", "Duration")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
BASE = "http://hl7.org/fhir/StructureDefinition/"
_OF_RESOURCES = frozenset({"Resource", "DomainResource"})
_OID = re.compile(r"[0-2](?:\.[0-9]+)+")
#: HL7's own definitions hold these elsewhere than their contexts in R4 say.
_TOOLING = (BASE + "structuredefinition-", BASE + "regex")
_EXTENSIONS = frozenset({"extension", "modifierExtension"})
#: Codings for which the specification names no value set that has the code or a better one.
_FREE = frozenset({"tag", "valueCoding"})
_OTHERWISE_NAMED = frozenset({"code-system-form", "code-system-unknown"})
#: What an attachment says of its data.
OF_DATA = frozenset({"size", "hash"})

Check = Callable[[Scope, Element, Json, Pointer], None]


def check_coding(scope: Scope, element: Element, value: Json, pointer: Pointer) -> None:
    """Check that a coding names a code system, and a code that HL7's own code systems have."""
    broken = broken_coding(scope.walk.definitions, value, scope.resource.get("language"))
    if broken is not None:
        is_free = element.name in _FREE and broken.rule in _OTHERWISE_NAMED
        scope.walk.add("coding-system" if is_free else broken.rule, (pointer, broken.key))


def check_meta(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that the profiles that a resource claims are addresses, and none of another type."""
    profiles = value.get("profile")
    for position, one in enumerate(profiles if isinstance(profiles, list) else ()):
        place = ((pointer, "profile"), position)
        if not isinstance(one, str) or not one:
            continue
        name = one.removeprefix(BASE).partition("|")[0]
        if not _SCHEME.match(one):
            scope.walk.add("profile-absolute", place)
        elif one.startswith(BASE) and _is_for_another(scope, name):
            scope.walk.add("profile-type", place)
        elif is_core_profile(scope.walk.definitions, one):
            scope.walk.claims_core_profile = True


def _is_for_another(scope: Scope, name: str) -> bool:
    """Whether one of HL7's structures is a type that this is not, or a profile of one."""
    raw = scope.walk.definitions.raw
    found = name if name in raw["types"] else raw["profiles"].get(BASE + name)
    if BASE + name in raw["extensions"]:
        found = "Extension"
    return found is not None and found not in {scope.type, *_OF_RESOURCES}


def check_identifier(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that an identifier's system is an absolute address."""
    system, found = value.get("system"), value.get("value")
    if not isinstance(system, str) or not system:
        return
    if not system.startswith(_SCHEMES):
        scope.walk.add("system-absolute", (pointer, "system"))
    elif system == URI_SYSTEM and isinstance(found, str) and not _SCHEME.match(found):
        rule = "identifier-oid" if _OID.fullmatch(found) else "identifier-uri"
        scope.walk.add(rule, (pointer, "value"))


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
        check_defined(scope, value, pointer, defined)
        if not url.startswith(_TOOLING):
            _check_context(scope, pointer, defined)
    elif url.partition("|")[0] in scope.walk.definitions.extensions:
        scope.walk.add("extension-version", (pointer, "url"))


def _check_context(scope: Scope, pointer: Pointer, defined: Defined) -> None:
    """Check that an extension of the specification stands where it may."""
    hosts = host_names(scope.walk.definitions, scope.type, _inside(scope, pointer))
    if hosts and hosts.isdisjoint(defined["contexts"]):
        scope.walk.add("extension-context", pointer)
    elif hosts and not all(_holds_on_host(scope, pointer, one) for one in defined.get("asks", ())):
        scope.walk.add("extension-asks", pointer)


def _holds_on_host(scope: Scope, pointer: Pointer, expression: str) -> bool:
    """Whether the element that an extension stands on is as the extension asks."""
    definitions, way = scope.walk.definitions, _inside(scope, pointer)
    host: Any = scope.resource
    for step in way:
        host = host[step]
    node = Node(host, None, type_at(definitions, scope.type, way), definitions)
    return compiled(expression)(Context(node, node, node))


def _inside(scope: Scope, pointer: Pointer) -> Way:
    """Return the way from a resource to the element that an extension of it stands on."""
    return way_of(pointer)[len(way_of(scope.pointer)) : -2]


def _is_inside_extension(pointer: tuple[Pointer, str | int]) -> bool:
    """Whether the extension stands in another one, where its url may be short."""
    return sum(step in _EXTENSIONS for step in way_of(pointer)[-4:]) > 1


def check_quantity(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that a unit names its code system, and is written as one of UCUM if it is one."""
    system, code = value.get("system"), value.get("code")
    if not isinstance(system, str) or not system:
        return
    if names_no_code_system(scope.walk.definitions, system):
        scope.walk.add("unit-system", (pointer, "system"))
    elif system == UCUM and isinstance(code, str) and not is_unit_form(code):
        scope.walk.add("unit-form", (pointer, "code"))


def check_attachment(scope: Scope, _element: Element, value: Json, pointer: Pointer) -> None:
    """Check that the size and the hash of an attachment are those of its data.

    A hash of another length than a SHA-1 has may be right, in another notation.
    """
    size = value.get("size")
    content = _decoded(value.get("data")) if value.keys() & OF_DATA else None
    if content is None:
        return
    if type(size) is int and len(content) != size:
        scope.walk.add("attachment-size", (pointer, "size"))
    told = _decoded(value.get("hash"))
    made = hashlib.sha1(content, usedforsecurity=False).digest()
    if told is not None and len(told) == len(made) and told != made:
        scope.walk.add("attachment-hash", (pointer, "hash"))


def _decoded(text: object) -> bytes | None:
    """Return what base 64 says, None where a value is none."""
    if not isinstance(text, str):
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (NotBase64, ValueError):
        return None


def note_reference(scope: Scope, element: Element, value: Json, pointer: Pointer) -> None:
    """Note a reference: where it leads is known when the whole resource has been seen."""
    settled = is_settled(scope.walk.definitions, element, value)
    if not settled or scope.bundle is not None:
        scope.note_reference(Reference(value, element, pointer, settled))


#: What is checked of each data type beyond its elements.
CHECKS_OF_TYPES: dict[str, Check] = {
    "Coding": check_coding,
    "Identifier": check_identifier,
    "Meta": check_meta,
    "Extension": check_extension,
    "Attachment": check_attachment,
    "Reference": note_reference,
    **dict.fromkeys(QUANTITIES, check_quantity),
}
