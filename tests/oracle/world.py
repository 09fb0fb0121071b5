"""A landscape in which every unknown is settled, and who is a source in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.occurrences import Tally
from tests.oracle.values import UNKNOWN, Profile

Entries = Mapping[str, Mapping[str, Any]]
Holding = tuple[str, str]
"""A system and the category id of one of its holdings."""

EVERYTHING = "*"
"""The entry that stands for `as_held: all`; it is no category, so that it cannot clash."""


@dataclass(frozen=True)
class World:
    """A profile with one completion of what decides the sources, the rest at best or at worst.

    `alive` and `authority` settle the unknown lifecycles of holding systems and the unknown
    `authoritative` of holdings; `held` and `carried` are the short forms written out.
    """

    profile: Profile
    held: Mapping[str, Entries]
    carried: Mapping[str, Entries]
    best: bool
    alive: Mapping[str, bool]
    authority: Mapping[Holding, bool]
    tally: Tally

    def entries(self, name: str) -> Mapping[str, Any]:
        """One top-level map of the profile, empty if it has none."""
        found: Mapping[str, Any] = self.profile.get(name, {})
        return found

    @property
    def systems(self) -> Mapping[str, Any]:
        """The systems by id."""
        return self.entries("systems")

    def organisation_of(self, place: str) -> str | None:
        """The organisation of a system or a stakeholder, if it has one."""
        owner = self.systems.get(place) or self.entries("stakeholders")[place]
        organisation: str | None = owner.get("organisation")
        return organisation

    def is_human(self, place: str) -> bool:
        """A stakeholder, or a system of kind `paper` or `person`."""
        return place not in self.systems or self.systems[place]["kind"] in {"paper", "person"}

    def is_live(self, system: str) -> bool:
        """Lifecycle live (also if not said) or end_of_support."""
        lifecycle = self.systems[system].get("lifecycle", "live")
        if lifecycle != UNKNOWN:
            return lifecycle in {"live", "end_of_support"}
        if system in self.alive:
            self.tally["unknown.lifecycle_of_holder"] += 1
            return self.alive[system]
        self.tally["unknown.lifecycle_of_other"] += 1
        return self.best

    def is_authoritative(self, holding: Holding) -> bool:
        """Whether a holding is the authoritative one; not, if not said."""
        system, category = holding
        said = self.held[system][category].get("authoritative", False)
        if said == UNKNOWN:
            self.tally["unknown.authoritative"] += 1
            return self.authority[holding]
        return bool(said)

    def matches(self, entry: str, organisation: str) -> bool:
        """Whether an id or a type, as in `from` and `parties`, stands for the organisation."""
        return entry in {organisation, self.entries("organisations")[organisation]["type"]}


def written_out(declared: Mapping[str, Any]) -> Entries:
    """`holds` or `carries` as category → map, from any of its short forms.

    They are category → form, form → list of categories, `as_held: all`, or already maps.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    for key, value in declared.items():
        if key == "as_held":
            entries[EVERYTHING] = {"form": "profiled"}
        elif isinstance(value, list):
            entries.update({category: {"form": key} for category in value})
        else:
            entries[key] = value if isinstance(value, Mapping) else {"form": value}
    return entries


def covers(entry: str, category: str) -> bool:
    """Whether an entry is the category or an ancestor of it."""
    return entry == category or category.startswith(f"{entry}.")


def longest_covering(entries: Entries, category: str) -> str | None:
    """The longest id among the entries that cover the category; `as_held: all` covers too."""
    covering = [entry for entry in entries if covers(entry, category)]
    if not covering:
        return EVERYTHING if EVERYTHING in entries else None
    return max(covering, key=len)


def starts_by_source(world: World, item: Mapping[str, Any]) -> dict[str, list[Holding]]:
    """Each source organisation of an item, with the holdings that a route may start from."""
    if "from" in item:
        return {source: _holdings_of(world, source, item) for source in _named(world, item)}
    starts: dict[str, list[Holding]] = {}
    for holding in source_holdings(world, item["category"]):
        source = world.organisation_of(holding[0])
        if source is None:
            world.tally["source.holder_without_organisation"] += 1
        else:
            starts.setdefault(source, []).append(holding)
    world.tally["source.by_holdings" if starts else "source.none"] += 1
    world.tally["source.several"] += len(starts) > 1
    return starts


def source_holdings(world: World, category: str) -> list[Holding]:
    """Of all holdings of live systems that cover the category, the longest, the authoritative."""
    covering = [holding for holding in _covering(world, category) if _counts(world, holding)]
    longest = max((len(entry) for _, entry in covering), default=0)
    chosen = [holding for holding in covering if len(holding[1]) == longest]
    authoritative = [holding for holding in chosen if world.is_authoritative(holding)]
    world.tally["source.shorter_holding_dropped"] += len(chosen) < len(covering)
    world.tally["source.other_than_authoritative_dropped"] += 0 < len(authoritative) < len(chosen)
    world.tally["source.holding_of_ancestor"] += 0 < longest < len(category)
    return authoritative or chosen


def _covering(world: World, category: str) -> list[Holding]:
    """Every holding that is of the category or an ancestor, of live systems or not."""
    everything = [(system, entry) for system in world.held for entry in world.held[system]]
    world.tally["source.holding_below_category"] += any(
        entry.startswith(f"{category}.") for _, entry in everything
    )
    return [holding for holding in everything if covers(holding[1], category)]


def _counts(world: World, holding: Holding) -> bool:
    """Whether the system of a holding is live."""
    live = world.is_live(holding[0])
    world.tally["source.holding_of_system_not_live"] += not live
    return live


def _named(world: World, item: Mapping[str, Any]) -> list[str]:
    """The organisations that `from` names by id or by type."""
    named = []
    for organisation, declared in world.entries("organisations").items():
        by_id, by_type = organisation in item["from"], declared["type"] in item["from"]
        world.tally["source.from_by_id"] += by_id
        world.tally["source.from_by_type"] += by_type
        if by_id or by_type:
            named.append(organisation)
    types = {declared["type"] for declared in world.entries("organisations").values()}
    world.tally["source.from_id_and_type_of_others"] += any(
        entry in types and entry in named for entry in item["from"]
    )
    return named


def _holdings_of(world: World, source: str, item: Mapping[str, Any]) -> list[Holding]:
    """The longest covering holding of each live system of an organisation that `from` names."""
    holdings = []
    for system, entries in world.held.items():
        entry = longest_covering(entries, item["category"])
        if entry is None or world.organisation_of(system) != source:
            continue
        if not world.is_live(system):
            world.tally["source.from_system_not_live"] += 1
            continue
        several = sum(covers(each, item["category"]) for each in entries) > 1
        world.tally["source.from_longest_of_several"] += several
        holdings.append((system, entry))
    world.tally["source.from_holds_nothing"] += not holdings
    return holdings
