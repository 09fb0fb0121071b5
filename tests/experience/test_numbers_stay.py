"""What people notice and how they are answered stand beside the numbers, and move none of them.

Declared activities are asked for by one criterion of vision and by nothing else; it looks at what
the profile says, never at how a chain stands.
"""

from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.assessment import Assessment, assess
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute
from tests.experience.test_properties import STRENGTHS, Entries, few, plays, region
from tests.reports.making import assessed

ASKS_FOR_ACTIVITIES = "vision.reaches_the_person"

HOSPITAL = {"organisation": "hospital"}
FEEDBACK = {
    "closed": {**HOSPITAL, "stories": 500, "answered": 480, "responses": 480, "identical": 0.9},
    "open": {**HOSPITAL, "stories": 500, "answered": 480, "responses": 480, "identical": 0.02,
             "redirects": 0.05, "told": 0.8},
    "silent": {**HOSPITAL, "stories": 500, "answered": 3},
}  # fmt: skip

answered = st.lists(st.sampled_from(list(FEEDBACK)), unique=True).map(
    lambda keys: {key: FEEDBACK[key] for key in keys}
)
said = st.builds(
    lambda attribute, strength: {"attribute": attribute.value, "strength": strength},
    st.sampled_from(list(Attribute)),
    st.sampled_from(STRENGTHS),
)


def asked_for(assessment: Assessment) -> Assessment:
    """The assessment once everything was worked out that is said of chains and of feedback."""
    assert assessment.chains is assessment.chains
    assert len(assessment.answerings) == len(assessment.landscape.feedback)
    assert {one.feedback for one in assessment.prompts} <= set(assessment.landscape.feedback)
    return assessment


def answers(assessment: Assessment) -> dict[str, Any]:
    """What was found by each criterion."""
    return {
        found.criterion.id: (found.findings, found.replies)
        for dimension in assessment.scores.dimensions
        for found in dimension.criteria
    }


def other_answers(assessment: Assessment) -> dict[str, Any]:
    found = answers(assessment)
    del found[ASKS_FOR_ACTIVITIES]
    return found


@cache
def bare() -> Assessment:
    return assess(region({}))


@few
@given(plays, said, answered)
def test_what_people_say_and_how_they_are_answered_move_no_verdict_level_or_index(
    entries: Entries, voice: dict[str, str], feedback: Entries
) -> None:
    without = assess(region(entries))
    found = asked_for(assess(region(entries, experience={"one": voice}, feedback=feedback)))
    assert found.judgement == without.judgement
    assert found.scores == without.scores


@few
@given(plays, answered)
def test_of_activities_one_criterion_takes_note_and_no_verdict(
    entries: Entries, feedback: Entries
) -> None:
    found = asked_for(assess(region(entries, feedback=feedback)))
    assert found.judgement == bare().judgement
    assert other_answers(found) == other_answers(bare())


@few
@given(plays)
def test_how_a_chain_stands_is_asked_for_by_no_criterion(entries: Entries) -> None:
    firm = {
        key: {**entry, "categories": [], "dimensions": [], "actor": "manager"}
        for key, entry in entries.items()
    }
    assert assess(region(firm)).scores == assess(region(entries)).scores


def without(landscape: Landscape, *maps: str) -> Assessment:
    return assess(landscape.model_copy(update={key: {} for key in maps}))


def test_the_fictional_region_has_the_same_numbers_without_voices_and_without_answers() -> None:
    found = assessed("fictional-region")
    silent = without(found.landscape, "experience", "feedback")
    assert silent.judgement == found.judgement
    assert silent.scores == found.scores


def test_in_the_fictional_region_activities_show_in_one_criterion_of_vision_alone() -> None:
    found = assessed("fictional-region")
    silent = without(found.landscape, "activities", "experience", "feedback")
    assert silent.judgement == found.judgement
    before, after = answers(found), answers(silent)
    assert {key for key in before if before[key] != after[key]} == {ASKS_FOR_ACTIVITIES}
