"""Information governance: what is said of the agreement of every crossing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from sharedcare.dimensions.information_governance import (
    DIMENSION,
    RENEWED_DAYS,
    REVIEWED_WITHIN_DAYS,
)
from sharedcare.vocabulary import Outcome
from tests.builders import AS_OF, Shown, assert_shown, criterion_of, findings, two_partners

PACT = {
    "name": "Sharing agreement",
    "parties": ["hospital", "council"],
    "categories": "all",
    "purposes": "direct_care",
    "status": "signed",
}
BASIS = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}


def days_ago(days: int) -> str:
    return (date.fromisoformat(AS_OF) - timedelta(days=days)).isoformat()


def crossing(changes: Mapping[str, object] | None = None, **pact: object) -> dict[str, Any]:
    """The feed from hospital to council, not for direct care, under one agreement."""
    said = {"flows/feed/basis": None, "agreements/pact": {**PACT, **pact}}
    return two_partners({**said, **(changes or {})})


UNRECORDED = two_partners({"flows/feed/basis": None})

RENEWED = "information_governance.renewed_in_time"


def days_on(days: int) -> str:
    return days_ago(-days)


def lasting(until: object, changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The crossing under an agreement that covers it whole, up to a day."""
    return crossing(changes, lawful_basis=BASIS, valid={"until": until})


SHOWN = {
    "information_governance.agreement_in_force": Shown(
        fires=crossing(status="draft"), passes=crossing(), silent=UNRECORDED
    ),
    "information_governance.lawful_basis_complete": Shown(
        fires=crossing(lawful_basis={**BASIS, "confidentiality": "none"}),
        passes=crossing(lawful_basis=BASIS),
        silent=crossing(lawful_basis={"article_6": "e", "article_9": "h"}),
    ),
    "information_governance.controllers_named": Shown(
        fires=crossing(controllers=[]), passes=crossing(controllers="hospital"), silent=crossing()
    ),
    "information_governance.impact_assessed": Shown(
        fires=crossing(impact_assessed=days_ago(REVIEWED_WITHIN_DAYS + 1)),
        passes=crossing(impact_assessed=days_ago(REVIEWED_WITHIN_DAYS)),
        silent=crossing(),
    ),
    "information_governance.agreement_reviewed": Shown(
        fires=crossing(reviewed=days_ago(REVIEWED_WITHIN_DAYS + 1)),
        passes=crossing(reviewed=days_ago(REVIEWED_WITHIN_DAYS)),
        silent=crossing(reviewed="unknown"),
    ),
    RENEWED: Shown(
        fires=lasting(days_on(RENEWED_DAYS - 1)),
        passes=lasting(days_on(RENEWED_DAYS)),
        silent=lasting("unknown"),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def in_force(maps: Mapping[str, object]) -> set[Outcome]:
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    return {one.outcome for one in findings(criterion, **maps)}


def test_both_organisations_answer_for_a_crossing() -> None:
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    found = findings(criterion, **crossing())
    assert [one.organisation for one in found] == ["hospital", "council"]
    assert {one.message for one in found} == {
        "Medicines feed, Hospital to Council: Sharing agreement is in force."
    }


@pytest.mark.parametrize(
    ("pact", "outcome"),
    [
        ({"status": "unknown"}, Outcome.NOT_EVIDENCED),
        ({"status": None}, Outcome.NOT_EVIDENCED),
        ({"valid": {"until": "2026-10-31"}}, Outcome.NOT_MET),
        ({"valid": {"until": AS_OF}}, Outcome.MET),
        ({"valid": {"from": "2026-11-02"}}, Outcome.NOT_MET),
        ({"valid": {"from": AS_OF}}, Outcome.MET),
        ({"valid": {"until": "unknown"}}, Outcome.NOT_EVIDENCED),
        ({"parties": "all"}, Outcome.MET),
        ({"parties": ["acute", "local_authority"]}, Outcome.MET),
        ({"parties": ["hospital"]}, Outcome.NOT_EVIDENCED),
        ({"categories": "allergies"}, Outcome.NOT_MET),
        ({"categories": "medications"}, Outcome.MET),
    ],
)
def test_an_agreement_is_in_force_if_signed_and_valid_between_the_two_for_what_is_carried(
    pact: Mapping[str, object], outcome: Outcome
) -> None:
    assert in_force(crossing(None, **pact)) == {outcome}


def test_whom_and_what_an_agreement_covers_may_be_what_is_not_said() -> None:
    assert in_force(crossing(categories=None)) == {Outcome.NOT_EVIDENCED}
    assert in_force(crossing(categories=[])) == {Outcome.NOT_MET}
    listed = {"flows/feed/agreements": ["pact"]}
    assert in_force(crossing(listed, parties=None)) == {Outcome.NOT_EVIDENCED}
    assert in_force(crossing(listed, parties=["hospital"])) == {Outcome.NOT_MET}


def test_every_category_that_is_carried_has_to_be_covered() -> None:
    both = {"flows/feed/carries": ["medications", "allergies"]}
    assert in_force(crossing(both, categories="medications")) == {Outcome.NOT_MET}
    assert in_force(crossing(both, categories=["medications", "allergies"])) == {Outcome.MET}


def test_a_flow_that_lists_its_agreements_rests_on_these_alone() -> None:
    assert in_force(crossing({"flows/feed/agreements": []})) == {Outcome.NOT_MET}
    assert in_force(crossing({"flows/feed/agreements": ["pact"]})) == {Outcome.MET}


def test_what_is_passed_on_for_direct_care_asks_for_no_agreement() -> None:
    assert in_force(two_partners()) == {Outcome.NOT_APPLICABLE}


def test_whether_it_is_for_direct_care_may_be_what_is_not_known() -> None:
    unsure = {"flows/feed/basis": "unknown"}
    assert in_force(crossing(unsure, status="draft")) == {Outcome.NOT_EVIDENCED}
    assert in_force(crossing(unsure)) == {Outcome.MET}


def test_using_another_organisations_system_is_a_crossing() -> None:
    maps = crossing({"flows": {}, "stakeholders/social_worker/uses": ["epr"]}, status="draft")
    assert in_force(maps) == {Outcome.NOT_MET}
    shut = {"flows": {}, "stakeholders/social_worker/uses": [{"system": "epr", "access": False}]}
    assert in_force(crossing(shut)) == set()


def hub(**pact: object) -> dict[str, Any]:
    """The hospital runs a hub for all; it takes in the hospital's record and the practices'."""
    return crossing(
        {
            "organisations/practices": {"name": "Practices", "type": "primary_care"},
            "systems/gp": {"organisation": "practices", "holds": ["allergies"]},
            "systems/hub": {"organisation": "hospital", "processor_for": "all"},
            "flows/feed": {"from": "epr", "to": "hub", "mode": "push", "carries": ["medications"]},
            "flows/gp_hub": {"from": "gp", "to": "hub", "mode": "push", "carries": ["allergies"]},
            "flows/out": {"from": "hub", "to": "asc", "mode": "view", "carries": ["allergies"]},
        },
        **pact,
    )


def test_a_system_that_only_carries_for_the_sender_asks_for_no_agreement() -> None:
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    found = {one.about for one in findings(criterion, **hub(parties="all"))}
    assert found == {"flows.out"}


def test_what_comes_out_of_a_hub_is_theirs_who_fed_it() -> None:
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    found = {one.message: one.outcome for one in findings(criterion, **hub())}
    assert [(message.split(":")[0], outcome) for message, outcome in found.items()] == [
        ("The flow from hub to Care system, Hospital to Council", Outcome.MET),
        ("The flow from hub to Care system, Practices to Council", Outcome.NOT_EVIDENCED),
    ]


def test_the_host_of_a_hub_needs_cover_for_what_it_processes_for_others() -> None:
    maps = hub()
    maps["stakeholders"]["doctor"] = {"organisation": "hospital", "uses": ["hub"]}
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    about = [one for one in findings(criterion, **maps) if one.about == "stakeholders.doctor"]
    assert {one.organisation for one in about} == {"practices", "hospital"}


def test_the_agreement_that_comes_nearest_is_the_one_that_is_told_of() -> None:
    draft = {**PACT, "name": "Draft", "status": "draft", "controllers": "hospital"}
    criterion = criterion_of(DIMENSION, "information_governance.controllers_named")
    found = findings(criterion, **crossing({"agreements/draft": draft}, controllers=[]))
    assert {one.message for one in found} == {
        "Medicines feed, Hospital to Council: Sharing agreement names no controller."
    }


def test_signing_a_second_agreement_never_worsens_an_answer() -> None:
    worse = {**PACT, "status": "signed"}
    for criterion in DIMENSION.criteria:
        if criterion.claim:
            whole = crossing(
                lawful_basis=BASIS, controllers="hospital", impact_assessed=AS_OF, reviewed=AS_OF
            )
            assert {one.outcome for one in findings(criterion, **whole)} == {Outcome.MET}
            whole["agreements"]["second"] = worse
            assert {one.outcome for one in findings(criterion, **whole)} == {Outcome.MET}


def test_where_the_law_asks_for_no_basis_there_is_none_to_look_at() -> None:
    criterion = criterion_of(DIMENSION, "information_governance.lawful_basis_complete")
    elsewhere = {"meta": {"as_of": AS_OF, "jurisdiction": "other"}}
    assert findings(criterion, **{**crossing(), **elsewhere}) == []


def test_a_system_that_is_not_in_use_hands_nothing_on() -> None:
    assert in_force(crossing({"systems/epr/lifecycle": "retired"})) == set()


def disclosed(maps: Mapping[str, object]) -> set[str]:
    criterion = criterion_of(DIMENSION, "information_governance.agreement_in_force")
    return {one.message.split(":")[0] for one in findings(criterion, **maps)}


OUT = "The flow from hub to Care system, {} to Council"


def test_a_hub_hands_on_what_it_holds_itself_too() -> None:
    maps = hub()
    del maps["flows"]["feed"]
    assert disclosed(maps) == {OUT.format("Practices")}
    maps["systems"]["hub"]["holds"] = ["allergies"]
    assert disclosed(maps) == {OUT.format("Practices"), OUT.format("Hospital")}


def test_a_hub_that_nobody_feeds_hands_on_what_its_host_knows() -> None:
    maps = hub()
    del maps["flows"]["feed"], maps["flows"]["gp_hub"]
    assert disclosed(maps) == {OUT.format("Hospital")}


def test_a_system_that_processes_for_nobody_hands_on_its_own_organisations_alone() -> None:
    maps = hub()
    maps["systems"]["hub"]["processor_for"] = []
    assert disclosed(maps) == {
        OUT.format("Hospital"),
        "The flow from gp to hub, Practices to Hospital",
    }


def test_a_person_outside_the_organisations_discloses_and_receives_freely() -> None:
    flow = {"from": "person", "to": "asc", "mode": "manual", "carries": ["medications"]}
    back = {**flow, "from": "asc", "to": "person"}
    changes = {"stakeholders/person": {}, "flows": {"told": flow, "back": back}}
    assert disclosed(crossing(changes)) == set()


def renewed(maps: Mapping[str, object]) -> list[tuple[str, Outcome]]:
    found = findings(criterion_of(DIMENSION, RENEWED), **maps)
    return [(one.about, one.outcome) for one in found]


def test_an_agreement_that_takes_over_on_the_next_day_keeps_the_need_covered() -> None:
    after = {**PACT, "lawful_basis": BASIS, "valid": {"from": days_on(31)}}
    assert renewed(lasting(days_on(30))) == [("needs.medicines", Outcome.NOT_MET)]
    follows = lasting(days_on(30), {"agreements/after": after})
    assert renewed(follows) == [("needs.medicines", Outcome.MET)]


def test_a_need_that_falls_says_from_which_day_on() -> None:
    (found,) = findings(criterion_of(DIMENSION, RENEWED), **lasting(days_on(30)))
    assert days_on(31) in found.message


def test_a_need_that_rests_on_no_agreement_or_is_unmet_cannot_fall_with_one() -> None:
    assert renewed(two_partners()) == []
    assert renewed(lasting(days_on(30), {"flows/feed/carries": {"allergies": "coded"}})) == []
