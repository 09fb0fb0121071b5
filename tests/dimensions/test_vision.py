"""Vision: objectives, weights, and the way from a need to what a person notices."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.vision import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

NEED = {"stakeholder": "social_worker", "content": ["allergies"], "purpose": "direct_care"}
VISIT = {"name": "First visit", "actor": "provider", "stage": "front"}
ROUND = {"name": "Board round", "actor": "provider", "stage": "back"}


def activity(**said: object) -> dict[str, object]:
    return two_partners({"activities": {"visit": {**VISIT, **said}}})


def weighed(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    return two_partners({"needs": {"medicines": {**NEED, **one}, "other": {**NEED, **other}}})


SHOWN = {
    "vision.objective_said": Shown(
        fires=two_partners({"needs/medicines/objective": "none"}),
        passes=two_partners({"needs/medicines/objective": "the right medicines at home"}),
        silent=two_partners(),
    ),
    "vision.needs_weighed": Shown(
        fires=weighed({"weight": 1}, {"weight": 1}),
        passes=weighed({"weight": 5}, {"weight": 1}),
        silent=weighed({"weight": 1}, {}),
    ),
    "vision.reaches_the_person": Shown(
        fires=activity(needs="medicines", links={"safe": "absent"}, supports=[]),
        passes=activity(needs="medicines", links={"safe": "definite"}),
        silent=activity(needs="medicines"),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def reaches(maps: Mapping[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, "vision.reaches_the_person"), **maps)
    return [one.outcome for one in found]


def test_a_need_reaches_the_person_through_what_its_activity_supports() -> None:
    way = {"round": {**ROUND, "needs": "medicines", "supports": "visit"}}
    front = {"visit": {**VISIT, "links": {"safe": "definite"}}}
    assert reaches(two_partners({"activities": {**way, **front}})) == [Outcome.MET]


def test_a_link_that_came_with_a_built_in_activity_shows_nothing_of_these_partners() -> None:
    for archetype in ("integrated", "not_integrated"):
        taken = {"built_in": archetype, "door": {"built_in": "named_contact", "needs": "medicines"}}
        assert reaches(two_partners({"activities": taken})) == [Outcome.NOT_EVIDENCED]
    own = {
        "door": {"built_in": "named_contact", "needs": "medicines", "links": {"safe": "definite"}}
    }
    assert reaches(two_partners({"activities": own})) == [Outcome.MET]


def test_activities_that_support_each_other_in_a_ring_come_to_an_end() -> None:
    absent = {"links": {"safe": "absent"}}
    ring = {
        "round": {**ROUND, **absent, "needs": "medicines", "supports": "visit"},
        "visit": {**VISIT, **absent, "supports": "round"},
    }
    assert reaches(two_partners({"activities": ring})) == [Outcome.NOT_MET]


def test_a_need_that_no_activity_names_may_reach_the_person_all_the_same() -> None:
    assert reaches(activity(links={"safe": "definite"})) == [Outcome.NOT_EVIDENCED]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"links": {"safe": "questionable"}, "supports": []}, Outcome.NOT_EVIDENCED),
        ({"links": {"safe": "absent"}}, Outcome.NOT_EVIDENCED),
        ({"supports": []}, Outcome.NOT_EVIDENCED),
        ({"links": {}, "supports": []}, Outcome.NOT_MET),
    ],
)
def test_an_activity_leads_nowhere_only_where_it_says_so(
    said: dict[str, object], outcome: Outcome
) -> None:
    assert reaches(activity(needs="medicines", **said)) == [outcome]


def test_weights_that_are_not_written_are_not_taken_for_the_same() -> None:
    criterion = criterion_of(DIMENSION, "vision.needs_weighed")
    for maps in (weighed({}, {}), weighed({"weight": 5}, {})):
        outcomes = [one.outcome for one in findings(criterion, **maps)]
        assert outcomes == [Outcome.NOT_EVIDENCED]


def test_without_activities_there_is_nothing_to_look_at() -> None:
    assert reaches(two_partners()) == []


def test_safety_weighs_one_need_against_another() -> None:
    criterion = criterion_of(DIMENSION, "vision.needs_weighed")
    found = findings(criterion, **two_partners({"needs/other": NEED}))
    assert [one.outcome for one in found] == [Outcome.MET]
