"""Existing infrastructures and legacy systems: what is held, opened, supported and replaced."""

import pytest

from sharedcare.dimensions.legacy_systems import DIMENSION, NOTICE_MONTHS
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

HELD = {"systems/asc/holds": {"services_and_care": "text"}}
SUPPORTED = {"systems/epr/support_until": "2030-01-01", "systems/asc/support_until": "2030-01-01"}
ENDED = {"systems/epr/support_until": "2026-10-31", "systems/asc/lifecycle": "end_of_support"}
REPLACED = {
    "changes/new_record": {"patches": {"systems": {"epr": {"lifecycle": "retired"}}}},
    "changes/new_care_system": {"removes": {"systems": ["asc"]}},
}
NO_SOURCE_SYSTEM: dict[str, object] = {"systems/epr/holds": {}}

SHOWN = {
    "legacy_systems.holdings_listed": Shown(
        fires=two_partners(NO_SOURCE_SYSTEM),
        passes=two_partners(HELD),
        silent=two_partners(
            {"systems": {"hub": {"organisation": "council", "kind": "portal"}}, "flows": {}}
            | {"stakeholders": {}, "needs": {}}
        ),
    ),
    "legacy_systems.machine_interface": Shown(
        fires=two_partners({"flows/feed/mechanism": "fax"}),
        passes=two_partners(),
        silent=two_partners({"flows/feed/mechanism": None}),
    ),
    "legacy_systems.critical_needs_supported": Shown(
        fires=two_partners(ENDED), passes=two_partners(SUPPORTED), silent=two_partners()
    ),
    "legacy_systems.ageing_planned": Shown(
        fires=two_partners(ENDED),
        passes=two_partners({**ENDED, **REPLACED}),
        silent=two_partners(SUPPORTED),
    ),
    "legacy_systems.all_supported": Shown(
        fires=two_partners(ENDED), passes=two_partners(SUPPORTED), silent=two_partners()
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_support_that_ends_on_the_day_still_holds() -> None:
    maps = two_partners({**SUPPORTED, "systems/epr/support_until": "2026-11-01"})
    criterion = criterion_of(DIMENSION, "legacy_systems.all_supported")
    assert {one.outcome for one in findings(criterion, **maps)} == {Outcome.MET}


def test_one_late_system_on_a_critical_route_is_named() -> None:
    maps = two_partners({**SUPPORTED, "systems/epr/support_until": "2026-10-31"})
    (found,) = findings(criterion_of(DIMENSION, "legacy_systems.critical_needs_supported"), **maps)
    assert found.message == (
        "Medicines on the first evening is safety-critical and rests on Hospital record, "
        "whose support has ended."
    )


def test_a_need_without_a_route_rests_on_nothing_that_could_be_known() -> None:
    maps = two_partners({**ENDED, "flows/feed/status": "planned"})
    (found,) = findings(criterion_of(DIMENSION, "legacy_systems.critical_needs_supported"), **maps)
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_support_that_ends_after_the_notice_needs_no_change_yet() -> None:
    assert NOTICE_MONTHS == 18
    maps = two_partners({**SUPPORTED, "systems/epr/support_until": "2028-06-01"})
    assert findings(criterion_of(DIMENSION, "legacy_systems.ageing_planned"), **maps) == []


def test_a_system_that_nothing_leaves_is_not_asked_how() -> None:
    found = findings(criterion_of(DIMENSION, "legacy_systems.machine_interface"), **two_partners())
    assert [one.about for one in found] == ["systems.epr"]


def test_one_machine_interface_is_enough_beside_a_fax() -> None:
    fax = {"from": "epr", "to": "asc", "mechanism": "fax", "mode": "manual"}
    criterion = criterion_of(DIMENSION, "legacy_systems.machine_interface")
    (found,) = findings(criterion, **two_partners({"flows/fax": fax}))
    assert found.outcome is Outcome.MET


def test_paper_is_not_asked_for_its_support() -> None:
    folder = {"name": "Folder", "organisation": "council", "kind": "paper"}
    criterion = criterion_of(DIMENSION, "legacy_systems.all_supported")
    found = findings(criterion, **two_partners({**SUPPORTED, "systems/folder": folder}))
    assert "systems.folder" not in {one.about for one in found}
