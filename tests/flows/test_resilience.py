"""Losing a thing is deleting it from the profile and judging again, only sooner."""

import itertools
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.deleting import DELETING
from sharedcare.errors import LimitReached
from sharedcare.flows import judge, search
from sharedcare.flows.judging import Extent
from sharedcare.flows.losses import pairs
from sharedcare.flows.losses.resilience import Loss, LossKind, Stress, affordable, losable, stress
from sharedcare.flows.losses.verdict_change import Direction, VerdictChange, direction, is_sure
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Verdict
from tests.builders import AS_OF, landscape, two_partners
from tests.oracle.evaluator import evaluate
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]
seeds = st.integers(min_value=0, max_value=10**9)

MET, PARTLY, UNMET = (Extent(v, v) for v in (Verdict.MET, Verdict.PARTLY_MET, Verdict.UNMET))
UNKNOWN = Extent(Verdict.UNMET, Verdict.MET)

LAWFUL = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}
SIGNED = {
    "parties": "all",
    "categories": "all",
    "purposes": ["direct_care"],
    "status": "signed",
    "lawful_basis": LAWFUL,
}


def stressed(changes: Mapping[str, object] | None = None, **more: Any) -> Stress:
    """What falls in the landscape of two partners, with some changes laid on it."""
    return stress(landscape(**two_partners(changes)), **more)


def loss_of(found: Stress, kind: LossKind, *ids: str) -> Loss:
    """The loss of one thing, or of two at once."""
    losses = found.losses if len(ids) == 1 else found.pairs or ()
    return next(loss for loss in losses if (loss.kind, loss.ids) == (kind, ids))


def after(found: Stress, kind: LossKind, *ids: str) -> Extent:
    """How the one need stands after a loss."""
    loss = loss_of(found, kind, *ids)
    return next((change.after for change in loss.changes), found.whole["medicines"])


def left_by(found: Stress, loss: Loss) -> dict[str, Extent]:
    return {**found.whole, **{change.need: change.after for change in loss.changes}}


def deleted(raw: Raw, kind: LossKind, *ids: str) -> dict[str, Extent]:
    """How every need stands when some things are deleted from the profile."""
    judgement = judge(landscape_of(DELETING[kind.value](raw, set(ids))), explain=False)
    return {need.need: Extent(need.low, need.high, need.proven) for need in judgement.needs}


# ── Held to deletion ──────────────────────────────────────────────────────────────────────────────


@given(seeds)
@settings(max_examples=60)
def test_losing_anything_is_deleting_it_and_judging_again(seed: int) -> None:
    raw = random_landscape(random.Random(seed))
    found = stress(landscape_of(raw))
    for loss in found.losses:
        assert left_by(found, loss) == deleted(raw, loss.kind, *loss.ids), loss


@given(seeds)
@settings(max_examples=40)
def test_a_brute_force_evaluator_says_the_same_of_what_is_left(seed: int) -> None:
    raw = random_landscape(random.Random(seed))
    found = stress(landscape_of(raw))
    for loss in found.losses:
        answers = evaluate(DELETING[loss.kind.value](raw, set(loss.ids)))
        told = {
            key: (left.low.value, left.high.value) for key, left in left_by(found, loss).items()
        }
        assert told == {key: (answer.low, answer.high) for key, answer in answers.items()}, loss


@given(seeds)
@settings(max_examples=25)
def test_a_pair_is_told_where_deleting_both_takes_more_than_deleting_either(seed: int) -> None:
    raw = random_landscape(random.Random(seed))
    made = landscape_of(raw)
    found = stress(made, pairs=True)
    told = {(loss.kind, loss.ids): left_by(found, loss) for loss in found.pairs or ()}
    for kind in LossKind:
        alone = {key: deleted(raw, kind, key) for key in losable(made, kind)}
        for one, other in itertools.combinations(alone, 2):
            both = deleted(raw, kind, one, other)
            beside = (found.whole, alone[one], alone[other])
            more = {
                need: end
                for need, end in both.items()
                if all(is_worse(before[need], end) for before in beside)
            }
            assert told.get((kind, (one, other)), found.whole) == {**found.whole, **more}


def is_worse(before: Extent, end: Extent) -> bool:
    return before != end and direction(before, end) is Direction.WORSE


def test_what_was_lost_was_there_in_every_sort_so_that_these_tests_try_something() -> None:
    seen: set[tuple[LossKind, Direction]] = set()
    for seed in range(200):
        for loss in stress(landscape_of(random_landscape(random.Random(seed)))).losses:
            seen |= {(loss.kind, change.direction) for change in loss.changes}
    assert {(kind, Direction.WORSE) for kind in LossKind} <= seen
    assert (LossKind.AGREEMENT, Direction.BETTER) in seen
    assert (LossKind.SYSTEM, Direction.OTHERWISE) in seen


# ── Systems and suppliers ─────────────────────────────────────────────────────────────────────────


def test_the_only_holder_and_the_only_reader_each_take_the_need() -> None:
    found = stressed()
    assert found.whole == {"medicines": MET}
    assert after(found, LossKind.SYSTEM, "epr") == UNMET
    assert after(found, LossKind.SYSTEM, "asc") == UNMET


def test_a_system_beside_the_route_takes_nothing() -> None:
    found = stressed({"systems/beside": {"organisation": "council"}})
    assert loss_of(found, LossKind.SYSTEM, "beside").changes == ()


def test_a_need_that_asks_at_a_lost_system_goes_on_asking_there() -> None:
    second = {
        "systems/other": {"organisation": "council"},
        "stakeholders/social_worker/uses": ["asc", "other"],
        "flows/second": {
            "from": "epr",
            "to": "other",
            "mode": "push",
            "delay": "1 min",
            "carries": {"medications": "coded"},
            "basis": "direct_care",
        },
    }
    assert after(stressed(second), LossKind.SYSTEM, "asc") == MET
    at = {**second, "needs/medicines/at": "asc"}
    assert after(stressed(at), LossKind.SYSTEM, "asc") == UNMET


def test_a_system_of_nobody_that_decides_who_is_a_source_betters_a_need_when_it_goes() -> None:
    found = stressed(
        {
            "systems/epr/holds": {"medications": {"form": "coded"}},
            "systems/ledger": {"kind": "paper", "holds": {"medications": {"authoritative": True}}},
        }
    )
    assert found.whole == {"medicines": UNMET}
    loss = loss_of(found, LossKind.SYSTEM, "ledger")
    assert loss.going(Direction.BETTER) == ("medicines",)
    assert loss.lost == ()
    assert loss.weight == 0


def test_a_need_that_is_unmet_already_has_nothing_to_lose() -> None:
    found = stressed({"flows/feed/status": "planned"})
    assert all(loss.changes == () for loss in found.losses)


def test_a_partly_met_and_an_undetermined_need_can_be_lost() -> None:
    assert stressed({"flows/feed/reach": 0.5}).whole == {"medicines": PARTLY}
    unknown = stressed({"flows/feed/reach": "unknown"})
    assert unknown.whole == {"medicines": UNKNOWN}
    assert loss_of(unknown, LossKind.SYSTEM, "epr").lost == ("medicines",)


def test_a_supplier_takes_all_its_systems_with_it() -> None:
    found = stressed({"systems/epr/supplier": "Acme", "systems/asc/supplier": "none"})
    assert [loss.ids for loss in found.losses if loss.kind is LossKind.SUPPLIER] == [("Acme",)]
    assert loss_of(found, LossKind.SUPPLIER, "Acme").systems == ("epr",)
    assert after(found, LossKind.SUPPLIER, "Acme") == UNMET


PUSH = {"mode": "push", "carries": {"medications": "coded"}, "basis": "direct_care"}


def two_ways(one: str = "1 min", two: str = "2 min") -> dict[str, Any]:
    """Two ways from the hospital's record to the council's, over a system each."""
    return {
        "systems/one": {"organisation": "hospital"},
        "systems/two": {"organisation": "hospital"},
        "flows": {
            "a": {"from": "epr", "to": "one", "delay": one, **PUSH},
            "b": {"from": "one", "to": "asc", "delay": one, **PUSH},
            "c": {"from": "epr", "to": "two", "delay": two, **PUSH},
            "d": {"from": "two", "to": "asc", "delay": two, **PUSH},
        },
    }


def test_a_way_that_only_the_worst_run_takes_is_missed_when_it_goes() -> None:
    found = stressed({**two_ways(), "flows/b/reach": "unknown"})
    assert found.whole == {"medicines": MET}
    assert after(found, LossKind.SYSTEM, "one") == MET
    assert after(found, LossKind.SYSTEM, "two") == UNKNOWN


def test_what_was_not_proven_may_be_proven_when_there_is_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 3)
    held = {"coded": ["medications"]}
    crowded = {
        "systems/epr/holds": held,
        "systems/beside": {"organisation": "hospital", "holds": held},
        "flows/more": {"from": "beside", "to": "asc", "delay": "1 min", **PUSH},
    }
    found = stressed(crowded)
    assert found.whole["medicines"].proven is False
    loss = loss_of(found, LossKind.SYSTEM, "beside")
    assert [change.after for change in loss.changes] == [MET]
    assert loss.going(Direction.NOT_PROVEN) == ("medicines",)


def test_what_is_lost_leaves_nothing_open_about_who_is_a_source() -> None:
    unknown = {"form": "coded", "authoritative": "unknown"}
    holders = {
        f"systems/holder_{number}": {
            "organisation": "hospital",
            "holds": {"medications": unknown},
        }
        for number in range(8)
    }
    changes = {**holders, "systems/epr/holds": {"medications": unknown}}
    found = stressed(changes, kinds=[LossKind.SYSTEM])
    assert found.whole["medicines"].proven is False
    lost = deleted(
        {"meta": {"as_of": AS_OF, "jurisdiction": "england"}, **two_partners(changes)},
        LossKind.SYSTEM,
        "holder_0",
    )
    assert after(found, LossKind.SYSTEM, "holder_0") == lost["medicines"]
    assert lost["medicines"].proven is True


def test_of_two_ways_each_alone_can_go_and_the_pair_takes_the_need() -> None:
    found = stressed(two_ways(), pairs=True)
    assert after(found, LossKind.SYSTEM, "one") == MET
    assert found.pairs is not None
    assert [(loss.ids, loss.lost) for loss in found.pairs] == [(("one", "two"), ("medicines",))]


# ── Agreements ────────────────────────────────────────────────────────────────────────────────────

NEEDS_COVER = {"flows/feed/basis": None}


def test_the_last_agreement_that_names_both_parties_leaves_the_cover_unknown() -> None:
    found = stressed({**NEEDS_COVER, "agreements": {"shared": SIGNED}})
    assert found.whole == {"medicines": MET}
    assert after(found, LossKind.AGREEMENT, "shared") == UNKNOWN


def test_a_flow_whose_list_of_agreements_is_left_empty_is_covered_by_nothing() -> None:
    listed = {"flows/feed/agreements": ["shared"]}
    found = stressed({**NEEDS_COVER, **listed, "agreements": {"shared": SIGNED}})
    assert after(found, LossKind.AGREEMENT, "shared") == UNMET


def test_where_a_draft_still_names_both_the_cover_is_absent() -> None:
    draft = {**SIGNED, "status": "draft"}
    found = stressed({**NEEDS_COVER, "agreements": {"shared": SIGNED, "draft": draft}})
    assert after(found, LossKind.AGREEMENT, "shared") == UNMET


def test_a_draft_that_alone_names_both_leaves_nothing_recorded_when_it_goes() -> None:
    found = stressed({**NEEDS_COVER, "agreements": {"draft": {**SIGNED, "status": "draft"}}})
    assert found.whole == {"medicines": UNMET}
    assert loss_of(found, LossKind.AGREEMENT, "draft").going(Direction.BETTER) == ("medicines",)


def test_of_two_agreements_that_cover_it_either_may_go() -> None:
    found = stressed({**NEEDS_COVER, "agreements": {"a": SIGNED, "b": SIGNED}}, pairs=True)
    assert after(found, LossKind.AGREEMENT, "a") == MET
    assert after(found, LossKind.AGREEMENT, "a", "b") == UNKNOWN


# ── Identity domains ──────────────────────────────────────────────────────────────────────────────


def matching(epr: list[str], asc: list[str], **flow: str) -> Mapping[str, object]:
    """Which identity domains each end declares, and the flow its own."""
    ends = {"systems/epr/identity_domains": epr, "systems/asc/identity_domains": asc}
    return {**ends, **{f"flows/feed/{key}": value for key, value in flow.items()}}


def test_ends_that_declared_only_the_lost_domain_share_nothing_and_are_not_untested() -> None:
    found = stressed(matching(["nhs_number"], ["nhs_number"]))
    assert after(found, LossKind.IDENTITY_DOMAIN, "nhs_number") == UNMET


def test_ends_that_share_another_domain_go_on_matching() -> None:
    found = stressed(matching(["nhs_number", "local"], ["local", "nhs_number"]), pairs=True)
    assert after(found, LossKind.IDENTITY_DOMAIN, "nhs_number") == MET
    assert after(found, LossKind.IDENTITY_DOMAIN, "nhs_number", "local") == UNMET


def test_a_flow_that_matches_by_the_lost_domain_alone_stops() -> None:
    both = ["nhs_number", "local"]
    found = stressed(matching(both, both, identity_domain="local"))
    assert after(found, LossKind.IDENTITY_DOMAIN, "nhs_number") == MET
    assert after(found, LossKind.IDENTITY_DOMAIN, "local") == UNMET


def test_an_end_whose_domains_are_not_known_stays_not_known() -> None:
    found = stressed(
        {"systems/epr/identity_domains": ["nhs_number"], "systems/asc/identity_domains": "unknown"}
    )
    assert found.whole == {"medicines": UNKNOWN}
    assert loss_of(found, LossKind.IDENTITY_DOMAIN, "nhs_number").changes == ()


# ── What is told ──────────────────────────────────────────────────────────────────────────────────

SECOND_NEED = {
    "needs/everything": {
        "stakeholder": "nurse",
        "content": ["problems"],
        "purpose": "direct_care",
        "weight": 9,
    },
    "stakeholders/nurse": {"organisation": "hospital", "uses": ["ward"]},
    "systems/ward": {"organisation": "hospital", "holds": {"coded": ["problems"]}},
}


def test_safety_critical_needs_come_before_weight() -> None:
    found = stressed(SECOND_NEED, kinds=[LossKind.SYSTEM])
    assert [loss.ids for loss in found.losses] == [("asc",), ("epr",), ("ward",)]
    assert [loss.weight for loss in found.losses] == [1, 1, 9]
    assert [loss.safety_critical for loss in found.losses] == [("medicines",), ("medicines",), ()]


def test_the_roles_and_organisations_hit_and_the_sufficiency_left_are_told() -> None:
    loss = loss_of(stressed(SECOND_NEED), LossKind.SYSTEM, "ward")
    assert (loss.stakeholders, loss.organisations) == (("nurse",), ("hospital",))
    assert loss.sufficiency is not None
    assert (loss.sufficiency.low, loss.sufficiency.high) == (Fraction(1, 10), Fraction(1, 10))


def test_without_any_weight_no_sufficiency_is_told() -> None:
    found = stressed({"needs/medicines/weight": 0})
    assert found.sufficiency is None
    assert {loss.sufficiency for loss in found.losses} == {None}


def test_only_the_kinds_that_are_asked_for_are_lost() -> None:
    found = stressed({"systems/epr/supplier": "Acme"}, kinds=[LossKind.SYSTEM])
    assert {loss.kind for loss in found.losses} == {LossKind.SYSTEM}
    assert found.concentration is None
    assert found.pairs is None


def test_a_verdict_that_is_not_proven_is_never_called_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 0)
    found = stressed()
    assert not found.proven
    assert found.whole["medicines"].proven is False
    assert all(loss.lost == () for loss in found.losses)


def test_more_pairs_than_can_be_judged_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MAX_PAIRS", 0)
    with pytest.raises(LimitReached, match="1 pairs would have to be judged, and at most 0 are"):
        stressed({**NEEDS_COVER, "agreements": {"a": SIGNED, "b": SIGNED}}, pairs=True)


def test_whoever_asks_is_told_how_far_it_has_come() -> None:
    told: list[tuple[str, int, int, int]] = []
    made = landscape(**two_partners())
    stress(made, [LossKind.SYSTEM], progress=lambda kind, *rest: told.append((kind.value, *rest)))
    assert told == [("system", 1, 0, 2), ("system", 1, 1, 2)]


def test_kinds_with_few_things_are_afforded_first_and_never_in_part() -> None:
    made = landscape(**two_partners({"agreements/pact": SIGNED, "systems/epr/supplier": "Acme"}))
    assert affordable(made, 4) == (LossKind.SYSTEM, LossKind.SUPPLIER, LossKind.AGREEMENT,
                                   LossKind.IDENTITY_DOMAIN)  # fmt: skip
    assert affordable(made, 3) == (
        LossKind.SUPPLIER,
        LossKind.AGREEMENT,
        LossKind.IDENTITY_DOMAIN,
    )
    assert affordable(made, 0) == (LossKind.IDENTITY_DOMAIN,)


@pytest.mark.parametrize(
    ("before", "after", "sure"),
    [
        (MET, UNMET, True),
        (MET, PARTLY, True),
        (MET, UNKNOWN, False),
        (UNKNOWN, UNMET, False),
        (MET, Extent(Verdict.UNMET, Verdict.UNMET, proven=False), False),
    ],
)
def test_a_need_is_surely_worse_only_if_at_best_it_is_worse_than_at_worst_before(
    before: Extent, after: Extent, sure: bool
) -> None:
    assert is_sure(VerdictChange("medicines", before, after)) is sure


def test_an_empty_landscape_has_nothing_to_lose() -> None:
    found = stress(landscape_of({"meta": {"as_of": AS_OF}}), pairs=True)
    assert (found.losses, found.pairs, found.sufficiency) == ((), (), None)


# ── Concentration ─────────────────────────────────────────────────────────────────────────────────


def test_a_need_may_rest_on_a_supplier_without_falling_with_it() -> None:
    suppliers = {"epr": "Acme", "one": "Umbra", "two": "Kith"}
    named = {f"systems/{key}/supplier": supplier for key, supplier in suppliers.items()}
    found = stressed({**two_ways(), **named})
    assert found.concentration is not None
    shares = {one.supplier: one for one in found.concentration.suppliers}
    assert [one.supplier for one in found.concentration.suppliers] == ["Acme", "Umbra", "Kith"]
    assert [one.rests_share for one in shares.values()] == [1, 1, 0]
    assert [one.falls_share for one in shares.values()] == [1, 0, 0]


def test_the_index_is_the_sum_of_squared_shares_of_systems_in_points() -> None:
    found = stressed(
        {
            "systems/epr/supplier": "Acme",
            "systems/one": {"supplier": "Acme"},
            "systems/two": {"supplier": "Acme"},
            "systems/three": {"supplier": "Umbra"},
            "systems/gone": {"supplier": "Umbra", "lifecycle": "retired"},
            "systems/notes": {"kind": "paper"},
        }
    )
    assert found.concentration is not None
    assert found.concentration.index == 10_000 * (Fraction(9, 16) + Fraction(1, 16))
    assert found.concentration.unnamed == 1  # asc; paper has no supplier, what is retired no use


def test_where_nothing_is_met_no_share_is_told() -> None:
    found = stressed({"systems/epr/supplier": "Acme", "flows/feed/status": "planned"})
    assert found.concentration is not None
    (share,) = found.concentration.suppliers
    assert (share.rests_share, share.falls_share) == (None, None)
