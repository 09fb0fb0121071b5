"""From the files of a package to a :class:`Package`: its ``package.json``, and what else is in it.

The heads of all resources are read at once, which is quick; a whole resource is read when it is
asked for. ``.index.json`` is passed over: it may be absent or wrong, and the files say it better.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from sharedcare.errors import LimitReached, PackageFault
from sharedcare.fhir.json_texts.as_written import Text, read_json
from sharedcare.fhir.json_texts.places import lines_and_columns, text_faults
from sharedcare.fhir.packages.archive import Member
from sharedcare.fhir.packages.limits import MAX_DEPENDENCIES
from sharedcare.fhir.packages.package import Json, Package, PackageId, PackageResource
from sharedcare.fhir.packages.refusal import refused
from sharedcare.fhir.rules import RULES
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_PAYLOAD_VALUES

MANIFEST = "package/package.json"

#: Resources stand in this folder itself; folders below it hold examples and pages.
_RESOURCE = re.compile(r"package/[^/.][^/]*\.json")


class _Head(msgspec.Struct):
    resourceType: Any = None  # noqa: N815  FHIR's own name
    id: Any = None
    url: Any = None
    version: Any = None


def package_of(members: Iterable[Member], name: str) -> Package:
    """Make a package of its files; ``name`` is what its faults are told by.

    Raises PackageFault, with all faults, where ``package.json`` is missing or wrong, or where a
    file that should hold a resource is no JSON.
    """
    kept = {one.name: one.data for one in members if _RESOURCE.fullmatch(one.name)}
    manifest = kept.pop(MANIFEST, None)
    if manifest is None:
        said = "there is no package/package.json in it, so that this is no FHIR package"
        raise refused([Fault(Place(name), "NOT_A_PACKAGE", said)])
    package = _described(json_object(manifest, f"{name}/{MANIFEST}"), f"{name}/{MANIFEST}")
    faults: list[Fault] = []
    resources = tuple(_resources(package.id, kept, name, faults))
    if faults:
        raise refused(faults)
    return replace(package, resources=resources, digest=_digest({MANIFEST: manifest, **kept}))


def _digest(files: dict[str, bytes]) -> str:
    """Return a digest of files by their names, whatever the order they came in."""
    made = hashlib.sha256()
    for name, data in sorted(files.items()):
        made.update(f"{name}\0{len(data)}\0".encode())
        made.update(data)
    return made.hexdigest()


def json_object(data: bytes, name: str) -> Json:
    """Read a JSON object by the rules for payloads; raises PackageFault with every fault of it.

    Raises LimitReached where it holds more values than fit in memory.
    """
    if sum(map(data.count, (b",", b"{", b"["))) > MAX_PAYLOAD_VALUES:
        said = f"a file of the package has more than the {MAX_PAYLOAD_VALUES:,} values of one"
        raise LimitReached(str(Fault(Place(name), "TOO_LARGE", said)))
    text = read_json(data)
    if text.is_readable and not text.faults and isinstance(text.value, dict):
        return text.value
    raise refused(_json_faults(data, text, name))


def _json_faults(data: bytes, text: Text, name: str) -> Iterator[Fault]:
    """Go through what is wrong with a JSON text, in the sentences that payloads get."""
    found = [(rule, text.fault_at) for rule in text.faults]
    if text.is_readable:
        found = [(rule, at) for rule, _, at in text_faults(data)] or [("resource-object", 0)]
    places = lines_and_columns(data, [at for _, at in found])
    for rule, at in found:
        yield Fault(Place(name, *places[at]), "PACKAGE_JSON", RULES[rule].sentence)


def _described(manifest: Json, name: str) -> Package:
    """Take what ``package.json`` says."""
    said, version = manifest.get("name"), manifest.get("version")
    package_id = PackageId.of(f"{said}#{version}")
    if package_id is None or not isinstance(said, str) or not isinstance(version, str):
        words = "package.json has to say the name and the version of the package"
        raise refused([Fault(Place(name), "PACKAGE_JSON", words)])
    versions = manifest.get("fhirVersions", manifest.get("fhir-version-list"))
    title = manifest.get("title")
    return Package(
        package_id,
        tuple(_dependencies(manifest.get("dependencies"), name)),
        tuple(one for one in versions if isinstance(one, str))
        if isinstance(versions, list)
        else (),
        (),
        title if isinstance(title, str) else "",
    )


def _dependencies(said: object, name: str) -> Iterator[PackageId]:
    if isinstance(said, dict) and len(said) > MAX_DEPENDENCIES:
        words = f"package.json names more than {MAX_DEPENDENCIES:,} dependencies"
        raise LimitReached(str(Fault(Place(name), "TOO_LARGE", words)))
    for key, version in said.items() if isinstance(said, dict) else ():
        found = PackageId.of(f"{key}#{version}") if isinstance(version, str) else None
        if found is None:
            words = "package.json names a dependency without a name and a version that can be read"
            raise refused([Fault(Place(name), "PACKAGE_JSON", words)])
        yield found


def _resources(
    package: PackageId, members: dict[str, bytes], name: str, faults: list[Fault]
) -> Iterator[PackageResource]:
    """Go through the resources, sorted by name; what is no JSON is added to ``faults``."""
    for member, data in sorted(members.items()):
        place = Place(f"{name}/{member}")
        try:
            head = _head(data, place.file)
        except PackageFault as refusal:
            faults += refusal.faults
            continue
        if isinstance(head.resourceType, str):
            yield PackageResource(
                package,
                place,
                head.resourceType,
                _text(head.id),
                _text(head.url),
                _text(head.version),
                _reading(data, place.file),
            )


_DECODE = msgspec.json.Decoder(_Head).decode


def _head(data: bytes, name: str) -> _Head:
    """Read what a resource is known by; where the quick reader cannot, ours does or says why."""
    try:
        return _DECODE(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = json_object(data, name)
        return _Head(*(found.get(key) for key in _Head.__struct_fields__))


def _reading(data: bytes, name: str) -> Callable[[], Json]:
    """Return what reads a resource, once."""

    @cache
    def content() -> Json:
        return json_object(data, name)

    return content


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
