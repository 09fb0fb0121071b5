"""Incentives: who pays, who works, who gains."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.incentives import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

CALL = {"name": "Ward call", "from": "epr", "to": "asc", "mode": "manual"}


def call(**said: object) -> dict[str, object]:
    return two_partners({"flows/feed": {**CALL, **said}})


def hospital_asks_for(content: list[object], **feed: object) -> dict[str, object]:
    """The hospital, of which the council needs something, has a need of its own."""
    return two_partners(
        {
            "stakeholders/nurse": {"organisation": "hospital", "uses": ["epr"]},
            "needs/own": {"stakeholder": "nurse", "content": content, "purpose": "direct_care"},
            "systems/asc/holds": ["assessments"],
            "flows/back": {
                "from": "asc", "to": "epr", "mode": "push", "delay": "1 h",
                "carries": {"as_held": "all"}, "basis": "direct_care", **feed,
            },
        }
    )  # fmt: skip


SHOWN = {
    "incentives.funder_named": Shown(
        fires={"organisations": {"hospital": {"funder": "none"}}},
        passes={"organisations": {"hospital": {"funder": "Integrated care board"}}},
        silent={"organisations": {"hospital": {}}},
    ),
    "incentives.payer_named": Shown(
        fires={"changes": {"feed": {"paid_by": "none"}}},
        passes={"changes": {"feed": {"paid_by": "Council"}}},
        silent={"changes": {"feed": {}}},
    ),
    "incentives.work_bearable": Shown(
        fires=call(staff_time="301 s"), passes=call(staff_time="5 min"), silent=call()
    ),
    "incentives.supplier_gains": Shown(
        fires=two_partners(
            {
                "stakeholders/nurse": {"organisation": "hospital"},
                "needs/own": {
                    "stakeholder": "nurse", "content": ["assessments"], "purpose": "direct_care"
                },
            }
        ),
        passes=two_partners(
            {
                "stakeholders/nurse": {"organisation": "hospital", "uses": ["epr"]},
                "needs/own": {
                    "stakeholder": "nurse", "content": ["medications"], "purpose": "direct_care"
                },
            }
        ),
        silent=two_partners(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def of_hospital(maps: Mapping[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, "incentives.supplier_gains"), **maps)
    return [one.outcome for one in found if one.organisation == "hospital"]


def test_a_partner_gains_when_what_it_needs_comes_in() -> None:
    assert of_hospital(hospital_asks_for(["assessments"])) == [Outcome.MET]
    assert of_hospital(hospital_asks_for(["assessments"], status="planned")) == [Outcome.NOT_MET]


def test_a_gain_that_is_undetermined_is_not_evidenced() -> None:
    maps = hospital_asks_for(["assessments"], status="unknown")
    assert of_hospital(maps) == [Outcome.NOT_EVIDENCED]


def test_a_partner_that_nobody_asks_is_not_asked_for_its_gain() -> None:
    maps = two_partners({"stakeholders/social_worker/organisation": "hospital"})
    assert findings(criterion_of(DIMENSION, "incentives.supplier_gains"), **maps) == []


def work_of(maps: Mapping[str, object]) -> list[str | None]:
    found = findings(criterion_of(DIMENSION, "incentives.work_bearable"), **maps)
    return [one.organisation for one in found]


def test_the_sender_works_where_somebody_calls_and_the_receiver_where_it_is_typed_in() -> None:
    assert work_of(call()) == ["hospital"]
    assert work_of(two_partners({"flows/feed/rekeyed": True})) == ["council"]
    assert work_of(two_partners({"flows/feed/staff_time": "1 min"})) == ["council"]
    not_typed = {"flows/feed/staff_time": "1 min", "flows/feed/rekeyed": False}
    assert work_of(two_partners(not_typed)) == []
    assert work_of(two_partners()) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "how long an item takes the staff is not known"),
        ({"staff_time": "unknown"}, "how long an item takes the staff is not known"),
        ({"staff_time": "10 min"}, "an item takes the staff 10 min"),
    ],
)
def test_the_time_and_what_is_asked_for_are_both_told(said: dict[str, object], told: str) -> None:
    criterion = criterion_of(DIMENSION, "incentives.work_bearable")
    (found,) = findings(criterion, **call(**said))
    assert found.message == f"Ward call: {told}; 5 min is the most that is asked for."


def test_the_work_of_a_person_outside_the_organisations_is_nobodys_cost() -> None:
    told = {**CALL, "from": "person", "staff_time": "1 h"}
    assert work_of(two_partners({"flows/feed": told, "stakeholders/person": {}})) == []


def test_a_need_that_is_partly_met_is_a_gain() -> None:
    maps = hospital_asks_for(["assessments"], reach=0.5)
    assert of_hospital(maps) == [Outcome.MET]


def test_a_partner_that_states_no_need_is_told_so() -> None:
    criterion = criterion_of(DIMENSION, "incentives.supplier_gains")
    messages = [one.message for one in findings(criterion, **two_partners())]
    assert messages == [
        "Hospital: others ask for what it holds; what it needs itself is not in the profile."
    ]
