"""What is looked at while elements are held against FHIR profiles: one document, all structures."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Document, Item
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes


@dataclass(frozen=True, slots=True)
class Looking:
    """The document, the structures, and how an item is held against the whole of one of them.

    ``endless`` are the expressions that looked at too much of this document once: they are not
    asked of it again.
    """

    document: Document
    shapes: Shapes
    held: Callable[[Item, Shape], Found]
    endless: set[str] = field(default_factory=set)

    @property
    def definitions(self) -> Definitions:
        """The definitions of FHIR itself."""
        return self.document.definitions

    def fits(self, item: Item, shape: Shape) -> bool:
        """Whether an item fits a shape: no error is found; what cannot be told is no error."""
        return self.held(item, shape).fits
