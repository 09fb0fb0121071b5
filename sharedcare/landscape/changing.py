"""A landscape as changes, an option or a scenario would make it.

A change does three things, in this order: it removes entries, adds others, and patches what is
there (see :mod:`sharedcare.landscape.patching`). What is lost in a scenario is still there, and
does nothing any more. The result is checked as a profile is that is read from a file; the landscape
that it was made from stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sharedcare.errors import ProfileRefused
from sharedcare.landscape.building import build_again
from sharedcare.landscape.change import Change
from sharedcare.landscape.entry import Entry
from sharedcare.landscape.landscape import ENTRY_MODELS, Landscape
from sharedcare.landscape.patching import Values, declared, merged
from sharedcare.landscape.planning import Clash, Plan, clashes, plan_of
from sharedcare.landscape.removing import forget
from sharedcare.landscape.written import Way, path_words
from sharedcare.places import Fault, Placed, Severity, by_path
from sharedcare.vocabulary import AgreementStatus, FlowStatus, Lifecycle

#: What is said of an entry that is lost.
LOST: dict[str, Values] = {
    "systems": {"lifecycle": Lifecycle.RETIRED},
    "flows": {"status": FlowStatus.RETIRED},
    "agreements": {"status": AgreementStatus.NONE},
}


def with_changes(
    landscape: Landscape, change_ids: Iterable[str], place: Placed = by_path
) -> Landscape:
    """Return the landscape as it would be with changes made, and all that they require.

    ``place`` finds where a change stands in the profile's files: only the loader knows. Raises
    NotFoundError for a change that there is not, UsedWrongly if one excludes another, and
    ProfileRefused, with every fault, if they cannot be made.
    """
    return _with(landscape, "changes", change_ids, place)


def with_option(landscape: Landscape, option_id: str, place: Placed = by_path) -> Landscape:
    """Return the landscape as an option would make it; raises as :func:`with_changes` does."""
    return _with(landscape, "options", [option_id], place)


def in_scenario(landscape: Landscape, scenario_id: str, place: Placed = by_path) -> Landscape:
    """Return the landscape as it would be in a scenario: changed, poorer, on another day.

    Raises as :func:`with_changes` does.
    """
    return _with(landscape, "scenarios", [scenario_id], place)


def _with(landscape: Landscape, kind: str, ids: Iterable[str], place: Placed) -> Landscape:
    return what_if(landscape, *(f"{kind}.{key}" for key in ids), place=place)


def what_if(landscape: Landscape, *what: str, place: Placed = by_path) -> Landscape:
    """Return the landscape with changes, options and scenarios, by id, carried out together.

    Raises as :func:`with_changes` does.
    """
    return carried_out(landscape, plan_of(landscape, *what), place)


def laid_over(landscape: Landscape, patches: Mapping[str, Mapping[str, Values]]) -> Landscape:
    """Return the landscape with patches laid over its entries, as one change would lay them.

    ``patches`` are by map and id. The changes that the profile declares stay as they are. Raises
    ProfileRefused, with every fault, if the result does not hold together.
    """
    key = "laid_over"
    while key in landscape.changes:
        key += "_again"
    change = Change(patches={kind: dict(entries) for kind, entries in patches.items()})
    asked = landscape.model_copy(update={"changes": {**landscape.changes, key: change}})
    made = carried_out(asked, Plan(what=(("changes", key),), changes=(key,)))
    return made.model_copy(update={"changes": landscape.changes})


def carried_out(landscape: Landscape, plan: Plan, place: Placed = by_path) -> Landscape:
    """Return the landscape after a plan; raises ProfileRefused, with every fault, if it fails."""
    if not (plan.changes or plan.lost or plan.at):
        return landscape
    clashing = [_clash_fault(found, place) for found in clashes(landscape, plan.changes)]
    if clashing:
        raise _refused(plan, clashing)
    return _Making(landscape, plan, place).made()


def _clash_fault(found: Clash, place: Placed) -> Fault:
    way = ("changes", found.later, *found.way)
    message = f"{path_words(way)}: {found.words}, and neither change requires the other"
    return Fault(place(*way), "CLASH", message)


def _refused(plan: Plan, faults: Iterable[Fault]) -> ProfileRefused:
    found = tuple(sorted(faults, key=lambda fault: fault.order))
    what = " with ".join(key for _, key in plan.what)
    noun = "fault" if len(found) == 1 else "faults"
    return ProfileRefused(f"{what} cannot be carried out: {len(found)} {noun}", found)


def lost_entries(landscape: Landscape, lost: str) -> tuple[tuple[str, str], ...]:
    """Return, as (map, id), what a scenario loses by one name: an id, or a supplier's systems."""
    found = tuple((kind, lost) for kind in LOST if lost in getattr(landscape, kind))
    supplied = (key for key, system in landscape.systems.items() if system.supplier == lost)
    return found or tuple(("systems", key) for key in supplied)


class _Making:
    """One plan on its way into a landscape.

    ``said`` remembers which keys of an entry were said where (None: the whole entry), and
    ``removed`` where it was removed.
    """

    def __init__(self, landscape: Landscape, plan: Plan, place: Placed) -> None:
        self.landscape = landscape
        self.plan = plan
        self.place = place
        self.maps: dict[str, dict[str, Any]] = {
            kind: dict(getattr(landscape, kind)) for kind in ENTRY_MODELS
        }
        self.said: dict[tuple[str, ...], list[tuple[Way, frozenset[str] | None]]] = {}
        self.removed: dict[tuple[str, str], Way] = {}
        self.faults: list[Fault] = []

    def made(self) -> Landscape:
        """Carry out the plan."""
        for change_id in self.plan.changes:
            self._remove_all(change_id)
            self._add_all(change_id)
            self._patch_all(change_id)
        self._settle()
        self._forget()
        changed = self._built()
        return self._without_lost(changed) if self.plan.lost else changed

    def _built(self) -> Landscape:
        meta = declared(self.landscape.meta)
        if self.plan.at is not None:
            meta["as_of"] = self.plan.at
        building = build_again({"meta": meta, **self.maps}, self.place, self._told)
        faults = [fault for fault in building.faults if fault.severity is Severity.ERROR]
        if building.landscape is None or self.faults:
            raise _refused(self.plan, (*self.faults, *faults))
        return building.landscape

    def _fault(self, way: Way, code: str, message: str) -> None:
        self.faults.append(Fault(self.place(*way), code, f"{path_words(way)}: {message}"))

    def _remove_all(self, change_id: str) -> None:
        for kind, entry_ids in self.landscape.changes[change_id].removes.items():
            for position, key in enumerate(entry_ids):
                way = ("changes", change_id, "removes", kind, position)
                if self.maps[kind].pop(key, None) is not None:
                    self.removed[kind, key] = way
                elif (kind, key) not in self.removed:
                    self._missing(kind, key, way)

    def _add_all(self, change_id: str) -> None:
        for kind, entries in self.landscape.changes[change_id].adds.items():
            for key, entry in entries.items():
                way = ("changes", change_id, "adds", kind, key)
                if key in self.maps[kind]:
                    self._fault(way, "ID_TAKEN", "there is an entry with this id already")
                self.removed.pop((kind, key), None)
                self.maps[kind][key] = entry
                self.said[kind, key] = [(way, None)]

    def _patch_all(self, change_id: str) -> None:
        for kind, patches in self.landscape.changes[change_id].patches.items():
            for key, patch in patches.items():
                way = ("changes", change_id, "patches", kind, key)
                before = self.maps[kind].get(key)
                if before is None:
                    self._missing(kind, key, way)
                    continue
                self.maps[kind][key] = merged(_values(before), patch)
                self.said.setdefault((kind, key), []).append((way, frozenset(patch)))

    def _missing(self, kind: str, key: str, way: Way) -> None:
        """Tell that an entry is not there, and which change would add it or takes it away."""
        message = f"no entry of {kind} has the id {key}"
        changes = self.landscape.changes.items()
        adding = [f"changes.{name}" for name, found in changes if key in found.adds.get(kind, {})]
        if (kind, key) in self.removed:
            message += f"; {path_words(self.removed[kind, key][:2])} removes it"
        elif adding:
            message += f"; {' or '.join(adding)} adds it: name that under requires"
        self._fault(way, "UNKNOWN_ID", message)

    def _settle(self) -> None:
        """Make entries of what was patched; those that are not sound are left to the check."""
        for kind, key in self.said:
            found = self.maps[kind].get(key)
            if isinstance(found, dict):
                try:
                    self.maps[kind][key] = ENTRY_MODELS[kind].model_validate(found)
                except ValidationError:
                    continue

    def _forget(self) -> None:
        """Take what is removed out of what names it, and tell what hangs on it."""
        if not self.removed:
            return
        sound = {
            kind: {key: entry for key, entry in entries.items() if isinstance(entry, Entry)}
            for kind, entries in self.maps.items()
        }
        added = [key for (kind, key), said in self.said.items() if said[0][1] is None]
        for gone, way in forget(sound, self.removed, added):
            message = f"{path_words(way)} hangs on it; patch that, or remove it too"
            self._fault(self.removed[gone], "STILL_NAMED", message)
        self.maps = {kind: _with_unsound(self.maps[kind], sound[kind]) for kind in sound}

    def _told(self, way: Way) -> Way:
        """The way in the changes to what stands at a way in the landscape."""
        entry, rest = tuple(map(str, way[:2])), way[2:]
        for origin, keys in reversed(self.said.get(entry, [])):
            if keys is None or not rest or rest[0] in keys:
                return (*origin, *rest)
        return way

    def _without_lost(self, landscape: Landscape) -> Landscape:
        """Take out of use what the scenarios lose."""
        maps: dict[str, dict[str, Entry]] = {kind: dict(getattr(landscape, kind)) for kind in LOST}
        for kind, key in self._lost(landscape):
            values = merged(declared(maps[kind][key]), LOST[kind])
            maps[kind][key] = ENTRY_MODELS[kind].model_validate(values)
        return landscape.model_copy(update=maps)

    def _lost(self, landscape: Landscape) -> Iterator[tuple[str, str]]:
        for lost in self.plan.lost:
            yield from lost_entries(landscape, lost)


def _values(found: Entry | Values) -> Values:
    return declared(found) if isinstance(found, Entry) else found


def _with_unsound(before: dict[str, Any], sound: dict[str, Entry]) -> dict[str, Any]:
    """The sound entries, with those that are not at their places."""
    return {
        key: sound.get(key, entry)
        for key, entry in before.items()
        if key in sound or not isinstance(entry, Entry)
    }
