"""What the keys of an object tell on their own, worked out once for each set of keys.

Objects of a type mostly have the same few sets of keys. Which of them are known, what is missing,
which forms of a choice exclude each other, and most invariants depend on the keys alone; what is
left to do for each object is to look at its values.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sharedcare.fhir.datatypes import CHECKS_OF_TYPES, Check
from sharedcare.fhir.definitions import UNBOUNDED, Definitions, Element, TypeDefinition
from sharedcare.fhir.invariants.keys import Asked
from sharedcare.fhir.invariants.running import Asking, asked_here, asking
from sharedcare.fhir.narratives.narrative import is_plain
from sharedcare.fhir.primitives import QUICK, Accepts
from sharedcare.fhir.terminology.bindings import check_codes, form_of
from sharedcare.fhir.walk import Json

#: Sets of keys that are kept of each type; others are worked out whenever they are met.
MAX_SHAPES = 256


class Part:
    """An element whose type has elements, made ready.

    ``is_one`` and ``is_many`` tell how it is written where nothing else has to be minded: as an
    object, or as any number of them; ``are_codings`` that these are codings of any code system.
    ``checks`` are run on each object after its elements.
    """

    __slots__ = (
        *("are_codings", "checks", "element"),
        *("is_list", "is_many", "is_one", "is_plain", "layout"),
    )

    def __init__(self, definitions: Definitions, element: Element) -> None:
        self.element = element
        self.is_list = element.is_list
        self.is_plain = element.maximum != 0 and element.type != "Resource"
        self.is_one = self.is_plain and not self.is_list
        self.is_many = self.is_plain and element.maximum == UNBOUNDED
        self.are_codings = element.type == "Coding" and element.codes is None
        self.checks = tuple(_checks(element))
        self.layout = layout_of(definitions, element.type, element.rules)


class Step(NamedTuple):
    """What is done for one key: ``accepts`` is for primitives, ``part`` for others.

    There is no ``element`` where the key is none that is known.
    """

    key: str
    accepts: Accepts
    part: Part | None
    element: Element | None


@dataclass(slots=True)
class Shape:
    """A set of keys: what to do for each, and what is known already.

    Where all ``primitives`` are accepted, the ``parts`` are left to be looked at; else there is
    something to do for each key, in their order (see :meth:`Layout.steps`). ``presence`` are the
    rules that the keys break, with the words of their sentences; ``has_more`` tells whether
    anything is left to ask beside.
    """

    primitives: tuple[tuple[str, Accepts], ...]
    parts: tuple[tuple[str, Part], ...]
    presence: tuple[tuple[str, dict[str, str]], ...]
    has_element_id: bool
    asking: tuple[Asking, ...]
    has_more: bool


class Layout:
    """A type, with the rules that it has where it stands, and the shapes of it that were met."""

    __slots__ = (
        *("_asked", "_definition", "_definitions", "_latest", "_rules", "_steps"),
        *("name", "shapes"),
    )

    def __init__(self, definitions: Definitions, name: str, rules: tuple[str, ...]) -> None:
        self._definitions = definitions
        self._rules = rules
        self._steps: dict[str, Step] = {}
        self._definition: TypeDefinition | None = None
        self._asked: tuple[tuple[str, Asked], ...] | None = None
        #: The last that was not kept: the same unknown keys often follow each other.
        self._latest: tuple[tuple[str, ...], Shape] | None = None
        self.name = name
        self.shapes: dict[tuple[str, ...], Shape] = {}

    @property
    def definition(self) -> TypeDefinition:
        """The type; made ready when it is first asked for, since types hold each other."""
        if self._definition is None:
            self._definition = self._definitions.type_of(self.name)
        return self._definition

    def made(self, value: Json) -> Shape:
        """Work out the shape of an object; keep it if all of its keys are known."""
        keys = tuple(value)
        if self._latest is not None and self._latest[0] == keys:
            return self._latest[1]
        definition = self.definition
        steps, others = self._steps_of(value)
        primitives = [(key, accepts) for key, accepts, part, _ in steps if part is None]
        presence = tuple(_presence(definition, value, steps))
        has_element_id = not definition.is_resource and "id" in value
        wanted = tuple(asking(self._invariants(), value))
        shape = Shape(
            tuple([(others[0], _nothing)] if others else primitives),  # so that all is looked at
            tuple([(key, part) for key, _, part, _ in steps if part is not None]),
            presence,
            has_element_id,
            wanted,
            bool(presence or has_element_id or wanted),
        )
        if len(self.shapes) < MAX_SHAPES and all(map(self._is_companion, others)):
            self.shapes[keys] = shape
        elif len(keys) <= MAX_SHAPES:
            self._latest = keys, shape
        return shape

    def steps(self, value: Json) -> Iterator[Step]:
        """Go through what is done for each key of an object: for a key that is none, nothing."""
        for key in value:
            step = self._step(key)
            if step is None:
                if key != "resourceType" or not self.definition.is_resource:
                    yield Step(key, _nothing, None, None)
            elif "_" + key in value:
                yield step._replace(accepts=_nothing)
            else:
                yield step

    def _invariants(self) -> tuple[tuple[str, Asked], ...]:
        """The invariants that are asked of objects here."""
        if self._asked is None:
            rules = (*self.definition.rules, *self._rules)
            self._asked = tuple(asked_here(self._definitions, self.name, rules))
        return self._asked

    def _steps_of(self, keys: Collection[str]) -> tuple[list[Step], list[str]]:
        """Return what is done for each element, and the keys that are none."""
        known, step_of = self._steps, self._step
        found = [known.get(key) or step_of(key) for key in keys]
        steps = [step for step in found if step is not None]
        others = [key for key in keys if key not in known] if None in found else []
        if self.definition.is_resource and "resourceType" in others:
            others.remove("resourceType")
        return steps, others

    def _step(self, key: str) -> Step | None:
        step = self._steps.get(key)
        if step is None:
            element = self.definition.elements.get(key)
            if element is not None:
                step = self._steps[key] = self._made_step(element)
        return step

    def _is_companion(self, key: str) -> bool:
        return key.removeprefix("_") in self.definition.elements

    def _made_step(self, element: Element) -> Step:
        if element.is_primitive:
            return Step(element.name, accepts(self._definitions, element), None, element)
        return Step(element.name, _nothing, Part(self._definitions, element), element)


def _checks(element: Element) -> Iterator[Check]:
    """Go through what is asked of an element as a whole, by its binding and by its type."""
    if element.codes is not None:
        yield check_codes
    if element.type in CHECKS_OF_TYPES:
        yield CHECKS_OF_TYPES[element.type]


def layout_of(definitions: Definitions, name: str, rules: tuple[str, ...] = ()) -> Layout:
    """Return the layout of a type with the rules that it has where it stands, made once."""
    key = (name, rules)
    if key not in definitions.layouts:
        definitions.layouts[key] = Layout(definitions, name, rules)
    found: Layout = definitions.layouts[key]
    return found


def accepts(definitions: Definitions, element: Element) -> Accepts:
    """Return what tells of most good values of a primitive element that they are good.

    Nothing else of such a value has to be looked at. It may raise a TypeError for one of another
    type than is wanted.
    """
    one = _accepts_one(definitions, element)
    if one is _nothing or not element.is_list:
        return one
    most = element.maximum

    def all_of(values: Any) -> bool:
        if type(values) is not list or not values:
            return False
        return (most == UNBOUNDED or len(values) <= most) and all(map(one, values))

    return all_of


def _accepts_one(definitions: Definitions, element: Element) -> Accepts:
    if element.type == "xhtml":
        return _is_narrative
    if element.rules or element.maximum == 0:
        return _nothing
    quick = QUICK.get(element.type, _nothing)
    if element.codes is None or quick is _nothing:
        return quick
    codes = definitions.codes_of(element.codes)
    if codes is not None:
        return frozenset(filter(quick, codes[""])).__contains__
    form = form_of(element.codes)
    return _nothing if form is None else lambda value: quick(value) and form(value)


def _is_narrative(value: object) -> bool:
    return type(value) is str and is_plain(value)


def _nothing(_value: object) -> bool:
    """Accept nothing: each value is looked at closely."""
    return False


def _presence(
    definition: TypeDefinition, keys: Collection[str], steps: Sequence[Step]
) -> list[tuple[str, dict[str, str]]]:
    """Return what the keys of an object break: what is missing, and forms of a choice."""
    if _is_usual(definition, steps):
        return []
    broken = []
    for name, forms in definition.required:
        if not any(key in keys or "_" + key in keys for key in forms):
            broken.append(("required-element", {"name": name, "owner": definition.name}))
    for name, forms in definition.exclusive:
        if sum(key in keys or "_" + key in keys for key in forms) > 1:
            broken.append(("choice-exclusive", {"name": name}))
    return broken


def _is_usual(definition: TypeDefinition, steps: Sequence[Step]) -> bool:
    """Whether all that is required is there for certain, and each element in one form."""
    there = [element.choice for _, _, _, element in steps if element is not None]
    return len(set(there)) == len(there) and definition.wanted.issubset(there)
