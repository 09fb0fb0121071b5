"""What must hold of verdicts on any landscape."""

import copy
import random
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import Judgement, judge
from sharedcare.flows.coverage import rank
from sharedcare.flows.evaluation import Arrivals, Asked, Evaluation
from sharedcare.flows.network import Network
from sharedcare.flows.taking import best, worst
from sharedcare.landscape import landscape_of
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]
seeds = st.integers(min_value=0, max_value=10**9)
FORMS = ("verbal", "document", "text", "structured", "coded", "profiled")


def judged(raw: Raw) -> Judgement:
    """The verdicts on a profile."""
    return judge(landscape_of(raw), explain=False)


def assert_no_worse(before: Raw, after: Raw) -> None:
    """Hold that no need is worse, neither at worst nor at best."""
    for old, new in zip(judged(before).needs, judged(after).needs, strict=True):
        assert rank(new.low) >= rank(old.low), old.need
        assert rank(new.high) >= rank(old.high), old.need


def drawn(seed: int) -> tuple[Raw, Raw, random.Random]:
    """A random landscape, a copy to change, and the dice."""
    dice = random.Random(seed)
    raw = random_landscape(dice)
    return raw, copy.deepcopy(raw), dice


@given(seeds)
@settings(max_examples=150)
def test_adding_a_flow_never_worsens_a_verdict(seed: int) -> None:
    before, after, dice = drawn(seed)
    places = [*before["systems"], *before["stakeholders"]]
    after.setdefault("flows", {})["one_more"] = {
        "from": dice.choice(places),
        "to": dice.choice(places),
        "mode": dice.choice(["push", "pull", "view", "manual"]),
        "carries": {"as_held": "all"},
        "delay": "1 min",
        "wait": "1 s",
        "history": "20 y",
    }
    assert_no_worse(before, after)


@given(seeds)
@settings(max_examples=150)
def test_signing_an_agreement_never_worsens_a_verdict(seed: int) -> None:
    before, after, _ = drawn(seed)
    for agreement in after.get("agreements", {}).values():
        agreement["status"] = "signed"
    assert_no_worse(before, after)


@given(seeds)
@settings(max_examples=150)
def test_raising_a_form_never_worsens_a_verdict(seed: int) -> None:
    before, after, _ = drawn(seed)
    for flow in after.get("flows", {}).values():
        carries = flow.get("carries", {})
        for category, form in carries.items():
            if form in FORMS:
                carries[category] = FORMS[min(FORMS.index(form) + 1, len(FORMS) - 1)]
    assert_no_worse(before, after)


@given(seeds)
@settings(max_examples=150)
def test_shortening_a_delay_never_worsens_a_verdict(seed: int) -> None:
    before, after, _ = drawn(seed)
    for flow in after.get("flows", {}).values():
        for key in ("delay", "wait", "interval"):
            if key in flow:
                flow[key] = "0 s"
    assert_no_worse(before, after)


@given(seeds)
@settings(max_examples=100)
def test_duplicating_a_flow_changes_no_verdict(seed: int) -> None:
    before, after, _ = drawn(seed)
    for key, flow in list(after.get("flows", {}).items()):
        after["flows"][f"{key}_again"] = copy.deepcopy(flow)
    assert _told(judged(before)) == _told(judged(after))


@given(seeds)
@settings(max_examples=100)
def test_the_order_of_a_profile_changes_nothing(seed: int) -> None:
    before, after, dice = drawn(seed)
    for kind, entries in after.items():
        if isinstance(entries, dict) and kind != "meta":
            keys = list(entries)
            dice.shuffle(keys)
            after[kind] = {key: entries[key] for key in keys}
    old = {need.need: need for need in judge(landscape_of(before)).needs}
    new = {need.need: need for need in judge(landscape_of(after)).needs}
    assert old == new


@given(seeds, st.integers(min_value=2, max_value=9))
@settings(max_examples=50)
def test_scaling_all_weights_leaves_sufficiency(seed: int, factor: int) -> None:
    before, after, _ = drawn(seed)
    for need in after["needs"].values():
        need["weight"] = need.get("weight", 1) * factor
    assert judged(before).sufficiency == judged(after).sufficiency


@given(seeds)
@settings(max_examples=100)
def test_what_is_not_met_has_a_reason_and_what_arrives_a_witness(seed: int) -> None:
    before, _, _ = drawn(seed)
    for need in judge(landscape_of(before)).needs:
        for item in need.items:
            covered = any(source.coverage.high for source in item.sources)
            assert covered if item.path else not item.coverage.low
            if item.verdict.value in ("unmet", "partly_met"):
                assert item.reasons, (need.need, item.category)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """A profile with ids renamed wherever they stand, as keys, as values, within lists."""
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


@given(seeds)
@settings(max_examples=100)
def test_renaming_ids_renames_the_verdicts_and_nothing_else(seed: int) -> None:
    before, _, _ = drawn(seed)
    kinds = ("systems", "stakeholders", "flows", "agreements", "needs")
    names = {key: f"zz_{key}" for kind in kinds for key in before.get(kind, {})}
    after = _renamed(before, names)
    old, new = _told(judged(before)), _told(judged(after))
    assert [(names[need], *rest) for need, *rest in old] == [(need, *rest) for need, *rest in new]


@given(seeds)
@settings(max_examples=100)
def test_a_system_split_in_two_identical_halves_leaves_the_verdicts(seed: int) -> None:
    before, after, dice = drawn(seed)
    whole = dice.choice(sorted(before["systems"]))
    half = {whole: "other_half"}
    after["systems"]["other_half"] = copy.deepcopy(before["systems"][whole])
    for key, flow in before.get("flows", {}).items():
        if whole in (flow["from"], flow["to"]):
            after["flows"][f"{key}_half"] = _renamed(copy.deepcopy(flow), half)
    for stakeholder in after["stakeholders"].values():
        uses = stakeholder.get("uses", [])
        stakeholder["uses"] = uses + [
            _renamed(use, half) for use in uses if whole in (use, _system(use))
        ]
    if any(need.get("at") == whole for need in before["needs"].values()):
        return  # a need that may be met at one system only has not got the other half
    assert _told(judged(before)) == _told(judged(after))


def _system(use: Any) -> str | None:
    return use.get("system") if isinstance(use, dict) else None


def _told(judgement: Judgement) -> list[tuple[str, str, str, list[tuple[object, object]]]]:
    return [
        (
            need.need,
            need.low.value,
            need.high.value,
            [(item.coverage.low, item.coverage.high) for item in need.items],
        )
        for need in judgement.needs
    ]


@given(seeds)
@settings(max_examples=150)
def test_what_is_known_of_the_better_run_spares_the_worse_one_searches_and_changes_nothing(
    seed: int,
) -> None:
    landscape = landscape_of(drawn(seed)[0])
    at_best = Evaluation(Network(landscape, best()))
    at_worst = Evaluation(Network(landscape, worst(), twin=at_best.network))
    finder = at_best.network.layout.finder
    asked = [
        Asked(key, need, position, finder.sources(item, {}))
        for key, need in landscape.needs.items()
        for position, item in enumerate(need.content)
        if not finder.deciding_facts(item)
    ]
    spared = at_worst.arrivals_below(asked, at_best, at_best.arrivals(asked))
    afresh = Evaluation(Network(landscape, worst())).arrivals(asked)
    assert reached(spared) == reached(afresh)


def reached(arrivals: Arrivals) -> list[dict[str, Fraction | None]]:
    """For each item, by source, the share of people for whom it arrives."""
    return [
        {source: found.reach if found else None for source, found in of_item.items()}
        for of_item in arrivals.values()
    ]
