"""What must hold of the evaluator on any landscape, and that random landscapes try every rule."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
import yaml

from tests.oracle.evaluator import (
    ItemAnswer,
    NeedAnswer,
    Rank,
    arrives,
    best_reach,
    ends_of,
    evaluate,
    has_history,
    start_step,
    worlds,
)
from tests.oracle.hops import Hop, hops_by_sender
from tests.oracle.landscapes import random_landscape
from tests.oracle.law import Question
from tests.oracle.occurrences import ALL_RULES, Tally
from tests.oracle.settling import openings, settle_one
from tests.oracle.values import FORMS
from tests.oracle.walks import Step, may_follow, taken
from tests.oracle.world import EVERYTHING, World, starts_by_source, written_out

LANDSCAPES = 2000
LEAST_SHARE_OF_A_VERDICT = 0.08
VERDICTS = ("met", "partly_met", "unmet", "undetermined")
FARTHEST_HOPS = 6


def test_random_landscapes_try_every_rule_and_reach_every_verdict_often() -> None:
    """Every rule of the list decides something, none is counted that is not listed."""
    tally: Tally = Counter()
    verdicts: Counter[str] = Counter()
    for seed in range(LANDSCAPES):
        answers = evaluate(random_landscape(random.Random(seed)), tally)
        verdicts.update(answer.verdict for answer in answers.values())
    assert {rule for rule, times in tally.items() if times} == ALL_RULES
    shares = {each: verdicts[each] / verdicts.total() for each in VERDICTS}
    assert min(shares.values()) >= LEAST_SHARE_OF_A_VERDICT, shares


def test_a_landscape_survives_being_written_as_yaml() -> None:
    """So that a text of it is the same landscape: no anchors, no value that YAML would change."""
    for seed in range(100):
        profile = random_landscape(random.Random(seed))
        text = yaml.safe_dump(profile, sort_keys=False)
        assert yaml.safe_load(text) == profile
        assert "&id" not in text


def test_a_landscape_names_no_category_that_is_not_declared_or_common() -> None:
    """What it adds to the catalogue it declares; no more than that, so that it can be loaded."""
    common = {"medications", "medications.repeat", "medications.on_discharge"}
    common |= {"problems", "allergies"}
    for seed in range(200):
        profile = random_landscape(random.Random(seed))
        named = {
            category
            for name, field in (("systems", "holds"), ("flows", "carries"))
            for entry in profile[name].values()
            for category in written_out(entry.get(field, {}))
        }
        assert named - {EVERYTHING} <= common | set(profile["data_categories"])


def test_one_seed_makes_one_landscape() -> None:
    """Also in the order of its entries."""
    first, second = (str(random_landscape(random.Random(7))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_knowing_more_never_widens_what_a_verdict_lies_between(seed: int) -> None:
    """Unknowns are settled one after the other, any way, until nothing is open but the cover."""
    for each in range(seed, seed + 10):
        rng = random.Random(each)
        profile = random_landscape(rng)
        answers = evaluate(profile)
        while (settled := settle_one(profile, rng)) is not None:
            profile, before = settled, answers
            answers = evaluate(profile)
            assert all(_lies_within(answers[need], before[need]) for need in before)


def _lies_within(inner: NeedAnswer, outer: NeedAnswer) -> bool:
    """Whether the verdicts of a need and its items, and the coverage, lie within others."""
    pairs: list[tuple[NeedAnswer | ItemAnswer, NeedAnswer | ItemAnswer]] = [
        (inner, outer),
        *zip(inner.items, outer.items, strict=True),
    ]
    return all(
        _rank(wide.low) <= _rank(narrow.low) <= _rank(narrow.high) <= _rank(wide.high)
        for narrow, wide in pairs
    ) and all(
        wide.coverage_low <= narrow.coverage_low <= narrow.coverage_high <= wide.coverage_high
        for narrow, wide in zip(inner.items, outer.items, strict=True)
    )


def _rank(word: str) -> Rank:
    return Rank[word.upper()]


def test_settling_leaves_nothing_open() -> None:
    """So that the test above has seen every unknown go."""
    rng = random.Random(3)
    profile = random_landscape(rng)
    assert list(openings(profile))
    while (settled := settle_one(profile, rng)) is not None:
        profile = settled
    assert not list(openings(profile))


def _sign(profile: dict[str, Any], rng: random.Random) -> None:
    """Signs an agreement, if there is one."""
    if "agreements" in profile:
        rng.choice(list(profile["agreements"].values()))["status"] = "signed"


def _add_flow(profile: dict[str, Any], rng: random.Random) -> None:
    """Adds a flow that carries everything at once."""
    sender, receiver = rng.sample([*profile["systems"], *profile["stakeholders"]], k=2)
    profile["flows"]["added"] = {
        "from": sender,
        "to": receiver,
        "mechanism": "fhir_rest",
        "mode": "push",
        "delay": "1 min",
        "carries": {"as_held": "all"},
    }


def _raise_form(profile: dict[str, Any], rng: random.Random) -> None:
    """Lets a flow carry everything that it carries profiled."""
    flow = rng.choice(list(profile["flows"].values()))
    categories = flow["carries"]
    if not set(categories) & {"as_held", *FORMS}:
        flow["carries"] = dict.fromkeys(categories, "profiled")


def _hasten(profile: dict[str, Any], rng: random.Random) -> None:
    """Lets a flow take next to no time, at any hour."""
    flow = rng.choice(list(profile["flows"].values()))
    flow.pop("hours", None)
    flow.update({field: "1 s" for field in ("delay", "interval", "wait") if field in flow})


@pytest.mark.parametrize("better", [_sign, _add_flow, _raise_form, _hasten])
def test_an_improvement_never_worsens_a_verdict(
    better: Callable[[dict[str, Any], random.Random], None],
) -> None:
    """A flow added, an agreement signed, a form raised, a delay shortened."""
    for seed in range(120):
        rng = random.Random(seed)
        profile = random_landscape(rng)
        improved = deepcopy(profile)
        better(improved, rng)
        before, after = evaluate(profile), evaluate(improved)
        for need in before:
            assert _rank(before[need].low) <= _rank(after[need].low), (seed, need)
            assert _rank(before[need].high) <= _rank(after[need].high), (seed, need)


def test_cutting_walks_that_come_round_loses_nothing() -> None:
    """No walk of up to six hops, none cut, arrives better than those that the search keeps."""
    compared = 0
    for seed in range(150):
        profile = random_landscape(random.Random(seed))
        for need in profile["needs"].values():
            for world in worlds(profile, need, True, Counter()):
                for item in need["content"]:
                    for source in starts_by_source(world, item):
                        question = Question(need, item, source)
                        compared += _cut_loses_nothing(world, question)
    assert compared


def _cut_loses_nothing(world: World, question: Question) -> int:
    """Asserts it of one source; counts the walks that came back to a place and arrived."""
    holdings = starts_by_source(world, question.item)[question.source]
    found = best_reach(world, question, holdings)
    hops, ends = hops_by_sender(world, question), ends_of(world, question)
    starts = [
        start_step(world, holding) for holding in holdings if has_history(world, question, holding)
    ]
    arrived = 0
    for trail in _all_walks(world, hops, [[start] for start in starts]):
        for end in ends:
            if end.place == trail[-1].place and arrives(world, question, trail[-1], end):
                assert min(trail[-1].reach, end.reach) <= found
                arrived += len({step.place for step in trail}) < len(trail)
    return arrived


def _all_walks(
    world: World, hops: Mapping[str, Sequence[Hop]], trails: list[list[Step]]
) -> list[list[Step]]:
    """Every walk from some starts of up to so many hops."""
    everything = list(trails)
    for _ in range(FARTHEST_HOPS):
        trails = [
            [*trail, taken(world, trail[-1], hop)]
            for trail in trails
            for hop in hops.get(trail[-1].place, ())
            if may_follow(world, trail[-1], hop)
        ]
        everything.extend(trails)
    return everything


def test_coverage_is_an_exact_fraction() -> None:
    """Thirds stay thirds."""
    answers = [
        item
        for seed in range(50)
        for answer in evaluate(random_landscape(random.Random(seed))).values()
        for item in answer.items
    ]
    assert all(isinstance(item.coverage_low, Fraction) for item in answers)
    assert any(item.coverage_high.denominator % 3 == 0 for item in answers)
