"""What partners attest to one criterion, and how much of it counts.

A yes counts by what stands behind it: bare words carry levels 1 and 2 only. What has outlived its
evidence is unknown, and so is what its own organisation disputes or what two partners answer
differently. Stale and disputed answers are unknown whatever they say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sharedcare.dimension import Criterion, Scope
from sharedcare.landscape import Attestation, EvidenceItem, Landscape
from sharedcare.landscape.evidence import EvidenceKind
from sharedcare.quantities import Unknown
from sharedcare.scoring.rules import LAST_LEVEL_OF_ASSERTIONS
from sharedcare.vocabulary import Answer, Outcome

_SAID = {
    Answer.YES: Outcome.MET,
    Answer.NO: Outcome.NOT_MET,
    Answer.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}


class Standing(Enum):
    """What an attestation can bear."""

    EVIDENCED = "evidenced"
    ASSERTED = "asserted"
    STALE = "stale"
    DISPUTED = "disputed"
    REFUSED = "refused"


class Doubt(Enum):
    """Why an attested answer does not count, or stands against another answer."""

    ASSERTION_ONLY = "assertion_only"
    STALE = "stale"
    DISPUTED = "disputed"
    DISAGREEMENT = "disagreement"
    MAY_NOT_BE_LEFT_OUT = "may_not_be_left_out"
    CLAIM_AGAINST_COMPUTATION = "claim_against_computation"


@dataclass(frozen=True, slots=True)
class Statement:
    """One attestation as it bears on one criterion and one organisation (or the region)."""

    attestation: str
    said: Outcome
    standing: Standing


@dataclass(frozen=True, slots=True)
class Attested:
    """What all statements about one criterion and one organisation (or the region) come to.

    ``outcome`` is what counts. ``claimed`` takes every one at its word and ``evidenced`` only
    those with fresh evidence stronger than an assertion; both are None where there is none.
    ``at_odds`` says that partners contradict or dispute the answer, which is then unknown.
    """

    outcome: Outcome
    claimed: Outcome | None = None
    evidenced: Outcome | None = None
    at_odds: bool = False
    doubts: tuple[Doubt, ...] = ()


def attestations_by_criterion(landscape: Landscape) -> dict[str, dict[str, Attestation]]:
    """Attestations of each criterion by their ids; an id is the criterion unless one is named."""
    found: dict[str, dict[str, Attestation]] = {}
    for key, attestation in landscape.attestations.items():
        found.setdefault(attestation.criterion or key, {})[key] = attestation
    return found


def spoken_for(attestation: Attestation, landscape: Landscape) -> frozenset[str]:
    """The organisations that an attestation answers for; none where it answers for the region."""
    return frozenset(
        organisation
        for party in attestation.organisations
        for organisation in landscape.named_by(party)
    )


def statement_of(
    key: str,
    attestation: Attestation,
    criterion: Criterion,
    organisation: str | None,
    landscape: Landscape,
) -> Statement | None:
    """Weigh one attestation; None where its author says that the answer is unknown."""
    if isinstance(attestation.answer, Unknown):
        return None
    said = _SAID[attestation.answer]
    if _is_disputed(attestation, criterion, organisation):
        return Statement(key, said, Standing.DISPUTED)
    if said is Outcome.NOT_APPLICABLE and not criterion.may_not_apply:
        return Statement(key, said, Standing.REFUSED)
    return Statement(key, said, _standing(attestation, landscape.evidence, landscape.as_of))


def _is_disputed(attestation: Attestation, criterion: Criterion, organisation: str | None) -> bool:
    """Whether whom it is about disputes it; the region's answer is about every partner."""
    if criterion.scope is Scope.REGION or organisation is None:
        return bool(attestation.disputed_by)
    return organisation in attestation.disputed_by


def _standing(
    attestation: Attestation, evidence: Mapping[str, EvidenceItem], as_of: date
) -> Standing:
    items = [evidence[key] for key in attestation.evidence if key in evidence]
    if not items:
        return Standing.STALE if _is_old_word(attestation, as_of) else Standing.ASSERTED
    fresh = [item for item in items if item.is_fresh(as_of)]
    if not fresh:
        return Standing.STALE
    only_words = all(item.kind.is_assertion for item in fresh)
    return Standing.ASSERTED if only_words else Standing.EVIDENCED


def _is_old_word(attestation: Attestation, as_of: date) -> bool:
    """Whether a word was given too long ago; an undated one is given with the profile."""
    if attestation.date is None:
        return False
    word = EvidenceItem(kind=EvidenceKind.ASSERTION, date=attestation.date)
    return not word.is_fresh(as_of)


def weigh(statements: Iterable[Statement], level: int) -> Attested:
    """Bring the statements about one criterion of a level together."""
    made = tuple(statements)
    live = [s for s in made if s.standing in (Standing.EVIDENCED, Standing.ASSERTED)]
    outcome, doubt = _settle(made, live, level)
    refused = any(s.standing is Standing.REFUSED for s in made)
    doubts = (*((doubt,) if doubt else ()), *((Doubt.MAY_NOT_BE_LEFT_OUT,) if refused else ()))
    return Attested(
        outcome,
        claimed=_one([s.said for s in made if s.standing is not Standing.REFUSED]),
        evidenced=_one([s.said for s in live if s.standing is Standing.EVIDENCED]),
        at_odds=doubt in (Doubt.DISPUTED, Doubt.DISAGREEMENT),
        doubts=doubts,
    )


def _settle(
    made: Sequence[Statement], live: Sequence[Statement], level: int
) -> tuple[Outcome, Doubt | None]:
    if any(s.standing is Standing.DISPUTED for s in made):
        return Outcome.NOT_EVIDENCED, Doubt.DISPUTED
    said = {s.said for s in live}
    if len(said) > 1:
        return Outcome.NOT_EVIDENCED, Doubt.DISAGREEMENT
    if not said:
        stale = any(s.standing is Standing.STALE for s in made)
        return Outcome.NOT_EVIDENCED, Doubt.STALE if stale else None
    (outcome,) = said
    only_words = all(s.standing is Standing.ASSERTED for s in live)
    if outcome is Outcome.MET and only_words and level > LAST_LEVEL_OF_ASSERTIONS:
        return Outcome.NOT_EVIDENCED, Doubt.ASSERTION_ONLY
    return outcome, None


def _one(said: Sequence[Outcome]) -> Outcome | None:
    """The outcome that all of them say, not evidenced where they differ, None of nothing."""
    if not said:
        return None
    return said[0] if len(set(said)) == 1 else Outcome.NOT_EVIDENCED
