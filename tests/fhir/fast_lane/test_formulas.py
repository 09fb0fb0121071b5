"""What the programs of invariants tell is what the full lane's evaluation gives.

They are run here by a small interpreter, written from what their instructions are said to mean.
"""

import json
import re
from collections.abc import Callable
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.fhir.definitions import Definitions, Element, r4
from sharedcare.fhir.fast_lane.asking import reading_only
from sharedcare.fhir.fast_lane.formulas import formulas_of
from sharedcare.fhir.fast_lane.numbering import Numbering, Place
from sharedcare.fhir.fast_lane.programs import MAX_CAPTURES
from sharedcare.fhir.fhirpath.compiling import Context, answering
from sharedcare.fhir.fhirpath.items import Node
from sharedcare.fhir.invariants.keys import OPEN, Asked, asked

Json = dict[str, Any]

R4 = r4()

YES, NO, NOTHING = 1, 2, 4
VALUES = {YES: True, NO: False, NOTHING: None}
MASKS = {value: mask for mask, value in VALUES.items()}
ANY = YES | NO | NOTHING


# ── An interpreter ────────────────────────────────────────────────────────────────────────────────


def both(one: bool | None, two: bool | None) -> bool | None:
    if one is False or two is False:
        return False
    return None if one is None or two is None else True


def either(one: bool | None, two: bool | None) -> bool | None:
    return opposite(both(opposite(one), opposite(two)))


def opposite(one: bool | None) -> bool | None:
    return None if one is None else not one


def same(one: bool | None, two: bool | None) -> bool | None:
    return None if one is None or two is None else one is two


JOINS: dict[int, Callable[[bool | None, bool | None], bool | None]] = {
    0x10: both,
    0x11: either,
    0x12: lambda one, two: opposite(same(one, two)),
    0x13: lambda one, two: either(opposite(one), two),
    0x15: same,
    0x16: lambda one, two: opposite(same(one, two)),
}


class Machine:
    """Runs the programs of one place on objects."""

    def __init__(self, place: Place, definitions: Definitions = R4) -> None:
        name, rules = place
        self.definition = definitions.type_of(name)
        self.formulas, captures = formulas_of(definitions, name, (*self.definition.rules, *rules))
        self.keys_of_rows = [*self.definition.choices.values()]
        self.captured = {number: key for key, number in captures.items()}

    def has_row(self, value: Json, row: int) -> bool:
        return any(key in value or "_" + key in value for key in self.keys_of_rows[row])

    def has_once(self, value: Json, row: int, wanted: str) -> bool:
        """Whether a row is there, and a text no more than once in what it holds."""
        held = [json.dumps(value[key]) for key in self.keys_of_rows[row] if key in value]
        return bool(held) and sum(one.count(wanted) for one in held) <= 1

    def of_value(self, value: Json, number: int, known: Callable[[Any], int]) -> int:
        """Give what is known of a value that is there."""
        key = self.captured[number]
        if key in value:
            return known(value[key])
        return ANY if "_" + key in value else NOTHING

    def run(self, program: bytes, value: Json) -> int:
        """Return the mask that a program gives for an object."""
        rest, stack = [*program], list[int]()
        while rest:
            stack.append(self.step(rest, value, stack))
        (mask,) = stack
        return mask

    def step(self, rest: list[int], value: Json, stack: list[int]) -> int:
        instruction = rest.pop(0)
        if instruction in JOINS:
            two, one = stack.pop(), stack.pop()
            return joined(instruction, one, two)
        if instruction == 0x14:
            inner = stack.pop()
            return sum(MASKS[opposite(VALUES[one])] for one in VALUES if one & inner)
        return self.leaf(instruction, rest.pop(0), rest, value)

    def leaf(self, instruction: int, first: int, rest: list[int], value: Json) -> int:
        found = first
        if instruction == 0x07:
            found = YES if self.has_once(value, first, told(rest)) else ANY
        elif instruction == 0x01:
            found = YES if self.has_row(value, first) else NO
        elif instruction == 0x02:
            wanted = told(rest)
            found = self.of_value(value, first, lambda one: YES if text(one) == wanted else NO)
        elif instruction == 0x03:
            rows, mask = [rest.pop(0) for _ in range(first)], rest.pop(0)
            found = ANY if any(self.has_row(value, row) for row in rows) else mask
        elif instruction == 0x04:
            found = self.of_value(value, first, lambda one: YES if one > 0 else ANY)
        elif instruction == 0x05:
            found = self.of_value(value, first, lambda one: YES if one >= 0 else ANY)
        elif instruction == 0x06:
            found = self.of_value(value, first, lambda _: YES)
            found = NO if found == NOTHING else found
        else:
            assert instruction == 0x00
        return found


def told(rest: list[int]) -> str:
    """Take the text that a program has next."""
    return bytes(rest.pop(0) for _ in range(rest.pop(0))).decode()


def joined(instruction: int, one: int, two: int) -> int:
    """Apply an operator to every pair of possible values."""
    pairs = [(left, right) for left in VALUES if left & one for right in VALUES if right & two]
    found = {JOINS[instruction](VALUES[left], VALUES[right]) for left, right in pairs}
    return sum(MASKS[value] for value in found)


def text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# ── Objects of any type ───────────────────────────────────────────────────────────────────────────

NUMBERS = frozenset({"integer", "unsignedInt", "positiveInt", "decimal"})
COMPANION = {"extension": [{"url": "http://example.org/e", "valueString": "x"}]}
DATES = ("2020", "2020-05", "2020-05-01", "2020-05-01T10:00:00Z", "2021")
DEEP = 3


def texts_in(expression: str) -> list[str]:
    """What an expression compares with, and another."""
    found = re.findall(r"'((?:[^'\\]|\\.)*)'", expression)
    return [*dict.fromkeys([*found, "other", "http://unitsofmeasure.org", "a.b"])]


class Making:
    """Makes objects that have, at each level, some of the elements with these names."""

    def __init__(self, random: Random, texts: list[str], names: frozenset[str]) -> None:
        self.random, self.texts, self.names = random, texts, names

    def primitive(self, element: Element) -> Any:
        if element.type == "boolean":
            return self.random.random() < 0.5
        if element.type in NUMBERS:
            return self.random.choice([0, 1, -1, 5, 200])
        if element.type in {"date", "dateTime", "instant"}:
            return self.random.choice(DATES)
        return self.random.choice(self.texts)

    def one_value(self, element: Element, depth: int) -> Any:
        if element.is_primitive:
            return self.primitive(element)
        if element.type == "Resource":
            return {"resourceType": self.random.choice(["Composition", "MessageHeader", "Basic"])}
        return self.fields(element.type, depth) or {"id": "made"}

    def add(self, made: Json, element: Element, depth: int) -> None:
        """Add an element: with a value, or with something beside that, or with both."""
        ways = ["value", "value", "value", "both", "companion"]
        way = self.random.choice(ways) if element.is_primitive else "value"
        count = self.random.randint(1, 2) if element.is_list else 1
        values = [self.one_value(element, depth - 1) for _ in range(count)]
        if way != "companion":
            made[element.name] = values if element.is_list else values[0]
        if way != "value":
            made["_" + element.name] = [COMPANION] * count if element.is_list else COMPANION

    def fields(self, name: str, depth: int = DEEP) -> Json:
        """Make an object of a type; what expressions ask for lies no deeper than some levels."""
        made: Json = {}
        definition = R4.type_of(name)
        for choice, keys in definition.choices.items() if depth else ():
            if choice.removesuffix("[x]") in self.names and self.random.random() < LIKELY:
                self.add(made, definition.elements[self.random.choice(keys)], depth)
        return made


#: How likely an element is that an invariant names.
LIKELY = 0.6


def making(random: Random, expression: str) -> Making:
    """Make objects that an invariant has something to say of."""
    names = frozenset(re.findall(r"\w+", expression)) | {"extension"}
    return Making(random, texts_in(expression), names)


#: Where an object is begun with, so that a failure can be run again.
RANDOM = st.randoms(use_true_random=True)


def given_by_the_full_lane(name: str, expression: str, value: Json) -> int:
    node = Node(value, None, name, R4)
    return MASKS[answering(expression)(Context(node, node, node))]


MACHINES = {place: Machine(place) for place in Numbering(R4).places}
ASKED = {
    f"{name}: {formula.rule}": (place, formula)
    for place, machine in MACHINES.items()
    for name, formula in [(place[0], formula) for formula in machine.formulas]
}


def ready_of(named: str) -> Asked:
    place, formula = ASKED[named]
    return asked(R4, place[0], formula.rule)


@pytest.mark.parametrize("named", ASKED)
@settings(max_examples=20)
@given(random=RANDOM)
def test_a_program_gives_what_the_full_lane_gives_or_leaves_it_open(
    named: str, random: Random
) -> None:
    place, formula = ASKED[named]
    expression = R4.invariants[formula.rule]["expression"]
    value = making(random, expression).fields(place[0])
    mask = MACHINES[place].run(formula.program, value)
    found = given_by_the_full_lane(place[0], expression, value)
    assert (YES if found == NOTHING and formula.rule in OPEN else found) & mask
    if mask == YES:
        assert ready_of(named).of_object(value)


def with_others(made: Making, machine: Machine, value: Json, rows: tuple[int, ...]) -> Json:
    """Give the elements of an object other contents, but those in some rows."""
    changed: Json = {}
    for row, keys in enumerate(machine.keys_of_rows):
        there = [key for key in keys if key in value]
        if there and row in rows:
            changed[there[0]] = value[there[0]]
        elif there:
            element = machine.definition.elements[made.random.choice(keys)]
            other = made.one_value(element, DEEP)
            changed[element.name] = [other] if element.is_list else other
    return changed


@pytest.mark.parametrize("named", [named for named in ASKED if not ASKED[named][1].is_far])
@settings(max_examples=10)
@given(random=RANDOM)
def test_of_rows_that_a_formula_does_not_list_it_matters_only_whether_they_are_there(
    named: str, random: Random
) -> None:
    place, formula = ASKED[named]
    made = making(random, R4.invariants[formula.rule]["expression"])
    plain = {key: one for key, one in made.fields(place[0]).items() if not key.startswith("_")}
    other = with_others(made, MACHINES[place], plain, formula.rows)
    ready = ready_of(named)
    assert ready.of_object(plain) is ready.of_object(other)


@pytest.mark.parametrize("named", [named for named in ASKED if not ready_of(named).asks_all])
@settings(max_examples=10)
@given(random=RANDOM)
def test_an_invariant_tells_the_same_of_the_members_that_it_names(
    named: str, random: Random
) -> None:
    place, formula = ASKED[named]
    ready = ready_of(named)
    names = frozenset(one.removesuffix("[x]") for one in MACHINES[place].definition.choices)
    others = Making(random, ["another"], names).fields(place[0], 1)
    whole = others | making(random, R4.invariants[formula.rule]["expression"]).fields(place[0])
    read = reading_only([*ready.keys, *ready.companions])
    reduced = read(json.dumps(whole).encode())
    assert ready.of_object(reduced) is ready.of_object(whole)


def test_every_invariant_that_is_run_somewhere_is_tried() -> None:
    assert len(ASKED) >= 190


#: Expressions that none of the specification's is like, each with what is easily got wrong.
OTHERS = [
    "where((active = true).not()).empty()",
    "where(gender != 'male' implies active).exists()",
    "where(active xor multipleBirth.exists()).exists()",
    "name.exists().where(%resource.active.exists()).exists()",
    "name.where(use = 'x').exists().where(%resource.active.exists()).exists()",
    "name.union(%resource.photo).exists()",
    "name.combine(photo).exists() and active.empty().not()",
    "(active or name.count() < 2).not() = (gender in ('male' | 'female'))",
    "name.count() + photo.count() != 2",
    "name[0].use = 'x' or photo.exists()",
    "active.not() xor (active = false)",
    "deceased is boolean implies (deceased as boolean)",
    "$this.active and Patient.active",
    "extension('http://example.org/e').exists()",
    "gender.hasValue() and gender.exists() and active.hasValue().not()",
    "true implies active",
]
MADE = Definitions(
    R4.raw
    | {"invariants": {f"own-{number}": {"expression": one} for number, one in enumerate(OTHERS)}}
)


@pytest.mark.parametrize("number", range(len(OTHERS)), ids=OTHERS)
@settings(max_examples=50)
@given(random=RANDOM)
def test_a_program_of_another_expression_is_sound_too(number: int, random: Random) -> None:
    machine = Machine(("Patient", (f"own-{number}",)), MADE)
    value = making(random, OTHERS[number] + " photo active gender").fields("Patient")
    mask = machine.run(machine.formulas[-1].program, value)
    assert given_by_the_full_lane("Patient", OTHERS[number], value) & mask


# ── What programs have to tell ────────────────────────────────────────────────────────────────────

#: Invariants that presence, codes and signs of numbers decide, each with an object that keeps it
#: and one that breaks it, for certain.
DECIDED: dict[str, tuple[Json, Json]] = {
    "Observation: obs-6": ({"valueString": "x"}, {"valueString": "x", "dataAbsentReason": {}}),
    "Quantity: qty-3": ({"code": "g", "system": "http://unitsofmeasure.org"}, {"code": "g"}),
    "ContactPoint: cpt-2": ({"value": "1", "system": "phone"}, {"value": "1"}),
    "Organization: org-1": ({"name": "x"}, {}),
    "Address: org-2": ({"use": "work"}, {"use": "home"}),
    "Appointment: app-2": ({"start": DATES[3], "end": DATES[3]}, {"start": DATES[3]}),
    "Appointment: app-3": ({"status": "waitlist"}, {"status": "booked"}),
    "Appointment: app-4": ({"status": "booked"}, {"status": "booked", "cancelationReason": {}}),
    "Bundle: bdl-1": ({"type": "searchset", "total": 1}, {"type": "batch", "total": 1}),
    "Group: grp-1": ({"member": [{}], "actual": True}, {"member": [{}], "actual": False}),
    "Ratio: rat-1": ({"numerator": {}, "denominator": {}}, {"numerator": {}}),
    "MolecularSequence.referenceSeq: msq-6": ({"genomeBuild": "x"}, {}),
    "Questionnaire.item: que-6": ({"type": "group", "required": True}, {"type": "display"}),
    "Questionnaire.item: que-10": ({"type": "text", "maxLength": 1}, {"maxLength": 1}),
    "RequestGroup.action: rqg-1": ({"action": [{}]}, {"action": [{}], "resource": {}}),
    "MolecularSequence: msq-3": ({"coordinateSystem": 1}, {"coordinateSystem": 2}),
    "Timing.repeat: tim-1": ({"duration": 1, "durationUnit": "d"}, {"duration": 1}),
    "ElementDefinition: eld-18": ({"isModifier": False}, {"isModifier": True}),
}
DECIDED["Questionnaire.item: que-6"][1]["repeats"] = True
DECIDED["Questionnaire.item: que-10"][1]["type"] = "date"


@pytest.mark.parametrize("named", DECIDED)
def test_a_program_decides_what_presence_and_codes_decide(named: str) -> None:
    place, formula = ASKED[named]
    kept, broken = (MACHINES[place].run(formula.program, value) for value in DECIDED[named])
    assert (kept, broken) == (YES, NO)


#: Of these more matters, but not where the elements that they look into are not there.
KEPT_WITHOUT: dict[str, list[Json]] = {
    "Observation: obs-7": [{"valueString": "x"}, {"component": [{}]}],
    "Condition: con-4": [{"clinicalStatus": {}}],
    "Condition: con-5": [{"verificationStatus": {}}],
    "Period: per-1": [{}, {"start": DATES[0]}, {"end": DATES[0]}],
    "Range: rng-2": [{"low": {}}, {"high": {}}],
    "Timing.repeat: tim-5": [{"period": 0}, {"period": 2.5}],
    "Age: age-1": [{"value": 5, "code": "a", "system": "http://unitsofmeasure.org"}],
    "Bundle: bdl-11": [{"type": "collection", "entry": [{}]}],
    "Questionnaire.item: que-12": [{"enableWhen": [{}], "enableBehavior": "all"}, {}],
}


@pytest.mark.parametrize("named", KEPT_WITHOUT)
def test_a_program_tells_that_nothing_is_asked_of_what_is_not_there(named: str) -> None:
    place, formula = ASKED[named]
    found = [MACHINES[place].run(formula.program, value) for value in KEPT_WITHOUT[named]]
    assert found == [YES] * len(found)


#: Invariants that ask for something distinct, each with the row and the keys that they look at.
DISTINCT = {
    "NamingSystem: nsd-2": ("uniqueId", "preferred", "type"),
    "CapabilityStatement.rest: cpb-9": ("resource", "type", "type"),
    "CapabilityStatement.rest.resource: cpb-12": ("searchParam", "name", "name"),
    "ElementDefinition: eld-13": ("type", "code", "code"),
    "ElementDefinition: eld-14": ("constraint", "key", "key"),
}


@pytest.mark.parametrize("named", DISTINCT)
def test_what_is_taken_of_one_item_at_most_is_distinct_for_certain(named: str) -> None:
    (name, _), formula = ASKED[named]
    row, asked_for, taken = DISTINCT[named]
    said: list[Json] = [{}, {taken: "a"}, {taken: "b"}, {f"_{taken}": COMPANION}]
    flags: list[Json] = [{}, {asked_for: True}, {asked_for: False}, {f"_{asked_for}": COMPANION}]
    items = said if asked_for == taken else [flag | one for flag in flags for one in said]
    masks = set()
    for count in range(1, 4 if asked_for == taken else 3):
        for listed in product(items, repeat=count):
            value = {row: [one or {"id": "made"} for one in listed]}
            found = given_by_the_full_lane(name, R4.invariants[formula.rule]["expression"], value)
            masks.add((MACHINES[name, ()].run(formula.program, value), found))
    assert masks == {(YES, YES), (ANY, YES), (ANY, NO)}


def test_a_name_is_preferred_once_however_often_others_are_not() -> None:
    (name, _), formula = ASKED["NamingSystem: nsd-2"]
    once = [{"preferred": True, "type": "uri"}, *[{"preferred": False, "type": "uri"}] * 3]
    assert MACHINES[name, ()].run(formula.program, {"uniqueId": once}) == YES


def test_few_programs_leave_open_what_an_object_without_their_elements_keeps() -> None:
    empty = {
        named: MACHINES[place].run(formula.program, {}) for named, (place, formula) in ASKED.items()
    }
    left_open = {named.partition(": ")[2] for named, mask in empty.items() if mask == ANY}
    assert left_open == {"csd-1", "que-2", "sdf-8", "sdf-8a", "sdf-9"}


def test_no_layout_asks_for_more_values_than_are_kept() -> None:
    assert max(len(machine.captured) for machine in MACHINES.values()) <= MAX_CAPTURES
