"""Objects that a list of a resource holds, with the place of each."""

from typing import Any

from sharedcare.fhir.walk import Json, Pointer


def objects_at(value: Any, key: str, pointer: Pointer) -> list[tuple[Json, Pointer]]:
    """Return the objects under a key of an object; other values are told of elsewhere."""
    found = value.get(key) if isinstance(value, dict) else None
    listed = found if isinstance(found, list) else []
    return [
        (one, ((pointer, key), position))
        for position, one in enumerate(listed)
        if isinstance(one, dict)
    ]
