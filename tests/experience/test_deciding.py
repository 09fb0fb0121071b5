"""Counts alone: what they decide, what they leave open, what they never say."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.experience.feedback import ResponseType, answering
from sharedcare.experience.feedback.deciding import Decision, Near
from sharedcare.experience.feedback.signals import not_told, signals_of
from sharedcare.experience.feedback.thresholds import NON_RESPONSE_RATE
from sharedcare.landscape.activity import Feedback

#: Nearly all is answered, in own words, in public, and changes are told.
OPEN: dict[str, Any] = {
    "stories": 1000, "answered": 950, "responses": 1100, "identical": 0.05, "redirects": 0.1,
    "told": 0.7,
}  # fmt: skip


def decided(**changes: Any) -> Decision:
    said = {key: value for key, value in {**OPEN, **changes}.items() if value is not None}
    return answering("it", Feedback.model_validate({"organisation": "it", **said})).decision


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ResponseType.CONVERSATIONAL),
        ({"answered": 100}, ResponseType.NON_RESPONSE),
        ({"identical": 0.8, "told": 0}, ResponseType.GENERIC),
        ({"identical": 0.8, "redirects": 1, "told": 0}, ResponseType.GENERIC),
        ({"told": 0.1, "redirects": 0.8}, ResponseType.OFFLINE),
        ({"told": 0.1, "redirects": 0.1}, ResponseType.APPRECIATIVE),
        ({"responses": 0, "answered": 0}, ResponseType.NON_RESPONSE),
    ],
)
def test_one_figure_changed_moves_the_type(changes: dict[str, Any], expected: ResponseType) -> None:
    assert decided(**changes).type is expected


def test_sameness_is_asked_before_redirection_which_is_a_second_tag() -> None:
    found = decided(identical=0.9, redirects=0.9, told=0)
    assert found.type is ResponseType.GENERIC
    assert found.redirects is True
    assert decided().redirects is False
    assert decided(redirects=None).redirects is None
    assert decided(redirects=None, template_redirects=True).redirects is True
    assert decided(redirects=0.01, template_redirects=True).redirects is True


def test_a_share_near_its_line_is_borderline_and_names_the_other_type() -> None:
    near = decided(answered=230)
    assert near.type is ResponseType.CONVERSATIONAL
    assert near.near == (Near.RATE,)
    assert near.besides == (ResponseType.NON_RESPONSE,)
    below = decided(answered=190)
    assert below.type is ResponseType.NON_RESPONSE
    assert below.besides == (ResponseType.CONVERSATIONAL,)
    split = decided(told=0.45, redirects=0.4)
    assert split.near == (Near.LEAD,)
    assert split.besides == (ResponseType.OFFLINE,)


def test_what_is_not_told_leaves_the_type_open_and_is_asked_for() -> None:
    found = decided(identical=None, told=None, redirects=None)
    assert found.type is None
    assert set(found.besides) == set(ResponseType) - {ResponseType.NON_RESPONSE}
    bare = Feedback(organisation="it")
    assert list(not_told(signals_of(bare))) == ["stories", "identical", "redirects", "told"]


def test_a_share_within_bounds_decides_where_both_ends_give_one_type() -> None:
    assert decided(identical={"low": 0.6, "high": 1}, told=0).type is ResponseType.GENERIC
    open_ = decided(identical={"low": 0.1, "high": 0.9}, told=0.05, redirects=0.8)
    assert open_.type is None
    assert open_.near == (Near.RANGE,)
    assert set(open_.besides) == {ResponseType.GENERIC, ResponseType.OFFLINE}


def test_changes_without_a_wide_cast_do_not_stand_for_openness() -> None:
    by_counts: dict[str, Any] = {"told": None, "redirects": None, "changes_made": 60}
    assert decided(**by_counts, responders=40).type is ResponseType.CONVERSATIONAL
    assert decided(**by_counts, responders=2).type is None
    assert decided(**by_counts, responders=40, identical=0.4).type is None


SHARES = st.fractions(0, 1, max_denominator=20)


@given(st.integers(0, 400), SHARES, SHARES, SHARES)
def test_any_counts_give_one_of_the_types_and_few_answered_stories_are_non_response(
    answered: int, identical: Fraction, redirects: Fraction, told: Fraction
) -> None:
    shares = {"identical": identical, "redirects": redirects, "told": told}
    said = {key: f"{share.numerator} of {share.denominator}" for key, share in shares.items()}
    found = decided(stories=400, answered=answered, responses=answered, **said)
    assert found.type is not None
    silent = Fraction(answered, 400) <= NON_RESPONSE_RATE
    assert (found.type is ResponseType.NON_RESPONSE) is silent


@given(SHARES)
def test_more_identical_answers_never_turn_a_generic_organisation_into_another(
    more: Fraction,
) -> None:
    least = decided(identical=0.55, told=0.2, redirects=0.3).type
    share = max(more, Fraction(11, 20))
    most = decided(identical=f"{share.numerator} of {share.denominator}", told=0.2, redirects=0.3)
    assert least is most.type is ResponseType.GENERIC


@given(st.sampled_from(["opportunity", "threat"]), st.sampled_from(["problems", "comfort"]))
def test_what_is_attested_of_minds_moves_no_type_and_is_never_made_of_one(
    outlook: str, seeking: str
) -> None:
    assert decided(outlook=outlook, seeking=seeking) == decided()
    silent = answering("it", Feedback.model_validate({"organisation": "it", **OPEN}))
    assert (silent.stage.outlook, silent.stage.seeking) == (None, None)
