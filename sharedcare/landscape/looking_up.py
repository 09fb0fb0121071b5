"""Which ids there are, and whether what entries refer to is among them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from sharedcare.identifiers import Hints
from sharedcare.landscape.data_categories import ancestors, built_in
from sharedcare.landscape.entry import Entry
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.mending import PLACEHOLDER
from sharedcare.landscape.references import INTO, Reference, references
from sharedcare.landscape.written import Way
from sharedcare.places import Severity
from sharedcare.vocabulary import ORGANISATION_TYPES

#: How alike an unknown category and a known one must be for it to be a slip and not a new word.
SLIP = 0.85

#: Maps of which the entries may refer to what changes would add.
LOOKING_AHEAD = ("changes", "scenarios")

#: Tells a fault: way into the profile, code, message, severity.
Tell = Callable[[Way, str, str, Severity], None]


class Ids:
    """The ids of a profile as it was written, also of entries that are faulty.

    ``of`` holds those of each map, ``added`` those that changes would add to it.
    """

    def __init__(self, raw: Mapping[str, object], hints: Hints, tell: Tell) -> None:
        self.raw = raw
        self.hints = hints
        self.tell = tell
        self.bundles: tuple[str, ...] = ()
        self.of = {kind: frozenset(map(str, self._map(kind))) for kind in ENTRY_MODELS}
        self.added = _added(self._map("changes"))
        self._known_by_map: dict[tuple[str, bool], frozenset[str]] = {}

    def _map(self, kind: str) -> Mapping[str, object]:
        found = self.raw.get(kind)
        return found if isinstance(found, Mapping) else {}

    def check(self, way: Way, entry: Entry, before: Entry | None = None) -> None:
        """Tell every reference of the entry at a way that leads nowhere.

        ``before`` is the entry without a change; what it refers to was looked at there.
        """
        looked_at = {(found.id, found.into) for found in references(before)} if before else set()
        for reference in references(entry):
            if (reference.id, reference.into) not in looked_at:
                self._check_one((*way, *reference.way), reference)

    def _check_one(self, way: Way, reference: Reference) -> None:
        if reference.into == "categories":
            self._check_category(way, reference)
        elif reference.into == "parties":
            self._check_party(way, reference)
        else:
            self._check_id(way, reference)

    def _check_id(self, way: Way, reference: Reference) -> None:
        known = self.known(reference.into, ahead=way[0] in LOOKING_AHEAD)
        if reference.id not in known:
            hint = self.hints.hint(reference.id, known)
            message = f"no entry of {INTO[reference.into].words} has the id {reference.id}{hint}"
            self.tell(way, "UNKNOWN_ID", message, Severity.ERROR)

    def known(self, into: str, ahead: bool) -> frozenset[str]:
        """The ids that a reference may hold; a mended entry's placeholder is no fault.

        ``ahead`` counts in what changes would add.
        """
        known = self._known_by_map.get((into, ahead))
        if known is None:
            maps = INTO[into].maps
            known = frozenset({PLACEHOLDER}).union(*(self.of[name] for name in maps))
            if INTO[into].suppliers:
                known |= self._suppliers
            if ahead:
                known = known.union(*(self.added[name] for name in maps))
            self._known_by_map[into, ahead] = known
        return known

    @cached_property
    def _suppliers(self) -> frozenset[str]:
        named = (_said(system, "supplier") for system in self._map("systems").values())
        return frozenset(str(supplier) for supplier in named if supplier is not None)

    @cached_property
    def _declared_categories(self) -> frozenset[str]:
        """The profile's own categories and their ancestors, which need not be declared."""
        declared = self.of["data_categories"] | self.added["data_categories"]
        return declared.union(*(ancestors(name) for name in declared))

    def is_category(self, category: str) -> bool:
        """Whether a data category is built in, or the profile's own."""
        return category in built_in() or category in self._declared_categories

    def _check_category(self, way: Way, reference: Reference) -> None:
        if reference.id == PLACEHOLDER or self.is_category(reference.id):
            return
        known = self._categories_as_deep(reference.id.count("."))
        self._soft(way, reference.id, known, "data category", "declare it under data_categories")

    def _categories_as_deep(self, depth: int) -> Iterator[str]:
        everything = (*built_in(), *self._declared_categories, *self.bundles)
        return (name for name in everything if name.count(".") == depth)

    @cached_property
    def _known_parties(self) -> frozenset[str]:
        organisations = self._map("organisations").values()
        types = frozenset(str(_said(entry, "type")) for entry in organisations)
        usual = frozenset((*ORGANISATION_TYPES, "all", PLACEHOLDER))
        return self.of["organisations"] | self.added["organisations"] | types | usual

    def _check_party(self, way: Way, reference: Reference) -> None:
        known = self._known_parties
        if reference.id not in known:
            self._soft(way, reference.id, known, "organisation, nor a type of one,", "declare it")

    def _soft(self, way: Way, name: str, known: Iterable[str], what: str, remedy: str) -> None:
        hint = self.hints.hint(name, known, SLIP)
        if hint:
            message = f"no {what} has the id {name}{hint}"
            self.tell(way, "UNKNOWN_ID", message, Severity.ERROR)
        else:
            message = f"no {what} has the id {name}; {remedy} so that others know what it means"
            self.tell(way, "NEW_WORD", message, Severity.WARNING)


def _said(entry: object, key: str) -> object:
    """What an entry says under a key, whether it was built already or is as it was written."""
    return entry.get(key) if isinstance(entry, Mapping) else getattr(entry, key, None)


def _added(changes: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """The ids that changes would add to each map."""
    found: dict[str, set[str]] = {kind: set() for kind in ENTRY_MODELS}
    for change in changes.values():
        adds = _said(change, "adds")
        for kind, entries in adds.items() if isinstance(adds, Mapping) else ():
            if kind in found and isinstance(entries, Mapping):
                found[kind].update(map(str, entries))
    return {kind: frozenset(ids) for kind, ids in found.items()}
