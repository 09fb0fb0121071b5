"""Everything that explains the verdict on one need, in one object.

An unmet or partly met need is explained as it is with every unknown at its best, since even then it
fails; an undetermined one as it is at worst, and by what would decide it.
"""

from dataclasses import dataclass

from sharedcare.errors import NotFoundError
from sharedcare.flows.judging import Judge
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import NeedVerdict
from sharedcare.flows.why.deciding import Deciding, deciding, who_knows
from sharedcare.flows.why.frontier import Frontier, frontiers
from sharedcare.flows.why.lacking import Lacking, lacking
from sharedcare.flows.why.nearest import NearestMiss, nearest_misses
from sharedcare.flows.why.relaxations import Relaxations, relaxations
from sharedcare.flows.why.robustness import Robustness, robustness
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Knower:
    """Who would know one fact: (map, id) of an organisation, or (owner or supplier, words)."""

    fact: Fact
    who: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict on one need, and why.

    ``robustness`` says how sturdy what arrives is; it is None for a need that is unmet.
    ``relaxations``, ``frontiers``, ``nearest`` and ``lacking`` say what keeps it from being met,
    and are empty for a need that is; ``deciding`` and ``knowers`` say what would decide one that is
    undetermined. Where the verdict is not proven, nothing but the verdict stands here.
    """

    verdict: NeedVerdict
    robustness: Robustness | None = None
    relaxations: Relaxations | None = None
    frontiers: tuple[Frontier, ...] = ()
    nearest: tuple[NearestMiss, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    deciding: Deciding | None = None
    knowers: tuple[Knower, ...] = ()


def explain(landscape: Landscape, need_id: str) -> Explanation:
    """Judge one need and explain its verdict; raises NotFoundError if there is no such need."""
    if need_id not in landscape.needs:
        hint = did_you_mean(need_id, landscape.needs)
        raise NotFoundError(f"there is no need {need_id}{hint}")
    return explained(Judge(landscape), need_id)


def explained(judge: Judge, need_id: str) -> Explanation:
    """Explain a need that is there; who explains many of one landscape makes one judge."""
    (verdict,) = judge.judge([need_id]).needs
    if not verdict.proven:
        return Explanation(verdict)
    if verdict.verdict is Verdict.MET:
        return Explanation(verdict, robustness=robustness(judge, need_id))
    decided = deciding(judge, need_id) if verdict.verdict is Verdict.UNDETERMINED else None
    relaxed = relaxations(judge, need_id)
    return Explanation(
        verdict=verdict,
        robustness=None if verdict.high is Verdict.UNMET else robustness(judge, need_id),
        relaxations=relaxed,
        frontiers=frontiers(judge, need_id),
        nearest=nearest_misses(judge, need_id, relaxed),
        lacking=lacking(judge, need_id),
        deciding=decided,
        knowers=_knowers(judge.landscape, decided) if decided else (),
    )


def _knowers(landscape: Landscape, decided: Deciding) -> tuple[Knower, ...]:
    """Who would know each fact of the sets that decide, in order of the facts."""
    sets = (*decided.if_good, *decided.if_bad)
    facts = sorted({fact for facts in sets for fact in facts})
    return tuple(Knower(fact, who_knows(landscape, fact)) for fact in facts)
