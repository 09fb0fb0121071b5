"""Which elements of a FHIR profile ask for more than FHIR itself does.

A snapshot repeats all of its base, and most of it says nothing new: what the base rules check need
not be looked at again. That is found out once for each element and the type that it stands in.
"""

from sharedcare.fhir.definitions import Element
from sharedcare.fhir.fhir_profiles.base_rules import added_rules
from sharedcare.fhir.fhir_profiles.bound_codes import asks_for_widest
from sharedcare.fhir.fhir_profiles.instance import base_elements
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes
from sharedcare.fhir.packages.structure import CORE

_RESOURCE = "Resource"
_REQUIRED = "required"
_IN_FORCE = frozenset({_REQUIRED, "extensible"})


def asking_children(shapes: Shapes, shape: Shape, type_name: str) -> tuple[Shape, ...]:
    """Return the elements just below a shape that ask for something of what is of a type."""
    if type_name not in shape.asking:
        shape.asking[type_name] = tuple(
            child for child in shape.children if _asks(shapes, child, type_name, set())
        )
    return shape.asking[type_name]


def _asks(shapes: Shapes, shape: Shape, owner: str, seen: set[tuple[str, str]]) -> bool:
    """Whether a shape, or anything below it, asks for something; ``seen`` is being looked at."""
    key = (shape.element.id, owner)
    if key in seen:  # it is defined by itself, and what it asks is found where that began
        return False
    seen.add(key)
    of_base = base_elements(shapes.definitions, owner, shape.name)
    return (
        not of_base
        or bool(shape.slices)
        or _asks_itself(shapes, shape, of_base)
        or _asks_of_types(shapes, shape, of_base)
        or any(_asks(shapes, child, one.type, seen) for one in of_base for child in shape.children)
    )


def _asks_itself(shapes: Shapes, shape: Shape, of_base: tuple[Element, ...]) -> bool:
    """Whether a shape asks something of its own value, how often it is there, or what it holds."""
    element = shape.element
    limits = (element.max_length, element.min_value, element.max_value)
    return (
        any(one is not None for one in (element.fixed, element.pattern, *limits))
        or element.must_support
        or element.min > min(one.minimum for one in of_base)
        or (element.max is not None and any(one.maximum != element.max for one in of_base))
        or _asks_for_codes(shape, of_base)
        or bool(added_rules(shapes.definitions, shape))
    )


def _asks_for_codes(shape: Shape, of_base: tuple[Element, ...]) -> bool:
    binding = shape.element.binding
    if binding is not None and asks_for_widest(binding):
        return True
    if binding is None or binding.strength not in _IN_FORCE:
        return False
    url = binding.value_set.partition("|")[0]
    of_fhir = all((one.codes or "").partition("|")[0] == url for one in of_base)
    return binding.strength != _REQUIRED or not of_fhir


def _asks_of_types(shapes: Shapes, shape: Shape, of_base: tuple[Element, ...]) -> bool:
    """Whether a shape leaves fewer types, or asks more of values or of what references lead to."""
    types = shape.element.types
    codes = {one.code for one in types}
    is_choice = any(one.choice != one.name or one.type == _RESOURCE for one in of_base)
    if types and is_choice and not {one.type for one in of_base} <= codes:
        return True
    profiles = [one for found in types for one in (*found.profiles, *found.target_profiles)]
    if not all(map(shapes.is_base, profiles)):
        return True
    targets = {one.removeprefix(CORE) for found in types for one in found.target_profiles}
    of_fhir = {target for one in of_base for target in one.targets}
    return bool(targets) and not (of_fhir and of_fhir <= targets)
