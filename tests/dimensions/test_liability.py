"""Liability: owners of what is sent, and safety where it passes through."""

from datetime import date, timedelta

import pytest

from sharedcare.dimensions.liability import CASE_WITHIN_DAYS, DIMENSION, HAZARDS_WITHIN_DAYS
from tests.builders import AS_OF, Shown, assert_shown, criterion_of, findings, two_partners


def days_ago(days: int) -> str:
    return (date.fromisoformat(AS_OF) - timedelta(days=days)).isoformat()


def safety(**said: object) -> dict[str, object]:
    return two_partners({"systems/epr/safety": said, "systems/asc/safety": said})


SHOWN = {
    "liability.owner_named": Shown(
        fires=two_partners({"flows/feed/owner": "none"}),
        passes=two_partners({"flows/feed/owner": "Chief pharmacist"}),
        silent=two_partners(),
    ),
    "liability.safety_officer_named": Shown(
        fires=safety(officer="none"),
        passes=safety(officer="Chief nurse"),
        silent=two_partners(),
    ),
    "liability.safety_case_current": Shown(
        fires=safety(case_reviewed=days_ago(CASE_WITHIN_DAYS + 1)),
        passes=safety(case_reviewed=days_ago(CASE_WITHIN_DAYS)),
        silent=safety(case_reviewed="unknown"),
    ),
    "liability.hazard_log_current": Shown(
        fires=safety(hazards_reviewed=days_ago(HAZARDS_WITHIN_DAYS + 1)),
        passes=safety(hazards_reviewed=days_ago(HAZARDS_WITHIN_DAYS)),
        silent=two_partners(),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def looked_at(criterion_id: str, changes: dict[str, object]) -> list[str]:
    criterion = criterion_of(DIMENSION, f"liability.{criterion_id}")
    return [one.about for one in findings(criterion, **two_partners(changes))]


def test_only_what_safety_critical_needs_ask_for_is_looked_at() -> None:
    ordinary: dict[str, object] = {"needs/medicines/safety_critical": False}
    assert looked_at("owner_named", ordinary) == []
    assert looked_at("safety_officer_named", ordinary) == []
    assert looked_at("owner_named", {"flows/feed/carries": ["funding"]}) == []


def test_what_is_carried_in_part_or_as_a_whole_is_looked_at() -> None:
    assert looked_at("owner_named", {"flows/feed/carries": ["medications.repeat"]})
    assert looked_at("owner_named", {"needs/medicines/content": ["medications.repeat"]})
    assert looked_at("owner_named", {"flows/feed/carries": {"as_held": "all"}})


def test_the_systems_on_the_route_and_the_roles_own_are_looked_at() -> None:
    assert looked_at("safety_officer_named", {}) == ["systems.epr", "systems.asc"]
    unmet: dict[str, object] = {"flows/feed/status": "retired"}
    assert looked_at("safety_officer_named", unmet) == ["systems.asc"]


def test_paper_has_no_safety_case() -> None:
    paper: dict[str, object] = {"systems/asc/kind": "paper"}
    assert looked_at("safety_case_current", paper) == ["systems.epr"]


def test_a_review_that_is_dated_later_than_today_tells_nothing() -> None:
    criterion = criterion_of(DIMENSION, "liability.safety_case_current")
    found = findings(criterion, **safety(case_reviewed=days_ago(-1)))
    assert {one.outcome.value for one in found} == {"not_evidenced"}


def test_the_questions_print_the_days_that_the_code_uses() -> None:
    case = criterion_of(DIMENSION, "liability.safety_case_current")
    hazards = criterion_of(DIMENSION, "liability.hazard_log_current")
    assert str(CASE_WITHIN_DAYS) in case.question
    assert str(HAZARDS_WITHIN_DAYS) in hazards.question


def test_one_category_among_those_carried_is_enough_to_be_looked_at() -> None:
    assert looked_at("owner_named", {"flows/feed/carries": ["funding", "medications"]})
