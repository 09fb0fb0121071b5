"""Training: who has been trained, and whether changes come with something for people."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.training import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

WORKER = "stakeholders/social_worker"
FEED = {"name": "New feed", "kind": "technical"}
ALONE = {**FEED, "requires": []}
LESSON = {"name": "Lesson", "kind": "workforce", "requires": []}


def changes(**entries: Mapping[str, object]) -> dict[str, object]:
    return {"changes": entries}


SHOWN = {
    "training.enough_trained": Shown(
        fires=two_partners({f"{WORKER}/trained": "9 of 12"}),
        passes=two_partners({f"{WORKER}/trained": "10 of 12"}),
        silent=two_partners(),
    ),
    "training.comes_with_change": Shown(
        fires=changes(feed=ALONE, lesson=LESSON),
        passes=changes(feed={**FEED, "requires": "lesson"}, lesson=LESSON),
        silent=changes(feed=FEED, lesson=LESSON),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def bound(maps: Mapping[str, object]) -> dict[str, Outcome]:
    found = findings(criterion_of(DIMENSION, "training.comes_with_change"), **maps)
    return {one.about: one.outcome for one in found}


def test_training_that_requires_the_change_comes_with_it_too() -> None:
    maps = changes(feed=FEED, lesson={**LESSON, "requires": "feed"})
    assert bound(maps) == {"changes.feed": Outcome.MET}


def test_training_is_bound_through_a_change_between() -> None:
    between = {"kind": "governance", "requires": "lesson"}
    maps = changes(feed={**FEED, "requires": "pact"}, pact=between, lesson=LESSON)
    assert bound(maps) == {"changes.feed": Outcome.MET}


def test_a_change_that_does_not_say_its_kind_may_be_for_people_or_technical() -> None:
    maps = changes(feed={**FEED, "requires": "lesson"}, lesson={"name": "Lesson", "requires": []})
    unsure = Outcome.NOT_EVIDENCED
    assert bound(maps) == {"changes.feed": unsure, "changes.lesson": unsure}


def test_as_long_as_a_change_does_not_say_what_it_requires_it_may_be_bound_to_another() -> None:
    silent = {"kind": "governance"}
    assert bound(changes(feed=ALONE, pact=silent)) == {"changes.feed": Outcome.NOT_EVIDENCED}


def test_two_changes_that_share_a_requirement_are_not_bound_to_each_other() -> None:
    maps = changes(
        feed={**FEED, "requires": "pact"},
        pact={"kind": "governance", "requires": []},
        lesson={**LESSON, "requires": "pact"},
    )
    assert bound(maps) == {"changes.feed": Outcome.NOT_MET}


def test_changes_that_require_each_other_in_a_ring_come_to_an_end() -> None:
    maps = changes(feed={**FEED, "requires": "other"}, other={**FEED, "requires": "feed"})
    assert set(bound(maps).values()) == {Outcome.NOT_MET}


def test_a_role_that_works_in_no_system_in_use_is_not_asked() -> None:
    criterion = criterion_of(DIMENSION, "training.enough_trained")
    assert findings(criterion, **two_partners({"systems/asc/lifecycle": "retired"})) == []


def test_a_share_between_the_ends_of_a_range_settles_nothing() -> None:
    spanning = {f"{WORKER}/trained": {"low": 0.5, "high": 0.9}}
    found = findings(criterion_of(DIMENSION, "training.enough_trained"), **two_partners(spanning))
    assert [one.outcome for one in found] == [Outcome.NOT_EVIDENCED]
