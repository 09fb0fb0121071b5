"""How far the band hangs on choices that are ours: the exponent, the weights, single dimensions.

All bands here are those of the index alone, before the gates, which look at no weight.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction

from sharedcare.dimension import LEVELS
from sharedcare.flows import Bounds
from sharedcare.scoring.index import Band, band_of, decimal, index_of, power
from sharedcare.scoring.picture import Picture, levels_of
from sharedcare.scoring.rules import BAND_BOUNDS, EXPONENT, EXPONENTS


class Choice(Enum):
    """What is done otherwise."""

    EXPONENT = "exponent"
    EQUAL_WEIGHTS = "equal_weights"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Variant:
    """The index and its bands when one thing is done otherwise.

    ``exponent`` or ``dimension`` says which exponent was taken, which dimension left out. Leaving
    one out may leave too few for an index: then index and bands are None.
    """

    choice: Choice
    exponent: Fraction | None
    dimension: str | None
    index: Bounds | None
    band: Band | None
    band_high: Band | None


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """The smallest change of one weight that moves the low end of the index to another band.

    ``factor`` is what the weight is multiplied by (0 leaves the dimension out); ``change`` is the
    weight added or taken, as a share of all weight: that is what makes it the smallest.
    """

    dimension: str
    factor: Fraction
    change: Fraction
    band: Band


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Every variant, and the smallest change of weight that matters (None if no one weight can)."""

    variants: tuple[Variant, ...]
    weight_flip: WeightFlip | None

    @property
    def flips(self) -> tuple[Variant, ...]:
        """Variants whose low end lies in another band than with our choices."""
        ours = next((v.band for v in self.variants if v.exponent == EXPONENT), None)
        return tuple(v for v in self.variants if v.band is not None and v.band is not ours)


def sensitivity(picture: Picture) -> Sensitivity | None:
    """Try every choice; None while there is no index."""
    effective = levels_of(picture.effective)
    if index_of(effective, picture.weights) is None:
        return None
    variants = (*_other_means(effective, picture.weights), *_left_out(picture))
    return Sensitivity(variants, _smallest_flip(effective, picture.weights))


def _other_means(
    effective: Mapping[str, Bounds | None], weights: Mapping[str, Fraction]
) -> Iterator[Variant]:
    for exponent in EXPONENTS:
        index = index_of(effective, weights, exponent)
        yield _variant(Choice.EXPONENT, index, exponent=exponent)
    yield _variant(Choice.EQUAL_WEIGHTS, index_of(effective, {}))


def _left_out(picture: Picture) -> Iterator[Variant]:
    """Leave each assessed dimension out, as if nobody had assessed it."""
    for key, level in picture.levels.items():
        if level is not None:
            without = levels_of(picture.with_level(key, None))
            yield _variant(Choice.LEFT_OUT, index_of(without, picture.weights), dimension=key)


def _variant(
    choice: Choice,
    index: Bounds | None,
    exponent: Fraction | None = None,
    dimension: str | None = None,
) -> Variant:
    low, high = (band_of(index.low), band_of(index.high)) if index else (None, None)
    return Variant(choice, exponent, dimension, index, low, high)


def _smallest_flip(
    effective: Mapping[str, Bounds | None], weights: Mapping[str, Fraction]
) -> WeightFlip | None:
    lows = {key: level.low / LEVELS[-1] for key, level in effective.items() if level is not None}
    own = {key: weights.get(key, Fraction(1)) for key in lows}
    index = index_of(effective, weights)
    if index is None:
        return None
    band = band_of(index.low)
    flips = [flip for key in lows for flip in _flips_of(key, lows, own, band)]
    return min(flips, key=lambda flip: flip.change, default=None)


def _flips_of(
    key: str, lows: Mapping[str, Fraction], weights: Mapping[str, Fraction], band: Band
) -> Iterator[WeightFlip]:
    """Solve for the factor of one weight at which the mean lies on a bound of its band.

    With s the power of each level and t that of the bound, the mean is on the bound where the sum
    of weight times (s minus t) is 0; the factor only scales this dimension's own term.
    """
    whole = sum(weights.values(), Fraction(0))
    for other, bound in _neighbours(band):
        factor = _factor(key, lows, weights, bound)
        if factor is not None:
            change = abs(factor - 1) * weights[key] / whole
            yield WeightFlip(key, factor, change, other)


def _neighbours(band: Band) -> Iterator[tuple[Band, Fraction]]:
    if band > min(Band):
        yield Band(band - 1), BAND_BOUNDS[band - 1]
    if band < max(Band):
        yield Band(band + 1), BAND_BOUNDS[band]


def _factor(
    key: str, lows: Mapping[str, Fraction], weights: Mapping[str, Fraction], bound: Fraction
) -> Fraction | None:
    with localcontext() as context:
        context.prec = 60
        target = power(bound / 100, EXPONENT)
        terms = {
            name: decimal(weights[name]) * (power(low, EXPONENT) - target)
            for name, low in lows.items()
        }
        rest = sum((terms[name] for name in sorted(terms) if name != key), Decimal(0))
        if not terms[key] or -rest / terms[key] < 0:
            return None
        return Fraction((-rest / terms[key]).quantize(Decimal("1e-9")))
