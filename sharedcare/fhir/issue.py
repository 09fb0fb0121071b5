"""What is wrong with a resource: one issue, as FHIR's OperationOutcome tells it.

No issue holds a value of the document. Its path names only elements that FHIR knows, so that a
patient's name in the place of a key stays where it was.
"""

from dataclasses import dataclass

from sharedcare.places import Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault in a resource.

    ``code`` is from FHIR's list of issue types, ``rule`` a stable id of ours or the specification's
    (``per-1``), ``path`` a FHIRPath expression (``Bundle.entry[3].resource.birthDate``). ``byte``
    counts from 0, ``line`` and ``column`` from 1 and in bytes; all are 0 where the resource was
    given as an object and has no place in a text.
    """

    severity: Severity
    code: str
    rule: str
    path: str
    message: str
    byte: int = 0
    line: int = 0
    column: int = 0

    @property
    def is_error(self) -> bool:
        """Whether the resource is invalid because of it."""
        return self.severity is Severity.ERROR
