"""Upgrades and maintenance: owners of connected systems, fresh tests, available routes."""

import pytest

from sharedcare.dimensions.upgrades_maintenance import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

OWNED = {"systems/epr/owner": "Records lead", "systems/asc/owner": "Head of adult care"}
TESTED = "upgrades_maintenance.crossings_tested"
AVAILABLE = "upgrades_maintenance.critical_routes_available"


def run_on(day: str | None, kind: str = "test") -> dict[str, object]:
    return two_partners(
        {"flows/feed/evidence": ["run"], "evidence/run": {"kind": kind, "date": day}}
    )


def available(epr: object, asc: object) -> dict[str, object]:
    return two_partners({"systems/epr/availability": epr, "systems/asc/availability": asc})


SHOWN = {
    "upgrades_maintenance.owners_named": Shown(
        fires=two_partners({"systems/epr/owner": "none", "systems/asc/owner": "none"}),
        passes=two_partners(OWNED),
        silent=two_partners(),
    ),
    TESTED: Shown(fires=run_on("2025-10-31"), passes=run_on("2026-10-31"), silent=two_partners()),
    AVAILABLE: Shown(
        fires=available(0.98, 0.999), passes=available(0.99, 1), silent=two_partners()
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_system_that_exchanges_with_nobody_needs_no_owner_here() -> None:
    maps = two_partners({"systems/payroll": {"organisation": "council"}})
    found = findings(criterion_of(DIMENSION, "upgrades_maintenance.owners_named"), **maps)
    assert {one.about for one in found} == {"systems.epr", "systems.asc"}


@pytest.mark.parametrize("day", [None, "2026-11-02"])
def test_a_test_without_a_day_or_of_the_future_tells_nothing(day: str | None) -> None:
    (found,) = findings(criterion_of(DIMENSION, TESTED), **run_on(day))
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_a_document_is_no_test() -> None:
    (found,) = findings(criterion_of(DIMENSION, TESTED), **run_on("2026-10-31", "document"))
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_a_fresh_test_counts_beside_a_stale_one() -> None:
    changes = {
        "flows/feed/evidence": ["old", "new"],
        "evidence/old": {"kind": "test", "date": "2020-01-01"},
        "evidence/new": {"kind": "test", "date": "2026-09-01"},
    }
    (found,) = findings(criterion_of(DIMENSION, TESTED), **two_partners(changes))
    assert found.outcome is Outcome.MET


def test_an_undated_test_may_be_newer_than_a_stale_one() -> None:
    changes = {
        "flows/feed/evidence": ["old", "new"],
        "evidence/old": {"kind": "test", "date": "2020-01-01"},
        "evidence/new": {"kind": "test"},
    }
    (found,) = findings(criterion_of(DIMENSION, TESTED), **two_partners(changes))
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_the_system_that_is_down_too_often_is_named() -> None:
    (found,) = findings(criterion_of(DIMENSION, AVAILABLE), **available(0.98, None))
    assert found.message == (
        "Medicines on the first evening rests on Hospital record, "
        "up for less than 99 % of the time."
    )


def test_availability_of_one_system_does_not_speak_for_the_other() -> None:
    (found,) = findings(criterion_of(DIMENSION, AVAILABLE), **available(0.999, None))
    assert found.outcome is Outcome.NOT_EVIDENCED
