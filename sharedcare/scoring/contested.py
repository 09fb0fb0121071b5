"""What partners do not agree on, and what was decided about it.

Contested is a dimension of a gate on which respondents are polarised, and an attested answer that
whom it is about disputes. A decision recorded in a gate of the profile settles a dimension.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sharedcare.landscape import Landscape
from sharedcare.scoring.agreement import Agreement
from sharedcare.scoring.answers import CriterionReplies
from sharedcare.scoring.claims import Doubt
from sharedcare.scoring.rules import GATED


@dataclass(frozen=True, slots=True)
class Contested:
    """One contested dimension or answer.

    ``criterion`` is None where respondents are polarised; ``organisation`` is None for the region.
    ``decision`` is what was decided, None where nothing was.
    """

    dimension: str
    criterion: str | None
    organisation: str | None
    decision: str | None


def gate_dimensions(landscape: Landscape) -> frozenset[str]:
    """Dimensions that a gate asks for: the standing ones and the profile's own."""
    own = (gate.dimension for gate in landscape.gates.values() if gate.dimension)
    return frozenset((*GATED, *own))


def decisions(landscape: Landscape) -> dict[str, str]:
    """What the profile's gates record as decided, by dimension; the first of several."""
    found: dict[str, str] = {}
    for gate in landscape.gates.values():
        if gate.dimension and gate.decision:
            found.setdefault(gate.dimension, gate.decision)
    return found


def contested_by_ratings(
    landscape: Landscape, agreements: Mapping[str, Agreement]
) -> frozenset[str]:
    """Gate dimensions on which respondents are polarised."""
    asked = gate_dimensions(landscape)
    return frozenset(key for key, found in agreements.items() if found.polarised and key in asked)


def contested(
    landscape: Landscape,
    answers: Mapping[str, Sequence[CriterionReplies]],
    polarised: Iterable[str],
) -> tuple[Contested, ...]:
    """Everything contested, in the order of the dimensions, polarised ones first."""
    decided, split = decisions(landscape), frozenset(polarised)
    return tuple(
        Contested(dimension, criterion, organisation, decided.get(dimension))
        for dimension, replies in answers.items()
        for criterion, organisation in _within(dimension in split, replies)
    )


def _within(
    polarised: bool, answers: Sequence[CriterionReplies]
) -> Iterator[tuple[str | None, str | None]]:
    if polarised:
        yield None, None
    for replies in answers:
        for reply in replies.each:
            if Doubt.DISPUTED in reply.doubts:
                yield reply.criterion, reply.organisation
