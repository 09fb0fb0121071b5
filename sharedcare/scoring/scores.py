"""Everything that scoring says of one landscape, and the one way to get it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension
from sharedcare.errors import NotFoundError, UsedWrongly
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.identifiers import did_you_mean
from sharedcare.scoring.agreement import Agreement, agreement_on
from sharedcare.scoring.answers import CriterionReplies, Reply, answer_all
from sharedcare.scoring.contested import Contested, contested, contested_by_ratings
from sharedcare.scoring.contradictions import Contradiction, contradictions
from sharedcare.scoring.effective import Effective, Limit, Sand, effective_levels, in_order, sand
from sharedcare.scoring.exposure import Exposure, exposure_of
from sharedcare.scoring.gates import GateView, judge_gates
from sharedcare.scoring.index import index_of
from sharedcare.scoring.picture import Picture, levels_of
from sharedcare.scoring.questions import OpenQuestion, ask_first
from sharedcare.scoring.readiness import Readiness, find_blockers, readiness
from sharedcare.scoring.regions import Column, RegionLevel, region_level, region_outcome
from sharedcare.scoring.roadmap import RoadmapEntry, roadmap
from sharedcare.scoring.rules import CHAINS
from sharedcare.scoring.sensitivity import Sensitivity, sensitivity
from sharedcare.scoring.suppressions import SuppressionState, is_borne, suppression_states
from sharedcare.vocabulary import Group, Outcome


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion's outcome for the region, with every answer and finding behind it.

    ``replies`` holds the region's answer first, then each organisation's where they are asked.
    ``borne`` says that a suppression which has not expired silences it.
    """

    criterion: Criterion
    outcome: Outcome
    findings: tuple[Finding, ...]
    replies: tuple[Reply, ...]
    borne: bool


@dataclass(frozen=True, slots=True)
class OrganisationScore:
    """One organisation in one dimension; both levels are None where it is not assessed."""

    organisation: str
    level: Bounds | None
    effective: Bounds | None
    limited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: its level, what limits it, who stands where, and every criterion asked.

    ``level`` is the region's; ``claimed``, ``evidenced`` and ``computed`` are the levels that
    answers of one kind alone would give. All are None where nothing is answered. ``is_contested``
    says that ``level`` is the range of the respondents' groups instead.
    """

    dimension: Dimension
    level: Bounds | None
    effective: Bounds | None
    limits: tuple[Limit, ...]
    limited_by: tuple[str, ...]
    claimed: Bounds | None
    evidenced: Bounds | None
    computed: Bounds | None
    region: RegionLevel
    organisations: tuple[OrganisationScore, ...]
    criteria: tuple[CriterionScore, ...]
    exposure: Exposure | None
    agreement: Agreement | None
    is_contested: bool

    @property
    def id(self) -> str:
        """The dimension's id."""
        return self.dimension.id

    @property
    def name(self) -> str:
        """The dimension's name."""
        return self.dimension.name

    @property
    def group(self) -> Group:
        """The dimension's group."""
        return self.dimension.group


@dataclass(frozen=True, slots=True)
class Scores:
    """Readiness, every dimension, and what follows: what to do, what to ask, what to doubt.

    ``sensitivity`` is None while there is no index. ``not_assessed`` lists dimensions by id.
    """

    readiness: Readiness
    dimensions: tuple[DimensionScore, ...]
    roadmap: tuple[RoadmapEntry, ...]
    ask_first: tuple[OpenQuestion, ...]
    sensitivity: Sensitivity | None
    contradictions: tuple[Contradiction, ...]
    sand: tuple[Sand, ...]
    contested: tuple[Contested, ...]
    not_assessed: tuple[str, ...]
    suppressions: tuple[SuppressionState, ...]


def score(
    evidence: Evidence,
    dimensions: Sequence[Dimension],
    weights: Mapping[str, Fraction] | None = None,
) -> Scores:
    """Score a landscape on dimensions; one without a weight weighs 1.

    Raises NotFoundError if a weight is given to a dimension that is not there, UsedWrongly if a
    weight is not positive.
    """
    return _Scoring(evidence, dimensions, _checked(weights or {}, dimensions)).scores()


def _checked(
    weights: Mapping[str, Fraction], dimensions: Sequence[Dimension]
) -> dict[str, Fraction]:
    known = {dimension.id for dimension in dimensions}
    for key, weight in weights.items():
        if key not in known:
            raise NotFoundError(f"there is no dimension {key}{did_you_mean(key, known)}")
        if weight <= 0:
            raise UsedWrongly(f"the weight of {key} must be above 0; leave others higher instead")
    return dict(weights)


class _Scoring:
    """One scoring on its way from answers to readiness."""

    def __init__(
        self, evidence: Evidence, dimensions: Sequence[Dimension], weights: Mapping[str, Fraction]
    ) -> None:
        self.evidence = evidence
        self.landscape = evidence.landscape
        self.dimensions = tuple(dimensions)
        self.answers = answer_all(dimensions, evidence)
        self.regions = {key: self._region(key, Column.COUNTED) for key in self.answers}
        rated = ((key, agreement_on(key, self.landscape)) for key in self.answers)
        self.agreements = {key: found for key, found in rated if found is not None}
        self.polarised = contested_by_ratings(self.landscape, self.agreements)
        levels = {key: self._level(key) for key in self.answers}
        ordered = in_order(dimensions)
        self.picture = Picture(
            evidence=evidence,
            ordered=ordered,
            answers=self.answers,
            levels=levels,
            effective=effective_levels(ordered, levels),
            weights=weights,
            polarised=self.polarised,
            suppressions=suppression_states(self.landscape),
        )
        self.contested = contested(self.landscape, self.answers, self.polarised)

    def _region(self, key: str, column: Column) -> RegionLevel:
        return region_level(self.answers[key], self.landscape, key in CHAINS, column)

    def _level(self, key: str) -> Bounds | None:
        """The region's level; the groups' range where an assessed dimension is contested."""
        level = self.regions[key].level
        return self.agreements[key].range if level and key in self.polarised else level

    def scores(self) -> Scores:
        """Everything, from the levels made so far."""
        levels = self.picture.levels
        return Scores(
            readiness=self._readiness(),
            dimensions=self._dimension_scores(),
            roadmap=roadmap(self.picture),
            ask_first=ask_first(self.picture),
            sensitivity=sensitivity(self.picture),
            contradictions=contradictions(self.answers),
            sand=sand(self.dimensions, levels),
            contested=self.contested,
            not_assessed=tuple(key for key, level in levels.items() if level is None),
            suppressions=tuple(self.picture.suppressions),
        )

    def _readiness(self) -> Readiness:
        effective = levels_of(self.picture.effective)
        names = {dimension.id: dimension.name for dimension in self.dimensions}
        view = GateView(self.landscape, self.evidence.judgement, effective, names, self.contested)
        index = index_of(effective, self.picture.weights)
        blockers = find_blockers(self.picture, self.dimensions)
        return readiness(
            self.dimensions, self.picture.effective, index, judge_gates(view), blockers
        )

    def _dimension_scores(self) -> tuple[DimensionScore, ...]:
        partners = {key: self._partner(key) for key in self.landscape.organisations}
        return tuple(self._dimension(dimension, partners) for dimension in self.dimensions)

    def _partner(self, organisation: str) -> dict[str, Effective]:
        """An organisation's effective levels; where only the region is asked, the region's."""
        levels = {
            key: region.organisations[organisation]
            if region.organisations
            else self.picture.levels[key]
            for key, region in self.regions.items()
        }
        return effective_levels(self.picture.ordered, levels)

    def _dimension(
        self, dimension: Dimension, partners: Mapping[str, Mapping[str, Effective]]
    ) -> DimensionScore:
        key, effective = dimension.id, self.picture.effective[dimension.id]
        return DimensionScore(
            dimension=dimension,
            level=self.picture.levels[key],
            effective=effective.level,
            limits=effective.limits,
            limited_by=effective.limited_by,
            claimed=self._region(key, Column.CLAIMED).level,
            evidenced=self._region(key, Column.EVIDENCED).level,
            computed=self._region(key, Column.COMPUTED).level,
            region=self.regions[key],
            organisations=tuple(
                OrganisationScore(organisation, level, found[key].level, found[key].limited_by)
                for organisation, level in self.regions[key].organisations.items()
                if (found := partners[organisation])
            ),
            criteria=tuple(self._criterion(key, replies) for replies in self.answers[key]),
            exposure=exposure_of(dimension, self.evidence),
            agreement=self.agreements.get(key),
            is_contested=bool(self.picture.levels[key]) and key in self.polarised,
        )

    def _criterion(self, dimension: str, replies: CriterionReplies) -> CriterionScore:
        answers = self.answers[dimension]
        unmet = tuple(f for f in replies.findings if f.outcome is Outcome.NOT_MET)
        return CriterionScore(
            replies.criterion,
            region_outcome(answers, replies, self.landscape, dimension in CHAINS),
            replies.findings,
            replies.each,
            is_borne(self.picture.suppressions, replies.criterion.id, unmet),
        )
