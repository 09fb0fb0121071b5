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


def seen(key: str) -> dict[str, object]:
    """Two partners; each says something (confirmed_by, disputed_by) of the other's entry."""
    return {"organisations": {"hospital": {key: "council"}, "council": {key: "hospital"}}}


SHOWN = {
    "structural_complexity.footprint_named": Shown(
        fires=register(footprint="none"),
        passes=register(footprint="Anytown and its villages"),
        silent=register(),
    ),
    "structural_complexity.entry_confirmed": Shown(
        fires=register(disputed_by={"hospital": "we have two sites"}),
        passes=register(confirmed_by="hospital"),
        silent=register(),
    ),
    "structural_complexity.seen_alike": Shown(
        fires=seen("disputed_by"),
        passes=seen("confirmed_by"),
        silent=register(confirmed_by="hospital", disputed_by="hospital"),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_who_disputes_an_entry_is_named_although_another_confirms_it() -> None:
    criterion = criterion_of(DIMENSION, "structural_complexity.seen_alike")
    hospital = {"name": "Hospital", "disputed_by": "council", "confirmed_by": "home"}
    maps = {"organisations": {"hospital": hospital, "council": {"name": "Council"}, "home": {}}}
    assert next(one.message for one in findings(criterion, **maps)) == (
        "Hospital: what is said of it is disputed by Council."
    )


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
