"""Types that a FHIR profile leaves of a choice, and the FHIR profiles that values have to fit."""

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape, Unusable

NOT_THERE = "it is in none of the packages"

_RESOURCE = "Resource"


def is_kind_of(definitions: Definitions, name: str, wanted: str) -> bool:
    """Whether a type is another one, or is made from it: a Patient is a DomainResource."""
    while name != wanted:
        name = definitions.type_of(name).base if name in definitions.raw["types"] else ""
        if not name:
            return False
    return True


def check_type(found: Found, looking: Looking, shape: Shape, item: Item) -> bool:
    """Check the type of an item where FHIR itself leaves a choice; whether the shape allows it."""
    base, names = item.element, [one.code for one in shape.element.types]
    if base is None or not names or shape.is_root:
        return True
    if base.type != _RESOURCE and base.choice == base.name:
        return True
    if any(is_kind_of(looking.definitions, item.type, name) for name in names):
        return True
    found.add("profile-value-type", shape, item.pointer, types=" or ".join(names))
    return False


def check_whole_type(found: Found, looking: Looking, shape: Shape, item: Item) -> bool:
    """Check that an item is of the type that a structure is of, where it is held against one."""
    name = shape.structure.type
    is_plain = item.type in looking.definitions.primitives
    if not shape.is_root or is_plain or is_kind_of(looking.definitions, item.type, name):
        return True
    found.add("profile-value-type", shape, item.pointer, types=name)
    return False


def check_profiles(found: Found, looking: Looking, shape: Shape, item: Item) -> None:
    """Check that a value fits one of the FHIR profiles that its type names, where it names any."""
    names = [] if shape.is_root else list(looking.shapes.profiles(shape, item.type))
    if not names:
        return
    made: list[Found] = []
    for name in names:
        root = known_root(found, looking, shape, item, name)
        if root is None:
            return
        made.append(looking.held(item, root))
    fitting = next((one for one in made if one.fits), None)
    if fitting is not None or len(made) == 1:
        found.add_all(fitting or made[0])
    else:
        found.add("profile-value", shape, item.pointer)


def known_root(
    found: Found, looking: Looking, shape: Shape, item: Item, canonical: str
) -> Shape | None:
    """Return the shape of a FHIR profile that another names, None where it cannot be had.

    Then that is noted, but for extensions, of which it is told where they stand.
    """
    try:
        root = looking.shapes.root(canonical, shape.package)
        reason = NOT_THERE
    except Unusable as unusable:
        root, reason = None, str(unusable)
    if root is None and item.type != "Extension":
        found.add("profile-not-checked", shape, item.pointer, reason=reason)
    return root
