"""Everything asked of one landscape, in one object that every report is made from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from sharedcare.dimensions import DIMENSIONS
from sharedcare.evidence import Evidence
from sharedcare.experience import Chains, chains_of
from sharedcare.experience.feedback import Answering, answerings
from sharedcare.experience.prompts import Prompt, prompts
from sharedcare.flows import (
    Explanation,
    Judge,
    Judgement,
    LossKind,
    Stress,
    judge,
    stress,
)
from sharedcare.flows.losses.lapses import Calendar
from sharedcare.flows.losses.resilience import affordable
from sharedcare.flows.meaning.clashes import Clash
from sharedcare.flows.why.explanation import explained
from sharedcare.flows.work.burden import Burden, burden
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.places import Fault, Placed, by_path
from sharedcare.scoring import Scores, score

#: Losses that an assessment tries, at most: at the pace of one every few milliseconds that is less
#: than scoring takes. Kinds of which there are more are left to ``sharedcare stress``.
MOST_LOSSES = 1_500

#: Flows that an assessment looks through to explain needs, at most: needs times flows. Explaining
#: one need takes as long as judging dozens, so of large landscapes only the gravest are explained.
MOST_FLOWS_EXPLAINED = 25_000


@dataclass(frozen=True)
class Assessment:
    """The verdict on every need and the scores on every dimension, and which version made them.

    What a report says beyond that is worked out once, when somebody first asks for it.
    """

    evidence: Evidence
    scores: Scores
    version: str

    @property
    def landscape(self) -> Landscape:
        """What was assessed."""
        return self.evidence.landscape

    @property
    def judgement(self) -> Judgement:
        """The verdict on every need."""
        return self.evidence.judgement

    @cached_property
    def stress(self) -> Stress:
        """What falls with each single thing that is lost, of the kinds that can be tried."""
        return stress(self.landscape, affordable(self.landscape, MOST_LOSSES))

    @property
    def untried(self) -> tuple[LossKind, ...]:
        """The kinds of which nothing was lost, since there is too much to lose."""
        return tuple(kind for kind in LossKind if kind not in self.stress.kinds)

    @property
    def calendar(self) -> Calendar:
        """What ends and begins within twelve months, and what breaks with it."""
        return self.evidence.calendar

    @cached_property
    def burden(self) -> Burden:
        """Hours that people spend by hand, and what is pushed at them."""
        return burden(self.landscape, self.judgement)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What does not go together, and blanks that may be misread."""
        return self.evidence.clashes

    @cached_property
    def explanations(self) -> dict[str, Explanation]:
        """Why each need has its verdict: of the gravest, as many as can be explained in time."""
        judge = Judge(self.landscape)
        gravest = self.judgement.gravest_first[: self._most_explained]
        return {found.need: explained(judge, found.need) for found in gravest}

    @cached_property
    def chains(self) -> Chains:
        """What people notice; a need that is not among the explanations is not followed."""
        return chains_of(self.landscape, self.judgement, self.scores, self.explanations)

    @cached_property
    def answerings(self) -> tuple[Answering, ...]:
        """How organisations answer feedback in public, by what the profile declares of it."""
        return answerings(self.landscape)

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """Where what is claimed and how feedback is answered point apart; it moves no number."""
        return prompts(self.scores, self.answerings)

    @property
    def unexplained(self) -> int:
        """How many needs are left to ``sharedcare explain``."""
        return max(0, len(self.judgement.needs) - self._most_explained)

    @property
    def _most_explained(self) -> int:
        return MOST_FLOWS_EXPLAINED // max(1, len(self.landscape.flows))


def assess(landscape: Landscape, weights: Mapping[str, Fraction] | None = None) -> Assessment:
    """Judge every need, then score the twenty-five dimensions; one without a weight weighs 1.

    Raises NotFoundError if a weight is given to a dimension that is not there, UsedWrongly if a
    weight is not positive.
    """
    evidence = Evidence(landscape, judge(landscape))
    return Assessment(evidence, score(evidence, DIMENSIONS, weights), installed_version())


def installed_version() -> str:
    """The version installed; a source tree that nobody installed has none."""
    try:
        return version("sharedcare")
    except PackageNotFoundError:
        return "not installed"


def stray_answers(landscape: Landscape, place: Placed = by_path) -> tuple[Fault, ...]:
    """Answers, gates, suppressions and ratings of criteria or dimensions that do not exist.

    They would otherwise count for nothing without a word. ``place`` finds where one stands: only
    the loader knows.
    """
    criteria = frozenset(c.id for dimension in DIMENSIONS for c in dimension.criteria)
    dimensions = frozenset(dimension.id for dimension in DIMENSIONS)
    faults = (
        *_strays(_criteria_named(landscape), criteria, "criterion", place),
        *_strays(_dimensions_named(landscape), dimensions, "dimension", place),
    )
    return tuple(sorted(faults, key=lambda fault: fault.order))


def _criteria_named(landscape: Landscape) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, attestation in landscape.attestations.items():
        if attestation.criterion is None:
            yield key, ("attestations", key)
        else:
            yield attestation.criterion, ("attestations", key, "criterion")
    for key, suppression in landscape.suppressions.items():
        yield suppression.criterion, ("suppressions", key, "criterion")


def _dimensions_named(landscape: Landscape) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, activity in landscape.activities.items():
        for dimension in activity.dimensions:
            yield dimension, ("activities", key, "dimensions")
    for key, gate in landscape.gates.items():
        if gate.dimension is not None:
            yield gate.dimension, ("gates", key, "dimension")
    for key, rating in landscape.ratings.items():
        for dimension in rating.values:
            yield dimension, ("ratings", key, "values", dimension)


def _strays(
    named: Iterable[tuple[str, tuple[str, ...]]], known: frozenset[str], what: str, place: Placed
) -> Iterator[Fault]:
    for word, way in named:
        if word not in known:
            hint = did_you_mean(word, known)
            remedy = f"'sharedcare dimensions' lists them{hint}"
            message = f"{'.'.join(way)}: there is no {what} {word}; {remedy}"
            yield Fault(place(*way), f"UNKNOWN_{what.upper()}", message)
