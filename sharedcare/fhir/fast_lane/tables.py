"""The definitions as the bytes that the core of the fast lane reads.

All numbers are little-endian; a text is its length and its bytes in UTF-8, a list its length and
its items one after the other, both lengths of two bytes:

    the letters SCFL, and the version of this form, of two bytes
    list of resource types: text, sorted
    list of value sets: address, kind (0 listed, 1 told by a form, 2 nothing is checked), and of
        those that are listed a list of code systems: address, list of codes
    list of sets of targets: list of numbers of resource types, of two bytes
    list of layouts
    list of the elements that a narrative may have, first that of its root: name, in eight bytes
        each a bit for each of these elements that may stand in it, and for each that may not be
        around it, 1 if it may hold text, the attribute that leads somewhere (empty if there is
        none), list of the other attributes

A layout is a type with the rules of the element that it stands in (see ``numbering`` for their
order):

    name, flags (1 a resource, 2 a family of resources of which more is asked), check (of data types
    of which more is asked, see :data:`CHECKS`)
    list of rows: name, 1 if it is required; a choice is one row
    list of keys (no companions): key, row, kind (see :class:`Kind`), 1 if it is a list, maximum in
        four bytes, type of a primitive (see :data:`PRIMITIVES`) or in two bytes the layout of an
        object, value set, set of targets (both two bytes, :data:`NONE` if there is none), and 1
        and the number under which its value is looked at by programs, else 0
    list of formulas: rule, 1 if it asks beyond its object, 1 if dates or quantities are compared
        (see :data:`SPECIAL`), list of rows in a byte each, list of the bytes of its program (see
        ``formulas``)
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from struct import pack

from sharedcare.fhir.datatypes import CHECKS_OF_TYPES
from sharedcare.fhir.definitions import UNBOUNDED, Definitions, Element, TypeDefinition
from sharedcare.fhir.fast_lane.formulas import Formula, formulas_of
from sharedcare.fhir.fast_lane.numbering import Numbering
from sharedcare.fhir.narratives.narrative import ELEMENTS
from sharedcare.fhir.narratives.structure import attributes_of, may_hold_text, may_stand
from sharedcare.fhir.resources import FAMILIES
from sharedcare.fhir.terminology.bindings import form_of

MAGIC, VERSION = b"SCFL", 1

#: No value set, or any target.
NONE = 0xFFFF
_NO_MAXIMUM = 0xFFFF_FFFF

#: Rows of a layout: the core keeps which are there in so many bits.
MAX_ROWS = 64

IS_RESOURCE, HAS_FAMILY = 1, 2

#: Families that the core itself knows, or asks about.
_KNOWN_FAMILIES = frozenset({"Bundle", "Observation"})

#: Rules of primitives that are checked with their text.
_OF_NARRATIVE = frozenset({"txt-1", "txt-2"})

#: Invariants that the core answers itself, by number.
SPECIAL = {"per-1": 1}

#: What is asked of a data type beyond its elements, by number; the kinds of quantity have the last.
CHECKS = ("", "Coding", "Identifier", "Meta", "Extension", "Attachment", "Reference", "Quantity")

#: The primitive types, by number.
PRIMITIVES = (
    *("boolean", "integer", "unsignedInt", "positiveInt", "decimal"),
    *("string", "markdown", "uri", "url", "canonical", "base64Binary", "xhtml"),
    *("date", "dateTime", "instant", "time", "id", "code", "oid", "uuid"),
)

#: The elements that a narrative may have, by number, and the attributes that lead somewhere.
TAGS = ("div", *sorted(ELEMENTS - {"div"}))
_LINKS = {"a": "href", "img": "src"}


class Kind(IntEnum):
    """What stands under a key."""

    PRIMITIVE = 0
    OBJECT = 1
    RESOURCE = 2
    REFUSED = 3


def tables(definitions: Definitions) -> bytes:
    """Write definitions as tables; raises struct.error where something has no room there."""
    return _Tables(definitions).written()


class _Tables:
    """Writes tables."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._numbers = Numbering(definitions)

    def written(self) -> bytes:
        """Return all tables."""
        numbers = self._numbers
        return b"".join(
            (
                MAGIC,
                pack("<H", VERSION),
                _list(map(_text, numbers.types)),
                _list(map(self._value_set, numbers.value_sets)),
                _list(map(self._target_set, numbers.targets)),
                _list(self._layout(*place) for place in numbers.places),
                _list(map(_tag, TAGS)),
            )
        )

    def _value_set(self, url: str) -> bytes:
        codes = self._definitions.codes_of(url)
        if codes is None:
            return _text(url) + pack("<B", 2 if form_of(url) is None else 1)
        listed = [
            _text(code_system) + _list(map(_text, sorted(found)))
            for code_system, found in sorted(codes.items())
            if code_system
        ]
        return _text(url) + pack("<B", 0) + _list(listed)

    def _target_set(self, names: tuple[str, ...]) -> bytes:
        types = self._numbers.types
        known = sorted(types.index(name) for name in names if name in types)
        return _list(pack("<H", number) for number in known)

    def _layout(self, name: str, rules: tuple[str, ...]) -> bytes:
        definition = self._definitions.type_of(name)
        if len(definition.choices) > MAX_ROWS:
            raise ValueError(f"{name} has more than {MAX_ROWS} elements")
        formulas, captures = formulas_of(self._definitions, name, (*definition.rules, *rules))
        rows = [_text(row) + pack("<B", row in definition.wanted) for row in definition.choices]
        keys = [
            self._key(definition, element, captures.get(element.name))
            for element in definition.elements.values()
        ]
        head = _text(name) + pack("<BB", _flags(definition), _check(name))
        return head + _list(rows) + _list(keys) + _list(map(_formula, formulas))

    def _key(self, definition: TypeDefinition, element: Element, capture: int | None) -> bytes:
        kind = _kind(element)
        row = [*definition.choices].index(element.choice)
        maximum = _NO_MAXIMUM if element.maximum == UNBOUNDED else element.maximum
        said = _text(element.name) + pack("<BBBI", row, kind, element.is_list, maximum)
        if kind is Kind.PRIMITIVE:
            said += pack("<B", PRIMITIVES.index(element.type))
        elif kind is Kind.OBJECT:
            said += pack("<H", self._numbers.places[element.type, element.rules])
        value_set = NONE if element.codes is None else self._numbers.value_sets[element.codes]
        targets = self._numbers.targets[element.targets] if element.targets else NONE
        return said + pack("<HHB", value_set, targets, 0 if capture is None else 1 + capture)


def _tag(name: str) -> bytes:
    """Write where an element of a narrative may stand, and what it may hold."""
    inner = _bits(may_stand(one, name, frozenset()) for one in TAGS)
    parent = next(one for one in TAGS if may_stand(name, one, frozenset()))
    not_around = _bits(not may_stand(name, parent, frozenset({one})) for one in TAGS)
    attributes = sorted(attributes_of(name).difference(_LINKS.values()))
    said = pack("<QQB", inner, not_around, may_hold_text(name))
    return _text(name) + said + _text(_LINKS.get(name, "")) + _list(map(_text, attributes))


def _bits(are: Iterable[bool]) -> int:
    return sum(1 << number for number, is_so in enumerate(are) if is_so)


def _kind(element: Element) -> Kind:
    if element.maximum == 0:
        return Kind.REFUSED
    if element.is_primitive:
        return Kind.PRIMITIVE if _OF_NARRATIVE.issuperset(element.rules) else Kind.REFUSED
    return Kind.RESOURCE if element.type == "Resource" else Kind.OBJECT


def _flags(definition: TypeDefinition) -> int:
    has_family = definition.name in FAMILIES.keys() - _KNOWN_FAMILIES
    return IS_RESOURCE * definition.is_resource + HAS_FAMILY * has_family


def _check(name: str) -> int:
    """Return the number of what is asked of a data type beyond its elements."""
    if name not in CHECKS_OF_TYPES:
        return 0
    return CHECKS.index(name) if name in CHECKS else CHECKS.index("Quantity")


def _formula(formula: Formula) -> bytes:
    said = pack("<BB", formula.is_far, SPECIAL.get(formula.rule, 0))
    rows = [pack("<B", row) for row in formula.rows]
    return _text(formula.rule) + said + _list(rows) + _text_of(formula.program)


def _text(text: str) -> bytes:
    return _text_of(text.encode("utf-8"))


def _text_of(content: bytes) -> bytes:
    return pack("<H", len(content)) + content


def _list(items: Iterable[bytes]) -> bytes:
    found: Sequence[bytes] = [*items]
    return pack("<H", len(found)) + b"".join(found)
