"""What takes a dimension to a level: the criteria that are not yet met, with their remedies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sharedcare.dimension import Criterion, Scope
from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.scoring.answers import CriterionReplies, Reply
from sharedcare.scoring.regions import is_assessed
from sharedcare.scoring.suppressions import SuppressionState, is_borne
from sharedcare.vocabulary import Outcome

_OPEN = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One criterion still to be met.

    ``outcome`` is not met where something must be done, not evidenced where it must first be shown
    or asked. ``organisations`` are those that must act; none where the region as one must.
    """

    criterion: Criterion
    outcome: Outcome
    organisations: tuple[str, ...]
    needs: tuple[str, ...]
    borne: bool


def next_level(answers: Sequence[CriterionReplies], level: Bounds | None) -> int | None:
    """The next level above a dimension's that asks anything; None where none does."""
    reached = int(level.low) if level else 0
    above = {
        replies.criterion.level
        for replies in answers
        if replies.criterion.level > reached and _applies(replies)
    }
    return min(above, default=None)


def _applies(replies: CriterionReplies) -> bool:
    return any(reply.outcome is not Outcome.NOT_APPLICABLE for reply in replies.each)


def open_steps(
    answers: Sequence[CriterionReplies], target: int, suppressions: Sequence[SuppressionState]
) -> tuple[OpenStep, ...]:
    """Criteria of levels up to the target that are not met, the lowest level first."""
    ordered = sorted(answers, key=lambda replies: replies.criterion.level)
    found = (
        _step(answers, replies, suppressions)
        for replies in ordered
        if replies.criterion.level <= target
    )
    return tuple(step for step in found if step is not None)


def _step(
    answers: Sequence[CriterionReplies],
    replies: CriterionReplies,
    suppressions: Sequence[SuppressionState],
) -> OpenStep | None:
    lacking = tuple(_lacking(answers, replies))
    if not lacking:
        return None
    unmet = tuple(f for f in replies.findings if f.outcome is Outcome.NOT_MET)
    failed = any(reply.outcome is Outcome.NOT_MET for reply in lacking)
    return OpenStep(
        replies.criterion,
        Outcome.NOT_MET if failed else Outcome.NOT_EVIDENCED,
        tuple(reply.organisation for reply in lacking if reply.organisation),
        tuple(dict.fromkeys(_needs(unmet))),
        is_borne(suppressions, replies.criterion.id, unmet),
    )


def _lacking(answers: Sequence[CriterionReplies], replies: CriterionReplies) -> Iterator[Reply]:
    """Who has not met it: organisations assessed, or the region where it or none of them is."""
    assessed = [reply for key, reply in replies.organisations.items() if is_assessed(answers, key)]
    asked_region = replies.criterion.scope is Scope.REGION or not assessed
    for reply in (replies.region,) if asked_region else assessed:
        if reply.outcome in _OPEN:
            yield reply


def _needs(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        kind, _, entry = finding.about.partition(".")
        if kind == "needs":
            yield entry
