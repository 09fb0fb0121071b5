"""What is not wrong but looks like a slip: warnings about a landscape that holds together."""

from collections.abc import Iterator

from sharedcare.identifiers import nearest
from sharedcare.landscape.flow import Flow
from sharedcare.landscape.landscape import Landscape
from sharedcare.landscape.need import Need
from sharedcare.places import Fault, Place, Placed, Severity
from sharedcare.vocabulary import (
    JURISDICTIONS,
    MECHANISMS,
    ORGANISATION_TYPES,
    SECTORS,
    SYSTEM_KINDS,
    Mode,
)

#: How alike a new word and a usual one must be for it to look like a slip.
SLIP = 0.85


def advice(landscape: Landscape, place: Placed) -> list[Fault]:
    """Return the warnings about a landscape; ``place`` finds the place of a way into it."""
    return [
        *_open_words(landscape, place),
        *_flows(landscape, place),
        *_needs(landscape, place),
        *_parties(landscape, place),
        *_excluded(landscape, place),
    ]


def _warning(place: Place, code: str, message: str) -> Fault:
    return Fault(place, code, message, Severity.WARNING)


def _open_words(landscape: Landscape, place: Placed) -> Iterator[Fault]:
    for kind, key, usual in (
        ("organisations", "type", ORGANISATION_TYPES),
        ("organisations", "sector", SECTORS),
        ("systems", "kind", SYSTEM_KINDS),
        ("flows", "mechanism", MECHANISMS),
    ):
        for entry_id, entry in getattr(landscape, kind).items():
            word = getattr(entry, key)
            slip = word and word not in usual and nearest(word, usual, SLIP)
            if slip:
                message = f"{kind}.{entry_id}.{key}: did you mean {slip}?"
                yield _warning(place(kind, entry_id, key), "UNUSUAL_WORD", message)
    if landscape.meta.jurisdiction not in JURISDICTIONS:
        slip = nearest(landscape.meta.jurisdiction, JURISDICTIONS)
        if slip:
            message = f"meta.jurisdiction: did you mean {slip}?"
            yield _warning(place("meta", "jurisdiction"), "UNUSUAL_WORD", message)


def _flows(landscape: Landscape, place: Placed) -> Iterator[Fault]:
    for flow_id, flow in landscape.flows.items():
        for key in _unused_keys(flow):
            message = f"flows.{flow_id}.{key}: a {flow.mode.value} flow does not use it"
            yield _warning(place("flows", flow_id, key), "NOT_USED", message)
        if flow.from_ == flow.to:
            message = f"flows.{flow_id}: the flow leads back to where it starts"
            yield _warning(place("flows", flow_id, "to"), "NOT_USED", message)
        if not flow.carries:
            message = f"flows.{flow_id}: carries nothing; say what in carries:"
            yield _warning(place("flows", flow_id), "CARRIES_NOTHING", message)


def _unused_keys(flow: Flow) -> Iterator[str]:
    if flow.wait is not None and flow.mode.delivers:
        yield "wait"
    if flow.delay is not None and not flow.mode.delivers:
        yield "delay"
    if flow.interval is not None and flow.mode is not Mode.BATCH:
        yield "interval"


def _needs(landscape: Landscape, place: Placed) -> Iterator[Fault]:
    for need_id, need in landscape.needs.items():
        uses = landscape.stakeholders[need.stakeholder].uses
        if need.at is not None and need.at not in {used.system for used in uses}:
            message = f"needs.{need_id}.at: the stakeholder does not use this system"
            yield _warning(place("needs", need_id, "at"), "NOT_USED", message)
        if _lacks_step(landscape, need):
            message = f"needs.{need_id}.step: the pathway has no such step"
            yield _warning(place("needs", need_id, "step"), "UNKNOWN_ID", message)


def _lacks_step(landscape: Landscape, need: Need) -> bool:
    if need.pathway is None or need.step is None:
        return False
    return need.step not in {step.id for step in landscape.pathways[need.pathway].steps}


def _excluded(landscape: Landscape, place: Placed) -> Iterator[Fault]:
    """Options and scenarios with two changes of which one cannot be made with the other."""
    for kind, key in (("options", "changes"), ("scenarios", "apply")):
        for entry_id, entry in getattr(landscape, kind).items():
            together = getattr(entry, key)
            for change in together:
                for other in sorted(frozenset(together) & {*landscape.changes[change].excludes}):
                    message = f"{kind}.{entry_id}.{key}: {change} excludes {other}"
                    yield _warning(place(kind, entry_id, key), "EXCLUDED", message)


def _parties(landscape: Landscape, place: Placed) -> Iterator[Fault]:
    for organisation_id in landscape.organisations:
        if organisation_id in landscape.organisations_by_type:
            message = (
                f"organisations.{organisation_id}: a type of organisation has the same word; "
                "where it is named, all of that type are meant too"
            )
            yield _warning(place("organisations", organisation_id), "AMBIGUOUS_ID", message)
