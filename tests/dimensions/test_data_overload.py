"""Data overload: only what interrupts counts, and only what was not asked for is too much."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.data_overload import (
    DIMENSION,
    feeds_of_one_category,
    flows_that_interrupt_one_role,
)
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, evidence, findings, two_partners

WORKER = "stakeholders/social_worker"
MAIL = {"name": "Daily mail", "from": "epr", "to": "social_worker", "mode": "push"}
ALERT = {"needs/medicines/use": "alert"}


def mailed(*categories: str, **said: object) -> dict[str, object]:
    return two_partners({"flows/feed": {**MAIL, "carries": list(categories), **said}})


def expecting(events: str | None, attention: object) -> dict[str, object]:
    changes: dict[str, object] = {**ALERT}
    if events:
        changes["needs/medicines/quantity"] = {"events": events}
    if attention:
        changes[f"{WORKER}/attention"] = attention
    return two_partners(changes)


SHOWN = {
    "data_overload.only_asked_for": Shown(
        fires=mailed("medications", "funding"),
        passes=mailed("medications"),
        silent=two_partners({"flows/feed/carries": ["funding"]}),
    ),
    "data_overload.expected_fits": Shown(
        fires=expecting("21/d", "20/d"),
        passes=expecting("20/d", "20/d"),
        silent=expecting("20/d", None),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def asked_for(maps: Mapping[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, "data_overload.only_asked_for"), **maps)
    return [one.outcome for one in found]


def fits(maps: Mapping[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, "data_overload.expected_fits"), **maps)
    return [one.outcome for one in found]


def test_what_waits_silently_in_a_system_is_no_overload() -> None:
    silent = {"flows/feed/carries": ["funding"], "flows/feed/notifies": False}
    assert asked_for(two_partners(silent)) == []


def test_what_a_system_tells_of_interrupts_like_a_letter() -> None:
    told = {"flows/feed/carries": ["funding"], "flows/feed/notifies": True}
    assert asked_for(two_partners(told)) == [Outcome.NOT_MET]


def test_what_can_be_looked_up_is_no_overload_however_much_there_is() -> None:
    flow = {"from": "epr", "to": "asc", "mode": "view", "carries": {"as_held": "all"}}
    assert asked_for(two_partners({"flows/feed": flow})) == []


def test_what_is_wider_or_narrower_than_asked_for_was_asked_for() -> None:
    assert asked_for(mailed("medications.repeat")) == [Outcome.MET]
    narrow = mailed("medications")
    narrow["needs"] = two_partners({"needs/medicines/content": ["medications.repeat"]})["needs"]
    assert asked_for(narrow) == [Outcome.MET]


def test_everything_is_more_than_anybody_asked_for() -> None:
    everything = {**MAIL, "carries": {"as_held": "all"}}
    assert asked_for(two_partners({"flows/feed": everything})) == [Outcome.NOT_MET]


def test_a_role_whose_needs_are_not_told_settles_nothing() -> None:
    nurse = {"name": "Nurse", "organisation": "hospital"}
    maps = mailed("medications", to="nurse")
    maps["stakeholders"] = {"nurse": nurse, **two_partners()["stakeholders"]}
    assert asked_for(maps) == [Outcome.NOT_EVIDENCED]


def test_a_range_of_attention_settles_only_what_lies_outside_it() -> None:
    attention = {"low": "10/d", "high": "20/d"}
    outcomes = [fits(expecting(f"{events}/d", attention))[0] for events in (10, 11, 20, 21)]
    unsure = Outcome.NOT_EVIDENCED
    assert outcomes == [Outcome.MET, unsure, unsure, Outcome.NOT_MET]


def test_a_need_that_does_not_say_how_often_may_be_too_much_but_never_fits() -> None:
    assert fits(expecting(None, "20/d")) == [Outcome.NOT_EVIDENCED]


def test_an_event_that_is_mailed_counts_as_expected_without_being_an_alert() -> None:
    maps = two_partners(
        {
            "flows/feed": {**MAIL, "carries": ["medications"]},
            "needs/medicines/quantity": {"events": "30/d"},
            f"{WORKER}/attention": "20/d",
        }
    )
    assert fits(maps) == [Outcome.NOT_MET]


def test_a_role_that_nothing_interrupts_is_asked_nothing() -> None:
    assert fits(two_partners({"flows/feed/notifies": False})) == []
    assert asked_for(two_partners({"flows/feed/notifies": False})) == []


def test_a_role_that_may_be_told_of_what_reaches_it_settles_nothing() -> None:
    maps = two_partners(
        {"needs/medicines/quantity": {"events": "30/d"}, f"{WORKER}/attention": "20/d"}
    )
    assert fits(maps) == [Outcome.NOT_EVIDENCED]
    maps["flows"]["feed"]["notifies"] = True
    assert fits(maps) == [Outcome.NOT_MET]


def test_the_measures_count_what_interrupts_and_what_comes_twice() -> None:
    assert flows_that_interrupt_one_role(evidence(**mailed("funding"))) == 1
    assert flows_that_interrupt_one_role(evidence(**two_partners())) == 0
    assert feeds_of_one_category(evidence(**two_partners())) == 1
    assert flows_that_interrupt_one_role(evidence()) is feeds_of_one_category(evidence()) is None


OTHER_NEED = {"stakeholder": "social_worker", "content": ["allergies"], "purpose": "direct_care"}


def test_one_alert_among_other_needs_and_flows_interrupts() -> None:
    maps = two_partners({**ALERT, "needs/other": OTHER_NEED})
    assert fits(maps) == [Outcome.NOT_EVIDENCED]


def test_one_letter_among_silent_flows_interrupts() -> None:
    maps = two_partners({"flows/letter": {**MAIL, "carries": ["medications"]}})
    assert fits(maps) == [Outcome.NOT_EVIDENCED]


def test_only_the_events_of_needs_that_interrupt_are_counted() -> None:
    changes = {
        **ALERT,
        "needs/medicines/quantity": {"events": "10/d"},
        "needs/other": {**OTHER_NEED, "quantity": {"events": "100/d"}},
        f"{WORKER}/attention": "20/d",
    }
    assert fits(two_partners(changes)) == [Outcome.MET]


def test_a_need_is_counted_when_a_part_of_it_is_mailed() -> None:
    changes = {
        "flows/feed": {**MAIL, "carries": ["medications"]},
        "needs/medicines/content": ["medications", "allergies"],
        "needs/medicines/quantity": {"events": "30/d"},
        f"{WORKER}/attention": "20/d",
    }
    assert fits(two_partners(changes)) == [Outcome.NOT_MET]


@pytest.mark.parametrize("attention", [None, "unknown"])
def test_what_can_be_taken_in_is_told_to_be_unknown(attention: str | None) -> None:
    criterion = criterion_of(DIMENSION, "data_overload.expected_fits")
    messages = [one.message for one in findings(criterion, **expecting("1/w", attention))]
    assert messages == [
        "Social worker: at least 1 a week are expected, and how much they can take in is not known."
    ]
