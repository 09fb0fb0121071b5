"""What changes would add, patch and remove, checked when a profile is read.

What a change says is written as in a profile, with short forms, bundles and the defaults of each
map. Read here, it means the same wherever it is applied: what is added is whole, a patch goes by
key.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from sharedcare.landscape.change import Change
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import kind_of
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.looking_up import Ids
from sharedcare.landscape.patching import Values, declared, in_full, merged
from sharedcare.landscape.written import KEY, Way

#: Maps that say what could be done and how results are judged: no change changes them.
PLANS = ("changes", "options", "scenarios", "gates", "suppressions")

#: Keys and values that entries may come to, each counted for every patch of it.
MAX_PATCHED = 500_000

M = TypeVar("M", bound=Declared)
Entries = dict[str, dict[str, Any]]


class Reader(Protocol):
    """What the reading of a profile offers to whoever reads a part of it."""

    ids: Ids

    @property
    def context(self) -> dict[str, object]:
        """What validators have to know of the profile."""

    def fault(self, way: Way, code: str, message: str) -> None:
        """Tell a fault of what a way leads to."""

    def validated(self, model: type[M], way: Way, value: object, written: object) -> M | None:
        """Return a value as a model, or tell every fault of it."""

    def refused(self, error: ValidationError, model: type[Declared], way: Way, at: object) -> None:
        """Tell every fault that pydantic found."""

    def id_is_good(self, kind: str, way: Way) -> bool:
        """Whether a way ends in an id that an entry may have; else it is told."""

    def with_defaults(self, kind: str, value: object) -> object:
        """Lay an entry over the defaults of its map."""


class Edits:
    """Reads the edits of all changes; ``maps`` holds the entries of the profile that are sound."""

    def __init__(self, reader: Reader, maps: Mapping[str, Mapping[str, Entry]]) -> None:
        self.reader = reader
        self.ids = reader.ids
        self.maps = maps
        self.added: dict[tuple[str, str], Entry] = {}
        self.left = MAX_PATCHED

    def read(self, written: Mapping[str, object]) -> dict[str, Change]:
        """Return the changes with their edits read; those built before are as they were."""
        changes = {key: c for key, c in self.maps["changes"].items() if isinstance(c, Change)}
        built = {str(key) for key, value in written.items() if isinstance(value, Change)}
        new = {key: change for key, change in changes.items() if key not in built}
        adds = {key: self._adds(key, change) for key, change in new.items()}
        patches = {key: self._patches(key, change) for key, change in new.items()}
        for key, change in new.items():
            self._check_removes(key, change)
        return {
            key: change.model_copy(update=_said(adds=adds[key], patches=patches[key]))
            if key in new
            else change
            for key, change in changes.items()
        }

    def _maps_of(self, way: Way, edits: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Go through the maps that a change names and may change; others are told."""
        may_change = [kind for kind in ENTRY_MODELS if kind not in PLANS]
        for kind, entries in edits.items():
            if kind in may_change:
                yield kind, entries
            elif kind in PLANS:
                message = "a change changes what there is, and not what is planned or asked of it"
                self.reader.fault((*way, kind, KEY), "UNKNOWN_KEY", message)
            else:
                hint = self.ids.hints.hint(kind, may_change)
                message = f"a profile has no such map{hint}"
                self.reader.fault((*way, kind, KEY), "UNKNOWN_KEY", message)

    def _adds(self, change_id: str, change: Change) -> Entries:
        way, made = ("changes", change_id, "adds"), Entries()
        for kind, entries in self._maps_of(way, change.adds):
            for entry_id, value in entries.items():
                at = (*way, kind, str(entry_id))
                entry = self._added(kind, at, change, value)
                if entry is not None:
                    made.setdefault(kind, {})[str(entry_id)] = entry
                    self.added.setdefault((kind, str(entry_id)), entry)
        return made

    def _added(self, kind: str, way: Way, change: Change, value: object) -> Entry | None:
        entry_id = str(way[-1])
        if not self.reader.id_is_good(kind, way):
            return None
        if entry_id in self._taken(kind) and entry_id not in change.removes.get(kind, ()):
            message = "there is an entry with this id already; patches: changes it"
            self.reader.fault((*way, KEY), "ID_TAKEN", message)
            return None
        whole = self.reader.with_defaults(kind, value)
        entry = self.reader.validated(ENTRY_MODELS[kind], way, whole, whole)
        if entry is not None:
            self.ids.check(way, entry)
        return entry

    def _taken(self, kind: str) -> frozenset[str]:
        """The ids that an entry of a map cannot have; flows go from and to either of two maps."""
        twin = {"systems": "stakeholders", "stakeholders": "systems"}.get(kind, kind)
        return self.ids.of[kind] | self.ids.of[twin]

    def _patches(self, change_id: str, change: Change) -> Entries:
        way, made = ("changes", change_id, "patches"), Entries()
        for kind, entries in self._maps_of(way, change.patches):
            for entry_id, patch in entries.items():
                read = self._patch(kind, (*way, kind, str(entry_id)), change, patch)
                if read is not None:
                    made.setdefault(kind, {})[str(entry_id)] = read
        return made

    def _patch(self, kind: str, way: Way, change: Change, patch: object) -> Values | None:
        entry_id = str(way[-1])
        if entry_id in change.removes.get(kind, ()) and entry_id not in change.adds.get(kind, ()):
            self.reader.fault((*way, KEY), "UNKNOWN_ID", "the same change removes this entry")
        elif not self._is_there(kind, (*way, KEY), entry_id):
            return None
        elif not isinstance(patch, Mapping):
            message = f"a map of keys is expected, not {kind_of(patch)}; removes: takes it away"
            self.reader.fault(way, "WRONG_TYPE", message)
        else:
            before = self.maps[kind].get(entry_id) or self.added.get((kind, entry_id))
            return None if before is None else self._read(before, way, patch)
        return None

    def _is_there(self, kind: str, way: Way, entry_id: str) -> bool:
        known = self.ids.known(kind, ahead=True)
        if entry_id in known:
            return True
        hint = self.ids.hints.hint(entry_id, known)
        message = f"no entry of {kind} has the id {entry_id}{hint}"
        self.reader.fault(way, "UNKNOWN_ID", message)
        return False

    def _read(self, before: Entry, way: Way, patch: Mapping[str, Any]) -> Values | None:
        """Return a patch by key, checked on the entry as it would become."""
        values, model = declared(before), type(before)
        self.left -= size(values)
        if self.left < 0:
            self.reader.fault(way, "TOO_LARGE", "what is patched comes to too much")
            return None
        full = self._in_full(model, way, patch)
        if full is None:
            return None
        after = self.reader.validated(model, way, merged(values, full), patch)
        if after is None:
            return None
        self.ids.check(way, after, before)
        return _settled(full, declared(after))

    def _in_full(self, model: type[Entry], way: Way, patch: Mapping[str, Any]) -> Values | None:
        """Bring short forms into their full one; None where one of them cannot be read."""
        made: Values = {}
        for key, said in patch.items():
            try:
                made[key] = in_full(model, key, said, self.reader.context)
            except ValidationError as error:
                self.reader.refused(error, model, (*way, key), said)
        return made if len(made) == len(patch) else None

    def _check_removes(self, change_id: str, change: Change) -> None:
        way: Way = ("changes", change_id, "removes")
        for kind, entry_ids in self._maps_of(way, change.removes):
            for position, entry_id in enumerate(entry_ids):
                self._is_there(kind, (*way, kind, position), entry_id)


def _said(**edits: Entries) -> dict[str, Entries]:
    """Those of the edits that say anything."""
    return {key: found for key, found in edits.items() if found}


def _settled(patch: Values, after: Values) -> Values:
    """Put the values that were read in the place of those that were written, if they are whole.

    What a bundle stands for is known only here.
    """
    return {
        key: said if key not in after or isinstance(after[key], Mapping) else after[key]
        for key, said in patch.items()
    }


def size(value: object) -> int:
    """How many keys and values there are in a value."""
    if isinstance(value, Mapping):
        return 1 + sum(map(size, value.values()))
    return 1 + sum(map(size, value)) if isinstance(value, list | tuple) else 1
