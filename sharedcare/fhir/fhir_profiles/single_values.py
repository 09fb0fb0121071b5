"""What a FHIR profile asks of a single value: fixed, a pattern, how long, how little, how much."""

from sharedcare.fhir.fhir_profiles.fixed_values import holds_pattern, is_same
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.fhirpath.items import Node
from sharedcare.fhir.fhirpath.operators import compare
from sharedcare.fhir.packages.structure import Value


def check_value(found: Found, shape: Shape, item: Item) -> None:
    """Check a value against what is fixed, a pattern, a length and the ends of a range.

    An element without a value, which only says why it has none, is held against none of them but
    what is fixed or a pattern.
    """
    element = shape.element
    if element.fixed is not None and not is_same(item.value, element.fixed.value):
        found.add("fixed-value", shape, item.pointer)
    if element.pattern is not None and not holds_pattern(item.value, element.pattern.value):
        found.add("pattern-value", shape, item.pointer)
    longest = element.max_length
    if longest is not None and isinstance(item.value, str) and len(item.value) > longest:
        found.add("profile-length", shape, item.pointer, maximum=f"{longest:,}")
    if _order(item, element.min_value) == -1:
        found.add("profile-value-low", shape, item.pointer)
    if _order(item, element.max_value) == 1:
        found.add("profile-value-high", shape, item.pointer)


def _order(item: Item, limit: Value | None) -> int | None:
    """Compare a value with the end of a range; None where they cannot be compared."""
    if limit is None or item.value is None or limit.type != item.type:
        return None
    definitions = item.scope.walk.definitions
    return compare(
        Node(item.value, None, item.type, definitions),
        Node(limit.value, None, limit.type, definitions),
    )
