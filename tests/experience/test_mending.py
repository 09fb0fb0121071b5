"""Giving one crossing its cover mends a chain; of the region the attribute hurt most is traced."""

from pathlib import Path

import pytest

from sharedcare.assessment import assess
from sharedcare.errors import NotFoundError
from sharedcare.experience import Mending, State, Turn, chains_of, experience, mending
from sharedcare.landscape.activity import Attribute
from sharedcare.loading import load_landscape
from sharedcare.vocabulary import Reason
from tests.experience.plays import play

PROFILES = Path(__file__).parents[2] / "profiles"


def covered() -> Mending:
    return mending(load_landscape(str(PROFILES / "covering-a-crossing.yaml")), "cover_the_ward")


def test_before_the_crossing_has_its_cover_the_chain_is_broken_there() -> None:
    (trace,) = covered().before.traces
    assert trace.need == "day_home"
    assert trace.hop is not None
    assert (trace.hop.flow, trace.hop.reasons) == ("ward_news", (Reason.NO_AGREEMENT,))
    assert trace.hop.is_uncovered


def test_with_its_cover_the_chain_is_mended_and_what_people_feel_is_lifted() -> None:
    found = covered()
    ends = [turn.after.ends for turn in found.turned(Turn.MENDED) if turn.after]
    assert ("planning", "door", Attribute.SAFE) in ends
    assert found.lifted == (
        Attribute.SOMEONE_TO_COUNT_ON, Attribute.INDEPENDENT, Attribute.SAFE,
    )  # fmt: skip
    assert found.lowered == ()
    assert found.turned(Turn.WORSE) == ()
    assert found.after.traces == ()
    assert found.after.in_state(State.BROKEN) == ()


def test_of_the_region_feeling_safe_is_hurt_most_and_traced_to_the_hop() -> None:
    found = experience(load_landscape(str(PROFILES / "fictional-region.yaml")))
    assert found.hurt_most is Attribute.SAFE
    (safe,) = (one for one in found.attributes if one.attribute is Attribute.SAFE)
    assert (safe.chains, safe.broken_by_needs) == (7, 5)
    hops = {trace.need: trace.hop for trace in found.traces}
    assert safe.needs[:2] == ("leaving_day_otherborough", "crisis_plan_in_emergency")
    first, second = (hops[need] for need in safe.needs[:2])
    assert first is not None
    assert second is not None
    assert (first.flow, first.reasons) == ("notice_otherborough", (Reason.AGE,))
    assert (second.flow, second.reasons) == ("window_emergency", (Reason.LAWFUL_BASIS,))
    assert [hop.is_uncovered for hop in (first, second)] == [False, True]
    assert set(safe.needs) <= set(hops)


def test_what_breaks_a_need_makes_its_chains_worse_and_lowers_what_people_feel() -> None:
    region = play({"scenarios": {"down": {"disrupt": ["feed"]}}})
    found = mending(region, "down")
    assert [(one.turn, one.after.state) for one in found.turns if one.after] == [
        (Turn.WORSE, State.BROKEN)
    ]
    assert (found.lifted, found.lowered) == ((), (Attribute.SAFE,))


def test_activities_that_come_and_go_are_chains_that_are_new_and_gone() -> None:
    entry = {"actor": "volunteer", "stage": "front", "links": {"heard": "definite"}}
    plan = {"adds": {"activities": {"call": entry}}, "removes": {"activities": ["visit"]}}
    found = mending(play({"changes": {"swap": plan}}), "swap")
    turns = [
        (one.turn, chain.front) for one in found.turns for chain in (one.before, one.after) if chain
    ]
    assert sorted(turns, key=str) == [(Turn.GONE, "visit"), (Turn.NEW, "call")]


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(NotFoundError):
        mending(play(), "nothing")


def test_chains_by_the_scores_of_an_assessment_are_those_by_the_dimensions_alone() -> None:
    region = load_landscape(str(PROFILES / "fictional-region.yaml"))
    assessment = assess(region)
    assert chains_of(region, assessment.judgement, assessment.scores) == experience(region)
