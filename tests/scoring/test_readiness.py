"""Stage, blockers, gates and what they leave of the band."""

from fractions import Fraction
from typing import Any

import pytest

from sharedcare.dimension import Dimension
from sharedcare.errors import NotFoundError, UsedWrongly
from sharedcare.scoring import Band, ReadinessStage, Scores
from sharedcare.vocabulary import Group, Outcome, Verdict
from tests.scoring.making import (
    at,
    attested,
    climbed,
    criterion,
    dimension,
    ladder,
    need_verdict,
    scored,
)

FILLERS = tuple(ladder(f"d{number}") for number in range(15))
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED


def region(level: int = 4, *more: Dimension, verdicts: Any = (), **maps: Any) -> Scores:
    """Fifteen dimensions at a level, with more of them and more maps."""
    said: dict[str, Any] = dict(maps.pop("attestations", {}))
    for filler in FILLERS:
        said |= climbed(filler.id, level)
    return scored(*FILLERS, *more, verdicts=verdicts, attestations=said, **maps)


def outcome(scores: Scores, gate: str) -> Outcome:
    (found,) = (each for each in scores.readiness.gates if each.id == gate)
    return found.outcome


def test_without_gates_that_fail_the_band_is_the_index_s() -> None:
    found = region(4).readiness
    assert (found.index, found.band, found.band_high) == (
        at(80), Band.NO_BLOCKER_FOUND, Band.NO_BLOCKER_FOUND
    )  # fmt: skip
    assert (found.is_capped, found.band_words) == (False, "no blocker found")


def test_too_few_dimensions_give_words_and_no_index() -> None:
    found = scored(*FILLERS, attestations=climbed("d1", 3)).readiness
    assert (found.index, found.band) == (None, None)
    assert found.band_words == "1 of 15 assessed: no index yet"
    assert found.missing_for_an_index == 14


def test_both_bands_are_named_where_the_ends_of_the_index_lie_in_two() -> None:
    said = {f"d{number}.l1": attested("yes", "audit") for number in range(15)}
    found = scored(*FILLERS, attestations=said).readiness
    assert found.index == at(20, 100)
    assert found.band_words == "not ready to no blocker found"


@pytest.mark.parametrize(
    ("verdict", "low", "expected", "band_high"),
    [
        (Verdict.MET, None, MET, Band.NO_BLOCKER_FOUND),
        (Verdict.PARTLY_MET, None, MET, Band.NO_BLOCKER_FOUND),
        (Verdict.UNMET, None, NOT_MET, Band.PREPARE),
        (Verdict.UNDETERMINED, Verdict.UNMET, UNKNOWN, Band.NO_BLOCKER_FOUND),
    ],
)
def test_a_safety_critical_need_unmet_or_undetermined_caps_the_band_and_not_the_index(
    verdict: Verdict, low: Verdict | None, expected: Outcome, band_high: Band
) -> None:
    need = need_verdict("n", verdict, low, Verdict.MET if low else None)
    scores = region(4, verdicts=[need])
    found = scores.readiness
    assert outcome(scores, "safety_critical_needs") is expected
    assert found.index == at(80)
    assert found.band is (Band.NO_BLOCKER_FOUND if expected is MET else Band.PREPARE)
    assert found.band_high is band_high


def test_only_safety_critical_needs_hold_the_band_down() -> None:
    plain = need_verdict("n", Verdict.UNMET, safety_critical=False)
    scores = region(4, verdicts=[plain])
    assert outcome(scores, "safety_critical_needs") is Outcome.NOT_APPLICABLE
    assert scores.readiness.band is Band.NO_BLOCKER_FOUND


@pytest.mark.parametrize(("level", "expected"), [(1, NOT_MET), (2, MET), (5, MET), (None, UNKNOWN)])
@pytest.mark.parametrize("key", ["information_governance", "liability"])
def test_the_two_chains_must_be_at_2(key: str, level: int | None, expected: Outcome) -> None:
    said = {} if level is None else climbed(key, level)
    scores = region(4, ladder(key), attestations=said)
    assert outcome(scores, f"{key}_at_2") is expected
    assert scores.readiness.band is (Band.NO_BLOCKER_FOUND if expected is MET else Band.PREPARE)


def test_a_gate_asks_for_the_effective_level_not_the_level() -> None:
    gated = ladder("liability", prerequisites=("weak",))
    said = {**climbed("liability", 5), **climbed("weak", 0)}
    scores = region(4, gated, ladder("weak"), attestations=said)
    assert outcome(scores, "liability_at_2") is NOT_MET


def test_a_gate_between_its_ends_caps_the_low_band_only() -> None:
    said = {"liability.l1": attested("yes", "audit")}
    found = region(4, ladder("liability"), attestations=said).readiness
    assert (found.band, found.band_high) == (Band.PREPARE, Band.NO_BLOCKER_FOUND)


def test_a_failed_gate_never_raises_a_band() -> None:
    need = need_verdict("n", Verdict.UNMET)
    assert region(1, verdicts=[need]).readiness.band is Band.NOT_READY


def test_the_profile_s_own_gates_ask_for_levels_and_needs() -> None:
    verdicts = [
        need_verdict("good", Verdict.MET, safety_critical=False),
        need_verdict("part", Verdict.PARTLY_MET, safety_critical=False),
        need_verdict(
            "open", Verdict.UNDETERMINED, Verdict.UNMET, Verdict.MET, safety_critical=False
        ),
    ]

    needs = {
        key: {"stakeholder": "s", "content": ["allergies"], "purpose": "direct_care"}
        for key in ("good", "part", "open")
    }
    gates = {
        "three": {"dimension": "d1", "at_least": 3},
        "five": {"dimension": "d1", "at_least": 5},
        "usual": {"dimension": "d1"},
        "good": {"needs": ["good"]},
        "part": {"needs": ["good", "part"]},
        "open": {"needs": ["open"]},
        "critical": {"needs": "safety_critical"},
    }
    scores = region(4, verdicts=verdicts, stakeholders={"s": {}}, needs=needs, gates=gates)
    found = {gate: outcome(scores, gate) for gate in gates}
    assert found == {
        "three": MET,
        "five": NOT_MET,
        "usual": MET,
        "good": MET,
        "part": NOT_MET,
        "open": UNKNOWN,
        "critical": Outcome.NOT_APPLICABLE,
    }


def test_a_gate_of_a_dimension_that_does_not_exist_lets_nothing_through() -> None:
    assert outcome(region(4, gates={"g": {"dimension": "nowhere"}}), "g") is UNKNOWN


def test_what_is_disputed_is_contested_until_a_decision_is_recorded() -> None:
    said = {"d1.l5": attested("yes", "audit", disputed_by=["a"])}
    asked = dimension("extra", criterion("extra.one"))
    extra = {"extra.one": said["d1.l5"]}
    open_ = region(4, asked, organisations={"a": {}}, attestations=extra)
    assert outcome(open_, "nothing_contested") is NOT_MET
    assert [c.criterion for c in open_.contested] == ["extra.one"]
    decided = {"g": {"dimension": "extra", "at_least": 0, "decision": "The board decided."}}
    settled = region(4, asked, organisations={"a": {}}, attestations=extra, gates=decided)
    assert outcome(settled, "nothing_contested") is MET
    assert settled.contested[0].decision == "The board decided."


def test_a_disputed_answer_leaves_the_gate_of_a_level_that_stands_without_it() -> None:
    said = climbed("liability", 4)
    said["liability.l5"] = attested("yes", "audit", disputed_by=["a"])
    scores = region(4, ladder("liability"), organisations={"a": {}}, attestations=said)
    assert outcome(scores, "liability_at_2") is MET
    assert outcome(scores, "nothing_contested") is NOT_MET


def staged(**levels: int) -> Scores:
    said: dict[str, Any] = {}
    for key, level in levels.items():
        said |= climbed(key, level)
    return scored(
        ladder("technology", group=Group.TECHNOLOGICAL),
        ladder("conditions"),
        ladder("vision"),
        attestations=said,
    )


def test_the_stage_is_the_first_one_with_a_blocking_dimension() -> None:
    needs_first = staged(vision=1, conditions=1, technology=1).readiness
    assert needs_first.stage is ReadinessStage.NEEDS_AND_PATHWAYS
    assert [blocker.dimension for blocker in needs_first.blockers] == [
        "vision",
        "conditions",
        "technology",
    ]
    assert [blocker.dimension for blocker in needs_first.blocking_now] == ["vision"]
    then = staged(vision=2, conditions=1, technology=1).readiness
    assert then.stage is ReadinessStage.CONDITIONS
    assert staged(vision=2, conditions=2, technology=1).readiness.stage is ReadinessStage.TECHNOLOGY
    last = staged(vision=2, conditions=2, technology=2).readiness
    assert last.stage is ReadinessStage.NO_BLOCKER_FOUND


def test_where_nothing_is_assessed_there_is_no_stage() -> None:
    assert staged().readiness.stage is None


def test_a_blocker_says_what_would_unblock_it() -> None:
    said = {"d.l1": attested("yes"), "d.l2": attested("no"), "d.l3": attested("no")}
    (blocker,) = scored(ladder("d"), attestations=said).readiness.blockers
    assert [(step.criterion.id, step.outcome) for step in blocker.steps] == [("d.l2", NOT_MET)]
    assert blocker.because_of == ()


def test_a_blocker_held_down_names_what_comes_first() -> None:
    said = {**climbed("above", 4), **climbed("below", 0)}
    scores = scored(ladder("above", prerequisites=("below",)), ladder("below"), attestations=said)
    found = {blocker.dimension: blocker for blocker in scores.readiness.blockers}
    assert found["above"].because_of == ("below",)
    assert found["above"].steps == ()


def test_weights_are_positive_and_name_dimensions_that_exist() -> None:
    with pytest.raises(NotFoundError, match="did you mean vision"):
        scored(ladder("vision"), weights={"visionn": Fraction(1)})
    with pytest.raises(UsedWrongly, match="above 0"):
        scored(ladder("vision"), weights={"vision": Fraction(0)})
