"""System configuration: does it come together, open in place, and get found."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.system_configuration import DIMENSION, SEARCH_AT_MOST
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

TWO_THINGS = {"needs/medicines/content": ["medications", "allergies"]}
BOTH_CARRIED = {**TWO_THINGS, "flows/feed/carries": ["medications", "allergies"]}
VIEW = {"name": "Record view", "from": "epr", "to": "asc", "mode": "view"}


def view(**said: object) -> dict[str, object]:
    return two_partners({"flows/feed": {**VIEW, **said}})


SHOWN = {
    "system_configuration.comes_together": Shown(
        fires=two_partners(TWO_THINGS),
        passes=two_partners(BOTH_CARRIED),
        silent=two_partners({**BOTH_CARRIED, "flows/feed/status": "unknown"}),
    ),
    "system_configuration.opens_in_place": Shown(
        fires=view(mechanism="separate_login"),
        passes=view(mechanism="in_context_launch"),
        silent=view(),
    ),
    "system_configuration.found_quickly": Shown(
        fires=two_partners({"needs/medicines/search_time": "121 s"}),
        passes=two_partners({"needs/medicines/search_time": str(SEARCH_AT_MOST)}),
        silent=two_partners(),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def together(changes: Mapping[str, object]) -> list[Outcome]:
    criterion = criterion_of(DIMENSION, "system_configuration.comes_together")
    return [one.outcome for one in findings(criterion, **two_partners(changes))]


def test_a_need_for_one_thing_has_nothing_to_bring_together() -> None:
    assert together({}) == []


def test_two_systems_with_a_part_each_do_not_bring_it_together() -> None:
    second = {"organisation": "council", "holds": ["allergies"]}
    uses = ["asc", "second"]
    changes = {"systems/second": second, "stakeholders/social_worker/uses": uses}
    assert together({**TWO_THINGS, **changes}) == [Outcome.NOT_MET]


def test_a_wider_category_brings_its_parts_and_all_brings_everything() -> None:
    parts = {"needs/medicines/content": ["medications.repeat", "medications.on_discharge"]}
    assert together(parts) == [Outcome.MET]
    assert together({**TWO_THINGS, "flows/feed/carries": {"as_held": "all"}}) == [Outcome.MET]


def test_a_thing_that_is_not_required_need_not_be_there() -> None:
    optional = {"category": "allergies", "required": False}
    content = ["medications", "medications.repeat", optional]
    assert together({"needs/medicines/content": content}) == [Outcome.MET]


def test_a_system_of_which_nobody_knows_whether_it_is_in_use_settles_nothing() -> None:
    unsure = {**BOTH_CARRIED, "systems/asc/lifecycle": "unknown"}
    assert together(unsure) == [Outcome.NOT_EVIDENCED]
    assert together({**unsure, "systems/asc/lifecycle": "retired"}) == [Outcome.NOT_MET]


def test_a_role_that_is_not_let_in_has_nothing_before_it() -> None:
    shut = {"stakeholders/social_worker/uses": [{"system": "asc", "access": False}]}
    assert together({**BOTH_CARRIED, **shut}) == [Outcome.NOT_MET]


def test_what_is_delivered_is_not_looked_up() -> None:
    criterion = criterion_of(DIMENSION, "system_configuration.opens_in_place")
    assert findings(criterion, **two_partners()) == []


def test_the_reader_answers_for_how_a_view_opens() -> None:
    criterion = criterion_of(DIMENSION, "system_configuration.opens_in_place")
    assert [one.organisation for one in findings(criterion, **view())] == ["council"]


def test_the_question_prints_the_time_that_the_code_uses() -> None:
    criterion = criterion_of(DIMENSION, "system_configuration.found_quickly")
    assert str(SEARCH_AT_MOST) in criterion.question


def test_one_of_several_systems_that_brings_it_together_is_enough() -> None:
    changes = {
        **BOTH_CARRIED,
        "systems/second": {"organisation": "council"},
        "stakeholders/social_worker/uses": ["second", "asc"],
    }
    assert together(changes) == [Outcome.MET]


def test_a_flow_from_a_system_that_may_not_be_in_use_settles_nothing() -> None:
    unsure = {**BOTH_CARRIED, "systems/epr/lifecycle": "unknown"}
    assert together(unsure) == [Outcome.NOT_EVIDENCED]


def test_a_flow_that_is_planned_brings_nothing() -> None:
    assert together({**BOTH_CARRIED, "flows/feed/status": "planned"}) == [Outcome.NOT_MET]


def test_part_held_and_part_perhaps_brought_settles_nothing() -> None:
    parts = {**TWO_THINGS, "systems/asc/holds": ["allergies"], "flows/feed/status": "unknown"}
    assert together(parts) == [Outcome.NOT_EVIDENCED]
    known = {
        "flows/other": {"from": "epr", "to": "asc", "mode": "push", "carries": ["allergies"]},
        "flows/feed/status": "unknown",
    }
    assert together({**TWO_THINGS, **known}) == [Outcome.NOT_EVIDENCED]


def test_whether_a_role_is_let_in_may_be_what_is_not_known() -> None:
    access = [{"system": "asc", "access": "unknown"}]
    unsure = {**BOTH_CARRIED, "stakeholders/social_worker/uses": access}
    assert together(unsure) == [Outcome.NOT_EVIDENCED]
    retired = {**unsure, "systems/asc/lifecycle": "retired"}
    assert together(retired) == [Outcome.NOT_MET]
