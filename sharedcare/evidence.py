"""What a criterion may look at: the landscape, the verdicts on its needs, and what follows.

Everything here is derived once and shared, so that twenty-five dimensions do not each walk the
landscape. Nothing here judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sharedcare.flows import ItemVerdict, Judgement, NeedVerdict
from sharedcare.flows.live import is_within, live_flows, live_systems
from sharedcare.flows.losses.lapses import Calendar, lapses
from sharedcare.flows.losses.losing import Aftermath, Lost
from sharedcare.flows.losses.verdict_change import VerdictChange, changes
from sharedcare.flows.meaning.clashes import Clash, ClashKind, Comparison, Gap, Meetings, clashes_at
from sharedcare.flows.meaning.parts import Part, parts_of
from sharedcare.landscape import Flow, Holding, Item, Landscape, Organisation, System
from sharedcare.landscape.data_categories import covers
from sharedcare.landscape.entry import Declared
from sharedcare.quantities import Q, Range, Unknown
from sharedcare.vocabulary import (
    MACHINE_MECHANISMS,
    Form,
    Mode,
    Outcome,
    Verdict,
)

if TYPE_CHECKING:
    from sharedcare.measured.payloads import Payloads

#: Words of a text that name nothing: nobody has told us, and there is nothing to tell.
NAMELESS = frozenset({"unknown", "none"})


def is_named(text: str | None) -> bool:
    """Whether a text names something: it is said, and says neither ``unknown`` nor ``none``."""
    return text is not None and text.casefold() not in NAMELESS


def naming(text: str | None) -> Outcome:
    """Answer whether something is named: ``none`` says that it is not, silence says nothing.

    Somebody may be named elsewhere; a profile that leaves a line out must not look worse for it.
    """
    if is_named(text):
        return Outcome.MET
    said_none = text is not None and text.casefold() == "none"
    return Outcome.NOT_MET if said_none else Outcome.NOT_EVIDENCED


def is_written(entry: Declared, key: str) -> bool:
    """Whether a profile says a key of an entry, be it an empty list or the default."""
    return key in entry.model_fields_set


def listing(entry: Declared, key: str) -> Outcome:
    """Answer whether a list or map has anything in it: written empty is a no, left out silence."""
    if getattr(entry, key):
        return Outcome.MET
    return Outcome.NOT_MET if is_written(entry, key) else Outcome.NOT_EVIDENCED


def unless(doubt: bool, outcome: Outcome) -> Outcome:
    """Keep an outcome, unless there is a doubt: then it is not evidenced."""
    return Outcome.NOT_EVIDENCED if doubt else outcome


def at_least(stated: Q | Range[Q] | Unknown | None, limit: Q) -> Outcome:
    """Answer whether a stated amount reaches a limit; a range that spans it tells nothing."""
    if stated is None or isinstance(stated, Unknown):
        return Outcome.NOT_EVIDENCED
    low, high = (stated.low, stated.high) if isinstance(stated, Range) else (stated, stated)
    if low >= limit:
        return Outcome.MET
    return Outcome.NOT_MET if high < limit else Outcome.NOT_EVIDENCED


def at_most(stated: Q | Range[Q] | Unknown | None, limit: Q) -> Outcome:
    """Answer whether a stated amount stays within a limit; a range that spans it tells nothing."""
    if stated is None or isinstance(stated, Unknown):
        return Outcome.NOT_EVIDENCED
    low, high = (stated.low, stated.high) if isinstance(stated, Range) else (stated, stated)
    if high <= limit:
        return Outcome.MET
    return Outcome.NOT_MET if low > limit else Outcome.NOT_EVIDENCED


def at_least_form(stated: Form | Unknown | None, least: Form) -> Outcome:
    """Answer whether a stated form is as far as asked for; one that is not said tells nothing."""
    if not isinstance(stated, Form):
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if stated >= least else Outcome.NOT_MET


def flagged(stated: bool | Unknown | None) -> Outcome:
    """Answer a yes/no fact of the profile: yes, no, or nobody has told us."""
    if stated is None or isinstance(stated, Unknown):
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if stated else Outcome.NOT_MET


@dataclass(frozen=True, slots=True)
class Contribution:
    """One organisation that is a source of one item of one need."""

    organisation: str
    need: str
    item: Item


@dataclass(frozen=True)
class Evidence:
    """The landscape and the verdicts on its needs, with what many criteria ask of them.

    ``payloads`` are what its systems send, where that was measured; the landscape is then the one
    as measured.
    """

    landscape: Landscape
    judgement: Judgement
    payloads: "Payloads | None" = None

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
        return live_systems(self.landscape)

    @cached_property
    def live_flows(self) -> dict[str, Flow]:
        """Flows in use today: live or pilot, valid on the day, between places in use."""
        return live_flows(self.landscape)

    @cached_property
    def possible_flows(self) -> dict[str, Flow]:
        """Flows that are in use, or of which, or of whose ends, that is not known."""
        return {
            key: flow
            for key, flow in self.landscape.flows.items()
            if (isinstance(flow.status, Unknown) or flow.status.works)
            and is_within(flow, self.as_of)
            and all(self._may_work(place) for place in (flow.from_, flow.to))
        }

    def _may_work(self, place: str) -> bool:
        is_person = place not in self.landscape.systems
        return is_person or place in self.live_systems or self.is_unsure(place)

    def is_unsure(self, place: str) -> bool:
        """Whether a place is a system of which nobody knows whether it is in use."""
        system = self.landscape.systems.get(place)
        return system is not None and isinstance(system.lifecycle, Unknown)

    @cached_property
    def crossings(self) -> dict[str, Flow]:
        """Live flows from one organisation to another."""
        return {key: flow for key, flow in self.live_flows.items() if len(set(self.ends(flow))) > 1}

    @cached_property
    def system_crossings(self) -> dict[str, Flow]:
        """Live flows between electronic systems of two organisations."""
        electronic = self.electronic_systems
        return {
            key: flow
            for key, flow in self.crossings.items()
            if flow.from_ in electronic and flow.to in electronic
        }

    @cached_property
    def machine_crossings(self) -> dict[str, Flow]:
        """Live flows from one organisation to another by machine, or by means that are not said."""
        return {
            key: flow
            for key, flow in self.crossings.items()
            if flow.mechanism in MACHINE_MECHANISMS or self.is_perhaps_by_machine(flow)
        }

    @staticmethod
    def is_perhaps_by_machine(flow: Flow) -> bool:
        """Whether a machine may hand a flow to a machine: by what means it goes is not said."""
        return flow.mechanism is None and flow.mode is not Mode.MANUAL

    def ends(self, flow: Flow) -> tuple[str, ...]:
        """The organisations at a flow's two ends, where they have one."""
        both = (self.landscape.organisation_of(place) for place in (flow.from_, flow.to))
        return tuple(organisation for organisation in both if organisation is not None)

    @cached_property
    def sector_crossings(self) -> dict[str, Flow]:
        """Live flows between organisations of two sectors."""
        return {key: flow for key, flow in self.crossings.items() if len(self.sectors(flow)) > 1}

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

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """Who is a source of what, in the order of the needs and of their items.

        Whoever only could be a source, if what is unknown turned out so, is among them.
        """
        return tuple(
            Contribution(source.organisation, need, item)
            for need, verdict in self.verdicts.items()
            for item, found in zip(self.landscape.needs[need].content, verdict.items, strict=True)
            for source in found.sources
        )

    def holdings_of(self, organisation: str, category: str) -> dict[str, Holding]:
        """The holdings of a category in an organisation's live systems, by system.

        Within a system the narrowest holding that covers the category applies alone.
        """
        found: dict[str, Holding] = {}
        for key, system in self._systems_of.get(organisation, {}).items():
            covering = [held for held in system.holds if covers(held, category)]
            if covering:
                found[key] = system.holds[max(covering, key=len)]
        return found

    def needs_on(self, system: str, category: str) -> tuple[str, ...]:
        """The needs that draw on a system for a category, a part of it, or what it is a part of.

        The system holds it at one of the need's sources, or lies on the witness route.
        """
        return tuple(
            need
            for need, verdict in self.verdicts.items()
            if any(self._draws_on(item, system, category) for item in verdict.items)
        )

    def needs_through(self, system: str) -> tuple[str, ...]:
        """The needs that draw on a system for anything."""
        return tuple(
            need
            for need, verdict in self.verdicts.items()
            if any(self._draws_on(item, system, item.category) for item in verdict.items)
        )

    def _draws_on(self, item: ItemVerdict, system: str, category: str) -> bool:
        asked, whose = item.category, self.landscape.organisation_of(system)
        if not (covers(asked, category) or covers(category, asked)):
            return False
        is_source = any(source.organisation == whose for source in item.sources)
        holds = is_source and whose is not None and system in self.holdings_of(whose, asked)
        return holds or any(step.place == system for step in item.path)

    @cached_property
    def _systems_of(self) -> dict[str, dict[str, System]]:
        """The live systems of each organisation."""
        found: dict[str, dict[str, System]] = {}
        for key, system in self.live_systems.items():
            if system.organisation is not None:
                found.setdefault(system.organisation, {})[key] = system
        return found

    def category_name(self, category: str) -> str:
        """A data category's name for people."""
        return self.landscape.category_label(category)

    @cached_property
    def meetings(self) -> Meetings:
        """Where the parts of what needs ask for come together."""
        return Meetings(self.landscape, self.judgement)

    @cached_property
    def comparison(self) -> Comparison:
        """What parties say, laid beside each other."""
        return Comparison(self.meetings)

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What does not go together, and blanks that may be misread."""
        return clashes_at(self.meetings)

    def parts(self, kind: ClashKind, category: str) -> dict[str, tuple[Part, ...]]:
        """What each source of a category for somebody says, as one kind of difference sees it."""
        whose = [part.organisation for part in self.contributions if part.item.category == category]
        feeds = self.meetings.feeds
        return {key: parts_of(kind, category, [key], feeds) for key in dict.fromkeys(whose)}

    @cached_property
    def gaps(self) -> dict[str, tuple[Gap, ...]]:
        """For each need, what may hide something in what its role sees."""
        found: dict[str, tuple[Gap, ...]] = dict.fromkeys(self.landscape.needs, ())
        for clash in self.clashes:
            for need in clash.needs:
                found[need] += clash.gaps
        return found

    @cached_property
    def calendar(self) -> Calendar:
        """What ends and begins within the usual horizon, and which needs break with it."""
        return lapses(self.landscape)

    def changes_without(self, system: str) -> tuple[VerdictChange, ...]:
        """The needs whose verdict is another once a system is lost, as ``stress`` judges it."""
        if system not in self._without:
            lost = Lost(systems=frozenset({system}))
            left = self._aftermath.extents(lost, self._aftermath.may_change(lost))
            self._without[system] = changes(self._aftermath.before, left)
        return self._without[system]

    @cached_property
    def _aftermath(self) -> Aftermath:
        """The landscape judged once, to be judged again with something lost."""
        return Aftermath(self.landscape)

    @cached_property
    def _without(self) -> dict[str, tuple[VerdictChange, ...]]:
        """What was found for each system that was lost already."""
        return {}

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Organisations that a need draws on or whose roles have needs, as the profile has them."""
        places = self.landscape.stakeholders
        taking = {places[need.stakeholder].organisation for need in self.landscape.needs.values()}
        giving = {contribution.organisation for contribution in self.contributions}
        return tuple(key for key in self.landscape.organisations if key in taking | giving)

    @cached_property
    def electronic_systems(self) -> dict[str, System]:
        """Systems in use that an organisation runs, without paper and what is in people's heads."""
        return {
            key: system
            for key, system in self.live_systems.items()
            if system.organisation is not None and not system.is_human
        }

    @cached_property
    def partner_sectors(self) -> tuple[str, ...]:
        """The sectors of the partners, each once; a partner that does not say its own has none."""
        found = (self.landscape.organisations[key].sector for key in self.partners)
        return tuple(dict.fromkeys(sector for sector in found if sector is not None))

    @cached_property
    def partners_of_no_sector(self) -> tuple[str, ...]:
        """The partners of which the sector is not said."""
        organisations = self.landscape.organisations
        return tuple(key for key in self.partners if organisations[key].sector is None)

    def in_sector(self, sector: str) -> Iterator[Organisation]:
        """The organisations that are in a sector or, as theirs is not said, may be."""
        for organisation in self.landscape.organisations.values():
            if organisation.sector in (sector, None):
                yield organisation

    def has_route(self, need: str) -> bool:
        """Whether a need is met, wholly or in part, by a witness that is known to be in use.

        A witness is of the best run: a flow or system on it may be one of which nobody knows
        whether it is in use.
        """
        return (
            self.verdicts[need].verdict in (Verdict.MET, Verdict.PARTLY_MET)
            and all(flow in self.live_flows for flow in self.witness_flows[need])
            and all(system in self.live_systems for system in self.witness_systems[need])
        )

    def name(self, kind: str, entry: str) -> str:
        """An entry's name for people, to begin a sentence with.

        A flow without a name is called by its ends, anything else by the words of its id.
        """
        said = self.landscape.label(kind, entry)
        if said != entry:
            return said
        if kind == "flows":
            flow = self.landscape.flows[entry]
            ends = [self.landscape.place_label(place) for place in (flow.from_, flow.to)]
            return f"The flow from {ends[0]} to {ends[1]}"
        return entry[:1].upper() + entry[1:].replace("_", " ")
