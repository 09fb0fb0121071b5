"""A snapshot as a tree, which is how it is changed: paths and ids follow from where a part stands.

In a snapshot as FHIR writes it, a list, an element is followed by what is below it and then by its
slices, each with what is below it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from sharedcare.fhir.packages.structure import (
    Discriminator,
    ElementDefinition,
    Slicing,
    TypeReference,
)

#: What these are sliced by needs not be said.
EXTENSIONS = frozenset({"extension", "modifierExtension"})
BY_URL = Slicing((Discriminator("value", "url"),))

_CHOICE = "[x]"


@dataclass(slots=True)
class Part:
    """An element with what is below it (None: as its type says) and its slices, each by its name.

    ``element`` has its ``id`` and ``path`` from where it was taken; :func:`flattened` gives those
    of where it stands. The rest is of use while a differential is laid over it: ``label`` is a name
    given to the element as if it were a slice, ``is_closed`` says that the base lets no other
    slices in, ``is_new`` that the slice is none of the base's, ``is_short`` that a choice is sliced
    only since a path names a type of it.
    """

    name: str
    element: ElementDefinition
    children: "dict[str, Part] | None" = None
    slices: "dict[str, Part]" = field(default_factory=dict)
    label: str = ""
    is_closed: bool = False
    is_new: bool = False
    is_short: bool = False

    def child(self, name: str) -> "Part | None":
        """Return what is below under a name."""
        return (self.children or {}).get(name)

    def choice(self, name: str) -> "Part | None":
        """Return the choice below of which a name names a type: ``value[x]`` by ``valueQuantity``.

        Only a name in which a type can begin is looked at, so that a long one costs nothing.
        """
        starts = (at for at, letter in enumerate(name[:_LONGEST]) if letter.isupper())
        for at in starts:
            found = self.child(name[:at] + _CHOICE)
            if found is not None and found.type_named(name) is not None:
                return found
        return None

    def type_named(self, name: str) -> TypeReference | None:
        """Return the type of this choice that a name ends in: Quantity for ``valueQuantity``."""
        if not self.name.endswith(_CHOICE):
            return None
        start = self.name.removesuffix(_CHOICE)
        for one in self.element.types:
            if name == start + one.code[:1].upper() + one.code[1:]:
                return one
        return None

    def slice(self, name: str) -> "Part | None":
        """Return the slice of a name; ``a/b`` is the slice of slice ``a``."""
        found: Part | None = self
        parts = name.split("/")
        for length in range(1, len(parts) + 1):
            found = found.slices.get("/".join(parts[:length])) if found is not None else None
        return found

    def everything(self) -> "Iterator[Part]":
        """Go through the part itself, what is below it and its slices, as a snapshot lists them."""
        yield self
        for one in chain((self.children or {}).values(), self.slices.values()):
            yield from one.everything()


#: The longest name of a choice with its type that FHIR could have.
_LONGEST = 64


def copied(part: Part) -> Part:
    """Return a part that can be changed by itself."""
    children = None if part.children is None else copies(part.children)
    return replace(part, children=children, slices=copies(part.slices))


def copies(parts: dict[str, Part]) -> dict[str, Part]:
    """Return parts that can be changed by themselves."""
    return {name: copied(one) for name, one in parts.items()}


def flattened(part: Part) -> tuple[ElementDefinition, ...]:
    """Return a tree as a snapshot, with the paths and ids that follow from it."""
    return tuple(_flat(part, "", ""))


def _flat(part: Part, id_above: str, path_above: str) -> Iterator[ElementDefinition]:
    path = path_above + part.name
    slice_name = part.element.slice_name
    own_id = id_above + part.name + (f":{slice_name}" if slice_name else "")
    yield replace(part.element, id=own_id, path=path)
    for child in (part.children or {}).values():
        yield from _flat(child, f"{own_id}.", f"{path}.")
    for one in part.slices.values():
        yield from _flat(one, id_above, path_above)


def tree_of(elements: Iterable[ElementDefinition]) -> tuple[Part | None, list[ElementDefinition]]:
    """Return a snapshot as a tree, and the elements of it that stand where nothing is above them.

    Where an element belongs is told by its path and by what went before it, never by its id.
    """
    lost: list[ElementDefinition] = []
    above: list[tuple[str, Part]] = []
    root: Part | None = None
    for element in elements:
        owner_path, _, name = element.path.rpartition(".")
        is_closed = element.slicing is not None and element.slicing.rules == "closed"
        part = Part(name, element, is_closed=is_closed)
        while above and above[-1][0] != owner_path:
            above.pop()
        if root is None and not owner_path:
            root = part
        elif not above or not _placed(above[-1][1], part):
            lost.append(element)
            continue
        above.append((element.path, part))
    return root, lost


def _placed(owner: Part, part: Part) -> bool:
    """Put a part where it belongs below its owner; False where there is no such place."""
    if owner.children is None:
        owner.children = {}
    if part.name not in owner.children and (choice := owner.choice(part.name)) is not None:
        slice_name = part.element.slice_name or part.name
        part.name, part.element = choice.name, replace(part.element, slice_name=slice_name)
    known, name = owner.child(part.name), part.element.slice_name
    if known is not None:
        return bool(name) and _placed_slice(known, part, name)
    if name and part.name in EXTENSIONS:
        sliced = replace(part.element, slice_name="", slicing=BY_URL, min=0, max=None)
        owner.children[part.name] = Part(part.name, sliced, slices={name: part})
        return True
    # A slice of what is not sliced is the element itself; older profiles label elements so.
    part.element = replace(part.element, slice_name="")
    owner.children[part.name] = part
    return True


def _placed_slice(known: Part, part: Part, name: str) -> bool:
    """Put a slice with the others, or below the slice that it is a slice of."""
    above = name.rpartition("/")[0]
    owner = (known.slice(above) if above else None) or known
    if name in owner.slices:
        return False
    owner.slices[name] = part
    return True
