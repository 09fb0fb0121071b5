"""Answers to what the core of the fast lane asks, by the functions of the full lane.

The core has read a line, and found nothing wrong but in what it asks about: few bytes each time.
Whatever cannot be told for certain has a bad answer, since the full lane looks at the line then.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

import msgspec

from sharedcare.fhir.datatypes import check_quantity
from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.elements import check_root
from sharedcare.fhir.fast_lane.numbering import Numbering
from sharedcare.fhir.fast_lane.question import ABSENT, Kind, Question
from sharedcare.fhir.fhirpath.items import CannotTell
from sharedcare.fhir.invariants.answers import DECIDED
from sharedcare.fhir.invariants.keys import Asked
from sharedcare.fhir.invariants.running import asked_here
from sharedcare.fhir.json_texts.as_written import decimal_of
from sharedcare.fhir.narratives.narrative import narrative_faults
from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.primitives import CHECKS
from sharedcare.fhir.resources import check_family
from sharedcare.fhir.terminology.bindings import check_codes
from sharedcare.fhir.terminology.codings import broken_by
from sharedcare.fhir.walk import Json, Scope, Walk

#: Bytes of an object that is kept once it is read, in case more is asked of it.
MAX_KEPT = 1 << 18

#: How members begin that are no more than one value: extensions ask of some what they are.
_OBJECT_OR_LIST = (b"{", b"[")

#: Rules on what leads to something contained, which the core holds against all that is there.
_ON_CONTAINED = frozenset({"canonical-contained", "ref-1"})

_BACKSLASH = b"\\"
_FORMULA_BITS = 8


class _Doubt(Exception):
    """What is asked about is not as the core takes it to be."""


def _number(lexeme: str) -> Decimal:
    number = decimal_of(lexeme)
    if number is None:
        raise _Doubt
    return number


#: Reads JSON; raises msgspec.DecodeError where it is none, and _Doubt.
_Read = Callable[[bytes], Any]

_value: _Read = msgspec.json.Decoder(float_hook=_number).decode
_text = msgspec.json.Decoder(str).decode
_members: _Read = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def reading_only(keys: Sequence[str]) -> _Read:
    """Return what reads these members of an object and passes over the others, which is quicker."""
    made: Any = TypedDict
    return msgspec.json.Decoder(
        made("Members", dict.fromkeys(keys, Any), total=False), float_hook=_number
    ).decode


class _Rule(NamedTuple):
    """An invariant with what reads all that it asks of an object."""

    asked: Asked
    read: _Read
    decided: Callable[[Json], bool | None] | None

    def holds_for(self, value: Json) -> bool:
        """Whether it holds for an object that was read so."""
        found = None if self.decided is None else self.decided(value)
        return self.asked.of_object(value) if found is None else found


class Answers:
    """Answers the questions of the core; each thread needs its own."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._numbering = Numbering(definitions)
        self._rules: dict[int, _Rule | None] = {}
        self._readers: dict[tuple[str, ...], _Read] = {}
        self._last: tuple[_Read, bytes, Any] = (_value, b"0", 0)
        self._tell: dict[int, Callable[[bytes, Question], bool]] = {
            Kind.CODING: self._is_good_coding,
            Kind.QUANTITY: self._is_good_quantity,
            Kind.CODE: self._is_good_code,
            Kind.NARRATIVE: _is_good_narrative,
            Kind.INVARIANT: self._holds,
            Kind.FAMILY: self._is_good_of_family,
            Kind.MEMBER: self._is_good_member,
            Kind.EXTENSION: self._is_not_defined,
        }

    def is_good(self, line: bytes, question: Question) -> bool:
        """Whether what is asked about a line is good for certain."""
        tell = self._tell.get(question.kind)
        try:
            return tell is not None and tell(line, question)
        except (_Doubt, CannotTell, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False

    def _read(self, read: _Read, text: bytes) -> Any:
        """Read a text, unless it was the last that was read so; it is not to be changed."""
        last, known, found = self._last
        if last is not read or known != text:
            found = read(text)
            if len(text) <= MAX_KEPT:
                self._last = read, text, found
        return found

    # ── What stands for itself ────────────────────────────────────────────────────────────────────

    def _is_good_coding(self, line: bytes, question: Question) -> bool:
        """Ask as if it stood in an English resource: in others less is asked of a display."""
        code_system, code = _plain(line, question, 0), _plain(line, question, 1)
        display = _said(line, question, 2)
        return broken_by(self._definitions, code_system, code, display, None) is None

    def _is_good_quantity(self, line: bytes, question: Question) -> bool:
        quantity = {"system": _plain(line, question, 0), "code": _plain(line, question, 1)}
        scope = self._scope("Observation", {})
        element = self._definitions.type_of(scope.type).elements["valueQuantity"]
        check_quantity(scope, element, quantity, None)
        return not scope.walk.faults

    def _is_good_code(self, line: bytes, question: Question) -> bool:
        code, element = _plain(line, question, 0), self._bound.get(question.number)
        if code is None or element is None:
            return False
        scope = self._scope("Basic", {})
        check_codes(scope, element, code, None)
        return not scope.walk.faults

    def _is_not_defined(self, line: bytes, question: Question) -> bool:
        """Whether an extension is none of the specification's, of which more is asked."""
        url = _plain(line, question, 0)
        return url is not None and url.partition("|")[0] not in self._definitions.extensions

    def _holds(self, line: bytes, question: Question) -> bool:
        """Whether an invariant holds for an object; one that looks around it, for a resource."""
        number = question.number
        if number not in self._rules:
            self._rules[number] = self._rule(number)
        rule = self._rules[number]
        if rule is None:
            return False
        value = self._read(rule.read, _written(line, question))
        return isinstance(value, dict) and rule.holds_for(value)

    # ── Resources ─────────────────────────────────────────────────────────────────────────────────

    def _is_good_of_family(self, line: bytes, question: Question) -> bool:
        """Ask what is asked of a type of resource beyond its elements; not of a Bundle."""
        text = _written(line, question)
        resource = self._read(_value, text)
        name = resource.get("resourceType") if isinstance(resource, dict) else None
        if name == "Bundle" or name not in self._definitions.resource_types:
            return False
        scope = self._scope(name, resource)
        is_counted = name == "StructureDefinition" and text != line.strip()
        if is_counted or not scope.walk.takes(resource):  # all of a document count together
            return False
        self._note_contained(scope)
        check_family(scope)
        return not scope.walk.faults

    def _is_good_member(self, line: bytes, question: Question) -> bool:
        """Ask the full lane about a resource of which objects and lists but one are left out.

        A fault of the resource as a whole is of no matter: it tells of what was left out.
        """
        members, key = self._read(_members, _written(line, question)), _plain(line, question, 1)
        if key is None or key not in members:
            return False
        asked = {key, key.removeprefix("_")}
        kept = {
            name: _value(text)
            for name, text in members.items()
            if name in asked or not bytes(text).startswith(_OBJECT_OR_LIST)
        }
        walk = Walk(self._definitions)
        scope = check_root(walk, kept)
        faults = [fault for fault in walk.faults if fault.rule not in _ON_CONTAINED]
        is_good = all(fault.pointer is None for fault in faults)
        return scope is not None and is_good and not walk.claims_core_profile

    def _scope(self, type_name: str, resource: Json) -> Scope:
        return Scope(Walk(self._definitions), resource, type_name, None)

    def _note_contained(self, scope: Scope) -> None:
        """Note what a resource contains, where its family looks for it."""
        for one, _ in objects_at(scope.resource, "contained", None):
            found = self._scope(str(one.get("resourceType")), one)
            scope.note_contained(str(one.get("id")), found)

    # ── What numbers stand for ────────────────────────────────────────────────────────────────────

    @cached_property
    def _bound(self) -> dict[int, Element]:
        """An element for each value set that requires a code of it."""
        numbers = self._numbering.value_sets
        return {numbers[one.codes]: one for one in self._numbering.elements if one.codes}

    @cached_property
    def _places(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        return tuple(self._numbering.places)

    def _rule(self, number: int) -> _Rule | None:
        """Return the invariant of a layout and a formula; None if it is not asked of it alone."""
        layout, formula = number >> _FORMULA_BITS, number % (1 << _FORMULA_BITS)
        if layout >= len(self._places):
            return None
        name, rules = self._places[layout]
        definition = self._definitions.type_of(name)
        asked = [*asked_here(self._definitions, name, (*definition.rules, *rules))]
        if formula >= len(asked):
            return None
        rule, found = asked[formula]
        if found.is_far and not definition.is_resource:
            return None
        return _Rule(found, self._reader(found), DECIDED.get(rule))

    def _reader(self, asked: Asked) -> _Read:
        """Return what reads all that an invariant asks of an object, one for the same keys."""
        keys = (*asked.keys, *sorted(asked.companions))
        if asked.asks_all or not keys:
            return _value
        return self._readers.setdefault(keys, reading_only(keys))


def _written(line: bytes, question: Question) -> bytes:
    """Return the first text of a question as JSON has it; raises _Doubt where it is absent."""
    text = question.text(line, 0)
    if text is None:
        raise _Doubt
    return text


def _said(line: bytes, question: Question, position: int) -> str | None:
    """Return what a text says of which a span is the inside, None where it is absent."""
    begin, end = question.span(position)
    return None if begin == ABSENT else _text(line[begin - 1 : end + 1])


def _plain(line: bytes, question: Question, position: int) -> str | None:
    """Return what such a text says; raises _Doubt where it has an escape."""
    begin, end = question.span(position)
    if begin == ABSENT:
        return None
    text = line[begin - 1 : end + 1]
    if _BACKSLASH in text:
        raise _Doubt
    return _text(text)


def _is_good_narrative(line: bytes, question: Question) -> bool:
    """Whether a narrative is good by itself."""
    narrative: Any = _text(_written(line, question))
    return CHECKS["xhtml"](narrative) is None and not narrative_faults(narrative)
