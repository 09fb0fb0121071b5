"""What a criterion may look at: the landscape, the verdicts on its needs, and what follows.

Everything here is derived once and shared, so that twenty-five dimensions do not each walk the
landscape. Nothing here judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sharedcare.flows import Judgement, NeedVerdict
from sharedcare.landscape import Flow, Landscape, System
from sharedcare.vocabulary import FlowStatus, Lifecycle, Verdict


@dataclass(frozen=True)
class Evidence:
    """The landscape and the verdicts on its needs, with what many criteria ask of them."""

    landscape: Landscape
    judgement: Judgement

    @property
    def as_of(self) -> date:
        """The day of the assessment."""
        return self.landscape.as_of

    def organisation_name(self, organisation: str) -> str:
        """An organisation's name for people."""
        return self.landscape.label("organisations", organisation)

    @cached_property
    def live_systems(self) -> dict[str, System]:
        """Systems in use (live, or past their end of support)."""
        systems = self.landscape.systems.items()
        return {
            key: system
            for key, system in systems
            if isinstance(system.lifecycle, Lifecycle) and system.lifecycle.works
        }

    @cached_property
    def live_flows(self) -> dict[str, Flow]:
        """Flows in use today: live or pilot, valid on the day, between places in use."""
        flows = self.landscape.flows.items()
        return {key: flow for key, flow in flows if self._is_live(flow)}

    def _is_live(self, flow: Flow) -> bool:
        if not (isinstance(flow.status, FlowStatus) and flow.status.works):
            return False
        ends = [end for end in (flow.from_, flow.to) if end in self.landscape.systems]
        return self._is_valid(flow) and all(end in self.live_systems for end in ends)

    def _is_valid(self, flow: Flow) -> bool:
        if flow.valid is None:
            return True
        starts, ends = flow.valid.from_, flow.valid.until
        begun = not isinstance(starts, date) or starts <= self.as_of
        return begun and (not isinstance(ends, date) or self.as_of <= ends)

    @cached_property
    def crossings(self) -> dict[str, Flow]:
        """Live flows from one organisation to another."""
        return {
            key: flow for key, flow in self.live_flows.items() if len(set(self.ends(flow))) == 2
        }

    def ends(self, flow: Flow) -> tuple[str, ...]:
        """The organisations at a flow's two ends, where they have one."""
        both = (self.landscape.organisation_of(place) for place in (flow.from_, flow.to))
        return tuple(organisation for organisation in both if organisation is not None)

    @cached_property
    def sector_crossings(self) -> dict[str, Flow]:
        """Live flows between organisations of two sectors."""
        return {key: flow for key, flow in self.crossings.items() if len(self.sectors(flow)) == 2}

    def sectors(self, flow: Flow) -> frozenset[str]:
        """The sectors at a flow's two ends."""
        organisations = self.landscape.organisations
        found = (organisations[organisation].sector for organisation in self.ends(flow))
        return frozenset(sector for sector in found if sector)

    @cached_property
    def verdicts(self) -> dict[str, NeedVerdict]:
        """The verdict on each need."""
        return {verdict.need: verdict for verdict in self.judgement.needs}

    @cached_property
    def witness_flows(self) -> dict[str, tuple[str, ...]]:
        """For each need, the ids of the flows on the witness routes of its items, in order."""
        return {
            need: tuple(dict.fromkeys(flow for flow in self._flows_of(verdict)))
            for need, verdict in self.verdicts.items()
        }

    @staticmethod
    def _flows_of(verdict: NeedVerdict) -> Iterator[str]:
        for item in verdict.items:
            for step in item.path:
                if step.flow is not None:
                    yield step.flow

    @cached_property
    def witness_systems(self) -> dict[str, tuple[str, ...]]:
        """For each need, the ids of the systems on the witness routes of its items, in order."""
        systems = self.landscape.systems
        return {
            need: tuple(
                dict.fromkeys(
                    step.place for item in v.items for step in item.path if step.place in systems
                )
            )
            for need, v in self.verdicts.items()
        }

    def needs_with(self, *verdicts: Verdict) -> tuple[str, ...]:
        """Ids of the needs with one of these verdicts, in the order of the profile."""
        return tuple(need for need, found in self.verdicts.items() if found.verdict in verdicts)

    @cached_property
    def safety_critical(self) -> tuple[str, ...]:
        """Ids of the safety-critical needs."""
        return tuple(key for key, need in self.landscape.needs.items() if need.safety_critical)
