"""Professional jurisdictions, interests, and expertise: who asks, who supplies."""

from collections.abc import Mapping

import pytest

from sharedcare.dimensions.professional_jurisdictions import (
    DIMENSION,
    professions,
    professions_asking_for_one_thing,
)
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, evidence, findings

SOCIAL_WORKER = {"name": "Social worker", "organisation": "council", "profession": "social_work"}
DOCTOR = {"name": "Doctor", "organisation": "hospital", "profession": "medicine", "uses": []}
NO_PROFESSION = {"name": "Social worker", "organisation": "council"}


def need(stakeholder: str, category: str) -> dict[str, object]:
    return {"stakeholder": stakeholder, "content": [category], "purpose": "direct_care"}


def roles(needs: Mapping[str, object] | None = None, **stakeholders: object) -> dict[str, object]:
    return {
        "organisations": {"hospital": {}, "council": {}},
        "systems": {
            "asc": {"organisation": "council", "holds": ["assessments"]},
            "epr": {"organisation": "hospital", "holds": ["medications"]},
        },
        "stakeholders": stakeholders,
        "needs": needs or {},
    }


READS = {"medicines": need("social_worker", "medications")}
GIVES = {**READS, "carers": need("doctor", "assessments.carer")}
AT_WORK = {**SOCIAL_WORKER, "uses": ["asc"]}

SHOWN = {
    "professional_jurisdictions.need_stated": Shown(
        fires=roles(social_worker=SOCIAL_WORKER),
        passes=roles(READS, social_worker=SOCIAL_WORKER),
        silent=roles(social_worker=NO_PROFESSION),
    ),
    "professional_jurisdictions.supplies_too": Shown(
        fires=roles(READS, social_worker=AT_WORK),
        passes=roles(GIVES, social_worker=AT_WORK, doctor={**DOCTOR, "uses": ["epr"]}),
        silent=roles(READS, social_worker=NO_PROFESSION),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def supplies(maps: dict[str, object]) -> dict[str, Outcome]:
    criterion = criterion_of(DIMENSION, "professional_jurisdictions.supplies_too")
    return {one.about: one.outcome for one in findings(criterion, **maps)}


def test_a_profession_supplies_what_stands_in_a_system_of_its_own_organisation() -> None:
    maps = roles(GIVES, social_worker=AT_WORK, doctor=DOCTOR)
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.MET
    assert supplies(maps)["stakeholders.doctor"] is Outcome.NOT_MET
    idle = {**SOCIAL_WORKER, "uses": []}
    elsewhere = roles(GIVES, social_worker=idle, doctor={**DOCTOR, "uses": ["asc"]})
    assert supplies(elsewhere)["stakeholders.social_worker"] is Outcome.NOT_MET
    assert supplies(elsewhere)["stakeholders.doctor"] is Outcome.NOT_MET


def test_what_only_the_same_profession_asks_for_is_not_supplied_to_another() -> None:
    alike = {**DOCTOR, "profession": "social_work"}
    maps = roles(GIVES, social_worker=AT_WORK, doctor=alike)
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.NOT_MET


def test_whether_an_asker_without_profession_is_another_is_not_known() -> None:
    unsaid = {"organisation": "hospital"}
    maps = roles(GIVES, social_worker=AT_WORK, doctor=unsaid)
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.NOT_EVIDENCED


def test_what_a_role_works_in_may_be_what_is_not_said() -> None:
    maps = roles(GIVES, social_worker=SOCIAL_WORKER, doctor=DOCTOR)
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.NOT_EVIDENCED


def test_one_who_asks_and_does_not_say_their_profession_may_be_of_any() -> None:
    unsaid = {**READS, "too": need("colleague", "medications")}
    maps = roles(unsaid, social_worker=SOCIAL_WORKER, doctor=DOCTOR, colleague=NO_PROFESSION)
    criterion = criterion_of(DIMENSION, "professional_jurisdictions.need_stated")
    found = {one.about: one.outcome for one in findings(criterion, **maps)}
    assert found["stakeholders.doctor"] is Outcome.NOT_EVIDENCED
    assert found["stakeholders.colleague"] is Outcome.MET


def test_a_role_is_heard_when_another_of_its_profession_states_a_need() -> None:
    maps = roles(READS, social_worker=SOCIAL_WORKER, colleague=SOCIAL_WORKER)
    criterion = criterion_of(DIMENSION, "professional_jurisdictions.need_stated")
    assert {one.outcome for one in findings(criterion, **maps)} == {Outcome.MET}


def test_the_measures_count_professions_and_those_that_ask_for_one_thing() -> None:
    both = {**READS, "too": need("doctor", "medications")}
    looked_at = evidence(**roles(both, social_worker=SOCIAL_WORKER, doctor=DOCTOR, person={}))
    assert professions(looked_at) == professions_asking_for_one_thing(looked_at) == 2


def test_without_professions_a_measure_says_nothing() -> None:
    looked_at = evidence(**roles(READS, social_worker=NO_PROFESSION))
    assert professions(looked_at) is professions_asking_for_one_thing(looked_at) is None


def test_one_thing_among_several_that_are_asked_for_is_enough_to_supply() -> None:
    asks = {**need("doctor", "assessments"), "content": ["funding", "assessments"]}
    maps = roles({**READS, "more": asks}, social_worker=AT_WORK, doctor=DOCTOR)
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.MET


def test_what_stands_in_a_system_that_is_not_in_use_supplies_nobody() -> None:
    maps = roles(GIVES, social_worker=AT_WORK, doctor=DOCTOR)
    retired = {"organisation": "council", "holds": ["assessments"], "lifecycle": "retired"}
    maps["systems"] = {"asc": retired}
    assert supplies(maps)["stakeholders.social_worker"] is Outcome.NOT_MET
