"""Agreement among respondents, and what a polarised gate dimension is taken for."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.scoring import Agreement, Scores, agreement_on, r_wg
from sharedcare.scoring.agreement import EVEN_VARIANCE
from sharedcare.vocabulary import Outcome
from tests.scoring.making import at, climbed, ladder, landscape, only, scored

GATED = "information_governance"


def ratings(
    values: Sequence[object], sector: str | None = None, key: str = GATED, **more: Any
) -> dict[str, Any]:
    """One rating for each value, by respondents of a sector."""
    given = {"sector": sector, **more}
    return {
        f"{sector}{number}": {**given, "values": {key: value}}
        for number, value in enumerate(values)
    }


def found(*values: object, **more: Any) -> Agreement:
    made = agreement_on(GATED, landscape(ratings=ratings(values, "health", **more)))
    assert made is not None
    return made


def test_r_wg_worked_out_by_hand() -> None:
    assert Fraction(35, 12) == EVEN_VARIANCE
    made = found(2, 3, 4)
    assert made.r_wg == 1 - Fraction(12, 35)
    assert made.median == 3
    assert (made.polarised, made.respondents) == (False, 3)


def test_those_who_all_rate_alike_agree_perfectly() -> None:
    assert found(4, 4, 4).r_wg == 1


def test_one_respondent_agrees_with_nobody() -> None:
    made = found(4)
    assert (made.r_wg, made.polarised) == (None, False)


def test_ratings_further_apart_than_chance_are_polarised_and_clamped_at_0() -> None:
    made = found(0, 0, 5, 5)
    assert made.r_wg == 0
    assert made.polarised


@given(st.lists(st.integers(0, 5).map(Fraction), min_size=2, max_size=12))
def test_r_wg_is_at_most_one_and_one_only_where_all_agree(values: list[Fraction]) -> None:
    raw = r_wg(values)
    assert raw is not None
    assert raw <= 1
    assert (raw == 1) == (len(set(values)) == 1)


def test_unknown_ratings_are_missing_and_ranges_count_by_their_likely_or_middle() -> None:
    made = found("unknown", {"low": 1, "high": 2}, {"low": 0, "likely": 3, "high": 4})
    assert (made.respondents, made.missing, made.median) == (2, 1, Fraction(9, 4))


def test_groups_under_five_are_not_shown() -> None:
    both = {
        **ratings([1, 2, 3, 4, 5], "health"),
        **ratings([0, 0, 0, 0], "social_care", role="lead"),
    }
    made = agreement_on(GATED, landscape(ratings=both))
    assert made is not None
    shown = {
        group.name: (group.respondents, group.median, group.suppressed) for group in made.sectors
    }
    assert shown == {"health": (5, 3, False), "social_care": (4, None, True)}
    assert [(group.name, group.suppressed) for group in made.roles] == [("lead", True)]


def test_a_respondent_without_a_sector_belongs_to_their_organisation_s() -> None:
    rated = {f"r{n}": {"organisation": "a", "values": {GATED: 2}} for n in range(5)}
    made = agreement_on(GATED, landscape(organisations={"a": {"sector": "health"}}, ratings=rated))
    assert made is not None
    assert [group.name for group in made.sectors] == ["health"]


def test_the_distribution_counts_ratings_at_their_nearest_point_from_five_on() -> None:
    assert found(0, 1, 1, 4.5, 5).distribution == (1, 2, 0, 0, 0, 2)
    assert found(0, 1, 1, 4).distribution is None


def test_ratings_after_discussion_count_alone_and_what_was_agreed_stands_beside() -> None:
    rounds = {
        **ratings([0, 5], "a"),
        **ratings([3, 4], "b", round="discussion"),
        **ratings([3], "c", round="agreed"),
    }
    made = agreement_on(GATED, landscape(ratings=rounds))
    assert made is not None
    assert (made.respondents, made.median) == (2, Fraction(7, 2))
    assert made.agreed == (Fraction(3),)


def test_nobody_s_ratings_are_no_agreement() -> None:
    assert agreement_on("vision", landscape(ratings=ratings([1], "a"))) is None


#: Six of health rate 4, five of social care 0.
SPLIT = {**ratings([4] * 6, "health"), **ratings([0] * 5, "social_care")}


def region(key: str = GATED, level: int | None = 3, rated: Any = None, **maps: Any) -> Scores:
    said = {} if level is None else climbed(key, level)
    return scored(ladder(key), ratings=SPLIT if rated is None else rated, attestations=said, **maps)


def gate(scores: Scores, key: str) -> Outcome:
    (made,) = (each for each in scores.readiness.gates if each.id == key)
    return made.outcome


def test_a_polarised_gate_dimension_takes_the_range_of_its_groups_and_passes_no_gate() -> None:
    scores = region()
    score = only(scores, GATED)
    assert (score.level, score.is_contested) == (at(0, 4), True)
    assert gate(scores, "nothing_contested") is Outcome.NOT_MET
    assert gate(scores, f"{GATED}_at_2") is Outcome.NOT_EVIDENCED


def test_a_recorded_decision_settles_what_is_contested() -> None:
    high = {**ratings([5] * 6, "health"), **ratings([2] * 5, "social_care")}
    high |= {"x": {"values": {GATED: 0}}, "y": {"values": {GATED: 0}}, "z": {"values": {GATED: 0}}}
    decided = {"g": {"dimension": GATED, "decision": "Agreed by the board on 1 October."}}
    for gates, expected in (({}, Outcome.NOT_EVIDENCED), (decided, Outcome.MET)):
        scores = region(rated=high, gates=gates)
        assert only(scores, GATED).level == at(2, 5)
        assert gate(scores, f"{GATED}_at_2") is expected


def test_where_sectors_cannot_be_told_apart_the_range_is_that_of_all_ratings() -> None:
    few = {**ratings([5, 5], "health"), **ratings([0, 1], "social_care")}
    assert only(region(rated=few), GATED).level == at(0, 5)
    alike = {**ratings([0, 0, 0, 5, 5, 5], "health"), **ratings([0, 0, 0, 5, 5, 5], "social_care")}
    assert only(region(rated=alike), GATED).level == at(0, 5)


def test_ratings_otherwise_change_no_level() -> None:
    calm = {**ratings([5] * 6, "health"), **ratings([4] * 5, "social_care")}
    assert only(region(rated=calm), GATED).level == at(3)
    ungated = ratings([0, 0, 5, 5], "health", key="vision")
    made = region("vision", rated=ungated)
    assert (only(made, "vision").level, made.contested) == (at(3), ())


def test_a_gate_of_the_profile_makes_its_dimension_one_that_may_be_contested() -> None:
    split = ratings([0, 0, 5, 5], "health", key="vision")
    made = region("vision", rated=split, gates={"g": {"dimension": "vision"}})
    assert only(made, "vision").level == at(0, 5)


def test_ratings_alone_assess_nothing() -> None:
    scores = region(level=None)
    assert only(scores, GATED).level is None
    assert gate(scores, "nothing_contested") is Outcome.NOT_MET
