"""Invariants as programs: what the core of the fast lane can tell of them by itself.

Operators of logic become instructions, as does what asks which elements are there, and what
compares codes, flags and numbers. Of whatever else an invariant asks only this much is used: what
it gives for an object that has none of the elements that it looks at. So a program says no more
than is certain: what the full lane's own evaluation gives is always among what it gives.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.fast_lane.parts import Part, part_of
from sharedcare.fhir.fast_lane.programs import (
    ANYTHING,
    EMPTY,
    FALSE,
    MAX_CAPTURES,
    TRUE,
    Condition,
    Equals,
    FromNothingUp,
    HasValue,
    Instruction,
    Joined,
    Not,
    Once,
    There,
    Unless,
    at_least,
    joined,
    known,
    settled,
    written,
)
from sharedcare.fhir.fhirpath.context import Context
from sharedcare.fhir.fhirpath.items import CannotTell, Node
from sharedcare.fhir.fhirpath.operators import truth
from sharedcare.fhir.invariants.keys import OPEN
from sharedcare.fhir.invariants.running import asked_here
from sharedcare.fhir.terminology.ucum_form import UCUM

_LOGIC = {
    "and": Instruction.AND,
    "or": Instruction.OR,
    "xor": Instruction.XOR,
    "implies": Instruction.IMPLIES,
}
_FLAGS = frozenset({"true", "false"})
_EQUALITY = {"=": Instruction.EQUAL, "!=": Instruction.UNEQUAL}
_CONSTANTS = {"%ucum": UCUM}

#: Calls at the end of a term.
_NOT, _EXISTS, _EMPTY, _HAS_VALUE, _COUNT = (
    [".", name, "(", ")"] for name in ("not", "exists", "empty", "hasValue", "count")
)
_CALL = len(_NOT)
_TRACE = len((".", "trace", "(", "name", ")"))

_WHOLE = frozenset({"integer", "positiveInt", "unsignedInt"})
_NUMBERS = _WHOLE | {"decimal"}

#: Functions that give nothing where they are called on nothing.
_KEEP_NOTHING = frozenset({"where", "select", "first", "last", "tail", "distinct", "as", "ofType"})
#: Functions that do not look at their argument there: it is asked of each item, or names a type.
_ASK_NOTHING = frozenset({"where", "select", "exists", "all", "is", "as", "ofType"})
#: Functions whose argument is asked of each item that they are called on.
_EACH = frozenset({"where", "select", "all", "exists"})
#: Distinct is what is taken of one item at most: of those that hold a name.
_DISTINCT = re.compile(
    r"(?P<row>\w+) \. (?:where \( (?P<asked>\w+) = (?P<value>\S+) \) \. )?"
    r"select \( (?P<taken>\w+) \) \. isDistinct \( \)"
)
#: What may look at more than the elements that a term names.
_LOOK_FURTHER = frozenset({"children", "descendants", "resolve", "extension", "repeat"})


class Formula(NamedTuple):
    """An invariant as it is asked of a layout.

    ``rows`` are the elements, by number, whose content matters to it; of others it matters only
    whether they are there.
    """

    rule: str
    is_far: bool
    rows: tuple[int, ...]
    program: bytes


class Formulas(NamedTuple):
    """The invariants of a layout, and the number of each key whose value their programs look at."""

    formulas: tuple[Formula, ...]
    captures: dict[str, int]


def formulas_of(definitions: Definitions, type_name: str, rules: Sequence[str]) -> Formulas:
    """Return the invariants that a type has, as programs."""
    reading = _Reading(definitions, type_name)
    made = []
    for rule, ready in asked_here(definitions, type_name, rules):
        rows = {reading.row(key) for key in ready.looked_at | ready.wholes}
        if not ready.is_far:
            rows &= reading.rows_of(rule)
        program = written(reading.condition_of(rule), reading.capture)
        made.append(Formula(rule, ready.is_far, tuple(sorted(rows)), program))
    return Formulas(tuple(made), reading.captures)


class _Reading:
    """Reads the invariants of one type."""

    def __init__(self, definitions: Definitions, type_name: str) -> None:
        self._definitions = definitions
        self._type_name = type_name
        self._definition = definitions.type_of(type_name)
        self._rows = {name: number for number, name in enumerate(self._definition.choices)}
        self.captures: dict[str, int] = {}

    def row(self, key: str) -> int:
        """Return the number of the row of a key."""
        return self._rows[self._definition.elements[key].choice]

    def capture(self, key: str) -> int:
        """Return the number under which the value of a key is looked at."""
        if len(self.captures) == MAX_CAPTURES and key not in self.captures:
            raise ValueError(f"more than {MAX_CAPTURES} values of {self._type_name} are asked for")
        return self.captures.setdefault(key, len(self.captures))

    def condition_of(self, rule: str) -> Condition:
        """Return what an invariant asks; where it gives nothing it counts as broken, most do."""
        found = self._condition(self._whole(rule))
        return settled(found, True) if rule.partition(".")[0] in OPEN else found

    def rows_of(self, rule: str) -> set[int]:
        """Return the rows that an invariant asks for in the object itself."""
        words = self._asked_of_itself(self._whole(rule))
        return {self.row(one.name) for word in words for one in self._elements([word])}

    def _whole(self, rule: str) -> Part:
        return part_of(self._definitions.invariants[rule]["expression"])

    def _condition(self, part: Part) -> Condition:
        """Return what a part asks as a condition."""
        found = self._understood(part)
        if found is not None:
            return found
        by_absence, by_one = self._by_absence(part), self._by_one_at_most(part)
        return by_absence if by_one is None else Joined(Instruction.OR, by_absence, by_one)

    def _understood(self, part: Part) -> Condition | None:
        """Return what a part asks, None where that cannot be said by instructions."""
        if not part.operators:
            return self._of_term(part)
        operator, *others = part.operators
        if operator in _LOGIC:
            return self._of_logic(part)
        return None if others else self._compared(operator, *part.inner)

    def _of_logic(self, part: Part) -> Condition:
        found, *others = map(self._condition, part.inner)
        for operator, other in zip(part.operators, others, strict=True):
            found = Joined(_LOGIC[operator], found, other)
        return found

    # ── Terms ─────────────────────────────────────────────────────────────────────────────────────

    def _of_term(self, part: Part) -> Condition | None:
        if (bracketed := part.in_brackets) is not None:
            return self._understood(bracketed)
        if part.is_led_by_part:
            return None
        words = self._words(part)
        if words in (["true"], ["false"]):
            return known(TRUE if words == ["true"] else FALSE)
        if words[-_CALL:] == _NOT:
            found = self._of_term(part.without_call())
            return None if found is None else Not(found)
        if words[:1] == ["where"] and len(part.inner) == 1:
            return self._of_itself(part, words)
        return self._of_element(words)

    def _of_element(self, words: list[str]) -> Condition | None:
        """Return what is asked of an element as such: whether it is there, has a value, is true."""
        elements = self._elements(words[:1])
        single = self._single(words[:1])
        if not elements:
            return None
        there = There(self.row(elements[0].name))
        if words[1:] in (_EXISTS, _EMPTY):
            return there if words[1:] == _EXISTS else Not(there)
        if single is not None and words[1:] == _HAS_VALUE:
            return HasValue(single.name)
        if single is not None and single.type == "boolean" and len(words) == 1:
            return self._equals(single, "true")
        return None

    def _of_itself(self, part: Part, words: list[str]) -> Condition | None:
        """Return whether the object itself is as ``where`` asks, or is not."""
        (asked,) = part.inner
        if len(words) != len(("where", "(", ")", *_EXISTS)) + len(asked.tokens):
            return None
        found = settled(self._condition(asked), False)
        if words[-_CALL:] == _EXISTS:
            return found
        return Not(found) if words[-_CALL:] == _EMPTY else None

    # ── Comparisons ───────────────────────────────────────────────────────────────────────────────

    def _compared(self, operator: str, left: Part, right: Part) -> Condition | None:
        counted = self._counted(left)
        if counted is not None and len(right.words) == 1 and right.words[0].isdigit():
            return _of_count(operator, counted, int(right.words[0]))
        single = self._single(self._words(left))
        if single is not None:
            return self._of_value(operator, single, right)
        one, two = self._understood(left), self._understood(right)
        if operator not in _EQUALITY or one is None or two is None:
            return None
        return Joined(_EQUALITY[operator], one, two)

    def _of_value(self, operator: str, element: Element, right: Part) -> Condition | None:
        """Return what is asked of the value of a primitive that stands alone."""
        if operator == "in":
            return self._is_one_of(element, right)
        if operator in _EQUALITY:
            text = _constant(element, right)
            found = None if text is None else self._equals(element, text)
            return Not(found) if found is not None and operator == "!=" else found
        is_from_nothing = operator in {">", ">="} and right.words == ["0"]
        if not is_from_nothing or element.type not in _NUMBERS:
            return None
        return FromNothingUp(element.name, self.row(element.name), operator == ">=")

    def _equals(self, element: Element, text: str) -> Condition:
        return Equals(element.name, self.row(element.name), text)

    def _is_one_of(self, element: Element, right: Part) -> Condition | None:
        listed = right.in_brackets
        texts = [_constant(element, one) for one in (listed.inner if listed else ())]
        found = [self._equals(element, text) for text in texts if text is not None]
        is_known = listed is not None and set(listed.operators) == {"|"}
        return joined(Instruction.OR, found) if is_known and len(found) == len(texts) else None

    def _counted(self, part: Part) -> list[tuple[int, bool]] | None:
        """Return the rows that are counted, each with whether there may be more than one of it."""
        part = part.in_brackets or part
        found: list[tuple[int, bool]] = []
        for one in part.inner if part.operators else (part,):
            words = self._words(one)
            elements = self._elements(words[:1])
            if not elements or words[1:] != _COUNT or set(part.operators) - {"+"}:
                return None
            found.append((self.row(elements[0].name), any(each.is_list for each in elements)))
        return found

    # ── Names ─────────────────────────────────────────────────────────────────────────────────────

    def _words(self, part: Part) -> list[str]:
        """Return the words of a term, without those that change nothing."""
        words = part.words
        if words[:2] in ([self._type_name, "."], ["$this", "."]):
            words = words[2:]
        while "trace" in words:
            at = words.index("trace") - 1
            words = words[:at] + words[at + _TRACE :]
        return words

    def _elements(self, words: Sequence[str]) -> Sequence[Element]:
        """Return the elements of a name, none if it is not one of the type."""
        (name,) = words
        return self._definition.by_path_name.get(name, ())

    def _single(self, words: Sequence[str]) -> Element | None:
        """Return the element of a name if it is a primitive that is there once at most."""
        elements = self._elements(words) if len(words) == 1 else ()
        if len(elements) != 1 or elements[0].is_list or not elements[0].is_primitive:
            return None
        return elements[0]

    # ── What is not understood, or not wholly ─────────────────────────────────────────────────────

    def _by_one_at_most(self, part: Part) -> Condition | None:
        """Return what tells that something is distinct since no more than one is taken.

        It is taken of items that have something under a name, be it the value or what stands
        beside that; as these are written, the name then has a quotation mark behind it. A flag has
        but one way to be written, so that of these its value tells more.
        """
        found = _DISTINCT.fullmatch(" ".join(self._words(part)))
        items = self._elements([found["row"]]) if found else ()
        if found is None or len(items) != 1 or items[0].is_primitive or not items[0].is_list:
            return None
        elements = self._definitions.type_of(items[0].type).elements
        taken, asked = elements.get(found["taken"]), elements.get(found["asked"] or found["taken"])
        if taken is None or asked is None or taken.is_list:
            return None
        is_flag = asked.type == "boolean" and found["value"] in _FLAGS
        return Once(self.row(items[0].name), found["value"] if is_flag else f'{asked.name}"')

    def _asked_of_itself(self, part: Part) -> set[str]:
        """Return the words of a part but those that are asked of what an element leads to."""
        is_path = not part.is_led_by_part and bool(self._elements(part.words[:1]))
        inner, own, at = set[str](), list[str](), 0
        for one in part.inner:
            begin = one.begin - part.begin
            own += part.words[at:begin]
            at = begin + len(one.tokens)
            if not (is_path and own[-1] == "(" and own[-2] in _EACH):
                inner |= self._asked_of_itself(one)
        own += part.words[at:]
        return inner.union(own[:1] if is_path else own)

    def _by_absence(self, part: Part) -> Condition:
        """Return what a part gives without the elements that it looks at."""
        rows = self._looked_at(part)
        if rows is None:
            return known(ANYTHING)
        node = Node({}, None, self._type_name, self._definitions)
        try:
            found = truth(part.run([node], Context(node, node, node)))
        except CannotTell:
            return known(ANYTHING)
        mask = EMPTY if found is None else TRUE if found else FALSE
        return Unless(tuple(sorted(rows)), mask)

    def _looked_at(self, part: Part) -> set[int] | None:
        """Return the rows that a part looks at, None where it may look at something else."""
        if not part.is_led_by_part and not part.in_brackets:
            first = self._elements(self._words(part)[:1])
            if first and _asks_of_first_alone(part):
                return {self.row(first[0].name)}
            return self._named(part)
        found: set[int] = set()
        for one in part.inner:
            rows = self._looked_at(one)
            if rows is None:
                return None
            found |= rows
        return found

    def _named(self, part: Part) -> set[int] | None:
        """Return the rows of all names in a term, wherever they stand."""
        found: set[int] = set()
        if not _LOOK_FURTHER.isdisjoint(part.words):
            return None
        for kind, word in part.tokens:
            if word == self._type_name or (kind == "variable" and word not in _CONSTANTS):
                return None
            found.update(self.row(one.name) for one in self._elements([word]))
        return found


def _constant(element: Element, part: Part) -> str | None:
    """Return how a value has to be written to equal a constant, None where it is none."""
    ((kind, word), *others) = part.tokens
    if others or (kind == "string" and "\\" in word):
        return None
    if element.type == "boolean":
        return word if word in _FLAGS else None
    if element.type in _WHOLE:
        return word if word.isdigit() else None
    if element.type in _NUMBERS:
        return None
    return word[1:-1] if kind == "string" else _CONSTANTS.get(word)


def _of_count(operator: str, rows: list[tuple[int, bool]], number: int) -> Condition | None:
    """Return whether so many of some rows are there."""
    reached, passed = at_least(number, rows), at_least(number + 1, rows)
    exactly = Joined(Instruction.AND, reached, Not(passed))
    return {
        ">": passed,
        ">=": reached,
        "<": Not(reached),
        "<=": Not(passed),
        "=": exactly,
        "!=": Not(exactly),
    }.get(operator)


def _asks_of_first_alone(part: Part) -> bool:
    """Whether a path asks nothing of its object where its first element is not there."""
    depth, is_nothing = 0, True
    tokens = [*part.tokens, *[("", "")] * _CALL]
    for at, (_, word) in enumerate(part.tokens):
        depth += (word == "(") - (word == ")")
        if word == "[":
            return False
        if depth == 0 and tokens[at + 1][1] == "(":
            is_of_text = tokens[at + 2][0] == "string" and tokens[at + 3][1] == ")"
            is_asked = tokens[at + 2][1] != ")" and not is_of_text
            if is_asked and not (is_nothing and word in _ASK_NOTHING):
                return False
            is_nothing = is_nothing and word in _KEEP_NOTHING
    return True
