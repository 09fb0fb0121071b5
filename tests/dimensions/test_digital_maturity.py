"""Digital maturity: sectors assessed, and what contributors can contribute."""

import pytest

from sharedcare.dimensions.digital_maturity import DIMENSION, MINIMUM_SCORE
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners


def with_scores(hospital: object, council: object) -> dict[str, object]:
    return two_partners(
        {"organisations/hospital/maturity": hospital, "organisations/council/maturity": council}
    )


NEVER = {
    "organisations/hospital/maturity_scale": "none",
    "organisations/council/maturity_scale": "none",
}
CODES_WANTED = {"needs/medicines/content": [{"category": "medications", "min_form": "coded"}]}
SAID_FORM = "systems/epr/holds/medications/form"

SHOWN = {
    "digital_maturity.sectors_assessed": Shown(
        fires=two_partners(NEVER), passes=with_scores(3, 1), silent=with_scores(None, "unknown")
    ),
    "digital_maturity.held_electronically": Shown(
        fires=two_partners({"systems/epr/kind": "paper"}),
        passes=two_partners(),
        silent=two_partners(
            {
                "systems/epr/holds": {"allergies": "coded"},
                "needs/medicines/content": [{"category": "medications", "from": ["hospital"]}],
            }
        ),
    ),
    "digital_maturity.held_in_form": Shown(
        fires=two_partners({**CODES_WANTED, SAID_FORM: "text"}),
        passes=two_partners(CODES_WANTED),
        silent=two_partners({**CODES_WANTED, SAID_FORM: "unknown"}),
    ),
    "digital_maturity.minimum_score": Shown(
        fires=with_scores("2.9", 3), passes=with_scores(MINIMUM_SCORE, 1), silent=two_partners()
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_sector_whose_score_is_missing_is_found_beside_one_that_was_assessed() -> None:
    maps = two_partners(
        {"organisations/hospital/maturity": 4, "organisations/council/maturity_scale": "none"}
    )
    found = findings(criterion_of(DIMENSION, "digital_maturity.sectors_assessed"), **maps)
    assert [(one.outcome, one.message) for one in found] == [
        (
            Outcome.MET,
            "Of the sector health at least one organisation's digital maturity is on record.",
        ),
        (
            Outcome.NOT_MET,
            "Of the sector social care nobody's digital maturity was ever assessed.",
        ),
    ]


def test_a_score_left_out_is_never_taken_for_a_sector_that_was_not_assessed() -> None:
    maps = two_partners({"organisations/hospital/maturity": 4})
    found = findings(criterion_of(DIMENSION, "digital_maturity.sectors_assessed"), **maps)
    assert [one.outcome for one in found] == [Outcome.MET, Outcome.NOT_EVIDENCED]


def test_a_score_on_another_scale_is_not_held_against_the_minimum() -> None:
    changes = {
        "organisations/hospital/maturity": 1,
        "organisations/hospital/maturity_scale": "EMRAM",
    }
    found = findings(
        criterion_of(DIMENSION, "digital_maturity.minimum_score"), **two_partners(changes)
    )
    assert [one.outcome for one in found] == [Outcome.NOT_EVIDENCED]


def test_a_score_known_only_within_bounds_tells_nothing_if_the_minimum_lies_between() -> None:
    criterion = criterion_of(DIMENSION, "digital_maturity.minimum_score")
    (found,) = findings(criterion, **with_scores({"low": 2, "high": 4}, 3))
    assert found.outcome is Outcome.NOT_EVIDENCED
    (found,) = findings(criterion, **with_scores({"low": 3, "high": 4}, 3))
    assert found.outcome is Outcome.MET


def test_the_need_that_asks_for_most_decides_which_form_is_asked() -> None:
    more = {
        "needs/planning": {
            "stakeholder": "social_worker",
            "content": [{"category": "medications", "min_form": "profiled"}],
            "purpose": "planning",
        }
    }
    criterion = criterion_of(DIMENSION, "digital_maturity.held_in_form")
    (found,) = findings(criterion, **two_partners(more))
    assert (
        found.message == "Hospital holds Medications in a form that cannot serve those who need it."
    )
