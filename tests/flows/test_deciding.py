"""What would decide a need is what brute force over all sets of facts finds, both ways."""

import copy
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pytest

from sharedcare.flows import Fact, Judge
from sharedcare.flows.why.bearing import bearing
from sharedcare.flows.why.deciding import deciding, who_knows
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.oracle.answering import answered
from tests.oracle.evaluator import evaluate
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]

#: A feed of which neither is known how long it takes, nor how many it reaches.
TWO_UNKNOWN = {
    "flows/feed/delay": "unknown",
    "flows/feed/reach": "unknown",
    "needs/medicines/max_age": "1 h",
}
Facts = frozenset[Fact]

#: Random landscapes that are gone through, and facts of one up to which all sets are tried.
LANDSCAPES, MOST_FACTS = 250, 6


def undetermined(first: int) -> Iterator[tuple[Raw, Landscape, Judge, str]]:
    """Every undetermined need of random landscapes in which not too much is unknown."""
    for seed in range(first, first + LANDSCAPES):
        raw = random_landscape(random.Random(seed))
        whole = landscape_of(raw)
        judge = Judge(whole, explain=False)
        judged = judge.judge()
        if len(judge.unknown) <= MOST_FACTS:
            for need in judged.needs:
                if need.verdict is Verdict.UNDETERMINED:
                    yield raw, whole, judge, need.need


def minimal(facts: Iterable[Fact], verdict: Callable[[Facts], Verdict]) -> list[Facts]:
    """The minimal sets of facts that decide, by trying every set, smallest first."""
    listed, found = sorted(facts), list[Facts]()
    for size in range(len(listed) + 1):
        for chosen in map(frozenset, itertools.combinations(listed, size)):
            if any(less <= chosen for less in found):
                continue
            if verdict(chosen) is not Verdict.UNDETERMINED:
                found.append(chosen)
    return found


def judged_anew(whole: Landscape, need: str, facts: Facts, good: bool) -> Verdict:
    """The verdict of a new judge who knows that some facts turned out one way."""
    known = dict.fromkeys(facts, good)
    (judged,) = Judge(whole, explain=False, known=known).judge([need]).needs
    return judged.verdict


def test_the_sets_are_those_of_brute_force_judging_each_anew() -> None:
    sizes: Counter[int] = Counter()
    for _, whole, judge, need in undetermined(first=0):
        found = deciding(judge, need)
        assert found.complete
        for good, sets, leads_to in (
            (True, found.if_good, found.to_good),
            (False, found.if_bad, found.to_bad),
        ):
            verdict = partial(judged_anew, whole, need, good=good)
            assert {verdict(facts) for facts in sets} <= {leads_to}
            assert list(sets) == minimal(judge.unknown, verdict), need
            sizes.update(map(len, sets))
    assert set(sizes) >= {1, 2, 3}


def is_told_in_one_way(raw: Raw, facts: Iterable[Fact]) -> bool:
    """Whether an agreement that is not recorded can be written in for these two and no others."""
    types = {organisation["type"] for organisation in raw["organisations"].values()}
    pairs = [tuple(fact.id.split("+")) for fact in facts if fact.key == "recorded"]
    return not any(pair[::-1] in pairs or types & set(pair) for pair in pairs)


def evaluated(raw: Raw, need: str, facts: Facts, good: bool) -> Verdict:
    """The verdict of the evaluator on a profile in which the answers are written."""
    return Verdict(evaluate(answered(raw, facts, good))[need].verdict)


def test_the_sets_are_those_of_an_evaluator_that_reads_the_answers_in_the_profile() -> None:
    kinds: Counter[str] = Counter()
    for raw, _, judge, need in undetermined(first=LANDSCAPES):
        if not is_told_in_one_way(raw, judge.unknown):
            continue
        found = deciding(judge, need)
        alone = raw | {"needs": {need: raw["needs"][need]}}
        for good, sets in ((True, found.if_good), (False, found.if_bad)):
            verdict = partial(evaluated, alone, need, good=good)
            assert list(sets) == minimal(judge.unknown, verdict), need
            kinds.update(fact.kind for facts in sets for fact in facts)
    assert set(kinds) == {"systems", "flows", "stakeholders", "agreements"}


def test_a_fact_that_does_not_bear_on_a_need_changes_nothing_about_it() -> None:
    left_out = 0
    for _, whole, judge, need in undetermined(first=2 * LANDSCAPES):
        others = set(judge.unknown) - bearing(judge, need)
        left_out += len(others)
        for good in (True, False):
            known = dict.fromkeys(others, good)
            (judged,) = Judge(whole, explain=False, known=known).judge([need]).needs
            assert judged.verdict is Verdict.UNDETERMINED
    assert left_out


def test_a_known_verdict_needs_no_fact() -> None:
    judge = Judge(landscape(**two_partners()))
    found = deciding(judge, "medicines")
    assert (found.if_good, found.if_bad, found.complete) == ((), (), True)
    assert found.to_good is found.to_bad is Verdict.MET


def test_two_things_that_must_both_be_well_are_asked_for_together() -> None:
    maps = two_partners(TWO_UNKNOWN)
    found = deciding(Judge(landscape(**maps)), "medicines")
    delay, reach = Fact("flows", "feed", "delay"), Fact("flows", "feed", "reach")
    assert found.if_good == (frozenset({delay, reach}),)
    assert found.if_bad == (frozenset({delay}), frozenset({reach}))
    assert (found.to_good, found.to_bad) == (Verdict.MET, Verdict.UNMET)


def test_where_more_is_not_better_knowing_more_still_narrows() -> None:
    maps = two_partners({"flows/feed/status": "planned"})
    maps["systems"]["asc"]["holds"] = {"medications": {"form": "coded"}}
    maps["systems"]["asc"]["holds"]["medications"]["authoritative"] = "unknown"
    maps["systems"]["epr"]["holds"]["medications"]["authoritative"] = "unknown"
    found = deciding(Judge(landscape(**maps)), "medicines")
    ours = Fact("systems", "asc", "holds.medications.authoritative")
    theirs = Fact("systems", "epr", "holds.medications.authoritative")
    # Only theirs: unmet. Only ours: met. Both or neither: both parts are asked for, one is there.
    assert found.if_good == found.if_bad == (frozenset({ours, theirs}),)
    assert found.to_good is found.to_bad is Verdict.PARTLY_MET


def test_where_neither_system_says_how_it_knows_people_both_are_asked() -> None:
    unknown: dict[str, object] = {
        "systems/epr/identity_domains": "unknown",
        "systems/asc/identity_domains": "unknown",
    }
    found = deciding(Judge(landscape(**two_partners(unknown))), "medicines")
    both = [Fact("systems", system, "identity_domains") for system in ("asc", "epr")]
    assert found.if_good == (frozenset(both),)
    assert found.if_bad == tuple(frozenset({fact}) for fact in both)


def test_too_many_sets_are_cut_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharedcare.flows.why.minimal.MAX_SETS", 1)
    maps = two_partners(TWO_UNKNOWN)
    found = deciding(Judge(landscape(**maps)), "medicines")
    assert (len(found.if_bad), found.complete) == (1, False)


def knowing(changes: dict[str, object]) -> Landscape:
    """Two partners with owners and suppliers, and some changes."""
    return landscape(
        **two_partners(
            {
                "flows/feed/owner": "Interface lead",
                "systems/epr/supplier": "Acme",
                "systems/asc/supplier": "Carewise",
                "systems/asc/owner": "Digital lead",
                **changes,
            }
        )
    )


@pytest.mark.parametrize(
    ("fact", "who"),
    [
        (
            Fact("flows", "feed", "delay"),
            [
                ("owner", "Interface lead"),
                ("organisations", "hospital"),
                ("organisations", "council"),
                ("supplier", "Acme"),
                ("supplier", "Carewise"),
            ],
        ),
        (
            Fact("flows", "feed", "rekeyed"),
            [
                ("owner", "Interface lead"),
                ("organisations", "council"),
                ("organisations", "hospital"),
                ("supplier", "Carewise"),
                ("supplier", "Acme"),
            ],
        ),
        (
            Fact("systems", "asc", "lifecycle"),
            [("owner", "Digital lead"), ("organisations", "council"), ("supplier", "Carewise")],
        ),
        (
            Fact("stakeholders", "social_worker", "uses.asc.reach"),
            [("organisations", "council"), ("owner", "Digital lead"), ("supplier", "Carewise")],
        ),
        (
            Fact("agreements", "hospital+council", "recorded"),
            [("organisations", "hospital"), ("organisations", "council")],
        ),
        (
            Fact("agreements", "pact", "status"),
            [("organisations", "council"), ("organisations", "hospital")],
        ),
        (Fact("agreements", "led", "valid"), [("organisations", "hospital")]),
    ],
)
def test_those_nearest_to_a_fact_are_told_first(fact: Fact, who: list[tuple[str, str]]) -> None:
    agreements = {
        "pact": {"parties": "all", "status": "unknown"},
        "led": {"parties": "all", "controllers": ["hospital"]},
    }
    whole = knowing({"agreements": agreements})
    assert list(who_knows(whole, fact)) == who


def test_deciding_leaves_the_judge_as_it_was() -> None:
    for raw, _, judge, need in itertools.islice(undetermined(first=0), 10):
        before = copy.deepcopy(raw)
        deciding(judge, need)
        assert raw == before
        assert judge.judge() == Judge(landscape_of(raw), explain=False).judge()
