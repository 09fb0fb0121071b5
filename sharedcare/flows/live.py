"""What is in use today for sure, as far as the profile says it.

An end of a period that is written ``unknown`` is taken for open here: who looks at what runs should
not overlook a feed because nobody knows when its contract began. Verdicts are stricter, and judge
it at its worst and at its best.
"""

from datetime import date

from sharedcare.landscape import Flow, Landscape, System
from sharedcare.vocabulary import FlowStatus, Lifecycle


def live_systems(landscape: Landscape) -> dict[str, System]:
    """Return the systems in use (live, or past their end of support)."""
    return {
        key: system
        for key, system in landscape.systems.items()
        if isinstance(system.lifecycle, Lifecycle) and system.lifecycle.works
    }


def live_flows(landscape: Landscape) -> dict[str, Flow]:
    """Return the flows in use: live or pilot, valid on the day, between places in use."""
    systems = live_systems(landscape)
    return {
        key: flow
        for key, flow in landscape.flows.items()
        if isinstance(flow.status, FlowStatus)
        and flow.status.works
        and is_within(flow, landscape.as_of)
        and all(end in systems for end in (flow.from_, flow.to) if end in landscape.systems)
    }


def is_within(flow: Flow, day: date) -> bool:
    """Whether a day lies in the period of a flow, both days included; an unknown end is open."""
    if flow.valid is None:
        return True
    starts, ends = flow.valid.from_, flow.valid.until
    begun = not isinstance(starts, date) or starts <= day
    return begun and (not isinstance(ends, date) or day <= ends)
