"""Where a claim and a computation, or two claims, say different things of the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sharedcare.scoring.answers import CriterionReplies, Reply
from sharedcare.scoring.claims import Doubt
from sharedcare.vocabulary import Outcome

_WORDS = {Outcome.MET: "yes", Outcome.NOT_MET: "no"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One answer that stands against another; ``organisation`` is None for the region.

    ``claimed`` is not evidenced where the claims themselves differ; ``computed`` is None where
    nothing was computed. ``measured`` says that payloads had a part in what was computed.
    """

    dimension: str
    criterion: str
    organisation: str | None
    kind: Doubt
    claimed: Outcome | None
    computed: Outcome | None
    measured: bool = False

    @property
    def words(self) -> str:
        """What stands against what, as a sentence."""
        if self.kind is Doubt.DISAGREEMENT or self.claimed is None or self.computed is None:
            return "The partners' answers differ, so that it counts as unknown."
        claimed, computed = _WORDS[self.claimed], _WORDS[self.computed]
        by = "what payloads show says" if self.measured else "what the landscape declares says"
        return f"The answer given is {claimed}; {by} {computed}."


_KINDS = (Doubt.CLAIM_AGAINST_COMPUTATION, Doubt.DISAGREEMENT)


def contradictions(
    answers: Mapping[str, Sequence[CriterionReplies]],
) -> tuple[Contradiction, ...]:
    """Every contradiction, in the order of the catalogue; the region's only once."""
    return tuple(
        Contradiction(
            dimension,
            reply.criterion,
            reply.organisation,
            kind,
            reply.claimed,
            reply.computed,
            any(one.measured for one in replies.findings if one.organisation == reply.organisation),
        )
        for dimension, criteria in answers.items()
        for replies in criteria
        for reply, kind in _found(replies)
    )


def _found(replies: CriterionReplies) -> Iterator[tuple[Reply, Doubt]]:
    for reply in replies.each:
        for kind in _KINDS:
            already = reply is not replies.region and kind in replies.region.doubts
            if kind in reply.doubts and not already:
                yield reply, kind
