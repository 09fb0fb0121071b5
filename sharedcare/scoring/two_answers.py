"""Criteria answered twice: by what is declared alone, and with what payloads show."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.dimension import Criterion
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.scoring.answers import KNOWN, Reply, answer
from sharedcare.scoring.claims import attestations_by_criterion
from sharedcare.scoring.scores import CriterionScore, Scores
from sharedcare.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class TwoAnswers:
    """What the computation of one criterion comes to for an organisation, or for the region (None).

    ``findings`` are those that payloads answer; there are none where the answer is another only
    because forms or verdicts are. An answer is None where there was nothing to count.
    """

    criterion: Criterion
    organisation: str | None
    declared: Outcome | None
    measured: Outcome | None
    findings: tuple[Finding, ...]

    @property
    def contradict(self) -> bool:
        """Whether one is a yes and the other a no."""
        both = {self.declared, self.measured}
        return len(both) > 1 and both <= KNOWN

    @property
    def by_payloads(self) -> bool:
        """Whether payloads themselves answer, at least in part."""
        return bool(self.findings)


def two_answers(scores: Scores, declared: Evidence) -> tuple[TwoAnswers, ...]:
    """Every computed criterion that payloads answer, or that comes to another answer with them.

    ``scores`` are those with payloads, ``declared`` is what may be looked at without. They come in
    the order of the catalogue; the region comes before the organisations.
    """
    return tuple(_all(scores, declared))


def _all(scores: Scores, declared: Evidence) -> Iterator[TwoAnswers]:
    attested = attestations_by_criterion(declared.landscape)
    for dimension in scores.dimensions:
        for score in dimension.criteria:
            if score.criterion.claim is not None:
                said = attested.get(score.criterion.id, {})
                yield from _of(score, answer(score.criterion, declared, said).each)


def _of(score: CriterionScore, declared: tuple[Reply, ...]) -> Iterator[TwoAnswers]:
    before = {reply.organisation: reply.computed for reply in declared}
    for reply in score.replies:
        whose = reply.organisation
        findings = tuple(
            finding
            for finding in score.findings
            if finding.measured and finding.organisation == whose
        )
        if findings or before.get(whose) is not reply.computed:
            yield TwoAnswers(score.criterion, whose, before.get(whose), reply.computed, findings)
