"""What the fast lane asks of a structure beyond its types: choices, codes, invariants.

A guard runs when a structure was decoded and raises where a rule is broken or may be: the full lane
then decides. An invariant that nobody wrote a guard for is run as it stands on the elements that
it names.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET

from sharedcare.fhir.datatypes import URI_SYSTEM
from sharedcare.fhir.definitions import Definitions, TypeDefinition
from sharedcare.fhir.expressions import host_names
from sharedcare.fhir.fhirpath_operators import compare_dates
from sharedcare.fhir.invariant_keys import Asked, asked
from sharedcare.fhir.invariants import ELSEWHERE, UNCHECKED
from sharedcare.fhir.narrative import is_plain
from sharedcare.fhir.struct_codings import coding_guard, required_guard
from sharedcare.fhir.struct_leaves import attribute_of
from sharedcare.fhir.struct_slices import Slices
from sharedcare.fhir.vital_signs import LOOKED_AT, broken, coded_signs

Guard = Callable[[Any], None]

#: Answers of one invariant that are kept, by the elements that it names.
MAX_TOLD = 1_000

_encode = msgspec.json.Encoder().encode


class Doubt(ValueError):
    """The full lane has to look."""


def guard_of(
    definitions: Definitions,
    definition: TypeDefinition,
    kind: str,
    attributes: set[str],
    slices: Sequence[tuple[str, Slices, Callable[[Any], object] | None]] = (),
) -> Guard | None:
    """Return what has to be asked of a structure with these attributes, None if that is nothing."""
    source = _Source()
    for name, found, form in slices:
        source.look_up(name, found, form)
    if not definition.is_resource and not definition.required:
        source.not_empty(sorted(attributes))
    required = {name for name, _ in definition.required}
    for name, keys in definition.choices.items():
        known = [name for name in map(attribute_of, keys) if name in attributes]
        if name != keys[0] and known:
            source.count(known, name in required)
    if "extension" in attributes:
        source.call_with("extension", _host_guard(definitions, definition))
    for guard in (
        *_type_guards(definitions, definition, kind, attributes),
        *_rule_guards(definitions, definition, attributes),
    ):
        source.call(guard)
    return source.made()


class _Source:
    """The source of one function that asks all of it: calls would cost as much as the asking."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names: dict[str, object] = {"UNSET": UNSET, "Doubt": Doubt}

    def look_up(self, attribute: str, slices: Slices, form: Callable[[Any], object] | None) -> None:
        """Look at the form of a slice, or look it up among those that were good."""
        look = self._named(slices.look)
        told = ""
        if form is not None:
            told = f" and not {self._named(form)}(found)"
        elif slices.remember:
            told = f" and bytes(found) not in {self._named(slices.good)}"
        self._lines += [
            f"    found = made.{attribute}",
            f"    if found is not UNSET{told}:",
            f"        {look}(bytes(found))",
        ]

    def not_empty(self, attributes: list[str]) -> None:
        """Ask for something in an object that may do without any one of its elements."""
        absent = " and ".join(f"made.{name} is UNSET" for name in attributes)
        self._lines += [f"    if {absent}:", "        raise Doubt"]

    def count(self, attributes: list[str], is_required: bool) -> None:
        """Count the forms of a choice that are there."""
        there = " + ".join(f"(made.{name} is not UNSET)" for name in attributes)
        wrong = "!= 1" if is_required else "> 1"
        self._lines += [f"    if {there} {wrong}:", "        raise Doubt"]

    def call(self, guard: Guard) -> None:
        """Call a guard."""
        self._lines.append(f"    {self._named(guard)}(made)")

    def call_with(self, attribute: str, guard: Guard) -> None:
        """Call a guard where an element is there."""
        self._lines += [
            f"    if made.{attribute} is not UNSET:",
            f"        {self._named(guard)}(made)",
        ]

    def made(self) -> Guard | None:
        """Return the function, None where there is nothing to ask."""
        if not self._lines:
            return None
        text = "\n".join(["def look(made):", *self._lines])
        exec(text, self._names)  # noqa: S102  # made of the definitions alone, as dataclasses do
        look: Guard = self._names["look"]  # type: ignore[assignment]  # what exec defined
        return look

    def _named(self, value: object) -> str:
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gets attributes, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    (name,) = names
    return lambda made: (getattr(made, name),)


# ── Types ─────────────────────────────────────────────────────────────────────────────────────────


def _type_guards(
    definitions: Definitions, definition: TypeDefinition, kind: str, attributes: set[str]
) -> list[Guard]:
    found: list[Guard] = []
    if definition.name == "Coding":
        found.append(coding_guard(definitions, Doubt))
    if " of " in kind and (required := required_guard(definitions, kind, Doubt)):
        found.append(required)
    if definition.name == "Narrative":
        found.append(_narrative)
    if definition.name == "Identifier":
        found.append(_identifier)
    if definition.name == "Attachment":
        found.append(_attachment)
    if definition.name == "Observation":
        found.append(_vital_sign_guard(attributes))
    if definition.name == "Extension":
        found.append(_extension_guard(definitions, attributes))
    return found


def _host_guard(definitions: Definitions, definition: TypeDefinition) -> Guard:
    """Of HL7's extensions those that are for every element of this type."""
    known = definitions.extensions
    names = host_names(definitions, definition.name, ())

    def look(made: Any) -> None:
        for one in made.extension:
            if one.url in known and names.isdisjoint(known[one.url]["contexts"]):
                raise Doubt

    return look


def _narrative(made: Any) -> None:
    if not is_plain(made.div):
        raise Doubt


def _identifier(made: Any) -> None:
    if made.system == URI_SYSTEM and made.value is not UNSET and ":" not in made.value:
        raise Doubt


def _attachment(made: Any) -> None:
    data, size = made.data, made.size
    if data is UNSET:
        return
    if made.contentType is UNSET:  # att-1
        raise Doubt
    if size is not UNSET and size != _decoded_length(bytes(data)):
        raise Doubt


def _vital_sign_guard(attributes: set[str]) -> Guard:
    """What vital signs are asked; most observations are none, and are told by their code."""
    values = [name for name in sorted(attributes) if name.startswith("value")]
    wanted = [name for name in (*LOOKED_AT, *values) if name in attributes]
    get = attrgetter(*wanted)
    signs: dict[bytes, list[str]] = {}
    good: set[tuple[object, ...]] = set()

    def signs_of(code: bytes) -> list[str]:
        if len(signs) >= MAX_TOLD:
            signs.clear()
        found = signs[code] = coded_signs(msgspec.json.decode(code))
        return found

    def look(made: Any) -> None:
        code = bytes(made.code)
        found = signs.get(code)
        if found is None:
            found = signs_of(code)
        if not found or (key := _usual_vital_sign(made)) in good:
            return
        parts = zip(wanted, get(made), strict=True)
        there = {name: one for name, one in parts if one is not UNSET}
        if next(broken(_builtins(there), found), None) is not None:
            raise Doubt
        if key is not None and len(good) < MAX_TOLD:
            good.add(key)

    return look


def _usual_vital_sign(made: Any) -> tuple[object, ...] | None:
    """All that a vital sign is judged by, but for its number; None where it has another form."""
    said, quantity = made.effectiveDateTime, made.valueQuantity
    if said is UNSET or quantity is UNSET or made.category is UNSET or made.subject is UNSET:
        return None
    if made.component is not UNSET or made.hasMember is not UNSET:
        return None
    number, _, others = bytes(quantity).partition(b",")
    if not number.startswith(b'{"value":'):
        return None
    return made.status, bytes(made.code), bytes(made.category), len(said), others


def _decoded_length(quoted: bytes) -> int:
    """Count the bytes that base 64 between quotes stands for."""
    return len(quoted) // 4 * 3 - quoted[-3:].count(b"=")


def _extension_guard(definitions: Definitions, attributes: set[str]) -> Guard:
    """A value or extensions of its own, and of HL7's extensions the type that each has."""
    values = _getter(sorted(name for name in attributes if name.startswith("value")))
    known = definitions.extensions

    def look(made: Any) -> None:
        has_value = any(value is not UNSET for value in values(made))
        if has_value is (made.extension is not UNSET):
            raise Doubt
        if has_value and made.url in known:
            forms = [f"value{one[0].upper()}{one[1:]}" for one in known[made.url]["types"]]
            if all(getattr(made, form, UNSET) is UNSET for form in forms):
                raise Doubt

    return look


# ── Invariants ────────────────────────────────────────────────────────────────────────────────────


def _rule_guards(
    definitions: Definitions, definition: TypeDefinition, attributes: set[str]
) -> list[Guard]:
    found = []
    if definition.name in _OF_THE_LANE:
        return []
    for rule in definition.rules:
        if rule in _WRITTEN:
            found.append(_WRITTEN[rule])
        elif rule not in ELSEWHERE and rule not in UNCHECKED and rule not in _OF_TYPES:
            found.append(_run_guard(definitions, definition, rule, attributes))
    for element in definition.elements.values():
        if element.rules and element.type != "xhtml" and element.name in attributes:
            is_written = element.rules in _OF_ELEMENTS
            found.append(_no_home if is_written else _absence_guard(element.name))
    return found


def _absence_guard(name: str) -> Guard:
    def look(made: Any) -> None:
        if getattr(made, name) is not UNSET:
            raise Doubt

    return look


def _run_guard(
    definitions: Definitions, definition: TypeDefinition, rule: str, attributes: set[str]
) -> Guard:
    """Run an invariant on the elements that it names, once for each set of them or what they hold.

    One that looks beyond its element is left to the full lane wherever those are there.
    """
    ready = asked(definitions, definition.name, rule)
    keys = [key for key in ready.keys if attribute_of(key) in attributes]
    if ready.is_presence:
        return _presence_guard(ready, attributes)
    get = _getter([attribute_of(key) for key in keys]) if keys else _nothing
    when_absent = ready.of_object({})
    told: dict[bytes, bool] = {}

    def holds(found: tuple[Any, ...]) -> bool:
        there = {key: one for key, one in zip(keys, found, strict=True) if one is not UNSET}
        text = _encode(there)
        if text not in told:
            answer = ready.of_object(msgspec.json.decode(text))
            if len(told) >= MAX_TOLD:
                return answer
            told[text] = answer
        return told[text]

    def look(made: Any) -> None:
        found = get(made)
        if found.count(UNSET) == len(found):
            if not when_absent:
                raise Doubt
        elif ready.is_far or not holds(found):
            raise Doubt

    return look


def _presence_guard(ready: Asked, attributes: set[str]) -> Guard:
    """Ask an invariant that looks at nothing but which elements are there."""
    names = [attribute_of(key) for key in ready.keys]
    known = [name in attributes for name in names]  # the others cannot be there
    get = _getter([name for name in names if name in attributes])

    def look(made: Any) -> None:
        found = iter(get(made))
        there = tuple([is_known and next(found) is not UNSET for is_known in known])
        if not ready.of_set(there):
            raise Doubt

    return look


def _nothing(_made: Any) -> tuple[Any, ...]:
    return ()


def _builtins(value: Any) -> Any:
    """An element as an object; a slice in it was kept as it was written."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _needs(name: str, other: str) -> Guard:
    """An element that is there only together with another."""

    def look(made: Any) -> None:
        if getattr(made, name) is not UNSET and getattr(made, other) is UNSET:
            raise Doubt

    return look


def _period(made: Any) -> None:
    start, end = made.start, made.end
    if start is UNSET or end is UNSET:
        return
    if start[19:] == end[19:] and len(start) == len(end):  # the same zone and precision
        if start > end:
            raise Doubt
    elif (compare_dates(start, end) or 0) > 0:
        raise Doubt


def _no_home(made: Any) -> None:
    for found in (made.telecom, made.address):
        if found is not UNSET and any(one.use == "home" for one in found):
            raise Doubt


def _observation_components(made: Any) -> None:
    if made.component is UNSET or not _has_value(made):
        return
    codings = _codings(made.code)
    if any(coding in codings for one in made.component for coding in _codings(one.code)):
        raise Doubt


def _codings(concept: Any) -> list[object]:
    found: list[object] = _builtins(concept).get("coding", [])
    return found


def _observation_absence(made: Any) -> None:
    if made.dataAbsentReason is not UNSET and _has_value(made):
        raise Doubt


_OBSERVED = attrgetter(
    "valueQuantity",
    "valueCodeableConcept",
    "valueString",
    "valueBoolean",
    "valueInteger",
    "valueRange",
    "valueRatio",
    "valueSampledData",
    "valueTime",
    "valueDateTime",
    "valuePeriod",
)


def _has_value(made: Any) -> bool:
    found: tuple[Any, ...] = _OBSERVED(made)
    return found.count(UNSET) < len(found)


#: Types whose invariants the lane asks itself, because they are about the whole.
_OF_THE_LANE = frozenset({"Bundle", "Bundle.entry"})

#: Invariants of elements that one guard of their owner looks at together.
_OF_ELEMENTS = frozenset({("org-2",), ("org-3",)})

#: Invariants that the guards of their types see to.
_OF_TYPES = frozenset({"att-1"})

#: Invariants with a guard of their own, because they are met often.
_WRITTEN: dict[str, Guard] = {
    "qty-3": _needs("code", "system"),
    "cpt-2": _needs("value", "system"),
    "per-1": _period,
    "obs-6": _observation_absence,
    "obs-7": _observation_components,
}
