"""How a verdict differs from what it was: worse, better, otherwise, or not proven."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from sharedcare.flows.coverage import rank
from sharedcare.flows.judging import Extent


class Direction(Enum):
    """Which way a verdict went."""

    WORSE = "worse"
    BETTER = "better"
    OTHERWISE = "otherwise"
    NOT_PROVEN = "not_proven"


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One need whose verdict is another than before."""

    need: str
    before: Extent
    after: Extent

    @property
    def direction(self) -> Direction:
        """Which way it went."""
        return direction(self.before, self.after)


def direction(before: Extent, after: Extent) -> Direction:
    """Say which way a verdict that is another went.

    It is worse where the lowest or the highest that it can be fell and neither rose, better the
    other way round, and otherwise where it is open now between two that it was not open between.
    Nothing is said of a verdict that was or is not proven.
    """
    if not (before.proven and after.proven):
        return Direction.NOT_PROVEN
    steps = {rank(after.low) - rank(before.low), rank(after.high) - rank(before.high)}
    if max(steps) <= 0:
        return Direction.WORSE
    return Direction.BETTER if min(steps) >= 0 else Direction.OTHERWISE


def is_sure(change: VerdictChange) -> bool:
    """Whether a need is worse off whatever is unknown: at best it is worse than at worst before."""
    proven = change.before.proven and change.after.proven
    return proven and rank(change.after.high) < rank(change.before.low)


def changes(before: Mapping[str, Extent], after: Mapping[str, Extent]) -> tuple[VerdictChange, ...]:
    """The needs of ``after`` whose verdict is another than before, in order."""
    return tuple(
        VerdictChange(need, before[need], extent)
        for need, extent in after.items()
        if extent != before[need]
    )


def going(found: Iterable[VerdictChange], way: Direction) -> Iterator[VerdictChange]:
    """The changes that went one way."""
    return (change for change in found if change.direction is way)
