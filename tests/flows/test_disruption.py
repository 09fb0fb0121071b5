"""Disruption says who has less than today, the safety-critical first, and why."""

import random
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import judge
from sharedcare.flows.losses.disruption import IMPROVED, WORSENED, Disruption, Fate, disruption
from sharedcare.landscape import landscape_of
from sharedcare.loading import load_landscape
from sharedcare.vocabulary import Reason, Verdict
from tests.builders import landscape, two_partners
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]
REGION = Path(__file__).parents[2] / "profiles" / "fictional-region.yaml"


def after(change: Raw, maps: Raw | None = None) -> Disruption:
    """What a change does to two partners."""
    return disruption(landscape(**two_partners({**(maps or {}), "changes": {"it": change}})), "it")


def fates(found: Disruption) -> dict[str, Fate]:
    return {need.need: need.fate for need in found.needs}


def removing(*flows: str) -> Raw:
    return {"removes": {"flows": list(flows)}}


def patching(**patch: object) -> Raw:
    return {"patches": {"flows": {"feed": patch}}}


def test_a_need_that_was_met_and_is_not_any_more_is_lost() -> None:
    found = after(removing("feed"))
    assert fates(found) == {"medicines": Fate.LOST}
    assert found.breaks_safety
    (loss,) = found.losses
    assert (loss.stakeholder, loss.organisation) == ("social_worker", "council")
    assert (loss.category, loss.sources) == ("medications", ("hospital",))
    assert loss.reasons == (Reason.NO_ROUTE,)


def test_a_need_that_may_no_longer_be_met_is_lost_too() -> None:
    found = after(patching(delay="unknown"), {"needs/medicines/max_age": "1 h"})
    assert fates(found) == {"medicines": Fate.LOST}
    assert found.needs[0].after is not None
    assert found.needs[0].after.verdict is Verdict.UNDETERMINED


def test_a_need_that_is_met_for_fewer_people_is_worse_and_does_not_break_while_it_is_met() -> None:
    found = after(patching(reach=0.9), {"needs/medicines/quantity": {"coverage": 0.8}})
    assert fates(found) == {"medicines": Fate.WORSE}
    assert not found.breaks_safety
    assert found.losses[0].after is not None
    assert found.losses[0].after.coverage.low < found.losses[0].before.coverage.low


def test_a_need_that_is_partly_met_for_fewer_people_breaks() -> None:
    found = after(patching(reach=0.3), {"flows/feed/reach": 0.6})
    assert fates(found) == {"medicines": Fate.WORSE}
    assert found.breaks_safety


def test_a_need_that_becomes_met_is_gained_and_one_met_for_more_people_is_better() -> None:
    assert fates(after(patching(reach=1), {"flows/feed/reach": 0.6})) == {"medicines": Fate.GAINED}
    assert fates(after(patching(reach=0.8), {"flows/feed/reach": 0.6})) == {
        "medicines": Fate.BETTER
    }


def test_a_need_that_is_asked_for_only_before_or_only_after_is_neither_lost_nor_gained() -> None:
    new = {"stakeholder": "social_worker", "content": ["allergies"], "purpose": "direct_care"}
    change = {"removes": {"needs": "medicines"}, "adds": {"needs": {"allergies": new}}}
    found = after(change)
    assert fates(found) == {"medicines": Fate.GONE, "allergies": Fate.NEW}
    assert not found.breaks_safety
    assert found.losses == ()


def test_another_route_leaves_a_need_as_it_is() -> None:
    second = {"from": "epr", "to": "asc", "mode": "push", "delay": "1 min", "basis": "direct_care",
              "carries": {"medications": "coded"}}  # fmt: skip
    assert fates(after(removing("feed"), {"flows/second": second})) == {"medicines": Fate.SAME}


def test_losses_begin_with_what_is_safety_critical() -> None:
    light = {"stakeholder": "social_worker", "content": ["medications"], "purpose": "direct_care",
             "weight": 9}  # fmt: skip
    needs = {"light": light, "grave": {**light, "weight": 1, "safety_critical": True}}
    found = after(removing("feed"), {"needs": needs})
    assert [loss.need for loss in found.losses] == ["grave", "light"]
    assert [need.need for need in found.with_fate(Fate.LOST)] == ["grave", "light"]


def test_what_a_change_says_it_disrupts_is_told_with_the_needs_that_go_by_it_today() -> None:
    found = after({"disrupts": ["feed", "epr"]})
    assert [(one.kind, one.id, one.needs) for one in found.disturbed] == [
        ("flows", "feed", ("medicines",)),
        ("systems", "epr", ("medicines",)),
    ]


def test_what_a_scenario_takes_away_is_told_and_a_supplier_by_its_systems() -> None:
    maps = two_partners({"systems/epr/supplier": "Acme", "scenarios": {"s": {"disrupt": "Acme"}}})
    found = disruption(landscape(**maps), "s")
    assert found.lost == (("systems", "epr"),)
    assert fates(found) == {"medicines": Fate.LOST}


def test_nothing_changed_is_nothing_disrupted() -> None:
    found = after({})
    assert fates(found) == {"medicines": Fate.SAME}
    assert not found.losses


def test_retiring_the_green_folder_breaks_what_hangs_on_it_and_nothing_else() -> None:
    region = load_landscape(REGION)
    found = disruption(region, "retire_green_folder", before=judge(region))
    assert [need.need for need in found.needs if need.fate is not Fate.SAME] == [
        "last_dose_at_home"
    ]
    assert found.breaks_safety


def test_every_change_option_and_scenario_of_the_region_can_be_carried_out_and_does_something() -> (
    None
):
    region = load_landscape(REGION)
    before = judge(region)
    does_nothing = []
    for kind in ("changes", "options", "scenarios"):
        for key in getattr(region, kind):
            found = disruption(region, f"{kind}.{key}", before=before)
            if {need.fate for need in found.needs} == {Fate.SAME}:
                does_nothing.append(key)
    assert does_nothing == [
        "extend_care_home_agreement",  # it lapses later
        "sign_with_volunteers",  # their list has no NHS numbers yet
        "replace_emergency_system",  # it is only supported for longer
    ]


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=60)
def test_taking_a_flow_away_and_only_that_improves_nothing(seed: int) -> None:
    dice = random.Random(seed)
    raw = random_landscape(dice)
    if not raw.get("flows"):
        return
    flow = dice.choice(sorted(raw["flows"]))
    found = disruption(landscape_of({**raw, "changes": {"it": removing(flow)}}), "it")
    assert not found.with_fate(*IMPROVED)
    assert {loss.need for loss in found.losses} <= {n.need for n in found.with_fate(*WORSENED)}
