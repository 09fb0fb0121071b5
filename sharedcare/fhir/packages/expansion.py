"""The codes of a value set, as far as they can be listed without a terminology server."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Expansion:
    """The codes of a value set by code system, and whether these are all of them.

    ``whole`` names code systems of which every code is in, though they cannot be listed (SNOMED CT
    by its address alone). ``why_not`` says what stands in the way where ``complete`` is false: a
    code that is not listed may then be in all the same.
    """

    url: str
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    why_not: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether a code that is neither listed nor of a whole code system is surely not in."""
        return not self.why_not

    def holds(self, code_system: str, code: str) -> bool | None:
        """Say whether a code is in; None where that cannot be told."""
        if code_system in self.whole or code in self.codes.get(code_system, ()):
            return True
        return False if self.complete else None

    def holds_code(self, code: str) -> bool | None:
        """Say whether a code is in that comes without its code system, as elements ``code`` do."""
        if any(code in codes for codes in self.codes.values()):
            return True
        return None if self.whole or self.why_not else False
