"""What to ask first is what decides most."""

import copy
import random
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import Fact, Judge, Judgement, ask_first, judge
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.oracle.example import EXAMPLE
from tests.oracle.landscapes import random_landscape

Asked = tuple[Fact, tuple[str, ...], tuple[str, ...], Fraction]
seeds = st.integers(min_value=0, max_value=10**9)


def test_the_one_unknown_fact_is_asked_for_with_what_it_would_decide() -> None:
    raw = copy.deepcopy(EXAMPLE)
    raw["systems"]["epr"]["holds"]["medications.on_discharge"]["written_up_in"] = "unknown"
    whole = landscape_of(raw)
    first, *_ = ask_first(whole, judge(whole))
    assert str(first.fact) == "systems.epr.holds.medications.on_discharge.written_up_in"
    assert first.if_good == first.if_bad == ("discharge_meds",)


def test_nothing_is_asked_where_everything_is_decided() -> None:
    whole = landscape_of(copy.deepcopy(EXAMPLE))
    assert ask_first(whole, judge(whole)) == ()


def test_who_would_know_is_told_with_each_fact() -> None:
    raw = copy.deepcopy(EXAMPLE)
    raw["systems"]["epr"]["holds"]["medications.on_discharge"]["written_up_in"] = "unknown"
    whole = landscape_of(raw)
    first, *_ = ask_first(whole, judge(whole))
    assert first.who == (("organisations", "hospital"), ("supplier", "Acme"))


def test_whether_a_record_is_the_one_that_counts_is_asked_for() -> None:
    maps = two_partners({"flows/feed/status": "planned"})
    maps["systems"]["asc"]["holds"] = {"medications": {"authoritative": "unknown"}}
    maps["systems"]["epr"]["holds"]["medications"]["authoritative"] = False
    whole = landscape(**maps)
    (asked,) = ask_first(whole, judge(whole))
    assert str(asked.fact) == "systems.asc.holds.medications.authoritative"


def one_by_one(whole: Landscape, judgement: Judgement) -> Iterator[Asked]:
    """Yield every fact that decides a need, judging the whole landscape anew for each."""
    open_needs = [n.need for n in judgement.needs if n.verdict is Verdict.UNDETERMINED]
    looked = Judge(whole, explain=False)
    looked.judge(open_needs)
    for fact in looked.unknown if open_needs else ():
        decided = [
            tuple(
                n.need
                for n in Judge(whole, explain=False, known={fact: good}).judge(open_needs).needs
                if n.verdict is not Verdict.UNDETERMINED
            )
            for good in (True, False)
        ]
        weight = sum((whole.needs[need].weight for sides in decided for need in sides), Fraction(0))
        if any(decided):
            yield fact, decided[0], decided[1], weight


@given(seeds)
@settings(max_examples=150)
def test_facts_rank_as_when_each_is_tried_on_the_whole_landscape(seed: int) -> None:
    whole = landscape_of(random_landscape(random.Random(seed)))
    judgement = judge(whole, explain=False)
    asked = [(a.fact, a.if_good, a.if_bad, a.weight) for a in ask_first(whole, judgement)]
    expected = sorted(
        one_by_one(whole, judgement), key=lambda a: (-a[3], -len({*a[1], *a[2]}), a[0])
    )
    assert asked == expected


@given(seeds)
@settings(max_examples=100)
def test_a_judge_who_knows_more_says_what_one_says_who_knew_it_from_the_start(seed: int) -> None:
    dice = random.Random(seed)
    whole = landscape_of(random_landscape(dice))
    judging = Judge(whole, explain=False)
    before = judging.judge()
    for _ in range(3):
        some = [fact for fact in judging.unknown if dice.random() < 0.4]
        known = {fact: dice.random() < 0.5 for fact in some}
        anew = Judge(whole, explain=False, known=known).judge()
        assert judging.knowing(known).judge() == anew
        first = dict(list(known.items())[:1])
        assert judging.knowing(first).knowing(known).judge() == anew
    assert judging.judge() == before


@given(seeds)
@settings(max_examples=100)
def test_where_every_fact_is_known_nothing_is_undetermined_and_no_figure_is_open(
    seed: int,
) -> None:
    dice = random.Random(seed)
    judging = Judge(landscape_of(random_landscape(dice)), explain=False)
    judging.judge()
    known = {fact: dice.random() < 0.5 for fact in judging.unknown}
    for need in judging.knowing(known).judge().needs:
        assert need.verdict is not Verdict.UNDETERMINED
        for item in need.items:
            assert not item.open
            assert not any(step.open for step in item.path)
