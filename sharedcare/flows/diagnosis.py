"""Why a source's information does not arrive: the fewest kinds of condition that must give way.

The same search as for the verdict, with whole kinds of condition let go: none else, so that the
reasons cannot drift from the verdicts. Single kinds are tried first. For what still does not arrive
it is seen which kinds are necessary, since nothing arrives with all but that one let go, and only
sets that hold all of these are tried. Of sets as small the nearest to working is told. What flows
carry is taken as given where that can be: that it is not carried is named only where that alone is
the matter, or where nothing else would do.
"""

import contextlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from sharedcare.errors import LimitReached
from sharedcare.flows.clearance import Clearance
from sharedcare.flows.evaluation import Asked, ends_of, starts_of
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.relaxed import (
    CARRIED,
    NOTHING,
    OF_LAW,
    Kinds,
    Relaxed,
    relaxed_limits,
)
from sharedcare.flows.search import Conditions, Limits, Search, Spent
from sharedcare.flows.taking import ENDLESS
from sharedcare.vocabulary import Reason, Use

#: Searches for one group of sources of one item; past it, a set is given that is small, and from
#: which no kind can be left out, but of which it is not known that it is the smallest.
MAX_TRIALS = 200

#: From what nearly works to what is not there at all; of several sets as small the nearest is told.
NEAREST_FIRST = (
    Reason.REACH,
    Reason.AGE,
    Reason.WAIT,
    Reason.FORM,
    Reason.HISTORY,
    Reason.REKEY,
    Reason.CAPACITY,
    Reason.LAWFUL_BASIS,
    Reason.EXPIRED,
    Reason.PURPOSE,
    Reason.NO_AGREEMENT,
    Reason.IDENTITY,
    Reason.NOT_LIVE,
    Reason.MODE,
    Reason.NO_CARRY,
)


def nearest_first(kinds: Kinds) -> list[Reason]:
    """Kinds in order of how far they are from working."""
    return [reason for reason in NEAREST_FIRST if reason in kinds]


def _distance(kinds: Iterable[Reason]) -> int:
    """How far from working it is where some kinds of condition are broken."""
    return sum(NEAREST_FIRST.index(kind) for kind in kinds)


@dataclass
class Diagnosis:
    """Looks for reasons in one run of one landscape."""

    network: Network
    relaxed: Relaxed = field(init=False)
    _clearances: dict[tuple[object, ...], Clearance] = field(default_factory=dict)
    _reasons: dict[tuple[object, ...], dict[str, tuple[Reason, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relaxed = Relaxed(self.network)

    def reasons(
        self, asker: Asked, sources: Iterable[str], down: frozenset[str]
    ) -> dict[str, tuple[Reason, ...]]:
        """Why the parts of some sources of an item do not arrive, in order of the vocabulary.

        A source of which no reason can be proven is left out.
        """
        key = (asker.key, tuple(asker.sources.starts.items()), tuple(sources), down)
        known = self._reasons.get(key)
        if known is None:
            known = self._reasons[key] = self._worked_out(asker, key[2], down)
        return known

    def _worked_out(
        self, asker: Asked, sources: tuple[str, ...], down: frozenset[str]
    ) -> dict[str, tuple[Reason, ...]]:
        holding = {source for source in sources if asker.sources.starts[source]}
        nothing: tuple[Reason, ...] = (Reason.NO_SOURCE,)
        found = dict.fromkeys((source for source in sources if source not in holding), nothing)
        with contextlib.suppress(LimitReached):
            found |= _Trials(self, asker, down).reasons(holding)
        return found

    def clearance(self, asker: Asked, let_go: Kinds = NOTHING) -> Clearance:
        """Who is cleared for what, when some reasons of refusal have given way."""
        key = (asker.item.category, asker.need.purpose, tuple(asker.sources.starts), let_go)
        known = self._clearances.get(key)
        if known is None:
            known = self._clearances[key] = Clearance(self.network, *key)
        return known


class _Trials:
    """Searches for one item, with one set of kinds after the other let go."""

    def __init__(self, diagnosis: Diagnosis, asker: Asked, down: frozenset[str]) -> None:
        self.diagnosis, self.network = diagnosis, diagnosis.network
        self.asker, self.down, self.spent = asker, down, Spent()
        self.limits = Limits.of(asker.need, asker.item)
        self.bit = diagnosis.clearance(asker).bit
        self.starts = frozenset(
            start.system for places in asker.sources.starts.values() for start in places
        )

    def reasons(self, sources: set[str]) -> dict[str, tuple[Reason, ...]]:
        """The reasons of each of some sources that hold something."""
        carried = self.kinds - CARRIED
        singles = [frozenset({kind}) for kind in nearest_first(carried)]
        found = self._first(sources, [*singles, CARRIED])
        rest = sources - found.keys()
        found |= self._fewest(self._arriving(rest, carried), carried)
        reached = self._arriving(sources - found.keys(), self.kinds)
        found |= self._first(reached, [CARRIED | single for single in singles])
        found |= self._fewest(reached - found.keys(), self.kinds)
        nowhere = dict.fromkeys(sources - found.keys(), frozenset({Reason.NO_ROUTE}))
        return {
            source: tuple(reason for reason in Reason if reason in kinds)
            for source, kinds in (found | nowhere).items()
        }

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of condition that could be what keeps this item out."""
        limits = self.limits
        stated = {
            Reason.FORM: limits.min_form > 0,
            Reason.HISTORY: limits.lookback is not None,
            Reason.CAPACITY: limits.events is not None,
            Reason.AGE: limits.max_age != ENDLESS,
            Reason.WAIT: limits.max_wait != ENDLESS,
            Reason.REKEY: limits.max_rekeys != ENDLESS,
            Reason.NOT_LIVE: bool(self.down),
        }
        always = {Reason.NO_CARRY, Reason.NO_AGREEMENT, Reason.PURPOSE, Reason.MODE, Reason.REACH}
        return (
            self.diagnosis.relaxed.present
            | always
            | {kind for kind, said in stated.items() if said}
        )

    def _first(self, sources: set[str], tries: Iterable[Kinds]) -> dict[str, Kinds]:
        """For each source the first of some sets with which it arrives."""
        found: dict[str, Kinds] = {}
        for let_go in tries:
            rest = sources - found.keys()
            if not rest:
                break
            found |= dict.fromkeys(self._arriving(rest, let_go), let_go)
        return found

    def _fewest(self, sources: set[str], universe: Kinds) -> dict[str, Kinds]:
        """The smallest sets, for sources that arrive where the whole universe is let go."""
        groups: dict[Kinds, set[str]] = {}
        for source, needed in self._necessary(sources, universe).items():
            groups.setdefault(needed, set()).add(source)
        found: dict[str, Kinds] = {}
        for needed, group in groups.items():
            tries = itertools.islice(_supersets(needed, universe), MAX_TRIALS)
            found |= self._first(group, tries)
        for source in sources - found.keys():
            found[source] = self._shrunk(source, universe)
        return found

    def _necessary(self, sources: set[str], universe: Kinds) -> dict[str, Kinds]:
        """For each source the kinds without which it does not arrive, whatever else gives way."""
        needed = dict.fromkeys(sources, NOTHING)
        for kind in universe if sources else ():
            for source in sources - self._arriving(sources, universe - {kind}):
                needed[source] |= {kind}
        return needed

    def _shrunk(self, source: str, universe: Kinds) -> Kinds:
        """A set with which a source arrives, and of which nothing can be left out."""
        kept = universe
        for kind in reversed(nearest_first(universe)):
            if self._arriving({source}, kept - {kind}):
                kept -= {kind}
        return kept

    def _arriving(self, sources: set[str], let_go: Kinds) -> set[str]:
        """The sources of which something arrives when some kinds of condition are let go."""
        if not sources:
            return set()
        conditions, bit = self._conditions(let_go), self.bit
        starts = starts_of(self.network, self.asker, sorted(sources), conditions)
        at: dict[str, list[tuple[int, Stored]]] = {}
        for source, places in starts.items():
            for place, stored in places:
                at.setdefault(place, []).append((bit[source], stored))
        wanted, found = sum(bit[source] for source in starts), 0
        ends = ends_of(self.network, self.asker.need, conditions, wanted)
        for way in Search(conditions, at).ways_on(ends, self.spent):
            for source_bit, stored in at.get(way.place, ()):
                if stored.age + way.age <= conditions.limits.max_age:
                    found |= source_bit & way.sources
            if found == wanted:
                break
        return {source for source in starts if bit[source] & found}

    def _conditions(self, let_go: Kinds) -> Conditions:
        relaxed, category = self.diagnosis.relaxed, self.asker.item.category
        reachable = relaxed.reachable(category, let_go, self.starts)
        return Conditions(
            limits=relaxed_limits(self.limits, let_go),
            use=Use.VIEW if Reason.MODE in let_go else self.asker.need.use,
            down=frozenset() if Reason.NOT_LIVE in let_go else self.down,
            passages=partial(relaxed.passages, category, let_go),
            cleared=self.diagnosis.clearance(self.asker, let_go & OF_LAW).bits,
            comes_to=reachable.__contains__,
            reaches_people=Reason.REACH not in let_go,
        )


def _supersets(needed: Kinds, universe: Kinds) -> Iterator[Kinds]:
    """Every set of kinds that holds those needed: small ones first, and of these the nearest."""
    others = nearest_first(universe - needed)
    for size in range(len(others) + 1):
        for added in sorted(itertools.combinations(others, size), key=_distance):
            yield needed | set(added)
