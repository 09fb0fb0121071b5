"""The index and its bands, worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.scoring.index import Band, band_of, index_of, power_mean
from tests.scoring.making import at

HALF = Fraction(1, 2)

levels = st.fractions(0, 1, max_denominator=60)
weights = st.fractions(Fraction(1, 10), 10, max_denominator=10)
weighted = st.lists(st.tuples(levels, weights), min_size=1, max_size=8)
exponents = st.sampled_from([Fraction(-1), Fraction(-1, 2), Fraction(0), HALF, Fraction(1)])


def mean(exponent: Fraction | int, *values: Fraction | int) -> Fraction:
    return power_mean([(Fraction(value), Fraction(1)) for value in values], Fraction(exponent))


def test_power_means_of_a_quarter_and_one() -> None:
    pair = (Fraction(1, 4), 1)
    assert mean(1, *pair) == Fraction(5, 8)
    assert mean(HALF, *pair) == Fraction(9, 16)
    assert mean(0, *pair) == HALF
    assert abs(mean(-HALF, *pair) - Fraction(4, 9)) < Fraction(1, 10**13)
    assert mean(-1, *pair) == Fraction(2, 5)


def test_a_zero_lowers_the_mean_and_ends_it_from_exponent_0_down() -> None:
    assert mean(HALF, 0, 1) == Fraction(1, 4)
    assert [mean(exponent, 0, 1) for exponent in (0, -HALF, -1)] == [0, 0, 0]
    assert mean(HALF, 0, 0) == 0


def test_weights_count_by_their_share() -> None:
    pairs = [(Fraction(0), Fraction(1)), (Fraction(1), Fraction(3))]
    assert power_mean(pairs, HALF) == Fraction(9, 16)


@given(levels, st.lists(weights, min_size=1, max_size=6), exponents)
def test_the_mean_of_equal_values_is_exactly_that_value(
    value: Fraction, shares: list[Fraction], exponent: Fraction
) -> None:
    found = power_mean([(value, share) for share in shares], exponent)
    assert found == Fraction(round(value * 10**14), 10**14)


@given(weighted, exponents, weights, st.data())
def test_scaled_weights_and_another_order_change_no_mean(
    pairs: list[tuple[Fraction, Fraction]], exponent: Fraction, by: Fraction, data: st.DataObject
) -> None:
    scaled = [(value, by * weight) for value, weight in data.draw(st.permutations(pairs))]
    assert power_mean(scaled, exponent) == power_mean(pairs, exponent)


@given(weighted, exponents, st.data())
def test_a_raised_value_never_lowers_the_mean(
    pairs: list[tuple[Fraction, Fraction]], exponent: Fraction, data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(pairs) - 1))
    value, weight = pairs[chosen]
    raised = [*pairs]
    raised[chosen] = (data.draw(st.fractions(value, 1)), weight)
    assert power_mean(raised, exponent) >= power_mean(pairs, exponent)


def test_there_is_no_index_before_fifteen_dimensions_are_assessed() -> None:
    fourteen = {f"d{number}": at(3) for number in range(14)}
    assert index_of({**fourteen, "silent": None}, {}) is None
    assert index_of({**fourteen, "last": at(3)}, {}) == at(60)


def test_the_index_of_ten_fives_and_five_zeros() -> None:
    effective = {f"d{number}": at(5 if number < 10 else 0) for number in range(15)}
    index = index_of(effective, {})
    assert index is not None
    assert abs(index.low - Fraction(400, 9)) < Fraction(1, 10**9)
    assert index_of(effective, {"d14": Fraction(6)}) == at(25)


def test_low_and_high_ends_make_their_own_index() -> None:
    effective = {f"d{number}": at("5/4", "16/5") for number in range(15)}
    assert index_of(effective, {}) == at(25, 64)


@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("0", Band.NOT_READY),
        ("24.99", Band.NOT_READY),
        ("25", Band.PREPARE),
        ("49.99", Band.PREPARE),
        ("50", Band.PILOT),
        ("74.99", Band.PILOT),
        ("75", Band.NO_BLOCKER_FOUND),
        ("100", Band.NO_BLOCKER_FOUND),
    ],
)
def test_a_bound_belongs_to_the_band_above_it(index: str, band: Band) -> None:
    assert band_of(Fraction(index)) is band
