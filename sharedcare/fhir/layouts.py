"""What the keys of an object tell on their own, worked out once for each set of keys.

Objects of a type mostly have the same few sets of keys. Which of them are known, what is missing,
which forms of a choice exclude each other, and most invariants depend on the keys alone; what is
left to do for each object is to look at its values.
"""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from sharedcare.fhir.datatypes import CHECKS_OF_TYPES
from sharedcare.fhir.definitions import UNBOUNDED, Definitions, Element, TypeDefinition
from sharedcare.fhir.invariants import Asking, asking
from sharedcare.fhir.primitives import QUICK
from sharedcare.fhir.walk import Json

#: Sets of keys that are kept of each type; others are worked out whenever they are met.
MAX_SHAPES = 256

#: Whether a value is good for certain, so that nothing else of it has to be looked at.
Accepts = Callable[[Any], bool]


class Part:
    """An element whose type has elements, made ready."""

    __slots__ = ("check", "element", "has_codes", "is_list", "is_plain", "layout")

    def __init__(self, definitions: Definitions, element: Element) -> None:
        self.element = element
        self.is_list = element.is_list
        self.is_plain = element.maximum != 0 and element.type != "Resource"
        self.has_codes = element.codes is not None
        self.check = CHECKS_OF_TYPES.get(element.type)
        self.layout = layout_of(definitions, element.type, element.rules)


class Step(NamedTuple):
    """What is done for one key: ``accepts`` is of primitives, ``part`` of others, or neither."""

    key: str
    accepts: Accepts | None
    element: Element | None
    part: Part | None


class Shape(NamedTuple):
    """A set of keys: what to do for each, and what is known already.

    ``presence`` are the rules that the keys break, with the words of their sentences.
    """

    steps: tuple[Step, ...]
    presence: tuple[tuple[str, dict[str, str]], ...]
    has_element_id: bool
    asking: tuple[Asking, ...]


class Layout:
    """A type, with the rules that it has where it stands, and the shapes of it that were met."""

    __slots__ = ("_definition", "_definitions", "_rules", "_steps", "name", "shapes")

    def __init__(self, definitions: Definitions, name: str, rules: tuple[str, ...]) -> None:
        self._definitions = definitions
        self._rules = rules
        self._steps: dict[str, Step] = {}
        self._definition: TypeDefinition | None = None
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
        definition, keys = self.definition, tuple(value)
        passed_over = "resourceType" if definition.is_resource else None
        shape = Shape(
            tuple([self._step(key, value) for key in keys if key != passed_over]),
            tuple(_presence(definition, value)),
            not definition.is_resource and "id" in value,
            tuple(asking(self._definitions, self.name, (*definition.rules, *self._rules), value)),
        )
        is_known = all(step.key.removeprefix("_") in definition.elements for step in shape.steps)
        if is_known and len(self.shapes) < MAX_SHAPES:
            self.shapes[keys] = shape
        return shape

    def _step(self, key: str, keys: Collection[str]) -> Step:
        step = self._steps.get(key)
        if step is None:
            element = self.definition.elements.get(key)
            if element is None:
                return Step(key, None, None, None)
            step = self._steps[key] = self._made_step(element)
        if step.accepts is not None and "_" + key in keys:
            return step._replace(accepts=_nothing)
        return step

    def _made_step(self, element: Element) -> Step:
        if element.is_primitive:
            return Step(element.name, accepts(self._definitions, element), element, None)
        return Step(element.name, None, element, Part(self._definitions, element))


def layout_of(definitions: Definitions, name: str, rules: tuple[str, ...] = ()) -> Layout:
    """Return the layout of a type with the rules that it has where it stands, made once."""
    key = (name, rules)
    if key not in definitions.layouts:
        definitions.layouts[key] = Layout(definitions, name, rules)
    found: Layout = definitions.layouts[key]
    return found


def accepts(definitions: Definitions, element: Element) -> Accepts:
    """Return what tells of most good values of a primitive element that they are good."""
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
    if element.rules or element.maximum == 0:
        return _nothing
    if element.codes is None:
        return QUICK.get(element.type, _nothing)
    codes = definitions.codes_of(element.codes)
    quick = QUICK.get(element.type)
    if codes is None or quick is None:
        return _nothing
    known = frozenset(code for code in codes[""] if quick(code))
    return lambda value: type(value) is str and value in known


def _nothing(_value: object) -> bool:
    """Accept nothing: each value is looked at closely."""
    return False


def _presence(
    definition: TypeDefinition, keys: Collection[str]
) -> list[tuple[str, dict[str, str]]]:
    """Return what the keys of an object break: what is missing, and forms of a choice."""
    broken = []
    for name, forms in definition.required:
        if not any(key in keys or "_" + key in keys for key in forms):
            broken.append(("required-element", {"name": name, "owner": definition.name}))
    for name, forms in definition.exclusive:
        if sum(key in keys or "_" + key in keys for key in forms) > 1:
            broken.append(("choice-exclusive", {"name": name}))
    return broken
