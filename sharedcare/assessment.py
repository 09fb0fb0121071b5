"""Everything asked of one landscape, in one object that every report is made from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from sharedcare.dimensions import DIMENSIONS
from sharedcare.errors import UsedWrongly
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
from sharedcare.flows.losses.disruption import NeedFate, fates_of
from sharedcare.flows.losses.lapses import Calendar
from sharedcare.flows.losses.resilience import affordable
from sharedcare.flows.meaning.clashes import Clash
from sharedcare.flows.why.explanation import explained
from sharedcare.flows.work.burden import Burden, burden
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.places import Fault, Placed, by_path
from sharedcare.scoring import Scores, score
from sharedcare.scoring.two_answers import TwoAnswers, two_answers

if TYPE_CHECKING:
    from sharedcare.fhir.harmonise.agreement import Agreement
    from sharedcare.fhir.harmonise.mapping_first import ToMap
    from sharedcare.measured.differences import Difference
    from sharedcare.measured.payloads import Payloads

#: Losses that an assessment tries, at most: at the pace of one every few milliseconds that is less
#: than scoring takes. Kinds of which there are more are left to ``sharedcare stress``.
MOST_LOSSES = 1_500

#: Flows that an assessment looks through to explain needs, at most: needs times flows. Explaining
#: one need takes as long as judging dozens, so of large landscapes only the gravest are explained.
MOST_FLOWS_EXPLAINED = 25_000


@dataclass(frozen=True)
class Assessment:
    """The verdict on every need and the scores on every dimension, and which version made them.

    What a report says beyond that is worked out once, when somebody first asks for it. Where
    payloads were measured, everything is of the landscape as measured; what is declared stands
    beside it in ``declared``, ``fates`` and ``answered_twice``, and decides nothing.
    """

    evidence: Evidence
    scores: Scores
    version: str

    @property
    def landscape(self) -> Landscape:
        """What was assessed."""
        return self.evidence.landscape

    @property
    def payloads(self) -> "Payloads | None":
        """What systems send, where it was measured."""
        return self.evidence.payloads

    @cached_property
    def declared(self) -> Evidence:
        """What is declared, without what payloads show, and the verdicts that it comes to."""
        if self.payloads is None:
            return self.evidence
        landscape = self.payloads.declared
        return Evidence(landscape, judge(landscape))

    def needs_on(self, system: str, category: str) -> tuple[str, ...]:
        """The needs that draw on a system for a category, as declared or as measured."""
        both = (self.declared, self.evidence)
        return self._in_order(need for one in both for need in one.needs_on(system, category))

    def needs_hit(self, found: "Difference") -> tuple[str, ...]:
        """The needs that hang on where the profile and payloads part."""
        if not found.is_of_people:
            return self.needs_on(found.system, found.category)
        both = (self.declared, self.evidence)
        return self._in_order(need for one in both for need in one.needs_through(found.system))

    def _in_order(self, needs: Iterable[str]) -> tuple[str, ...]:
        found = set(needs)
        return tuple(need for need in self.landscape.needs if need in found)

    @cached_property
    def map_first(self) -> "tuple[ToMap, ...]":
        """What to map first: records left, times the weight of the needs that draw on them.

        What no need draws on is left out.
        """
        if self.payloads is None:
            return ()
        weighed = (
            replace(found, weight=self._weight_on(found.system, found.category))
            for found in self.payloads.harmonisation.to_map
        )
        return tuple(
            sorted((one for one in weighed if one.weight and one.left), key=lambda one: one.order)
        )

    def _weight_on(self, system: str, category: str) -> float:
        needs = self.landscape.needs
        return float(sum(needs[need].weight for need in self.needs_on(system, category)))

    @cached_property
    def exchanged(self) -> "tuple[Agreement, ...]":
        """Pairs of measured systems that exchange a category, or whose parts meet at a need."""
        if self.payloads is None:
            return ()
        from sharedcare.measured.exchanging import is_exchanged  # only where payloads were measured

        return tuple(
            found
            for found in self.payloads.harmonisation.agreements
            if is_exchanged(self.declared.landscape, found) or self._meet(found)
        )

    def _meet(self, found: "Agreement") -> bool:
        needs = (set(self.needs_on(s.system, found.category)) for s in (found.one, found.other))
        return bool(set.intersection(*needs))

    @cached_property
    def fates(self) -> tuple[NeedFate, ...]:
        """The verdict on each need as declared (before) and as measured (after)."""
        return fates_of(self.declared.judgement, self.judgement)

    @cached_property
    def answered_twice(self) -> tuple[TwoAnswers, ...]:
        """Criteria that payloads answer, or that come to another answer with them."""
        return two_answers(self.scores, self.declared) if self.payloads is not None else ()

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


def assess(
    landscape: Landscape,
    weights: Mapping[str, Fraction] | None = None,
    payloads: "Payloads | None" = None,
) -> Assessment:
    """Judge every need, then score the twenty-five dimensions; one without a weight weighs 1.

    Where ``payloads`` of the landscape's systems were measured (see
    :func:`sharedcare.measured.payloads.measure_payloads`), what they show decides. Raises
    NotFoundError if a weight is given to a dimension that is not there, UsedWrongly if a weight is
    not positive or payloads were measured for another landscape.
    """
    if payloads is not None and payloads.declared != landscape:
        raise UsedWrongly("the payloads were measured for another landscape than is assessed")
    assessed = landscape if payloads is None else payloads.as_measured
    evidence = Evidence(assessed, judge(assessed), payloads)
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
