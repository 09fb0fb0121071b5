"""Differences: the parts of one category laid beside each other, and one need's live and periodic.

A part that does not say, or whose system or flow may not be in use, makes a difference possible and
never certain.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sharedcare.flows.meaning.clash import Clash, ClashKind, Party
from sharedcare.flows.meaning.feeds import Feeds, Liveliness, carried_entry, liveliness
from sharedcare.flows.meaning.meeting import Meeting, Meetings
from sharedcare.flows.meaning.parts import RULES, SEVERAL, Part, parts_of
from sharedcare.flows.sources import covering_entry
from sharedcare.landscape import Flow, Landscape
from sharedcare.vocabulary import Mode


class Comparison:
    """Compares what the parties of one landscape say."""

    def __init__(self, meetings: Meetings) -> None:
        self.landscape = meetings.landscape
        self.meetings = meetings.all
        self.feeds = meetings.feeds
        self.ways = _Ways(self.landscape, self.feeds)

    def clashes(self) -> Iterator[Clash]:
        """Yield every difference, in no particular order."""
        for category, organisations in sorted(self._organisations().items()):
            for kind in RULES:
                yield from self._compared(kind, category, organisations)
        yield from self._mixtures()
        yield from self._untold()
        yield from self._notifications()

    def at(self, kind: ClashKind, meeting: Meeting) -> tuple[Part, ...]:
        """What of one kind the parts at a meeting say: of feeds, those that lead there."""
        parts = parts_of(kind, meeting.category, meeting.organisations, self.feeds)
        onward = self.ways.leading_to(meeting.role, meeting.category)
        return tuple(part for part in parts if part.to is None or part.to in onward)

    def _organisations(self) -> dict[str, tuple[str, ...]]:
        """For each category that is held somewhere, who holds it under that very name."""
        found: dict[str, set[str]] = {}
        for system_id, system in self.landscape.systems.items():
            if system.organisation and self.feeds.in_use.system(system_id, perhaps=True):
                for category in system.holds:
                    found.setdefault(category, set()).add(system.organisation)
        asked: dict[str, set[str]] = {meeting.category: set() for meeting in self.meetings}
        return {key: tuple(sorted(who)) for key, who in {**asked, **found}.items()}

    def _compared(
        self, kind: ClashKind, category: str, organisations: Collection[str]
    ) -> Iterator[Clash]:
        """Of one category the differences that meet at some need; else across the landscape."""
        found: dict[tuple[tuple[Part, ...], bool], list[Meeting]] = {}
        for meeting in self.meetings:
            if meeting.category == category:
                parts = self.at(kind, meeting)
                certain = differ(kind, parts)
                if certain is not False:
                    found.setdefault((parts, certain is True), []).append(meeting)
        if not found:
            parts = parts_of(kind, category, organisations, self.feeds)
            if differ(kind, parts) is True:
                found[parts, True] = []
        for (parts, certain), met in found.items():
            yield _clash(kind, (category,), (part.party for part in parts), certain, met)

    def _mixtures(self) -> Iterator[Clash]:
        """Needs that join what comes live alone with what comes periodically alone."""
        by_need: dict[str, list[Meeting]] = {}
        for meeting in self.meetings:
            by_need.setdefault(meeting.need, []).append(meeting)
        for met in by_need.values():
            paced = [one for meeting in met for one in self._paced(meeting)]
            kinds = {pace for pace, _ in paced}
            parties = [party for _, its in paced for party in its]
            categories = tuple(dict.fromkeys(party.category for party in parties))
            if len(kinds) >= SEVERAL and len(categories) >= SEVERAL:
                certain = all(party.certain and party.said is not None for party in parties)
                yield _clash(ClashKind.MIXTURE, categories, parties, certain, met)

    def _paced(self, meeting: Meeting) -> Iterator[tuple[Liveliness, list[Party]]]:
        """The sources at a meeting whose feeds are all live, or all periodic."""
        by_source: dict[str, list[Party]] = {}
        for part in self.at(ClashKind.LIVELINESS, meeting):
            by_source.setdefault(part.party.organisation, []).append(part.party)
        for parties in by_source.values():
            kinds = {self._liveliness(party) for party in parties}
            if kinds in ({Liveliness.LIVE}, {Liveliness.PERIODIC}):
                yield kinds.pop(), parties

    def _liveliness(self, party: Party) -> Liveliness:
        return liveliness(self.landscape.flows[party.about.removeprefix("flows.")].mode)

    def _untold(self) -> Iterator[Clash]:
        """Roles that nobody tells of anything new in what they need."""
        found: dict[tuple[str, tuple[Party, ...]], list[Meeting]] = {}
        for meeting in self.meetings:
            last = list(self.ways.into(meeting.role, meeting.category))
            if last and all(flow.notifies is False for _, flow in last):
                parties = tuple(self._told(meeting.category, *one) for one in last)
                found.setdefault((meeting.category, parties), []).append(meeting)
        for (category, parties), met in found.items():
            certain = any(party.certain for party in parties)
            yield _clash(ClashKind.UNTOLD, (category,), parties, certain, met)

    def _notifications(self) -> Iterator[Clash]:
        """Categories of which some who need them are told, and others who need them are not."""
        by_category: dict[str, list[Meeting]] = {}
        for meeting in self.meetings:
            by_category.setdefault(meeting.category, []).append(meeting)
        for category, met in by_category.items():
            last = dict(one for each in met for one in self.ways.into(each.role, category))
            known = [(key, flow) for key, flow in last.items() if isinstance(flow.notifies, bool)]
            if len({flow.notifies for _, flow in known}) >= SEVERAL:
                parties = [self._told(category, *one) for one in known]
                certain = all(party.certain for party in parties)
                yield _clash(ClashKind.NOTIFICATION, (category,), parties, certain, met)

    def _told(self, category: str, flow_id: str, flow: Flow) -> Party:
        """A flow to people as a party: whether it tells them of what is new."""
        organisation = self.landscape.organisation_of(flow.to) or ""
        said = "tells of what is new" if flow.notifies else "tells nobody of what is new"
        certain = self.feeds.in_use.flow(flow_id, perhaps=False)
        return Party(organisation, category, f"flows.{flow_id}", said, certain)


def differ(kind: ClashKind, parts: Collection[Part]) -> bool | None:
    """Whether parts differ: surely (True), perhaps (None), or not as far as is known."""
    rule = RULES[kind]
    if rule([part for part in parts if part.party.certain]) is True:
        return True
    return False if rule(parts) is False else None


def _clash(
    kind: ClashKind,
    categories: tuple[str, ...],
    parties: Iterable[Party],
    certain: bool,
    meetings: Iterable[Meeting],
) -> Clash:
    met = tuple(meetings)
    return Clash(
        kind=kind,
        categories=categories,
        parties=tuple(dict.fromkeys(parties)),
        certain=certain,
        roles=tuple(dict.fromkeys(meeting.role for meeting in met)),
        needs=tuple(dict.fromkeys(meeting.need for meeting in met)),
    )


@dataclass
class _Ways:
    """Which flows could bring a category on to a role; what the law says is left to verdicts."""

    landscape: Landscape
    feeds: Feeds
    _leading: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _into: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for flow_id in sorted(self.landscape.flows):
            self._into.setdefault(self.landscape.flows[flow_id].to, []).append(flow_id)

    def ends(self, role: str) -> tuple[str, ...]:
        """Where a role gets at information: in the systems that it uses, and itself."""
        used = self.landscape.stakeholders[role].uses
        return (role, *(use.system for use in used if use.access is not False))

    def into(self, role: str, category: str) -> Iterator[tuple[str, Flow]]:
        """The flows that run by themselves and bring a category to where a role gets at it."""
        for place in self.ends(role):
            for flow_id, flow in self._carrying_into(place, category):
                if flow.mode is not Mode.MANUAL:
                    yield flow_id, flow

    def leading_to(self, role: str, category: str) -> frozenset[str]:
        """The places from which a category could go on to a role; not those that hold it."""
        key = (role, category)
        if key not in self._leading:
            found = set(self.ends(role))
            waiting = list(found)
            while waiting:
                for _, flow in self._carrying_into(waiting.pop(), category):
                    if flow.from_ not in found and not self._holds(flow.from_, category):
                        found.add(flow.from_)
                        waiting.append(flow.from_)
            self._leading[key] = frozenset(found)
        return self._leading[key]

    def _holds(self, place: str, category: str) -> bool:
        system = self.landscape.systems.get(place)
        return system is not None and covering_entry(system.holds, category) is not None

    def _carrying_into(self, place: str, category: str) -> Iterator[tuple[str, Flow]]:
        for flow_id in self._into.get(place, ()):
            flow = self.landscape.flows[flow_id]
            carries = carried_entry(flow, category) is not None
            if carries and self.feeds.in_use.flow(flow_id, perhaps=True):
                yield flow_id, flow
