"""The readiness index: a weighted power mean of effective levels, and the bands upon it.

The exponent lies under 1, so that one weak dimension weighs more than one strong one; at 0 and
under, a single 0 makes the whole mean 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache

from sharedcare.dimension import LEVELS
from sharedcare.flows import Bounds
from sharedcare.scoring.rules import BAND_BOUNDS, EXPONENT, FEWEST_ASSESSED

#: Roots are taken with this many digits and rounded to far fewer, so that a mean of equal values
#: is exactly that value, on every machine and in whatever order they are summed.
_PRECISE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_ROUNDED = Decimal("1e-14")


class Band(IntEnum):
    """What the index says, from least to most."""

    NOT_READY = 0
    PREPARE = 1
    PILOT = 2
    NO_BLOCKER_FOUND = 3

    @property
    def words(self) -> str:
        """The band as a sentence writes it."""
        return self.name.lower().replace("_", " ")


def band_of(index: Fraction) -> Band:
    """The band that an index from 0 to 100 lies in; a bound belongs to the band above it."""
    return Band(sum(index >= bound for bound in BAND_BOUNDS))


def index_of(
    effective: Mapping[str, Bounds | None],
    weights: Mapping[str, Fraction],
    exponent: Fraction = EXPONENT,
    fewest: int = FEWEST_ASSESSED,
) -> Bounds | None:
    """The index, 0 to 100; None until enough dimensions are assessed.

    A dimension without a weight of its own weighs 1.
    """
    assessed = {key: level for key, level in effective.items() if level is not None}
    if len(assessed) < max(fewest, 1):
        return None
    parts = [(level, weights.get(key, Fraction(1))) for key, level in assessed.items()]
    low = power_mean([(level.low / LEVELS[-1], weight) for level, weight in parts], exponent)
    high = power_mean([(level.high / LEVELS[-1], weight) for level, weight in parts], exponent)
    return Bounds(100 * low, 100 * high)


def power_mean(values: Sequence[tuple[Fraction, Fraction]], exponent: Fraction) -> Fraction:
    """The power mean of (value, weight) pairs, values from 0 to 1, to 14 decimals.

    An exponent of 0 is the geometric mean. Weights count by their share of the whole.
    """
    if exponent <= 0 and any(value == 0 for value, _ in values):
        return Fraction(0)
    whole = sum((weight for _, weight in values), Fraction(0))
    with localcontext(_PRECISE):
        if exponent == 0:
            mean = _sum(_share(weight, whole) * _logarithm(value) for value, weight in values).exp()
        else:
            parts = (_share(weight, whole) * power(value, exponent) for value, weight in values)
            mean = _raised(_sum(parts), 1 / exponent)
        return Fraction(mean.quantize(_ROUNDED))


def _sum(parts: Iterable[Decimal]) -> Decimal:
    """A sum in an order of its own, so that none given changes its last digit."""
    return sum(sorted(parts), Decimal(0))


@lru_cache(maxsize=4096)
def _share(weight: Fraction, whole: Fraction) -> Decimal:
    with localcontext(_PRECISE):
        return decimal(weight / whole)


@lru_cache(maxsize=4096)
def power(value: Fraction, exponent: Fraction) -> Decimal:
    """A value raised to an exponent, to 60 digits."""
    with localcontext(_PRECISE):
        return _raised(decimal(value), exponent)


@lru_cache(maxsize=4096)
def _logarithm(value: Fraction) -> Decimal:
    with localcontext(_PRECISE):
        return decimal(value).ln()


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal of the precision in force."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _raised(value: Decimal, exponent: Fraction) -> Decimal:
    if exponent == Fraction(1, 2):
        return value.sqrt()
    return value ** decimal(exponent)
