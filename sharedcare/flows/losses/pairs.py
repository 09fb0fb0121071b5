"""Two things lost at once: what falls only because both are gone.

Of two systems, each alone may leave a way round that leads over the other. A pair is judged again
only where, without the one, a need rests on the other, and the other way round: else it ends as
without one of them alone.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

from sharedcare.errors import LimitReached
from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.losing import Aftermath, Left, Lost
from sharedcare.flows.losses.verdict_change import Direction, direction
from sharedcare.vocabulary import Verdict

#: Pairs of one kind that are judged; where more would have to be, none is.
MAX_PAIRS = 200_000

Pair = tuple[str, str]

#: How a need stands from which nothing more can be taken.
BOTTOM = Extent(Verdict.UNMET, Verdict.UNMET)


def losses_in_pairs(
    aftermath: Aftermath, things: Mapping[str, Lost], progress: Callable[[int, int], None]
) -> Iterator[tuple[Pair, dict[str, Extent]]]:
    """Yield each pair that takes more than the two take alone, with how those needs end.

    Raises LimitReached where more pairs than ``MAX_PAIRS`` would have to be judged.
    """
    pairing = _Pairing(aftermath, things)
    worth = pairing.worth_judging()
    if len(worth) > MAX_PAIRS:
        raise LimitReached(
            f"{len(worth):,} pairs would have to be judged, and at most {MAX_PAIRS:,} are; "
            "choose another kind, or leave the pairs out"
        )
    for done, (pair, needs) in enumerate(worth.items()):
        progress(done, len(worth))
        ends = aftermath.extents(things[pair[0]] | things[pair[1]], needs)
        more = {need: end for need, end in ends.items() if pairing.takes_more(pair, need, end)}
        if more:
            yield pair, more


class _Pairing:
    """What each thing leaves when it alone is lost, and which two may take more together."""

    def __init__(self, aftermath: Aftermath, things: Mapping[str, Lost]) -> None:
        self.whole, self.things = aftermath.whole, things
        self.of_systems = all(lost.is_of_systems for lost in things.values())
        self.alone = {
            key: aftermath.left(lost, aftermath.may_change(lost)) for key, lost in things.items()
        }
        self.position = {key: position for position, key in enumerate(things)}
        self.holding: dict[str, list[str]] = {}
        for key, lost in things.items():
            for system in lost.systems:
                self.holding.setdefault(system, []).append(key)

    def takes_more(self, pair: Pair, need: str, end: Extent) -> bool:
        """Whether a need ends worse than with both, and than without either alone."""
        others = [self.whole[need], *(self._left(key, need) for key in pair)]
        return all(
            left.extent != end and direction(left.extent, end) is Direction.WORSE for left in others
        )

    def worth_judging(self) -> dict[Pair, list[str]]:
        """The pairs that may take more than the two alone, in order, and from which needs."""
        found: dict[Pair, list[str]] = {}
        for need in self.whole:
            for pair in sorted(self._pairs(need), key=self._order):
                found.setdefault(pair, []).append(need)
        return {pair: found[pair] for pair in sorted(found, key=self._order)}

    def _order(self, pair: Iterable[str]) -> list[int]:
        return sorted(self.position[key] for key in pair)

    def _left(self, key: str, need: str) -> Left:
        return self.alone[key].get(need) or self.whole[need]

    def _pairs(self, need: str) -> set[Pair]:
        touching = [key for key, left in self.alone.items() if need in left]
        if not self.of_systems:
            return set(itertools.combinations(touching, 2))
        return {
            self._in_order(one, other)
            for one in touching
            for other in self._next_to_go(self.alone[one][need])
            if one != other and self._may_take(one, self._left(other, need))
        }

    def _in_order(self, one: str, other: str) -> Pair:
        return (one, other) if self.position[one] < self.position[other] else (other, one)

    def _next_to_go(self, left: Left) -> set[str]:
        """The things that may take something from what a loss has left."""
        if left.extent == BOTTOM:
            return set()
        if left.rests_on is None:
            return set(self.things)
        return {key for system in left.rests_on for key in self.holding.get(system, ())}

    def _may_take(self, key: str, left: Left) -> bool:
        return left.extent != BOTTOM and left.may_change_without(self.things[key].systems)
