"""Skills: who was surveyed, who is skilled, who can reach the specialists."""

import pytest

from sharedcare.dimensions.skills import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

WORKER = "stakeholders/social_worker"
CODED = {"needs/medicines/content": [{"category": "medications", "min_form": "coded"}]}


def specialists(**said: str) -> dict[str, object]:
    found = {f"organisations/{key}/specialists": said for key in ("hospital", "council")}
    return two_partners({**found, **CODED})


SHOWN = {
    "skills.sufficient": Shown(
        fires=two_partners({f"{WORKER}/skilled": 0.79}),
        passes=two_partners({f"{WORKER}/skilled": 0.8}),
        silent=two_partners(),
    ),
    "skills.integration_reachable": Shown(
        fires=specialists(integration="none"),
        passes=specialists(integration="shared"),
        silent=specialists(integration="unknown"),
    ),
    "skills.terminology_reachable": Shown(
        fires=specialists(terminology="none"),
        passes=specialists(terminology="own"),
        silent=two_partners(CODED),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def asked(criterion_id: str, changes: dict[str, object]) -> list[str | None]:
    criterion = criterion_of(DIMENSION, f"skills.{criterion_id}")
    return [one.organisation for one in findings(criterion, **two_partners(changes))]


def test_integration_skill_is_asked_of_both_ends_of_a_link_between_systems() -> None:
    assert asked("integration_reachable", {}) == ["hospital", "council"]
    assert asked("integration_reachable", {"flows/feed/mode": "manual"}) == []
    assert asked("integration_reachable", {"flows/feed/to": "social_worker"}) == []


def test_terminology_skill_is_asked_of_who_is_asked_for_something_coded() -> None:
    assert asked("terminology_reachable", {**CODED}) == ["hospital"]
    assert asked("terminology_reachable", {}) == []


def test_a_share_that_spans_the_threshold_settles_nothing() -> None:
    spanning = {f"{WORKER}/skilled": {"low": 0.5, "high": 0.9}}
    found = findings(criterion_of(DIMENSION, "skills.sufficient"), **two_partners(spanning))
    assert [one.outcome for one in found] == [Outcome.NOT_EVIDENCED]


def test_a_role_without_a_need_and_the_person_are_not_asked() -> None:
    assert asked("sufficient", {"stakeholders/nurse": {"organisation": "hospital"}}) == ["council"]
    assert asked("sufficient", {WORKER: {"uses": ["asc"]}}) == []


def test_the_question_prints_the_share_that_the_code_uses() -> None:
    assert "80 %" in criterion_of(DIMENSION, "skills.sufficient").question


def test_one_need_among_those_of_others_is_enough_to_be_asked() -> None:
    need = {"stakeholder": "nurse", "content": ["medications"], "purpose": "direct_care"}
    nurse = {"organisation": "hospital"}
    changes = {"stakeholders/nurse": nurse, "needs/other": need}
    assert set(asked("sufficient", changes)) == {"council", "hospital"}
    both: dict[str, object] = {"stakeholders/nurse": nurse}
    assert asked("sufficient", both) == ["council"]
