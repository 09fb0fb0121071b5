"""How a package is refused: every fault at once, each with its place, named shortly."""

from collections.abc import Iterable

from sharedcare.errors import PackageFault
from sharedcare.places import Fault
from sharedcare.reading.fault_list import FaultList
from sharedcare.reading.source import shown

#: Characters of a name or address from a package that are repeated in a sentence.
MAX_NAMED = 150


def named(text: str) -> str:
    """Return what a package calls something, as it may be printed, and not endlessly long."""
    return shown(text if len(text) <= MAX_NAMED else f"{text[:MAX_NAMED]}…")


def refused(faults: Iterable[Fault]) -> PackageFault:
    """Return the exception that tells these faults, each once, in the order of their places.

    Of one code not more are listed than are read; the rest are counted.
    """
    found = FaultList()
    found.add_all(set(faults))
    listed = found.listed()
    return PackageFault("\n".join(map(str, listed)), listed)
