"""The project's own package is what its script makes, and holds what it is there to show."""

import gzip

import pytest

from scripts.make_test_package import ARCHIVE, FOLDER, HERE, canonical, files, packed
from sharedcare.fhir import validate_resource
from sharedcare.fhir.packages import Packages, Slicing, StructureDefinition, read_packages

KEPT = FOLDER / ARCHIVE


@pytest.fixture(scope="module")
def packages() -> Packages:
    return read_packages([KEPT])


def of(packages: Packages, name: str) -> StructureDefinition:
    found = packages.structure(canonical(name))
    assert found is not None
    return found


def slicings(found: StructureDefinition) -> list[Slicing]:
    return [one.slicing for one in found.elements if one.slicing is not None]


def test_the_archive_is_what_the_script_makes() -> None:
    # Compressed bytes may differ between builds of zlib; what they hold may not.
    assert gzip.decompress(KEPT.read_bytes()) == gzip.decompress(packed(dict(files())))
    assert packed(dict(files())) == packed(dict(files()))


def test_every_definition_of_it_can_be_used(packages: Packages) -> None:
    counted = 0
    for resource in packages.resources():
        match resource.resource_type:
            case "StructureDefinition":
                assert packages.structure(resource.url) is not None
            case "ValueSet":
                assert packages.value_set(resource.url) is not None
            case "CodeSystem":
                assert packages.code_system(resource.url) is not None
        counted += 1
    assert counted == 18
    assert packages.warnings == ()


def test_every_resource_of_it_is_valid_but_the_one_without_ids() -> None:
    faulty = {
        name: {issue.rule for issue in issues}
        for name, data in files()
        if name != "package/package.json" and (issues := validate_resource(data))
    }
    old = {"sdf-14", "sdf-17"}
    assert faulty == {"package/StructureDefinition-anytown-observation.json": old}


def test_it_has_every_way_to_tell_slices_apart(packages: Packages) -> None:
    names = ("patient", "child", "observation", "condition", "summary")
    found = [one for name in names for one in slicings(of(packages, name))]
    kinds = {each.type for one in found for each in one.discriminators}
    assert kinds == {"value", "pattern", "exists", "type", "profile"}
    assert {one.rules for one in found} == {"open", "closed", "openAtEnd"}
    assert {one.ordered for one in found} == {True, False}


def test_one_profile_brings_its_snapshot_and_the_others_get_theirs(packages: Packages) -> None:
    made = {
        one.url: of(packages, one.id.removeprefix("anytown-")).is_generated
        for one in packages.resources()
        if one.resource_type == "StructureDefinition"
    }
    assert [url for url, is_generated in made.items() if not is_generated] == [
        canonical("nhs-number")
    ]


def test_the_snapshot_that_it_brings_says_what_its_differential_says(packages: Packages) -> None:
    """The snapshot was written by hand."""
    own = of(packages, "nhs-number")
    (resource,) = [one for one in packages.resources() if one.url == own.url]
    differential = resource.content()["differential"]["element"]
    for said in differential:
        kept = own.by_id[said["id"]]
        assert kept.min == said.get("min", kept.min)
        assert kept.max_length == said.get("maxLength", kept.max_length)


def test_a_profile_of_a_profile_keeps_what_its_base_says(packages: Packages) -> None:
    child = of(packages, "child")
    assert child.by_id["Patient.identifier:nhsNumber"].min == 1
    assert child.by_id["Patient.identifier:nhsNumber.value"].max_length == 10
    assert child.by_id["Patient.name.family"].must_support
    assert {"any-pat-1", "any-pat-2"} <= {one.key for one in child.root.constraints}


def test_its_value_sets_are_listed_or_say_why_not(packages: Packages) -> None:
    care = f"{HERE}/CodeSystem/anytown-care-kind"
    kinds = packages.value_set(f"{HERE}/ValueSet/anytown-care-kind")
    assert kinds is not None
    assert kinds.codes == {
        care: {"health", "community-nursing", "outpatient", "social", "reablement"}
    }
    problem = packages.value_set(f"{HERE}/ValueSet/anytown-problem")
    assert problem is not None
    assert not problem.complete
    categories = packages.value_set(f"{HERE}/ValueSet/anytown-condition-category")
    assert categories is not None
    assert categories.complete
    assert len(categories.codes) == 2
