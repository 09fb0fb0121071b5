"""Resources of a Bundle by the references that lead to them: whose code another one means.

A medicine is often a resource of its own, and a request only refers to it. Within a document the
reference is followed; a code in another line or file is not looked for.
"""

from collections.abc import Iterable, Mapping
from typing import Any

#: Resources by each reference that leads to them.
Beside = Mapping[str, dict[str, Any]]

NOTHING: Beside = {}

#: Types whose code another resource may refer to in place of one of its own.
_REFERRED = frozenset(("Medication", "Procedure", "Substance"))


def beside(entries: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What the entries of a Bundle hold that has a code for others, by ``fullUrl`` and by id.

    What is not shaped as FHIR has it is passed by: nothing can refer to it.
    """
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        resource = entry.get("resource")
        if type(resource) is dict and "code" in resource and _is_referred(resource):
            for name in (entry.get("fullUrl"), f"{resource['resourceType']}/{resource.get('id')}"):
                if type(name) is str:
                    found.setdefault(name, resource)
    return found


def _is_referred(resource: dict[str, Any]) -> bool:
    type_ = resource.get("resourceType")
    return type(type_) is str and type_ in _REFERRED


def led_to(reference: Any, holder: dict[str, Any], others: Beside) -> dict[str, Any] | None:
    """The resource with a code that a reference leads to: contained, or in the same Bundle.

    None where it is in neither. Raises AttributeError where what is contained is no resource.
    """
    contained: dict[str, Any]
    for contained in holder.get("contained", ()):
        if reference == f"#{contained.get('id')}" and "code" in contained:
            return contained
    return others.get(reference.split("/_history/")[0]) if type(reference) is str else None
