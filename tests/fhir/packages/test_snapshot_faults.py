"""A profile that says what its base forbids is refused, with every fault at once."""

import pytest

from sharedcare.errors import LimitReached, PackageFault
from sharedcare.fhir.packages import (
    unfolding,
)
from tests.fhir.packages.made import (
    HERE,
    HL7,
    Json,
    content,
    element,
    opened,
    profile,
    refused,
    sliced,
    structure,
    types,
)

# What is refused, all at once


def test_every_fault_is_told_at_once_with_the_id_of_its_element() -> None:
    found = refused(
        element("Patient.nothing"),
        element("Patient.name.nothing"),
        element("Patient.link.other", min=0),
        element("Patient.gender", max="2"),
        element("Patient.birthDate", type=[{"code": "string"}]),
        element("Patient.identifier:a.b.c"),
        element("Observation.code"),
        element("Patient.active", min=1, max="0"),
        element("Patient.photo", min="1"),
    )
    assert (
        found
        == sorted(found)
        == [
            ("BAD_DEFINITION", "Patient.photo"),
            ("PROFILE_CARDINALITY", "Patient.active"),
            ("PROFILE_CARDINALITY", "Patient.gender"),
            ("PROFILE_CARDINALITY", "Patient.link.other"),
            ("PROFILE_PATH", "Observation.code"),
            ("PROFILE_PATH", "Patient.identifier:a.b.c"),
            ("PROFILE_PATH", "Patient.name.nothing"),
            ("PROFILE_PATH", "Patient.nothing"),
            ("PROFILE_TYPE", "Patient.birthDate"),
        ]
    )


def test_a_type_made_from_an_allowed_one_is_allowed() -> None:
    found = structure(
        element("Observation.value[x]", type=[{"code": "Quantity"}]), type_="Observation"
    )
    assert types(found.by_id["Observation.value[x]"]) == ["Quantity"]
    entry = element("Bundle.entry.resource", type=[{"code": "Patient"}])
    assert types(structure(entry, type_="Bundle").by_id["Bundle.entry.resource"]) == ["Patient"]


def test_a_value_of_another_type_is_refused() -> None:
    assert refused(element("Patient.gender", fixedString="x")) == [
        ("PROFILE_TYPE", "Patient.gender")
    ]


def test_profiles_and_targets_of_another_type_are_refused() -> None:
    number = profile(type_="Identifier", name="number")
    team = profile(type_="CareTeam", name="team")

    def typed(code: str, **said: str) -> list[Json]:
        return [{"code": code} | {key: [value] for key, value in said.items()}]

    found = refused(
        element("Patient.identifier", type=typed("Identifier", profile=f"{HERE}/team")),
        element(
            "Patient.managingOrganization", type=typed("Reference", targetProfile=f"{HERE}/team")
        ),
        element(
            "Patient.contact.organization", type=typed("Reference", targetProfile=f"{HERE}/none")
        ),
        element("Patient.link.other", type=typed("Reference", targetProfile=f"{HL7}/Resource")),
        others=(number, team),
    )
    assert found == [
        ("PROFILE_TYPE", "Patient.identifier"),
        ("PROFILE_TYPE", "Patient.link.other"),
        ("PROFILE_TYPE", "Patient.managingOrganization"),
    ]
    own = element("Patient.identifier", type=typed("Identifier", profile=f"{HERE}/number"))
    assert structure(own, others=(number,)).is_generated


def test_profiles_may_refer_to_each_other() -> None:
    team = profile(
        element("CareTeam.subject", type=[{"code": "Reference", "targetProfile": [f"{HERE}/a"]}]),
        type_="CareTeam",
        name="team",
    )
    care = [{"code": "Reference", "targetProfile": [f"{HERE}/team"]}]
    typed = element("Patient.extension:team.value[x]", type=care)
    assert structure(element("Patient.extension:team"), typed, others=(team,)).is_generated


def test_slices_against_the_base_are_refused() -> None:
    base = profile(
        element("Patient.name", slicing=sliced("value", "use", rules="closed")),
        element("Patient.name:a"),
        name="b",
    )

    def codes(*elements: Json) -> list[str]:
        packages = opened(content(base, profile(*elements, base=f"{HERE}/b")))
        try:
            packages.structure(f"{HERE}/a")
        except PackageFault as refusal:
            return [fault.code for fault in refusal.faults]
        return []

    assert codes(element("Patient.name:a", max="1")) == []
    assert codes(element("Patient.name:b", max="1")) == ["PROFILE_SLICE"]
    assert codes(element("Patient.name", slicing=sliced("value", "use"))) == ["PROFILE_SLICE"]
    other = element("Patient.name", slicing=sliced("value", "family", rules="closed"))
    assert codes(other) == ["PROFILE_SLICE"]


def test_a_slice_of_a_slice_that_is_not_there_is_refused() -> None:
    found = refused(
        element("Patient.name", slicing=sliced("value", "use")), element("Patient.name:a/b")
    )
    assert found == [("PROFILE_SLICE", "Patient.name:a/b")]


@pytest.mark.parametrize("base", [f"{HERE}/none", f"{HL7}/Observation", "", f"{HL7}/Patient|5.0"])
def test_a_base_that_is_not_there_or_of_another_type_is_refused(base: str) -> None:
    packages = opened(content(profile() | {"baseDefinition": base}))
    if base.endswith("|5.0"):
        assert packages.structure(f"{HERE}/a") is not None
        return
    with pytest.raises(PackageFault) as caught:
        packages.structure(f"{HERE}/a")
    assert [fault.code for fault in caught.value.faults] == ["PROFILE_BASE"]


def test_a_profile_with_more_elements_than_are_taken_reaches_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slices = [element(f"Patient.contact:{number}") for number in range(200)]
    many = [element("Patient.contact", slicing=sliced("value", "gender")), *slices]
    assert len(structure(*many).elements) > 200
    monkeypatch.setattr(unfolding, "MAX_ELEMENTS", 300)
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        structure(*many)


def test_slices_of_slices_without_end_are_refused() -> None:
    name = "/".join("a" * 500)
    assert refused(element(f"Patient.name:{name}")) == [
        ("BAD_DEFINITION", "sliceName holds what FHIR does not have there")
    ]
