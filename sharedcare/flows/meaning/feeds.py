"""Feeds: how each organisation's part of a category sets out from where it is held.

A feed is a flow that leads out of a system which holds the category, and carries it. What comes
later on the way is the same for all who send by it; what differs between sources differs here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from sharedcare.flows.hops import flow_is_live, system_is_live
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import Taking, best, worst
from sharedcare.landscape import Flow, Holding, Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.flow import Carried
from sharedcare.quantities import Duration
from sharedcare.vocabulary import Mode


class Liveliness(Enum):
    """How soon what changes at the source can be seen at the other end of a flow."""

    LIVE = "live"
    PERIODIC = "periodic"
    BY_HAND = "by hand"


def liveliness(mode: Mode) -> Liveliness:
    """How lively a mode is: a batch is periodic, a person's hand neither live nor periodic."""
    if mode is Mode.BATCH:
        return Liveliness.PERIODIC
    return Liveliness.BY_HAND if mode is Mode.MANUAL else Liveliness.LIVE


def told(text: str | None) -> str | None:
    """What a text tells, None where it is not said, ``unknown`` or ``none``."""
    return None if text is None or text.casefold() in ("unknown", "none") else text


def carried_entry(flow: Flow, category: str) -> Carried | None:
    """What a flow lets survive of a category; the narrowest entry that covers it alone applies."""
    name = covering_entry(
        {key: found for key, found in flow.carries.items() if key != ALL}, category
    )
    return flow.carries.get(ALL if name is None else name)


@dataclass(frozen=True, slots=True)
class Feed:
    """One flow out of one system that holds a category; ``certain``: it is surely in use."""

    organisation: str
    system: str
    holding: Holding
    flow_id: str
    flow: Flow
    carried: Carried
    certain: bool

    @property
    def liveliness(self) -> Liveliness:
        """How lively it is."""
        return liveliness(self.flow.mode)

    @property
    def pace(self) -> str | None:
        """How lively it is, in words; None for a batch of which it is not known how often."""
        if self.liveliness is not Liveliness.PERIODIC:
            return str(self.liveliness.value)
        interval = self.flow.interval
        return f"every {interval}" if isinstance(interval, Duration) else None

    @property
    def window(self) -> Duration | None:
        """How far back it reaches; None where the source or the flow does not say its part."""
        both = [self.holding.history, self.flow.history]
        said = [history for history in both if isinstance(history, Duration)]
        return min(said) if len(said) == len(both) else None


@dataclass
class InUse:
    """What is in use in a landscape, for certain or perhaps."""

    landscape: Landscape
    _known: dict[tuple[str, bool], bool] = field(default_factory=dict)

    def flow(self, flow_id: str, perhaps: bool) -> bool:
        """Whether a flow and both its ends are in use; ``perhaps`` takes the unknown for a yes."""
        key = (flow_id, perhaps)
        if key not in self._known:
            self._known[key] = self._works(flow_id, best() if perhaps else worst())
        return self._known[key]

    def _works(self, flow_id: str, taking: Taking) -> bool:
        flow = self.landscape.flows[flow_id]
        return flow_is_live(taking, flow_id, flow, self.landscape.as_of) and all(
            self._system_works(place, taking) for place in (flow.from_, flow.to)
        )

    def _system_works(self, place: str, taking: Taking) -> bool:
        system = self.landscape.systems.get(place)
        return system is None or system_is_live(taking, place, system.lifecycle)

    def system(self, system_id: str, perhaps: bool) -> bool:
        """Whether a system is in use; ``perhaps`` takes the unknown for a yes."""
        return self._system_works(system_id, best() if perhaps else worst())


class Feeds:
    """The feeds of a landscape that are, or may be, in use."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.in_use = InUse(landscape)
        self._out: dict[str, list[str]] = {}
        for flow_id in sorted(landscape.flows):
            self._out.setdefault(landscape.flows[flow_id].from_, []).append(flow_id)
        self._systems: dict[str | None, list[str]] = {}
        for system_id in sorted(landscape.systems):
            self._systems.setdefault(landscape.systems[system_id].organisation, []).append(
                system_id
            )

    def of(self, organisation: str, category: str) -> tuple[Feed, ...]:
        """The feeds of what an organisation holds of a category, in order of system and flow."""
        return tuple(self._of(self.held_by(organisation, category), organisation, category))

    def held_by(self, organisation: str, category: str) -> dict[str, Holding]:
        """What an organisation holds of a category in systems that may be in use, by system."""
        found: dict[str, Holding] = {}
        for system_id in self._systems.get(organisation, ()):
            system = self.landscape.systems[system_id]
            held = covering_entry(system.holds, category)
            if held is not None and self.in_use.system(system_id, perhaps=True):
                found[system_id] = system.holds[held]
        return found

    def _of(self, holdings: dict[str, Holding], organisation: str, category: str) -> Iterator[Feed]:
        for system_id, holding in holdings.items():
            for flow_id in self._out.get(system_id, ()):
                flow = self.landscape.flows[flow_id]
                carried = carried_entry(flow, category)
                if carried is not None and self.in_use.flow(flow_id, perhaps=True):
                    certain = self.in_use.flow(flow_id, perhaps=False)
                    yield Feed(organisation, system_id, holding, flow_id, flow, carried, certain)
