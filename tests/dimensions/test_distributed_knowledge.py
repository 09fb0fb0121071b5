"""Distributed knowledge: holders, somebody to ask, and the person's own account."""

import pytest

from sharedcare.dimensions.distributed_knowledge import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

CALL = {"from": "ward_nurse", "to": "social_worker", "mechanism": "phone", "mode": "manual"}
NURSE = {"stakeholders/ward_nurse": {"name": "Ward nurse", "organisation": "hospital"}}
PATHWAY = {"name": "Going home", "steps": [{"id": "discharge", "needs": ["medicines"]}]}

SHOWN = {
    "distributed_knowledge.holders_known": Shown(
        fires=two_partners({"needs/medicines/content": ["about_me"]}),
        passes=two_partners(),
        silent={},
    ),
    "distributed_knowledge.sources_can_be_asked": Shown(
        fires=two_partners(),
        passes=two_partners({**NURSE, "flows/call": CALL}),
        silent=two_partners({"stakeholders/social_worker/organisation": "hospital"}),
    ),
    "distributed_knowledge.own_account_asked": Shown(
        fires=two_partners({"pathways/home": PATHWAY}),
        passes=two_partners(
            {"pathways/home": PATHWAY, "needs/medicines/content": ["medications", "about_me"]}
        ),
        silent=two_partners({"pathways/home": {"name": "Going home"}}),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_nobody_to_ask_is_named_with_the_source_and_the_need() -> None:
    criterion = criterion_of(DIMENSION, "distributed_knowledge.sources_can_be_asked")
    (found,) = findings(criterion, **two_partners())
    assert found.message == (
        "Social worker has no way to ask a person at Hospital when the record leaves "
        "Medicines on the first evening open."
    )


def test_professional_contacts_that_arrive_say_whom_to_ask() -> None:
    changes = {
        "systems/epr/holds/professional_contacts": {"form": "text"},
        "flows/feed/carries": {"medications": "coded", "professional_contacts": "text"},
        "needs/contacts": {
            "stakeholder": "social_worker",
            "content": ["professional_contacts.key_worker"],
            "purpose": "direct_care",
        },
    }
    criterion = criterion_of(DIMENSION, "distributed_knowledge.sources_can_be_asked")
    found = findings(criterion, **two_partners(changes))
    assert {one.outcome for one in found} == {Outcome.MET}


def test_a_call_that_is_only_planned_lets_nobody_ask() -> None:
    maps = two_partners({**NURSE, "flows/call": {**CALL, "status": "planned"}})
    criterion = criterion_of(DIMENSION, "distributed_knowledge.sources_can_be_asked")
    assert [one.outcome for one in findings(criterion, **maps)] == [Outcome.NOT_MET]


def test_what_is_in_a_persons_head_has_a_known_holder() -> None:
    changes = {
        "systems/daughter": {
            "organisation": "council",
            "kind": "person",
            "holds": {"about_me": "verbal"},
        },
        "needs/medicines/content": ["about_me"],
    }
    criterion = criterion_of(DIMENSION, "distributed_knowledge.holders_known")
    assert [one.outcome for one in findings(criterion, **two_partners(changes))] == [Outcome.MET]


def test_an_item_that_is_not_required_may_have_no_holder() -> None:
    content = ["medications", {"category": "about_me", "required": False}]
    criterion = criterion_of(DIMENSION, "distributed_knowledge.holders_known")
    found = findings(criterion, **two_partners({"needs/medicines/content": content}))
    assert [one.outcome for one in found] == [Outcome.MET]


def test_what_a_blank_may_hide_is_said_where_nobody_can_be_asked() -> None:
    criterion = criterion_of(DIMENSION, "distributed_knowledge.sources_can_be_asked")
    changes = {"flows/feed/history": "12 mo", "flows/feed/reach": "9 of 10"}
    (found,) = findings(criterion, **two_partners(changes))
    assert found.message.endswith(
        "open, and it may: only a window of time is shown; it does not come for everybody."
    )
