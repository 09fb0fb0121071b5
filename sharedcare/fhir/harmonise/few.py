"""Of how many people each code is, as far as it matters: of few, or of enough to be named.

Ten records with one code may all be of one person, of whom the code then says something. So a code
is named by its people and not by its records; records that do not say whose they are may each be of
somebody else.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sharedcare.fhir.harmonise.bounded import Key
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN

#: Stands for any number of people above :data:`MOST_HIDDEN`.
ENOUGH = MOST_HIDDEN + 1

#: Records of nobody known, and hashes of people; None where they are enough, whoever they are.
Whose = tuple[int, frozenset[int]] | None

_NOBODY: Whose = (0, frozenset())
_MORE = (ENOUGH, frozenset[int]())


@dataclass(slots=True)
class Few:
    """By code system and code: whose it is. Adding in any order and grouping gives the same."""

    whose: dict[Key, Whose] = field(default_factory=dict)

    def take(self, code: Key, unknown: int, people: Collection[int]) -> None:
        """Count records of nobody known and of people for a code."""
        held = self.whose.get(code, _NOBODY)
        if held is not None:
            unknown, together = held[0] + unknown, held[1].union(people)
            is_enough = unknown + len(together) >= ENOUGH
            self.whose[code] = None if is_enough else (unknown, together)

    def add(self, other: "Few", codes: Collection[Key]) -> None:
        """Add what was counted elsewhere, of the codes that are kept of both."""
        for code, held in other.whose.items():
            if code in codes:
                self.take(code, *(_MORE if held is None else held))
        if len(self.whose) > len(codes):
            self.whose = {code: held for code, held in self.whose.items() if code in codes}

    def people(self, code: Key) -> int:
        """How many people a code is of; :data:`ENOUGH` for any number above the few."""
        held = self.whose.get(code, _NOBODY)
        return ENOUGH if held is None else held[0] + len(held[1])
