"""References: how they are written, where they lead, what is contained. All in linear time."""

import re

from sharedcare.fhir.walk import Json, Reference, Scope

_ID = r"[A-Za-z0-9\-.]{1,64}"
_RELATIVE = re.compile(rf"(?P<type>[A-Za-z]+)/{_ID}(?:/_history/{_ID})?(?:#.*)?")
_SEARCH = re.compile(r"(?P<type>[A-Za-z]+)\?[^\s]+")
_ON_SERVER = re.compile(rf"https?://.*/(?P<type>[A-Z][A-Za-z]+)/{_ID}(?:/_history/{_ID})?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_URN = re.compile(r"urn:(?:uuid|oid):")

_BASE = "http://hl7.org/fhir/StructureDefinition/"


def note_local_target(address: str, scope: Scope) -> None:
    """Note an address that may lead to a contained resource, or back to the container."""
    if not address.startswith("#"):
        return
    if address == "#":
        scope.names_container = True
    scope.outermost.local_targets.add(address[1:])


def check_references(scope: Scope) -> None:
    """Check what a resource refers to and contains, after all of it was seen."""
    for reference in scope.references:
        address = reference.value.get("reference")
        if isinstance(address, str) and address:
            note_local_target(address, scope)
    if scope.container is None:
        for one in (scope, *scope.contained.values()):
            _check_leads(one)
        _check_contained(scope)
    else:
        _check_contained_shape(scope)


def _check_leads(scope: Scope) -> None:
    for reference in scope.references:
        address = reference.value.get("reference")
        if not isinstance(address, str) or not address or address.isspace():
            continue
        if address.startswith("#"):
            _check_local(scope, reference, address[1:])
        else:
            _check_address(scope, reference, address)


def _check_local(scope: Scope, reference: Reference, name: str) -> None:
    found = scope.outermost if not name else scope.outermost.contained.get(name)
    if found is None:
        scope.walk.add("ref-1", (reference.pointer, "reference"))
    else:
        check_target_type(scope, reference, found.type)


def _check_address(scope: Scope, reference: Reference, address: str) -> None:
    pointer = (reference.pointer, "reference")
    relative = _RELATIVE.fullmatch(address) or _SEARCH.fullmatch(address)
    if relative is not None:
        if relative["type"] not in scope.walk.definitions.resource_types:
            scope.walk.add("reference-type-unknown", pointer)
        else:
            check_target_type(scope, reference, relative["type"])
    elif not _SCHEME.match(address):
        scope.walk.add("reference-format", pointer)
    elif (served := _ON_SERVER.fullmatch(address)) and (
        served["type"] in scope.walk.definitions.resource_types
    ):
        check_target_type(scope, reference, served["type"])


def check_target_type(scope: Scope, reference: Reference, found: str) -> None:
    """Check that a reference may lead to a type, and that it is the one it says."""
    targets = reference.element.targets
    if targets and found not in targets:
        scope.walk.add(
            "reference-type",
            (reference.pointer, "reference"),
            name=reference.element.name,
            targets=_listed(targets),
        )
    said = reference.value.get("type")
    if isinstance(said, str) and said and said.removeprefix(_BASE) != found:
        scope.walk.add("reference-type-differs", (reference.pointer, "type"))


def _listed(names: tuple[str, ...]) -> str:
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last


def _check_contained_shape(scope: Scope) -> None:
    """Check what a contained resource may not have."""
    resource, pointer = scope.resource, scope.pointer
    meta = resource.get("meta")
    said: Json = meta if isinstance(meta, dict) else {}
    if "contained" in resource:
        scope.walk.add("dom-2", pointer)
    if "versionId" in said or "lastUpdated" in said:
        scope.walk.add("dom-4", pointer)
    if "security" in said:
        scope.walk.add("dom-5", pointer)


def _check_contained(scope: Scope) -> None:
    """Check that each contained resource is referred to, or refers to its container."""
    for name, found in scope.contained.items():
        if name not in scope.local_targets and not found.names_container:
            scope.walk.add("dom-3", found.pointer)


def leads_to(reference: Reference) -> str:
    """Return the address of a reference, empty where it has none."""
    address = reference.value.get("reference")
    return address if isinstance(address, str) else ""


def is_urn(address: str) -> bool:
    """Whether an address has no meaning outside its Bundle."""
    return _URN.match(address) is not None
