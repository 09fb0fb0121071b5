"""Architecture and migration path: alternatives, owners, an order that can be kept, punctuality."""

import pytest

from sharedcare.dimensions.architecture_migration import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

HUB = {"name": "One hub", "group": "shape"}
QUERIES = {"name": "Queries to many", "group": "shape"}


def planned(**more: object) -> dict[str, object]:
    flow = {"name": "Back feed", "from": "asc", "to": "epr", "mode": "push", "status": "planned"}
    return two_partners({"flows/back": {**flow, **more}})


SHOWN = {
    "architecture_migration.alternatives_put": Shown(
        fires={"options": {"hub": HUB}},
        passes={"options": {"hub": HUB, "queries": QUERIES}},
        silent={"options": {"hub": HUB, "queries": {"name": "Queries to many"}}},
    ),
    "architecture_migration.owners_named": Shown(
        fires={"changes": {"sign": {"name": "Sign it", "owner": "none"}}},
        passes={"changes": {"sign": {"name": "Sign it", "owner": "Governance lead"}}},
        silent={"changes": {"sign": {"name": "Sign it"}}},
    ),
    "architecture_migration.order_possible": Shown(
        fires={"changes": {"a": {"requires": ["b"]}, "b": {"requires": ["a"]}}},
        passes={"changes": {"a": {"requires": ["b"]}, "b": {"requires": []}}},
        silent={"changes": {"a": {"requires": ["b"]}, "b": {}}},
    ),
    "architecture_migration.steps_on_time": Shown(
        fires=planned(valid={"from": "2026-10-31"}),
        passes=planned(valid={"from": "2026-11-01"}),
        silent=planned(),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_an_option_of_another_group_is_no_alternative() -> None:
    options = {"hub": HUB, "training": {"name": "Joint training", "group": "people"}}
    criterion = criterion_of(DIMENSION, "architecture_migration.alternatives_put")
    found = findings(criterion, options=options)
    assert {one.outcome for one in found} == {Outcome.NOT_MET}


def test_a_change_that_needs_two_which_exclude_each_other_can_never_be_done() -> None:
    changes = {
        "view": {"name": "The view", "requires": ["hub", "queries"]},
        "hub": {"name": "The hub", "requires": []},
        "queries": {"name": "The queries", "requires": [], "excludes": ["hub"]},
    }
    criterion = criterion_of(DIMENSION, "architecture_migration.order_possible")
    found = {one.about: one for one in findings(criterion, changes=changes)}
    assert found["changes.view"].message == (
        "The view can never be done: The queries excludes The hub."
    )
    assert found["changes.hub"].outcome is Outcome.MET
    assert found["changes.queries"].outcome is Outcome.MET


def test_a_change_that_requires_itself_by_way_of_others_is_found() -> None:
    changes = {"a": {"requires": ["b"]}, "b": {"requires": ["c"]}, "c": {"requires": ["a"]}}
    criterion = criterion_of(DIMENSION, "architecture_migration.order_possible")
    assert {one.outcome for one in findings(criterion, changes=changes)} == {Outcome.NOT_MET}


def test_a_flow_that_runs_is_no_longer_asked_whether_it_is_late() -> None:
    criterion = criterion_of(DIMENSION, "architecture_migration.steps_on_time")
    assert findings(criterion, **planned(status="live", valid={"from": "2026-01-01"})) == []
