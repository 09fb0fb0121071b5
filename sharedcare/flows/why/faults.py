"""What is wrong with a hop, for one source's part of one item: all of it, not the first thing.

The search for the verdict only asks whether a hop can be taken. Here the same figures are asked one
by one, for whoever has to say why not.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property

from sharedcare.flows.clearance import Clearance
from sharedcare.flows.evaluation import Asked
from sharedcare.flows.hops import AS_HELD, Hop
from sharedcare.flows.layout import Arc, Carriage
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.search import Limits
from sharedcare.flows.taking import Exact, Time
from sharedcare.flows.why.labels import NOTHING, Label, Yardstick, phase_left, start_label
from sharedcare.vocabulary import Form, Reason

Reasons = frozenset[Reason]


@dataclass
class Faults:
    """Finds what is wrong for one item; ``down`` are the systems not in use."""

    network: Network
    asker: Asked
    down: frozenset[str]
    clearance: Clearance
    _of_hops: dict[int, Reasons] = field(default_factory=dict)
    _forms: dict[int, Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        need, item = self.asker.need, self.asker.item
        self.limits = Limits.of(need, item)
        self.yardstick = Yardstick(self.limits, need.use)
        self.carriage: Carriage = self.network.layout.carriage(item.category)

    def of_hop(self, position: int) -> Reasons:
        """What is wrong with a hop whatever comes to it, apart from whose information it is."""
        known = self._of_hops.get(position)
        if known is None:
            known = self._of_hops[position] = self._of_hop(self.network.hops[position], position)
        return known

    def _of_hop(self, hop: Hop, position: int) -> Reasons:
        limits = self.limits
        kept = (
            (Reason.NOT_LIVE, hop.live and hop.from_ not in self.down and hop.to not in self.down),
            (Reason.NO_CARRY, self.carriage.carries(position)),
            (Reason.HISTORY, _is_enough(hop.history, limits.lookback)),
            (Reason.CAPACITY, _is_enough(hop.capacity, limits.events)),
            (Reason.IDENTITY, hop.identity),
            (Reason.REACH, hop.lack != 1),
        )
        return frozenset(reason for reason, is_kept in kept if not is_kept)

    def after(self, label: Label, position: int) -> Label:
        """What becomes of a label by a hop, whether it can be taken or not."""
        hop = self.network.hops[position]
        return Label(
            place=hop.to,
            phase=phase_left(hop.mode),
            moved=True,
            form=min(label.form, self._surviving(hop, position)),
            age=label.age + hop.time,
            wait=0 if hop.delivers else label.wait + hop.time,
            rekeys=label.rekeys + hop.rekeys,
        )

    def _surviving(self, hop: Hop, position: int) -> Form:
        """The form that a hop lets survive; what is not carried stays as it is held."""
        known = self._forms.get(position)
        if known is None:
            form = hop.form_of(self.carriage.names)
            known = self._forms[position] = Form(AS_HELD if form is None else form)
        return known

    def of_start(self, system: str, stored: Stored | None) -> Reasons:
        """What keeps a route from starting where something is held (None: nothing is)."""
        idle = {Reason.NOT_LIVE} if system in self.down else NOTHING
        if stored is None:
            return frozenset({Reason.NO_SOURCE}) | idle
        kept = (
            (Reason.HISTORY, _is_enough(stored.history, self.limits.lookback)),
            (Reason.REACH, stored.lack != 1),
        )
        amiss = frozenset(reason for reason, is_kept in kept if not is_kept)
        return amiss | idle | self.yardstick.spent(start_label(system, stored))

    def is_refused(self, arc: Arc) -> bool:
        """Whether it is a use of a system to which nobody is let in: that is no hop at all."""
        hop = self.network.hops[arc.position]
        return hop.flow is None and not hop.live


@dataclass
class SourceFaults:
    """Finds what is wrong for the part of one source of an item."""

    item: Faults
    source: str

    @cached_property
    def bit(self) -> int:
        """The bit of the source."""
        return self.item.clearance.bit[self.source]

    def of_hop(self, position: int) -> Reasons:
        """What is wrong with a hop whatever comes to it."""
        found = self.item.of_hop(position)
        if self.item.clearance.bits(position) & self.bit:
            return found
        return found | {self._refusal(position)}

    def _refusal(self, position: int) -> Reason:
        """Why it may not be passed on by a hop."""
        network, asker = self.item.network, self.item.asker
        law, crossing = network.law, network.crossings[position]
        named = law.naming[self.source] & law.naming.get(crossing.to_organisation or "", 0)
        listed = named if crossing.agreements is None else named & crossing.agreements
        return law.lack_of_nearest(listed, asker.item.category, asker.need.purpose)

    def taking(self, label: Label, arc: Arc) -> tuple[Label, Reasons]:
        """What becomes of a label by a hop, and all that keeps it from taking it."""
        after = self.item.after(label, arc.position)
        reasons = self.of_hop(arc.position) | self.item.yardstick.spent(after)
        return after, reasons | {Reason.MODE} if label.phase < arc.asks else reasons


@cache
def in_order(reasons: Reasons) -> tuple[Reason, ...]:
    """Reasons in order of the vocabulary."""
    return tuple(reason for reason in Reason if reason in reasons)


def _is_enough(there_is: Time | None, asked: Exact | None) -> bool:
    """Whether there is as much as is asked, where both are said."""
    return there_is is None or asked is None or there_is >= asked
