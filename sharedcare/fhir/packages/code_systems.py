"""The concepts of a code system that a package holds: their codes, hierarchy and properties."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.fhir.packages.element_json import Json, NotAsFhirSays, objects, text

#: Hierarchies in which what stands below is not a kind of what stands above.
_NOT_KINDS = frozenset({"part-of", "classified-with"})
_PARENTS, _CHILDREN = frozenset({"parent", "subsumedBy"}), "child"


@dataclass(frozen=True)
class CodeSystem:
    """A code system: each code with the codes just above it, and with its properties as texts.

    ``is_whole`` is false where the package has only a part of it, or only says that it is there;
    ``is_of_kinds`` where its hierarchy says which concept is a kind of which.
    """

    url: str
    is_whole: bool
    is_of_kinds: bool
    parents: dict[str, set[str]] = field(default_factory=dict)
    properties: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code that is listed."""
        return frozenset(self.parents)

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        below: dict[str, set[str]] = {}
        for code, above in self.parents.items():
            for one in above:
                below.setdefault(one, set()).add(code)
        return below

    def children(self, code: str) -> frozenset[str]:
        """Return the codes just below one."""
        return frozenset(self._below.get(code, ()))

    def descendants(self, code: str) -> frozenset[str]:
        """Return the codes below one, at any depth, without itself."""
        return frozenset(_reached(code, self._below))

    def ancestors(self, code: str) -> frozenset[str]:
        """Return the codes above one, at any height, without itself."""
        return frozenset(_reached(code, self.parents))


def _reached(start: str, step: dict[str, set[str]]) -> set[str]:
    """Everything that is reached from a code, also where the hierarchy runs in a ring."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = step.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - {start}


def code_system_of(url: str, raw: Json) -> CodeSystem:
    """Read a CodeSystem resource; raises NotAsFhirSays."""
    concepts = list(_concepts(objects(raw, "concept"), ""))
    made = CodeSystem(
        url,
        is_whole=text(raw, "content") == "complete" and bool(concepts),
        is_of_kinds=text(raw, "hierarchyMeaning") not in _NOT_KINDS,
    )
    for code, above, concept in concepts:
        made.parents.setdefault(code, set()).update([above] if above else [])
        made.properties[code] = {"display": {text(concept, "display")}}
    for code, _, concept in concepts:
        _take_properties(made, code, concept)
    return made


def _concepts(concepts: list[Json], above: str) -> Iterator[tuple[str, str, Json]]:
    """Go through concepts with those nested in them, each with the code just above it."""
    for concept in concepts:
        code = text(concept, "code")
        if not code:
            raise NotAsFhirSays("concept")
        yield code, above, concept
        yield from _concepts(objects(concept, "concept"), code)


def _take_properties(made: CodeSystem, code: str, concept: Json) -> None:
    for said in objects(concept, "property"):
        name, value = text(said, "code"), _value(said)
        if value is None:
            continue
        made.properties[code].setdefault(name, set()).add(value)
        if name in _PARENTS:
            made.parents[code].add(value)
        elif name == _CHILDREN and value in made.parents:
            made.parents[value].add(code)


def _value(said: Json) -> str | None:
    """Return the value of a property as a filter would write it."""
    for key, value in said.items():
        if not key.startswith("value"):
            continue
        if isinstance(value, dict):
            return text(value, "code")
        return str(value).lower() if isinstance(value, bool) else str(value)
    return None
