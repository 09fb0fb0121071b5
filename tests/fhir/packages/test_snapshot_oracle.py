"""Snapshots that are made are held to HL7's own: 439 profiles and extensions of its core package.

Each has a snapshot by HL7's publisher and a differential. The snapshot is taken away and made
again. What is compared is the meaning of every element; ids are made anew on both sides.
"""

import json
from dataclasses import replace
from functools import cache

import pytest

from scripts.build_r4_package import DIFFERENTIALS, unpacked
from sharedcare.errors import PackageFault
from sharedcare.fhir.packages import (
    ElementDefinition,
    PackageId,
    PackageResource,
    Packages,
    StructureDefinition,
)
from sharedcare.fhir.packages.element_json import Json
from sharedcare.fhir.packages.package import Package
from sharedcare.fhir.packages.structure import CORE
from sharedcare.places import Place

ID = PackageId("test.differentials", "4.0.1")

#: Why a snapshot that is made is not HL7's, each looked at by hand.
DIFFERENT = {
    # HL7 narrows value[x] here and slices it in all other profiles; both allow the same.
    "bp": "it has component.valueQuantity as component.value[x] of one type, without a slice",
    # The profile SimpleQuantity holds for the value in any case, since it is of that type.
    "cholesterol": "it repeats the invariants of the profile of a type on the element itself",
    "hdlcholesterol": "it repeats the invariants of the profile of a type on the element itself",
    "ldlcholesterol": "it repeats the invariants of the profile of a type on the element itself",
    # Nothing is said of what is below; it follows from the extensions' own definitions.
    "elementdefinition-de": "it unfolds extensions that its differential does not go into",
    # The elements below are those of every agent; only an author's are meant nowhere.
    "provenance-relevant-history": "it refers to a slice where the base refers to the element",
}

#: What HL7's publisher lets pass: slices that are required of an extension that may not be there.
REFUSED = {"codesystem-history"}


CORE_PACKAGE = Packages()


@cache
def differentials() -> Packages:
    """HL7's profiles and extensions without their snapshots, as a package of their own."""
    return Packages([Package(ID, resources=tuple(map(resource_of, lines())))])


def lines() -> list[Json]:
    return [json.loads(line) for line in unpacked(DIFFERENTIALS).splitlines()]


def resource_of(raw: Json) -> PackageResource:
    said = (raw["resourceType"], raw["id"], raw["url"], raw["version"])
    return PackageResource(ID, Place(raw["id"]), *said, lambda: raw)


def meaning(found: StructureDefinition) -> list[ElementDefinition]:
    """What the elements say, without words for readers and what every element has."""
    return [
        replace(
            one,
            short="",
            constraints=tuple(
                sorted(
                    (rule for rule in one.constraints if rule.key not in {"ele-1", "ext-1"}),
                    key=lambda rule: rule.key,
                )
            ),
        )
        for one in found.elements
    ]


def both(url: str) -> tuple[StructureDefinition, StructureDefinition]:
    """The structure as it is made, and as HL7 has it; raises PackageFault where none is made."""
    made, wanted = differentials().structure(url), CORE_PACKAGE.structure(url)
    assert made is not None
    assert wanted is not None
    assert made.is_generated
    assert not wanted.is_generated
    return made, wanted


def is_same(url: str) -> bool | None:
    """Whether a snapshot is made as HL7 has it; None where none is made."""
    try:
        made, wanted = both(url)
    except PackageFault:
        return None
    return meaning(made) == meaning(wanted)


def test_snapshots_are_made_as_hl7_makes_them_but_for_those_that_are_known() -> None:
    found = {raw["url"].removeprefix(CORE): is_same(raw["url"]) for raw in lines()}
    assert len(found) == 439
    assert {name for name, same in found.items() if same is None} == REFUSED
    assert {name for name, same in found.items() if same is False} == set(DIFFERENT)


@pytest.mark.parametrize("name", ["vitalsigns", "bodyweight", "lipidprofile", "patient-birthPlace"])
def test_a_snapshot_of_hl7s_is_made_element_for_element(name: str) -> None:
    made, wanted = both(CORE + name)
    assert meaning(made) == meaning(wanted)


def test_a_snapshot_allows_nothing_that_its_base_does_not() -> None:
    compared = 0
    for raw in lines():
        base = CORE_PACKAGE.structure(raw["baseDefinition"])
        if base is None or is_same(raw["url"]) is None:
            continue
        made, _ = both(raw["url"])
        for one in made.elements[1:]:
            if (said := base.by_id.get(one.id)) is not None:
                compared += 1
                assert one.min >= said.min, one.id
                assert said.max is None or (one.max is not None and one.max <= said.max), one.id
    assert compared > 3_000
