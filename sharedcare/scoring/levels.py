"""From answers to a level: how far a dimension's criteria are met, in order.

The level is the highest of which every applicable criterion, and every one below, is met and at
least one of its own is; besides comes the share that is met of the next level. A level that asks
nothing, or nothing that applies, is passed over: not reached, and no obstacle.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from sharedcare.dimension import LEVELS
from sharedcare.flows import Bounds
from sharedcare.vocabulary import Outcome

#: A criterion's level and the answer to it.
Told = tuple[int, Outcome]


@lru_cache(maxsize=4096)
def level_bounds(told: tuple[Told, ...]) -> Bounds:
    """The level if every unknown were a no, and if every unknown were a yes."""
    return Bounds(level_if(told, Outcome.NOT_MET), level_if(told, Outcome.MET))


def level_if(told: Sequence[Told], unknown: Outcome) -> Fraction:
    """The level, from 0 to 5, with every unknown answered alike."""
    settled = [(level, _settled(outcome, unknown)) for level, outcome in told]
    reached = 0
    for level in LEVELS:
        asked = [outcome for at, outcome in settled if at == level and _applies(outcome)]
        if not asked:
            continue
        met = asked.count(Outcome.MET)
        if met < len(asked):
            return reached + Fraction(met, len(asked))
        reached = level
    return Fraction(reached)


def _settled(outcome: Outcome, unknown: Outcome) -> Outcome:
    return unknown if outcome is Outcome.NOT_EVIDENCED else outcome


def _applies(outcome: Outcome) -> bool:
    return outcome is not Outcome.NOT_APPLICABLE
