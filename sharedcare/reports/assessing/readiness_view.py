"""Readiness beside sufficiency, blockers, stages, gates, and how far the band hangs on us."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.assessment import Assessment
from sharedcare.flows import Bounds
from sharedcare.flows.verdict import GRAVEST_FIRST
from sharedcare.landscape import Landscape
from sharedcare.quantities import number_words
from sharedcare.reports.assessing.dimensions_view import dimension_names
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.words.figures import (
    counted,
    cut,
    index_words,
    level_words,
    listed,
    lowered,
    percent_words,
)
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.scoring import (
    Blocker,
    Choice,
    GateResult,
    OpenStep,
    Readiness,
    ReadinessStage,
    Scores,
    Sensitivity,
    Variant,
)
from sharedcare.scoring.readiness import stage_of
from sharedcare.scoring.rules import BAND_BOUNDS, ENOUGH, FEWEST_ASSESSED
from sharedcare.vocabulary import Outcome, Verdict

_STAGES = {
    ReadinessStage.NEEDS_AND_PATHWAYS: "Needs and pathways",
    ReadinessStage.CONDITIONS: "People and organisations",
    ReadinessStage.TECHNOLOGY: "Technology",
    ReadinessStage.NO_BLOCKER_FOUND: "No blocker found",
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One criterion still to be met: what to do, by whom, and whether it lacks or is not known."""

    criterion: str
    dimension: str
    level: int
    mark: Mark
    question: str
    remedy: str
    who: tuple[str, ...]
    borne: bool

    @property
    def act(self) -> str:
        """What to do first: what is not known is to be found out before it is mended."""
        return f"Find out: {self.question}" if self.mark is Mark.NOT_KNOWN else self.remedy

    @property
    def otherwise(self) -> str:
        """What to do if the answer is no; empty where that is known already."""
        return f"If not: {lowered(self.remedy)}" if self.mark is Mark.NOT_KNOWN else ""

    @property
    def words(self) -> str:
        """All of what to do."""
        return f"{self.act} {self.otherwise}".rstrip()


@dataclass(frozen=True, slots=True)
class BlockerView:
    """A dimension that blocks, what holds it down, and what would unblock it."""

    id: str
    name: str
    stage: str
    now: bool
    level: str
    because_of: tuple[str, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of the order of work; ``now`` marks the one to work at."""

    name: str
    now: bool
    dimensions: int
    blocking: int
    words: str


@dataclass(frozen=True, slots=True)
class GateView:
    """A condition that caps the band, and what was found."""

    asks: str
    mark: Mark
    words: str
    holds: bool
    whose: str
    decision: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many needs have a verdict, and how many of these are safety-critical."""

    mark: Mark
    number: int
    critical: int


@dataclass(frozen=True, slots=True)
class VariantView:
    """The band if one thing were done otherwise."""

    what: str
    index: str
    band: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """How far the band hangs on choices that are ours."""

    verdict: str
    variants: tuple[VariantView, ...]
    weights: str


@dataclass(frozen=True, slots=True)
class AxesView:
    """Readiness and sufficiency side by side; they are two things and never made into one."""

    index: Bounds | None
    index_words: str
    band: str
    capped: str
    sufficiency: Bounds | None
    sufficiency_words: str

    @property
    def sufficiency_of(self) -> str:
        """What stands behind the words of sufficiency."""
        if self.sufficiency is None:
            return "(no need is declared that has any weight)"
        return "of the weight of needs is met; partly met counts nothing here"


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """Everything that is said of readiness, and of needs as a whole."""

    headline: str
    tallies: tuple[Tally, ...]
    stages: tuple[StageView, ...]
    blockers: tuple[BlockerView, ...]
    gates: tuple[GateView, ...]
    axes: AxesView
    sensitivity: SensitivityView | None


def readiness_view(assessment: Assessment, names: Names) -> ReadinessView:
    """Put readiness and sufficiency into words."""
    scores = assessment.scores
    called = dimension_names(scores)
    return ReadinessView(
        headline=_headline(assessment, called),
        tallies=tuple(_tallies(assessment)),
        stages=tuple(_stages(scores)),
        blockers=tuple(
            _blocker(blocker, scores.readiness, called, names)
            for blocker in scores.readiness.blockers
        ),
        gates=tuple(_gates(scores.readiness.gates, assessment.landscape)),
        axes=_axes(assessment),
        sensitivity=_sensitivity(scores.sensitivity, called),
    )


def _headline(assessment: Assessment, called: dict[str, str]) -> str:
    """The verdict in one sentence: needs, those that are safety-critical, and where work starts."""
    needs = f"{_needs_clause(assessment)}{_safety_clause(assessment)}"
    return f"{needs}; {_stage_clause(assessment.scores.readiness, called)}."


def _needs_clause(assessment: Assessment) -> str:
    needs = assessment.judgement.needs
    if not needs:
        return "No need is declared, so nothing is judged"
    met = sum(need.verdict is Verdict.MET for need in needs)
    return f"{met} of {counted(len(needs), 'need')} {'is' if 1 in (met, len(needs)) else 'are'} met"


def _safety_clause(assessment: Assessment) -> str:
    critical = [need for need in assessment.judgement.needs if need.safety_critical]
    if not critical:
        return ""
    met = sum(need.verdict is Verdict.MET for need in critical)
    return f", {met} of {len(critical)} that are safety-critical"


def _stage_clause(readiness: Readiness, called: dict[str, str]) -> str:
    if readiness.stage is None:
        return "no dimension of readiness is assessed yet"
    if not readiness.blockers:
        rest = readiness.dimensions - readiness.assessed
        return f"no blocker was found{f', with {rest} dimensions not assessed' if rest else ''}"
    blocking = [called[blocker.dimension] for blocker in readiness.blocking_now]
    verb = "blocks" if len(blocking) == 1 else "block"
    stage = _STAGES[readiness.stage].lower()
    return f"work starts with {stage}, where {_lower_names(blocking)} {verb}"


def _lower_names(names: Sequence[str]) -> str:
    return listed([name[:1].lower() + name[1:] for name in names], most=3)


def _tallies(assessment: Assessment) -> Iterator[Tally]:
    for verdict in reversed(GRAVEST_FIRST):
        needs = [need for need in assessment.judgement.needs if need.verdict is verdict]
        yield Tally(mark_of(verdict), len(needs), sum(need.safety_critical for need in needs))


def _stages(scores: Scores) -> Iterator[StageView]:
    readiness = scores.readiness
    for stage, name in _STAGES.items():
        own = [found for found in scores.dimensions if stage_of(found.dimension) is stage]
        blocking = sum(blocker.stage is stage for blocker in readiness.blockers)
        silent = sum(found.effective is None for found in own)
        words = ", ".join(_stage_words(len(own), blocking, silent))
        yield StageView(name, stage is readiness.stage, len(own), blocking, words if own else "")


def _stage_words(dimensions: int, blocking: int, silent: int) -> Iterator[str]:
    verb = "blocks" if blocking == 1 else "block"
    yield f"{blocking} of {counted(dimensions, 'dimension')} {verb}"
    if silent:
        yield f"{silent} not assessed"


def _blocker(
    blocker: Blocker, readiness: Readiness, called: dict[str, str], names: Names
) -> BlockerView:
    return BlockerView(
        id=blocker.dimension,
        name=called[blocker.dimension],
        stage=_STAGES[blocker.stage],
        now=blocker.stage is readiness.stage,
        level=level_words(blocker.effective),
        because_of=tuple(called.get(key, key) for key in blocker.because_of),
        steps=step_views(blocker.steps, called, names),
    )


def step_views(
    steps: Sequence[OpenStep], called: dict[str, str], names: Names
) -> tuple[StepView, ...]:
    """Criteria still to be met, as they are."""
    return tuple(
        StepView(
            criterion=step.criterion.id,
            dimension=called[step.criterion.dimension],
            level=step.criterion.level,
            mark=mark_of(step.outcome),
            question=step.criterion.question,
            remedy=step.criterion.remedy,
            who=names.organisations(step.organisations),
            borne=step.borne,
        )
        for step in steps
    )


def _gates(gates: Sequence[GateResult], landscape: Landscape) -> Iterator[GateView]:
    """Every gate; one of the profile that asks the same as a standing one is said with it."""
    alike: dict[tuple[str, str], list[GateResult]] = {}
    for gate in gates:
        alike.setdefault((gate.asks, gate.words), []).append(gate)
    for found in alike.values():
        whose = dict.fromkeys("standing" if g.standing else "of this profile" for g in found)
        first = found[0]
        yield GateView(
            asks=first.asks,
            mark=mark_of(first.outcome),
            words=_with_needs(first.words, landscape),
            holds=not first.lets_through,
            whose=listed(tuple(whose)),
            decision=next((gate.decision for gate in found if gate.decision), ""),
        )


def _with_needs(words: str, landscape: Landscape) -> str:
    """Say who needs what in the place of the ids of needs that have no name."""
    labels = {
        key: need_label(landscape, key) for key, need in landscape.needs.items() if not need.name
    }
    return re.sub(r"[\w-]+", lambda found: labels.get(found[0], found[0]), words)


def _axes(assessment: Assessment) -> AxesView:
    readiness = assessment.scores.readiness
    sufficiency = assessment.judgement.sufficiency
    index = readiness.index
    none = f"none until {FEWEST_ASSESSED} dimensions are assessed"
    return AxesView(
        index=index,
        index_words=none if index is None else index_words(index),
        band=readiness.band_words,
        capped=_capped(readiness),
        sufficiency=sufficiency,
        sufficiency_words="not judged" if sufficiency is None else percent_words(sufficiency),
    )


def _capped(readiness: Readiness) -> str:
    before, high = readiness.band_by_index, readiness.band_high_by_index
    if not readiness.is_capped or before is None or high is None:
        return ""
    words = before.words if before is high else f"{before.words} to {high.words}"
    closed = sum(
        gate.outcome is not Outcome.MET and not gate.lets_through for gate in readiness.gates
    )
    return f"{counted(closed, 'gate')} cap it; by the index alone it would be {words}."


def _sensitivity(found: Sensitivity | None, called: dict[str, str]) -> SensitivityView | None:
    if found is None:
        return None
    flips = found.flips
    variants = tuple(_variant(variant, found, called) for variant in found.variants)
    verdict = f"The band is the same in all {len(found.variants)} variants."
    if flips:
        changes = f"The band changes in {len(flips)} of {len(found.variants)} variants"
        verdict = f"{changes}: lean on it lightly."
    return SensitivityView(verdict, variants, _weights(found, called))


def _variant(variant: Variant, found: Sensitivity, called: dict[str, str]) -> VariantView:
    bands = [band.words for band in (variant.band, variant.band_high) if band is not None]
    return VariantView(
        what=_what(variant, called),
        index="too few are left" if variant.index is None else index_words(variant.index),
        band=" to ".join(dict.fromkeys(bands)) or "none",
        differs=variant in found.flips,
    )


def _what(variant: Variant, called: dict[str, str]) -> str:
    if variant.choice is Choice.EXPONENT:
        return f"Exponent {number_words(variant.exponent or Fraction(0)) or '0'}"
    if variant.choice is Choice.EQUAL_WEIGHTS:
        return "All dimensions weigh the same"
    return f"Without {called.get(variant.dimension or '', variant.dimension or '')}"


def _weights(found: Sensitivity, called: dict[str, str]) -> str:
    flip = found.weight_flip
    if flip is None:
        return "No change of a single weight moves the low end to another band."
    name = called.get(flip.dimension, flip.dimension)
    return (
        f"The smallest change of one weight that moves the low end to another band: {name} "
        f"weighing {cut(flip.factor, 2)} times as much, which gives {flip.band.words}."
    )


#: Where the bands of the index begin, for pictures.
BANDS = tuple(map(int, BAND_BOUNDS))


#: The level under which a dimension blocks, for captions.
BLOCKS_UNDER = ENOUGH
