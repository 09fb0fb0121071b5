"""How much of a burden there is, beside how well it is handled."""

from dataclasses import dataclass
from fractions import Fraction

from sharedcare.dimension import Degree, Dimension, Measure
from sharedcare.evidence import Evidence

_DEGREES = tuple(Degree)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure's amount and degree, None where there is nothing to count."""

    measure: Measure
    amount: Fraction | None
    degree: Degree | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """The measures of a burden; ``degree`` is the highest among them, None if none counts."""

    measures: tuple[Measured, ...]
    degree: Degree | None


def exposure_of(dimension: Dimension, evidence: Evidence) -> Exposure | None:
    """Measure a burden; None of a dimension that is none."""
    if not dimension.exposure:
        return None
    measures = tuple(_measured(measure, evidence) for measure in dimension.exposure)
    degrees = [measured.degree for measured in measures if measured.degree]
    return Exposure(measures, max(degrees, key=_DEGREES.index, default=None))


def _measured(measure: Measure, evidence: Evidence) -> Measured:
    amount = measure.count(evidence)
    return Measured(measure, amount, None if amount is None else measure.degree(amount))
