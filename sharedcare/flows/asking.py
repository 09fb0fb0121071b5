"""What to ask first: the single facts that would decide needs which are not known.

Each unknown fact is settled, once for the better and once for the worse, and the undetermined needs
are judged again. A fact that decides a need both ways is worth more than one that may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.judging import Judge
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import Judgement
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Verdict

#: Facts that are tried before the list is cut; each takes two runs over the undetermined needs.
MAX_FACTS = 400

#: Flows that all these runs may look at together: in a vast landscape fewer facts are tried.
MAX_FLOWS = 400_000


@dataclass(frozen=True, slots=True)
class Asking:
    """One unknown fact and the needs that it would decide, if it is good and if it is bad."""

    fact: Fact
    if_good: tuple[str, ...]
    if_bad: tuple[str, ...]
    weight: Fraction

    @property
    def decides(self) -> tuple[str, ...]:
        """The needs that it may decide, either way."""
        return tuple(dict.fromkeys((*self.if_good, *self.if_bad)))


def ask_first(landscape: Landscape, judgement: Judgement) -> tuple[Asking, ...]:
    """Rank the unknown facts by the weight of the needs that each would decide by itself."""
    open_needs = [n.need for n in judgement.needs if n.verdict is Verdict.UNDETERMINED]
    if not open_needs:
        return ()
    judge = Judge(landscape, explain=False)
    judge.judge(open_needs)
    most = min(MAX_FACTS, MAX_FLOWS // (2 * len(landscape.flows) + 1))
    asked = [_asking(landscape, fact, open_needs) for fact in judge.unknown[:most]]
    worth = [asking for asking in asked if asking.decides]
    return tuple(sorted(worth, key=lambda a: (-a.weight, -len(a.decides), a.fact)))


def _asking(landscape: Landscape, fact: Fact, open_needs: list[str]) -> Asking:
    if_good, if_bad = (_decided(landscape, fact, is_good, open_needs) for is_good in (True, False))
    return Asking(fact, if_good, if_bad, _weight(landscape, if_good) + _weight(landscape, if_bad))


def _decided(
    landscape: Landscape, fact: Fact, is_good: bool, open_needs: Iterable[str]
) -> tuple[str, ...]:
    judged = Judge(landscape, explain=False, known={fact: is_good}).judge(open_needs)
    return tuple(n.need for n in judged.needs if n.verdict is not Verdict.UNDETERMINED)


def _weight(landscape: Landscape, needs: Iterable[str]) -> Fraction:
    return sum((landscape.needs[need].weight for need in needs), Fraction(0))
