"""Making slices as a differential names them."""

from dataclasses import replace

from sharedcare.fhir.packages.part import BY_URL, EXTENSIONS, Part, copies
from sharedcare.fhir.packages.refusal import named
from sharedcare.fhir.packages.structure import (
    Discriminator,
    ElementDefinition,
    Slicing,
    TypeReference,
)

BY_TYPE = Slicing((Discriminator("type", "$this"),))


class NoWay(Exception):
    """What a differential names cannot be reached; ``code`` and the text say why."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code


def made_slice(found: Part, name: str, type_: TypeReference | None) -> Part:
    """Make a slice: it has what is sliced has, and need not be there until it is said.

    ``type_`` is the type of a choice that the name ends in, if it does. Raises NoWay.
    """
    above = name.rpartition("/")[0]
    base = found.slice(above) if above else found
    if base is None:
        raise NoWay("PROFILE_SLICE", f"there is no slice {named(above)} to be sliced again")
    if base.is_closed:
        raise NoWay("PROFILE_SLICE", f"its base lets no other slices of {base.name} in")
    if base.element.slicing is None:
        base.element = replace(base.element, slicing=_implicit(base, type_))
    element = replace(base.element, slice_name=name, slicing=None, min=0)
    if type_ is not None:
        element = replace(element, types=(type_,))
    children = None if base.children is None else copies(base.children)
    base.slices[name] = Part(base.name, element, children, is_new=True)
    return base.slices[name]


def _implicit(base: Part, type_: TypeReference | None) -> Slicing:
    """Return the slicing that need not be said: extensions by url, choices by type."""
    if base.name in EXTENSIONS:
        return BY_URL
    if type_ is None:
        raise not_sliced(base)
    return BY_TYPE


def not_sliced(part: Part) -> NoWay:
    """Return what is told of a slice of what is not sliced."""
    return NoWay("PROFILE_SLICE", f"{part.name} is not sliced; say its slicing before its slices")


def labelled(found: Part, name: str) -> Part:
    """Take a slice of what is not sliced for the element itself, as HL7's own profiles do."""
    if found.label not in {"", name}:
        raise not_sliced(found)
    found.label = name
    return found


def inherit(found: Part, slice_: Part) -> None:
    """Give a slice without elements of its own those of what is sliced, unless it has a profile."""
    if slice_.children is None and found.children and not value_profiles(slice_.element):
        slice_.children = copies(found.children)


def value_profiles(element: ElementDefinition) -> tuple[str, ...]:
    """Return the profiles that values of an element are of: a slice is unfolded by them."""
    return tuple(profile for one in element.types for profile in one.profiles)


def narrow(choice: Part) -> None:
    """Leave only the type that a path names, where it names one: ``Observation.valueQuantity``.

    So HL7's own snapshots have it (body weight, cholesterol); where several types are named, others
    stay possible.
    """
    if len(choice.slices) == 1:
        (one,) = choice.slices.values()
        slicing = replace(BY_TYPE, rules="closed")
        choice.element = replace(choice.element, types=one.element.types, slicing=slicing)
