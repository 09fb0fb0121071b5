"""The smallest dimensions and landscapes that make a point; change one keyword a test."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sharedcare.dimension import Claim, Criterion, Dimension, Measure, Scope
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows import Bounds, Judgement, NeedVerdict
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.scoring import DimensionScore, Scores, score
from sharedcare.vocabulary import Group, Outcome, Verdict

AS_OF = "2026-11-01"

#: Evidence of every standing, to be named by attestations.
EVIDENCE: dict[str, Any] = {
    "audit": {"kind": "audit", "date": "2026-06-01"},
    "old_audit": {"kind": "audit", "date": "2024-10-31"},
    "undated_audit": {"kind": "audit"},
    "coming_audit": {"kind": "audit", "date": "2026-11-02"},
    "word": {"kind": "assertion", "date": "2026-06-01"},
    "old_word": {"kind": "assertion", "date": "2025-10-31"},
}


def landscape(**maps: Any) -> Landscape:
    """A landscape of the maps given, with evidence of every standing."""
    return landscape_of({"meta": {"as_of": AS_OF}, "evidence": EVIDENCE, **maps})


def attested(answer: str, *evidence: str, **more: Any) -> dict[str, Any]:
    """An attestation with ids of evidence."""
    reason = {"reason": "there is none here"} if answer == "not_applicable" else {}
    return {"answer": answer, "evidence": list(evidence), **reason, **more}


def criterion(
    key: str,
    level: int = 1,
    scope: Scope = Scope.REGION,
    *,
    claim: Claim | None = None,
    threshold: Fraction = Fraction(1),
    may_not_apply: bool = False,
) -> Criterion:
    return Criterion(
        id=key,
        level=level,
        scope=scope,
        question=f"Is {key} so?",
        remedy=f"Do {key}.",
        claim=claim,
        threshold=threshold,
        may_not_apply=may_not_apply,
    )


def dimension(
    key: str,
    *criteria: Criterion,
    prerequisites: tuple[str, ...] = (),
    group: Group = Group.SOCIO_ORGANISATIONAL,
    exposure: tuple[Measure, ...] = (),
) -> Dimension:
    return Dimension(key, f"Name of {key}", group, "", "", criteria, prerequisites, exposure)


def ladder(key: str, *, scope: Scope = Scope.REGION, **more: Any) -> Dimension:
    """A dimension with one attested criterion at each level: ``key.l1`` to ``key.l5``."""
    criteria = (criterion(f"{key}.l{level}", level, scope) for level in range(1, 6))
    return dimension(key, *criteria, **more)


def climbed(key: str, level: int, **more: Any) -> dict[str, Any]:
    """Attestations that put a ladder at a level: yes up to it, no above, all evidenced."""
    return {
        f"{key}.l{at}": attested("yes" if at <= level else "no", "audit", **more)
        for at in range(1, 6)
    }


def finds(*findings: Finding) -> Claim:
    """A claim that yields the same findings whatever it looks at."""

    def claim(_evidence: Evidence) -> Iterator[Finding]:
        yield from findings

    return claim


def outcomes(met: int = 0, not_met: int = 0, silent: int = 0, none: int = 0) -> Claim:
    """A claim that yields so many findings of each outcome, about the region."""
    counts = {
        Outcome.MET: met,
        Outcome.NOT_MET: not_met,
        Outcome.NOT_EVIDENCED: silent,
        Outcome.NOT_APPLICABLE: none,
    }
    made = [
        Finding(outcome, f"flows.{outcome.value}_{number}", "")
        for outcome, count in counts.items()
        for number in range(count)
    ]
    return finds(*made)


def need_verdict(
    key: str,
    verdict: Verdict,
    low: Verdict | None = None,
    high: Verdict | None = None,
    *,
    safety_critical: bool = True,
    weight: int = 1,
) -> NeedVerdict:
    low, high = low or verdict, high or verdict
    return NeedVerdict(key, "s", verdict, low, high, Fraction(weight), safety_critical, (), ())


def scored(
    *dimensions: Dimension,
    verdicts: Sequence[NeedVerdict] = (),
    weights: Mapping[str, Fraction] | None = None,
    **maps: Any,
) -> Scores:
    """Score dimensions on a landscape of the maps given, with these verdicts on needs."""
    evidence = Evidence(landscape(**maps), Judgement(tuple(verdicts), None))
    return score(evidence, dimensions, weights)


def only(scores: Scores, key: str) -> DimensionScore:
    """One dimension's score."""
    (found,) = (each for each in scores.dimensions if each.id == key)
    return found


def at(low: Fraction | int | str, high: Fraction | int | str | None = None) -> Bounds:
    """Bounds of plain numbers; one number is both."""
    return Bounds(Fraction(low), Fraction(low if high is None else high))
