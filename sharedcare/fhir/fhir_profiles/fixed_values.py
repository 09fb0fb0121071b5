"""Values that a FHIR profile fixes, and patterns that a value has to hold.

``fixed[x]`` asks for the same value: the same elements in the same order, nothing more, whatever
the id of an element. ``pattern[x]`` asks that all of it be there: each element of an object, and of
an array each member, in any place; more may be there. Numbers are compared as they are written, as
HL7's validator does: where 1.10 is fixed, 1.1 is another value, since FHIR's decimals tell their
precision. Source: https://hl7.org/fhir/R4/elementdefinition-definitions.html.
"""

from decimal import Decimal

#: An element's own name within its resource is no part of its value.
_NAME = "id"


def is_same(value: object, wanted: object) -> bool:
    """Whether a value is the one that is fixed."""
    if isinstance(value, dict) and isinstance(wanted, dict):
        keys = (value.keys() | wanted.keys()) - {_NAME}
        return all(is_same(value.get(key), wanted.get(key)) for key in keys)
    if isinstance(value, list) and isinstance(wanted, list):
        return len(value) == len(wanted) and all(map(is_same, value, wanted))
    return _is_same_primitive(value, wanted)


def holds_pattern(value: object, pattern: object) -> bool:
    """Whether a value holds all that is in a pattern."""
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(
            key in value and holds_pattern(value[key], inner) for key, inner in pattern.items()
        )
    if isinstance(pattern, list):
        return isinstance(value, list) and all(
            any(holds_pattern(one, wanted) for one in value) for wanted in pattern
        )
    return _is_same_primitive(value, pattern)


def _is_same_primitive(value: object, wanted: object) -> bool:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, int | Decimal) and isinstance(wanted, int | Decimal):
        return str(value) == str(wanted)
    return type(value) is type(wanted) and value == wanted
