"""What is left when something is lost: the needs judged again, without building all again.

Losing something is what deleting it from the profile would be, with every reference to it:

- a system: with the flows that touch it and the uses of it. What a need asks for *at* that system
  it still asks for there, and so gets nowhere;
- an agreement: with its id in the lists of flows. A flow whose list is left empty is covered by
  nothing; where no agreement names two parties any more, their cover is unknown, not absent;
- an identity domain: no two systems match people by it any more. Each system that declares it holds
  a token of its own in its place: a system that declared nothing else then shares nothing, and does
  not become one that declares nothing and is not tested.

Losing can take ways away and, but for the case of the agreements, opens none. So an arrival that
meets nothing lost is the best still, and nothing is searched for again but what it brought down.
"""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.flows.clearance import Clearance
from sharedcare.flows.evaluation import Arrival, Asked, Evaluation
from sharedcare.flows.judging import Case, Extent, Judge, Shares
from sharedcare.flows.law import Law
from sharedcare.flows.network import Network
from sharedcare.landscape import Landscape, System


@dataclass(frozen=True, slots=True)
class Lost:
    """What is gone at once, by id."""

    systems: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()
    identity_domains: frozenset[str] = frozenset()

    def __or__(self, other: "Lost") -> "Lost":
        """Both at once."""
        return Lost(
            self.systems | other.systems,
            self.agreements | other.agreements,
            self.identity_domains | other.identity_domains,
        )

    @property
    def is_of_systems(self) -> bool:
        """Whether nothing but systems is gone."""
        return not self.agreements and not self.identity_domains


@dataclass(frozen=True, slots=True)
class Left:
    """What a need is left with: its extent, and the systems whose loss could change that next.

    ``rests_on`` is None where that may be any system, since too little is proven of the need.
    """

    extent: Extent
    rests_on: frozenset[str] | None

    def may_change_without(self, systems: Collection[str]) -> bool:
        """Whether the loss of some systems may change anything."""
        return self.rests_on is None or not self.rests_on.isdisjoint(systems)


class Aftermath:
    """One landscape, judged whole once; then judged for each loss as far as that can tell."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.judge = Judge(landscape, explain=False)
        self.cases = self.judge.cases(landscape.needs)
        self.whole = {key: self._left(self.judge, key, self.cases[key]) for key in self.cases}

    @cached_property
    def before(self) -> dict[str, Extent]:
        """Between which verdicts each need lies with nothing lost."""
        return {need: left.extent for need, left in self.whole.items()}

    @cached_property
    def resting_on(self) -> dict[str, list[str]]:
        """For each system the needs, in order, that its loss may change."""
        found: dict[str, list[str]] = {key: [] for key in self.landscape.systems}
        for need_id, left in self.whole.items():
            for system in found if left.rests_on is None else left.rests_on:
                found[system].append(need_id)
        return found

    def may_change(self, lost: Lost) -> list[str]:
        """The needs, in the order of the profile, whose verdict a loss may change."""
        hit = {need for system in lost.systems for need in self.resting_on[system]}
        if lost.identity_domains:
            hit |= self.whole.keys()
        elif lost.agreements:
            hit |= {need for need in self.whole if self._is_under(need, lost.agreements)}
        return [need for need in self.whole if need in hit]

    def _is_under(self, need_id: str, agreements: frozenset[str]) -> bool:
        """Whether some agreements name a source of a need: else they say nothing of it."""
        cases = self.cases[need_id]
        return not cases or any(
            _names_a_source(self.judge.best.law_for(shares.asker), agreements)
            for case in cases
            for shares in case.best
        )

    def on_routes(self, need_id: str) -> frozenset[str]:
        """The systems on the routes that were found for a need with nothing lost."""
        places = {
            place
            for case in self.cases[need_id]
            for shares in _required(case)
            for place in _on_ways(shares)
        }
        return frozenset(places & self.landscape.systems.keys())

    def extents(self, lost: Lost, need_ids: Iterable[str]) -> dict[str, Extent]:
        """Judge some needs again without what is lost."""
        judge = self._judge(lost)
        return {key: judge.extent(key, cases) for key, cases in judge.cases(need_ids).items()}

    def left(self, lost: Lost, need_ids: Iterable[str]) -> dict[str, Left]:
        """Judge some needs again without what is lost, and see what they rest on then."""
        judge = self._judge(lost)
        return {key: self._left(judge, key, cases) for key, cases in judge.cases(need_ids).items()}

    def _judge(self, lost: Lost) -> Judge:
        """A judge of what is left, who remembers what arrived before."""
        judge = copy.copy(self.judge)
        judge.lost = lost.systems
        judge.best = _Resumed.after(self.judge.best, lost, self._at_best)
        judge.worst = _Resumed.after(self.judge.worst, lost, self._at_worst)
        return judge

    @cached_property
    def _at_best(self) -> "Remembered":
        return _remembered(case.best for case in self._plain_cases)

    @cached_property
    def _at_worst(self) -> "Remembered":
        return _remembered(case.worst for case in self._plain_cases)

    @property
    def _plain_cases(self) -> Iterator[Case]:
        """The case of each need whose sources are certain and whose search was finished."""
        for need_id, cases in self.cases.items():
            if self.whole[need_id].extent.proven and len(cases) == 1:
                yield cases[0]

    @staticmethod
    def _left(judge: Judge, need_id: str, cases: list[Case]) -> Left:
        extent = judge.extent(need_id, cases)
        if not extent.proven:
            return Left(extent, None)
        found = {
            place
            for case in cases
            for shares in _required(case)
            for place in (*_on_ways(shares), *_choosing_sources(judge, case, shares))
        }
        return Left(extent, frozenset(found & judge.landscape.systems.keys()))


def _required(case: Case) -> Iterator[Shares]:
    """What the required items got, in both runs; the others decide nothing."""
    return (shares for shares in (*case.best, *case.worst) if shares.asker.item.required)


def _on_ways(shares: Shares) -> Iterator[str]:
    for arrival in filter(None, shares.arrivals.values()):
        yield from (way.place for way in arrival.ways())


def _choosing_sources(judge: Judge, case: Case, shares: Shares) -> Iterator[str]:
    """The systems by which it is chosen who is a source, nobody's systems among them."""
    item = shares.asker.item
    if item.from_ is None:
        chosen = judge.finder.chosen(item.category, case.completion, judge.lost)
        yield from (held.system_id for held in chosen)


def _names_a_source(clearance: Clearance, agreements: frozenset[str]) -> bool:
    bits = clearance.network.law.bits(agreements)
    return any(named & bits for named in clearance.by_agreements)


#: What each item got from each of its sources while nothing was lost.
Remembered = Mapping[tuple[str, int], Shares]


def _remembered(found: Iterable[tuple[Shares, ...]]) -> Remembered:
    return {shares.asker.key: shares for of_need in found for shares in of_need}


@dataclass
class _Resumed(Evaluation):
    """A run over what is left; an arrival that meets nothing lost is not searched for again.

    ``newly_unknown`` holds, for each organisation, the agreements (as bits) that were all there
    was between it and another and are lost: their cover is unknown now.
    """

    remembered: Remembered = field(default_factory=dict)
    looks_at_hops: bool = False
    newly_unknown: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def after(cls, run: Evaluation, lost: Lost, remembered: Remembered) -> "_Resumed":
        """Take up a run after a loss."""
        same_law = not lost.agreements
        return cls(
            network_without(run.network, lost),
            _clearances=dict(run._clearances) if lost.is_of_systems else {},
            remembered=remembered,
            looks_at_hops=not lost.is_of_systems,
            newly_unknown={} if same_law else _newly_unknown(run.network.law, lost.agreements),
        )

    def _found(
        self, asker: Asked, sources: Iterable[str], down: frozenset[str]
    ) -> dict[str, Arrival | None]:
        wanted, before = list(sources), self.remembered.get(asker.key)
        if before is None:
            return super()._found(asker, wanted, down)
        kept = {
            source: before.arrivals[source]
            for source in wanted
            if self._is_as_before(asker, source, before, down)
        }
        rest = [source for source in wanted if source not in kept]
        return kept | super()._found(asker, rest, down) if rest else kept

    def _is_as_before(
        self, asker: Asked, source: str, before: Shares, down: frozenset[str]
    ) -> bool:
        """Whether the best arrival from a source is what it was before the loss."""
        starts = asker.sources.starts[source]
        known = before.asker.sources.starts.get(source, ())
        if not set(starts) <= set(known) or self._may_open(asker, source):
            return False
        arrival = before.arrivals[source]
        return arrival is None or self._still_leads(asker, source, arrival, down)

    def _still_leads(
        self, asker: Asked, source: str, arrival: Arrival, down: frozenset[str]
    ) -> bool:
        if any(way.place in down for way in arrival.ways()):
            return False
        if not self.looks_at_hops:
            return True
        clearance = self.law_for(asker)
        bit = clearance.bit[source]
        taken = [way.by for way in arrival.ways() if way.by >= 0]
        return all(self.network.hops[at].works and clearance.bits(at) & bit for at in taken)

    def _may_open(self, asker: Asked, source: str) -> bool:
        """Whether the cover of a hop, refused before, may have become unknown by the loss."""
        if not self.newly_unknown:
            return False
        good = self.law_for(asker).good
        return any(not both & good for both in self.newly_unknown.get(source, ()))


def _newly_unknown(law: Law, lost: frozenset[str]) -> dict[str, frozenset[int]]:
    gone = law.bits(lost)
    named = {key: bits for key, bits in law.naming.items() if bits & gone}
    return {
        source: frozenset(
            both for bits in named.values() if (both := bits & mine) and not both & ~gone
        )
        for source, mine in named.items()
    }


def network_without(network: Network, lost: Lost) -> Network:
    """The network without lost agreements and identity domains; systems are not looked at."""
    if lost.agreements:
        network = network.without_agreements(lost.agreements)
    if lost.identity_domains:
        unmatched = without_domains(network.landscape, lost.identity_domains)
        network = network.matching_as(unmatched)
    return network


def without_domains(landscape: Landscape, domains: Collection[str]) -> Landscape:
    """The landscape where each system holds a token of its own in the place of lost domains."""
    systems = {key: _unmatched(key, system, domains) for key, system in landscape.systems.items()}
    return landscape.model_copy(update={"systems": systems})


def _unmatched(system_id: str, system: System, domains: Collection[str]) -> System:
    declared = system.identity_domains
    if not isinstance(declared, tuple) or not set(declared) & set(domains):
        return system
    # No domain is written with a space, so that no other system holds the token.
    own = tuple(f"{word} of {system_id}" if word in domains else word for word in declared)
    return system.model_copy(update={"identity_domains": own})
