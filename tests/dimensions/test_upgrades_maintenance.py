"""Upgrades and maintenance: owners of connected systems, fresh tests, available routes."""

from datetime import date, timedelta

import pytest

from sharedcare.dimensions.upgrades_maintenance import DIMENSION, SUPPORT_DAYS
from sharedcare.vocabulary import Outcome
from tests.builders import AS_OF, Shown, assert_shown, criterion_of, findings, two_partners

OWNED = {"systems/epr/owner": "Records lead", "systems/asc/owner": "Head of adult care"}
TESTED = "upgrades_maintenance.crossings_tested"
AVAILABLE = "upgrades_maintenance.critical_routes_available"


def run_on(day: str | None, kind: str = "test") -> dict[str, object]:
    return two_partners(
        {"flows/feed/evidence": ["run"], "evidence/run": {"kind": kind, "date": day}}
    )


def available(epr: object, asc: object) -> dict[str, object]:
    return two_partners({"systems/epr/availability": epr, "systems/asc/availability": asc})


SUPPORT = "upgrades_maintenance.support_lasts"


def supported(days: int, **epr: object) -> dict[str, object]:
    """Two partners whose systems are supported for so many days yet."""
    until = {f"systems/{key}/support_until": day_in(days) for key in ("epr", "asc")}
    return two_partners(until | {f"systems/epr/{key}": value for key, value in epr.items()})


def day_in(days: int) -> str:
    return (date.fromisoformat(AS_OF) + timedelta(days=days)).isoformat()


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
    SUPPORT: Shown(
        fires=supported(SUPPORT_DAYS - 1), passes=supported(SUPPORT_DAYS), silent=two_partners()
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


def support_of(maps: dict[str, object]) -> dict[str, Outcome]:
    return {one.about: one.outcome for one in findings(criterion_of(DIMENSION, SUPPORT), **maps)}


def test_a_system_that_no_need_hangs_on_is_not_asked_how_long_it_is_supported() -> None:
    maps = two_partners({"systems/payroll": {"organisation": "council"}})
    assert set(support_of(maps)) == {"systems.epr", "systems.asc"}


def test_what_the_organisation_made_itself_has_no_supplier_whose_support_could_end() -> None:
    assert "systems.epr" not in support_of(supported(1, supplier="none"))


def test_a_system_past_its_support_does_not_stay_supported() -> None:
    past = supported(1_000, lifecycle="end_of_support")
    assert support_of(past)["systems.epr"] is Outcome.NOT_MET


def test_where_a_need_only_may_hang_on_a_system_the_end_of_its_support_tells_nothing() -> None:
    changes = {"needs/medicines/max_age": "1 h", "flows/feed/delay": "unknown"}
    unsure = two_partners({**changes, "systems/epr/support_until": day_in(1)})
    assert support_of(unsure)["systems.epr"] is Outcome.NOT_EVIDENCED
