"""What the profile says of one fact, as a finding."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from sharedcare.dimensions.said import best, named, percent, share_reaches, within, worst
from sharedcare.quantities import UNKNOWN, Range, Share
from sharedcare.vocabulary import Outcome

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("said", "outcome", "message"),
    [
        ("Board", Outcome.MET, "Feed: the owner is Board."),
        (("Board", "Council"), Outcome.MET, "Feed: the owner is Board, Council."),
        (None, Outcome.NOT_EVIDENCED, "Feed: the owner is not known."),
        ((), Outcome.NOT_EVIDENCED, "Feed: the owner is not known."),
        ("none", Outcome.NOT_MET, "Feed: the owner is said to be none."),
        (("none",), Outcome.NOT_MET, "Feed: the owner is said to be none."),
        ("unknown", Outcome.NOT_EVIDENCED, "Feed: the owner is not known."),
        (UNKNOWN, Outcome.NOT_EVIDENCED, "Feed: the owner is not known."),
    ],
)
def test_none_says_no_and_leaving_a_name_out_is_silence_like_unknown(
    said: object, outcome: Outcome, message: str
) -> None:
    found = named(said, "the owner", "flows.feed", "Feed")
    assert (found.outcome, found.message) == (outcome, message)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (None, Outcome.NOT_EVIDENCED),
        (UNKNOWN, Outcome.NOT_EVIDENCED),
        (Share(Fraction(4, 5)), Outcome.MET),
        (Share(Fraction(79, 100)), Outcome.NOT_MET),
        (Range(Share(Fraction(1, 2)), Share(Fraction(9, 10))), Outcome.NOT_EVIDENCED),
    ],
)
def test_a_share_is_held_against_the_least_that_is_asked_for(
    said: Share | None, outcome: Outcome
) -> None:
    least = Fraction(4, 5)
    found = share_reaches(said, least, "the share", about="stakeholders.nurse", name="Nurse")
    assert found.outcome is outcome
    assert percent(least) in found.message


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        (0, Outcome.MET),
        (30, Outcome.MET),
        (31, Outcome.NOT_MET),
        (-1, Outcome.NOT_EVIDENCED),
    ],
)
def test_a_day_counts_while_it_is_recent_and_not_before_it_has_come(
    days: int, outcome: Outcome
) -> None:
    assert within(TODAY - timedelta(days=days), TODAY, 30) is outcome


def test_a_day_that_is_not_known_tells_nothing() -> None:
    assert within(None, TODAY, 30) is within(UNKNOWN, TODAY, 30) is Outcome.NOT_EVIDENCED


def test_the_best_of_nothing_is_no_and_the_worst_of_nothing_is_yes() -> None:
    assert best([]) is Outcome.NOT_MET
    assert worst([]) is Outcome.MET
    three = [Outcome.NOT_EVIDENCED, Outcome.MET, Outcome.NOT_MET]
    assert (best(three), worst(three)) == (Outcome.MET, Outcome.NOT_MET)
    assert best([Outcome.NOT_MET, Outcome.NOT_EVIDENCED]) is Outcome.NOT_EVIDENCED
    assert worst([Outcome.MET, Outcome.NOT_EVIDENCED]) is Outcome.NOT_EVIDENCED


@pytest.mark.parametrize("said", [None, UNKNOWN])
def test_a_share_that_nobody_has_told_is_told_to_be_unknown(said: None) -> None:
    found = share_reaches(said, Fraction(1, 2), "the share", about="stakeholders.n", name="Nurse")
    assert found.message == "Nurse: the share is not known; 50 % is asked for."
