"""The definitions of FHIR R4: what each type holds, read from the committed artefact.

``scripts/build_r4_definitions.py`` makes the artefact from HL7's package ``hl7.fhir.r4.core``
4.0.1 (CC0). It is read once; a type is made ready when it is first asked for.
"""

import json
import zlib
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

ARTEFACT = "r4-definitions.json.z"

#: In place of a maximum: any number.
UNBOUNDED = -1

#: Code system to its codes.
Codes = dict[str, frozenset[str]]


class Element(NamedTuple):
    """An element as JSON writes it: ``valueQuantity`` is one, ``value[x]`` the choice it is of.

    ``path_name`` is what FHIRPath calls it: ``value.ofType(Quantity)``.
    """

    name: str
    choice: str
    minimum: int
    maximum: int
    type: str
    is_primitive: bool
    path_name: str
    codes: str | None = None
    targets: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether JSON writes it as an array."""
        return self.maximum != 1


@dataclass(frozen=True)
class TypeDefinition:
    """A resource type, a data type, or an element that has others nested in it."""

    name: str
    is_resource: bool
    base: str
    elements: dict[str, Element]
    choices: dict[str, tuple[str, ...]]
    rules: tuple[str, ...] = ()

    @cached_property
    def required(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What may not be missing: its name, and the names of which one has to be there."""
        wanted = {found.choice for found in self.elements.values() if found.minimum}
        return tuple((name, keys) for name, keys in self.choices.items() if name in wanted)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The names of what may not be missing."""
        return frozenset(name for name, _ in self.required)

    @cached_property
    def exclusive(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The choices of which at most one form may be there."""
        return tuple((name, keys) for name, keys in self.choices.items() if len(keys) > 1)

    @cached_property
    def by_path_name(self) -> dict[str, tuple[Element, ...]]:
        """The elements by their name in FHIRPath: ``value`` gives all its forms."""
        return {
            name.removesuffix("[x]"): tuple(self.elements[key] for key in keys)
            for name, keys in self.choices.items()
        }


@dataclass(frozen=True)
class Definitions:
    """All definitions; types are made ready on demand."""

    raw: dict[str, Any]
    _types: dict[str, TypeDefinition] = field(default_factory=dict)
    _codes: dict[str, Codes | None] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    #: Invariants that were made ready, by type and rule (see ``invariants``).
    asked: dict[tuple[str, str], Any] = field(default_factory=dict)
    #: Elements by type and their name in FHIRPath (see ``fhirpath``).
    named: dict[tuple[str, str], tuple[tuple[Element, ...], dict[str, Element]]] = field(
        default_factory=dict
    )
    #: What elements are called in contexts of extensions, by the steps to them (``expressions``).
    hosts: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    #: What codings break, by what they say (see ``terminology``).
    codings: dict[tuple[object, ...], Any] = field(default_factory=dict)
    #: Codings in which nothing at all was found.
    good_codings: set[tuple[object, ...]] = field(default_factory=set)
    #: Types that were made ready to be walked through, by name and rules (see ``layouts``).
    layouts: dict[tuple[str, tuple[str, ...]], Any] = field(default_factory=dict)

    @property
    def primitives(self) -> dict[str, str]:
        """The primitive types with the expression of each."""
        found: dict[str, str] = self.raw["primitives"]
        return found

    @property
    def invariants(self) -> dict[str, dict[str, str]]:
        """Each invariant of error severity: its ``expression`` and ``human`` wording."""
        found: dict[str, dict[str, str]] = self.raw["invariants"]
        return found

    @property
    def extensions(self) -> dict[str, dict[str, Any]]:
        """The specification's own extensions: ``types`` of the value, ``contexts`` to stand in.

        Some have ``codes``, the value set that is required, ``is_modifier``, and ``parts`` by url.
        """
        found: dict[str, dict[str, Any]] = self.raw["extensions"]
        return found

    @cached_property
    def resource_types(self) -> frozenset[str]:
        """The names that ``resourceType`` may have."""
        return frozenset(
            name
            for name, found in self.raw["types"].items()
            if found.get("kind") == "resource" and not found["abstract"]
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all types, and of all elements as FHIRPath has them."""
        found = {*self.primitives, *self.raw["types"]}
        for name in self.raw["types"]:
            found.update(self.type_of(name).by_path_name)
        return frozenset(found)

    def type_of(self, name: str) -> TypeDefinition:
        """Return a type by its name; raises KeyError where there is none."""
        if name not in self._types:
            self._types[name] = self._made(name)
        return self._types[name]

    def rows(self, name: str) -> list[Any]:
        """Return what the artefact says of the elements of a type, one row for each."""
        found: list[Any] = json.loads(self.raw["types"][name]["elements"])
        return found

    def codes_of(self, url: str) -> Codes | None:
        """Return the codes of a required value set by code system, None where none can be listed.

        Under the empty name stand the codes of all code systems together.
        """
        if url not in self._codes:
            listed = self.raw["value_sets"][url]
            if listed is not None:
                listed = {system: frozenset(codes) for system, codes in listed.items()}
                listed[""] = frozenset().union(*listed.values())
            self._codes[url] = listed
        return self._codes[url]

    def code_system(self, url: str) -> frozenset[str] | None:
        """Return the codes of a code system of HL7's, None where the package has it not whole."""
        if url not in self._known:
            listed = self.raw["code_systems"].get(url)
            if listed is None:
                return None
            self._known[url] = frozenset(listed)
        return self._known[url]

    def _made(self, name: str) -> TypeDefinition:
        raw, primitives = self.raw["types"][name], self.primitives
        elements: dict[str, Element] = {}
        choices: dict[str, tuple[str, ...]] = {}
        for row in self.rows(name):
            made = [_element(primitives, one, row) for one in row[_TYPES]]
            choices[row[0]] = tuple([found.name for found in made])
            for found in made:
                elements[found.name] = found
        return TypeDefinition(
            name,
            raw.get("kind") == "resource",
            raw.get("base", ""),
            elements,
            choices,
            tuple(raw.get("rules", ())),
        )


#: Where the types of an element stand in its row.
_TYPES = 3


def _element(primitives: Container[str], one: str, row: list[Any]) -> Element:
    """Return an element of one of its types; of a choice that is one of its forms."""
    name, minimum, maximum, _, *rest = row
    key = path_name = name
    if name.endswith("[x]"):
        plain = name.removesuffix("[x]")
        key, path_name = plain + one[0].upper() + one[1:], f"{plain}.ofType({one})"
    made = (key, name, minimum, maximum, one, one in primitives, path_name)
    if not rest:
        return Element(*made)
    (more,) = rest
    targets, rules = tuple(more.get("targets", {}).get(one, ())), tuple(more.get("rules", ()))
    return Element(*made, more.get("codes"), targets, rules)


@cache
def r4() -> Definitions:
    """Return the definitions of FHIR R4 4.0.1."""
    packed = (resources.files("sharedcare.fhir") / ARTEFACT).read_bytes()
    return Definitions(json.loads(zlib.decompress(packed)))
