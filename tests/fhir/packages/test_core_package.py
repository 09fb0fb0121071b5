"""HL7's package is built in: fresh, whole, and every definition of it can be used."""

import pytest

from scripts.build_r4_definitions import documents
from scripts.build_r4_package import ARTEFACT, DIFFERENTIALS, built, differentials, unpacked
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.packages import Packages
from sharedcare.fhir.packages.core_package import core_package
from sharedcare.fhir.packages.part import flattened, tree_of
from sharedcare.fhir.packages.structure import CORE
from tests.fhir.packages.made import core_archive


def test_the_artefacts_are_what_hl7s_package_gives() -> None:
    given = list(documents(core_archive()))
    # Compressed bytes may differ between builds of zlib; what they hold may not.
    assert unpacked(ARTEFACT) == built(given), "python3 -m scripts.build_r4_package makes it anew"
    assert unpacked(DIFFERENTIALS) == differentials(given), "and this one with it"


def test_the_artefact_is_small() -> None:
    assert ARTEFACT.stat().st_size < 450_000


@pytest.mark.parametrize("resource_type", ["StructureDefinition", "ValueSet", "CodeSystem"])
def test_every_definition_can_be_used(resource_type: str) -> None:
    packages = Packages()
    made = {
        "StructureDefinition": packages.structure,
        "ValueSet": packages.value_set,
        "CodeSystem": packages.code_system,
    }[resource_type]
    # HL7 names a version in the addresses of six old tables, which nobody can then ask for.
    of_type = [one for one in core_package().resources if one.resource_type == resource_type]
    urls = [one.url for one in of_type if "|" not in one.url]
    assert len(urls) > 600
    assert all(made(url) is not None for url in urls)


def test_the_types_are_those_of_the_r4_lane_with_the_same_elements() -> None:
    packages, definitions = Packages(), r4()
    raw = definitions.raw["types"]
    for name in (one for one in raw if "." not in one):
        found = packages.structure(CORE + name)
        assert found is not None
        wanted = {
            (f"{owner}.{row[0]}", row[1], None if row[2] < 0 else row[2])
            for owner in raw
            if owner.partition(".")[0] == name
            for row in definitions.rows(owner)
        }
        assert {(one.path, one.min, one.max) for one in found.elements[1:]} == wanted


def test_a_snapshot_as_a_tree_and_back_is_the_same() -> None:
    packages, compared = Packages(), 0
    for resource in core_package().resources:
        if resource.resource_type == "StructureDefinition":
            found = packages.structure(resource.url)
            assert found is not None
            root, lost = tree_of(found.elements)
            assert root is not None
            assert (flattened(root), lost) == (found.elements, [])
            compared += 1
    assert compared > 600
