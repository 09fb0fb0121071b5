"""How sturdy a need is: what hangs on one system, how many routes there are, how much room."""

import copy
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import Judge, NeedVerdict, judge
from sharedcare.flows.coverage import rank
from sharedcare.flows.why.disjoint import SourceRoutes, source_routes
from sharedcare.flows.why.robustness import (
    ItemRobustness,
    Limit,
    Robustness,
    WeakestHop,
    robustness,
)
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Form, Verdict
from tests.builders import landscape, two_partners
from tests.oracle.evaluator import worlds
from tests.oracle.example import EXAMPLE
from tests.oracle.landscapes import random_landscape
from tests.oracle.law import Question
from tests.oracle.routes import Route, most_apart, most_ways, routes
from tests.oracle.world import World, starts_by_source

Raw = dict[str, Any]
seeds = st.integers(min_value=0, max_value=10**9)

#: Stands where a need is to be met at a system that is deleted; nothing leads to it.
STUB = "where_it_was"


def without(raw: Raw, system: str) -> Raw:
    """The profile with a system deleted, and all that goes through it."""
    left = copy.deepcopy(raw)
    del left["systems"][system]
    left["flows"] = {
        key: flow for key, flow in left["flows"].items() if system not in (flow["from"], flow["to"])
    }
    for stakeholder in left["stakeholders"].values():
        used = stakeholder.get("uses", [])
        stakeholder["uses"] = [
            u for u in used if system not in (u, isinstance(u, dict) and u["system"])
        ]
    left["systems"][STUB] = {"name": "Where it was", "kind": "epr"}
    for need in left["needs"].values():
        if need.get("at") == system:
            need["at"] = STUB
    return left


def is_worse(after: NeedVerdict, before: NeedVerdict) -> bool:
    """Whether less can be hoped for, or as much can and less is sure."""
    highs, lows = (rank(after.high), rank(before.high)), (rank(after.low), rank(before.low))
    return highs[0] < highs[1] or (highs[0] == highs[1] and lows[0] < lows[1])


@given(seeds)
@settings(max_examples=60)
def test_single_points_are_the_systems_that_cannot_be_deleted(seed: int) -> None:
    raw = random_landscape(random.Random(seed))
    whole = landscape_of(raw)
    before = {need.need: need for need in judge(whole, explain=False).needs}
    expected: dict[str, dict[str, Verdict]] = {need: {} for need in before}
    for system in raw["systems"]:
        for after in judge(landscape_of(without(raw, system)), explain=False).needs:
            if is_worse(after, before[after.need]):
                expected[after.need][system] = after.verdict
    judging = Judge(whole)
    for need, points in expected.items():
        found = robustness(judging, need).single_points
        assert {point.id: point.verdict_after for point in found} == points
        assert {point.kind for point in found} <= {"systems"}


def counted(raw: Raw, tally: Counter[str]) -> Iterator[tuple[SourceRoutes, set[Route], str]]:
    """Every source of which something comes, with its routes by brute force and the role."""
    judging = Judge(landscape_of(raw), explain=False)
    for need_id, need in raw["needs"].items():
        cases = judging.cases([need_id])[need_id]
        for at_best, run in ((True, judging.best), (False, judging.worst)):
            same: list[World] = list(worlds(raw, need, at_best, Counter()))
            if len(cases) != 1 or len(same) != 1:
                tally["who is a source is unknown"] += 1
                continue
            for shares in cases[0].best if at_best else cases[0].worst:
                item = need["content"][shares.asker.position]
                for source, starts in starts_by_source(same[0], item).items():
                    if shares.arrivals[source]:
                        found = source_routes(run, shares.asker, source, shares.down)
                        question = Question(need, item, source)
                        yield found, routes(same[0], question, starts), need["stakeholder"]


def test_the_numbers_of_routes_lie_within_their_bounds_and_mostly_meet_them() -> None:
    tally: Counter[str] = Counter()
    for seed in range(250):
        raw = random_landscape(random.Random(seed))
        for found, brute, role in counted(raw, tally):
            apart = most_apart(brute, raw["systems"])
            ways = most_ways(brute, raw["systems"], role)
            assert found.apart.at_least <= apart <= found.apart.at_most, seed
            assert found.ways.at_least <= ways <= found.ways.at_most, seed
            tally["sources"] += 1
            tally["several apart"] += apart > 1
            tally["several ways"] += ways > 1
            tally["exact"] += found.apart.exact and found.ways.exact
            tally["found"] += (found.apart.at_least, found.ways.at_least) == (apart, ways)
    assert tally["several apart"] > 5
    assert tally["several ways"] > 50
    assert tally["found"] > 0.95 * tally["sources"]
    assert tally["exact"] > 0.85 * tally["sources"]


def of_example(**changes: object) -> tuple[Robustness, ItemRobustness]:
    """How sturdy the worked example's need is, with some changes of the need."""
    raw = copy.deepcopy(EXAMPLE)
    raw["needs"]["discharge_meds"] |= changes
    found = robustness(Judge(landscape_of(raw)), "discharge_meds")
    return found, found.items[0]


def test_the_room_to_each_limit_is_told_in_its_own_unit_and_as_a_share() -> None:
    found, item = of_example()
    room = {
        slack.limit: (slack.used, slack.allowed, slack.left, slack.share) for slack in item.slacks
    }
    assert found.verdict is Verdict.MET
    assert item.sure
    assert room[Limit.AGE] == (2110, 7200, 5090, Fraction(509, 720))
    assert room[Limit.WAIT] == (10, 30, 20, Fraction(2, 3))
    assert room[Limit.REKEYS] == (0, 0, 0, None)
    assert room[Limit.FORM] == (int(Form.DOCUMENT), int(Form.DOCUMENT), 0, Fraction(0))
    year, month = 360 * 86400, 30 * 86400
    assert room[Limit.HISTORY] == (year, month, year - month, Fraction(11, 12))
    assert room[Limit.CAPACITY][3] == 1
    assert room[Limit.COVERAGE] == (
        Fraction(11, 12), Fraction(9, 10), Fraction(1, 60), Fraction(1, 55),
    )  # fmt: skip


def weakest(changes: dict[str, object]) -> WeakestHop | None:
    """The weakest hop of the need of two partners, with some changes."""
    (item,) = robustness(Judge(landscape(**two_partners(changes))), "medicines").items
    return item.weakest_hop


def test_the_weakest_hop_takes_most_of_the_limit_to_which_least_room_is_left() -> None:
    _, item = of_example()
    # The coverage has least room, and what lets the fewest through is the use at the end.
    assert item.weakest_hop == WeakestHop(3, Limit.COVERAGE, None)
    _, item = of_example(quantity={"coverage": 0.5}, max_age="36 min")
    # Of 35 min 10 s the ward takes 30 until it is written up.
    assert item.weakest_hop == WeakestHop(0, Limit.AGE, None)


@pytest.mark.parametrize(
    ("changes", "hop"),
    [
        ({"needs/medicines/max_age": "6 min"}, WeakestHop(1, Limit.AGE, None)),
        (
            {"needs/medicines/max_rekeys": 1, "flows/feed/rekeyed": True},
            WeakestHop(1, Limit.REKEYS, None),
        ),
        (
            {
                "needs/medicines/max_wait": "1 min",
                "flows/feed/mode": "view",
                "flows/feed/delay": None,
                "flows/feed/wait": "10 s",
            },
            WeakestHop(1, Limit.WAIT, None),
        ),
        (
            {
                "needs/medicines/content": [{"category": "medications", "min_form": "document"}],
                "flows/feed/carries": {"medications": "document"},
            },
            WeakestHop(1, Limit.FORM, None),
        ),
        (
            {
                "needs/medicines/quantity": {"events": "9/week"},
                "flows/feed/capacity": "10/week",
            },
            WeakestHop(1, Limit.CAPACITY, None),
        ),
        (
            {
                "needs/medicines/content": [{"category": "medications", "lookback": "30 d"}],
                "systems/epr/holds/medications/history": "1 y",
            },
            WeakestHop(0, Limit.HISTORY, None),
        ),
        ({"flows/feed/reach": 0.9}, WeakestHop(1, Limit.COVERAGE, None)),
        ({"flows/feed/conformance": "claimed"}, WeakestHop(1, None, "claimed")),
        ({"flows/feed/conformance": "none"}, WeakestHop(1, None, "none")),
        ({}, WeakestHop(1, None, None)),
        ({"flows/feed/conformance": "tested"}, None),
    ],
)
def test_each_kind_of_limit_has_its_weakest_hop(
    changes: dict[str, object], hop: WeakestHop | None
) -> None:
    assert weakest(changes) == hop


def test_a_met_need_is_measured_on_a_route_that_holds_in_any_case() -> None:
    # The feed comes at once or never, nobody knows; the letter takes two days for certain.
    maps = two_partners({"flows/feed/delay": "unknown", "needs/medicines/max_age": "3 d"})
    maps["flows"]["letter"] = {
        "from": "epr", "to": "asc", "mode": "push", "delay": "2 d", "basis": "direct_care",
        "carries": {"medications": "coded"},
    }  # fmt: skip
    (item,) = robustness(Judge(landscape(**maps)), "medicines").items
    assert item.sure
    assert [step.flow for step in item.path] == [None, "letter", None]
    assert [(s.used, s.allowed, s.open) for s in item.slacks] == [(2 * 86400, 3 * 86400, False)]
    assert item.routes[0].ways.at_least == 1


def test_what_is_undetermined_is_measured_at_its_best_and_says_so() -> None:
    maps = two_partners({"flows/feed/delay": "unknown", "needs/medicines/max_age": "3 d"})
    (item,) = robustness(Judge(landscape(**maps)), "medicines").items
    assert not item.sure
    assert [(s.limit, s.used, s.open) for s in item.slacks] == [(Limit.AGE, 0, True)]
    assert [step.open for step in item.path] == [(), ("age",), ("age",)]


def test_two_feeds_are_two_ways_and_one_system_at_each_end_stays_a_single_point() -> None:
    maps = two_partners()
    maps["flows"]["copy"] = {**maps["flows"]["feed"], "name": "Second feed"}
    found = robustness(Judge(landscape(**maps)), "medicines")
    (routes_of,) = found.items[0].routes
    assert (routes_of.apart.at_least, routes_of.apart.at_most) == (1, 1)
    assert (routes_of.ways.at_least, routes_of.ways.at_most) == (2, 2)
    assert [point.id for point in found.single_points] == ["asc", "epr"]
    assert {point.verdict_after for point in found.single_points} == {Verdict.UNMET}


def test_of_what_does_not_come_there_is_nothing_to_say() -> None:
    maps = two_partners({"flows/feed/status": "planned"})
    found = robustness(Judge(landscape(**maps)), "medicines")
    assert found.verdict is Verdict.UNMET
    assert found.single_points == ()
    (item,) = found.items
    assert item == ItemRobustness("medications", True, None, False, (), (), None, ())
