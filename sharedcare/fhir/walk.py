"""What is known while a resource is walked through: where we are, and what was found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.places_in_json import Way
from sharedcare.fhir.rules import RULES

#: The way to a value as a chain: each link holds the one before it and a key or an index.
Pointer = tuple[Any, str | int] | None

Json = dict[str, Any]


@dataclass(slots=True)
class Fault:
    """A rule that is broken at the end of a pointer; ``words`` fill in its sentence."""

    rule: str
    pointer: Pointer
    words: dict[str, str] = field(default_factory=dict)
    message: str = ""
    code: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the resource is invalid because of it."""
        return self.rule not in RULES or RULES[self.rule].is_error

    @property
    def sentence(self) -> str:
        """What is told."""
        return self.message or RULES[self.rule].sentence.format_map(self.words)

    @property
    def issue_code(self) -> str:
        """The code of an OperationOutcome."""
        return self.code or RULES[self.rule].code


#: Unknown elements of one document for which the one that was meant is looked for: that is dear.
MAX_GUESSES = 100

#: A longer key is no slip of an element's name.
LONGEST_SLIP = 100


@dataclass(slots=True)
class Walk:
    """One document that is walked through."""

    definitions: Definitions
    faults: list[Fault] = field(default_factory=list)
    guesses: int = 0

    def add(self, rule: str, pointer: Pointer, **words: str) -> None:
        """Note that a rule of ours is broken."""
        self.faults.append(Fault(rule, pointer, words))

    def guess(self, key: str, names: Iterable[str]) -> str:
        """Which element was perhaps meant by an unknown key, as the end of a sentence."""
        self.guesses += 1
        if self.guesses > MAX_GUESSES or len(key) > LONGEST_SLIP:
            return ""
        close = get_close_matches(key, names, n=1, cutoff=0.8)
        return f"; {close[0]} is perhaps meant" if close else ""

    def add_invariant(self, rule: str, pointer: Pointer) -> None:
        """Note that an invariant of the specification does not hold; its wording is quoted."""
        human = self.definitions.invariants[rule]["human"].strip()
        key = rule.partition(".")[0]
        said = f"The specification's rule {key} does not hold: “{human}”"
        self.faults.append(Fault(key, pointer, message=said, code="invariant"))


@dataclass(slots=True)
class Reference:
    """A reference that was met: what it says, which element it stands in, where."""

    value: Json
    element: Element
    pointer: Pointer


@dataclass(slots=True)
class Scope:
    """A resource that is walked through, with what its inside refers to.

    ``container`` is the resource that contains it, ``bundle`` the nearest Bundle around it.
    """

    walk: Walk
    resource: Json
    type: str
    pointer: Pointer
    container: "Scope | None" = None
    bundle: "Scope | None" = None
    references: list[Reference] = field(default_factory=list)
    local_targets: set[str] = field(default_factory=set)
    names_container: bool = False
    element_ids: set[str] = field(default_factory=set)
    contained: "dict[str, Scope]" = field(default_factory=dict)
    entries: "list[Scope]" = field(default_factory=list)

    @property
    def outermost(self) -> "Scope":
        """The resource that contains this one, or itself."""
        return self if self.container is None else self.container.outermost


def way_of(pointer: Pointer) -> Way:
    """Return a pointer as a tuple of keys and indexes, from the document on."""
    steps: list[str | int] = []
    while pointer is not None:
        pointer, step = pointer
        steps.append(step)
    return tuple(reversed(steps))
