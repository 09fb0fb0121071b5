"""HL7's package ``hl7.fhir.r4.core`` 4.0.1, which is always there: what every profile is made from.

``scripts/build_r4_package.py`` makes the artefact from the package (CC0), without words for
readers. It is unpacked when a package is first asked for something, a resource when that is.
"""

import json
import zlib
from decimal import Decimal
from functools import cache
from importlib import resources

import msgspec

from sharedcare.fhir.packages.package import CORE_ID, Json, Package, PackageResource
from sharedcare.places import Place

ARTEFACT = "r4-package.ndjson.z"


class _Head(msgspec.Struct):
    resourceType: str  # noqa: N815  FHIR's own name
    id: str = ""
    url: str = ""
    version: str = ""


@cache
def core_package() -> Package:
    """Return the package; each of its resources is read once."""
    packed = (resources.files("sharedcare.fhir.packages") / ARTEFACT).read_bytes()
    decode = msgspec.json.Decoder(_Head).decode
    made = tuple(_resource(decode(line), line) for line in zlib.decompress(packed).splitlines())
    return Package(CORE_ID, (), (CORE_ID.version,), made)


def _resource(head: _Head, line: bytes) -> PackageResource:
    place = Place(f"{CORE_ID}/{head.resourceType}-{head.id}")
    return PackageResource(
        CORE_ID, place, head.resourceType, head.id, head.url, head.version, _Content(line)
    )


class _Content:
    """What a resource holds, read when it is first asked for; there are three thousand of them."""

    __slots__ = ("_line", "_read")

    def __init__(self, line: bytes) -> None:
        self._line = line
        self._read: Json | None = None

    def __call__(self) -> Json:
        if self._read is None:
            self._read = json.loads(self._line, parse_float=Decimal)
        return self._read
