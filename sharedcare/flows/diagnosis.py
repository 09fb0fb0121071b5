"""Why a source's information does not arrive: the fewest conditions that would have to give way.

The same search once more, but a hop that breaks conditions may be taken at the price of noting
them. The number of conditions that may be broken grows until something arrives; what was broken
then are the reasons.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sharedcare.flows.evaluation import Asked, ends_at_stakeholder, seconds_of
from sharedcare.flows.network import Network
from sharedcare.flows.taking import ENDLESS, Exact, Time
from sharedcare.vocabulary import Form, Mode, Reason, Use

#: Labels that one step of the search may settle; past it, no more is said than what was found.
MAX_LABELS = 20_000

#: How many conditions at once are tried before everything is let go.
STEPS = (1, 2, 3, len(Reason))

#: Whether what is at a place is stored, was answered, or is only shown.
STORED, PULLED, SHOWN = 0, 1, 2

BIT: dict[Reason, int] = {reason: 1 << position for position, reason in enumerate(Reason)}


#: From what nearly works to what is not there at all; of several sets as small the nearest is told.
_NEAREST_FIRST = (
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


def _weight(broken: int) -> int:
    """How far from working a set of broken conditions is."""
    return sum(at for at, reason in enumerate(_NEAREST_FIRST) if broken & BIT[reason])


class Breach(NamedTuple):
    """One way to be at a place, with the conditions broken so far as bits."""

    broken: int
    age: Time
    wait: Time
    rekeys: int
    dullness: int
    hops: int
    order: int
    place: str
    phase: int
    tainted: bool


@dataclass
class Diagnosis:
    """Looks for reasons in one run of one landscape."""

    network: Network
    into: dict[str, list[int]] = field(init=False)
    out: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.into, self.out = {}, {}
        for position, hop in enumerate(self.network.hops):
            self.into.setdefault(hop.to, []).append(position)
            self.out.setdefault(hop.from_, []).append(position)

    def reasons(self, asker: Asked, source: str, down: frozenset[str]) -> tuple[Reason, ...]:
        """Why ``source``'s part of an item does not arrive, in the order of the vocabulary."""
        starts = list(self._starts(asker, source, down))
        if not starts:
            return (Reason.NO_SOURCE,)
        search = _Relaxed(self, asker, source, down)
        for most in STEPS:
            broken = search.least_broken(starts, most)
            if broken is not None:
                return tuple(reason for reason in Reason if broken & BIT[reason])
        return (Reason.NO_ROUTE,)

    def _starts(self, asker: Asked, source: str, down: frozenset[str]) -> Iterator[Breach]:
        for order, start in enumerate(asker.sources.starts.get(source, ())):
            stored = self.network.stored(start.system, asker.item)
            if stored is None:
                continue
            broken = BIT[Reason.NOT_LIVE] if start.system in down else 0
            broken |= BIT[Reason.REACH] if stored.lack == 1 else 0
            lookback = asker.item.lookback
            if lookback and stored.history is not None and stored.history < lookback.seconds:
                broken |= BIT[Reason.HISTORY]
            told = asker.need.use is not Use.ALERT
            yield Breach(
                broken, stored.age, 0, 0, -stored.form, 0, order, start.system, STORED, not told
            )


class _Relaxed:
    """One relaxed search: one item, one source."""

    def __init__(
        self, diagnosis: Diagnosis, asker: Asked, source: str, down: frozenset[str]
    ) -> None:
        self.diagnosis, self.network = diagnosis, diagnosis.network
        self.asker, self.source, self.down = asker, source, down
        law = self.network.law
        self.good = law.in_force & law.covering(asker.item.category, asker.need.purpose)
        self.carried = self.network.carries_at(asker.item.category)
        self.uses = self._uses()
        self.ends = {self.network.hops[position].from_ for position in self.uses}
        if ends_at_stakeholder(asker.need):
            self.ends.add(asker.need.stakeholder)
        self.towards = self._towards_ends()
        self.breaks_of: dict[int, int] = {}

    def _uses(self) -> list[int]:
        need = self.asker.need
        positions = self.network.uses.get(need.stakeholder, [])
        hops = self.network.hops
        return [found for found in positions if need.at in (None, hops[found].from_)]

    def _towards_ends(self) -> set[str]:
        found, waiting = set(self.ends), sorted(self.ends)
        while waiting:
            for position in self.diagnosis.into.get(waiting.pop(), ()):
                place = self.network.hops[position].from_
                if place not in found:
                    found.add(place)
                    waiting.append(place)
        return found

    def least_broken(self, starts: list[Breach], most: int) -> int | None:
        """The bits broken by the best way in that breaks at most ``most``, None without any."""
        heap = sorted(start for start in starts if start.broken.bit_count() <= most)
        settled: dict[tuple[str, int, bool], list[Breach]] = {}
        found: list[int] = []
        order, count = len(heap), 0
        while heap and count < MAX_LABELS:
            breach = heapq.heappop(heap)
            here = settled.setdefault((breach.place, breach.phase, breach.tainted), [])
            if any(_no_worse(other, breach) for other in here):
                continue
            here.append(breach)
            count += 1
            found += [broken for broken in self._arrives(breach) if broken.bit_count() <= most]
            for position in self.diagnosis.out.get(breach.place, ()):
                following = self._along(breach, position, order)
                if following is not None and following.broken.bit_count() <= most:
                    heapq.heappush(heap, following)
                    order += 1
        return min(found, key=lambda broken: (broken.bit_count(), _weight(broken)), default=None)

    def _along(self, breach: Breach, position: int, order: int) -> Breach | None:
        hop = self.network.hops[position]
        if hop.to not in self.towards:
            return None
        human = breach.place in self.network.humans
        phase = STORED if human else breach.phase
        delivers = hop.mode.delivers
        broken = breach.broken | self._breaks(position)
        if (delivers and phase != STORED) or (phase == SHOWN and hop.flow is not None):
            broken |= BIT[Reason.MODE]
        use = self.asker.need.use
        taints = (use is Use.INGEST and hop.mode is Mode.VIEW) or (
            use is Use.ALERT and not delivers
        )
        stored = delivers or hop.to in self.network.humans
        return Breach(
            broken,
            breach.age + hop.time,
            0 if delivers else breach.wait + hop.time,
            breach.rekeys + hop.rekeys,
            -min(-breach.dullness, self.carried.get(position, int(Form.PROFILED))),
            breach.hops + 1,
            order,
            hop.to,
            STORED if stored else SHOWN if hop.mode is Mode.VIEW else PULLED,
            (breach.tainted and breach.hops > 0 and not human) or taints,
        )

    def _breaks(self, position: int) -> int:
        """The conditions that a hop breaks by itself, as bits."""
        known = self.breaks_of.get(position)
        if known is None:
            known = sum(BIT[reason] for reason in self._broken_by(position))
            self.breaks_of[position] = known
        return known

    def _broken_by(self, position: int) -> Iterator[Reason]:
        hop, need, item = self.network.hops[position], self.asker.need, self.asker.item
        if hop.flow is not None and position not in self.carried:
            yield Reason.NO_CARRY
        if not hop.live or hop.from_ in self.down or hop.to in self.down:
            yield Reason.NOT_LIVE
        if item.lookback and hop.history is not None and hop.history < item.lookback.seconds:
            yield Reason.HISTORY
        events = need.quantity.events
        if events and hop.capacity is not None and hop.capacity < events.per_second:
            yield Reason.CAPACITY
        if not hop.identity:
            yield Reason.IDENTITY
        if hop.lack == 1:
            yield Reason.REACH
        yield from self._unlawful(position)

    def _unlawful(self, position: int) -> Iterator[Reason]:
        law, need = self.network.law, self.asker.need
        crossing = self.network.crossings[position]
        if not law.is_lawful(self.source, crossing, self.good, need.purpose):
            yield law.why_not(self.source, crossing, self.asker.item.category, need.purpose)

    def _arrives(self, breach: Breach) -> Iterator[int]:
        """The bits broken on each way of ending here."""
        if breach.place not in self.ends:
            return
        broken = breach.broken | self._breaks_limits(breach)
        if breach.place == self.asker.need.stakeholder and ends_at_stakeholder(self.asker.need):
            yield broken
        for position in self.uses:
            if self.network.hops[position].from_ == breach.place:
                yield broken | self._breaks(position)

    def _breaks_limits(self, breach: Breach) -> int:
        need, item = self.asker.need, self.asker.item
        most: Exact | float = ENDLESS if need.max_rekeys is None else need.max_rekeys
        broken = {
            Reason.FORM: -breach.dullness < item.min_form,
            Reason.AGE: breach.age > seconds_of(need.max_age),
            Reason.WAIT: breach.wait > seconds_of(need.max_wait),
            Reason.REKEY: breach.rekeys > most,
            Reason.MODE: breach.tainted,
        }
        return sum(BIT[reason] for reason, is_broken in broken.items() if is_broken)


def _no_worse(settled: Breach, breach: Breach) -> bool:
    """Whether a settled way breaks nothing else and is at least as good in everything."""
    return (
        settled.broken & breach.broken == settled.broken
        and settled.age <= breach.age
        and settled.wait <= breach.wait
        and settled.rekeys <= breach.rekeys
        and settled.dullness <= breach.dullness
    )
