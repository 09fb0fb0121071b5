"""The data visibility guide: everything that is held, role by role, told once."""

from datetime import date
from typing import Any

import pytest

from sharedcare.errors import NotFoundError
from sharedcare.flows.meaning.visibility import Visibility, roles_of, visibility
from sharedcare.vocabulary import Purpose, Reason
from tests.builders import landscape, two_partners

PACT = {
    "parties": "all",
    "categories": "all",
    "purposes": ["direct_care", "audit"],
    "status": "signed",
    "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"},
}


def guide(maps: dict[str, Any], **asked: Any) -> Visibility:
    return visibility(landscape(**maps), **asked)


def agreed(**agreements: dict[str, Any]) -> dict[str, Any]:
    maps = two_partners({"flows/feed/basis": None})
    return {**maps, "agreements": {key: {**PACT, **said} for key, said in agreements.items()}}


def test_what_nobody_has_declared_a_need_for_is_seen_all_the_same() -> None:
    maps = two_partners({"needs": {}})
    (one,) = guide(maps).visible
    assert (one.sight.stakeholder, one.sight.category) == ("social_worker", "medications")
    assert [permitted.asked for permitted in one.permitted] == [False]


def test_purposes_come_from_agreements_and_needs_and_direct_care_is_always_among_them() -> None:
    found = guide(agreed(pact={"purposes": ["audit"]}))
    assert found.purposes == (Purpose.DIRECT_CARE, Purpose.AUDIT)
    (one,) = found.visible
    assert [permitted.purpose for permitted in one.permitted] == [Purpose.AUDIT]


def test_of_several_agreements_the_one_that_lasts_longest_counts() -> None:
    found = guide(
        agreed(a={"valid": {"until": "2026-12-31"}}, b={"valid": {"until": "2028-12-31"}})
    )
    permitted = found.visible[0].permitted[0]
    assert (permitted.agreements, permitted.until) == (("b",), date(2028, 12, 31))


def test_a_flow_that_ends_before_its_agreement_says_until_when() -> None:
    maps = agreed(a={"valid": {"until": "2028-12-31"}})
    maps["flows"]["feed"]["valid"] = {"until": "2027-06-30"}
    assert guide(maps).visible[0].permitted[0].until == date(2027, 6, 30)


def test_what_no_agreement_is_recorded_for_may_come_and_is_marked_so() -> None:
    (one,) = guide(two_partners({"flows/feed/basis": None})).visible
    permitted = one.permitted[0]
    assert (permitted.certain, permitted.asked, permitted.recorded) == (False, True, False)


def test_a_narrower_category_is_told_only_where_it_differs() -> None:
    maps = two_partners({"needs/medicines/content": ["medications.repeat"]})
    assert [one.sight.category for one in guide(maps).visible] == ["medications"]
    maps["flows"]["feed"]["carries"] = {"medications": "text", "medications.repeat": "coded"}
    categories = [one.sight.category for one in guide(maps).visible]
    assert categories == ["medications", "medications.repeat"]


def test_what_a_flow_carries_of_a_wider_holding_is_seen() -> None:
    maps = two_partners({"flows/feed/carries": {"medications.repeat": "coded"}})
    found = guide(maps)
    assert [one.sight.category for one in found.visible] == ["medications.repeat"]
    assert [one.category for one in found.unseen] == ["medications"]


def test_what_does_not_come_is_told_with_its_reason() -> None:
    (one,) = guide(two_partners({"flows/feed/status": "planned"})).unseen
    assert (one.category, one.organisation) == ("medications", "hospital")
    assert one.reasons == (Reason.NOT_LIVE,)


def test_documents_beside_fields_stand_with_them() -> None:
    tree = {
        "from": "epr",
        "to": "asc",
        "mode": "view",
        "wait": "1 h",
        "history": "1 y",
        "carries": {"medications": "document"},
        "basis": "direct_care",
    }
    (one,) = guide(two_partners({"flows/tree": tree})).visible
    assert one.also == ("tree",)
    (one,) = guide(two_partners({"flows/tree": {**tree, "status": "planned"}})).visible
    assert one.also == ()


def test_a_role_that_is_not_let_in_sees_nothing_there() -> None:
    maps = two_partners({"stakeholders/social_worker/uses": [{"system": "asc", "access": False}]})
    assert guide(maps).visible == ()


def test_only_what_is_asked_for_is_told() -> None:
    maps = two_partners({"systems/epr/holds/allergies": {"form": "coded"}})
    maps["stakeholders"]["nurse"] = {"organisation": "hospital", "uses": ["epr"]}
    made = landscape(**maps)
    only = visibility(made, roles_of(made, "hospital"), "allergies", Purpose.DIRECT_CARE)
    assert only.stakeholders == ("nurse",)
    assert {one.sight.category for one in only.visible} == {"allergies"}
    assert only.purposes == (Purpose.DIRECT_CARE,)
    assert roles_of(made, "local_authority") == roles_of(made, role="social_worker")
    assert roles_of(made) == ("social_worker", "nurse")


def test_a_slip_of_an_id_is_answered_with_the_nearest_one() -> None:
    made = landscape(**two_partners())
    with pytest.raises(NotFoundError, match=r"no stakeholder social_workr \(did you mean"):
        roles_of(made, role="social_workr")
    with pytest.raises(NotFoundError, match=r"no organisation or type hospitl \(did you mean"):
        roles_of(made, "hospitl")
    with pytest.raises(NotFoundError, match=r"holds the data category medicatons \(did you mean"):
        visibility(made, category="medicatons")


def test_another_flow_never_hides_what_was_seen() -> None:
    before = guide(two_partners())
    more = {"from": "epr", "to": "asc", "mode": "batch", "carries": ["medications"]}
    after = guide(two_partners({"flows/more": more}))

    def what(found: Visibility) -> set[tuple[str, str, str | None]]:
        sights = [one.sight for one in found.visible]
        return {(s.category, s.organisation, s.at) for s in sights if s.certain}

    assert what(before) <= what(after)
