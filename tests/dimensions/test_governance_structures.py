"""Governance structures: seats of sectors and partners, and who bears what is borne."""

import pytest

from sharedcare.dimensions.governance_structures import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

BOTH_SEATED = {"organisations/hospital/governing": True, "organisations/council/governing": True}
NONE_SEATED = {"organisations/hospital/governing": False, "organisations/council/governing": False}
BORNE = {"criterion": "vision.written", "reason": "the vote is in May", "until": "2027-01-31"}

SHOWN = {
    "governance_structures.sectors_seated": Shown(
        fires=two_partners(NONE_SEATED), passes=two_partners(BOTH_SEATED), silent=two_partners()
    ),
    "governance_structures.partners_seated": Shown(
        fires=two_partners(NONE_SEATED), passes=two_partners(BOTH_SEATED), silent=two_partners()
    ),
    "governance_structures.bearers_named": Shown(
        fires={"suppressions": {"late_vote": {**BORNE, "by": "none"}}},
        passes={"suppressions": {"late_vote": {**BORNE, "by": "Chair of the board"}}},
        silent={"suppressions": {"late_vote": BORNE}},
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_sector_has_a_seat_if_one_of_its_organisations_has() -> None:
    maps = two_partners(
        {
            "organisations/hospital/governing": False,
            "organisations/practices": {"sector": "health", "governing": True},
            "organisations/council/governing": False,
        }
    )
    found = findings(criterion_of(DIMENSION, "governance_structures.sectors_seated"), **maps)
    assert [(one.outcome, one.message) for one in found] == [
        (Outcome.MET, "The sector health has a seat on the governing body."),
        (
            Outcome.NOT_MET,
            "The sector social care handles information but has no seat where that is decided.",
        ),
    ]


def test_whoever_does_not_say_their_sector_may_sit_for_any_and_is_of_one_without_a_known_seat() -> (
    None
):
    maps = two_partners(NONE_SEATED)
    maps["organisations"]["practices"] = {"governing": True}
    criterion = criterion_of(DIMENSION, "governance_structures.sectors_seated")
    assert {one.outcome for one in findings(criterion, **maps)} == {Outcome.NOT_EVIDENCED}
    maps["organisations"]["practices"]["governing"] = False
    assert {one.outcome for one in findings(criterion, **maps)} == {Outcome.NOT_MET}
    del maps["organisations"]["hospital"]["sector"]
    found = [one.message for one in findings(criterion, **maps)]
    assert found[-1] == "Hospital does not say its sector."


def test_an_organisation_that_neither_gives_nor_takes_is_not_asked_for_its_seat() -> None:
    maps = two_partners({"organisations/library": {"sector": "government", "governing": False}})
    found = findings(criterion_of(DIMENSION, "governance_structures.partners_seated"), **maps)
    assert {one.organisation for one in found} == {"hospital", "council"}
