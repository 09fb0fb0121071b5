"""What references lead to: the types and FHIR profiles that a profile asks of it.

What lies outside the document is not fetched; that it was not checked is told.
"""

from sharedcare.fhir.expressions import expression
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.fhir_profiles.value_types import is_kind_of, known_root
from sharedcare.fhir.packages.structure import CORE
from sharedcare.fhir.walk import way_of

_REFERENCE = "Reference"


def check_target(found: Found, looking: Looking, shape: Shape, item: Item) -> None:
    """Check what a reference leads to, where a FHIR profile asks more of it than FHIR does."""
    if item.type != _REFERENCE:
        return
    targets = [one for each in shape.element.types for one in each.target_profiles]
    profiles = [one for one in targets if not looking.shapes.is_base(one)]
    name = looking.document.target_type(item)
    if name is None:
        if profiles and "reference" in item.source:
            found.add("profile-target-not-checked", shape, item.pointer)
        return
    types = {one.partition("|")[0].removeprefix(CORE) for one in targets if one not in profiles}
    if not targets or any(is_kind_of(looking.definitions, name, one) for one in types):
        return
    roots = [known_root(found, looking, shape, item, one) for one in profiles]
    if None in roots:
        return
    known = [one for one in roots if one is not None]
    fitting = [one for one in known if is_kind_of(looking.definitions, name, one.structure.type)]
    if fitting:
        _check_one_of(found, looking, shape, item, fitting)
    elif item.element is None or not item.element.targets or name in item.element.targets:
        names = sorted({*types, *(one.structure.type for one in known)})
        found.add("profile-target-type", shape, item.pointer, targets=" or ".join(names))


def _check_one_of(
    found: Found, looking: Looking, shape: Shape, item: Item, roots: list[Shape]
) -> None:
    """Check that what a reference leads to fits one of several FHIR profiles of its type."""
    target = looking.document.led_to(item)
    if target is None:
        found.add("profile-target-not-checked", shape, item.pointer)
        return
    made = [looking.held(target, root) for root in roots]
    fitting = next((one for one in made if one.fits), None)
    if fitting is not None:
        found.add_all(fitting)
        return
    names = " or ".join(root.structure.name for root in roots)
    found.add(
        "profile-target", shape, item.pointer, targets=names, broken=_broken(looking, made[0])
    )


def _broken(looking: Looking, found: Found) -> str:
    """Name the first rule that is broken, and where."""
    first = found.first_error
    if first is None:
        return "a rule"
    root = looking.document.root.resource
    return f"{first.rule} at {expression(looking.definitions, root, way_of(first.pointer))}"
