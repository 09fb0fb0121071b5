"""What a walk by FHIR profiles finds: faults, each told once, however many ways lead to it."""

from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.rules import RULES
from sharedcare.fhir.walk import Fault, Pointer
from sharedcare.places import Severity
from sharedcare.reading.source import shown

#: Characters of a name that an author of a package gave.
LONGEST_NAME = 80


class Found:
    """Faults in the order in which they were found."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    @property
    def first_error(self) -> Fault | None:
        """The first that makes what was looked at unfit, None where nothing does."""
        errors = (fault for fault in self.faults if fault.severity is Severity.ERROR)
        return next(errors, None)

    @property
    def fits(self) -> bool:
        """Whether there is no error; what cannot be told is none."""
        return self.first_error is None

    def add(self, rule: str, shape: Shape, pointer: Pointer, **words: str) -> None:
        """Note that something is not as the FHIR profile of a shape has it."""
        said = {"name": element_words(shape), "profile": profile_words(shape), **words}
        self.note(rule, pointer, **said)

    def note(self, rule: str, pointer: Pointer, **words: str) -> None:
        """Note that a rule is broken, in these words."""
        self.faults.append(Fault(rule, pointer, words, _sentence(rule, words)))

    def add_all(self, other: "Found") -> None:
        """Note what was found in another walk."""
        self.faults += other.faults


def _sentence(rule: str, words: dict[str, str]) -> str:
    said = printable(RULES[rule].sentence.format_map(words))
    return said[0].upper() + said[1:] if said.startswith("the FHIR profile") else said


def printable(sentence: str) -> str:
    """Escape what a package's author wrote to tell a terminal something or hide from the eye."""
    return sentence if sentence.isprintable() else shown(sentence)


def profile_words(shape: Shape) -> str:
    """Name the FHIR profile of a shape, for a sentence."""
    structure = shape.structure
    name = structure.name or structure.url.rpartition("/")[2]
    return f"the FHIR profile {name[:LONGEST_NAME]}"


def element_words(shape: Shape) -> str:
    """Name the element of a shape, for a sentence."""
    if shape.is_root:
        return shape.structure.type
    return shape.name.removesuffix("[x]")[:LONGEST_NAME]


def times_words(count: int) -> str:
    """Say how often, for a sentence."""
    return f"{count:,} time" if count == 1 else f"{count:,} times"


def slice_words(shape: Shape) -> str:
    """Name a slice, for a sentence."""
    return f"the slice {shape.element.slice_name[:LONGEST_NAME]} of {element_words(shape)}"
