"""Flows of information: messengers, owners, fallbacks, both ways, watching, use, second ways."""

from typing import Any

import pytest

from sharedcare.dimensions.flows_of_information import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

SECOND_WAY = "flows_of_information.more_than_one_way"
MESSENGER = "flows_of_information.without_messenger"
BACK = {"from": "asc", "to": "epr", "mode": "push", "carries": ["services_and_care"]}
HUB_IN = {"from": "epr", "to": "hub", "mode": "push", "carries": {"medications": "coded"}}
HUB_OUT = {**HUB_IN, "from": "hub", "to": "asc", "basis": "direct_care"}


def by_hub(**more: object) -> dict[str, Any]:
    """The medicines go by way of a hub that carries for everybody."""
    hub = {"name": "Hub", "organisation": "hospital", "processor_for": "all"}
    flows = {"in": HUB_IN, "out": HUB_OUT, **more}
    return two_partners({"systems/hub": hub, "flows": flows})


def view(**said: object) -> dict[str, Any]:
    flow = {
        "name": "Window",
        "from": "epr",
        "to": "asc",
        "mode": "view",
        "carries": ["medications"],
    }
    return two_partners({"flows/window": {**flow, **said}})


DIRECT = {**HUB_OUT, "from": "epr"}


def two_feeds(one: dict[str, object], other: dict[str, object]) -> dict[str, Any]:
    """Two councils send a hospital alerts, which a doctor there needs."""
    alerts = {"alerts": {"form": "coded", "history": "5 y"}}
    feed = {"to": "epr", "mode": "batch", "carries": {"coded": ["alerts"]}, "basis": "direct_care"}
    return two_partners(
        {
            "organisations/borough": {"name": "Borough", "sector": "social_care"},
            "systems/asc/holds": alerts,
            "systems/borough_care": {"organisation": "borough", "holds": alerts},
            "stakeholders/doctor": {"organisation": "hospital", "uses": ["epr"]},
            "flows": {
                "council_feed": {**feed, "from": "asc", **one},
                "borough_feed": {**feed, "from": "borough_care", **other},
            },
            "needs": {
                "alerts": {
                    "name": "Alerts on arrival",
                    "stakeholder": "doctor",
                    "content": ["alerts"],
                    "purpose": "direct_care",
                }
            },
        }
    )


DAILY: dict[str, object] = {"interval": "1 d", "delay": "1 h", "history": "12 mo"}
ALIKE = "flows_of_information.feeds_alike"

SHOWN = {
    MESSENGER: Shown(
        fires=two_partners({"flows/feed/mode": "manual", "flows/feed/mechanism": "phone"}),
        passes=two_partners(),
        silent=two_partners({"flows/feed/mechanism": None}),
    ),
    "flows_of_information.owners_named": Shown(
        fires=two_partners({"needs/medicines/owner": "none"}),
        passes=two_partners({"needs/medicines/owner": "Discharge lead"}),
        silent=two_partners(),
    ),
    "flows_of_information.fallbacks_named": Shown(
        fires=two_partners({"needs/medicines/fallback": "none"}),
        passes=two_partners({"needs/medicines/fallback": "Ring the ward"}),
        silent=two_partners(),
    ),
    "flows_of_information.both_ways": Shown(
        fires=two_partners(),
        passes=two_partners({"flows/back": BACK}),
        silent=two_partners({"flows/back": {**BACK, "status": "unknown"}}),
    ),
    "flows_of_information.watched": Shown(
        fires=two_partners({"flows/feed/monitored": False}),
        passes=two_partners({"flows/feed/monitored": True}),
        silent=two_partners(),
    ),
    "flows_of_information.views_opened": Shown(
        fires=view(use={"opened_by": 0.49}), passes=view(use={"opened_by": 0.5}), silent=view()
    ),
    ALIKE: Shown(
        fires=two_feeds(DAILY, {**DAILY, "interval": "1 w"}),
        passes=two_feeds(DAILY, {**DAILY, "interval": "24 h"}),
        silent=two_feeds(DAILY, {**DAILY, "interval": "unknown"}),
    ),
    SECOND_WAY: Shown(
        fires=by_hub(),
        passes=by_hub(direct=DIRECT),
        silent=by_hub(direct={**DIRECT, "status": "unknown"}),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_need_whose_route_is_not_known_tells_nothing_of_messengers() -> None:
    maps = two_partners({"flows/feed/status": "planned"})
    (found,) = findings(criterion_of(DIMENSION, MESSENGER), **maps)
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_only_one_way_says_which_is_missing() -> None:
    (found,) = findings(criterion_of(DIMENSION, "flows_of_information.both_ways"), **two_partners())
    assert found.message == "Only health tells social care: no live flow leads the other way."
    maps = two_partners({"flows": {"back": BACK}})
    (found,) = findings(criterion_of(DIMENSION, "flows_of_information.both_ways"), **maps)
    assert found.message == "Only social care tells health: no live flow leads the other way."


def test_a_planned_flow_back_does_not_make_it_both_ways() -> None:
    maps = two_partners({"flows/back": {**BACK, "status": "planned"}})
    (found,) = findings(criterion_of(DIMENSION, "flows_of_information.both_ways"), **maps)
    assert found.outcome is Outcome.NOT_MET


def test_a_flow_back_of_which_not_all_is_known_settles_nothing() -> None:
    criterion = criterion_of(DIMENSION, "flows_of_information.both_ways")
    ward = {"organisation": "hospital", "lifecycle": "unknown"}
    unsure = {"systems/ward": ward, "flows/back": {**BACK, "to": "ward"}}
    (found,) = findings(criterion, **two_partners(unsure))
    assert (found.outcome, found.message) == (
        Outcome.NOT_EVIDENCED,
        "Surely health tells social care; of a flow that may lead the other way not all is known.",
    )
    maps = two_partners({**unsure, "systems/asc/lifecycle": "live"})
    maps["systems"]["ward"]["lifecycle"] = "retired"
    assert [one.outcome for one in findings(criterion, **maps)] == [Outcome.NOT_MET]
    of_nobody = {"organisations/practice": {}, "systems/gp": {"organisation": "practice"}}
    maps = two_partners({**of_nobody, "flows/back": {**BACK, "to": "gp"}})
    assert [one.outcome for one in findings(criterion, **maps)] == [Outcome.NOT_EVIDENCED]


def test_other_sectors_have_no_part_in_both_ways() -> None:
    criterion = criterion_of(DIMENSION, "flows_of_information.both_ways")
    assert findings(criterion, **two_partners({"organisations/council/sector": "voluntary"})) == []


@pytest.mark.parametrize(("mode", "outcomes"), [("push", [Outcome.NOT_EVIDENCED]), ("manual", [])])
def test_a_flow_by_means_that_are_not_said_may_be_a_machines(
    mode: str, outcomes: list[Outcome]
) -> None:
    said = {"mechanism": None, "mode": mode, "monitored": False}
    maps = two_partners({f"flows/feed/{key}": value for key, value in said.items()})
    found = findings(criterion_of(DIMENSION, "flows_of_information.watched"), **maps)
    assert [one.outcome for one in found] == outcomes


def test_the_system_on_which_a_critical_need_hangs_is_named() -> None:
    (found,) = findings(criterion_of(DIMENSION, SECOND_WAY), **by_hub())
    assert found.message == "Medicines on the first evening is no longer met when Hub is lost."


def test_with_nothing_between_source_and_reader_nothing_between_can_fail() -> None:
    (found,) = findings(criterion_of(DIMENSION, SECOND_WAY), **two_partners())
    assert found.outcome is Outcome.MET


def test_every_source_is_asked_for_a_second_way_and_not_only_the_one_shown() -> None:
    maps = by_hub(direct=DIRECT, from_practice={**HUB_IN, "from": "gp", "to": "second_hub"})
    maps["organisations"]["practice"] = {"sector": "health", "type": "primary_care"}
    maps["systems"]["gp"] = {
        "organisation": "practice",
        "holds": {"medications": {"form": "coded", "authoritative": True}},
    }
    maps["systems"]["second_hub"] = {"name": "Second hub", "organisation": "practice"}
    maps["flows"]["from_second"] = {**HUB_OUT, "from": "second_hub"}
    (found,) = findings(criterion_of(DIMENSION, SECOND_WAY), **maps)
    assert found.message.endswith("is no longer met when Second hub is lost.")


def test_a_critical_need_that_is_unmet_is_not_said_to_hang_on_anything() -> None:
    maps = by_hub()
    maps["systems"]["epr"]["lifecycle"] = "retired"
    (found,) = findings(criterion_of(DIMENSION, SECOND_WAY), **maps)
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_a_need_that_is_not_critical_may_hang_on_one_system() -> None:
    maps = by_hub()
    maps["needs"]["medicines"]["safety_critical"] = False
    assert findings(criterion_of(DIMENSION, SECOND_WAY), **maps) == []


def test_feeds_that_differ_are_told_by_what_they_differ_in() -> None:
    criterion = criterion_of(DIMENSION, ALIKE)
    (found,) = findings(criterion, **two_feeds(DAILY, {**DAILY, "history": "3 y"}))
    assert found.message == (
        "Alerts for Alerts on arrival does not go back as far from one source as from another."
    )


def test_a_feed_that_may_not_be_in_use_makes_no_difference_certain() -> None:
    criterion = criterion_of(DIMENSION, ALIKE)
    maps = two_feeds(DAILY, {**DAILY, "interval": "1 w", "status": "unknown"})
    assert [one.outcome for one in findings(criterion, **maps)] == [Outcome.NOT_EVIDENCED]


def test_one_source_alone_has_nothing_to_be_alike_to() -> None:
    maps = two_feeds(DAILY, {**DAILY, "interval": "1 w", "status": "planned"})
    assert findings(criterion_of(DIMENSION, ALIKE), **maps) == []
