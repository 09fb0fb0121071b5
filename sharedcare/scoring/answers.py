"""The answer to each criterion: computed if it can be computed, else attested, else unknown.

Answers are outcomes: met (yes), not met (no), not evidenced (unknown), not applicable. A
computation that its silent findings leave open has not been computed: an attested answer then
counts. What was claimed, what is evidenced and what was computed stay side by side.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.landscape import Attestation, Landscape
from sharedcare.scoring.claims import (
    Attested,
    Doubt,
    attestations_by_criterion,
    spoken_for,
    statement_of,
    weigh,
)
from sharedcare.scoring.computing import Computed, compute
from sharedcare.vocabulary import Outcome

KNOWN = frozenset({Outcome.MET, Outcome.NOT_MET})


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one criterion for one organisation, or for the region (None).

    ``share`` is the share of findings met where it was computed. ``answered`` says that a yes or
    a no was given, also where it is in dispute and hence unknown; ``own`` that the organisation's
    own findings or words give one, not only the region's.
    """

    criterion: str
    organisation: str | None
    outcome: Outcome
    answered: bool = False
    own: bool = False
    at_odds: bool = False
    claimed: Outcome | None = None
    evidenced: Outcome | None = None
    computed: Outcome | None = None
    share: Bounds | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionReplies:
    """All answers to one criterion.

    ``organisations`` holds one for each organisation of the landscape where organisations are
    asked, none where the region is.
    """

    criterion: Criterion
    findings: tuple[Finding, ...]
    region: Reply
    organisations: Mapping[str, Reply]

    @property
    def each(self) -> tuple[Reply, ...]:
        """The region's answer and each organisation's."""
        return (self.region, *self.organisations.values())


def answer_all(
    dimensions: Iterable[Dimension], evidence: Evidence
) -> dict[str, tuple[CriterionReplies, ...]]:
    """Ask every criterion of every dimension once; the answers by the dimension's id."""
    attested = attestations_by_criterion(evidence.landscape)
    return {
        dimension.id: tuple(
            answer(criterion, evidence, attested.get(criterion.id, {}))
            for criterion in dimension.criteria
        )
        for dimension in dimensions
    }


def answer(
    criterion: Criterion, evidence: Evidence, attestations: Mapping[str, Attestation]
) -> CriterionReplies:
    """Answer one criterion for the region and, where organisations are asked, for each of them."""
    found = tuple(criterion.claim(evidence)) if criterion.claim else ()
    findings = tuple(sorted(found, key=lambda finding: finding.order))
    asked = _Asked(criterion, evidence.landscape, findings, attestations)
    if criterion.scope is Scope.REGION:
        return CriterionReplies(criterion, findings, asked.region_as_one(), {})
    return CriterionReplies(criterion, findings, asked.region_at_large(), asked.each())


class _Asked:
    """One criterion with all that bears on it, sorted by whom it is about."""

    def __init__(
        self,
        criterion: Criterion,
        landscape: Landscape,
        findings: tuple[Finding, ...],
        attestations: Mapping[str, Attestation],
    ) -> None:
        self.criterion = criterion
        self.landscape = landscape
        self.attestations = attestations
        self.findings: dict[str | None, list[Finding]] = {None: []}
        for finding in findings:
            self.findings.setdefault(finding.organisation, []).append(finding)
        self.parties = {
            key: spoken_for(attestation, landscape) for key, attestation in attestations.items()
        }

    def region_as_one(self) -> Reply:
        """The region's answer from everything that was found and said, by whomever."""
        findings = [finding for found in self.findings.values() for finding in found]
        return self._reply(None, findings, frozenset(self.attestations))

    def region_at_large(self) -> Reply:
        """What was found and said of no organisation in particular, though each is asked."""
        return self._reply(None, self.findings[None], self._said_of(None))

    def each(self) -> dict[str, Reply]:
        """Each organisation's answer, from its own part and the region's."""
        return {
            organisation: self._of(organisation) for organisation in self.landscape.organisations
        }

    def _of(self, organisation: str) -> Reply:
        own_findings = self.findings.get(organisation, [])
        own_words = self._said_of(organisation)
        alone = self._reply(organisation, own_findings, own_words)
        return self._reply(
            organisation,
            [*own_findings, *self.findings[None]],
            own_words | self._said_of(None),
            own=alone.answered,
        )

    def _said_of(self, organisation: str | None) -> frozenset[str]:
        if organisation is None:
            unaddressed = (key for key, a in self.attestations.items() if not a.organisations)
            return frozenset(unaddressed)
        return frozenset(key for key, named in self.parties.items() if organisation in named)

    def _reply(
        self,
        organisation: str | None,
        findings: list[Finding],
        keys: frozenset[str],
        own: bool = False,
    ) -> Reply:
        criterion = self.criterion
        statements = (
            statement_of(key, attestation, criterion, organisation, self.landscape)
            for key, attestation in self.attestations.items()
            if key in keys
        )
        attested = weigh((s for s in statements if s), criterion.level)
        computed = compute(findings, criterion.threshold)
        return _merged(criterion.id, organisation, computed, attested, own)


def _merged(
    criterion: str,
    organisation: str | None,
    computed: Computed | None,
    attested: Attested,
    own: bool,
) -> Reply:
    settled = computed is not None and computed.outcome is not Outcome.NOT_EVIDENCED
    outcome = computed.outcome if computed and settled else attested.outcome
    at_odds = attested.at_odds and not settled
    answered = outcome in KNOWN or at_odds
    return Reply(
        criterion,
        organisation,
        outcome,
        answered=answered,
        own=own and answered,
        at_odds=at_odds,
        claimed=attested.claimed,
        evidenced=attested.evidenced,
        computed=computed.outcome if computed else None,
        share=computed.share if computed else None,
        doubts=tuple(_doubts(computed, attested, settled)),
    )


def _doubts(computed: Computed | None, attested: Attested, settled: bool) -> Iterator[Doubt]:
    if not settled:
        yield from attested.doubts
    said, found = attested.claimed, computed.outcome if computed else None
    if said in KNOWN and found in KNOWN and said is not found:
        yield Doubt.CLAIM_AGAINST_COMPUTATION
