"""Data quality: what partners declare of blanks, completeness and delay in writing up."""

from typing import Any

import pytest

from sharedcare.dimensions.data_quality import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners


def holding(**said: object) -> dict[str, Any]:
    """The hospital's medicines, needed within an hour."""
    held = {"form": "coded", "authoritative": True, **said}
    return two_partners({"systems/epr/holds/medications": held, "needs/medicines/max_age": "1 h"})


SHOWN = {
    "data_quality.blanks_explained": Shown(
        fires=holding(absence="none"),
        passes=holding(absence="Nobody asked yet"),
        silent=holding(),
    ),
    "data_quality.complete_enough": Shown(
        fires=holding(completeness=0.89), passes=holding(completeness="9 of 10"), silent=holding()
    ),
    "data_quality.written_up_in_time": Shown(
        fires=holding(written_up_in="31 min"),
        passes=holding(written_up_in="30 min"),
        silent=holding(written_up_in="unknown"),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_what_nobody_needs_is_not_asked_for_its_quality() -> None:
    maps = two_partners({"systems/epr/holds/allergies": {"completeness": 0.1}})
    found = findings(criterion_of(DIMENSION, "data_quality.complete_enough"), **maps)
    assert [one.outcome for one in found] == [Outcome.NOT_EVIDENCED]


def test_without_an_age_limit_nothing_is_late() -> None:
    maps = two_partners({"systems/epr/holds/medications/written_up_in": "5 y"})
    assert findings(criterion_of(DIMENSION, "data_quality.written_up_in_time"), **maps) == []


def test_the_tightest_age_limit_decides() -> None:
    maps = holding(written_up_in="20 min")
    maps["needs"]["urgent"] = {**maps["needs"]["medicines"], "max_age": "30 min"}
    (found,) = findings(criterion_of(DIMENSION, "data_quality.written_up_in_time"), **maps)
    assert found.outcome is Outcome.NOT_MET


def test_the_better_of_two_systems_of_one_source_counts() -> None:
    maps = holding(completeness=0.5)
    maps["systems"]["second"] = {
        "organisation": "hospital",
        "holds": {"medications": {"authoritative": True, "completeness": 0.95}},
    }
    (found,) = findings(criterion_of(DIMENSION, "data_quality.complete_enough"), **maps)
    assert found.message == "Hospital holds Medications for at least 90 % of people."
