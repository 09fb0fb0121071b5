"""All minimal sets for which a question is answered yes, where more of them never turns it to no.

Sets are grown breadth first, so that the smallest are found first. Where a set does not suffice, it
is grown to a largest one that still does not: whatever suffices must hold something of the rest,
and only that needs to be tried next (the tree of hitting sets of Reiter 1987, with each conflict
shrunk before it is used).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sharedcare.errors import LimitReached

T = TypeVar("T")

#: Minimal sets that are listed, questions that are asked and sets that are looked at, at most.
MAX_SETS, MAX_QUESTIONS, MAX_LOOKED_AT = 40, 1_000, 20_000


@dataclass
class MinimalSets(Generic[T]):
    """Finds the minimal sets out of ``universe`` that ``suffice``; order is that of the universe.

    ``complete`` says, once ``found`` was gone through, that no limit cut it. What is found is
    minimal in any case, and the smallest; but where a limit is reached before any set was found,
    one is found that is minimal and perhaps not the smallest.
    """

    universe: Sequence[T]
    suffices: Callable[[frozenset[T]], bool]
    complete: bool = True
    _asked: dict[frozenset[T], bool] = field(default_factory=dict)
    _rests: list[frozenset[T]] = field(default_factory=list)

    def found(self) -> Iterator[frozenset[T]]:
        """Yield the minimal sets, smallest first."""
        kept: list[frozenset[T]] = []
        if not self._ask(frozenset(self.universe)):
            return
        try:
            yield from self._grown(kept)
        except LimitReached:
            self.complete = False
            if not kept:
                yield self._shrunk()

    def _grown(self, kept: list[frozenset[T]]) -> Iterator[frozenset[T]]:
        level: list[frozenset[T]] = [frozenset()]
        before = 0
        while level:
            larger: dict[frozenset[T], None] = {}
            for count, looked in enumerate(level, start=before + 1):
                if count + len(larger) > MAX_LOOKED_AT or len(kept) >= MAX_SETS:
                    raise LimitReached("there are more sets than are looked at")
                rest = self._rest(looked)
                if rest is None:
                    kept.append(looked)
                    yield looked
                else:
                    larger.update((looked | {one}, None) for one in self.universe if one in rest)
            before += len(level)
            level = [one for one in larger if not any(less <= one for less in kept)]

    def _rest(self, looked: frozenset[T]) -> frozenset[T] | None:
        """Something of which any sufficient set that holds these must hold, None if they do."""
        known = next((rest for rest in self._rests if not rest & looked), None)
        if known is not None:
            return known
        if self._ask(looked):
            return None
        rest = frozenset(self.universe) - self._largest_insufficient(looked)
        self._rests.append(rest)
        return rest

    def _largest_insufficient(self, looked: frozenset[T]) -> frozenset[T]:
        """Add to a set that does not suffice what leaves it so, half of the others at a time."""
        halves = [[one for one in self.universe if one not in looked]]
        while halves:
            part = halves.pop()
            if part and not self._ask(looked | frozenset(part)):
                looked |= frozenset(part)
            elif len(part) > 1:
                middle = len(part) // 2
                halves += [part[middle:], part[:middle]]
        return looked

    def _shrunk(self) -> frozenset[T]:
        """Leave out of all what can be left out, half of it at a time."""
        chosen = frozenset(self.universe)
        halves = [list(self.universe)]
        while halves:
            part = halves.pop()
            if self.suffices(chosen - frozenset(part)):
                chosen -= frozenset(part)
            elif len(part) > 1:
                middle = len(part) // 2
                halves += [part[middle:], part[:middle]]
        return chosen

    def _ask(self, chosen: frozenset[T]) -> bool:
        known = self._asked.get(chosen)
        if known is None:
            if len(self._asked) >= MAX_QUESTIONS:
                raise LimitReached("more questions would have to be asked than are")
            known = self._asked[chosen] = self.suffices(chosen)
        return known
