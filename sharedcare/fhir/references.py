"""References: how they are written, where they lead, what is contained. All in linear time."""

import re

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.walk import Json, Pointer, Reference, Scope, way_of

_ID = r"[A-Za-z0-9\-.]{1,64}"
_is_id = re.compile(_ID).fullmatch
_RELATIVE = re.compile(rf"(?P<type>[A-Za-z]+)/{_ID}(?:/_history/{_ID})?(?:#.*)?")
_SEARCH = re.compile(r"(?P<type>[A-Za-z]+)\?[^\s]+")
_ON_SERVER = re.compile(rf"https?://.*/(?P<type>[A-Z][A-Za-z]+)/{_ID}(?:/_history/{_ID})?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_URN = re.compile(r"urn:(?:uuid|oid):")
_SPACE = re.compile(r"\s")

_BASE = "http://hl7.org/fhir/StructureDefinition/"

#: Elements in which HL7's own examples name definitions by relative addresses.
_OFTEN_RELATIVE = frozenset(
    {
        "base",
        "capabilities",
        "definition",
        "definitionCanonical",
        "instantiatesCanonical",
        "library",
        "measure",
        "profile",
        "questionnaire",
        "resource",
        "transform",
        "valueCanonical",
    }
)


def note_canonical(address: str, scope: Scope, name: str, pointer: Pointer) -> None:
    """Note the address of a definition that is contained; others are absolute."""
    if address.startswith("#"):
        scope.note_canonical(address[1:], name, pointer)
    elif not _SCHEME.match(address) and not _is_claim(pointer):
        rule = "canonical-relative" if name in _OFTEN_RELATIVE else "canonical-absolute"
        scope.walk.add(rule, pointer, name=name)


def note_local_target(address: str, scope: Scope) -> None:
    """Note an address that may lead to a contained resource, or back to the container."""
    if not address.startswith("#"):
        return
    if address == "#":
        scope.names_container = True
    scope.outermost.note_local_target(address[1:])


def _is_claim(pointer: Pointer) -> bool:
    """Whether an address stands in ``meta.profile``, of which more is asked elsewhere."""
    return way_of(pointer)[-3:-1] == ("meta", "profile")


def is_settled(definitions: Definitions, element: Element, value: Json) -> bool:
    """Whether a reference leads out of its resource, to a type that it may lead to.

    Only a Bundle asks more of it. Of other references nothing is said.
    """
    address = value.get("reference")
    if type(address) is not str or "type" in value:
        return False
    kind, _, name = address.partition("/")
    targets = element.targets or definitions.resource_types
    return kind in targets and _is_id(name) is not None


def check_references(scope: Scope) -> None:
    """Check what a resource refers to and contains, after all of it was seen."""
    for reference in scope.references:
        address = reference.value.get("reference")
        if type(address) is str and address[:1] == "#":
            note_local_target(address, scope)
    if scope.container is None:
        for one in (scope, *scope.contained.values()):
            _check_leads(one)
        _check_contained(scope)
    else:
        _check_contained_shape(scope)


def _check_leads(scope: Scope) -> None:
    for target, name, pointer in scope.canonicals:
        if target and target not in scope.outermost.contained:
            scope.walk.add("canonical-contained", pointer, name=name)
    for reference in scope.references:
        if reference.is_settled:
            continue
        address = reference.value.get("reference")
        if not isinstance(address, str) or not address:
            _check_said_type(scope, reference)
        elif _SPACE.search(address):
            scope.walk.add("reference-format", (reference.pointer, "reference"))
        elif address.startswith("#"):
            _check_local(scope, reference, address[1:])
        elif not is_urn(address):  # only a Bundle tells what these lead to
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
    _check_target(scope, reference, found, "reference")
    said = reference.value.get("type")
    if isinstance(said, str) and said and said != found:
        rule = "absolute" if said == f"{_BASE}{found}" else "differs"
        scope.walk.add(f"reference-type-{rule}", (reference.pointer, "type"))


def _check_target(scope: Scope, reference: Reference, found: str, key: str) -> None:
    targets = reference.element.targets
    if targets and found not in targets:
        place, name = (reference.pointer, key), reference.element.name
        scope.walk.add("reference-type", place, name=name, targets=_listed(targets))


def _check_said_type(scope: Scope, reference: Reference) -> None:
    """Check the type that a reference says where it has no address, such as with an identifier."""
    said = reference.value.get("type")
    name = said.removeprefix(_BASE) if isinstance(said, str) else ""
    if name and ":" not in name and name not in scope.walk.definitions.resource_types:
        scope.walk.add("reference-type-unknown", (reference.pointer, "type"))
    elif name and ":" not in name and reference.element.targets:
        _check_target(scope, reference, name, "type")


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
        if name not in (scope.local_targets or ()) and not found.names_container:
            scope.walk.add("dom-3", found.pointer)


def type_in_address(address: str) -> str | None:
    """Return the type of resource that an address names, None where it names none."""
    for form in (_RELATIVE, _SEARCH, _ON_SERVER):
        found = form.fullmatch(address)
        if found is not None:
            return found["type"]
    return None


def leads_to(reference: Reference) -> str:
    """Return the address of a reference, empty where it has none."""
    address = reference.value.get("reference")
    return address if isinstance(address, str) else ""


def is_urn(address: str) -> bool:
    """Whether an address has no meaning outside its Bundle."""
    return _URN.match(address) is not None
