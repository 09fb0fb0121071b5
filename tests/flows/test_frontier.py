"""The certificate that nothing arrives: held up to a check that knows nothing of the product."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from sharedcare.flows import Judge
from sharedcare.flows.why.frontier import Blocked, Frontier, frontiers
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Form, Reason
from tests.flows.certificates import claims_of
from tests.oracle.certificate import faults, is_needed, world_of
from tests.oracle.evaluator import arrives, best_reach, ends_of, evaluate
from tests.oracle.hops import STORING, hops_by_sender
from tests.oracle.landscapes import random_landscape
from tests.oracle.law import Question
from tests.oracle.walks import Step, walk
from tests.oracle.world import starts_by_source
from tests.test_oracle import ITEM, NEED, edited

Raw = dict[str, Any]
Claims = dict[str, Any]

HOUR = 3600


def found(raw: Raw) -> list[Frontier]:
    """Every certificate of every need of a profile."""
    landscape = landscape_of(raw)
    judge = Judge(landscape)
    return [frontier for need_id in landscape.needs for frontier in frontiers(judge, need_id)]


def of_example(**edits: Any) -> Frontier:
    """The one certificate of the worked example after some edits."""
    (frontier,) = found(edited(**edits))
    return frontier


def stopped(frontier: Frontier) -> list[tuple[str | None, str, str, list[str]]]:
    """The blocked hops, with the reasons as words."""
    return [
        (blocked.flow, blocked.from_, blocked.to, [reason.value for reason in blocked.reasons])
        for blocked in frontier.blocked
    ]


def drawn(seeds: range) -> Iterator[tuple[Raw, Frontier]]:
    """Certificates of random landscapes, each with its profile."""
    for seed in seeds:
        raw = random_landscape(random.Random(seed))
        for frontier in found(raw):
            yield raw, frontier


def test_on_a_thousand_landscapes_every_certificate_proves_what_it_claims() -> None:
    seen: Counter[str] = Counter()
    for raw, frontier in drawn(range(1_000)):
        assert frontier.complete
        assert not faults(raw, claims_of(frontier)), (raw, frontier)
        seen.update(reason.value for blocked in frontier.blocked for reason in blocked.reasons)
        seen.update(f"refused {r.value}" for start in frontier.refused for r in start.reasons)
        seen.update(["at best" if frontier.at_best else "at worst"])
    told = {reason.value for reason in Reason} - {"NO_ROUTE", "NO_SOURCE"}
    of_starts = {f"refused {r}" for r in ("FORM", "HISTORY", "NOT_LIVE", "AGE", "REACH")}
    assert seen.keys() == told | of_starts | {"at best", "at worst"}


def test_there_is_one_certificate_for_each_item_and_source_of_which_nothing_arrives() -> None:
    counted = 0
    for seed in range(300):
        raw = random_landscape(random.Random(seed))
        judge, verdicts = Judge(landscape_of(raw)), evaluate(raw)
        for need_id, need in raw["needs"].items():
            told = frontiers(judge, need_id)
            claims = {
                "settled": [(*fact, good) for f in told[:1] for fact, good in f.settled],
                "at_best": verdicts[need_id].verdict != "undetermined",
            }
            if not told and judge.unknown:
                continue  # which turn of the unknown is shown would not be known here
            world = world_of(raw, claims)
            missing = [
                (position, source)
                for position, item in enumerate(need["content"])
                for source, starts in sorted(starts_by_source(world, item).items())
                if not best_reach(world, Question(need, item, source), starts)
            ]
            assert [(f.position, f.source) for f in told] == missing
            counted += len(missing)
    assert counted > 300


def cut(claims: Claims, kept: list[Claims]) -> Claims:
    """A certificate with other labels, which says of places what these labels say."""
    reached = {label["place"] for label in kept}
    ends = [place for place in claims["dead_ends"] if place in reached]
    return {**claims, "labels": kept, "reached": sorted(reached), "dead_ends": ends}


def without(entries: list[Claims], position: int) -> list[Claims]:
    """A list without one entry."""
    return [entry for at, entry in enumerate(entries) if at != position]


def test_a_certificate_that_leaves_out_a_blocked_hop_proves_nothing() -> None:
    tampered = 0
    for raw, frontier in drawn(range(300)):
        claims = claims_of(frontier)
        for position in range(len(claims["blocked"])):
            assert faults(raw, {**claims, "blocked": without(claims["blocked"], position)})
            tampered += 1
    assert tampered > 300


def test_a_certificate_that_leaves_out_a_label_which_no_other_matches_proves_nothing() -> None:
    tampered = 0
    for raw, frontier in drawn(range(300)):
        claims = claims_of(frontier)
        for position in range(len(claims["labels"])):
            if is_needed(raw, claims, position):
                assert faults(raw, cut(claims, without(claims["labels"], position)))
                tampered += 1
    assert tampered > 300


def test_a_certificate_that_makes_something_up_proves_nothing() -> None:
    for raw, frontier in drawn(range(100)):
        claims = claims_of(frontier)
        for position, label in enumerate(claims["labels"]):
            others = without(claims["labels"], position)
            assert faults(raw, cut(claims, [*others, {**label, "age": label["age"] + 1}]))
        for position, stop in enumerate(claims["blocked"]):
            others = without(claims["blocked"], position)
            wrong = {**stop, "reasons": [*stop["reasons"], "REACH"]}
            if "REACH" not in stop["reasons"]:
                assert faults(raw, {**claims, "blocked": [*others, wrong]})
        if claims["starts"]:
            assert faults(raw, {**claims, "starts": claims["starts"][1:]})


def test_a_certificate_does_not_outlive_what_stopped_it() -> None:
    frontier = of_example(**{"agreements/shcr/status": "draft"})
    assert not faults(edited(**{"agreements/shcr/status": "draft"}), claims_of(frontier))
    assert faults(edited(), claims_of(frontier))


def leads_on(raw: Raw, frontier: Frontier, blocked: Blocked) -> bool:
    """Whether anything arrives that the hop has brought afresh, by trying every route."""
    need = raw["needs"][frontier.need]
    world = world_of(raw, claims_of(frontier))
    question = Question(need, need["content"][frontier.position], frontier.source)
    mode = raw["flows"][blocked.flow]["mode"] if blocked.flow else "view"
    stores, ends = mode in STORING, ends_of(world, question)
    arrived: list[bool] = []

    def visit(step: Step) -> None:
        there = [end for end in ends if end.place == step.place and min(end.reach, step.reach)]
        arrived.extend(arrives(world, question, step, end) for end in there)

    step = Step(
        place=blocked.to,
        stored=stores,
        shown=mode == "view" and not world.is_human(blocked.to),
        viewed=mode == "view",
        asked=not stores,
        moved=True,
        form=Form.PROFILED,
        age=0,
        wait=0,
        reach=Fraction(1),
        rekeys=0,
    )
    if world.is_human(blocked.to) or world.is_live(blocked.to):
        walk(world, [step], hops_by_sender(world, question), visit)
    return any(arrived)


def test_a_hop_leads_on_just_where_every_condition_lets_what_it_brings_arrive() -> None:
    seen: Counter[bool] = Counter()
    for raw, frontier in drawn(range(300)):
        uses = raw["needs"][frontier.need]["stakeholder"]
        for blocked in frontier.blocked:
            if blocked.flow or blocked.to != uses:
                assert leads_on(raw, frontier, blocked) is blocked.leads_on, (frontier, blocked)
                seen[blocked.leads_on] += 1
    assert min(seen.values()) > 30


def test_a_hop_that_may_be_all_that_is_missing_comes_first_and_what_it_has_is_told() -> None:
    frontier = of_example(**{"systems/hub/lifecycle": "retired"})
    call, feed = frontier.blocked
    assert (call.flow, call.leads_on, call.form) == ("ward_call", True, Form.VERBAL)
    assert call.age == frontier.labels[0].age + (2 + 64) * HOUR
    assert call.reasons == (Reason.FORM, Reason.AGE)
    assert (feed.flow, feed.leads_on, feed.reasons) == ("epr_hub", False, (Reason.NOT_LIVE,))
    assert frontier.limits.max_age == 2 * HOUR


def test_a_hop_of_which_several_things_are_wrong_tells_them_all() -> None:
    edits = {"agreements/shcr/status": "draft", "flows/hub_asc/history": "1 w"}
    frontier = of_example(**edits, **{"flows/hub_asc/capacity": "20/week"})
    (view,) = [blocked for blocked in frontier.blocked if blocked.flow == "hub_asc"]
    assert view.reasons == (Reason.HISTORY, Reason.CAPACITY, Reason.NO_AGREEMENT)
    assert view.history == 7 * 24 * HOUR
    assert view.capacity is not None
    assert view.capacity < (frontier.limits.events or 0)


def test_what_comes_too_late_is_blocked_where_it_would_be_used() -> None:
    frontier = of_example(**{"flows/hub_asc/wait": "45 s"})
    assert "asc" in frontier.reached
    use, told, _ = frontier.blocked
    assert (use.flow, use.from_, use.to, use.wait) == (None, "asc", "social_worker", 45)
    assert (told.from_, told.to, told.reasons) == ("social_worker",) * 2 + ((Reason.WAIT,),)


def test_where_no_flow_leads_on_every_place_that_is_reached_is_a_dead_end() -> None:
    frontier = of_example(**{"flows/hub_asc": None, "flows/ward_call": None})
    assert frontier.reached == frontier.dead_ends == ("epr", "ward_nurse", "hub")
    assert frontier.blocked == ()


def test_a_system_where_no_route_can_start_is_refused_with_what_it_has() -> None:
    holding = "systems/epr/holds/medications.on_discharge"
    frontier = of_example(**{f"{holding}/history": "1 w", f"{holding}/form": "verbal"})
    assert (frontier.starts, frontier.reached, frontier.blocked) == ((), (), ())
    assert frontier.refused == (
        Blocked(
            flow=None,
            from_="epr",
            to="epr",
            reasons=(Reason.FORM, Reason.HISTORY),
            leads_on=True,
            form=Form.VERBAL,
            history=7 * 24 * HOUR,
        ),
    )


def test_who_holds_nothing_has_an_empty_certificate() -> None:
    frontier = of_example(**{f"{ITEM}/from": ["hospital", "practices"]})
    assert frontier.source == "practices"
    assert (frontier.starts, frontier.refused, frontier.reached) == ((), (), ())


def test_an_undetermined_need_is_held_up_as_it_is_at_worst() -> None:
    frontier = of_example(**{"flows/hub_asc/history": "unknown"})
    assert not frontier.at_best
    view = frontier.blocked[0]
    assert (view.reasons, view.history) == ((Reason.HISTORY,), 0)


def test_what_is_assumed_of_who_is_a_source_is_told() -> None:
    assert of_example(**{f"{NEED}/use": "alert"}).settled == ()
    frontier = of_example(**{f"{NEED}/use": "alert", "systems/epr/lifecycle": "unknown"})
    assert [(str(fact), good) for fact, good in frontier.settled] == [
        ("systems.epr.lifecycle", True)
    ]


def test_too_many_labels_leave_a_certificate_that_claims_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("sharedcare.flows.why.spread"), "MAX_LABELS", 1)
    frontier = of_example(**{"agreements/shcr/status": "draft"})
    assert not frontier.complete
    assert frontier.reached == ("epr",)
    assert frontier.blocked == ()
