"""The network as it would be if some kinds of condition gave way.

What a search needs to try that: the hops that break nothing else, who is cleared when some reasons
of refusal no longer count, and where anything could come at all. Worked out once for all items that
ask for it.
"""

import itertools
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.flows.layout import SHOWN, STORED, Arc, Carriage
from sharedcare.flows.network import Network, Passage
from sharedcare.flows.search import Limits
from sharedcare.flows.taking import ENDLESS
from sharedcare.vocabulary import Reason

Kinds = frozenset[Reason]
NOTHING: Kinds = frozenset()
CARRIED: Kinds = frozenset({Reason.NO_CARRY})

#: Kinds that a hop breaks by itself, whoever asks.
OF_HOPS: Kinds = frozenset({Reason.NO_CARRY, Reason.NOT_LIVE, Reason.IDENTITY, Reason.REACH})

#: Kinds without which something may be where nothing is brought to, or done with it more than can.
ANYWHERE: Kinds = frozenset({Reason.NO_SOURCE, Reason.NO_CARRY, Reason.MODE})

#: Kinds of refusal to pass information on.
OF_LAW: Kinds = frozenset(
    {Reason.NO_AGREEMENT, Reason.PURPOSE, Reason.EXPIRED, Reason.LAWFUL_BASIS}
)


@dataclass
class Relaxed:
    """One network, with kinds of condition let go as each trial asks."""

    network: Network
    _hops: dict[tuple[str, str, bool, bool], list[tuple[Passage, Kinds]]] = field(
        default_factory=dict
    )
    _uncarried: dict[tuple[int, bool, bool], Passage] = field(default_factory=dict)
    _reachable: dict[tuple[str, Kinds, frozenset[str]], frozenset[str]] = field(
        default_factory=dict
    )

    def passages(
        self, category: str, let_go: Kinds, place: str, keeps_shares: bool = False
    ) -> list[Passage]:
        """The hops into a place that break no other conditions than those let go.

        Unless it ``keeps_shares``, every hop serves everybody.
        """
        any_mode = Reason.MODE in let_go
        hops = self._hops_into(category, place, any_mode, keeps_shares)
        found = [hop for hop, broken in hops if broken <= let_go]
        if let_go & ANYWHERE:
            return found
        carriage = self.network.layout.carriage(category)
        return [hop for hop in found if carriage.phase(hop.from_) >= hop.asks]

    def _hops_into(
        self, category: str, place: str, any_mode: bool, keeps_shares: bool
    ) -> list[tuple[Passage, Kinds]]:
        """All hops into a place, each with the kinds of condition that it breaks by itself."""
        key = (category, place, any_mode, keeps_shares)
        known = self._hops.get(key)
        if known is None:
            carriage = self.network.layout.carriage(category)
            known = self._hops[key] = [
                (
                    self._passage(arc, carriage, any_mode, keeps_shares),
                    self._broken_by(arc, carriage),
                )
                for arc in self.network.layout.into.get(place, ())
                if not self._is_refused(arc)
            ]
        return known

    def _passage(self, arc: Arc, carriage: Carriage, any_mode: bool, keeps_shares: bool) -> Passage:
        """A hop without regard to its mode, or to how many people it serves."""
        if carriage.carries(arc.position):
            return _bare(self.network.passage(arc, carriage.names), any_mode, keeps_shares)
        key = (arc.position, any_mode, keeps_shares)
        if key not in self._uncarried:
            self._uncarried[key] = _bare(self.network.passage(arc, ()), any_mode, keeps_shares)
        return self._uncarried[key]

    def _is_refused(self, arc: Arc) -> bool:
        """Whether it is a use of a system to which nobody is let in."""
        hop = self.network.hops[arc.position]
        return hop.flow is None and not hop.live

    def _broken_by(self, arc: Arc, carriage: Carriage) -> Kinds:
        broken = self.broken[arc.position]
        return broken if carriage.carries(arc.position) else broken | CARRIED

    @cached_property
    def broken(self) -> list[Kinds]:
        """For each hop the kinds of condition that it breaks, whatever it is to carry."""
        return [
            frozenset(
                kind
                for kind, is_kept in (
                    (Reason.NOT_LIVE, hop.live),
                    (Reason.IDENTITY, hop.identity),
                    (Reason.REACH, hop.lack != 1),
                )
                if not is_kept
            )
            for hop in self.network.hops
        ]

    def reachable(self, category: str, let_go: Kinds, starts: frozenset[str]) -> frozenset[str]:
        """The places to which something may come from some starts, breaking no other kinds."""
        key = (category, let_go & OF_HOPS, starts)
        known = self._reachable.get(key)
        if known is None:
            known = self._reachable[key] = self._reached(*key)
        return known

    def _reached(self, category: str, let_go: Kinds, starts: frozenset[str]) -> frozenset[str]:
        carriage = self.network.layout.carriage(category)
        found, waiting = set(starts), list(starts)
        while waiting:
            for arc in self.network.layout.out.get(waiting.pop(), ()):
                if arc.to not in found and self._broken_by(arc, carriage) <= let_go:
                    found.add(arc.to)
                    waiting.append(arc.to)
        return frozenset(found)

    @cached_property
    def present(self) -> Kinds:
        """The kinds that some hop, some system or some agreement breaks, whoever asks."""
        faults = (
            self.network.law.faults(*named) for named in self.network.landscape.agreements.items()
        )
        return frozenset(itertools.chain(*self.broken, *faults))


def _bare(hop: Passage, any_mode: bool, keeps_shares: bool) -> Passage:
    """A hop perhaps without regard to how many people it serves, and to its mode."""
    bare = hop if keeps_shares else hop._replace(lack=0)
    return bare._replace(asks=SHOWN, leaves=STORED) if any_mode else bare


def relaxed_limits(limits: Limits, let_go: Kinds) -> Limits:
    """Limits without those that are let go."""
    return Limits(
        min_form=0 if Reason.FORM in let_go else limits.min_form,
        max_age=ENDLESS if Reason.AGE in let_go else limits.max_age,
        max_wait=ENDLESS if Reason.WAIT in let_go else limits.max_wait,
        max_rekeys=ENDLESS if Reason.REKEY in let_go else limits.max_rekeys,
        lookback=None if Reason.HISTORY in let_go else limits.lookback,
        events=None if Reason.CAPACITY in let_go else limits.events,
    )
