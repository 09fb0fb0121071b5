"""What a rule is: how much it matters that it is broken, and what is told."""

from dataclasses import dataclass

from sharedcare.places import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What an issue of this kind is called in an OperationOutcome, and what it says."""

    code: str
    sentence: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether what breaks it is invalid."""
        return self.severity is Severity.ERROR
