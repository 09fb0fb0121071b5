"""How sturdy a need is: the room left to each limit, the weakest hop, what hangs on one system.

What is asked is what would have to go wrong for the need to be met no longer. An item that arrives
alike however the unknown turns out is looked at as it is at worst, so that its figures hold in any
case; another as it is at best, and is marked so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.flows.coverage import rank
from sharedcare.flows.judging import Case, Extent, Judge
from sharedcare.flows.verdict import ItemVerdict, NeedVerdict, Step
from sharedcare.flows.why.disjoint import RouteCount, SourceRoutes, source_routes
from sharedcare.flows.why.slacks import Limit, Slack, WeakestHop, Witness, slacks, weakest_hop
from sharedcare.flows.why.which_run import verdict_of
from sharedcare.flows.witness import steps, tightest
from sharedcare.vocabulary import Verdict

__all__ = [
    "ItemRobustness",
    "Limit",
    "Robustness",
    "RouteCount",
    "SinglePoint",
    "Slack",
    "SourceRoutes",
    "WeakestHop",
    "robustness",
]


@dataclass(frozen=True, slots=True)
class ItemRobustness:
    """How sturdy one item is; ``path`` is the route of the source with the least room left.

    ``sure`` says that all figures hold even with every unknown at its worst. ``slacks`` has one
    entry for each limit that is set. Without a route ``path``, ``slacks`` and ``routes`` are empty.
    """

    category: str
    required: bool
    source: str | None
    sure: bool
    path: tuple[Step, ...]
    slacks: tuple[Slack, ...]
    weakest_hop: WeakestHop | None
    routes: tuple[SourceRoutes, ...]


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """One thing whose loss alone makes the verdict worse; ``kind`` is the map of the profile.

    ``low_after`` and ``high_after`` are what the verdict then is at worst and at best.
    """

    kind: str
    id: str
    verdict_after: Verdict
    low_after: Verdict
    high_after: Verdict


@dataclass(frozen=True, slots=True)
class Robustness:
    """How sturdy the verdict on one need is, and what it takes for granted."""

    need: str
    verdict: Verdict
    items: tuple[ItemRobustness, ...]
    single_points: tuple[SinglePoint, ...]
    assumptions: tuple[str, ...]


def robustness(judge: Judge, need_id: str) -> Robustness:
    """Say how sturdy the verdict on a need is.

    Where too much is unknown to go through it all, there are no items and no single points.
    """
    cases = judge.cases([need_id])[need_id]
    found = judge.verdict(need_id, cases)
    items = (_item(judge, found, position, cases) for position in range(len(found.items)))
    return Robustness(
        need=need_id,
        verdict=found.verdict,
        items=tuple(items) if cases else (),
        single_points=tuple(_single_points(judge, need_id, cases)),
        assumptions=found.assumptions,
    )


def _item(judge: Judge, found: NeedVerdict, position: int, cases: list[Case]) -> ItemRobustness:
    item, need = found.items[position], judge.landscape.needs[found.need]
    sure = item.verdict in (Verdict.MET, Verdict.PARTLY_MET)
    if sure:
        run, chosen = judge.worst, min(cases, key=lambda c: rank(verdict_of(need, c.worst)))
        shares = chosen.worst[position]
    else:
        run, chosen = judge.best, max(cases, key=lambda c: rank(verdict_of(need, c.best)))
        shares = chosen.best[position]
    covered = sorted((source, way) for source, way in shares.arrivals.items() if way)
    tight = tightest(shares.asker, covered)
    if tight is None:
        return _nothing(item)
    path = steps(run, shares.asker, *tight, worst=None if sure else judge.worst)
    witness = Witness(run.network, shares, tight[1], path, at_best=not sure)
    room = slacks(witness)
    routes = (source_routes(run, shares.asker, source, shares.down) for source, _ in covered)
    return ItemRobustness(
        category=item.category,
        required=item.required,
        source=tight[0],
        sure=sure,
        path=path,
        slacks=room,
        weakest_hop=weakest_hop(witness, room),
        routes=tuple(routes),
    )


def _nothing(item: ItemVerdict) -> ItemRobustness:
    """Of an item of which nothing comes there is nothing to say."""
    return ItemRobustness(item.category, item.required, None, False, (), (), None, ())


def _single_points(judge: Judge, need_id: str, cases: list[Case]) -> Iterator[SinglePoint]:
    """Judge again without each system that the verdict could hang on."""
    before = judge.extent(need_id, cases)
    for system in sorted(_leaned_on(judge, need_id, cases)):
        (after,) = judge.without([system], [need_id]).needs
        if _is_worse(Extent(after.low, after.high), before):
            yield SinglePoint("systems", system, after.verdict, after.low, after.high)


def _leaned_on(judge: Judge, need_id: str, cases: list[Case]) -> set[str]:
    """The systems on any witness, and those that decide who is a source: no other one matters."""
    found = {
        way.place
        for case in cases
        for shares in (*case.worst, *case.best)
        for arrival in shares.arrivals.values()
        if arrival
        for way in arrival.ways()
    }
    for item in judge.landscape.needs[need_id].content:
        found.update(held.system_id for held in judge.finder.holdings(item.category))
    return found & judge.landscape.systems.keys()


def _is_worse(after: Extent, before: Extent) -> bool:
    """Whether less can be hoped for than before, or as much can and less is sure."""
    return (rank(after.high), rank(after.low)) < (rank(before.high), rank(before.low))
