"""What the findings of a computed criterion come to: the share that is met, against a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Computed:
    """An outcome and the share of findings met behind it, None where none applies."""

    outcome: Outcome
    share: Bounds | None


def compute(findings: Sequence[Finding], threshold: Fraction) -> Computed | None:
    """Answer from findings; None where there is nothing to count.

    What is not evidenced counts as no at the low end of the share and as yes at the high end; the
    answer is known where both ends lie on one side of the threshold. What does not apply counts
    nowhere.
    """
    met = _weight(findings, Outcome.MET)
    silent = _weight(findings, Outcome.NOT_EVIDENCED)
    whole = met + silent + _weight(findings, Outcome.NOT_MET)
    if not whole:
        left_out = any(finding.outcome is Outcome.NOT_APPLICABLE for finding in findings)
        return Computed(Outcome.NOT_APPLICABLE, None) if left_out else None
    share = Bounds(Fraction(met, whole), Fraction(met + silent, whole))
    if share.low >= threshold:
        return Computed(Outcome.MET, share)
    if share.high < threshold:
        return Computed(Outcome.NOT_MET, share)
    return Computed(Outcome.NOT_EVIDENCED, share)


def _weight(findings: Sequence[Finding], outcome: Outcome) -> int:
    return sum(finding.weight for finding in findings if finding.outcome is outcome)
