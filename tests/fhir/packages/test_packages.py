"""A canonical leads to one definition, the nearest, or is said to be unclear."""

import pytest

from sharedcare.errors import LimitReached, PackageFault
from sharedcare.fhir.packages import PackageId, Packages, StructureDefinition
from tests.fhir.packages.made import HERE, HL7, content, element, opened, profile

Given = dict[str, bytes]


def first(**said: object) -> Given:
    return content(profile(element("Patient.birthDate", min=1)), **said)


def second(**said: object) -> Given:
    return content(profile(element("Patient.gender", min=1)), name="test.two", **said)


def known(packages: Packages, canonical: str, seen_from: str = "") -> StructureDefinition:
    found = packages.structure(canonical, PackageId.of(seen_from))
    assert found is not None
    return found


def test_an_address_that_nothing_has_leads_nowhere() -> None:
    packages = opened(first())
    assert packages.structure(f"{HERE}/other") is None
    assert packages.structure(f"{HERE}/a|2") is None
    assert packages.extension(f"{HERE}/a") is None
    assert packages.value_set(f"{HERE}/a") is None
    assert packages.code_system(f"{HERE}/a") is None


def test_a_version_may_be_named_in_full_or_by_its_beginning() -> None:
    packages = opened(content(profile() | {"version": "2.1.0"}))
    assert [
        packages.structure(f"{HERE}/a|{version}") is not None
        for version in ("2.1.0", "2.1", "2", "2.1.1", "2.1.0.0", "1")
    ] == [True, True, True, False, False, False]


def test_two_packages_that_say_the_same_agree() -> None:
    assert (
        known(opened(first(), first(name="test.two")), f"{HERE}/a").by_id["Patient.birthDate"].min
    )


def test_two_packages_that_say_different_things_are_unclear() -> None:
    packages = opened(first(), second())
    with pytest.raises(PackageFault, match="defined differently") as caught:
        packages.structure(f"{HERE}/a")
    assert [fault.code for fault in caught.value.faults] == ["DEFINED_TWICE"]


def test_whoever_asks_is_answered_from_its_own_package_first_then_from_what_that_needs() -> None:
    needs = {"test.two": "1.0.0"}
    packages = opened(first(), second(), content(name="test.three", dependencies=needs))
    own = known(packages, f"{HERE}/a", "test.one#1.0.0")
    needed = known(packages, f"{HERE}/a", "test.three#1.0.0")
    assert (own.by_id["Patient.birthDate"].min, own.by_id["Patient.gender"].min) == (1, 0)
    assert (needed.by_id["Patient.birthDate"].min, needed.by_id["Patient.gender"].min) == (0, 1)


def test_a_version_chooses() -> None:
    other = profile(element("Patient.gender", min=1)) | {"version": "2"}
    packages = opened(first(), content(other, name="test.two"))
    assert known(packages, f"{HERE}/a|2").by_id["Patient.gender"].min == 1


def test_a_package_does_not_change_the_types_of_fhir() -> None:
    patient = profile() | {"url": f"{HL7}/Patient", "derivation": "specialization", "name": "Mine"}
    assert known(opened(content(patient)), f"{HL7}/Patient").name == "Patient"


def test_an_extension_is_found_by_its_address_and_hl7s_own_are_there() -> None:
    found = Packages().extension(f"{HL7}/patient-birthPlace")
    assert found is not None
    assert [one.code for one in found.by_id["Extension.value[x]"].types] == ["Address"]
    assert found.contexts == (("element", "Patient"),)


def test_a_structure_is_made_once() -> None:
    packages = opened(first())
    assert packages.structure(f"{HERE}/a") is packages.structure(f"{HERE}/a|1")


def test_a_profile_that_is_made_from_itself_is_refused() -> None:
    ring = content(profile(base=f"{HERE}/b"), profile(base=f"{HERE}/a", name="b"))
    packages = opened(ring)
    for _ in range(2):
        with pytest.raises(PackageFault) as caught:
            packages.structure(f"{HERE}/a")
        assert [fault.code for fault in caught.value.faults] == ["PROFILE_CYCLE"]


def test_a_chain_of_profiles_without_end_reaches_a_limit() -> None:
    chain = [profile(base=f"{HERE}/p{number + 1}", name=f"p{number}") for number in range(60)]
    with pytest.raises(LimitReached, match="TOO_DEEP"):
        opened(content(*chain)).structure(f"{HERE}/p0")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hl7.fhir.uk.core#2.0.1", ("hl7.fhir.uk.core", "2.0.1")),
        ("a#1.0.0-beta+5", ("a", "1.0.0-beta+5")),
        ("a", None),
        ("a#", None),
        ("../a#1", None),
        ("a#../1", None),
        ("a/b#1", None),
        ("a#1\n", None),
    ],
)
def test_a_package_is_named_by_its_name_and_version(
    text: str, found: tuple[str, str] | None
) -> None:
    assert PackageId.of(text) == (PackageId(*found) if found else None)
    assert found is None or str(PackageId(*found)) == text
