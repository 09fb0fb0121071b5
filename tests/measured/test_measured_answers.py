"""Payloads answer criteria, with figures; where they are silent, what is declared holds."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest

from sharedcare.assessment import Assessment, assess
from sharedcare.errors import UsedWrongly
from sharedcare.findings import Finding
from sharedcare.flows.losses.disruption import Fate
from sharedcare.scoring.two_answers import TwoAnswers
from sharedcare.vocabulary import Form, Outcome, Verdict
from tests.measured.sent import (
    LOCAL,
    VALID,
    Json,
    coded,
    medicine,
    partners,
    patient,
    payloads,
    shares,
)

STRUCTURED = "harmonizing_interoperability.structured"
IDENTIFIER = "harmonizing_interoperability.one_identifier"
CODE_SYSTEM = "harmonizing_interoperability.one_code_system"
COMPLETE = "data_quality.complete_enough"
IN_TIME = "data_quality.written_up_in_time"

Changes = Mapping[str, object]


def assessed(sent: Mapping[str, Iterable[Json]], changes: Changes | None = None) -> Assessment:
    declared = partners(changes)
    return assess(declared, payloads=payloads(declared, sent))


def findings(found: Assessment, criterion: str) -> list[Finding]:
    scores = (one for dimension in found.scores.dimensions for one in dimension.criteria)
    return next(list(one.findings) for one in scores if one.criterion.id == criterion)


def twice(found: Assessment, criterion: str) -> list[TwoAnswers]:
    return [one for one in found.answered_twice if one.criterion.id == criterion]


def results(days: Iterable[int]) -> list[Json]:
    happened = date(2026, 6, 1)
    return [
        {
            "resourceType": "Observation",
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": coded(),
            "subject": {"reference": "Patient/1"},
            "effectiveDateTime": happened.isoformat(),
            "issued": (happened + timedelta(days=late)).isoformat(),
        }
        for late in days
    ]


def allergies(people: int, **more: object) -> list[Json]:
    return [
        {
            "resourceType": "AllergyIntolerance",
            "code": coded(),
            "patient": {"reference": f"Patient/{person}"},
            "recordedDate": "2026-06-01",
            **more,
        }
        for person in range(people)
    ]


RESULTS: dict[str, object] = {
    "systems/epr/holds": {
        "investigation_results.laboratory": {"form": "coded", "written_up_in": "1 h"}
    },
    "flows/feed/carries": {"coded": ["investigation_results"]},
    "needs/medicines/content": ["investigation_results.laboratory"],
    "needs/medicines/max_age": "4 d",
}
ALLERGIES: dict[str, object] = {
    "systems/epr/holds": {"allergies": {"form": "coded", "completeness": 0.97}},
    "flows/feed/carries": {"coded": ["allergies"]},
    "needs/medicines/content": ["allergies"],
}


# ── Structure ─────────────────────────────────────────────────────────────────────────────────────


def test_a_category_that_is_declared_structured_and_sent_as_text_does_not_arrive_structured() -> (
    None
):
    found = assessed({"epr": shares(40, 60)})
    (finding,) = findings(found, STRUCTURED)
    assert finding.measured
    assert finding.outcome is Outcome.NOT_MET
    assert finding.message.endswith(
        "Measured: Hospital record sends 100 records, 40 % coded and 60 % text."
    )
    (both,) = twice(found, STRUCTURED)
    assert (both.declared, both.measured) == (Outcome.MET, Outcome.NOT_MET)
    assert both.contradict


def test_what_a_hub_is_declared_to_carry_cannot_be_more_than_its_source_sends() -> None:
    hub: dict[str, object] = {
        "systems/hub": {"name": "Hub", "organisation": "hospital"},
        "flows/feed/to": "hub",
        "flows/onward": {"from": "hub", "to": "asc", "mode": "push", "carries": {"as_held": "all"}},
    }
    coded_: dict[str, object] = {**hub, "flows/onward/carries": {"medications": "coded"}}
    (finding,) = findings(assessed({"epr": shares(40, 60)}, coded_), STRUCTURED)
    assert finding.outcome is Outcome.NOT_MET


def test_a_source_without_payloads_leaves_the_declared_answer() -> None:
    found = assessed({"asc": [patient()]})
    (finding,) = findings(found, STRUCTURED)
    assert (finding.outcome, finding.measured) == (Outcome.MET, False)
    assert "Measured" not in finding.message
    assert twice(found, STRUCTURED) == []


# ── Identifiers ───────────────────────────────────────────────────────────────────────────────────

BOTH_KNOW = {
    "systems/epr/identity_domains": ["nhs_number"],
    "systems/asc/identity_domains": ["nhs_number"],
}


@pytest.mark.parametrize(
    ("changes", "valid", "outcome"),
    [
        (BOTH_KNOW, 20, Outcome.MET),
        (BOTH_KNOW, 18, Outcome.NOT_MET),
        ({**BOTH_KNOW, "systems/epr/identity_domains": ["local"]}, 20, Outcome.MET),
        ({**BOTH_KNOW, "systems/epr/identity_domains": ["local"]}, 10, Outcome.NOT_MET),
        ({"systems/asc/identity_domains": ["nhs_number"]}, 20, Outcome.MET),
        ({"systems/asc/identity_domains": ["nhs_number"]}, 10, Outcome.NOT_EVIDENCED),
    ],
)
def test_a_system_knows_people_by_the_numbers_that_it_sends(
    changes: Changes, valid: int, outcome: Outcome
) -> None:
    people = [patient(VALID if place < valid else None) for place in range(20)]
    (finding,) = findings(assessed({"epr": people}, changes), IDENTIFIER)
    assert finding.outcome is outcome


def test_seven_people_tell_nothing() -> None:
    (finding,) = findings(assessed({"epr": [patient(None)] * 7}, BOTH_KNOW), IDENTIFIER)
    assert (finding.outcome, finding.measured) == (Outcome.MET, False)


# ── Code systems ──────────────────────────────────────────────────────────────────────────────────

TWO_SOURCES: dict[str, object] = {
    "systems/epr/holds/medications/code_systems": ["SNOMED CT"],
    "systems/gp": {
        "name": "GP record",
        "organisation": "practice",
        "holds": {
            "medications": {"form": "coded", "authoritative": True, "code_systems": ["SNOMED CT"]}
        },
    },
    "organisations/practice": {"name": "Practice", "type": "primary_care"},
    "flows/gp_feed": {
        "from": "gp",
        "to": "asc",
        "mode": "push",
        "carries": {"coded": ["medications"]},
    },
    "needs/medicines/content": [{"category": "medications", "min_form": "coded"}],
}


def test_the_code_systems_that_were_sent_take_the_place_of_those_declared() -> None:
    local = [medicine(coded(LOCAL)) for _ in range(20)]
    found = assessed({"gp": local}, TWO_SOURCES)
    (finding,) = findings(found, CODE_SYSTEM)
    assert (finding.outcome, finding.measured) == (Outcome.NOT_MET, True)
    (both,) = twice(found, CODE_SYSTEM)
    assert (both.declared, both.measured) == (Outcome.MET, Outcome.NOT_MET)


def test_one_that_is_written_by_name_and_sent_by_uri_is_the_same() -> None:
    found = assessed({"gp": shares(20, 0), "epr": shares(20, 0)}, TWO_SOURCES)
    (finding,) = findings(found, CODE_SYSTEM)
    assert finding.outcome is Outcome.MET


# ── Completeness ──────────────────────────────────────────────────────────────────────────────────


def test_of_allergies_everybody_has_an_entry_so_that_people_answer() -> None:
    people = [patient() for _ in range(20)]
    whole = findings(assessed({"epr": [*people, *allergies(20)]}, ALLERGIES), COMPLETE)
    gaps = findings(assessed({"epr": [*people, *allergies(10)]}, ALLERGIES), COMPLETE)
    assert [one.outcome for one in (*whole, *gaps)] == [Outcome.MET, Outcome.NOT_MET]
    assert "there is an entry for 50 % of 20 people" in gaps[0].message


def test_records_without_a_date_have_gaps_whatever_is_declared() -> None:
    sent = [*allergies(10), *allergies(10, recordedDate=None)]
    sent = [{key: value for key, value in one.items() if value is not None} for one in sent]
    found = assessed({"epr": sent}, ALLERGIES)
    (finding,) = findings(found, COMPLETE)
    assert (finding.outcome, finding.measured) == (Outcome.NOT_MET, True)
    assert "50 % of 20 records say when it was" in finding.message
    both = next(one for one in twice(found, COMPLETE) if one.organisation == "hospital")
    assert (both.declared, both.measured, both.contradict) == (Outcome.MET, Outcome.NOT_MET, True)


def test_whole_records_of_what_not_everybody_has_leave_the_declared_share() -> None:
    found = assessed({"epr": shares(20, 0)}, {"systems/epr/holds/medications/completeness": 0.5})
    (finding,) = findings(found, COMPLETE)
    assert (finding.outcome, finding.measured) == (Outcome.NOT_MET, False)


# ── Timeliness ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("days", "outcome", "measured"),
    [
        ([0] * 20, Outcome.MET, True),
        ([0] * 18 + [9] * 2, Outcome.MET, True),
        ([0] * 17 + [3] * 3, Outcome.NOT_MET, True),
        ([0] * 17 + [2] * 3, Outcome.MET, False),  # a day or two: open, so that 1 h is believed
        ([0] * 7, Outcome.MET, False),
        ([-1] * 20, Outcome.MET, False),
    ],
)
def test_half_of_four_days_is_held_against_whole_days(
    days: list[int], outcome: Outcome, measured: bool
) -> None:
    (finding,) = findings(assessed({"epr": results(days)}, RESULTS), IN_TIME)
    assert (finding.outcome, finding.measured) == (outcome, measured)


def test_what_lasts_is_not_late_when_it_is_written_down_years_after() -> None:
    old = allergies(20, onsetDateTime="2001-01-01")
    found = assessed({"epr": old}, {**ALLERGIES, "needs/medicines/max_age": "4 d"})
    (finding,) = findings(found, IN_TIME)
    assert (finding.outcome, finding.measured) == (Outcome.NOT_EVIDENCED, False)


# ── The assessment ────────────────────────────────────────────────────────────────────────────────

ASKS_CODED: dict[str, object] = {
    "needs/medicines/content": [{"category": "medications", "min_form": "coded"}]
}


def test_what_was_measured_decides_and_what_is_declared_stands_beside_it() -> None:
    found = assessed({"epr": shares(40, 60)}, ASKS_CODED)
    (fate,) = found.fates
    assert fate.before is not None
    assert fate.after is not None
    assert (fate.before.verdict, fate.after.verdict) == (Verdict.MET, Verdict.UNMET)
    assert (fate.fate, fate.turns) == (Fate.LOST, True)
    assert found.judgement.needs == (fate.after,)
    assert found.declared.judgement.needs == (fate.before,)
    assert found.landscape.systems["epr"].holds["medications"].form is Form.TEXT
    assert found.declared.landscape.systems["epr"].holds["medications"].form is Form.CODED


def test_without_payloads_both_are_the_same_and_nothing_is_asked_twice() -> None:
    found = assess(partners())
    assert found.declared is found.evidence
    assert [one.fate for one in found.fates] == [Fate.SAME]
    assert (found.payloads, found.answered_twice, found.map_first, found.exchanged) == (
        None,
        (),
        (),
        (),
    )


def test_payloads_of_another_landscape_are_refused() -> None:
    other = payloads(partners({"systems/epr/name": "Another"}), {"epr": []})
    with pytest.raises(UsedWrongly, match="another landscape"):
        assess(partners(), payloads=other)


def test_what_to_map_first_goes_by_the_needs_that_draw_on_it() -> None:
    changes: dict[str, object] = {
        "systems/epr/holds/allergies": {"form": "coded", "authoritative": True},
        "flows/feed/carries/allergies": "coded",
        "needs/heavy": {
            "stakeholder": "social_worker",
            "content": ["allergies"],
            "purpose": "direct_care",
            "weight": 9,
        },
        "systems/store": {"name": "Store", "organisation": "council"},
    }
    text = allergies(8, code={"text": "penicillin"})
    found = assessed({"epr": [*shares(0, 20), *text], "store": shares(0, 90)}, changes)
    told = [(one.system, one.category, one.weight, one.left) for one in found.map_first]
    assert told == [("epr", "allergies", 9.0, 8), ("epr", "medications", 1.0, 20)]
    assert found.needs_on("epr", "allergies") == ("heavy",)


def test_pairs_are_told_that_exchange_a_category_or_meet_at_a_need() -> None:
    sent = {"gp": shares(10, 0), "epr": shares(10, 0)}
    (pair,) = assessed(sent, TWO_SOURCES).exchanged
    assert (pair.one.system, pair.other.system, pair.category) == ("gp", "epr", "medications")
    (direct,) = assessed({"asc": shares(10, 0), "epr": shares(10, 0)}).exchanged
    assert {direct.one.system, direct.other.system} == {"asc", "epr"}
    apart: dict[str, object] = {"systems/store": {"name": "Store", "organisation": "council"}}
    assert assessed({"store": shares(10, 0), "epr": shares(10, 0)}, apart).exchanged == ()


def test_an_answer_given_against_what_payloads_show_says_that_it_was_measured() -> None:
    yes = {"criterion": STRUCTURED, "answer": "yes"}
    found = assessed({"epr": shares(40, 60)}, {"attestations/a": yes})
    told = [one for one in found.scores.contradictions if one.criterion == STRUCTURED]
    assert [one.words for one in told] == ["The answer given is yes; what payloads show says no."]
