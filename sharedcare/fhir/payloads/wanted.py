"""Of which issues the places are wanted, where there are more than anybody reads.

Finding where a fault stands takes longer than finding the fault. Of each rule only the first issues
are listed, and all are counted, so in a text with 200,000 faults all but a few hundred are only
counted: by severity, rule, and path without positions.
"""

from collections import Counter
from collections.abc import Callable

from sharedcare.fhir.payloads.tally import Kind
from sharedcare.places import Severity

#: Severity, rule, and path without positions.
Key = tuple[str, str, str]

#: With what an issue of a kind is listed; None where it is not to be told.
Group = Callable[[Kind], Kind | None]


class Wanted:
    """The issues of one text: ``counted`` holds those of which no place is wanted.

    ``room`` says how many more of a group are to be listed.
    """

    def __init__(
        self,
        group: Group = lambda _kind: None,
        room: Callable[[Kind], int] = lambda _group: 0,
    ) -> None:
        self.counted: Counter[Key] = Counter()
        self._group = group
        self._room = room
        self._left: dict[Kind, int] = {}

    def takes(self, severity: Severity, kind: Kind) -> bool:
        """Whether the place of one more issue is wanted; else it is counted."""
        group = self._group(kind)
        if group is not None:
            left = self._left[group] if group in self._left else self._room(group)
            self._left[group] = left - 1
            if left > 0:
                return True
        self.counted[severity.value, *kind] += 1
        return False
