"""The nearest miss: a route that would serve, what is wrong with it, and that nothing else is."""

import random
from fractions import Fraction
from typing import Any

import pytest

from sharedcare.flows import Judge, search
from sharedcare.flows.why.nearest import NearestMiss, nearest_misses
from sharedcare.flows.why.relaxations import relaxations
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import FAMILY_OF, Family, Form, Reason
from tests.builders import landscape, two_partners
from tests.flows.test_frontier import found as frontiers_of
from tests.oracle.landscapes import random_landscape
from tests.oracle.relaxed import ALL, Relaxing, Trial
from tests.test_oracle import ITEM, NEED, edited

Raw = dict[str, Any]
HOUR = 3600


def misses(raw: Raw, need_id: str = "discharge_meds") -> tuple[NearestMiss, ...]:
    """The nearest misses of one need of a profile."""
    return nearest_misses(Judge(landscape_of(raw)), need_id)


def of_example(**edits: Any) -> NearestMiss:
    """The one nearest miss of the worked example after some edits."""
    (miss,) = misses(edited(**edits))
    return miss


def told(miss: NearestMiss) -> list[tuple[str, list[str]]]:
    """The places of a route and what is broken there."""
    return [
        (step.place, [reason.value for reason in reasons])
        for step, reasons in zip(miss.path, miss.broken, strict=True)
    ]


def test_what_is_broken_is_just_what_is_let_go_and_of_that_nothing_can_be_left_out() -> None:
    counted = 0
    for seed in range(120):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            for miss in misses(raw, need_id):
                broken = {FAMILY_OF[reason] for reasons in miss.broken for reason in reasons}
                assert broken == miss.let_go, (seed, need_id, miss)
                counted += 1
    assert counted > 100


def reaches(raw: Raw, need_id: str, miss: NearestMiss, families: frozenset[str]) -> bool:
    """Whether something arrives, by the brute force and in the one turn that there is."""
    (turn,) = Relaxing(raw, need_id).turns
    return Trial(turn, need_id, families).reached(miss.position).get(miss.source, Fraction(0)) > 0


def test_with_what_is_let_go_it_arrives_and_with_any_less_it_does_not() -> None:
    counted = 0
    for seed in range(70):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            for miss in misses(raw, need_id) if len(Relaxing(raw, need_id).turns) == 1 else ():
                let_go = frozenset(family.value for family in miss.let_go)
                assert reaches(raw, need_id, miss, let_go), (seed, need_id)
                for family in let_go:
                    assert not reaches(raw, need_id, miss, let_go - {family}), (seed, need_id)
                counted += 1
    assert counted > 50


def test_who_has_no_nearest_miss_would_not_be_heard_whatever_gave_way() -> None:
    counted = 0
    for seed in range(70):
        raw = random_landscape(random.Random(seed))
        near = {
            (need, miss.position, miss.source)
            for need in raw["needs"]
            for miss in misses(raw, need)
        }
        for frontier in frontiers_of(raw):
            key = (frontier.need, frontier.position, frontier.source)
            (turn, *others) = Relaxing(raw, frontier.need).turns
            if key in near or others:
                continue
            trial = Trial(turn, frontier.need, frozenset(ALL))
            assert not trial.reached(frontier.position)[frontier.source], (seed, key)
            counted += 1
    assert counted > 8


def test_a_route_goes_along_flows_and_uses_with_the_figures_as_they_are() -> None:
    for seed in range(40):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            for miss in misses(raw, need_id):
                for before, step in zip(miss.path, miss.path[1:], strict=False):
                    flow = raw["flows"].get(step.flow)
                    ends = (flow["from"], flow["to"]) if flow else (before.place, step.place)
                    assert ends == (before.place, step.place)
                    assert flow or step.place in raw["stakeholders"]
                    assert step.age >= before.age
                    assert step.reach <= before.reach
                    assert step.form <= before.form
                assert miss.path[0].flow is None
                assert miss.path[-1].place == raw["needs"][need_id]["stakeholder"]


def test_the_route_of_the_worked_example_is_told_with_the_agreement_that_it_lacks() -> None:
    miss = of_example(**{"agreements/shcr/status": "draft"})
    assert told(miss) == [
        ("epr", []),
        ("hub", []),
        ("asc", ["NO_AGREEMENT"]),
        ("social_worker", []),
    ]
    assert miss.let_go == {Family.LAW}
    assert (miss.position, miss.category, miss.source) == (
        0,
        "medications.on_discharge",
        "hospital",
    )
    assert [step.flow for step in miss.path] == [None, "epr_hub", "hub_asc", None]
    assert miss.path[-1].reach == Fraction(11, 12)


def test_a_limit_is_told_where_it_is_passed_and_not_again() -> None:
    miss = of_example(**{"flows/epr_hub/delay": "3 h"})
    assert told(miss)[1:] == [("hub", ["AGE"]), ("asc", []), ("social_worker", [])]
    assert miss.path[1].age == 3 * HOUR + 30 * 60


def test_what_would_take_too_long_to_answer_is_told_where_it_would_be_used() -> None:
    miss = of_example(**{"flows/hub_asc/wait": "45 s"})
    assert told(miss)[2:] == [("asc", []), ("social_worker", ["WAIT"])]
    assert miss.path[-1].wait == 45


def test_the_nearer_of_two_sets_as_small_is_chosen() -> None:
    edits = {"flows/hub_asc/history": "1 w", "agreements/shcr/status": "draft"}
    assert of_example(**edits).let_go == {Family.FORM, Family.TIME}


def test_of_two_routes_the_one_that_breaks_less_is_told_though_it_is_older() -> None:
    quick = {"carries": {"allergies": "coded"}, "delay": "1 min"}
    raw = edited(
        **{
            "systems/old": {"name": "Archive", "organisation": "hospital", "kind": "data_platform"},
            "flows/epr_hub/carries": {"allergies": "coded"},
            "flows/hub_asc/carries": {"allergies": "coded"},
            "flows/epr_old": {"from": "epr", "to": "old", "mode": "push", **quick},
            "flows/old_asc": {
                "from": "old",
                "to": "asc",
                "mode": "push",
                "carries": {"medications": "coded"},
                "delay": "1 h",
            },
        }
    )
    (miss,) = misses(raw)
    assert told(miss) == [
        ("epr", []),
        ("old", ["NO_CARRY"]),
        ("asc", []),
        ("social_worker", []),
    ]


def test_who_holds_nothing_would_have_to_hold_it() -> None:
    miss = of_example(**{f"{ITEM}/from": ["practices"], f"{NEED}/max_age": "2 d"})
    assert told(miss)[0] == ("gp", ["NO_SOURCE"])
    assert miss.path[0].form is Form.PROFILED


def test_what_nobody_holds_and_what_no_flow_brings_has_no_nearest_miss() -> None:
    assert misses(edited(**{"systems/epr/holds": {}})) == ()
    assert misses(edited(**{"flows/hub_asc": None, "flows/ward_call": None})) == ()


def test_a_need_that_is_met_misses_nothing() -> None:
    assert misses(edited()) == ()


def test_sets_that_are_known_are_not_worked_out_again_and_give_the_same() -> None:
    judge = Judge(landscape_of(edited(**{"flows/hub_asc/status": "planned"})))
    known = relaxations(judge, "discharge_meds")
    again = nearest_misses(judge, "discharge_meds", known)
    assert again == nearest_misses(judge, "discharge_meds")
    assert again[0].broken[2] == (Reason.NOT_LIVE,)


def test_where_nothing_can_be_proven_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 0)
    assert misses(edited(**{"agreements/shcr/status": "draft"})) == ()


def test_a_near_miss_names_the_figures_that_hold_only_at_best() -> None:
    late = landscape(**two_partners({"flows/feed/delay": None, "flows/feed/status": "planned"}))
    (miss,) = nearest_misses(Judge(late), "medicines")
    assert [step.open for step in miss.path] == [(), ("age",), ("age",)]
    assert miss.broken == ((), (Reason.NOT_LIVE,), ())


def test_where_all_is_known_a_near_miss_leaves_nothing_open() -> None:
    known = landscape(**two_partners({"flows/feed/status": "planned"}))
    (miss,) = nearest_misses(Judge(known), "medicines")
    assert not any(step.open for step in miss.path)
