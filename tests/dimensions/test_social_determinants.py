"""Social determinants: held in codes, carried across, not by consent, referrals answered."""

import pytest

from sharedcare.dimensions.social_determinants import DIMENSION, FACTORS
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, landscape, two_partners

CODED = {factor: {"form": "coded"} for factor in FACTORS}
WRITTEN = {factor: {"form": "text"} for factor in FACTORS}
CROSSING = {"from": "asc", "to": "epr", "mode": "push", "carries": dict.fromkeys(FACTORS, "coded")}
SHARING = {
    "parties": "all",
    "categories": "all",
    "purposes": ["direct_care"],
    "status": "signed",
    "lawful_basis": {"article_6": "e", "article_9": "h"},
}
CONSENTED = {**SHARING, "lawful_basis": {"article_6": "a", "article_9": "h"}}
REFERRAL = {"from": "asc", "to": "befriending", "mode": "push", "carries": ["referral_details"]}
ANSWER = {
    "from": "befriending",
    "to": "asc",
    "mode": "push",
    "carries": ["referral_details.status"],
}
REFERRING = {
    "organisations/charity": {"name": "Charity", "sector": "voluntary"},
    "systems/befriending": {"organisation": "charity"},
    "flows/referral": REFERRAL,
}

SHOWN = {
    "social_determinants.held_in_codes": Shown(
        fires=two_partners({"systems/asc/holds": WRITTEN}),
        passes=two_partners({"systems/asc/holds": CODED}),
        silent=two_partners(),
    ),
    "social_determinants.carried_across": Shown(
        fires=two_partners({"systems/asc/holds": CODED}),
        passes=two_partners({"systems/asc/holds": CODED, "flows/home": CROSSING}),
        silent=two_partners(),
    ),
    "social_determinants.not_by_consent": Shown(
        fires=two_partners({"agreements/sharing": CONSENTED}),
        passes=two_partners({"agreements/sharing": SHARING}),
        silent=two_partners({"agreements/sharing": {**SHARING, "lawful_basis": "unknown"}}),
    ),
    "social_determinants.referrals_answered": Shown(
        fires=two_partners(REFERRING),
        passes=two_partners({**REFERRING, "flows/answer": ANSWER}),
        silent=two_partners(),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_every_social_factor_is_in_the_catalogue_of_categories() -> None:
    held = two_partners({"systems/asc/holds": CODED})
    criterion = criterion_of(DIMENSION, "social_determinants.held_in_codes")
    found = findings(criterion, **held)
    assert len(found) == len(FACTORS)
    assert not [one for one in found if one.message.startswith("social_context")]


def test_a_factor_held_in_words_by_one_and_in_codes_by_another_counts_as_coded() -> None:
    changes = {"systems/asc/holds": WRITTEN, "systems/epr/holds": CODED}
    criterion = criterion_of(DIMENSION, "social_determinants.held_in_codes")
    assert {one.outcome for one in findings(criterion, **two_partners(changes))} == {Outcome.MET}


def test_everything_as_held_carries_only_what_the_sender_holds() -> None:
    housing = {"social_context.housing": {"form": "coded"}}
    flow = {"from": "asc", "to": "epr", "mode": "push", "carries": {"as_held": "all"}}
    criterion = criterion_of(DIMENSION, "social_determinants.carried_across")
    found = findings(criterion, **two_partners({"systems/asc/holds": housing, "flows/home": flow}))
    assert found[0].outcome is Outcome.MET
    assert {one.outcome for one in found[1:]} == {Outcome.NOT_EVIDENCED}


def test_an_agreement_that_covers_no_social_factor_is_not_asked_for_its_basis() -> None:
    agreement = {**CONSENTED, "categories": ["medications"]}
    criterion = criterion_of(DIMENSION, "social_determinants.not_by_consent")
    assert findings(criterion, **two_partners({"agreements/sharing": agreement})) == []


def test_a_draft_that_rests_on_consent_is_not_held_against_anybody() -> None:
    agreement = {**CONSENTED, "status": "draft"}
    criterion = criterion_of(DIMENSION, "social_determinants.not_by_consent")
    assert findings(criterion, **two_partners({"agreements/sharing": agreement})) == []


def test_where_no_lawful_basis_is_asked_for_none_is_judged() -> None:
    meta = {"as_of": "2026-11-01", "jurisdiction": "other"}
    maps = two_partners({"meta": meta, "agreements/sharing": CONSENTED})
    assert landscape(**maps).meta.jurisdiction == "other"
    criterion = criterion_of(DIMENSION, "social_determinants.not_by_consent")
    assert findings(criterion, **maps) == []


def test_who_does_not_answer_and_to_whom_is_named() -> None:
    criterion = criterion_of(DIMENSION, "social_determinants.referrals_answered")
    (found,) = findings(criterion, **two_partners(REFERRING))
    assert found.message == "Charity is sent referrals and never reports back to Council."
