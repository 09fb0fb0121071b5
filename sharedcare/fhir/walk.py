"""What is known while a resource is walked through: where we are, and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.json_texts.places import Way
from sharedcare.fhir.rules import MAX_DEFINED, RULES
from sharedcare.places import Severity

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
    said: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters: what was said, else what its rule says; an invariant is an error."""
        if self.said is not None:
            return self.said
        return RULES[self.rule].severity if self.rule in RULES else Severity.ERROR

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
    #: How many faults the base definitions found, be they kept or only counted.
    noted: int = 0
    #: Whether a resource of it claims one of the specification's own profiles.
    claims_core_profile: bool = False
    #: The places that links of narratives may lead to, once one is looked for.
    places: frozenset[str] | None = None
    #: Elements of StructureDefinitions that were met.
    defined: int = 0
    #: The members of the document that hold others and are looked into, where the rest is known to
    #: be well; all of them if this is not told.
    doubtful: frozenset[str] | None = None

    def add(self, rule: str, pointer: Pointer, **words: str) -> None:
        """Note that a rule of ours is broken."""
        self.noted += 1
        self.note(Fault(rule, pointer, words))

    def note(self, fault: Fault) -> None:
        """Note a fault."""
        self.faults.append(fault)

    def takes(self, resource: Json) -> bool:
        """Whether a resource is looked at: a definition is not if there were too many elements."""
        if resource["resourceType"] != "StructureDefinition":
            return True
        views = [resource.get(view) for view in ("snapshot", "differential")]
        listed = [view.get("element") for view in views if isinstance(view, dict)]
        self.defined += sum(len(one) for one in listed if isinstance(one, list))
        return self.defined <= MAX_DEFINED

    def guess(self, key: str, names: Iterable[str]) -> str:
        """Which element was perhaps meant by an unknown key, as the end of a sentence."""
        self.guesses += 1
        if self.guesses > MAX_GUESSES or len(key) > LONGEST_SLIP:
            return ""
        close = get_close_matches(key, names, n=1, cutoff=0.8)
        return f"; {close[0]} is perhaps meant" if close else ""

    def add_invariant(self, rule: str, pointer: Pointer) -> None:
        """Note that an invariant of the specification does not hold; its wording is quoted."""
        self.noted += 1
        key, said = _invariant_words(rule, self.definitions.invariants[rule]["human"])
        self.note(Fault(key, pointer, message=said, code="invariant"))


@lru_cache(1024)  # more than there are
def _invariant_words(rule: str, human: str) -> tuple[str, str]:
    """Return the id by which an invariant is known, and what is told of it."""
    key = rule.partition(".")[0]
    return key, f"The specification's rule {key} does not hold: “{human.strip()}”"


@dataclass(slots=True)
class Reference:
    """A reference that was met: what it says, which element it stands in, where.

    One that is settled leads to what it may lead to, outside its resource; a Bundle is told of it.
    """

    value: Json
    element: Element
    pointer: Pointer
    is_settled: bool = False


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
    #: These are empty until something is noted: a document may hold 100,000 resources.
    references: Sequence[Reference] = ()
    local_targets: set[str] | None = None
    #: Canonical addresses that lead to what is contained: its id, the element's name, where.
    canonicals: Sequence[tuple[str, str, Pointer]] = ()
    names_container: bool = False
    element_ids: set[str] | None = None
    entries: "Sequence[Scope]" = ()
    _contained: "dict[str, Scope] | None" = None

    @property
    def contained(self) -> "Mapping[str, Scope]":
        """The resources that this one contains, by their ids."""
        return self._contained or {}

    @property
    def outermost(self) -> "Scope":
        """The resource that contains this one, or itself."""
        return self if self.container is None else self.container.outermost

    def note_reference(self, reference: Reference) -> None:
        """Note a reference that stands in the resource."""
        self.references = _with(self.references, reference)

    def note_canonical(self, target: str, name: str, pointer: Pointer) -> None:
        """Note an address of something contained."""
        self.canonicals = _with(self.canonicals, (target, name, pointer))

    def note_entry(self, entry: "Scope") -> None:
        """Note a resource that stands inside without being contained."""
        self.entries = _with(self.entries, entry)

    def note_contained(self, name: str, found: "Scope") -> bool:
        """Note a contained resource by its id; whether no other had it."""
        if self._contained is None:
            self._contained = {}
        return self._contained.setdefault(name, found) is found

    def note_local_target(self, name: str) -> None:
        """Note that something refers to a contained resource of this name."""
        if self.local_targets is None:
            self.local_targets = set()
        self.local_targets.add(name)

    def takes_element_id(self, name: str) -> bool:
        """Note the id of an element; whether no other of the resource has it."""
        if self.element_ids is None:
            self.element_ids = set()
        is_new = name not in self.element_ids
        self.element_ids.add(name)
        return is_new


def _with(noted: Sequence[Any], one: object) -> list[Any]:
    """Add to a list, which is made where there is none yet."""
    found = noted if isinstance(noted, list) else []
    found.append(one)
    return found


def way_of(pointer: Pointer) -> Way:
    """Return a pointer as a tuple of keys and indexes, from the document on."""
    steps: list[str | int] = []
    while pointer is not None:
        pointer, step = pointer
        steps.append(step)
    return tuple(reversed(steps))
