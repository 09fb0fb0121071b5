"""Whether an element belongs to a slice, by what tells the slices apart.

Each answer is yes, no, or that it cannot be told, with the reason: nobody is to be told of a fault
in a slice that an element does not belong to.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sharedcare.fhir.fhir_profiles.bound_codes import holds_code
from sharedcare.fhir.fhir_profiles.discriminator_paths import Step, items_at, shapes_at, steps_of
from sharedcare.fhir.fhir_profiles.fixed_values import holds_pattern, is_same
from sharedcare.fhir.fhir_profiles.instance import Document, Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes, Unusable
from sharedcare.fhir.packages.structure import CORE, Discriminator


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told, for a reason that is a sentence without its full stop."""

    reason: str


Answer = bool | Unknown

#: What tells slices apart where nothing is said: forms of a choice, by their type.
BY_TYPE = (Discriminator("type", "$this"),)

_NO_PATH = Unknown("what tells the slices apart is no path that FHIR allows")
_OUT_OF_REACH = Unknown("what tells the slices apart is in a resource that is not at hand")
_SAYS_NOTHING = Unknown("the slice does not say what tells it apart")


def belongs(
    looking: Looking, discriminators: Iterable[Discriminator], shape: Shape, item: Item
) -> Answer:
    """Say whether an item belongs to a slice: every discriminator has to say so."""
    unknown: Unknown | None = None
    for discriminator in discriminators:
        found = _matches(looking, discriminator, shape, item)
        if found is False:
            return False
        unknown = unknown or (found if isinstance(found, Unknown) else None)
    return unknown or True


def _matches(looking: Looking, by: Discriminator, shape: Shape, item: Item) -> Answer:
    steps, test = steps_of(by.path), _TESTS.get(by.type)
    if steps is None or test is None:
        return _NO_PATH
    try:
        return test(looking, shape, item, steps)
    except Unusable as unusable:
        return Unknown(str(unusable))


def _by_value(looking: Looking, shape: Shape, item: Item, steps: tuple[Step, ...]) -> Answer:
    """Whether there is a value that the slice fixes, has as a pattern, or lists."""
    wanted = shapes_at(looking.shapes, shape, steps)
    found = items_at(looking.document, item, steps)
    if found is None:
        return _OUT_OF_REACH
    answers = [
        answer
        for one in wanted
        for answer in (_any(_says(looking, one, inner) for inner in found),)
        if _has_say(one)
    ]
    if answers:
        return _any(answers)
    values = [*_values_in_patterns(looking, shape, steps), *_address(shape, steps)]
    if values:
        return any(is_same(one.value, value) for one in found for value in values)
    return _by_presence(wanted, found)


def _values_in_patterns(
    looking: Looking, shape: Shape, steps: tuple[Step, ...]
) -> Iterator[object]:
    """Go through the values of a path that lie in a fixed value or pattern of what is above it."""
    for end in range(len(steps)):
        if any(step.kind != "name" for step in steps[end:]):
            continue
        for above in shapes_at(looking.shapes, shape, steps[:end]):
            for whole in (above.element.fixed, above.element.pattern):
                if whole is not None:
                    yield from _inside(whole.value, [step.word for step in steps[end:]])


def _address(shape: Shape, steps: tuple[Step, ...]) -> Iterator[str]:
    """Give the url of an extension that a slice names, which needs no definition to be known."""
    if [step.word for step in steps] == ["url"]:
        for found in shape.element.types:
            yield from (one.partition("|")[0] for one in found.profiles)


def _inside(value: object, names: list[str]) -> Iterator[object]:
    """Go through what lies in a value under names, each of several in a list."""
    if isinstance(value, list):
        for one in value:
            yield from _inside(one, names)
    elif not names:
        yield value
    elif isinstance(value, dict) and names[0] in value:
        yield from _inside(value[names[0]], names[1:])


def _by_presence(wanted: list[Shape], found: list[Item]) -> Answer:
    if any(shape.element.max == 0 for shape in wanted):
        return not found
    if any(shape.element.min for shape in wanted):
        return bool(found)
    return _SAYS_NOTHING


def _by_existence(looking: Looking, shape: Shape, item: Item, steps: tuple[Step, ...]) -> Answer:
    wanted = shapes_at(looking.shapes, shape, steps)
    found = items_at(looking.document, item, steps)
    return _OUT_OF_REACH if found is None else _by_presence(wanted, found)


def _by_type(looking: Looking, shape: Shape, item: Item, steps: tuple[Step, ...]) -> Answer:
    """Whether what is there, or what a reference leads to, is of a type that the slice has."""
    wanted = shapes_at(looking.shapes, shape, steps)
    types = {name for one in wanted for name in _types(one)}
    found = _types_found(looking.document, item, steps)
    if not types:
        return _SAYS_NOTHING
    return _OUT_OF_REACH if found is None else bool(types & found)


def _types_found(document: Document, item: Item, steps: tuple[Step, ...]) -> set[str] | None:
    """Return the types of what is there; of what a reference leads to also what it says itself."""
    if not steps or steps[-1].kind != "resolve":
        found = items_at(document, item, steps)
        return None if found is None else {one.type for one in found}
    before = items_at(document, item, steps[:-1])
    types = None if before is None else [document.target_type(one) for one in before]
    if types is None or None in types:
        return None
    return {one for one in types if one is not None}


def _types(shape: Shape) -> Iterator[str]:
    if shape.is_root:
        yield shape.structure.type
    for found in shape.element.types:
        yield found.code


def _by_profile(looking: Looking, shape: Shape, item: Item, steps: tuple[Step, ...]) -> Answer:
    """Whether what is there fits a FHIR profile that the slice names."""
    wanted = shapes_at(looking.shapes, shape, steps)
    found = items_at(looking.document, item, steps)
    if found is None:
        return _OUT_OF_REACH
    roots = [root for one in wanted for root in _roots(looking.shapes, one)]
    if not roots:
        return _SAYS_NOTHING
    if None in roots:
        return Unknown("a FHIR profile that tells the slices apart is in none of the packages")
    return any(looking.fits(one, root) for one in found for root in roots if root is not None)


def _roots(shapes: Shapes, shape: Shape) -> Iterator[Shape | None]:
    if shape.is_root:
        yield shape
        return
    for found in shape.element.types:
        for profile in found.profiles or (CORE + found.code,):
            yield shapes.root(profile, shape.package)


_TESTS: dict[str, Callable[[Looking, Shape, Item, tuple[Step, ...]], Answer]] = {
    "value": _by_value,
    "pattern": _by_value,
    "exists": _by_existence,
    "type": _by_type,
    "profile": _by_profile,
}


def _any(answers: Iterable[Answer]) -> Answer:
    unknown: Answer = False
    for answer in answers:
        if answer is True:
            return True
        unknown = answer if isinstance(answer, Unknown) else unknown
    return unknown


def _has_say(shape: Shape) -> bool:
    """Whether a shape, or what it has inside, says which value is wanted."""
    element = shape.element
    is_listed = element.binding is not None and element.binding.strength == "required"
    return (
        element.fixed is not None
        or element.pattern is not None
        or is_listed
        or any(map(_has_fixed, shape.children))
    )


def _has_fixed(shape: Shape) -> bool:
    """Whether a shape, or what is defined inside it, has a fixed value or pattern."""
    element = shape.element
    if element.fixed is not None or element.pattern is not None:
        return True
    if element.content_reference:  # it has no end
        return False
    return any(map(_has_fixed, (*shape.slices, *shape.children)))


def _says(looking: Looking, shape: Shape, item: Item) -> Answer:
    """Whether an item is what a shape says by a fixed value, a pattern, codes, or inside it."""
    element = shape.element
    if element.fixed is not None:
        return is_same(item.value, element.fixed.value)
    if element.pattern is not None:
        return holds_pattern(item.value, element.pattern.value)
    inner = [child for child in shape.children if _has_fixed(child)]
    if inner:
        return all(_says_inside(looking, child, item) is True for child in inner)
    if element.binding is None:
        return _SAYS_NOTHING
    found = holds_code(looking.shapes, shape, item)
    return (
        Unknown("the codes that tell the slices apart are not at hand") if found is None else found
    )


def _says_inside(looking: Looking, child: Shape, item: Item) -> Answer:
    wanted = [one for one in (child, *child.slices) if _has_fixed(one)]
    found = looking.document.children(item, child.name)
    return _any(_says(looking, shape, one) for shape in wanted for one in found)
