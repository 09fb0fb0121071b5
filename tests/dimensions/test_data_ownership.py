"""Data ownership: whose record counts, who keeps it, whether copies follow, who may look."""

import pytest

from sharedcare.dimensions.data_ownership import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

HOLDING = "systems/epr/holds/medications"
OTHERS_COUNT = {"form": "coded", "authoritative": False}
PERSON = "stakeholders/person"
AGREEMENT = {"parties": "all", "categories": "all", "purposes": "direct_care", "status": "signed"}


def agreed(**said: object) -> dict[str, object]:
    return {"agreements": {"shcr": {**AGREEMENT, **said}}}


def person(**use: object) -> dict[str, object]:
    return two_partners({PERSON: {"name": "The person", "uses": [{"system": "asc", **use}]}})


SHOWN = {
    "data_ownership.record_that_counts": Shown(
        fires=two_partners({HOLDING: OTHERS_COUNT}),
        passes=two_partners(),
        silent=two_partners({HOLDING: {"form": "coded"}}),
    ),
    "data_ownership.steward_named": Shown(
        fires=two_partners({f"{HOLDING}/steward": "none"}),
        passes=two_partners({f"{HOLDING}/steward": "Chief pharmacist"}),
        silent=two_partners(),
    ),
    "data_ownership.objection_honoured": Shown(
        fires=agreed(objections="none"), passes=agreed(objections="to the GP"), silent=agreed()
    ),
    "data_ownership.copies_corrected": Shown(
        fires=two_partners({"flows/feed/corrects": False}),
        passes=two_partners({"flows/feed/corrects": True}),
        silent=two_partners(),
    ),
    "data_ownership.person_looks": Shown(
        fires=two_partners({PERSON: {"uses": []}}),
        passes=person(),
        silent=two_partners({PERSON: {}}),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def outcomes(criterion_id: str, maps: dict[str, object]) -> list[Outcome]:
    found = findings(criterion_of(DIMENSION, f"data_ownership.{criterion_id}"), **maps)
    return [one.outcome for one in found]


def test_a_need_that_names_its_source_says_whose_record_counts() -> None:
    named = {"category": "medications", "from": "hospital"}
    maps = two_partners({HOLDING: {"form": "coded"}, "needs/medicines/content": [named]})
    assert outcomes("record_that_counts", maps) == [Outcome.MET]


def test_what_nobody_holds_has_no_record_that_is_known_to_count() -> None:
    maps = two_partners({"needs/medicines/content": ["allergies"]})
    assert outcomes("record_that_counts", maps) == [Outcome.NOT_EVIDENCED]


def test_a_steward_is_asked_for_only_where_another_organisation_needs_it() -> None:
    maps = two_partners({"stakeholders/social_worker/organisation": "hospital"})
    assert outcomes("steward_named", maps) == []


def test_an_agreement_that_does_not_exist_is_asked_nothing() -> None:
    assert outcomes("objection_honoured", agreed(status="none")) == []


def test_a_view_leaves_no_copy_to_correct() -> None:
    flow = {"from": "epr", "to": "asc", "mode": "view", "carries": ["medications"]}
    assert outcomes("copies_corrected", two_partners({"flows/feed": flow})) == []


def test_a_system_that_the_person_is_kept_out_of_is_none_to_look_in() -> None:
    assert outcomes("person_looks", person(access=False)) == [Outcome.NOT_MET]


def test_a_role_in_an_organisation_is_not_the_person() -> None:
    assert outcomes("person_looks", two_partners()) == []


def test_each_need_for_it_has_to_name_its_source_if_no_record_counts() -> None:
    named = [{"category": "medications", "from": "hospital"}]
    need = {"stakeholder": "social_worker", "purpose": "direct_care", "content": ["medications"]}
    maps = two_partners(
        {HOLDING: OTHERS_COUNT, "needs/medicines/content": named, "needs/other": need}
    )
    assert outcomes("record_that_counts", maps) == [Outcome.NOT_MET]


def test_a_system_that_is_not_in_use_is_none_to_look_in() -> None:
    maps = person()
    maps["systems"] = two_partners({"systems/asc/lifecycle": "retired"})["systems"]
    assert outcomes("person_looks", maps) == [Outcome.NOT_MET]
