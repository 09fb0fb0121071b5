"""What to ask first: the single facts that would decide needs which are not known.

Each unknown fact that bears on an undetermined need is settled, once for the better and once for
the worse, and only the needs that it bears on are judged again, over networks that share whatever
the fact does not touch. A fact that decides a need both ways is worth more than one that may.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.evaluation import Arrival
from sharedcare.flows.judging import Judge
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import Judgement
from sharedcare.flows.why.bearing import bearing
from sharedcare.flows.why.who_knows import who_knows
from sharedcare.flows.witness import hops_of
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Verdict

#: Facts that are tried before the list is cut, those that bear on most weight first.
MAX_FACTS = 2_000

#: Flows that all these trials may look at together: in a vast landscape fewer facts are tried.
MAX_FLOWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Asking:
    """One unknown fact and the needs that it would decide, if it is good and if it is bad.

    ``who`` would know it, as :func:`~sharedcare.flows.why.who_knows.who_knows` tells them.
    """

    fact: Fact
    if_good: tuple[str, ...]
    if_bad: tuple[str, ...]
    weight: Fraction
    who: tuple[tuple[str, str], ...] = ()

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
    judge.remember_best(open_needs)
    touched = _touched(judge, open_needs)
    asked = [_asking(judge, fact, touched[fact]) for fact in _tried(landscape, touched)]
    worth = [asking for asking in asked if asking.decides]
    return tuple(sorted(worth, key=lambda a: (-a.weight, -len(a.decides), a.fact)))


def _touched(judge: Judge, open_needs: Iterable[str]) -> dict[Fact, list[str]]:
    """For each unknown fact, in order, the undetermined needs that it bears on."""
    found: dict[Fact, list[str]] = {}
    for need_id in open_needs:
        for fact in bearing(judge, need_id):
            found.setdefault(fact, []).append(need_id)
    return {fact: found[fact] for fact in sorted(found)}


def _tried(landscape: Landscape, touched: Mapping[Fact, list[str]]) -> list[Fact]:
    """The facts that are tried: all of them, or those that bear on most weight."""
    most = min(MAX_FACTS, MAX_FLOWS // (len(landscape.flows) + 1))
    return sorted(touched, key=lambda fact: (-_weight(landscape, touched[fact]), fact))[:most]


def _asking(judge: Judge, fact: Fact, needs: list[str]) -> Asking:
    if_good = _decided(judge, fact, True, needs)
    if_bad = _decided(judge, fact, False, [n for n in needs if _may_stop(judge, fact, n)])
    weight = _weight(judge.landscape, if_good) + _weight(judge.landscape, if_bad)
    return Asking(fact, if_good, if_bad, weight, who_knows(judge.landscape, fact))


def _may_stop(judge: Judge, fact: Fact, need_id: str) -> bool:
    """Whether a need could fare worse at best if a fact turned out badly.

    What is said of a flow, a use or a holding matters only to the best routes that rest on it:
    where none does, they stay, and so does what the need gets at best.
    """
    if fact.kind == "agreements" or fact.key.endswith(("lifecycle", "authoritative")):
        return True
    content = range(len(judge.landscape.needs[need_id].content))
    arrived = [judge.arrived.get((need_id, position)) for position in content]
    return any(
        item is None or any(way and _rests_on(judge, way, fact) for way in item.values())
        for item in arrived
    )


def _rests_on(judge: Judge, arrival: Arrival, fact: Fact) -> bool:
    hops = judge.best.network.hops
    return fact in arrival.stored.facts or any(
        fact in hops[position].facts for position in hops_of(arrival)
    )


def _decided(judge: Judge, fact: Fact, is_good: bool, needs: list[str]) -> tuple[str, ...]:
    settled = judge.knowing({fact: is_good})
    cases = settled.cases(needs)
    extents = {need: settled.extent(need, cases[need]) for need in needs}
    return tuple(need for need in needs if extents[need].verdict is not Verdict.UNDETERMINED)


def _weight(landscape: Landscape, needs: Iterable[str]) -> Fraction:
    return sum((landscape.needs[need].weight for need in needs), Fraction(0))
