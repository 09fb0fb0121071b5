"""Burden: hours by hand are counted along the routes, and what is not known is never nothing."""

from fractions import Fraction
from typing import Any

import pytest

from sharedcare.flows.work.burden import Burden, burden
from sharedcare.flows.work.chores import LOGIN_TIME, Chore, Work
from sharedcare.quantities import HOUR, Range
from tests.builders import landscape, two_partners

EVENTS = {"needs/medicines/quantity": {"events": "10/d", "coverage": 0.5}}
A_YEAR = 10 * 365

RETYPED = {**EVENTS, "flows/feed/rekeyed": True, "flows/feed/staff_time": "6 min"}


def of(changes: dict[str, Any]) -> Burden:
    return burden(landscape(**two_partners(changes)))


def only(changes: dict[str, Any]) -> Work:
    (work,) = of(changes).work
    return work


def test_what_is_typed_in_again_costs_the_receivers_time_as_often_as_the_need_arises() -> None:
    work = only(RETYPED)
    assert (work.chore, work.flow, work.certain) == (Chore.RETYPED, "feed", True)
    assert (work.role, work.organisation) == ("social_worker", "council")
    assert work.events == A_YEAR
    assert work.hours is not None
    assert work.hours.low == work.hours.high == Fraction(A_YEAR * 6, 60)


def test_it_counts_only_for_the_people_for_whom_it_goes_that_way() -> None:
    assert only({**RETYPED, "flows/feed/reach": 0.6}).events == A_YEAR * Fraction(6, 10)


def test_a_range_stays_a_range() -> None:
    time = {"low": "1 min", "likely": "2 min", "high": "6 min"}
    hours = only({**RETYPED, "flows/feed/staff_time": time}).hours
    assert hours is not None
    assert hours.likely is not None
    assert hours.low * 6 == hours.likely * 3 == hours.high == Fraction(A_YEAR, 10)


@pytest.mark.parametrize("silent", ["flows/feed/staff_time", "needs/medicines/quantity"])
def test_what_nobody_timed_or_counted_is_not_known_and_never_nothing(silent: str) -> None:
    found = of({**RETYPED, silent: {} if silent.startswith("needs") else None})
    assert [work.hours for work in found.work] == [None]
    assert found.total.hours is None
    assert found.total.unknown == 1


def test_written_unknown_is_as_unknown_as_left_out() -> None:
    assert only({**RETYPED, "flows/feed/staff_time": "unknown"}).hours is None


def test_where_nobody_says_whether_it_is_typed_in_the_least_is_nothing_and_the_most_is_all() -> (
    None
):
    work = only({**RETYPED, "flows/feed/rekeyed": "unknown"})
    assert not work.certain
    assert work.hours is not None
    assert work.hours == Range(Fraction(0), Fraction(A_YEAR, 10))


def test_a_machine_that_hands_to_a_machine_costs_nobody_anything() -> None:
    assert of(EVENTS).work == ()
    assert of(EVENTS).total.hours is None
    assert of(EVENTS).total.unknown == 0


BY_HAND = {**EVENTS, "flows/feed/mode": "manual", "flows/feed/mechanism": "post",
           "flows/feed/staff_time": "6 min"}  # fmt: skip


def test_what_is_sent_by_hand_costs_the_sender_and_perhaps_the_receivers_typing() -> None:
    sent, typed = sorted(of(BY_HAND).work, key=lambda work: work.chore.value)
    assert (sent.chore, sent.organisation) == (Chore.HANDED_ON, "hospital")
    assert (typed.chore, typed.organisation) == (Chore.RETYPED, "council")
    assert sent.hours is not None
    assert not typed.certain
    assert typed.hours is None, "the time said is the sender's"


def test_the_only_role_that_uses_the_system_is_the_one_that_sends() -> None:
    ward = {"organisation": "hospital", "uses": ["epr"]}
    no = {"flows/feed/rekeyed": False}
    assert only({**BY_HAND, **no}).role is None
    assert only({**BY_HAND, **no, "stakeholders/ward": ward}).role == "ward"
    two = {"stakeholders/ward": ward, "stakeholders/clerk": ward}
    assert only({**BY_HAND, **no, **two}).role is None


def test_a_login_of_its_own_takes_what_is_assumed_where_nobody_timed_it() -> None:
    use = {"stakeholders/social_worker/uses": [{"system": "asc", "sign_on": "separate"}]}
    work = only({**EVENTS, **use})
    assert (work.chore, work.system, work.assumed) == (Chore.LOGGED_IN, "asc", True)
    assert work.hours is not None
    assert work.hours.low == A_YEAR * LOGIN_TIME.low.seconds / HOUR
    assert work.hours.high == A_YEAR * LOGIN_TIME.high.seconds / HOUR


def test_a_window_with_a_login_of_its_own_takes_what_was_timed() -> None:
    window = {"flows/feed/mode": "view", "flows/feed/mechanism": "separate_login",
              "flows/feed/wait": "5 s", "flows/feed/staff_time": "36 s"}  # fmt: skip
    work = only({**EVENTS, **window})
    assert (work.chore, work.flow, work.assumed) == (Chore.LOGGED_IN, "feed", False)
    assert work.hours is not None
    assert work.hours.high == Fraction(A_YEAR, 100)


def test_searching_as_timed_counts_the_login_in() -> None:
    use = {"stakeholders/social_worker/uses": [{"system": "asc", "sign_on": "separate"}]}
    work = only({**EVENTS, **use, "needs/medicines/search_time": "3 min"})
    assert work.chore is Chore.SEARCHED
    assert work.hours is not None
    assert work.hours.likely == Fraction(A_YEAR * 3, 60)


def test_of_a_need_that_is_not_met_it_is_not_known_how_long_people_look() -> None:
    work = only({**EVENTS, "flows": {}})
    assert (work.chore, work.certain, work.hours) == (Chore.SEARCHED, False, None)


def test_two_needs_of_one_event_that_go_by_one_flow_are_one_piece_of_work() -> None:
    need = {"stakeholder": "social_worker", "content": ["medications"], "purpose": "direct_care",
            "event": "discharge", "quantity": {"events": "10/d"}}  # fmt: skip
    feed = {"flows/feed/rekeyed": True, "flows/feed/staff_time": "6 min"}
    same = {"needs": {"a": need, "b": {**need, "quantity": {"events": "4/d"}}}}
    work = only({**feed, **same})
    assert work.needs == ("a", "b")
    assert work.events == A_YEAR
    other = {"needs": {"a": need, "b": {**need, "event": "admission"}}}
    assert len(of({**feed, **other}).work) == 2


def test_hours_add_up_by_role_organisation_and_kind_of_work() -> None:
    found = of({**RETYPED, "stakeholders/social_worker/uses": [
        {"system": "asc", "sign_on": "separate"}]})  # fmt: skip
    assert [total.unknown for total in found.by_role().values()] == [0]
    (organisation,) = found.by_organisation().values()
    assert organisation == found.total
    whole = found.total.hours
    assert whole is not None
    assert whole.high == sum(
        (total.hours.high for total in found.by_chore().values() if total.hours), Fraction(0)
    )


def test_flows_by_hand_that_no_need_takes_are_named() -> None:
    call = {
        "from": "epr",
        "to": "social_worker",
        "mode": "manual",
        "carries": {"verbal": ["risks"]},
    }
    assert of({"flows/call": call}).off_route == ("call",)


# ── overload ──────────────────────────────────────────────────────────────────────────────────────


def pushed(**said: object) -> dict[str, Any]:
    return {"flows/mail": {"from": "epr", "to": "social_worker", "mode": "batch", **said}}


def test_what_is_pushed_beyond_any_need_is_overload_with_how_often_it_runs() -> None:
    (role,) = of(pushed(interval="1 d", carries=["medications", "funding"])).overload
    assert (role.role, role.organisation, role.asks) == ("social_worker", "council", True)
    (push,) = role.pushes
    assert (push.flow, push.beyond, push.certain) == ("mail", ("funding",), True)
    assert push.per_week is not None
    assert push.per_week.low == push.per_week.high == 7


def test_where_no_rate_is_declared_none_is_told() -> None:
    (role,) = of(pushed(carries=["funding"])).overload
    assert (role.pushes[0].per_week, role.pushes[0].at_most) == (None, None)
    (role,) = of(pushed(carries=["funding"], capacity="14/d")).overload
    assert role.pushes[0].at_most == 98


@pytest.mark.parametrize("mode", ["view", "pull"])
def test_what_can_only_be_looked_up_is_no_overload(mode: str) -> None:
    assert of(pushed(carries=["funding"], mode=mode)).overload == ()


def test_what_a_need_asks_for_is_no_overload_and_what_stays_silent_is_none_either() -> None:
    assert of(pushed(carries=["medications"])).overload == ()
    silent = {"from": "epr", "to": "asc", "mode": "push", "carries": ["funding"], "notifies": False}
    assert of({"flows/silent": silent}).overload == ()
    told = of({"flows/silent": {**silent, "notifies": True}}).overload
    perhaps = of({"flows/silent": {**silent, "notifies": "unknown"}}).overload
    assert [role.pushes[0].certain for role in (*told, *perhaps)] == [True, False]


def test_of_a_role_whose_needs_nobody_wrote_down_that_is_told() -> None:
    (role,) = of({**pushed(carries=["funding"]), "needs": {}}).overload
    assert not role.asks
