"""What is pushed at people: what arrives with a role, and how much of it the role asked for.

What can be looked up is no overload, however much of it there is; only what interrupts counts:
what arrives with the person themselves, and what a system of theirs tells them of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.landscape import Flow, Landscape, Need, Stakeholder
from sharedcare.landscape.data_categories import covers
from sharedcare.vocabulary import Use


@dataclass(frozen=True, slots=True)
class Push:
    """One live flow that arrives with a role; ``certain`` tells whether it surely interrupts."""

    flow_id: str
    flow: Flow
    certain: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """How much a role has to expect, in events a second; ``complete`` if nothing is left out."""

    per_second: Fraction
    complete: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A role in an organisation, what it asks for and what arrives with it."""

    key: str
    organisation: str
    stakeholder: Stakeholder
    needs: tuple[Need, ...]
    pushes: tuple[Push, ...]

    @property
    def wanted(self) -> frozenset[str]:
        """The data categories that the role asks for."""
        return frozenset(item.category for need in self.needs for item in need.content)

    @property
    def interrupting(self) -> frozenset[str]:
        """The data categories that surely interrupt the role."""
        return frozenset(name for push in self.pushes if push.certain for name in push.flow.carries)

    @property
    def is_interrupted(self) -> bool:
        """Whether something surely interrupts the role, or it asked to be told."""
        told = any(need.use is Use.ALERT for need in self.needs)
        return told or any(push.certain for push in self.pushes)

    def unasked(self, push: Push) -> tuple[str, ...]:
        """The data categories of a push that the role did not ask for."""
        return tuple(carried for carried in push.flow.carries if _is_unasked(carried, self.wanted))

    @property
    def expected(self) -> Expected:
        """How often the needs arise about which the role is interrupted."""
        events = [
            need.quantity.events
            for need in self.needs
            if need.use is Use.ALERT
            or any(not _is_unasked(item.category, self.interrupting) for item in need.content)
        ]
        total = sum((rate.per_second for rate in events if rate), Fraction(0))
        return Expected(total, complete=bool(events) and None not in events)


def _is_unasked(carried: str, wanted: frozenset[str]) -> bool:
    """Whether nothing carried was asked for; what is wider or narrower is taken for the same."""
    return not any(covers(carried, asked) or covers(asked, carried) for asked in wanted)


def reached_roles(landscape: Landscape, live: Mapping[str, Flow]) -> Iterator[Reached]:
    """Yield every role of an organisation with what arrives with it by the flows in use."""
    arriving: dict[str, list[str]] = {}
    for flow_id, flow in live.items():
        if flow.mode.delivers:
            arriving.setdefault(flow.to, []).append(flow_id)
    asked: dict[str, list[Need]] = {}
    for need in landscape.needs.values():
        asked.setdefault(need.stakeholder, []).append(need)
    for key, stakeholder in landscape.stakeholders.items():
        if stakeholder.organisation is not None:
            pushes = tuple(_pushes(live, key, stakeholder, arriving))
            needs = tuple(asked.get(key, ()))
            yield Reached(key, stakeholder.organisation, stakeholder, needs, pushes)


def _pushes(
    live: Mapping[str, Flow], role: str, stakeholder: Stakeholder, arriving: dict[str, list[str]]
) -> Iterator[Push]:
    """What arrives with a role, without what certainly stays silent until it is looked up."""
    systems = [use.system for use in stakeholder.uses if use.access is not False]
    for place in dict.fromkeys((role, *systems)):
        for flow_id in arriving.get(place, ()):
            flow = live[flow_id]
            if place == role or flow.notifies is not False:
                yield Push(flow_id, flow, certain=place == role or flow.notifies is True)
