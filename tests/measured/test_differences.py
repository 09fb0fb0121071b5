"""Where the profile and payloads part is told, each time with both sides."""

import pytest

from sharedcare.errors import NotFoundError
from sharedcare.measured.differences import Difference, DifferenceKind
from tests.measured.sent import (
    LOCAL,
    VALID,
    Json,
    coded,
    medicine,
    partners,
    patient,
    payloads,
    shares,
)


def parting(sent: list[Json], changes: dict[str, object] | None = None) -> list[Difference]:
    return list(payloads(partners(changes), {"epr": sent}).differences)


def kinds(sent: list[Json], changes: dict[str, object] | None = None) -> list[DifferenceKind]:
    return [one.kind for one in parting(sent, changes)]


def test_a_form_that_falls_short_is_told_of_the_holding_and_of_the_flow() -> None:
    form, flow = parting(shares(40, 60))
    assert (form.kind, form.about) == (DifferenceKind.FORM, "systems.epr")
    assert (flow.kind, flow.about) == (DifferenceKind.FLOW_FORM, "flows.feed")
    assert {(one.declared, one.measured) for one in (form, flow)} == {(("coded",), ("text",))}


def test_what_is_sent_as_declared_is_no_difference() -> None:
    assert parting(shares(95, 5)) == []


def test_a_better_form_comes_last() -> None:
    changes: dict[str, object] = {"systems/epr/holds": {"text": ["medications", "problems"]}}
    assert kinds(shares(100, 0), changes) == [
        DifferenceKind.NOT_FOUND,
        DifferenceKind.BETTER_FORM,
    ]


def test_a_form_that_is_not_declared_cannot_be_contradicted() -> None:
    changes: dict[str, object] = {
        "systems/epr/holds": ["medications"],
        "flows/feed/carries": ["medications"],
    }
    assert parting(shares(40, 60), changes) == []


def test_what_is_sent_and_not_declared_is_told() -> None:
    condition = {"resourceType": "Condition", "code": coded()}
    found = parting([*shares(100, 0), *(condition for _ in range(9))])
    assert [(one.kind, one.category) for one in found] == [(DifferenceKind.UNDECLARED, "problems")]


def test_who_people_are_goes_along_and_is_not_undeclared() -> None:
    assert parting([*shares(100, 0), *(patient() for _ in range(9))]) == []


def test_what_is_declared_and_was_not_sent_is_told() -> None:
    assert kinds([patient()]) == [DifferenceKind.NOT_FOUND]


def test_a_whole_of_which_a_declared_part_was_sent_is_not_missing() -> None:
    result = {"category": [{"coding": [{"code": "laboratory"}]}], "code": coded()}
    sent: list[Json] = [{"resourceType": "Observation", **result} for _ in range(9)]
    holds = ["investigation_results", "investigation_results.laboratory"]
    assert parting(sent, {"systems/epr/holds": {"coded": holds}}) == []


@pytest.mark.parametrize(
    ("declared", "code_system", "differs"),
    [
        (["SNOMED CT"], "http://snomed.info/sct", False),
        (["http://snomed.info/sct/"], "http://snomed.info/sct|2026", False),
        (["snomed  ct"], "urn:oid:2.16.840.1.113883.6.96", False),
        (["dm+d"], "http://snomed.info/sct", True),
        (["SNOMED CT"], LOCAL, True),
        ([], LOCAL, False),
    ],
)
def test_code_systems_are_compared_however_they_are_written(
    declared: list[str], code_system: str, differs: bool
) -> None:
    changes: dict[str, object] = {
        "systems/epr/holds/medications/code_systems": declared,
        "systems/epr/holds/medications/form": "structured",
        "flows/feed/carries": {"medications": "text"},
    }
    found = kinds([medicine(coded(code_system)) for _ in range(20)], changes)
    assert (DifferenceKind.CODE_SYSTEM in found) is differs


@pytest.mark.parametrize(
    ("domains", "valid", "differs"),
    [
        (["nhs_number"], 18, True),
        (["nhs_number"], 19, False),
        (["local"], 0, False),
        ("unknown", 0, False),
    ],
)
def test_a_system_that_lacks_the_numbers_it_is_declared_to_go_by_is_told(
    domains: object, valid: int, differs: bool
) -> None:
    people = [patient(VALID if place < valid else None) for place in range(20)]
    sent = [*shares(100, 0), *people]
    found = kinds(sent, {"systems/epr/identity_domains": domains})
    assert found == ([DifferenceKind.IDENTIFIER] if differs else [])


def test_a_system_that_is_not_in_the_profile_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(NotFoundError, match=r"of ep, .* \(did you mean epr\?\)"):
        payloads(partners(), {"ep": []})
