"""Effective levels: no dimension stands much higher than what it leans on.

An effective level lies no higher than one above the lowest effective level among the assessed
prerequisites; low and high ends are limited apart, and every limit leaves a trace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from graphlib import TopologicalSorter

from sharedcare.dimension import Dimension
from sharedcare.flows import Bounds
from sharedcare.scoring.rules import HEADROOM, SAND


class End(Enum):
    """One end of an interval."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Limit:
    """A prerequisite that holds one end of a level down, and where to."""

    prerequisite: str
    end: End
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Effective:
    """An effective level, None where a dimension is not assessed, with the limits upon it."""

    level: Bounds | None
    limits: tuple[Limit, ...] = ()

    @property
    def limited_by(self) -> tuple[str, ...]:
        """The prerequisites that hold either end down, each once."""
        return tuple(dict.fromkeys(limit.prerequisite for limit in self.limits))


@dataclass(frozen=True, slots=True)
class Sand:
    """A level that lies 2 or more above a prerequisite's.

    ``certain`` says that it does whatever the unknown answers are.
    """

    dimension: str
    prerequisite: str
    certain: bool


def in_order(dimensions: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """Dimensions with prerequisites first; raises graphlib.CycleError where there is no order."""
    by_id = {dimension.id: dimension for dimension in dimensions}
    graph = {d.id: [p for p in d.prerequisites if p in by_id] for d in dimensions}
    return tuple(by_id[key] for key in TopologicalSorter(graph).static_order())


def effective_levels(
    ordered: Sequence[Dimension], levels: Mapping[str, Bounds | None]
) -> dict[str, Effective]:
    """Limit each level by its prerequisites; ``ordered`` has prerequisites first."""
    found: dict[str, Effective] = {}
    for dimension in ordered:
        found[dimension.id] = _limited(dimension, levels.get(dimension.id), found)
    return found


def effective_with(
    ordered: Sequence[Dimension],
    levels: Mapping[str, Bounds | None],
    before: Mapping[str, Effective],
    changed: str,
) -> dict[str, Effective]:
    """Effective levels after one level changed; only what rests on it is limited anew."""
    found, moved = dict(before), {changed}
    for dimension in ordered:
        if dimension.id == changed or not moved.isdisjoint(dimension.prerequisites):
            limited = _limited(dimension, levels.get(dimension.id), found)
            if limited != found[dimension.id]:
                found[dimension.id] = limited
                moved.add(dimension.id)
    return found


def _limited(
    dimension: Dimension, level: Bounds | None, found: Mapping[str, Effective]
) -> Effective:
    below = {key: found[key].level for key in dimension.prerequisites if key in found}
    assessed = {key: bounds for key, bounds in below.items() if bounds is not None}
    if level is None or not assessed:
        return Effective(level)
    lows = {key: bounds.low + HEADROOM for key, bounds in assessed.items()}
    highs = {key: bounds.high + HEADROOM for key, bounds in assessed.items()}
    return Effective(
        Bounds(min(level.low, *lows.values()), min(level.high, *highs.values())),
        (*_limits(End.LOW, level.low, lows), *_limits(End.HIGH, level.high, highs)),
    )


def _limits(end: End, value: Fraction, caps: Mapping[str, Fraction]) -> Iterator[Limit]:
    cap = min(caps.values())
    if cap < value:
        for key, found in caps.items():
            if found == cap:
                yield Limit(key, end, cap)


def sand(dimensions: Sequence[Dimension], levels: Mapping[str, Bounds | None]) -> tuple[Sand, ...]:
    """Dimensions that rest on sand, judged by what is known (the low ends)."""
    return tuple(
        Sand(dimension.id, key, certain=above.low >= below.high + SAND)
        for dimension in dimensions
        for key in dimension.prerequisites
        if (above := levels.get(dimension.id)) and (below := levels.get(key))
        if above.low >= below.low + SAND
    )
