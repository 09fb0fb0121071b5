"""One item of a need judged again, with whole families of conditions let go.

The search is that of the verdict, over the same network and with the same figures; so what is said
of a need that is not met cannot drift from why it is not. What letting go of a family means is
written in ``docs/verdicts.md``, under *what would have to give way*.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from sharedcare.errors import LimitReached
from sharedcare.flows.coverage import coverage
from sharedcare.flows.diagnosis import Diagnosis
from sharedcare.flows.evaluation import (
    Arrival,
    Asked,
    Starts,
    best_arrival,
    ends_of,
    starts_of,
)
from sharedcare.flows.hops import AS_HELD, CERTAIN
from sharedcare.flows.judging import Shares
from sharedcare.flows.network import Stored
from sharedcare.flows.relaxed import OF_LAW, Kinds, relaxed_limits
from sharedcare.flows.search import Conditions, Limits, Search, Spent, WayOn
from sharedcare.flows.sources import SourceSet, Start
from sharedcare.vocabulary import FAMILY_OF, Family, Reason, Use

#: What is said to be held where letting go of *source* lets a route start: anything, afresh.
ANYTHING = Stored(form=AS_HELD, age=0, lack=0, history=None, age_said=True, facts=CERTAIN)


def kinds_of(families: Iterable[Family]) -> Kinds:
    """The reasons that belong to some families."""
    chosen = frozenset(families)
    return frozenset(reason for reason, family in FAMILY_OF.items() if family in chosen)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one trial: the arrivals found, and whether there can be no better ones."""

    arrivals: Mapping[str, Arrival]
    whole: Fraction
    proven: bool


class Retrial:
    """Tries one item again and again, each time with other families let go."""

    def __init__(self, diagnosis: Diagnosis, shares: Shares, spent: Spent) -> None:
        self.diagnosis, self.network, self.spent = diagnosis, diagnosis.network, spent
        self.shares, self.asker = shares, shares.asker
        self.limits = Limits.of(self.asker.need, self.asker.item)

    def tried(self, families: frozenset[Family]) -> Tried:
        """Search again with some families let go."""
        let_go = kinds_of(families)
        asker = self._asker(let_go)
        bit = self.diagnosis.clearance(asker, let_go & OF_LAW).bit
        starts = self._starts(asker, let_go)
        places = frozenset(place for of_source in starts.values() for place, _ in of_source)
        conditions = self._conditions(asker, let_go, places)
        ways, proven = self._ways(conditions, let_go, places, sum(bit[key] for key in starts))
        found = {
            source: best_arrival(of_source, ways, bit[source], conditions.limits)
            for source, of_source in starts.items()
        }
        arrivals = {source: arrival for source, arrival in found.items() if arrival}
        return Tried(arrivals, self._whole(arrivals), proven)

    def starts(self, families: frozenset[Family], source: str) -> Starts:
        """Where the routes of a source may start with some families let go."""
        let_go = kinds_of(families)
        return self._starts(self._asker(let_go), let_go).get(source, ())

    def _whole(self, arrivals: Mapping[str, Arrival]) -> Fraction:
        """The coverage of the item; where nobody holds it one organisation is enough."""
        reach = {source: arrival.reach for source, arrival in arrivals.items()}
        if not self.shares.sources:
            return max(reach.values(), default=Fraction(0))
        nothing = dict.fromkeys(self.shares.sources, Fraction(0))
        return coverage(self.network.landscape, self.asker.item, nothing | reach)

    def _ways(
        self, conditions: Conditions, let_go: Kinds, places: frozenset[str], wanted: int
    ) -> tuple[dict[str, list[WayOn]], bool]:
        """The ways on from the places where routes start, and whether these are all."""
        ways: dict[str, list[WayOn]] = {place: [] for place in places}
        ends = ends_of(self.network, self.asker.need, conditions, wanted)
        if Reason.REACH in let_go:
            ends = (end._replace(lack=0) for end in ends)
        try:
            for way in Search(conditions, places).ways_on(ends, self.spent):
                if way.place in places:
                    ways[way.place].append(way)
        except LimitReached:
            return ways, False
        return ways, True

    def _conditions(self, asker: Asked, let_go: Kinds, starts: frozenset[str]) -> Conditions:
        relaxed, category = self.diagnosis.relaxed, asker.item.category
        keeps_shares = Reason.REACH not in let_go
        return Conditions(
            limits=relaxed_limits(self.limits, let_go),
            use=Use.VIEW if Reason.MODE in let_go else asker.need.use,
            down=self._down(let_go),
            passages=partial(relaxed.passages, category, let_go, keeps_shares=keeps_shares),
            cleared=self.diagnosis.clearance(asker, let_go & OF_LAW).bits,
            comes_to=relaxed.reachable(category, let_go, starts).__contains__,
            reaches_people=keeps_shares,
        )

    def _down(self, let_go: Kinds) -> frozenset[str]:
        return frozenset() if Reason.NOT_LIVE in let_go else self.shares.down

    def _asker(self, let_go: Kinds) -> Asked:
        """The item with those of whom it is asked when some kinds are let go."""
        starts = self.asker.sources.starts
        if not starts and Reason.NO_SOURCE in let_go:
            return self._of_anybody
        return self._with_idle_systems if Reason.NOT_LIVE in let_go and starts else self.asker

    @cached_property
    def _of_anybody(self) -> Asked:
        """The item asked of every organisation that has a system, since nobody holds it."""
        return replace(self.asker, sources=SourceSet(dict.fromkeys(sorted(self._systems), ())))

    @cached_property
    def _with_idle_systems(self) -> Asked:
        """The item, with what its sources hold in systems that are not in use."""
        starts = {
            source: (*found, *self._idle(source, {start.system for start in found}))
            for source, found in self.asker.sources.starts.items()
        }
        return replace(self.asker, sources=SourceSet(starts))

    def _idle(self, source: str, known: set[str]) -> Iterator[Start]:
        holdings = {
            held.system_id: held.category
            for held in self.network.layout.finder.holdings(self.asker.item.category)
        }
        for system in self._systems.get(source, ()):
            if system in holdings and system in self.shares.down and system not in known:
                yield Start(system, holdings[system])

    @cached_property
    def _systems(self) -> dict[str, list[str]]:
        """The systems of each organisation, in order of id."""
        found: dict[str, list[str]] = {}
        for system_id, system in sorted(self.network.landscape.systems.items()):
            if system.organisation is not None:
                found.setdefault(system.organisation, []).append(system_id)
        return found

    def _starts(self, asker: Asked, let_go: Kinds) -> dict[str, Starts]:
        """Where the routes of each source may start when some kinds are let go."""
        conditions = self._conditions(asker, let_go, frozenset())
        found = starts_of(self.network, asker, asker.sources.starts, conditions)
        if Reason.NO_SOURCE in let_go:
            found |= {
                source: (*found.get(source, ()), *self._anything(source, conditions.down))
                for source in asker.sources.starts
                if not self._holds_in_use(source)
            }
        if Reason.REACH in let_go:
            found = {source: tuple(_whole(starts)) for source, starts in found.items()}
        return {source: starts for source, starts in found.items() if starts}

    def _holds_in_use(self, source: str) -> bool:
        starts = self.asker.sources.starts.get(source, ())
        return any(start.system not in self.shares.down for start in starts)

    def _anything(self, source: str, down: frozenset[str]) -> Starts:
        systems = self._systems.get(source, ())
        return tuple((system, ANYTHING) for system in systems if system not in down)


def _whole(starts: Starts) -> Iterator[tuple[str, Stored]]:
    """Starts as if each held what it holds of everybody."""
    for place, stored in starts:
        yield place, replace(stored, lack=0) if stored.lack else stored
