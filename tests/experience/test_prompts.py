"""A gap between claims and answers is a prompt, in both directions, and moves no number."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.assessment import assess
from sharedcare.dimensions import DIMENSIONS
from sharedcare.experience.feedback import answerings
from sharedcare.experience.prompts import BACKSTAGE, Direction, Prompt, prompts
from sharedcare.landscape import landscape_of

GENERIC = {"stories": 500, "answered": 480, "responses": 480, "identical": 0.9}
OPEN = {**GENERIC, "identical": 0.02, "redirects": 0.05, "told": 0.8}


def attested(answer: str) -> dict[str, Any]:
    """The same answer to every criterion of the backstage, by the hospital and for the region."""
    asked = [c.id for d in DIMENSIONS if d.id in BACKSTAGE for c in d.criteria]
    reason = {"reason": "not here"} if answer == "not_applicable" else {}
    return {
        f"said_{number}": {"criterion": id_, "answer": answer, "date": "2026-10-01", **reason}
        for number, id_ in enumerate(asked)
    }


def landscape(answer: str | None, feedback: dict[str, Any] | None) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "meta": {"as_of": "2026-11-01"},
        "organisations": {"hospital": {"type": "acute"}, "council": {"type": "local_authority"}},
        "systems": {"epr": {"organisation": "hospital"}},
    }
    if answer is not None:
        raw["attestations"] = attested(answer)
    if feedback is not None:
        raw["feedback"] = {"f": {"organisation": "hospital", **feedback}}
    return raw


def prompted(answer: str | None, feedback: dict[str, Any]) -> tuple[Prompt, ...]:
    made = landscape_of(landscape(answer, feedback))
    return prompts(assess(made).scores, answerings(made))


def test_high_claims_and_generic_answers_are_a_prompt_in_every_backstage_dimension() -> None:
    found = prompted("yes", GENERIC)
    assert {prompt.dimension for prompt in found} == set(BACKSTAGE)
    assert {prompt.direction for prompt in found} == {Direction.CLAIMS_MORE}


def test_low_claims_and_open_answers_are_a_prompt_too() -> None:
    found = prompted("no", OPEN)
    assert {prompt.dimension for prompt in found} == set(BACKSTAGE)
    assert {prompt.direction for prompt in found} == {Direction.SHOWS_MORE}


@pytest.mark.parametrize(("answer", "feedback"), [("yes", OPEN), ("no", GENERIC), (None, GENERIC)])
def test_where_both_say_the_same_or_nothing_is_claimed_there_is_none(
    answer: str | None, feedback: dict[str, Any]
) -> None:
    assert prompted(answer, feedback) == ()


def test_a_type_that_is_open_prompts_nothing() -> None:
    assert prompted("yes", {"stories": 500, "answered": 480}) == ()


@cache
def without(answer: str) -> object:
    return assess(landscape_of(landscape(answer, None))).scores


COUNTS = st.integers(0, 5000)
SHARES = st.integers(0, 100).map(lambda percent: percent / 100)


def with_counts_that_agree(feedback: dict[str, Any]) -> dict[str, Any]:
    """No more stories answered than there are, or answers; no answers without a story."""
    if feedback.get("stories") == 0:
        feedback.pop("responses", None)
    wholes = [feedback[key] for key in ("stories", "responses") if key in feedback]
    if "answered" in feedback:
        feedback["answered"] = min(feedback["answered"], *wholes, feedback["answered"])
    return feedback


@settings(max_examples=30)
@given(
    st.sampled_from(["yes", "no"]),
    st.fixed_dictionaries(
        {},
        optional={
            "stories": COUNTS, "answered": COUNTS, "responses": COUNTS, "responders": COUNTS,
            "registered": COUNTS, "changes_made": COUNTS, "identical": SHARES, "redirects": SHARES,
            "told": SHARES, "named": SHARES, "script": st.sampled_from(["template", "guideline"]),
            "outlook": st.sampled_from(["opportunity", "threat"]),
        },
    ).map(with_counts_that_agree),
)  # fmt: skip
def test_however_feedback_is_answered_no_number_moves(
    answer: str, feedback: dict[str, Any]
) -> None:
    made = landscape_of(landscape(answer, feedback))
    scores = assess(made).scores
    prompts(scores, answerings(made))
    assert scores == without(answer)
