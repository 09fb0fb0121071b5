"""Built-in activities in a profile: all of them by one word, or one at a time, changed at will.

``activities: {built_in: integrated}`` takes all of them, with the links of that archetype. An entry
with ``built_in: ID`` takes one: it says of itself only what is different. What it supports in the
catalogue is, in the profile, whatever entry took that over; what nobody took is not supported.
"""

from collections.abc import Callable, Iterator, Mapping

from sharedcare.identifiers import did_you_mean
from sharedcare.landscape.repertoire import Archetype, repertoire
from sharedcare.landscape.written import Way
from sharedcare.places import LocatedMap

#: The key that takes built-in activities over.
KEY_WORD = "built_in"

#: What stands in an entry of which nobody knows which activity it takes, so that one fault is one.
_PLACEHOLDER = {"actor": "provider", "stage": "front"}

#: Tells a fault: way into the profile, code, message.
Tell = Callable[[Way, str, str], None]

Entries = Mapping[str, object]


def with_built_in(raw: Mapping[str, object], tell: Tell) -> Mapping[str, object]:
    """Return a profile as written in which every activity that takes one over is in full.

    Also those that changes add. A profile that takes none is returned as it is.
    """
    activities = raw.get("activities")
    found = _Taking(tell, activities if isinstance(activities, Mapping) else {})
    changed: dict[str, object] = {}
    if found.takes:
        changed["activities"] = found.profile()
    changes = raw.get("changes")
    if isinstance(changes, Mapping) and any(_adds(change) for change in changes.values()):
        full = {key: found.change(str(key), change) for key, change in changes.items()}
        changed["changes"] = _like(changes, full)
    return _like(raw, {**raw, **changed}) if changed else raw


def _adds(change: object) -> Entries | None:
    """The activities that a change adds, if any of them takes one over."""
    adds = change.get("adds") if isinstance(change, Mapping) else None
    found = adds.get("activities") if isinstance(adds, Mapping) else None
    return found if isinstance(found, Mapping) and any(map(_taken, found.values())) else None


def _taken(entry: object) -> str | None:
    """The built-in activity that an entry as written takes over."""
    said = entry.get(KEY_WORD) if isinstance(entry, Mapping) else None
    return said if isinstance(said, str) else None


def _like(written: Mapping[str, object], entries: Mapping[str, object]) -> Mapping[str, object]:
    """Give entries the places of the map that they are made of."""
    if not isinstance(written, LocatedMap):
        return dict(entries)
    made = LocatedMap(entries.items(), written.place)
    made.key_place, made.keys_at = written.key_place, written.keys_at
    return made


class _Taking:
    """The taking over of built-in activities in one profile."""

    def __init__(self, tell: Tell, activities: Entries) -> None:
        self.tell = tell
        self.activities = activities
        self.said = activities.get(KEY_WORD)
        self.archetype = Archetype.INTEGRATED
        self.takes_all = isinstance(self.said, str)
        self.takes = self.takes_all or any(map(_taken, activities.values()))
        if self.takes_all:
            self._read_archetype()
        self.named = dict(self._names())

    def _read_archetype(self) -> None:
        words = [archetype.value for archetype in Archetype]
        if self.said in words:
            self.archetype = Archetype(str(self.said))
            return
        message = f"built-in activities are taken as {' or '.join(words)}"
        self.tell(("activities", KEY_WORD), "BAD_WORD", message)

    def _names(self) -> Iterator[tuple[str, str]]:
        """The id in the profile of each built-in activity that is taken; the first taker's."""
        takers: dict[str, str] = {}
        for key, entry in self.activities.items():
            takers.setdefault(_taken(entry) or "", str(key))
        for key in repertoire():
            if key in takers:
                yield key, takers[key]
            elif self.takes_all or key in self.activities:
                yield key, key

    def profile(self) -> Mapping[str, object]:
        """The profile's activities in full: its own first, then those taken by one word."""
        own = {
            key: self._full(("activities", str(key)), entry)
            for key, entry in self.activities.items()
            if not (self.takes_all and key == KEY_WORD)
        }
        rest = {
            key: self._of_catalogue(key)
            for key in (repertoire() if self.takes_all else ())
            if self.named[key] == key and key not in own
        }
        return _like(self.activities, {**own, **rest})

    def change(self, key: str, change: object) -> object:
        """A change in which every activity that it adds is in full."""
        added = _adds(change)
        if added is None or not isinstance(change, Mapping):
            return change
        way: Way = ("changes", key, "adds", "activities")
        full = {name: self._full((*way, str(name)), entry) for name, entry in added.items()}
        adds = change["adds"]
        whole = _like(adds, {**adds, "activities": _like(added, full)})
        return _like(change, {**change, "adds": whole})

    def _full(self, way: Way, entry: object) -> object:
        """An entry with what it takes over, where it says nothing itself."""
        taken = _taken(entry)
        if taken is None or not isinstance(entry, Mapping):
            return entry
        if taken not in repertoire():
            hint = did_you_mean(taken, repertoire())
            message = f"there is no built-in activity {taken}{hint}"
            self.tell((*way, KEY_WORD), "UNKNOWN_ID", message)
            return _like(entry, {**_PLACEHOLDER, **entry})
        base = self._of_catalogue(taken)
        if "needs" in entry:
            base.pop("categories")
        return _like(entry, {**base, **entry})

    def _of_catalogue(self, key: str) -> dict[str, object]:
        """A built-in activity as an entry; it supports what the profile has of what it would."""
        activity = repertoire()[key]
        supports = [self.named[name] for name in activity.supports if name in self.named]
        return {**activity.as_written(self.archetype), KEY_WORD: key, "supports": supports}
