"""Existing infrastructures and legacy systems: what is held, opened, supported and replaced."""

import pytest

from sharedcare.dimensions.legacy_systems import DIMENSION, NOTICE_MONTHS
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

HELD = {"systems/asc/holds": {"services_and_care": "text"}}
SUPPORTED = {"systems/epr/support_until": "2030-01-01", "systems/asc/support_until": "2030-01-01"}
ENDED = {"systems/epr/support_until": "2026-10-31", "systems/asc/lifecycle": "end_of_support"}
RETIRES = {"patches": {"systems": {"epr": {"lifecycle": "retired"}}}}
REMOVES = {"removes": {"systems": ["epr"]}}
NOTHING_HELD: dict[str, object] = {"systems/epr/holds": {}, "systems/asc/holds": {}}
ENDING = {"systems/epr/support_until": "2027-11-01"}

SHOWN = {
    "legacy_systems.holdings_listed": Shown(
        fires=two_partners(NOTHING_HELD),
        passes=two_partners(HELD),
        silent={"organisations": {"council": {}}, "systems": {"asc": {"organisation": "council"}}},
    ),
    "legacy_systems.machine_interface": Shown(
        fires=two_partners({"flows/feed/mechanism": "fax"}),
        passes=two_partners(),
        silent=two_partners({"flows/feed/mechanism": None}),
    ),
    "legacy_systems.critical_needs_supported": Shown(
        fires=two_partners(ENDED), passes=two_partners(SUPPORTED), silent=two_partners()
    ),
    "legacy_systems.changed_in_time": Shown(
        fires=two_partners({**ENDING, "changes/new": {**RETIRES, "duration": "366 d"}}),
        passes=two_partners({**ENDING, "changes/new": {**REMOVES, "duration": "365 d"}}),
        silent=two_partners({**ENDING, "changes/new": RETIRES}),
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
    assert findings(criterion_of(DIMENSION, "legacy_systems.changed_in_time"), **maps) == []


def test_support_that_has_ended_is_no_longer_a_matter_of_time() -> None:
    criterion = criterion_of(DIMENSION, "legacy_systems.changed_in_time")
    assert findings(criterion, **two_partners(ENDED)) == []


def test_a_change_that_nobody_planned_may_still_be_planned() -> None:
    criterion = criterion_of(DIMENSION, "legacy_systems.changed_in_time")
    elsewhere = {"changes/new": {"removes": {"systems": ["asc"]}, "duration": "1 d"}}
    for maps in (two_partners(ENDING), two_partners({**ENDING, **elsewhere})):
        assert [one.outcome for one in findings(criterion, **maps)] == [Outcome.NOT_EVIDENCED]


def test_a_system_that_passes_on_what_others_hold_need_hold_nothing() -> None:
    hub = {"organisation": "council", "kind": "portal"}
    maps = {"organisations": {"council": {}}, "systems": {"hub": hub}}
    found = findings(criterion_of(DIMENSION, "legacy_systems.holdings_listed"), **maps)
    assert [one.outcome for one in found] == [Outcome.NOT_APPLICABLE]


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
