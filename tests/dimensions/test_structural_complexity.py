"""Structural complexity: what the register says of each partner, and how much there is of it."""

from fractions import Fraction

import pytest

from sharedcare.dimension import Degree
from sharedcare.dimensions.structural_complexity import (
    DIMENSION,
    authorities,
    kinds_of_partner,
    partners,
)
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, evidence, findings


def register(**said: object) -> dict[str, object]:
    return {"organisations": {"hospital": {"name": "Hospital", **said}}}


SHOWN = {
    "structural_complexity.sector_named": Shown(
        fires=register(), passes=register(sector="health"), silent={}
    ),
    "structural_complexity.ownership_named": Shown(
        fires=register(), passes=register(ownership="public"), silent={}
    ),
    "structural_complexity.footprint_named": Shown(
        fires=register(),
        passes=register(footprint="Anytown and its villages"),
        silent=register(footprint="unknown"),
    ),
    "structural_complexity.regulator_named": Shown(
        fires=register(),
        passes=register(regulator="Care Quality Commission"),
        silent=register(regulator="unknown"),
    ),
    "structural_complexity.entry_confirmed": Shown(
        fires=register(disputed_by={"hospital": "we have two sites"}),
        passes=register(confirmed_by="hospital"),
        silent=register(),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_partner_that_nobody_regulates_is_not_asked_for_a_regulator() -> None:
    criterion = criterion_of(DIMENSION, "structural_complexity.regulator_named")
    found = findings(criterion, **register(regulator="none"))
    assert [one.outcome for one in found] == [Outcome.NOT_APPLICABLE]
    assert criterion.may_not_apply


def test_a_partner_is_not_confirmed_by_another_partner() -> None:
    maps = {"organisations": {"hospital": {"confirmed_by": "council"}, "council": {}}}
    criterion = criterion_of(DIMENSION, "structural_complexity.entry_confirmed")
    assert {one.outcome for one in findings(criterion, **maps)} == {Outcome.NOT_EVIDENCED}


def test_organisations_alike_are_counted_one_by_one() -> None:
    looked_at = evidence(organisations={"practices": {"instances": 28}, "hospital": {}})
    assert partners(looked_at) == 29


def test_without_organisations_there_is_nothing_to_count() -> None:
    assert partners(evidence()) is kinds_of_partner(evidence()) is authorities(evidence()) is None


def test_kinds_and_authorities_are_counted_once_each() -> None:
    both = {"sector": "health", "ownership": "public", "regulator": "CQC", "funder": "NHS"}
    looked_at = evidence(organisations={"hospital": both, "community": both, "home": {}})
    assert kinds_of_partner(looked_at) == 2
    assert authorities(looked_at) == 2


def test_a_measure_grows_by_its_printed_thresholds() -> None:
    measure = DIMENSION.exposure[0]
    degrees = [measure.degree(Fraction(amount)) for amount in (5, 6, 29, 30)]
    assert degrees == [Degree.SIMPLE, Degree.COMPLICATED, Degree.COMPLICATED, Degree.COMPLEX]
