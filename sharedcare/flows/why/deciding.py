"""What would decide a need that is not known: the smallest sets of facts, both ways.

A set decides if the verdict is known once every fact of it turns out well (or every one badly),
whatever the other facts are. To know more never widens what a verdict lies between, so a set that
decides still does so with more facts in it, and all that decide lead to one verdict: that where
every fact turns out that way. Looked for are the sets of which nothing can be left out.
"""

from dataclasses import dataclass
from functools import partial

from sharedcare.flows.judging import Extent, Judge
from sharedcare.flows.taking import Fact
from sharedcare.flows.why.bearing import bearing
from sharedcare.flows.why.minimal import MinimalSets
from sharedcare.flows.why.who_knows import who_knows
from sharedcare.vocabulary import Verdict

__all__ = ["Deciding", "deciding", "who_knows"]

FactSet = frozenset[Fact]


@dataclass(frozen=True, slots=True)
class Deciding:
    """The smallest sets of facts that decide a need, smallest first, then in order of the facts.

    If every fact of any one set of ``if_good`` turns out well, the verdict is ``to_good``; if every
    fact of any one set of ``if_bad`` turns out badly, it is ``to_bad``. Both are empty where the
    verdict is known already. ``complete`` says that these are all the minimal sets; where it is
    false a limit was reached (see :mod:`sharedcare.flows.why.minimal`): those given are minimal and
    the smallest, and there may be more.
    """

    need: str
    verdict: Verdict
    if_good: tuple[FactSet, ...]
    if_bad: tuple[FactSet, ...]
    to_good: Verdict
    to_bad: Verdict
    complete: bool


def deciding(judge: Judge, need_id: str) -> Deciding:
    """Find the smallest sets of facts that would decide a need, for the better and the worse."""
    now = _extent(judge, need_id, is_good=True, facts=frozenset())
    if now.verdict is not Verdict.UNDETERMINED:
        return Deciding(need_id, now.verdict, (), (), now.verdict, now.verdict, complete=True)
    universe = sorted(bearing(judge, need_id))
    (if_good, to_good, all_good), (if_bad, to_bad, all_bad) = (
        _one_way(judge, need_id, universe, is_good) for is_good in (True, False)
    )
    complete = all_good and all_bad
    return Deciding(need_id, now.verdict, if_good, if_bad, to_good, to_bad, complete)


def _one_way(
    judge: Judge, need_id: str, universe: list[Fact], is_good: bool
) -> tuple[tuple[FactSet, ...], Verdict, bool]:
    """The minimal sets one way, the verdict to which they lead, and whether these are all."""
    extent = partial(_extent, judge, need_id, is_good)
    last = extent(frozenset(universe))
    sets = MinimalSets(universe, lambda facts: extent(facts).verdict is not Verdict.UNDETERMINED)
    found = sorted(sets.found(), key=lambda facts: (len(facts), sorted(facts)))
    return tuple(found), last.verdict, sets.complete and last.proven


def _extent(judge: Judge, need_id: str, is_good: bool, facts: FactSet) -> Extent:
    """Between which verdicts a need lies if some facts all turn out well, or all badly."""
    settled = judge.knowing(dict.fromkeys(facts, is_good))
    return settled.extent(need_id, settled.cases([need_id])[need_id])
