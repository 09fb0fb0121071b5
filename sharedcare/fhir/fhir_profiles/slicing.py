"""Slices: which elements of a list, or forms of a choice, belong to which slice, and how many."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sharedcare.fhir.fhir_profiles.discriminators import BY_TYPE, Answer, Unknown, belongs
from sharedcare.fhir.fhir_profiles.found import Found, slice_words, times_words
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.packages.structure import Slicing
from sharedcare.fhir.walk import Pointer

#: The slice of all that belongs to no other: http://hl7.org/fhir/R4/profiling.html#default-slice.
DEFAULT_SLICE = "@default"

CLOSED, AT_END = "closed", "openAtEnd"

#: Where a choice has slices and says nothing else.
_OF_CHOICE = Slicing(BY_TYPE)


@dataclass(slots=True)
class Sliced:
    """Items by slice; ``rest`` belong to none, ``unknown`` to nobody knows which, and why."""

    shape: Shape
    slicing: Slicing
    by_slice: list[tuple[Shape, list[Item]]]
    rest: list[Item] = field(default_factory=list)
    unknown: list[tuple[Item, str]] = field(default_factory=list)


def slicing_of(shape: Shape) -> Slicing | None:
    """Return how an element is sliced, None where it is not."""
    if not shape.slices:
        return None
    if shape.element.slicing is not None:
        return shape.element.slicing
    return _OF_CHOICE if shape.name.endswith("[x]") else Slicing()


def sliced(found: Found, looking: Looking, shape: Shape, items: list[Item]) -> Sliced:
    """Tell items apart by the slices of a shape, and note what is wrong with how they stand."""
    slicing = slicing_of(shape) or Slicing()
    made = Sliced(shape, slicing, [(one, []) for one in shape.slices])
    placed = [(item, _place(found, looking, made, item)) for item in items]
    _check_rest(found, made)
    _check_order(found, made, placed)
    return made


def _place(found: Found, looking: Looking, made: Sliced, item: Item) -> int | None:
    """Put an item with the slice that it belongs to; which that is, None for none or unknown."""
    answers = list(_answers(looking, made, item))
    fits = [at for at, answer in answers if answer is True]
    unknown = [answer for _, answer in answers if isinstance(answer, Unknown)]
    if len(fits) > 1:
        found.add("slice-several", made.shape, item.pointer)
    if fits:
        made.by_slice[fits[0]][1].append(item)
        return fits[0]
    if unknown:
        made.unknown.append((item, unknown[0].reason))
        found.add("slice-not-checked", made.shape, item.pointer, reason=unknown[0].reason)
        return None
    default = _default(made)
    (made.rest if default is None else made.by_slice[default][1]).append(item)
    return default


def _answers(looking: Looking, made: Sliced, item: Item) -> Iterator[tuple[int, Answer]]:
    for at, (shape, _) in enumerate(made.by_slice):
        if shape.element.slice_name == DEFAULT_SLICE:
            continue
        if made.slicing.discriminators:
            yield at, belongs(looking, made.slicing.discriminators, shape, item)
        else:
            yield at, looking.fits(item, shape)


def _default(made: Sliced) -> int | None:
    for at, (shape, _) in enumerate(made.by_slice):
        if shape.element.slice_name == DEFAULT_SLICE:
            return at
    return None


def _check_rest(found: Found, made: Sliced) -> None:
    if made.slicing.rules == CLOSED:
        for item in made.rest:
            found.add("slice-none", made.shape, item.pointer)


def _check_order(found: Found, made: Sliced, placed: list[tuple[Item, int | None]]) -> None:
    """Check that slices stand in their order, and what belongs to none behind them all."""
    known = [(item, at) for item, at in placed if at is not None]
    if made.slicing.ordered:
        for (_, before), (item, at) in pairwise(known):
            if at < before:
                found.add("slice-order", made.shape, item.pointer)
                break
    if made.slicing.rules == AT_END and known:
        last = max(at for at, (_, which) in enumerate(placed) if which is not None)
        for item, which in placed[:last]:
            if which is None:
                found.add("slice-at-end", made.shape, item.pointer)


def check_counts(found: Found, made: Sliced, parent: Pointer) -> None:
    """Check how often each slice is there; what may belong to it is counted in its favour."""
    for shape, items in made.by_slice:
        element, words = shape.element, slice_words(shape)
        if len(items) + len(made.unknown) < element.min:
            found.add("slice-minimum", shape, parent, slice=words, least=times_words(element.min))
        if element.max is not None and len(items) > element.max:
            place = items[element.max].pointer
            found.add("slice-maximum", shape, place, slice=words, most=times_words(element.max))
