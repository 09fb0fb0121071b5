"""Answers: computed if they can be, else attested as far as the evidence bears, else unknown."""

from fractions import Fraction
from typing import Any

import pytest

from sharedcare.dimension import Criterion, Scope
from sharedcare.findings import Finding
from sharedcare.scoring import Reply
from sharedcare.scoring.claims import Doubt
from sharedcare.vocabulary import Outcome
from tests.scoring.making import at, attested, criterion, dimension, finds, only, outcomes, scored

MET, NOT_MET, UNKNOWN, LEFT_OUT = (
    Outcome.MET,
    Outcome.NOT_MET,
    Outcome.NOT_EVIDENCED,
    Outcome.NOT_APPLICABLE,
)
ORGANISATIONS = {"a": {"type": "acute"}, "b": {"type": "hospice"}, "c": {"type": "hospice"}}


def reply(asked: Criterion, organisation: str | None = None, **attestations: Any) -> Reply:
    """The answer to the only criterion of the dimension ``d``, given attestations by key."""
    said = {key: {"criterion": asked.id, **made} for key, made in attestations.items()}
    scores = scored(dimension("d", asked), organisations=ORGANISATIONS, attestations=said)
    (found,) = only(scores, "d").criteria
    (answer,) = (made for made in found.replies if made.organisation == organisation)
    return answer


@pytest.mark.parametrize(
    ("level", "expected"), [(1, MET), (2, MET), (3, UNKNOWN), (4, UNKNOWN), (5, UNKNOWN)]
)
def test_a_yes_without_evidence_counts_on_the_first_two_levels_only(
    level: int, expected: Outcome
) -> None:
    for said in (attested("yes"), attested("yes", "word")):
        assert reply(criterion("d.x", level), said=said).outcome is expected


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_yes_with_evidence_counts_on_every_level(level: int) -> None:
    assert reply(criterion("d.x", level), said=attested("yes", "word", "audit")).outcome is MET


@pytest.mark.parametrize("level", [1, 3])
@pytest.mark.parametrize("stale", ["old_audit", "undated_audit", "coming_audit", "old_word"])
def test_an_answer_that_rests_on_stale_or_undated_evidence_is_unknown(
    level: int, stale: str
) -> None:
    for answer in ("yes", "no"):
        found = reply(criterion("d.x", level), said=attested(answer, stale))
        assert found.outcome is UNKNOWN
        assert found.doubts == (Doubt.STALE,)


def test_one_fresh_piece_of_evidence_among_stale_ones_is_enough() -> None:
    found = reply(criterion("d.x", 5), said=attested("yes", "old_audit", "audit"))
    assert found.outcome is MET


def test_a_bare_word_given_more_than_a_year_ago_is_unknown() -> None:
    asked = criterion("d.x")
    assert reply(asked, said=attested("yes", date="2025-11-01")).outcome is MET
    assert reply(asked, said=attested("yes", date="2025-10-31")).outcome is UNKNOWN


def test_a_no_needs_no_evidence_on_any_level() -> None:
    for level in (1, 5):
        assert reply(criterion("d.x", level), said=attested("no")).outcome is NOT_MET


def test_nothing_said_is_unknown_and_so_is_unknown_said() -> None:
    silent = reply(criterion("d.x"))
    assert (silent.outcome, silent.answered, silent.claimed) == (UNKNOWN, False, None)
    assert reply(criterion("d.x"), said=attested("unknown")) == silent


def test_not_applicable_counts_only_where_the_criterion_may_not_apply() -> None:
    said = attested("not_applicable")
    assert reply(criterion("d.x", may_not_apply=True), said=said).outcome is LEFT_OUT
    refused = reply(criterion("d.x"), said=said)
    assert (refused.outcome, refused.doubts) == (UNKNOWN, (Doubt.MAY_NOT_BE_LEFT_OUT,))


def test_partners_who_answer_a_regional_question_differently_make_it_unknown() -> None:
    said: dict[str, Any] = {
        "one": attested("yes", "audit", organisations=["a"]),
        "two": attested("no", "audit", organisations=["b"]),
    }
    found = reply(criterion("d.x", 3), **said)
    assert (found.outcome, found.doubts) == (UNKNOWN, (Doubt.DISAGREEMENT,))
    assert found.claimed is UNKNOWN


def test_what_is_unknown_or_stale_disagrees_with_nobody() -> None:
    said: dict[str, Any] = {
        "one": attested("yes", "audit"),
        "two": attested("no", "old_audit"),
        "three": attested("unknown"),
    }
    assert reply(criterion("d.x", 3), **said).outcome is MET


def test_each_organisation_answers_for_itself_by_id_type_or_all() -> None:
    asked = criterion("d.x", 1, Scope.ORGANISATION)
    said: dict[str, Any] = {
        "one": attested("yes", organisations=["a"]),
        "two": attested("no", organisations=["hospice"]),
    }
    assert [reply(asked, key, **said).outcome for key in "abc"] == [MET, NOT_MET, NOT_MET]
    everyone = {"one": attested("yes", organisations="all")}
    assert [reply(asked, key, **everyone).outcome for key in "abc"] == [MET, MET, MET]


def test_an_answer_that_names_no_organisation_holds_for_each_but_is_nobody_s_own() -> None:
    found = reply(criterion("d.x", 1, Scope.ORGANISATION), "a", said=attested("yes"))
    assert (found.outcome, found.own) == (MET, False)


def test_an_answer_is_contested_only_by_whom_it_is_about() -> None:
    asked = criterion("d.x", 1, Scope.ORGANISATION)
    said = {"one": attested("yes", "audit", organisations=["a", "b"], disputed_by=["b", "c"])}
    assert reply(asked, "a", **said).outcome is MET
    disputed = reply(asked, "b", **said)
    assert (disputed.outcome, disputed.at_odds, disputed.answered) == (UNKNOWN, True, True)


def test_the_share_of_findings_met_is_held_against_the_threshold_at_both_ends() -> None:
    nine_tenths = Fraction(9, 10)

    def found(met: int, not_met: int, silent: int) -> Reply:
        claim = outcomes(met, not_met, silent, none=3)
        return reply(criterion("d.x", 5, claim=claim, threshold=nine_tenths))

    assert found(9, 1, 0).outcome is MET
    assert found(9, 0, 1).outcome is MET
    assert found(8, 1, 1).outcome is UNKNOWN
    assert found(8, 2, 0).outcome is NOT_MET
    share = found(8, 1, 1).share
    assert share is not None
    assert (share.low, share.high) == (Fraction(8, 10), Fraction(9, 10))


def test_findings_count_by_their_weight() -> None:
    claim = finds(Finding(MET, "a", "", weight=3), Finding(NOT_MET, "b", "", weight=1))
    asked = criterion("d.x", claim=claim, threshold=Fraction(3, 4))
    assert reply(asked).outcome is MET


def test_findings_that_all_do_not_apply_leave_the_criterion_out() -> None:
    assert reply(criterion("d.x", claim=outcomes(none=2))).outcome is LEFT_OUT


def test_a_computation_goes_before_a_claim_and_the_contradiction_is_said() -> None:
    no = reply(criterion("d.x", claim=outcomes(not_met=1)), said=attested("yes", "audit"))
    assert (no.outcome, no.claimed, no.evidenced, no.computed) == (NOT_MET, MET, MET, NOT_MET)
    yes = reply(criterion("d.x", claim=outcomes(met=1)), said=attested("no"))
    assert (yes.outcome, yes.claimed, yes.evidenced, yes.computed) == (MET, NOT_MET, None, MET)
    assert no.doubts == yes.doubts == (Doubt.CLAIM_AGAINST_COMPUTATION,)


def test_a_claim_that_says_what_was_computed_contradicts_nothing() -> None:
    found = reply(criterion("d.x", claim=outcomes(met=1)), said=attested("yes"))
    assert (found.outcome, found.doubts) == (MET, ())


def test_what_no_longer_counts_still_shows_as_claimed() -> None:
    found = reply(criterion("d.x"), said=attested("yes", "old_audit"))
    assert (found.outcome, found.claimed, found.evidenced) == (UNKNOWN, MET, None)


def test_where_nothing_can_be_computed_the_attested_answer_counts() -> None:
    for claim in (outcomes(), outcomes(silent=2), outcomes(met=1, silent=1)):
        asked = criterion("d.x", 4, claim=claim)
        assert reply(asked, said=attested("yes", "audit")).outcome is MET
        assert reply(asked).outcome is UNKNOWN


def test_contradictions_are_listed_once_with_words() -> None:
    asked = criterion("d.x", 1, Scope.ORGANISATION, claim=finds(Finding(NOT_MET, "o", "", "a")))
    said = {"one": attested("yes", criterion="d.x", organisations=["a"])}
    apart = {"two": attested("yes", criterion="d.y"), "three": attested("no", criterion="d.y")}
    scores = scored(
        dimension("d", asked, criterion("d.y", 1, Scope.ORGANISATION)),
        organisations=ORGANISATIONS,
        attestations={**said, **apart},
    )
    listed = [(c.criterion, c.organisation, c.kind) for c in scores.contradictions]
    assert listed == [
        ("d.x", "a", Doubt.CLAIM_AGAINST_COMPUTATION),
        ("d.y", None, Doubt.DISAGREEMENT),
    ]
    words = "The answer given is yes; what the landscape declares says no."
    assert scores.contradictions[0].words == words


def test_levels_from_claims_evidence_and_computation_stand_side_by_side() -> None:
    asked = dimension(
        "d",
        criterion("d.one", 1, claim=outcomes(met=1)),
        criterion("d.two", 2),
        criterion("d.three", 3),
    )
    said = {
        "d.one": attested("yes"),
        "d.two": attested("yes", "audit"),
        "d.three": attested("yes"),
    }
    found = only(scored(asked, attestations=said), "d")
    lows = [bounds and bounds.low for bounds in (found.claimed, found.evidenced, found.computed)]
    assert lows == [3, 0, 1]
    assert found.level == at(2, 3)
