"""The nearest miss: the route that would serve if the fewest families of condition gave way."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sharedcare.errors import LimitReached
from sharedcare.flows.diagnosis import NEAREST_FIRST
from sharedcare.flows.evaluation import Arrival, Evaluation
from sharedcare.flows.judging import Judge, Shares
from sharedcare.flows.search import Spent
from sharedcare.flows.verdict import Step
from sharedcare.flows.why.faults import Faults, SourceFaults, in_order
from sharedcare.flows.why.least_broken import Ahead, LeastBroken, Leg, breaks_ahead
from sharedcare.flows.why.relaxations import Families, Relaxations, relaxations
from sharedcare.flows.why.retrial import ANYTHING, Retrial, Tried, kinds_of
from sharedcare.flows.why.upstream import Upstream
from sharedcare.flows.why.which_run import Explaining, explaining
from sharedcare.flows.witness import cover_of, open_figures
from sharedcare.vocabulary import FAMILY_OF, Family, Reason

#: Families from what nearly works to what is not there at all: the last are let go of first.
NEAREST = tuple(dict.fromkeys((*(FAMILY_OF[reason] for reason in NEAREST_FIRST), Family.SOURCE)))


@dataclass(frozen=True, slots=True)
class NearestMiss:
    """The route that breaks least, of one source's part, with a minimal set of families let go.

    ``position`` is that of the item in the need. ``path`` has the figures as they are, not as they
    would be; at best, where its steps name them as open. ``broken`` has for each step the reasons
    for which it fails there, in order of the vocabulary, none where nothing is wrong. ``let_go``
    are exactly the families of these reasons; none of them can be left out.
    """

    position: int
    category: str
    source: str
    path: tuple[Step, ...]
    broken: tuple[tuple[Reason, ...], ...]
    let_go: frozenset[Family]


def nearest_misses(
    judge: Judge, need_id: str, relaxed: Relaxations | None = None
) -> tuple[NearestMiss, ...]:
    """Find the nearest miss of each source, of each item, of which nothing arrives.

    ``relaxed`` spares working out again with which families the need would be met. None is given of
    a source of which nothing would arrive whatever families gave way, or of which that could not be
    proven.
    """
    told = explaining(judge, need_id)
    if told.shown is None:
        return ()
    sets = (relaxed or relaxations(judge, need_id)).sets
    spent = Spent()
    worst = judge.worst if told.at_best else None
    items = (_Misses(told, worst, shares, sets, spent) for shares in told.shown.items)
    return tuple(miss for item in items for miss in item.found())


class _Misses:
    """Finds the nearest misses of one item."""

    def __init__(
        self,
        told: Explaining,
        worst: Evaluation | None,
        shares: Shares,
        sets: Iterable[Families],
        spent: Spent,
    ) -> None:
        self.told, self.shares, self.asker, self.sets = told, shares, shares.asker, tuple(sets)
        self.worst = worst
        self.retrial = Retrial(told.diagnosis, shares, spent)
        clearance = told.run.law_for(self.asker)
        self.faults = Faults(told.run.network, self.asker, shares.down, clearance)
        self.upstream = Upstream(told.diagnosis.relaxed, shares, clearance)
        self._tried: dict[Families, Tried] = {}
        self._ahead: dict[Families, Ahead] = {}

    def found(self) -> Iterator[NearestMiss]:
        """Yield the nearest miss of each source of which nothing arrives, in order of id."""
        missing = [source for source, way in self.shares.arrivals.items() if way is None]
        reasons = self.told.diagnosis.reasons(self.asker, missing, self.shares.down)
        for source in missing:
            let_go = self._let_go(source, reasons.get(source, ()))
            if let_go:
                yield from self._miss(source, let_go)

    def _let_go(self, source: str, reasons: Iterable[Reason]) -> Families | None:
        """The nearest of some minimal sets of families with which a source arrives, if any does.

        They are those within the sets that the whole need hangs on, and the reasons told of it.
        """
        told = frozenset(FAMILY_OF[reason] for reason in reasons if reason in FAMILY_OF)
        with contextlib.suppress(LimitReached):
            for tries in ((*self.sets, told), (frozenset(Family),)):
                enough = [families for families in tries if self._arrival(source, families)]
                if enough:
                    return min((self._shrunk(source, families) for families in enough), key=_order)
        return None

    def _shrunk(self, source: str, families: Families) -> Families:
        """A set without the families that can be left out, the farthest from working first."""
        for family in reversed(NEAREST):
            if family in families and self._arrival(source, families - {family}):
                families -= {family}
        return families

    def _arrival(self, source: str, families: Families) -> Arrival | None:
        """The best arrival of a source; raises LimitReached where it is not known if there is."""
        if families not in self._tried:
            self._tried[families] = self.retrial.tried(families)
        tried = self._tried[families]
        if source not in tried.arrivals and not tried.proven:
            raise LimitReached("too many ways lead there to say what is missing")
        return tried.arrivals.get(source)

    def _miss(self, source: str, let_go: Families) -> Iterator[NearestMiss]:
        kinds = kinds_of(let_go)
        if let_go not in self._ahead:
            self._ahead[let_go] = breaks_ahead(self.faults, self.upstream, kinds)
        faults, ahead = SourceFaults(self.faults, source), self._ahead[let_go]
        search = LeastBroken(faults, self.upstream, kinds, ahead)
        with contextlib.suppress(LimitReached):
            legs = search.route(self.retrial.starts(let_go, source))
            yield NearestMiss(
                position=self.asker.position,
                category=self.asker.item.category,
                source=source,
                path=tuple(self._path(source, legs)),
                broken=tuple(in_order(leg.broken) for leg in legs),
                let_go=let_go,
            )

    def _path(self, source: str, legs: Sequence[Leg]) -> Iterator[Step]:
        """The steps of a route that has legs; at best each names the figures that are open."""
        steps = [self._step(source, leg) for leg in legs]
        if self.worst is None or not legs:
            yield from steps
            return
        runs = self.told.run, self.worst
        hops = tuple(leg.by for leg in legs if leg.by is not None)
        held = [run.network.stored(steps[0].place, self.asker.item) or ANYTHING for run in runs]
        open_ = open_figures(runs, self.asker, source, hops, (held[0], held[1]))
        for step, names in zip(steps, open_, strict=True):
            yield replace(step, open=names)

    def _step(self, source: str, leg: Leg) -> Step:
        run, label = self.told.run, leg.label
        return Step(
            place=label.place,
            flow=None if leg.by is None else run.network.hops[leg.by].flow,
            age=label.age,
            wait=label.wait,
            form=label.form,
            reach=Fraction(1 - leg.lack),
            rekeys=label.rekeys,
            cover=None if leg.by is None else cover_of(run, self.asker, source, leg.by),
        )


def _order(families: Families) -> tuple[int, list[int]]:
    """Few families first, then those nearest to working."""
    return len(families), sorted(map(NEAREST.index, families))
