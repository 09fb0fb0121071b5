"""Whose information an item asks for, and where a route may start.

Who is a source may itself be unknown (is the system live, is its record the authoritative one?),
and there more is not always better; so such facts are gone through in both ways, never averaged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.flows.taking import Fact
from sharedcare.landscape import Holding, Item, Landscape, System
from sharedcare.landscape.data_categories import ancestors, covers
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Lifecycle

#: What each fact that decides who is a source is taken to be, in one completion.
Completion = Mapping[Fact, bool]


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a route may start: a system and the holding that covers the category."""

    system: str
    category: str


@dataclass(frozen=True, slots=True)
class SourceSet:
    """The source organisations of an item, in order of id, with the starts of each."""

    starts: Mapping[str, tuple[Start, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """A system, and the one of its holdings that covers a category."""

    system_id: str
    system: System
    category: str
    holding: Holding


def covering_entry(ids: Mapping[str, object], category: str) -> str | None:
    """Of several ids that cover a category, the longest: that alone applies."""
    found = [held for held in ids if covers(held, category)]
    return max(found, key=len) if found else None


def live_fact(system_id: str) -> Fact:
    """The fact whether a system is live."""
    return Fact("systems", system_id, "lifecycle")


def authority_fact(system_id: str, held: str) -> Fact:
    """The fact whether a holding is the authoritative one."""
    return Fact("systems", system_id, f"holds.{held}.authoritative")


@dataclass
class SourceFinder:
    """Finds the sources of items in one landscape; what holds a category is found once."""

    landscape: Landscape
    known: dict[str, tuple[Held, ...]] = field(default_factory=dict)

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """For each category id that is held anywhere, the systems that hold it, in order of id."""
        found: dict[str, list[str]] = {}
        for system_id in sorted(self.landscape.systems):
            for held in self.landscape.systems[system_id].holds:
                found.setdefault(held, []).append(system_id)
        return found

    def holdings(self, category: str) -> tuple[Held, ...]:
        """What covers a category, one holding of each system, in order of the systems' ids."""
        if category not in self.known:
            longest: dict[str, str] = {}
            for held in (*reversed(ancestors(category)), category):
                longest |= dict.fromkeys(self._holders.get(held, ()), held)
            systems = self.landscape.systems
            self.known[category] = tuple(
                Held(key, systems[key], longest[key], systems[key].holds[longest[key]])
                for key in sorted(longest)
            )
        return self.known[category]

    def deciding_facts(self, item: Item, lost: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
        """The unknown facts that decide who is a source (none where ``from`` names them).

        ``lost`` are systems taken as no longer in use, of which nothing is left to ask.
        """
        if item.from_ is not None:
            return ()
        facts: list[Fact] = []
        for held in self.holdings(item.category):
            if held.system_id in lost:
                continue
            if isinstance(held.system.lifecycle, Unknown):
                facts.append(live_fact(held.system_id))
            if isinstance(held.holding.authoritative, Unknown):
                facts.append(authority_fact(held.system_id, held.category))
        return tuple(facts)

    def sources(
        self, item: Item, completion: Completion, lost: frozenset[str] = frozenset()
    ) -> SourceSet:
        """Find the sources of an item, as ``completion`` takes what is unknown about them.

        ``lost`` are systems taken as no longer in use.
        """
        if item.from_ is not None:
            return self._named(item, item.from_)
        starts: dict[str, list[Start]] = {}
        for entry in self.chosen(item.category, completion, lost):
            if entry.system.organisation is not None:
                start = Start(entry.system_id, entry.category)
                starts.setdefault(entry.system.organisation, []).append(start)
        return SourceSet({key: tuple(starts[key]) for key in sorted(starts)})

    def chosen(
        self, category: str, completion: Completion, lost: frozenset[str] = frozenset()
    ) -> list[Held]:
        """The holdings that decide who is a source where no item names them; some are nobody's."""
        held = self.holdings(category)
        live = [e for e in held if e.system_id not in lost and _is_live(e, completion)]
        longest = max((len(entry.category) for entry in live), default=0)
        nearest = [entry for entry in live if len(entry.category) == longest]
        return [entry for entry in nearest if _is_authoritative(entry, completion)] or nearest

    def _named(self, item: Item, parties: tuple[str, ...]) -> SourceSet:
        named = {name for party in parties for name in self.landscape.named_by(party)}
        starts: dict[str, list[Start]] = {name: [] for name in sorted(named)}
        for entry in self.holdings(item.category):
            if entry.system.organisation in starts:
                start = Start(entry.system_id, entry.category)
                starts[entry.system.organisation].append(start)
        return SourceSet({key: tuple(found) for key, found in starts.items()})


def _is_live(entry: Held, completion: Completion) -> bool:
    if isinstance(entry.system.lifecycle, Lifecycle):
        return entry.system.lifecycle.works
    return completion[live_fact(entry.system_id)]


def _is_authoritative(entry: Held, completion: Completion) -> bool:
    if isinstance(entry.holding.authoritative, bool):
        return entry.holding.authoritative
    return completion[authority_fact(entry.system_id, entry.category)]
