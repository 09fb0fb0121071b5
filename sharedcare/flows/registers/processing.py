"""Processing: which organisation's information goes from whom to whom, and what covers it.

A row is one flow from one organisation to another, or the use of one's system by another's people,
with those parts of what it carries that stand under the same cover. Flows that are only planned are
among them: an assessment of their impact comes before they begin.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from sharedcare.flows.law import Crossing, covers_category
from sharedcare.flows.layout import NOWHERE, STORED
from sharedcare.flows.network import Network
from sharedcare.flows.taking import best
from sharedcare.landscape import Flow, Landscape
from sharedcare.vocabulary import FlowStatus, Lifecycle, Purpose


class Cover(Enum):
    """Why a part of a flow may be passed on, or why nothing says that it may."""

    AGREEMENT = "agreement"
    DIRECT_CARE = "direct care, by the flow's own basis"
    PROCESSOR = "carried for the controller"
    PERSON = "to the person or a carer"
    NOT_COVERED = "no agreement that names both covers it"
    NOT_RECORDED = "no agreement recorded"

    @property
    def is_gap(self) -> bool:
        """Whether nothing says that it may be passed on."""
        return self in (Cover.NOT_COVERED, Cover.NOT_RECORDED)


@dataclass(frozen=True, slots=True)
class Processing:
    """The parts of one flow, or use of a system, that stand under one cover, or one agreement.

    ``flow`` is None where people of one organisation use a system of another. ``sources`` are the
    organisations whose information it is, ``categories`` what of it. ``agreement`` covers it, in
    force or not; None where there is none or none is asked for. ``processors`` run a system at
    either end that carries for one of the sources.
    """

    flow: str | None
    from_: str
    to: str
    cover: Cover
    agreement: str | None
    sources: tuple[str, ...]
    categories: tuple[str, ...]
    processors: tuple[str, ...]


def processing(landscape: Landscape) -> tuple[Processing, ...]:
    """List what goes from one organisation to another: by flows, in their order, then by uses.

    A part that several agreements cover has a row for each. Left out are flows that are retired or
    end in a system that is, what stays within one organisation, and what comes back to those whose
    it is.
    """
    return tuple(_Register(landscape).rows())


#: What one part stands under: its cover, and the agreement if there is one.
_Under = tuple[Cover, str | None]


class _Register:
    """Goes through the flows of one landscape."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.network = Network(landscape, best())
        self.law, self.layout = self.network.law, self.network.layout
        self.used = {key for key, flow in landscape.flows.items() if self._is_used(flow)}
        self._reached: dict[tuple[str, str], dict[str, int]] = {}

    def _is_used(self, flow: Flow) -> bool:
        systems = self.landscape.systems
        ends = [systems[end] for end in (flow.from_, flow.to) if end in systems]
        return flow.status is not FlowStatus.RETIRED and all(
            end.lifecycle is not Lifecycle.RETIRED for end in ends
        )

    def rows(self) -> Iterator[Processing]:
        """Yield every row."""
        hops = self.network.hops
        flows = {hop.flow: at for at, hop in enumerate(hops) if hop.flow in self.used}
        for flow_id in self.landscape.flows:
            if flow_id in flows:
                yield from self._of_hop(flows[flow_id])
        for position, hop in enumerate(hops):
            if hop.flow is None:
                yield from self._of_hop(position)

    def _of_hop(self, position: int) -> Iterator[Processing]:
        """The rows of one hop: sources and categories that stand under the same."""
        hop, crossing = self.network.hops[position], self.network.crossings[position]
        by_category: dict[tuple[_Under, str], list[str]] = {}
        for source, category in self._carried(position):
            for under in self._under(source, category, crossing):
                by_category.setdefault((under, category), []).append(source)
        rows: dict[tuple[_Under, tuple[str, ...]], list[str]] = {}
        for (under, category), sources in by_category.items():
            rows.setdefault((under, tuple(sources)), []).append(category)
        for ((cover, agreement), whose), categories in rows.items():
            yield Processing(
                flow=hop.flow,
                from_=hop.from_,
                to=hop.to,
                cover=cover,
                agreement=agreement,
                sources=whose,
                categories=tuple(categories),
                processors=self._processors(crossing, whose),
            )

    def _carried(self, position: int) -> list[tuple[str, str]]:
        """Whose information of which category a hop can carry, each once, in order of id."""
        arc = self.layout.arcs[position]
        found = {
            (system.organisation, category)
            for key, system in self.landscape.systems.items()
            for category in system.holds
            if system.organisation is not None
            and self.layout.carriage(category).carries(position)
            and self._phases(key, category).get(arc.from_, NOWHERE) >= arc.asks
        }
        return sorted(found)

    def _phases(self, system: str, category: str) -> dict[str, int]:
        """Where a category may come to from a system that holds it, and how far it is kept there.

        As the evaluator has it: what was only shown or answered is not passed on.
        """
        key = (system, category)
        if key not in self._reached:
            carriage = self.layout.carriage(category)
            phases, waiting = {system: STORED}, [system]
            while waiting:
                place = waiting.pop()
                for arc in self.layout.out.get(place, ()):
                    goes_on = phases[place] >= arc.asks and carriage.carries(arc.position)
                    flow = self.network.hops[arc.position].flow
                    is_used = flow is None or flow in self.used
                    if goes_on and is_used and phases.get(arc.to, NOWHERE) < arc.leaves:
                        phases[arc.to] = arc.leaves
                        waiting.append(arc.to)
            self._reached[key] = phases
        return self._reached[key]

    def _under(self, source: str, category: str, crossing: Crossing) -> Iterator[_Under]:
        """What one organisation's part of a category stands under; nothing if it needs no cover."""
        to, within = (
            crossing.to_organisation,
            crossing.from_organisation == crossing.to_organisation,
        )
        if to is None:
            yield Cover.PERSON, None
        elif to == source or (within and source not in crossing.from_processes):
            return
        elif source in crossing.to_processes:
            if not within:
                yield Cover.PROCESSOR, None
        else:
            yield from self._agreed(source, category, crossing)

    def _agreed(self, source: str, category: str, crossing: Crossing) -> Iterator[_Under]:
        """The agreements that cover a part; else why nothing does."""
        named = self._naming_both(source, crossing)
        covering = [key for key in named if self._covers(key, category)]
        yield from ((Cover.AGREEMENT, key) for key in covering)
        agreements = self.landscape.agreements
        agreed = any(Purpose.DIRECT_CARE in agreements[key].purposes for key in covering)
        if crossing.direct_care and not agreed:
            yield Cover.DIRECT_CARE, None
        elif not covering:
            yield (Cover.NOT_COVERED if named else Cover.NOT_RECORDED), None

    def _naming_both(self, source: str, crossing: Crossing) -> list[str]:
        """The agreements that name both parties, among those that the flow lists."""
        to, naming = crossing.to_organisation or "", self.law.naming
        both = naming.get(source, 0) & naming.get(to, 0)
        if crossing.agreements is not None:
            both &= crossing.agreements
        return [key for key in self.law.ids if both & self.law.bit[key]]

    def _covers(self, agreement: str, category: str) -> bool:
        return covers_category(self.landscape.agreements[agreement], category)

    def _processors(self, crossing: Crossing, sources: Iterable[str]) -> tuple[str, ...]:
        """Who runs a system at either end that carries for one of the sources."""
        ends = (
            (crossing.from_organisation, crossing.from_processes),
            (crossing.to_organisation, crossing.to_processes),
        )
        found = (
            organisation
            for organisation, carries_for in ends
            if organisation is not None
            and any(source in carries_for and source != organisation for source in sources)
        )
        return tuple(dict.fromkeys(found))


def purposes_of(landscape: Landscape, row: Processing) -> tuple[Purpose, ...]:
    """The purposes of a row: those of its agreement, and direct care where that is its basis."""
    agreement = landscape.agreements.get(row.agreement or "")
    named = set(agreement.purposes) if agreement else set()
    if row.cover is Cover.DIRECT_CARE:
        named.add(Purpose.DIRECT_CARE)
    return tuple(purpose for purpose in Purpose if purpose in named)
