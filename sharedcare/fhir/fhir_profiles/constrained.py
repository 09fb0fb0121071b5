"""Holds elements against the shapes of a FHIR profile, from a resource or data type downwards."""

from sharedcare.fhir.fhir_profiles.added_rules import check_rules
from sharedcare.fhir.fhir_profiles.asking import asking_children
from sharedcare.fhir.fhir_profiles.bound_codes import check_binding
from sharedcare.fhir.fhir_profiles.found import Found, slice_words, times_words
from sharedcare.fhir.fhir_profiles.instance import Document, Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes
from sharedcare.fhir.fhir_profiles.single_values import check_value
from sharedcare.fhir.fhir_profiles.slicing import check_counts, sliced
from sharedcare.fhir.fhir_profiles.targets import check_target
from sharedcare.fhir.fhir_profiles.value_types import check_profiles, check_type, check_whole_type
from sharedcare.fhir.walk import Pointer


class Constrained:
    """Holds the elements of one document against shapes; each element once against each structure.

    ``must_support`` tells of elements that are not there and that a FHIR profile asks systems to
    support.
    """

    def __init__(self, document: Document, shapes: Shapes, must_support: bool = False) -> None:
        self.document = document
        self.shapes = shapes
        self._must_support = must_support
        self.looking = Looking(document, shapes, self.held)
        self._held: dict[tuple[int, int], Found] = {}

    def held(self, item: Item, shape: Shape) -> Found:
        """Return what is wrong with an item by a shape; one that leads back to itself fits."""
        if not isinstance(item.value, dict):
            return self._against(item, shape)
        key = (id(item.value), id(shape))
        if key not in self._held:
            self._held[key] = Found()
            self._held[key] = self._against(item, shape)
        return self._held[key]

    def _against(self, item: Item, shape: Shape) -> Found:
        found = Found()
        if check_whole_type(found, self.looking, shape, item):
            self._check(found, shape, item)
        return found

    def _check(self, found: Found, shape: Shape, item: Item) -> None:
        """Check one element, and what stands in it."""
        if not check_type(found, self.looking, shape, item):
            return
        check_value(found, shape, item)
        check_binding(found, self.shapes, shape, item)
        check_rules(found, self.looking, shape, item)
        check_profiles(found, self.looking, shape, item)
        check_target(found, self.looking, shape, item)
        for child in asking_children(self.shapes, shape, item.type):
            self._check_child(found, child, item)

    def _check_child(self, found: Found, shape: Shape, parent: Item) -> None:
        """Check the elements of a name that stand in another."""
        items = self.document.children(parent, shape.name)
        self._check_count(found, shape, parent, items)
        if items or shape.slices:
            self._check_items(found, shape, items, parent.pointer)

    def _check_count(self, found: Found, shape: Shape, parent: Item, items: list[Item]) -> None:
        """Check how often an element is there, as far as the base definition asks for less."""
        element = shape.element
        of_base = self.document.elements(parent, shape.name)
        least = min((one.minimum for one in of_base), default=element.min)
        if len(items) < element.min and element.min > least:
            found.add("profile-minimum", shape, parent.pointer, least=times_words(element.min))
        elif self._must_support and element.must_support and not items:
            found.add("must-support-absent", shape, parent.pointer)
        most = element.max
        if most is not None and len(items) > most and any(one.maximum != most for one in of_base):
            found.add("profile-maximum", shape, items[most].pointer, most=times_words(most))

    def _check_items(self, found: Found, shape: Shape, items: list[Item], parent: Pointer) -> None:
        """Check each of several elements, and those of each slice against it."""
        for item in items:
            self._check(found, shape, item)
        if not shape.slices:
            return
        made = sliced(found, self.looking, shape, items)
        check_counts(found, made, parent)
        for one, inner in made.by_slice:
            if self._must_support and one.element.must_support and not inner:
                found.add("must-support-absent", one, parent, name=slice_words(one))
            self._check_items(found, one, inner, parent)
