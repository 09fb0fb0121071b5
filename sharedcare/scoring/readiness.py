"""How ready the partners are: stage and blockers first, the index with its band, the gates.

The order of the stages follows Cresswell et al. 2023: needs and pathways, then the conditions
among people and organisations, then technology.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sharedcare.dimension import Dimension
from sharedcare.flows import Bounds
from sharedcare.scoring.effective import Effective, End
from sharedcare.scoring.gates import GateResult, capped
from sharedcare.scoring.index import Band, band_of
from sharedcare.scoring.picture import Picture
from sharedcare.scoring.rules import ENOUGH, FEWEST_ASSESSED, NEEDS_AND_PATHWAYS
from sharedcare.scoring.steps import OpenStep, open_steps
from sharedcare.vocabulary import Group


class ReadinessStage(Enum):
    """What to work at now."""

    NEEDS_AND_PATHWAYS = "needs_and_pathways"
    CONDITIONS = "socio_organisational_conditions"
    TECHNOLOGY = "technology"
    NO_BLOCKER_FOUND = "no_blocker_found"

    @property
    def words(self) -> str:
        """The stage as a sentence writes it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Blocker:
    """A dimension whose effective level lies under 2, and what would unblock it.

    ``because_of`` are prerequisites that hold it down: they come first. ``steps`` are its own
    criteria that are not met.
    """

    dimension: str
    stage: ReadinessStage
    effective: Bounds
    because_of: tuple[str, ...]
    steps: tuple[OpenStep, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the partners are.

    ``index`` lies from 0 to 100 and is None until enough dimensions are assessed; so are the bands.
    ``band`` is the low end's and ``band_high`` the high end's after the gates; ``band_by_index``
    and ``band_high_by_index`` are those before. ``stage`` is None where nothing is assessed.
    """

    index: Bounds | None
    band: Band | None
    band_high: Band | None
    band_by_index: Band | None
    band_high_by_index: Band | None
    stage: ReadinessStage | None
    blockers: tuple[Blocker, ...]
    gates: tuple[GateResult, ...]
    assessed: int
    dimensions: int

    @property
    def is_capped(self) -> bool:
        """Whether gates leave less than the index alone would say."""
        return (self.band, self.band_high) != (self.band_by_index, self.band_high_by_index)

    @property
    def blocking_now(self) -> tuple[Blocker, ...]:
        """The blockers of the stage to work at."""
        return tuple(blocker for blocker in self.blockers if blocker.stage is self.stage)

    @property
    def band_words(self) -> str:
        """The band for people: both where the ends lie in two; why, where there is none."""
        if self.band is None or self.band_high is None:
            return f"{self.assessed} of {self.dimensions} assessed: no index yet"
        if self.band is self.band_high:
            return self.band.words
        return f"{self.band.words} to {self.band_high.words}"

    @property
    def missing_for_an_index(self) -> int:
        """How many more dimensions must be assessed before there is an index."""
        return max(0, FEWEST_ASSESSED - self.assessed)


def readiness(
    dimensions: Sequence[Dimension],
    effective: Mapping[str, Effective],
    index: Bounds | None,
    gates: tuple[GateResult, ...],
    blockers: tuple[Blocker, ...],
) -> Readiness:
    """Put the parts of readiness together."""
    bands = before = (None, None) if index is None else (band_of(index.low), band_of(index.high))
    if before[0] is not None and before[1] is not None:
        bands = capped(before[0], before[1], gates)
    assessed = sum(effective[dimension.id].level is not None for dimension in dimensions)
    return Readiness(
        index=index,
        band=bands[0],
        band_high=bands[1],
        band_by_index=before[0],
        band_high_by_index=before[1],
        stage=_stage(assessed, blockers),
        blockers=blockers,
        gates=gates,
        assessed=assessed,
        dimensions=len(dimensions),
    )


def stage_of(dimension: Dimension) -> ReadinessStage:
    """The stage that a dimension belongs to."""
    if dimension.id in NEEDS_AND_PATHWAYS:
        return ReadinessStage.NEEDS_AND_PATHWAYS
    if dimension.group is Group.SOCIO_ORGANISATIONAL:
        return ReadinessStage.CONDITIONS
    return ReadinessStage.TECHNOLOGY


def find_blockers(picture: Picture, dimensions: Sequence[Dimension]) -> tuple[Blocker, ...]:
    """Every blocking dimension, by stage, then in the order of the catalogue."""
    stages = tuple(ReadinessStage)
    found = _blocking(picture, dimensions)
    return tuple(sorted(found, key=lambda blocker: stages.index(blocker.stage)))


def _blocking(picture: Picture, dimensions: Sequence[Dimension]) -> Iterator[Blocker]:
    for dimension in dimensions:
        found = picture.effective[dimension.id]
        if found.level is not None and found.level.low < ENOUGH:
            because = tuple(
                limit.prerequisite
                for limit in found.limits
                if limit.end is End.LOW and limit.cap < ENOUGH
            )
            steps = open_steps(picture.answers[dimension.id], ENOUGH, picture.suppressions)
            yield Blocker(dimension.id, stage_of(dimension), found.level, because, steps)


def _stage(assessed: int, blockers: Sequence[Blocker]) -> ReadinessStage | None:
    if not assessed:
        return None
    return blockers[0].stage if blockers else ReadinessStage.NO_BLOCKER_FOUND
