"""How what is not known is taken: at its worst, or at its best, fact by fact.

A verdict is known when it is the same in both runs. A *fact* is one thing that nobody has told:
which map, which entry, which key.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TypeVar

from sharedcare.quantities import Duration, Range, Rate, Share, Unknown

T = TypeVar("T")
ENDLESS = math.inf

#: An exact number; a whole one is an int, which Python adds and compares many times faster.
Exact = int | Fraction

#: An exact number of seconds, or without end (the one float).
Time = int | Fraction | float


def plain(value: Fraction) -> Exact:
    """Return a whole number as an int."""
    return value.numerator if value.denominator == 1 else value


class Fact(NamedTuple):
    """One thing that a profile leaves open: ``flows.gp_hub.delay``."""

    kind: str
    id: str
    key: str

    def __str__(self) -> str:
        """Give the way to it in the profile."""
        return f"{self.kind}.{self.id}.{self.key}"


@dataclass(frozen=True)
class Taking:
    """Takes each unknown at its best or its worst; ``settled`` holds those taken otherwise.

    ``met`` collects the unknown facts that were come across, so that whoever asks can be told.
    """

    best: bool
    settled: frozenset[Fact] = frozenset()
    met: set[Fact] = field(default_factory=set, compare=False)

    def alone(self) -> "Taking":
        """The same way of taking what is unknown, with nothing come across yet."""
        return Taking(self.best, self.settled)

    def settling(self, facts: Iterable[Fact]) -> "Taking":
        """The same way of taking what is unknown, with some more facts taken otherwise."""
        return Taking(self.best, self.settled | frozenset(facts), set(self.met))

    def favours(self, fact: Fact) -> bool:
        """Whether an unknown is taken at its best."""
        self.met.add(fact)
        return self.best is not (fact in self.settled)

    def choice(self, fact: Fact, value: T | Unknown | None, good: T, bad: T) -> T:
        """A word or yes/no that is known, else the better or the worse one."""
        if value is None or isinstance(value, Unknown):
            return good if self.favours(fact) else bad
        return value

    def time(self, fact: Fact, value: Duration | Range[Duration] | Unknown | None) -> Time:
        """A time that is better short; unknown is 0 at best and endless at worst."""
        if isinstance(value, Duration):
            return plain(value.seconds)
        good = self.favours(fact)
        if isinstance(value, Range):
            return plain(value.low.seconds if good else value.high.seconds)
        return 0 if good else ENDLESS

    def span(self, fact: Fact, value: Duration | Range[Duration] | Unknown | None) -> Time:
        """A time that is better long (history); unknown is endless at best and 0 at worst."""
        if isinstance(value, Duration):
            return value.seconds
        good = self.favours(fact)
        if isinstance(value, Range):
            return value.high.seconds if good else value.low.seconds
        return ENDLESS if good else Fraction(0)

    def share(self, fact: Fact, value: Share | Range[Share] | Unknown | None) -> Fraction:
        """A share that is better large; not said it is 1, unknown it is 0 or 1."""
        if value is None:
            return Fraction(1)
        if isinstance(value, Share):
            return value.value
        good = self.favours(fact)
        if isinstance(value, Range):
            return value.high.value if good else value.low.value
        return Fraction(1) if good else Fraction(0)

    def rate(self, fact: Fact, value: Rate | Range[Rate] | Unknown) -> Time:
        """A rate that is better large; unknown is endless or 0."""
        if isinstance(value, Rate):
            return value.per_second
        good = self.favours(fact)
        if isinstance(value, Range):
            return value.high.per_second if good else value.low.per_second
        return ENDLESS if good else Fraction(0)


def worst(settled: Iterable[Fact] = ()) -> Taking:
    """Take every unknown at its worst, but those settled."""
    return Taking(best=False, settled=frozenset(settled))


def best(settled: Iterable[Fact] = ()) -> Taking:
    """Take every unknown at its best, but those settled."""
    return Taking(best=True, settled=frozenset(settled))
