"""Organizational complexity: roles, what they work in, what they do, and how many sites."""

import pytest

from sharedcare.dimensions.organizational_complexity import (
    DIMENSION,
    roles_in_one_partner,
    sites_in_one_entry,
    systems_in_one_partner,
)
from tests.builders import Shown, assert_shown, criterion_of, evidence, findings, two_partners

ORGANISATIONS = {"hospital": {"name": "Hospital"}}
NURSE = {"name": "Ward nurse", "organisation": "hospital"}
STEP = {"id": "plan", "actor": "nurse"}


def partner(**maps: object) -> dict[str, object]:
    return {"organisations": ORGANISATIONS, "stakeholders": {"nurse": NURSE}, **maps}


def step(**said: object) -> dict[str, object]:
    activities = {"round": {"name": "Board round", "actor": "provider", "stage": "back"}}
    return partner(activities=activities, pathways={"discharge": {"steps": [{**STEP, **said}]}})


def sites(instances: int, **reach: object) -> dict[str, object]:
    said = {f"flows/feed/{key}": value for key, value in reach.items()}
    return two_partners({"organisations/hospital/instances": instances, **said})


SHOWN = {
    "organizational_complexity.tools_named": Shown(
        fires=partner(stakeholders={"nurse": {**NURSE, "uses": []}}),
        passes=partner(
            systems={"epr": {"organisation": "hospital"}},
            stakeholders={"nurse": {**NURSE, "uses": ["epr"]}},
        ),
        silent=partner(),
    ),
    "organizational_complexity.work_described": Shown(
        fires=step(activities=[]), passes=step(activities=["round"]), silent=step()
    ),
    "organizational_complexity.sites_reached": Shown(
        fires=sites(30, reach="23 of 30"), passes=sites(30, reach="24 of 30"), silent=sites(30)
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_partner_with_one_site_is_not_asked_how_many_a_flow_reaches() -> None:
    criterion = criterion_of(DIMENSION, "organizational_complexity.sites_reached")
    assert findings(criterion, **sites(1)) == []


def test_a_step_of_the_person_cared_for_is_no_organisations_work() -> None:
    criterion = criterion_of(DIMENSION, "organizational_complexity.work_described")
    maps = step(actor="person")
    maps["stakeholders"] = {"person": {}}
    assert findings(criterion, **maps) == []


def test_the_measures_count_the_partner_with_most() -> None:
    maps = two_partners({"systems/old": {"organisation": "council", "lifecycle": "retired"}})
    assert systems_in_one_partner(evidence(**maps)) == 1
    assert roles_in_one_partner(evidence(**maps)) == 1
    assert sites_in_one_entry(evidence(**sites(30))) == 30


def test_without_anything_to_count_a_measure_says_nothing() -> None:
    nothing = evidence()
    measures = (systems_in_one_partner, roles_in_one_partner, sites_in_one_entry)
    assert [count(nothing) for count in measures] == [None, None, None]
