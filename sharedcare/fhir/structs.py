"""The fast lane's types: a msgspec structure for each type of FHIR, made when it is first needed.

Decoding into one of them succeeds only if the JSON has the right elements, of the right types,
with the required ones among them. They are narrower than FHIR: ids of elements, companions with
an underscore, bounded lists and deep recursion are left to the full lane.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from sharedcare.fhir.definitions import UNBOUNDED, Definitions, Element, TypeDefinition
from sharedcare.fhir.struct_leaves import (
    EXTENSION_URL,
    PROFILE_URL,
    attribute_of,
    leaf,
    matching,
    reference_to,
    system,
)
from sharedcare.fhir.struct_rules import guard_of
from sharedcare.fhir.struct_slices import Met, Slices, form_of, reference_form


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: How often a type may hold itself: items in items, parts in parts. Deeper goes to the full lane.
MAX_LEVEL = 6

#: Types of which the same few values stand in a file again and again.
_REMEMBERED = frozenset({"CodeableConcept", "Coding", "Meta"})

#: Types of which most values have one of a few forms.
_FORMED = frozenset({"Period", "Quantity", "Money"})
_FORMED_PRIMITIVES = frozenset({"decimal", "base64Binary"})
_SLICED = _REMEMBERED | _FORMED | {"Reference"}
_WITH_FORM = _FORMED | _FORMED_PRIMITIVES | {"Reference"}


#: The forms of a choice that the fast lane knows where FHIR has more than this many.
MANY_FORMS = 15
_COMMON_FORMS = _words(
    "boolean code date dateTime decimal integer string uri url canonical Coding CodeableConcept"
    " Quantity Reference Period Identifier Address"
)


class Structs:
    """The structures of one set of definitions.

    With ``met`` the references that have no meaning of their own, fragments and URNs, are put into
    that list while resources are decoded, each with the types that it may lead to.
    """

    def __init__(self, definitions: Definitions, met: Met | None = None) -> None:
        self._definitions = definitions
        self._met = met
        self._made: dict[str, Any] = {}
        self._memos: dict[str, Slices] = {}
        self._forms: dict[str, Callable[[Any], object]] = {}

    def decoder(self, name: str) -> Callable[[bytes | msgspec.Raw], Any]:
        """Return the decoder of a resource type."""
        definition = self._definitions.type_of(name)
        return msgspec.json.Decoder(self._struct(definition, name, _Where())).decode

    def _struct(self, definition: TypeDefinition, kind: str, where: "_Where") -> Any:
        """Return the structure of a type; ``kind`` says what is special about this use of it."""
        key = f"{kind} {where}"
        if key not in self._made:
            self._made[key] = self._built(definition, kind, where)
        return self._made[key]

    def _built(self, definition: TypeDefinition, kind: str, where: "_Where") -> Any:
        fields: list[tuple[str, Any, Any]] = []
        names: dict[str, str] = {}
        if definition.is_resource:
            names["resource_type"] = "resourceType"
            fields.append(("resource_type", Literal[definition.name], msgspec.NODEFAULT))
        for element in definition.elements.values():
            wanted = self._wanted(definition, element, where)
            if wanted is not None:
                attribute = attribute_of(element.name)
                names[attribute] = element.name
                fields.append((attribute, *wanted))
        slices = self._sliced(definition, names, where)
        attributes = {row[0] for row in fields}
        guard = guard_of(self._definitions, definition, kind, attributes, slices)
        if definition.name == "Reference" and self._met is not None and guard is not None:
            guard = _noting(self._met, where.targets, guard)
        return msgspec.defstruct(
            "".join(letter if letter.isalnum() else "_" for letter in kind),
            fields,
            namespace={"__post_init__": guard} if guard is not None else {},
            rename=names,
            forbid_unknown_fields=True,
            kw_only=True,
            gc=False,
        )

    def _wanted(
        self, definition: TypeDefinition, element: Element, where: "_Where"
    ) -> tuple[Any, Any] | None:
        """Return type and default of a field, None where the full lane has to look."""
        if _is_left_out(definition, element, where):
            return None
        if _is_sliced(definition, element):
            wanted: Any = msgspec.Raw
        else:
            inner = self._inner(definition, element, where)
            if inner is None:
                return None
            wanted = _list_of(inner) if element.is_list else inner
        if element.minimum and element.choice == element.name:
            return wanted, msgspec.NODEFAULT
        return wanted | UnsetType, UNSET

    def _sliced(
        self, definition: TypeDefinition, names: dict[str, str], where: "_Where"
    ) -> list[tuple[str, Slices, Callable[[Any], object] | None]]:
        """Return the attributes that are kept as text, with what looks at each."""
        found = []
        for attribute, name in names.items():
            element = definition.elements.get(name)
            if element is not None and _is_sliced(definition, element):
                slices = self._slices(definition, element, where)
                found.append((attribute, slices, self._form(element)))
        return found

    def _slices(self, definition: TypeDefinition, element: Element, where: "_Where") -> Slices:
        inside = where.inside(definition, element)
        key = f"{element.type} of {element.codes} {inside} {element.is_list}"

        def make() -> Any:
            inner = self._inner(definition, element, where)
            return _list_of(inner) if element.is_list else inner

        if key not in self._memos:
            self._memos[key] = Slices(make, remember=element.type in _REMEMBERED)
        return self._memos[key]

    def _form(self, element: Element) -> Callable[[Any], object] | None:
        """Return what knows the usual form of an element, None where slices are remembered."""
        if element.type not in _WITH_FORM:
            return None
        key = f"{element.type} {' '.join(element.targets)} {element.is_list}"
        if key not in self._forms:
            self._forms[key] = (
                reference_form(
                    element.targets, self._definitions.resource_types, element.is_list, self._met
                )
                if element.type == "Reference"
                else form_of(element.type, element.is_list)
            )
        return self._forms[key]

    def _inner(self, definition: TypeDefinition, element: Element, where: "_Where") -> Any:
        """Return the type of one value of an element."""
        address = self._address(definition, element, where)
        if address is not None:
            return address
        if element.is_primitive:
            return leaf(self._definitions, element)
        if element.type == "Resource":
            return msgspec.Raw
        inside = where.inside(definition, element)
        if inside is None:
            return None
        kind = f"{element.type} of {element.codes}" if element.codes else element.type
        return self._struct(self._definitions.type_of(element.type), kind, inside)

    def _address(self, definition: TypeDefinition, element: Element, where: "_Where") -> Any:
        """Return the type of an address of which more is asked than of others, None for others."""
        place = f"{definition.name}.{element.name}"
        if place == "Coding.system":
            return str  # its guard looks at it
        if place == "Identifier.system":
            return system()
        if place == "Extension.url" and not where.in_extension:
            return matching(EXTENSION_URL)
        if place == "Meta.profile":
            return matching(PROFILE_URL)
        if place == "Reference.reference":
            return reference_to(where.targets, self._definitions.resource_types)
        return None


class _Where:
    """What decides which elements a structure has, besides its type."""

    def __init__(
        self,
        in_extension: bool = False,
        level: int = 0,
        in_reference: bool = False,
        targets: tuple[str, ...] = (),
    ) -> None:
        self.in_extension = in_extension
        self.level = level
        self.in_reference = in_reference
        self.targets = targets

    def __str__(self) -> str:
        """The same text for the same structure."""
        flags = f"{self.in_extension:d}{self.in_reference:d}{self.level}"
        return f"{flags} {' '.join(self.targets)}"

    def inside(self, definition: TypeDefinition, element: Element) -> "_Where | None":
        """Return what holds for an element, None where it is one level too deep."""
        recurs = f"{definition.name}.".startswith(f"{element.type}.")
        if recurs and self.level == MAX_LEVEL:
            return None
        return _Where(
            self.in_extension or definition.name == "Extension",
            self.level + 1 if recurs else self.level if "." in element.type else 0,
            definition.name == "Reference",
            element.targets if element.type == "Reference" else (),
        )


def _noting(
    met: Met, targets: tuple[str, ...], guard: Callable[[Any], None]
) -> Callable[[Any], None]:
    """Return what notes a reference that leads into its own document, after its guard."""

    def look(made: Any) -> None:
        guard(made)
        address = made.reference
        if address is not UNSET and address.startswith(("#", "urn:")):
            met.append((targets, address))

    return look


def _list_of(inner: Any) -> Any:
    return Annotated[list[inner], msgspec.Meta(min_length=1)]


def _is_sliced(definition: TypeDefinition, element: Element) -> bool:
    """Whether what stands there is kept as text and told good by how it looks."""
    if element.type in _FORMED_PRIMITIVES:
        return True
    if element.type in _FORMED and element.codes is not None:
        return False
    return element.type in _SLICED and definition.name not in _SLICED


def _is_left_out(definition: TypeDefinition, element: Element, where: _Where) -> bool:
    """Whether the fast lane does not know an element."""
    if element.maximum not in {1, UNBOUNDED}:
        return True
    if element.name == "id" and not definition.is_resource:
        return True
    if where.in_extension and element.name == "extension" and definition.name != "Extension":
        return True
    if where.in_reference and element.name == "assigner":
        return True
    if definition.name == "Reference" and element.name == "type":
        return True
    forms = definition.choices[element.choice]
    return len(forms) > MANY_FORMS and element.type not in _COMMON_FORMS
