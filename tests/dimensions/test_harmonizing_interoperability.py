"""Harmonising data structures: form, identity, codes, meaning, conformance, matching."""

from typing import Any

import pytest

from sharedcare.dimensions.harmonizing_interoperability import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

ID = "harmonizing_interoperability"
CODED = [{"category": "alerts", "min_form": "coded"}]


def domains(epr: object, asc: object) -> dict[str, Any]:
    return two_partners({"systems/epr/identity_domains": epr, "systems/asc/identity_domains": asc})


def sources(one: dict[str, object], other: dict[str, object]) -> dict[str, Any]:
    """Two councils hold alerts that a third organisation needs in codes."""
    return two_partners(
        {
            "organisations/borough": {"name": "Borough", "sector": "social_care"},
            "systems/asc/holds": {"alerts": {"form": "coded", **one}},
            "systems/borough_care": {
                "organisation": "borough",
                "holds": {"alerts": {"form": "coded", **other}},
            },
            "stakeholders/doctor": {"organisation": "hospital", "uses": ["epr"]},
            "needs": {
                "alerts": {"stakeholder": "doctor", "content": CODED, "purpose": "direct_care"}
            },
        }
    )


SHOWN = {
    f"{ID}.structured": Shown(
        fires=two_partners({"flows/feed/carries": {"medications": "document"}}),
        passes=two_partners({"flows/feed/carries": {"medications": "structured"}}),
        silent=two_partners({"flows/feed/carries": ["medications"]}),
    ),
    f"{ID}.one_identifier": Shown(
        fires=domains(["local"], ["nhs_number"]),
        passes=domains(["local", "nhs_number"], ["nhs_number"]),
        silent=domains(["nhs_number"], "unknown"),
    ),
    f"{ID}.one_code_system": Shown(
        fires=sources({"code_systems": ["SNOMED CT"]}, {"code_systems": ["local list"]}),
        passes=sources({"code_systems": ["SNOMED CT", "local"]}, {"code_systems": ["SNOMED CT"]}),
        silent=sources({"code_systems": ["SNOMED CT"]}, {}),
    ),
    f"{ID}.one_meaning": Shown(
        fires=sources({"meaning": "Risks to staff"}, {"meaning": "Open safeguarding concerns"}),
        passes=sources({"meaning": "Risks to  staff"}, {"meaning": "risks to staff"}),
        silent=sources({"meaning": "Risks to staff"}, {"meaning": "unknown"}),
    ),
    f"{ID}.conformance_tested": Shown(
        fires=two_partners({"flows/feed/conformance": "claimed"}),
        passes=two_partners({"flows/feed/conformance": "tested"}),
        silent=two_partners(),
    ),
    f"{ID}.people_matched": Shown(
        fires=two_partners({"flows/feed/match_rate": 0.94}),
        passes=two_partners({"flows/feed/match_rate": 0.95}),
        silent=two_partners({"flows/feed/match_rate": {"low": 0.9, "high": 0.99}}),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_what_a_flow_leaves_as_held_has_the_form_in_which_it_is_held() -> None:
    criterion = criterion_of(DIMENSION, f"{ID}.structured")
    maps = two_partners({"flows/feed/carries": {"as_held": "all"}})
    assert [found.outcome for found in findings(criterion, **maps)] == [Outcome.MET]
    maps["systems"]["epr"]["holds"]["medications"]["form"] = "text"
    assert [found.outcome for found in findings(criterion, **maps)] == [Outcome.NOT_MET]


def test_a_document_beside_structured_fields_takes_nothing_away() -> None:
    letter = {"from": "epr", "to": "asc", "mode": "push", "carries": {"medications": "document"}}
    criterion = criterion_of(DIMENSION, f"{ID}.structured")
    (found,) = findings(criterion, **two_partners({"flows/letter": letter}))
    assert found.outcome is Outcome.MET


def test_what_is_needed_only_at_home_is_not_asked_for_its_form() -> None:
    maps = two_partners({"stakeholders/social_worker/organisation": "hospital"})
    assert findings(criterion_of(DIMENSION, f"{ID}.structured"), **maps) == []


def test_a_flow_that_goes_by_an_identifier_which_one_end_lacks_finds_nobody() -> None:
    maps = domains(["local", "nhs_number"], ["local", "nhs_number"])
    maps["flows"]["feed"]["identity_domain"] = "passport"
    criterion = criterion_of(DIMENSION, f"{ID}.one_identifier")
    assert [found.outcome for found in findings(criterion, **maps)] == [Outcome.NOT_MET]


def test_two_sources_that_differ_are_found_although_a_third_is_silent() -> None:
    maps = sources({"meaning": "Risks to staff"}, {"meaning": "Open concerns"})
    maps["organisations"]["county"] = {"sector": "social_care"}
    maps["systems"]["county_care"] = {"organisation": "county", "holds": {"alerts": "coded"}}
    (found,) = findings(criterion_of(DIMENSION, f"{ID}.one_meaning"), **maps)
    assert found.message == (
        "Alerts does not mean the same to all its sources: "
        "Open concerns (Borough); Risks to staff (Council)."
    )


def test_one_source_cannot_differ_from_itself() -> None:
    maps = two_partners({"systems/epr/holds/medications/meaning": "What is taken now"})
    assert findings(criterion_of(DIMENSION, f"{ID}.one_meaning"), **maps) == []


def test_a_telephone_call_has_no_standard_to_be_tested_against() -> None:
    maps = two_partners({"flows/feed/mechanism": "phone", "flows/feed/conformance": "none"})
    assert findings(criterion_of(DIMENSION, f"{ID}.conformance_tested"), **maps) == []


def test_a_feed_may_mean_something_else_than_its_source() -> None:
    maps = sources({"meaning": "Risks to staff"}, {"meaning": "Risks to staff"})
    carries = {"alerts": {"form": "coded", "meaning": "Every flag on a case"}}
    maps["flows"]["borough_feed"] = {
        "from": "borough_care",
        "to": "epr",
        "mode": "push",
        "carries": carries,
    }
    (found,) = findings(criterion_of(DIMENSION, f"{ID}.one_meaning"), **maps)
    assert found.outcome is Outcome.NOT_MET
    assert "Every flag on a case (Borough)" in found.message
