"""Hops: every flow, and every use of a system, with all that is asked of it made plain.

Compiled once for each way of taking what is unknown; what depends on the need (how far back, how
often, which source, which purpose) is kept as a figure to compare with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sharedcare.flows.taking import Exact, Fact, Taking, Time, plain
from sharedcare.landscape import Flow, Landscape, Uses
from sharedcare.landscape.entry import Period
from sharedcare.landscape.flow import Carried
from sharedcare.quantities import Hours, Unknown
from sharedcare.vocabulary import (
    REKEYED_MECHANISMS,
    FlowStatus,
    Form,
    Lifecycle,
    Mode,
    Purpose,
)

#: A carried form that leaves what is held as it is.
AS_HELD = int(Form.PROFILED)

#: Of what rests on nothing unknown.
CERTAIN: frozenset[Fact] = frozenset()


@dataclass(slots=True)
class Hop:
    """One step that information can take, with everything unknown already taken one way.

    ``time`` in seconds adds to age (and to wait where ``mode`` asks and does not deliver).
    ``history`` is None where it is not tested. ``flow`` is None for a use of a system. ``facts``
    are the unknown facts that were come across in it; without any, it is the same however the
    unknown is taken. ``lack`` is the share of people whom it does not reach.
    """

    flow: str | None
    from_: str
    to: str
    mode: Mode
    time: Time
    carries: dict[str, int]
    lack: Exact
    history: Time | None = None
    capacity: Time | None = None
    rekeys: int = 0
    identity: bool = True
    live: bool = True
    direct_care: bool = False
    agreements: tuple[str, ...] | None = None
    access_said: bool = True
    facts: frozenset[Fact] = CERTAIN
    delivers: bool = field(init=False)

    def __post_init__(self) -> None:
        self.delivers = self.mode.delivers

    @property
    def certain(self) -> bool:
        """Whether nothing in it is unknown."""
        return not self.facts

    @property
    def works(self) -> bool:
        """Whether anything can come by it: it is live, matches people and reaches some of them."""
        return self.live and self.identity and self.lack != 1

    def form_of(self, names: Iterable[str]) -> int | None:
        """The form that it lets survive of the first among some ids that it carries, if any."""
        return next((self.carries[name] for name in names if name in self.carries), None)


class Compiler:
    """Makes hops of a landscape, taking what is unknown one way."""

    def __init__(self, landscape: Landscape, taking: Taking) -> None:
        self.landscape = landscape
        self.taking = taking

    def hops(self, twins: Mapping[str, Hop]) -> Iterator[Hop]:
        """Yield every hop: flows by id, then uses by stakeholder; never in the file's order.

        ``twins`` are the flows' hops of another taking; those that are certain are taken over.
        """
        for flow_id in sorted(self.landscape.flows):
            twin = twins.get(flow_id)
            yield twin if twin is not None and twin.certain else self.by_itself(flow_id)
        for stakeholder_id in sorted(self.landscape.stakeholders):
            yield from self.uses(stakeholder_id)

    def by_itself(self, flow_id: str) -> Hop:
        """Compile a flow and see what unknown was come across."""
        alone = self.taking.alone()
        hop = Compiler(self.landscape, alone).flow(flow_id, self.landscape.flows[flow_id])
        return self._resting(hop, alone)

    def uses(self, stakeholder_id: str) -> Iterator[Hop]:
        """Compile the uses of a stakeholder, but not those to which access is refused."""
        stakeholder = self.landscape.stakeholders[stakeholder_id]
        for use in sorted(stakeholder.uses, key=lambda use: use.system):
            if use.access is not False:
                alone = self.taking.alone()
                yield self._resting(Compiler(self.landscape, alone).use(stakeholder_id, use), alone)

    def _resting(self, hop: Hop, alone: Taking) -> Hop:
        """A hop with the unknown facts that were come across in it alone."""
        if alone.met:
            hop.facts = frozenset(alone.met)
            self.taking.met.update(alone.met)
        return hop

    def flow(self, flow_id: str, flow: Flow) -> Hop:
        """Compile one flow."""
        take = self.taking
        share = min(
            take.share(Fact("flows", flow_id, "reach"), flow.reach),
            take.share(Fact("flows", flow_id, "match_rate"), flow.match_rate),
        )
        return Hop(
            flow=flow_id,
            from_=flow.from_,
            to=flow.to,
            mode=flow.mode,
            time=self._time(flow_id, flow),
            carries=self._carries(flow_id, flow),
            lack=_lack(share),
            history=self._history(flow_id, flow),
            capacity=self._capacity(flow_id, flow),
            rekeys=int(self._rekeyed(flow_id, flow)),
            identity=self.identity(flow_id, flow),
            live=self._live(flow_id, flow),
            direct_care=self._direct_care(flow_id, flow),
            agreements=flow.agreements,
        )

    def use(self, stakeholder_id: str, use: Uses) -> Hop:
        """Compile one use of a system; it is not live if access is unknown, at worst."""
        reach = Fact("stakeholders", stakeholder_id, f"uses.{use.system}.reach")
        access = Fact("stakeholders", stakeholder_id, f"uses.{use.system}.access")
        return Hop(
            flow=None,
            from_=use.system,
            to=stakeholder_id,
            mode=Mode.VIEW,
            time=0,
            carries={"all": AS_HELD},
            lack=_lack(self.taking.share(reach, use.reach)),
            live=use.access is None or self.taking.choice(access, use.access, True, False),
            access_said=use.access is not None,
        )

    def _time(self, flow_id: str, flow: Flow) -> Time:
        take = self.taking
        if flow.mode.delivers:
            time = take.time(Fact("flows", flow_id, "delay"), flow.delay)
        else:
            time = take.time(Fact("flows", flow_id, "wait"), flow.wait)
        if flow.mode is Mode.BATCH:
            time += take.time(Fact("flows", flow_id, "interval"), flow.interval)
        return time + self._closed(flow_id, flow)

    def _closed(self, flow_id: str, flow: Flow) -> Time:
        if isinstance(flow.hours, Hours):
            return plain(flow.hours.longest_closed)
        if flow.hours is None:
            return 0
        return self.taking.time(Fact("flows", flow_id, "hours"), flow.hours)

    def _carries(self, flow_id: str, flow: Flow) -> dict[str, int]:
        return {
            category: self._carried(flow_id, category, carried)
            for category, carried in flow.carries.items()
        }

    def _carried(self, flow_id: str, category: str, carried: Carried) -> int:
        if carried.as_held:
            return AS_HELD
        if isinstance(carried.form, Form):
            return int(carried.form)
        fact = Fact("flows", flow_id, f"carries.{category}")
        return int(self.taking.choice(fact, carried.form, Form.PROFILED, Form.VERBAL))

    def _history(self, flow_id: str, flow: Flow) -> Time | None:
        if flow.history is None and flow.mode in (Mode.PUSH, Mode.MANUAL):
            return None
        return self.taking.span(Fact("flows", flow_id, "history"), flow.history)

    def _capacity(self, flow_id: str, flow: Flow) -> Time | None:
        if flow.capacity is None:
            return None
        return self.taking.rate(Fact("flows", flow_id, "capacity"), flow.capacity)

    def _rekeyed(self, flow_id: str, flow: Flow) -> bool:
        fact = Fact("flows", flow_id, "rekeyed")
        return self.taking.choice(fact, is_rekeyed(self.landscape, flow), good=False, bad=True)

    def identity(self, flow_id: str, flow: Flow) -> bool:
        """Whether both ends of a flow match the same person, as far as they say how they do."""
        ends = {place: self._domains(place) for place in (flow.from_, flow.to)}
        if any(not end for end in ends.values() if not isinstance(end, Unknown)):
            return True
        unknown = [place for place, end in ends.items() if isinstance(end, Unknown)]
        if unknown:
            facts = (Fact("systems", place, "identity_domains") for place in unknown)
            return all(self.taking.favours(fact) for fact in facts)
        known = [set(end) for end in ends.values() if isinstance(end, tuple)]
        shared = known[0].intersection(*known)
        if isinstance(flow.identity_domain, Unknown):
            favoured = self.taking.favours(Fact("flows", flow_id, "identity_domain"))
            return bool(shared) and favoured
        return flow.identity_domain in shared if flow.identity_domain else bool(shared)

    def _domains(self, place: str) -> tuple[str, ...] | Unknown:
        system = self.landscape.systems.get(place)
        return () if system is None else system.identity_domains or ()

    def _live(self, flow_id: str, flow: Flow) -> bool:
        return flow_is_live(self.taking, flow_id, flow, self.landscape.as_of)

    def _direct_care(self, flow_id: str, flow: Flow) -> bool:
        if flow.basis is None:
            return False
        fact = Fact("flows", flow_id, "basis")
        basis = self.taking.choice(fact, flow.basis, Purpose.DIRECT_CARE, Purpose.AUDIT)
        return basis is Purpose.DIRECT_CARE


def is_rekeyed(landscape: Landscape, flow: Flow) -> bool | None:
    """Whether what comes by a flow is typed in again; None where nobody says so and it may be."""
    if flow.rekeyed is not None:
        return None if isinstance(flow.rekeyed, Unknown) else flow.rekeyed
    by_hand = flow.mode is Mode.MANUAL or flow.mechanism in REKEYED_MECHANISMS
    return None if by_hand and not landscape.is_human(flow.to) else False


def _lack(share: Fraction) -> Exact:
    """The share of people whom something does not reach."""
    return 0 if share == 1 else plain(1 - share)


def is_valid(taking: Taking, entry: tuple[str, str], period: Period | None, day: date) -> bool:
    """Whether a day lies within a period, both ends included; an end not given is open."""
    if period is None:
        return True
    fact = Fact(*entry, "valid")
    starts, ends = period.from_, period.until
    if isinstance(starts, date) and day < starts:
        return False
    if isinstance(ends, date) and day > ends:
        return False
    if isinstance(starts, Unknown) or isinstance(ends, Unknown):
        return taking.favours(fact)
    return True


def flow_is_live(taking: Taking, flow_id: str, flow: Flow, day: date) -> bool:
    """Whether a flow is in use on a day; its two ends are looked at elsewhere."""
    fact = Fact("flows", flow_id, "status")
    status = taking.choice(fact, flow.status, FlowStatus.LIVE, FlowStatus.PLANNED)
    return status.works and is_valid(taking, ("flows", flow_id), flow.valid, day)


def system_is_live(taking: Taking, system_id: str, lifecycle: Lifecycle | Unknown) -> bool:
    """Whether a system is in use."""
    fact = Fact("systems", system_id, "lifecycle")
    return taking.choice(fact, lifecycle, Lifecycle.LIVE, Lifecycle.RETIRED).works
