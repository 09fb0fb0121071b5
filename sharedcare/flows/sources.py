"""Whose information an item asks for, and where a route may start.

Who is a source may itself be unknown (is the system live, is its record the authoritative one?),
and there more is not always better; so such facts are gone through in both ways, never averaged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sharedcare.flows.taking import Fact
from sharedcare.landscape import Holding, Item, Landscape, System
from sharedcare.landscape.data_categories import covers
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


def covering_entry(ids: Mapping[str, object], category: str) -> str | None:
    """Of several ids that cover a category, the longest: that alone applies."""
    found = [held for held in ids if covers(held, category)]
    return max(found, key=len) if found else None


def holdings(landscape: Landscape, category: str) -> Iterator[tuple[str, System, str, Holding]]:
    """Yield (system, its model, held category, holding) for each that covers a category."""
    for system_id in sorted(landscape.systems):
        system = landscape.systems[system_id]
        held = covering_entry(system.holds, category)
        if held is not None:
            yield system_id, system, held, system.holds[held]


def live_fact(system_id: str) -> Fact:
    """The fact whether a system is live."""
    return Fact("systems", system_id, "lifecycle")


def authority_fact(system_id: str, held: str) -> Fact:
    """The fact whether a holding is the authoritative one."""
    return Fact("systems", system_id, f"holds.{held}.authoritative")


def deciding_facts(landscape: Landscape, item: Item) -> tuple[Fact, ...]:
    """The unknown facts that decide who is a source of an item (none where ``from`` names them)."""
    if item.from_ is not None:
        return ()
    facts: list[Fact] = []
    for system_id, system, held, holding in holdings(landscape, item.category):
        if isinstance(system.lifecycle, Unknown):
            facts.append(live_fact(system_id))
        if isinstance(holding.authoritative, Unknown):
            facts.append(authority_fact(system_id, held))
    return tuple(facts)


def sources_of(landscape: Landscape, item: Item, completion: Completion) -> SourceSet:
    """Find the sources of an item, as ``completion`` takes what is unknown about them."""
    if item.from_ is not None:
        return _named(landscape, item)
    live = [
        entry
        for entry in holdings(landscape, item.category)
        if _is_live(entry[0], entry[1], completion)
    ]
    longest = max((len(held) for _, _, held, _ in live), default=0)
    nearest = [entry for entry in live if len(entry[2]) == longest]
    chosen = [entry for entry in nearest if _is_authoritative(entry, completion)] or nearest
    starts: dict[str, list[Start]] = {}
    for system_id, system, held, _ in chosen:
        if system.organisation is not None:
            starts.setdefault(system.organisation, []).append(Start(system_id, held))
    return SourceSet({key: tuple(starts[key]) for key in sorted(starts)})


def _named(landscape: Landscape, item: Item) -> SourceSet:
    named = {name for party in item.from_ or () for name in landscape.named_by(party)}
    starts: dict[str, list[Start]] = {name: [] for name in sorted(named)}
    for system_id, system, held, _ in holdings(landscape, item.category):
        if system.organisation in starts:
            starts[system.organisation].append(Start(system_id, held))
    return SourceSet({key: tuple(found) for key, found in starts.items()})


def _is_live(system_id: str, system: System, completion: Completion) -> bool:
    if isinstance(system.lifecycle, Lifecycle):
        return system.lifecycle.works
    return completion[live_fact(system_id)]


def _is_authoritative(entry: tuple[str, System, str, Holding], completion: Completion) -> bool:
    system_id, _, held, holding = entry
    if isinstance(holding.authoritative, bool):
        return holding.authoritative
    return completion[authority_fact(system_id, held)]
