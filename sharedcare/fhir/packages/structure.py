"""What a profile, extension or type says: a StructureDefinition with all of its elements.

Names are those of FHIR R4 (StructureDefinition, ElementDefinition), in our spelling of words. A
structure here always has its snapshot: the one that its package holds, or one that
:mod:`sharedcare.fhir.packages.snapshot` made from its differential.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

#: Below this address HL7's own definitions stand.
CORE = "http://hl7.org/fhir/StructureDefinition/"


@dataclass(frozen=True, slots=True)
class TypeReference:
    """A type that an element may have: ``code``, and the profiles that narrow it.

    ``profiles`` are those of the value itself, ``target_profiles`` those of what a reference leads
    to; each is a list of alternatives, and empty where there is no narrowing. ``code`` is what FHIR
    calls the type, also where the definition names one of FHIRPath's own.
    """

    code: str
    profiles: tuple[str, ...] = ()
    target_profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discriminator:
    """What tells slices apart: ``value``, ``exists``, ``pattern``, ``type`` or ``profile``.

    ``path`` is a restricted FHIRPath from the element that is sliced: ``$this``, ``code.coding``,
    ``value.ofType(Quantity)``, ``extension('url').value``, ``reference.resolve()``.
    """

    type: str
    path: str


@dataclass(frozen=True, slots=True)
class Slicing:
    """How a list or choice is sliced: ``rules`` are ``open``, ``closed`` or ``openAtEnd``."""

    discriminators: tuple[Discriminator, ...] = ()
    rules: str = "open"
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value with the type that its key named: ``patternCodeableConcept`` gives that word.

    Objects are dicts, arrays lists; numbers with a fraction are Decimal, as they were written.
    """

    value: object
    type: str


@dataclass(frozen=True, slots=True)
class Binding:
    """The value set that codes come from: ``required``, ``extensible``, ``preferred``, ``example``.

    ``value_set`` is its canonical address, perhaps with ``|version``; empty where only words tell.
    ``widest`` is that of the codes beyond which not even a binding that is not required may go.
    """

    strength: str
    value_set: str = ""
    widest: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """An invariant: ``severity`` is ``error`` or ``warning``, ``expression`` FHIRPath.

    ``expression`` is empty where only ``human`` says what holds.
    """

    key: str
    severity: str
    human: str
    expression: str = ""


@dataclass(frozen=True, slots=True)
class ElementDefinition:
    """One element of a snapshot.

    ``id`` is unique within its structure (``Patient.identifier:nhsNumber.system``), ``path`` is
    without slices. ``max`` is None for ``*``. ``slicing`` stands on the element that is sliced;
    its slices follow it, each with a ``slice_name`` (``a/b`` where slice a is sliced again).
    ``content_reference`` is ``#Bundle.link`` where the elements below are those of another.
    """

    id: str
    path: str
    min: int = 0
    max: int | None = None
    slice_name: str = ""
    slicing: Slicing | None = None
    types: tuple[TypeReference, ...] = ()
    fixed: Value | None = None
    pattern: Value | None = None
    binding: Binding | None = None
    constraints: tuple[Constraint, ...] = ()
    must_support: bool = False
    is_modifier: bool = False
    content_reference: str = ""
    max_length: int | None = None
    min_value: Value | None = None
    max_value: Value | None = None
    short: str = ""

    @property
    def name(self) -> str:
        """The last step of the path: ``system``, ``value[x]``; the type's name for the root."""
        return self.path.rpartition(".")[2]

    @property
    def is_list(self) -> bool:
        """Whether more than one value may be there."""
        return self.max is None or self.max > 1


@dataclass(frozen=True)
class StructureDefinition:
    """A profile, an extension or a type with its snapshot: the root first, then what is below.

    ``type`` is the resource or data type that it is of (``Extension`` for extensions), ``base`` the
    canonical that it is made from, ``kind`` ``resource``, ``complex-type`` or ``primitive-type``,
    ``derivation`` ``constraint`` for profiles and extensions and ``specialization`` for types.
    ``contexts`` says where an extension may stand, as ``(type, expression)``, ``context_rules`` in
    FHIRPath what has to hold there.
    """

    url: str
    version: str
    name: str
    type: str
    base: str
    kind: str
    derivation: str
    abstract: bool
    elements: tuple[ElementDefinition, ...]
    contexts: tuple[tuple[str, str], ...] = ()
    context_rules: tuple[str, ...] = ()
    title: str = ""
    is_generated: bool = field(default=False, compare=False)

    @cached_property
    def by_id(self) -> dict[str, ElementDefinition]:
        """The elements by their id."""
        return {found.id: found for found in self.elements}

    @cached_property
    def _below(self) -> dict[str, tuple[ElementDefinition, ...]]:
        found: dict[str, list[ElementDefinition]] = {}
        for element in self.elements[1:]:
            found.setdefault(_owner(element), []).append(element)
        return {owner: tuple(below) for owner, below in found.items()}

    @property
    def root(self) -> ElementDefinition:
        """The element that stands for the whole."""
        return self.elements[0]

    def children(self, element: ElementDefinition) -> tuple[ElementDefinition, ...]:
        """Return the elements just below one, slices of them among them, in their order.

        Those below a slice are asked of the slice; where it says nothing of its own there are none,
        and those of the element that is sliced hold for it as they hold for all.
        """
        return self._below.get(element.id, ())

    def slices(self, element: ElementDefinition) -> Iterator[ElementDefinition]:
        """Go through the slices of an element, or of a slice that is sliced again."""
        start = f"{element.slice_name}/" if element.slice_name else ""
        owner = _owner(element)
        for found in self._below.get(owner, ()):
            is_sibling = found.path == element.path and found.slice_name != element.slice_name
            name = found.slice_name
            if is_sibling and name.startswith(start) and "/" not in name[len(start) :]:
                yield found


def _owner(element: ElementDefinition) -> str:
    """The id of the element that one stands in."""
    return element.id.rpartition(".")[0]
