"""What is to be done to a landscape: which changes, in which order, what is lost, on which day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sharedcare.errors import NotFoundError, UsedWrongly
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape.change import Change
from sharedcare.landscape.landscape import Landscape
from sharedcare.landscape.patching import leaves

#: The maps that hold what can be asked for, and what one entry of each is called.
KINDS: dict[str, str] = {"changes": "change", "options": "option", "scenarios": "scenario"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to a landscape.

    ``what`` are the changes, options and scenarios that were asked for, as (map, id); ``changes``
    what they come to, in the order in which they are made: what is required goes before what
    requires it, else as in the profile. ``pulled_in`` are those that are only required. ``lost``
    names systems, flows, agreements and suppliers; ``at`` is another day than the landscape's.
    """

    what: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    pulled_in: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two changes of which neither requires the other, and which say two things of one entry.

    ``way`` leads to it from the later of the two, ``words`` say what both want.
    """

    earlier: str
    later: str
    way: tuple[str, ...]
    words: str


def plan_of(landscape: Landscape, *what: str) -> Plan:
    """Plan changes, options and scenarios, by id, to be made together.

    ``options.x`` says which is meant where several have the same id. Raises NotFoundError for an
    id that there is not, UsedWrongly where what is asked for excludes each other.
    """
    found = tuple(dict.fromkeys(_found(landscape, asked) for asked in what))
    _check_options(landscape, [key for kind, key in found if kind == "options"])
    named = [change for kind, key in found for change in _changes_of(landscape, kind, key)]
    changes = _in_order(landscape, named)
    _check_excluded(landscape, changes)
    scenarios = [landscape.scenarios[key] for kind, key in found if kind == "scenarios"]
    return Plan(
        what=found,
        changes=changes,
        pulled_in=tuple(change for change in changes if change not in named),
        lost=tuple(dict.fromkeys(lost for scenario in scenarios for lost in scenario.disrupt)),
        at=_day(scenario.at for scenario in scenarios),
    )


def _found(landscape: Landscape, asked: str) -> tuple[str, str]:
    kind, _, key = asked.partition(".")
    if kind in KINDS and key in getattr(landscape, kind):
        return kind, key
    kinds = [kind for kind in KINDS if asked in getattr(landscape, kind)]
    if not kinds:
        hint = did_you_mean(asked, [key for kind in KINDS for key in getattr(landscape, kind)])
        raise NotFoundError(f"no change, option or scenario has the id {asked}{hint}")
    if len(kinds) > 1:
        ways = " or ".join(f"{kind}.{asked}" for kind in kinds)
        raise UsedWrongly(f"more than one thing has the id {asked}; write {ways}")
    return kinds[0], asked


def _changes_of(landscape: Landscape, kind: str, key: str) -> tuple[str, ...]:
    if kind == "changes":
        return (key,)
    if kind == "options":
        return landscape.options[key].changes
    return landscape.scenarios[key].apply


def _check_options(landscape: Landscape, options: Iterable[str]) -> None:
    chosen: dict[str, str] = {}
    for option in options:
        group = landscape.options[option].group
        if group is not None and chosen.setdefault(group, option) != option:
            both = f"options.{chosen[group]} and options.{option}"
            raise UsedWrongly(f"{both} compete (group {group}); choose one of them")


def _in_order(landscape: Landscape, named: Iterable[str]) -> tuple[str, ...]:
    """The changes with all that they require, each after what it requires."""
    wanted = required(landscape, named)
    ordered: dict[str, None] = {}
    for change in landscape.changes:
        if change in wanted:
            _place(landscape, change, ordered)
    return tuple(ordered)


def _place(landscape: Landscape, change: str, ordered: dict[str, None]) -> None:
    """Put a change behind what it requires; in a circle, behind what was not on the way to it."""
    on_the_way: dict[str, None] = {}
    stack = [change]
    while stack:
        top = stack[-1]
        on_the_way[top] = None
        before = (
            c for c in landscape.changes[top].requires if c not in ordered and c not in on_the_way
        )
        following = next(before, None)
        if following is None:
            ordered[stack.pop()] = None
        else:
            stack.append(following)


def required(landscape: Landscape, named: Iterable[str]) -> frozenset[str]:
    """Return changes with all that they require, directly or through others."""
    found: set[str] = set()
    open_ = list(named)
    while open_:
        change = open_.pop()
        if change not in found:
            found.add(change)
            open_ += landscape.changes[change].requires
    return frozenset(found)


def _check_excluded(landscape: Landscape, changes: tuple[str, ...]) -> None:
    for change in changes:
        for other in changes:
            if other in landscape.changes[change].excludes:
                message = f"changes.{change} excludes changes.{other}: they cannot be made together"
                raise UsedWrongly(message)


def _day(days: Iterable[date | None]) -> date | None:
    told = sorted({day for day in days if day is not None})
    if len(told) > 1:
        raise UsedWrongly(f"the scenarios are on different days: {told[0]} and {told[-1]}")
    return told[0] if told else None


def clashes(landscape: Landscape, changes: Iterable[str]) -> Iterator[Clash]:
    """Yield where changes, in this order, want two things of one entry."""
    touching: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        for entry in _touched(landscape.changes[change]):
            touching.setdefault(entry, []).append(change)
    for entry, several in touching.items():
        for earlier, later in combinations(several, 2):
            if not _is_ordered(landscape, earlier, later):
                yield from _clash(landscape, earlier, later, entry)


def incompatible(landscape: Landscape) -> frozenset[frozenset[str]]:
    """Return the pairs of changes that cannot be made together.

    One excludes the other, or both want two things of one entry and neither requires the other.
    """
    excluded = {
        frozenset((key, other))
        for key, change in landscape.changes.items()
        for other in change.excludes
    }
    clashing = {
        frozenset((found.earlier, found.later)) for found in clashes(landscape, landscape.changes)
    }
    return frozenset(excluded | clashing)


def _touched(change: Change) -> dict[tuple[str, str], None]:
    """The entries that a change adds, patches or removes."""
    maps: tuple[Mapping[str, Iterable[str]], ...] = (change.adds, change.patches, change.removes)
    return {(kind, key): None for edits in maps for kind in edits for key in edits[kind]}


def _is_ordered(landscape: Landscape, one: str, other: str) -> bool:
    return one in required(landscape, [other]) or other in required(landscape, [one])


def _clash(
    landscape: Landscape, earlier: str, later: str, entry: tuple[str, str]
) -> Iterator[Clash]:
    kind, key = entry
    first, second = landscape.changes[earlier], landscape.changes[later]
    if all(key in change.adds.get(kind, {}) for change in (first, second)):
        yield Clash(earlier, later, ("adds", kind, key), f"changes.{earlier} adds it too")
    elif key in first.removes.get(kind, ()):
        if not _only_removes(second, kind, key):
            edit = "adds" if key in second.adds.get(kind, {}) else "patches"
            yield Clash(earlier, later, (edit, kind, key), f"changes.{earlier} removes it")
    elif key in second.removes.get(kind, ()):
        yield Clash(earlier, later, ("removes", kind, key), f"changes.{earlier} changes it")
    else:
        ours, theirs = (change.patches.get(kind, {}).get(key, {}) for change in (first, second))
        for way in _differences(ours, theirs):
            words = f"changes.{earlier} says something else here"
            yield Clash(earlier, later, ("patches", kind, key, *way), words)


def _only_removes(change: Change, kind: str, key: str) -> bool:
    patched, added = (edits.get(kind, {}) for edits in (change.patches, change.adds))
    return key not in patched and key not in added


def _differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The ways to what two patches set differently, or of which one sets a part of the other."""
    set_before = dict(leaves(ours))
    parts = {way[:length] for way in set_before for length in range(1, len(way))}
    for way, value in leaves(theirs):
        above = (way[:length] for length in range(1, len(way)))
        if way in set_before:
            if set_before[way] != value:
                yield way
        elif way in parts or any(part in set_before for part in above):
            yield way
