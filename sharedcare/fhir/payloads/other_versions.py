"""R4B, R5 and STU3, through the models of the library fhir.resources.

It sees structure, cardinality and types. It sees no code of a required value set, no invariant, no
reference, and takes texts for numbers; :data:`NOT_CHECKED` says so with every result. Its messages
and inputs are never passed on, since they may hold what stood in the document.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sharedcare.fhir.issue import Issue
from sharedcare.fhir.json_texts.as_written import read_json
from sharedcare.fhir.json_texts.places import Way, lines_and_columns, located, text_faults
from sharedcare.fhir.payloads.model_slices import slices_of, unknown_keys
from sharedcare.fhir.payloads.payload_rules import ALL_RULES
from sharedcare.fhir.payloads.tally import Kind
from sharedcare.fhir.payloads.wanted import Wanted
from sharedcare.places import Severity

if TYPE_CHECKING:
    from pydantic import BaseModel

#: Where the models of a version are; R4 itself is not among them, and R4B is nearest to it.
MODULES = {
    "R4": "fhir.resources.R4B",
    "R4B": "fhir.resources.R4B",
    "R5": "fhir.resources",
    "STU3": "fhir.resources.STU3",
}

NOT_CHECKED = (
    "Resources of {version} are checked by the models of fhir.resources: structure, cardinality and"
    " types. Not checked: FHIR profiles, codes of required value sets, invariants, references and"
    " their targets, extensions, narrative, entries of a Bundle among each other, and texts in"
    " place of numbers."
)

_SENTENCES = {
    "missing": ("required-element", "An element that {version} requires is missing."),
    "extra_forbidden": ("unknown-element", "{version} has no such element here."),
    "list_type": ("array-expected", "This may repeat and is written as an array in {version}."),
    "string_type": ("type-string", "This is a text in quotes in {version}."),
    "bool_type": ("type-boolean", "This is true or false in {version}."),
    "bool_parsing": ("type-boolean", "This is true or false in {version}."),
    "int_type": ("type-integer", "This is a whole number in {version}."),
    "int_parsing": ("type-integer", "This is a whole number in {version}."),
    "int_from_float": ("type-integer", "This is a whole number in {version}."),
    "decimal_type": ("type-decimal", "This is a number in {version}."),
    "decimal_parsing": ("type-decimal", "This is a number in {version}."),
    "model_type": ("object-expected", "This is an object in {version}."),
    "dict_type": ("object-expected", "This is an object in {version}."),
}
MODEL_SENTENCE = "What stands here does not fit what {version} says of the element."


def issues_by_model(data: bytes, version: str, wanted: Wanted | None = None) -> tuple[Issue, ...]:
    """Return every issue of one resource in JSON that the models of a version find.

    Where ``wanted`` is given, it counts those that it does not want.
    """
    takes = _all_taken if wanted is None else wanted.takes
    text = read_json(data)
    if not text.is_readable:
        drafts = [_draft(rule, "", text.fault_at, version) for rule in sorted(text.faults)]
    else:
        drafts = list(_model_drafts(data, text.value, version, takes))
        told = text_faults(data) if text.faults else ()
        drafts += [
            _draft(rule, "", at, version)
            for rule, _, at in told
            if takes(Severity.ERROR, (rule, ""))
        ]
    places = lines_and_columns(data, [draft.at for draft in drafts])
    return tuple(draft.issue(places) for draft in sorted(drafts, key=_order))


#: Rules that are told of a resource as a whole, in the words that they always have.
RESOURCE_RULES = frozenset({"resource-type-missing", "resource-type-unknown"})

#: Whether an issue of a severity and kind is to be told; else it is counted.
_Takes = Callable[[Severity, Kind], bool]


def _all_taken(_severity: Severity, _kind: Kind) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Draft:
    """An issue whose line is not known yet."""

    rule: str
    path: str
    message: str
    at: int

    def issue(self, places: dict[int, tuple[int, int]]) -> Issue:
        code = ALL_RULES[self.rule].code
        return Issue(
            Severity.ERROR, code, self.rule, self.path, self.message, self.at, *places[self.at]
        )


def _order(draft: _Draft) -> tuple[int, str, str]:
    return draft.at, draft.path, draft.rule


def _draft(rule: str, path: str, at: int, version: str, sentence: str = "") -> _Draft:
    said = sentence or ALL_RULES[rule].sentence.replace("FHIR R4", version)
    return _Draft(rule, path, said.format(version=version), at)


def _model_drafts(data: bytes, value: object, version: str, takes: _Takes) -> Iterator[_Draft]:
    rule = _not_a_resource(value, version)
    if rule is not None or not isinstance(value, dict):
        if takes(Severity.ERROR, (rule or "resource-object", "")):
            yield _draft(rule or "resource-object", "", 0, version)
        return
    told = [
        fault
        for way, part in _parts(value, ())
        for fault in _told(part, way, version, value["resourceType"], takes)
    ]
    places = located(data, {way for _, way in told} | {way[:-1] for _, way in told})
    for type_, way in told:
        yield _draft_of(type_, way, value["resourceType"], places, version)


def _parts(resource: dict[str, Any], way: Way) -> Iterator[tuple[Way, dict[str, Any]]]:
    """Go through a resource and those in its entries, each without what is looked at by itself.

    The models of a Bundle of 50,000 entries would need half a gigabyte at once.
    """
    entries = resource.get("entry")
    inner: list[tuple[Way, dict[str, Any]]] = []
    if resource.get("resourceType") == "Bundle" and isinstance(entries, list):
        kept = []
        for position, entry in enumerate(entries):
            found = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(found, dict):
                inner.append(((*way, "entry", position, "resource"), found))
                kept.append({key: one for key, one in entry.items() if key != "resource"})
            else:
                kept.append(entry)
        resource = {**resource, "entry": kept}
    yield way, resource
    for place, found in inner:
        yield from _parts(found, place)


#: In place of a type of fault of the library's, where it gave up without one.
_GAVE_UP = "gave_up"

#: What the library calls an element that it does not know.
_UNKNOWN = "extra_forbidden"


def _told(
    part: dict[str, Any], before: Way, version: str, root: str, takes: _Takes
) -> list[tuple[str, Way]]:
    """Return type and way of those faults of a part that are to be told."""
    rule = _not_a_resource(part, version)
    faults = _model_faults(part, version) if rule is None else [(rule, ())]
    found = ((type_, (*before, *way)) for type_, way in faults)
    return [fault for fault in found if takes(Severity.ERROR, _kind(root, *fault))]


def _model_faults(part: dict[str, Any], version: str) -> Iterator[tuple[str, Way]]:
    """Go through what the model of a part finds, slice by slice."""
    model = model_class(part["resourceType"], version)
    known = _keys_of(model)
    strange = unknown_keys(part, known)
    for piece in slices_of(part, known):
        for type_, way in _faults_of(model, piece.value):
            place = piece.way_of(way)
            if type_ == _GAVE_UP:
                yield type_, ()
                return
            if place is not None:
                yield type_, place
            if type_ == _UNKNOWN and not piece.key and place == tuple(strange[:1]):
                yield from ((type_, (key,)) for key in strange[1:])


def _faults_of(model: "type[BaseModel]", value: object) -> list[tuple[str, Way]]:
    """Return type and way of what the library finds."""
    from pydantic import ValidationError

    try:
        model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        return [(fault["type"], fault["loc"]) for fault in found]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return [(_GAVE_UP, ())]  # the library's own failures: types it does not know, depth
    return []


@cache
def _keys_of(model: "type[BaseModel]") -> frozenset[str]:
    """Return the keys that a model knows, and the type, which it takes away first."""
    fields = model.model_fields
    aliases = [field.alias for field in fields.values() if field.alias]
    return frozenset(("resourceType", *fields, *aliases))


def _kind(root: str, type_: str, way: Way) -> Kind:
    """Return the rule that a fault breaks, and its path without positions."""
    names = tuple([step for step in _way_told(type_, way) if type(step) is str])
    return _kind_of(root, type_, names)


@lru_cache(4096)
def _kind_of(root: str, type_: str, names: tuple[str, ...]) -> Kind:
    return _sentence_of(type_)[0], _path(root, names)


def _not_a_resource(value: object, version: str) -> str | None:
    if not isinstance(value, dict):
        return "resource-object"
    name = value.get("resourceType")
    if name is None:
        return "resource-type-missing"
    if not isinstance(name, str) or _class_or_none(name, version) is None:
        return "resource-type-unknown"
    return None


def model_class(name: str, version: str) -> "type[BaseModel]":
    """Return the model of a resource type; raises KeyError where the version has none."""
    found = _class_or_none(name, version)
    if found is None:
        raise KeyError(name)
    return found


@cache
def _class_or_none(name: str, version: str) -> "type[BaseModel] | None":
    # A name is asked for only where it could be one, since the library makes a module name of it.
    if not (name.isascii() and name.isalpha()):
        return None
    get: Callable[[str], type[BaseModel]] = importlib.import_module(
        MODULES[version]
    ).get_fhir_model_class
    try:
        return get(name)
    except (KeyError, ValueError, LookupError, ImportError):
        return None


def _draft_of(type_: str, loc: Way, name: str, places: dict[Way, int], version: str) -> _Draft:
    """Put what the library found in our words; the name of an unknown element stays unsaid."""
    rule, sentence = _sentence_of(type_)
    way = _way_told(type_, loc)
    if type_ == "missing":
        sentence = f"{loc[-1]} is missing, and {{version}} requires it."
    return _draft(rule, _path(name, way), places.get(loc, places.get(way, 0)), version, sentence)


def _sentence_of(type_: str) -> tuple[str, str]:
    if type_ in RESOURCE_RULES:
        return type_, ""
    return _SENTENCES.get(type_, ("model-value", MODEL_SENTENCE))


def _way_told(type_: str, loc: Way) -> Way:
    """Return the way that is told: of what is missing or unknown, the way to what it is in."""
    return loc[:-1] if type_ in {"missing", "extra_forbidden"} else loc


def _path(name: str, way: Way) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in way)
    return name + "".join(steps)


def model_of(data: bytes, version: str) -> "BaseModel":
    """Return the model of a resource in which :func:`issues_by_model` finds nothing."""
    value = read_json(data).value
    name = value["resourceType"] if isinstance(value, dict) else ""
    return model_class(name, version).model_validate(value)
