"""The calendar of what ends and begins: each day judged as any other day is."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import judge
from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.lapses import Calendar, Turning, TurningDay, lapses
from sharedcare.flows.losses.verdict_change import Direction
from sharedcare.landscape import landscape_of
from sharedcare.quantities import parse_duration
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.oracle.evaluator import evaluate
from tests.oracle.landscapes import random_landscape

AS_OF = date(2026, 11, 1)
YEARS = parse_duration("3 y")


def calendar(changes: Mapping[str, object], horizon: str = "12 mo") -> Calendar:
    """The calendar of the landscape of two partners, with some changes laid on it."""
    return lapses(landscape(**two_partners(changes)), parse_duration(horizon))


def only_day(found: Calendar) -> TurningDay:
    (day,) = found.days
    return day


def judged_on(raw: Mapping[str, Any], day: date) -> dict[str, Extent]:
    """How every need stands in a profile that is judged on a day."""
    meta = {**raw["meta"], "as_of": day.isoformat()}
    judgement = judge(landscape_of({**raw, "meta": meta}), explain=False)
    return {need.need: Extent(need.low, need.high, need.proven) for need in judgement.needs}


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=3 * 365))
@settings(max_examples=120)
def test_on_any_day_within_the_horizon_the_calendar_says_what_judging_that_day_says(
    seed: int, days: int
) -> None:
    raw = random_landscape(random.Random(seed))
    day = AS_OF + timedelta(days=days)
    standing = judged_on(raw, AS_OF)
    for turning in lapses(landscape_of(raw), YEARS).days:
        if turning.day <= day:
            assert {change.need: change.before for change in turning.changes}.items() <= (
                standing.items()
            )
            standing |= {change.need: change.after for change in turning.changes}
    assert standing == judged_on(raw, day)


def test_a_brute_force_evaluator_says_the_same_of_every_turning_day() -> None:
    turned = 0
    for seed in range(150):
        raw = random_landscape(random.Random(seed))
        standing = judged_on(raw, AS_OF)
        for turning in lapses(landscape_of(raw), YEARS).days:
            standing |= {change.need: change.after for change in turning.changes}
            meta = {**raw["meta"], "as_of": turning.day.isoformat()}
            answers = evaluate({**raw, "meta": meta})
            told = {key: (left.low.value, left.high.value) for key, left in standing.items()}
            assert told == {key: (answer.low, answer.high) for key, answer in answers.items()}
            turned += len(turning.changes)
    assert turned > 20


def test_what_ends_breaks_from_the_day_after_its_last() -> None:
    day = only_day(calendar({"flows/feed/valid": {"until": "2027-03-31"}}))
    assert day.day == date(2027, 4, 1)
    assert [(turn.kind, turn.id, turn.turning) for turn in day.turns] == [
        ("flows", "feed", Turning.ENDS)
    ]
    (change,) = day.changes
    assert (change.before, change.after) == (
        Extent(Verdict.MET, Verdict.MET),
        Extent(Verdict.UNMET, Verdict.UNMET),
    )
    assert (day.breaks, day.comes) == (("medicines",), ())
    assert day.weight == 1


def test_what_begins_comes_on_its_first_day() -> None:
    day = only_day(calendar({"flows/feed/valid": {"from": "2027-03-31"}}))
    assert (day.day, day.comes, day.breaks) == (date(2027, 3, 31), ("medicines",), ())
    assert day.weight == 0


def test_an_agreement_that_ends_is_an_expired_one_and_leaves_no_doubt() -> None:
    agreement = {
        "parties": "all",
        "categories": "all",
        "purposes": ["direct_care"],
        "status": "signed",
        "valid": {"until": "2026-11-01"},
        "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied"},
    }
    day = only_day(calendar({"flows/feed/basis": None, "agreements": {"shared": agreement}}))
    assert day.day == date(2026, 11, 2)
    assert [change.after.verdict for change in day.changes] == [Verdict.UNMET]


def test_what_is_replaced_without_a_gap_breaks_nothing() -> None:
    feed = two_partners()["flows"]["feed"]
    found = calendar(
        {
            "flows/feed/valid": {"until": "2027-03-31"},
            "flows/next": {**feed, "valid": {"from": "2027-04-01"}},
        }
    )
    day = only_day(found)
    assert [turn.turning for turn in day.turns] == [Turning.ENDS, Turning.BEGINS]
    assert day.changes == ()


def test_the_horizon_takes_in_its_last_day_and_nothing_after() -> None:
    inside = calendar({"flows/feed/valid": {"until": "2026-12-01"}}, "30 d")
    assert inside.until == date(2026, 12, 1)
    assert only_day(inside).day == date(2026, 12, 2)
    assert calendar({"flows/feed/valid": {"until": "2026-12-02"}}, "30 d").days == ()


def test_what_ended_before_or_has_begun_is_no_news() -> None:
    assert calendar({"flows/feed/valid": {"until": "2026-10-31"}}).days == ()
    assert calendar({"flows/feed/valid": {"from": "2026-11-01"}}).days == ()


def test_the_end_of_support_or_of_a_contract_changes_no_verdict_and_says_what_is_at_stake() -> None:
    found = calendar(
        {
            "systems/epr/support_until": "2026-12-31",
            "systems/asc/contract": {"until": "2027-01-31"},
            "systems/beside": {"support_until": "2027-02-28"},
        }
    )
    assert [day.changes for day in found.days] == [(), (), ()]
    assert [(turn.turning, turn.at_stake) for day in found.days for turn in day.turns] == [
        (Turning.SUPPORT_ENDS, ("medicines",)),
        (Turning.CONTRACT_ENDS, ("medicines",)),
        (Turning.SUPPORT_ENDS, ()),
    ]


def test_a_system_that_is_not_in_use_has_nothing_at_stake_and_is_left_out() -> None:
    old = {"lifecycle": "retired", "support_until": "2026-12-31"}
    assert calendar({"systems/old": old}).days == ()


def test_a_day_that_nobody_knows_is_told_apart() -> None:
    found = calendar(
        {
            "flows/feed/valid": {"from": "2026-01-01", "until": "unknown"},
            "systems/epr/support_until": "unknown",
        }
    )
    assert found.days == ()
    assert found.unknown == (("flows", "feed"), ("systems", "epr"))


def test_an_end_that_is_left_out_is_open_and_never_comes() -> None:
    found = calendar({"flows/feed/valid": {"from": "2026-01-01"}})
    assert (found.days, found.unknown) == ((), ())


def test_the_last_day_that_there_is_ends_nothing_and_bounds_the_horizon() -> None:
    found = calendar({"flows/feed/valid": {"until": date.max.isoformat()}}, "9999 y")
    assert (found.until, found.days) == (date.max, ())


def test_a_need_that_was_open_until_then_breaks_when_the_last_way_ends() -> None:
    found = calendar({"flows/feed/valid": {"from": "unknown", "until": "2027-03-31"}})
    day = only_day(found)
    assert day.going(Direction.WORSE) == ("medicines",)
    assert day.changes[0].before == Extent(Verdict.UNMET, Verdict.MET)
