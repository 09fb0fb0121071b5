"""Whose information is handed to whom: what information governance looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sharedcare.evidence import Evidence
from sharedcare.flows.law import Crossing, asks_for_cover
from sharedcare.landscape import Flow
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Outcome, Purpose

#: For each place, the organisations whose information it hands on.
HandedOn = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Information of ``source`` that ``to`` is handed, by a flow or by using a system.

    ``about`` is the flow, or the stakeholder who uses the system; ``categories`` are those carried,
    ``all`` where nothing is held back. ``listed`` holds the agreements that the flow names, None
    where it does not say; ``released`` is met where it rests on direct care.
    """

    about: str
    label: str
    source: str
    to: str
    categories: tuple[str, ...]
    listed: tuple[str, ...] | None
    released: Outcome


def disclosures(evidence: Evidence) -> Iterator[Disclosure]:
    """Go through all disclosures that ask for cover: by live flows, then by uses of live systems.

    A system that processes for others hands on what their systems feed into it, and what it holds
    itself; any other place hands on what its own organisation knows.
    """
    handed_on = _handed_on(evidence)
    yield from _by_flows(evidence, handed_on)
    yield from _by_uses(evidence, handed_on)


def _handed_on(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """For each place, the organisations whose information it hands on."""
    landscape = evidence.landscape
    fed: dict[str, list[str]] = {}
    for flow in evidence.live_flows.values():
        feeder = landscape.organisation_of(flow.from_)
        if feeder is not None and _processed_in(evidence, flow.to):
            fed.setdefault(flow.to, []).append(feeder)
    for place in (*landscape.systems, *landscape.stakeholders):
        own, system = landscape.organisation_of(place), landscape.systems.get(place)
        if own is not None and (place not in fed or (system is not None and system.holds)):
            fed.setdefault(place, []).append(own)
    return {place: tuple(dict.fromkeys(found)) for place, found in fed.items()}


def _by_flows(evidence: Evidence, handed_on: HandedOn) -> Iterator[Disclosure]:
    for key, flow in evidence.live_flows.items():
        about, label = f"flows.{key}", evidence.name("flows", key)
        categories, released = tuple(flow.carries) or ("all",), _direct_care(flow)
        for source, to in _asking(evidence, handed_on, flow.from_, flow.to):
            yield Disclosure(about, label, source, to, categories, flow.agreements, released)


def _by_uses(evidence: Evidence, handed_on: HandedOn) -> Iterator[Disclosure]:
    for key, stakeholder in evidence.landscape.stakeholders.items():
        for use in stakeholder.uses:
            if use.access is False or use.system not in evidence.live_systems:
                continue
            about, system = f"stakeholders.{key}", evidence.name("systems", use.system)
            label = f"{evidence.name('stakeholders', key)} using {system}"
            for source, to in _asking(evidence, handed_on, use.system, key):
                yield Disclosure(about, label, source, to, ("all",), None, Outcome.NOT_MET)


def _direct_care(flow: Flow) -> Outcome:
    """Whether a flow rests on direct care, for which no agreement is asked."""
    if isinstance(flow.basis, Unknown):
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if flow.basis is Purpose.DIRECT_CARE else Outcome.NOT_MET


def _asking(
    evidence: Evidence, handed_on: HandedOn, from_: str, to: str
) -> Iterator[tuple[str, str]]:
    """The organisations whose information goes that way and needs cover, with who gets it."""
    receiver = evidence.landscape.organisation_of(to)
    crossing = Crossing(
        evidence.landscape.organisation_of(from_),
        receiver,
        _processed_in(evidence, from_),
        _processed_in(evidence, to),
        direct_care=False,
        agreements=None,
    )
    for source in handed_on.get(from_, ()):
        if receiver is not None and asks_for_cover(source, crossing, Purpose.DIRECT_CARE):
            yield source, receiver


def _processed_in(evidence: Evidence, place: str) -> frozenset[str]:
    """The organisations for which a place only carries."""
    system = evidence.landscape.systems.get(place)
    parties = system.processor_for if system else ()
    return frozenset(found for party in parties for found in evidence.landscape.named_by(party))
