"""Gathering faults: all of them counted, and of one kind not more listed than are read."""

from collections import Counter
from collections.abc import Iterable

from sharedcare.places import Fault, Place, Severity
from sharedcare.reading.limits import MAX_LISTED


class FaultList:
    """The faults found so far.

    Of one code the first :data:`MAX_LISTED` are kept, and of the rest the place of the first and
    the count: a file with 200,000 faults is told as such and neither fills the memory nor the
    screen.
    """

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._found: Counter[str] = Counter()
        self._errors = 0
        self._next: dict[str, Fault] = {}

    def add(self, fault: Fault) -> None:
        """Take one more fault."""
        self._found[fault.code] += 1
        self._errors += fault.severity is Severity.ERROR
        if self._found[fault.code] <= MAX_LISTED:
            self._kept.append(fault)
        else:
            self._next.setdefault(fault.code, fault)

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Take more faults, the first in the document first."""
        for fault in sorted(faults, key=lambda fault: fault.order):
            self.add(fault)

    def add_unplaced(self, code: str) -> None:
        """Count one more error of a code that is full, without the cost of saying where it is."""
        self._found[code] += 1
        self._errors += 1

    def is_full(self, code: str) -> bool:
        """Whether no more faults of a code will be listed, so that counting them is enough."""
        return code in self._next

    @property
    def errors(self) -> int:
        """How many errors were found, those not listed among them; warnings do not count."""
        return self._errors

    @property
    def words(self) -> str:
        """How many errors were found, for a sentence: ``1 fault``, ``2,000 faults``."""
        return "1 fault" if self._errors == 1 else f"{self._errors:,} faults"

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the faults found."""
        return frozenset(self._found)

    def listed(self) -> tuple[Fault, ...]:
        """Return the faults in the order of their places, with a line for those not listed."""
        more = [self._more(fault) for fault in self._next.values()]
        return tuple(sorted([*self._kept, *more], key=lambda fault: fault.order))

    def _more(self, first: Fault) -> Fault:
        count = self._found[first.code] - MAX_LISTED
        noun = "fault" if count == 1 else "faults"
        said = f"{count:,} more {noun} of this kind; only the first {MAX_LISTED} are listed"
        return Fault(first.place, first.code, said, first.severity)


def place_words(place: Place, seen_from: Place) -> str:
    """Name a place in a sentence about another: without the file where it is the same."""
    if place.file == seen_from.file:
        return f"line {place.line}, column {place.column}"
    return str(place)
