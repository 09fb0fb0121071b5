"""From what was written to a checked landscape, with every fault at once.

Each entry is validated by itself, so that one fault never hides another; references are looked up
among the ids that were written, also those of entries that are faulty, so that one fault never
causes a second.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from sharedcare.errors import ProfileRefused
from sharedcare.identifiers import Hints, is_category_id, is_slug
from sharedcare.landscape.bundles import Bundles
from sharedcare.landscape.carried import ALLOWANCE, BUNDLES, MAX_UNBUNDLED
from sharedcare.landscape.checks import advice
from sharedcare.landscape.data_categories import ancestors, built_in
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import PLACE, kind_of
from sharedcare.landscape.landscape import ENTRY_MODELS, Landscape
from sharedcare.landscape.mending import PLACEHOLDER, mend
from sharedcare.landscape.meta import Meta
from sharedcare.landscape.pydantic_faults import known_keys, sentence
from sharedcare.landscape.references import Reference, Way, references
from sharedcare.landscape.written import KEY, locate, path_words
from sharedcare.places import Fault, LocatedMap, LocatedText, Severity
from sharedcare.vocabulary import ORGANISATION_TYPES

#: Top-level keys that are no maps of entries.
OTHER_KEYS = ("meta", "defaults", "bundles", "includes")

#: Keys and values that the defaults of one map may come to over all its entries.
MAX_DEFAULTED = 500_000

#: Refused entries of which the references are still checked; past that, mend the first ones first.
MOST_MENDED = 500

#: How alike an unknown category and a known one must be for it to be a slip and not a new word.
SLIP = 0.85


@dataclass(frozen=True, slots=True)
class Building:
    """What came of a profile: a landscape if there was no error, and every fault."""

    landscape: Landscape | None
    faults: tuple[Fault, ...]

    def or_refuse(self) -> Landscape:
        """Return the landscape; raises ProfileRefused with all faults if there is none."""
        if self.landscape is None:
            errors = [fault for fault in self.faults if fault.severity is Severity.ERROR]
            raise ProfileRefused(f"the profile has {len(errors)} faults", self.faults)
        return self.landscape


def build(raw: Mapping[str, object], file: str = "") -> Building:
    """Check a profile as it was written (plain maps, lists and scalars, located or not)."""
    builder = _Builder(raw, file)
    return builder.build()


def landscape_of(raw: Mapping[str, object]) -> Landscape:
    """Make a landscape of plain Python maps; raises ProfileRefused with every fault."""
    return build(raw).or_refuse()


class _Builder:
    """One building of one profile; collects faults on the way."""

    def __init__(self, raw: Mapping[str, object], file: str) -> None:
        self.raw = raw
        self.file = file
        self.faults: list[Fault] = []
        self.ids = {kind: frozenset(map(str, self._map(kind))) for kind in ENTRY_MODELS}
        self.bundles: dict[str, tuple[str, ...]] = {}
        self.known_by_map: dict[str, frozenset[str]] = {}
        self.hints = Hints()
        self.mended = 0
        self.allowance = [MAX_UNBUNDLED]

    def build(self) -> Building:
        """Check everything; the landscape is there if no fault is an error."""
        self._check_top_level()
        self.bundles = Bundles(self._map("bundles"), self._is_known_category, self._fault).read()
        meta = self._read_meta()
        maps = {kind: self._read_entries(kind) for kind in ENTRY_MODELS}
        for kind, entries in maps.items():
            for entry_id, entry in entries.items():
                self._check_references(kind, entry_id, entry)
        self._check_ambiguous()
        landscape = None
        if meta is not None and not self._has_errors():
            landscape = Landscape.model_construct(None, meta=meta, **maps)
            self.faults += advice(landscape, self._place)
        return Building(landscape, tuple(sorted(self.faults, key=lambda fault: fault.order)))

    def _has_errors(self) -> bool:
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    def _place(self, *way: str | int) -> Any:
        return locate(self.raw, way, self.file)

    def _fault(
        self, way: Way, code: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        said = f"{path_words(way)}: {message}" if way else message
        self.faults.append(Fault(self._place(*way), code, said, severity))

    def _map(self, kind: str) -> Mapping[str, object]:
        found = self.raw.get(kind)
        return found if isinstance(found, Mapping) else {}

    def _check_top_level(self) -> None:
        known = (*OTHER_KEYS, *ENTRY_MODELS)
        for key, value in self.raw.items():
            if key not in known:
                hint = self.hints.hint(key, known)
                self._fault((key, KEY), "UNKNOWN_KEY", f"a profile has no such map{hint}")
            elif not isinstance(value, Mapping) and key != "includes" and not _is_empty(value):
                self._fault((key,), "WRONG_TYPE", f"a map is expected, not {kind_of(value)}")

    def _read_meta(self) -> Meta | None:
        if "meta" not in self.raw:
            self._fault(
                (), "MISSING_KEY", "the profile lacks meta: write meta: {as_of: 2026-11-01}"
            )
            return None
        found = self._validated(Meta, ("meta",), self._map("meta"))
        return found if isinstance(found, Meta) else None

    def _validated(self, model: type[Declared], way: Way, value: object) -> Declared | None:
        try:
            return model.model_validate(value, context=self._context)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                code, message, place_way = sentence(detail, model, self.hints)
                known = detail.get("ctx", {}).get(PLACE)
                found = locate(value, place_way, self.file, fallback=self._place(*way))
                said = f"{path_words((*way, *place_way))}: {message}"
                self.faults.append(Fault(known or found, code, said))
            return None

    @property
    def _context(self) -> dict[str, object]:
        return {BUNDLES: self.bundles, ALLOWANCE: self.allowance}

    def _read_entries(self, kind: str) -> dict[str, Any]:
        model = ENTRY_MODELS[kind]
        defaults = self._read_defaults(kind, model)
        made: dict[str, Any] = {}
        for key, value in self._map(kind).items():
            entry_id = str(key)
            id_is_good = self._id_is_good(kind, entry_id)
            written = _with_defaults(defaults, value)
            entry = self._validated(model, (kind, entry_id), written)
            if entry is None:
                self._check_what_is_left(kind, entry_id, model, written)
            elif id_is_good:
                made[entry_id] = entry
        return made

    def _check_what_is_left(
        self, kind: str, entry_id: str, model: type[Entry], written: object
    ) -> None:
        """Check the references of an entry that is refused, without what is wrong with it."""
        self.mended += 1
        mended = mend(model, written, self._context) if self.mended <= MOST_MENDED else None
        if mended is not None:
            self._check_references(kind, entry_id, mended)

    def _id_is_good(self, kind: str, entry_id: str) -> bool:
        dotted = kind in ("data_categories", "attestations")
        if is_category_id(entry_id) if dotted else is_slug(entry_id):
            return True
        made_of = "the letters a-z, digits, _ and -, and no reserved word (all, none, unknown)"
        self._fault((kind, entry_id, KEY), "BAD_ID", f"an id is made of {made_of}")
        return False

    def _read_defaults(self, kind: str, model: type[Entry]) -> Mapping[str, object]:
        all_defaults = self._map("defaults")
        if kind == next(iter(ENTRY_MODELS)):
            for key in all_defaults:
                if key not in ENTRY_MODELS:
                    hint = self.hints.hint(key, ENTRY_MODELS)
                    self._fault(
                        ("defaults", key, KEY), "UNKNOWN_KEY", f"there is no such map{hint}"
                    )
        found = all_defaults.get(kind, {})
        if not isinstance(found, Mapping):
            self._fault(("defaults", kind), "WRONG_TYPE", "a map of values is expected")
            return {}
        for key in found:
            if key not in known_keys(model):
                hint = self.hints.hint(key, known_keys(model))
                self._fault(
                    ("defaults", kind, key, KEY), "UNKNOWN_KEY", f"there is no such key{hint}"
                )
        if _size(found) * len(self._map(kind)) > MAX_DEFAULTED:
            message = "these defaults, for every entry of the map, come to too much"
            self._fault(("defaults", kind), "TOO_LARGE", message)
            return {}
        return {key: value for key, value in found.items() if key in known_keys(model)}

    def _check_references(self, kind: str, entry_id: str, entry: Entry) -> None:
        for reference in references(entry):
            way = (kind, entry_id, *reference.way)
            if reference.into == "categories":
                self._check_category(way, reference)
            elif reference.into == "parties":
                self._check_party(way, reference)
            elif reference.id not in self._known(reference.into):
                hint = self.hints.hint(reference.id, self._known(reference.into))
                what = "systems or stakeholders" if reference.into == "places" else reference.into
                message = f"no entry of {what} has the id {reference.id}{hint}"
                self._fault(way, "UNKNOWN_ID", message)

    def _known(self, into: str) -> frozenset[str]:
        """The ids that a reference may hold; a mended entry's placeholder is no fault."""
        known = self.known_by_map.get(into)
        if known is None:
            maps = ("systems", "stakeholders") if into == "places" else (into,)
            known = frozenset({PLACEHOLDER}).union(*(self.ids[name] for name in maps))
            self.known_by_map[into] = known
        return known

    @cached_property
    def _declared_categories(self) -> frozenset[str]:
        """The profile's own categories and their ancestors, which need not be declared."""
        declared = self.ids["data_categories"]
        return declared.union(*(ancestors(name) for name in declared))

    def _is_known_category(self, category: str) -> bool:
        return category in built_in() or category in self._declared_categories

    def _check_category(self, way: Way, reference: Reference) -> None:
        if reference.id == PLACEHOLDER or self._is_known_category(reference.id):
            return
        known = self._categories_as_deep(reference.id.count("."))
        self._soft(way, reference.id, known, "data category", "declare it under data_categories")

    def _categories_as_deep(self, depth: int) -> Iterator[str]:
        everything = (*built_in(), *self._declared_categories, *self.bundles)
        return (name for name in everything if name.count(".") == depth)

    @cached_property
    def _known_parties(self) -> frozenset[str]:
        organisations = self._map("organisations").values()
        maps = (entry for entry in organisations if isinstance(entry, Mapping))
        types = frozenset(str(entry.get("type")) for entry in maps)
        usual = frozenset((*ORGANISATION_TYPES, "all", PLACEHOLDER))
        return self.ids["organisations"] | types | usual

    def _check_party(self, way: Way, reference: Reference) -> None:
        known = self._known_parties
        if reference.id not in known:
            self._soft(way, reference.id, known, "organisation, nor a type of one,", "declare it")

    def _soft(self, way: Way, name: str, known: Iterable[str], what: str, remedy: str) -> None:
        hint = self.hints.hint(name, known, SLIP)
        if hint:
            self._fault(way, "UNKNOWN_ID", f"no {what} has the id {name}{hint}")
        else:
            message = f"no {what} has the id {name}; {remedy} so that others know what it means"
            self._fault(way, "NEW_WORD", message, Severity.WARNING)

    def _check_ambiguous(self) -> None:
        for both in sorted(self.ids["systems"] & self.ids["stakeholders"]):
            message = "a system has this id too; flows could not tell them apart"
            self._fault(("stakeholders", both), "AMBIGUOUS_ID", message)


def _size(value: object) -> int:
    """How many keys and values there are in a value."""
    if isinstance(value, Mapping):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list | tuple) else 1


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, LocatedText) and value.plain and not value)


def _with_defaults(defaults: Mapping[str, object], value: object) -> object:
    """Lay an entry over the defaults of its map; the entry's own values win, whole."""
    if _is_empty(value):
        value = {}
    if not isinstance(value, Mapping):
        return value
    merged = {**defaults, **value}
    if not isinstance(value, LocatedMap):
        return merged
    located = LocatedMap(merged.items(), value.place)
    located.key_place = value.key_place
    located.keys_at = {
        **(defaults.keys_at if isinstance(defaults, LocatedMap) else {}),
        **value.keys_at,
    }
    return located
