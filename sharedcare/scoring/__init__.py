"""From findings and attestations to levels and readiness: arithmetic, no opinion."""

from sharedcare.scoring.aggregates import Weighing
from sharedcare.scoring.agreement import Agreement, GroupView, agreement_on, r_wg
from sharedcare.scoring.answers import CriterionReplies, Reply
from sharedcare.scoring.claims import Doubt, attestations_by_criterion
from sharedcare.scoring.contested import Contested
from sharedcare.scoring.contradictions import Contradiction
from sharedcare.scoring.effective import End, Limit, Sand
from sharedcare.scoring.exposure import Exposure, Measured
from sharedcare.scoring.gates import GateResult
from sharedcare.scoring.index import Band
from sharedcare.scoring.questions import OpenQuestion
from sharedcare.scoring.readiness import Blocker, Readiness, ReadinessStage
from sharedcare.scoring.regions import RegionLevel, Spread
from sharedcare.scoring.roadmap import RoadmapEntry
from sharedcare.scoring.scores import (
    CriterionScore,
    DimensionScore,
    OrganisationScore,
    Scores,
    score,
)
from sharedcare.scoring.sensitivity import Choice, Sensitivity, Variant, WeightFlip
from sharedcare.scoring.steps import OpenStep
from sharedcare.scoring.suppressions import SuppressionState

__all__ = [
    "Agreement",
    "Band",
    "Blocker",
    "Choice",
    "Contested",
    "Contradiction",
    "CriterionReplies",
    "CriterionScore",
    "DimensionScore",
    "Doubt",
    "End",
    "Exposure",
    "GateResult",
    "GroupView",
    "Limit",
    "Measured",
    "OpenQuestion",
    "OpenStep",
    "OrganisationScore",
    "Readiness",
    "ReadinessStage",
    "RegionLevel",
    "Reply",
    "RoadmapEntry",
    "Sand",
    "Scores",
    "Sensitivity",
    "Spread",
    "SuppressionState",
    "Variant",
    "Weighing",
    "WeightFlip",
    "agreement_on",
    "attestations_by_criterion",
    "r_wg",
    "score",
]
