"""Definition of shared care pathways: actors, hand-overs and who has agreed."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.shared_care_pathways import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings

PEOPLE = {
    "organisations": {"hospital": {"name": "Hospital"}, "council": {"name": "Council"}},
    "stakeholders": {
        "nurse": {"name": "Ward nurse", "organisation": "hospital"},
        "doctor": {"name": "Doctor", "organisation": "hospital"},
        "social_worker": {"name": "Social worker", "organisation": "council"},
    },
}


def pathway(
    *actors: str | None, second: dict[str, object] | None = None, **said: object
) -> dict[str, object]:
    """A pathway with one step for each actor; ``second`` adds to its second step."""
    steps: list[dict[str, object]] = [
        {"id": f"step_{place}", **({"actor": actor} if actor else {})}
        for place, actor in enumerate(actors)
    ]
    if second:
        steps[1].update(second)
    return {**PEOPLE, "pathways": {"discharge": {"name": "Discharge", "steps": steps, **said}}}


NEED = {"stakeholder": "social_worker", "content": ["medications"], "purpose": "direct_care"}


def timed(*, within: str | None = None, max_wait: str | None = None) -> dict[str, object]:
    """A hand-over with a time limit, and a need of its step that may wait so long."""
    second: dict[str, object] = {"needs": ["medicines"], "within": within}
    maps = pathway("nurse", "social_worker", second=second)
    return {**maps, "needs": {"medicines": {**NEED, "max_wait": max_wait}}}


SHOWN = {
    "shared_care_pathways.crosses_organisations": Shown(
        fires=pathway("nurse", "doctor"),
        passes=pathway("nurse", "social_worker"),
        silent=pathway("nurse", None),
    ),
    "shared_care_pathways.people_named": Shown(
        fires=pathway("nurse", cohort="none"),
        passes=pathway("nurse", cohort="People of 65 or older who leave hospital"),
        silent=pathway("nurse"),
    ),
    "shared_care_pathways.owner_named": Shown(
        fires=pathway("nurse", owner="none"),
        passes=pathway("nurse", owner="Head of therapies"),
        silent=pathway("nurse"),
    ),
    "shared_care_pathways.information_listed": Shown(
        fires=pathway("nurse", "social_worker", second={"needs": []}),
        passes={
            **pathway("nurse", "social_worker", second={"needs": ["medicines"]}),
            "needs": {"medicines": NEED},
        },
        silent=pathway("nurse", "social_worker"),
    ),
    "shared_care_pathways.time_limits_agree": Shown(
        fires=timed(within="4 h", max_wait="5 h"),
        passes=timed(within="4 h", max_wait="4 h"),
        silent=timed(within="4 h"),
    ),
    "shared_care_pathways.agreed": Shown(
        fires=pathway("nurse", agreed_by=[]),
        passes=pathway("nurse", agreed_by="hospital"),
        silent=pathway("nurse"),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def outcomes(criterion_id: str, maps: Mapping[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, f"shared_care_pathways.{criterion_id}"), **maps)
    return [one.outcome for one in found]


def test_one_pathway_that_crosses_is_enough() -> None:
    within, across = (
        {"steps": [{"id": "a", "actor": "nurse"}, {"id": "b", "actor": actor}]}
        for actor in ("doctor", "social_worker")
    )
    maps: dict[str, object] = {**PEOPLE, "pathways": {"within": within, "across": across}}
    assert outcomes("crosses_organisations", maps) == [Outcome.MET]


def test_without_a_pathway_nothing_is_said_of_crossing() -> None:
    assert outcomes("crosses_organisations", PEOPLE) == []


def test_the_first_step_takes_over_from_nobody() -> None:
    assert outcomes("time_limits_agree", pathway("nurse")) == []


def test_a_step_within_one_organisation_is_no_hand_over() -> None:
    assert outcomes("time_limits_agree", pathway("nurse", "doctor")) == [Outcome.NOT_APPLICABLE]


def test_a_need_that_names_its_step_lists_the_information_of_the_step() -> None:
    maps = pathway("nurse", "social_worker")
    bound = {"medicines": {**NEED, "pathway": "discharge", "step": "step_1"}}
    assert outcomes("information_listed", {**maps, "needs": bound}) == [Outcome.MET]
    other = {"medicines": {**NEED, "pathway": "discharge", "step": "step_0"}}
    assert outcomes("information_listed", {**maps, "needs": other}) == [Outcome.NOT_EVIDENCED]


def test_each_acting_organisation_is_asked_once_for_its_agreement() -> None:
    maps = pathway("nurse", "doctor", "social_worker", agreed_by="council")
    criterion = criterion_of(DIMENSION, "shared_care_pathways.agreed")
    found = [(one.organisation, one.outcome) for one in findings(criterion, **maps)]
    assert found == [("hospital", Outcome.NOT_MET), ("council", Outcome.MET)]


def test_who_is_left_out_of_those_who_agreed_has_not_agreed() -> None:
    assert outcomes("agreed", pathway("nurse", agreed_by="council")) == [Outcome.NOT_MET]


def test_a_hand_over_without_a_limit_is_silent_whatever_its_information_may_take() -> None:
    assert outcomes("time_limits_agree", timed(max_wait="5 h")) == [Outcome.NOT_EVIDENCED]
    bare = pathway("nurse", "social_worker", second={"within": "4 h"})
    assert outcomes("time_limits_agree", bare) == [Outcome.NOT_EVIDENCED]


def test_one_need_that_may_come_too_late_is_enough() -> None:
    maps = timed(within="4 h", max_wait="5 h")
    second: dict[str, object] = {"needs": ["medicines", "other"], "within": "4 h"}
    maps |= pathway("nurse", "social_worker", second=second)
    maps["needs"] = {"medicines": {**NEED, "max_wait": "5 h"}, "other": NEED}
    assert outcomes("time_limits_agree", maps) == [Outcome.NOT_MET]
    maps["needs"] = {"medicines": {**NEED, "max_wait": "3 h"}, "other": NEED}
    assert outcomes("time_limits_agree", maps) == [Outcome.NOT_EVIDENCED]
