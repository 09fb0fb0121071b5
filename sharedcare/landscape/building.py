"""From what was written to a checked landscape, with every fault at once.

Each entry is validated by itself, so that one fault never hides another; references are looked up
among the ids that were written, also those of entries that are faulty, so that one fault never
causes a second. An entry that was built before stands for itself, and is only checked again for
what it refers to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from sharedcare.errors import ProfileRefused
from sharedcare.identifiers import Hints, is_category_id, is_slug
from sharedcare.landscape.bundles import Bundles
from sharedcare.landscape.carried import ALLOWANCE, BUNDLES, MAX_UNBUNDLED
from sharedcare.landscape.checks import advice
from sharedcare.landscape.edits import Edits, size
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import PLACE, kind_of
from sharedcare.landscape.landscape import ENTRY_MODELS, Landscape
from sharedcare.landscape.looking_up import Ids
from sharedcare.landscape.mending import mend
from sharedcare.landscape.meta import Meta
from sharedcare.landscape.pydantic_faults import known_keys, sentence
from sharedcare.landscape.taking_over import with_built_in
from sharedcare.landscape.written import KEY, Way, locate, path_words
from sharedcare.places import Fault, LocatedMap, LocatedText, Place, Severity

#: Top-level keys that are no maps of entries.
OTHER_KEYS = ("meta", "defaults", "bundles", "includes")

#: Keys and values that the defaults of one map may come to over all its entries.
MAX_DEFAULTED = 500_000

#: Refused entries of which the references are still checked; past that, mend the first ones first.
MOST_MENDED = 500


M = TypeVar("M", bound=Declared)


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
    return _Builder(raw, file, lambda *way: locate(raw, way, file), lambda way: way).build()


def build_again(
    raw: Mapping[str, object], place: Callable[..., Place], told: Callable[[Way], Way]
) -> Building:
    """Check entries that were built before, among others that are new or changed.

    ``told`` gives the way by which a fault is told for the way at which it is found, ``place`` the
    place of such a way.
    """
    return _Builder(raw, "", place, told).build()


def landscape_of(raw: Mapping[str, object]) -> Landscape:
    """Make a landscape of plain Python maps; raises ProfileRefused with every fault."""
    return build(raw).or_refuse()


class _Builder:
    """One building of one profile; collects faults on the way."""

    def __init__(
        self,
        raw: Mapping[str, object],
        file: str,
        place: Callable[..., Place],
        told: Callable[[Way], Way],
    ) -> None:
        self.file = file
        self.place = place
        self.told = told
        self.faults: list[Fault] = []
        self.raw = with_built_in(raw, self.fault)
        self.hints = Hints()
        self.ids = Ids(self.raw, self.hints, self.fault)
        self.bundles: dict[str, tuple[str, ...]] = {}
        self.defaults: dict[str, Mapping[str, object]] = {}
        self.mended = 0
        self.allowance = [MAX_UNBUNDLED]

    def build(self) -> Building:
        """Check everything; the landscape is there if no fault is an error."""
        self._check_top_level()
        self.bundles = Bundles(self._map("bundles"), self.ids.is_category, self.fault).read()
        self.ids.bundles = tuple(self.bundles)
        meta = self._read_meta()
        maps = {kind: self._read_entries(kind) for kind in ENTRY_MODELS}
        for kind, entries in maps.items():
            for entry_id, entry in entries.items():
                if not self._is_plan_of_before(kind, entry_id, entry):
                    self.ids.check((kind, entry_id), entry)
        self._check_ambiguous()
        maps["changes"] = Edits(self, maps).read(self._map("changes"))
        landscape = None
        if meta is not None and not self._has_errors():
            landscape = Landscape.model_construct(None, meta=meta, **maps)
            self.faults += advice(landscape, self._place)
        return Building(landscape, tuple(sorted(self.faults, key=lambda fault: fault.order)))

    def _is_plan_of_before(self, kind: str, entry_id: str, entry: Entry) -> bool:
        """Whether an entry says what could be done to what there was before, and not to this."""
        is_plan = kind in ("changes", "options", "scenarios")
        return is_plan and self._map(kind).get(entry_id) is entry

    def _has_errors(self) -> bool:
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    def _place(self, *way: str | int) -> Place:
        return self.place(*self.told(way))

    def fault(self, way: Way, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Add a fault of what a way leads to; the message is a sentence without the way."""
        said = f"{path_words(self.told(way))}: {message}" if way else message
        self.faults.append(Fault(self._place(*way), code, said, severity))

    def _map(self, kind: str) -> Mapping[str, object]:
        found = self.raw.get(kind)
        return found if isinstance(found, Mapping) else {}

    def _check_top_level(self) -> None:
        known = (*OTHER_KEYS, *ENTRY_MODELS)
        for key, value in self.raw.items():
            if key not in known:
                hint = self.hints.hint(key, known)
                self.fault((key, KEY), "UNKNOWN_KEY", f"a profile has no such map{hint}")
            elif not isinstance(value, Mapping) and key != "includes" and not _is_empty(value):
                self.fault((key,), "WRONG_TYPE", f"a map is expected, not {kind_of(value)}")

    def _read_meta(self) -> Meta | None:
        if "meta" not in self.raw:
            self.fault((), "MISSING_KEY", "the profile lacks meta: write meta: {as_of: 2026-11-01}")
            return None
        return self.validated(Meta, ("meta",), self._map("meta"))

    def validated(
        self, model: type[M], way: Way, value: object, written: object = None
    ) -> M | None:
        """Return a value as a model, or tell every fault of it.

        ``written`` is what its author wrote, where that is not the value itself.
        """
        try:
            return model.model_validate(value, context=self.context)
        except ValidationError as error:
            self.refused(error, model, way, value if written is None else written)
            return None

    def refused(self, error: ValidationError, model: type[Declared], way: Way, at: object) -> None:
        """Tell every fault that pydantic found in what stands at a way."""
        for detail in error.errors(include_url=False):
            code, message, place_way = sentence(detail, model, self.hints)
            known = detail.get("ctx", {}).get(PLACE)
            fallback = self._place(*way, *place_way)
            found = locate(at, place_way, self.file, fallback=fallback)
            said = f"{path_words(self.told((*way, *place_way)))}: {message}"
            self.faults.append(Fault(known or found, code, said))

    @property
    def context(self) -> dict[str, object]:
        """What validators have to know of the profile: its bundles, and how far they may go."""
        return {BUNDLES: self.bundles, ALLOWANCE: self.allowance}

    def _read_entries(self, kind: str) -> dict[str, Any]:
        model = ENTRY_MODELS[kind]
        self.defaults[kind] = self._read_defaults(kind, model)
        made: dict[str, Any] = {}
        for key, value in self._map(kind).items():
            entry_id = str(key)
            id_is_good = self.id_is_good(kind, (kind, entry_id))
            written = self.with_defaults(kind, value)
            entry = self.validated(model, (kind, entry_id), written)
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
        mended = mend(model, written, self.context) if self.mended <= MOST_MENDED else None
        if mended is not None:
            self.ids.check((kind, entry_id), mended)

    def id_is_good(self, kind: str, way: Way) -> bool:
        """Whether the last step of a way is an id that an entry may have; else it is told."""
        entry_id, dotted = str(way[-1]), kind in ("data_categories", "attestations")
        if is_category_id(entry_id) if dotted else is_slug(entry_id):
            return True
        made_of = "the letters a-z, digits, _ and -, and no reserved word (all, none, unknown)"
        self.fault((*way, KEY), "BAD_ID", f"an id is made of {made_of}")
        return False

    def _read_defaults(self, kind: str, model: type[Entry]) -> Mapping[str, object]:
        all_defaults = self._map("defaults")
        if kind == next(iter(ENTRY_MODELS)):
            for key in all_defaults:
                if key not in ENTRY_MODELS:
                    hint = self.hints.hint(key, ENTRY_MODELS)
                    self.fault(("defaults", key, KEY), "UNKNOWN_KEY", f"there is no such map{hint}")
        found = all_defaults.get(kind, {})
        if not isinstance(found, Mapping):
            self.fault(("defaults", kind), "WRONG_TYPE", "a map of values is expected")
            return {}
        for key in found:
            if key not in known_keys(model):
                hint = self.hints.hint(key, known_keys(model))
                self.fault(
                    ("defaults", kind, key, KEY), "UNKNOWN_KEY", f"there is no such key{hint}"
                )
        entries = len(self.ids.of[kind]) + len(self.ids.added[kind])
        if size(found) * entries > MAX_DEFAULTED:
            message = "these defaults, for every entry of the map, come to too much"
            self.fault(("defaults", kind), "TOO_LARGE", message)
            return {}
        return {key: value for key, value in found.items() if key in known_keys(model)}

    def with_defaults(self, kind: str, value: object) -> object:
        """Lay an entry over the defaults of its map; the entry's own values win, whole."""
        return _with_defaults(self.defaults[kind], value)

    def _check_ambiguous(self) -> None:
        for both in sorted(self.ids.of["systems"] & self.ids.of["stakeholders"]):
            message = "a system has this id too; flows could not tell them apart"
            self.fault(("stakeholders", both), "AMBIGUOUS_ID", message)


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
