"""Answers and levels of all dimensions at once: what every later step of the scoring reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.dimension import Dimension
from sharedcare.evidence import Evidence
from sharedcare.flows import Bounds
from sharedcare.scoring.answers import CriterionReplies
from sharedcare.scoring.effective import Effective, effective_with
from sharedcare.scoring.suppressions import SuppressionState

Levels = Mapping[str, Bounds | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of each dimension, by its id, in the order of the catalogue.

    ``ordered`` has prerequisites first. ``levels`` are the region's; ``polarised`` are dimensions
    whose level is the range of their respondents' groups, so that no answer moves it.
    """

    evidence: Evidence
    ordered: tuple[Dimension, ...]
    answers: Mapping[str, Sequence[CriterionReplies]]
    levels: Levels
    effective: Mapping[str, Effective]
    weights: Mapping[str, Fraction]
    polarised: frozenset[str]
    suppressions: Sequence[SuppressionState]

    def with_level(self, dimension: str, level: Bounds | None) -> dict[str, Effective]:
        """Effective levels if one dimension had another level."""
        levels = {**self.levels, dimension: level}
        return effective_with(self.ordered, levels, self.effective, dimension)


def levels_of(effective: Mapping[str, Effective]) -> dict[str, Bounds | None]:
    """Effective levels without their limits."""
    return {key: found.level for key, found in effective.items()}
