"""Every exception that the library raises.

    SharedcareError                 anything that sharedcare says went wrong
    ├── InputRefused                a document cannot be taken as what it should be (exit 3)
    │   ├── ProfileRefused          … a landscape profile, with every fault that it holds
    │   └── PackageFault            … a FHIR package, or a definition in one, with every fault
    ├── UsedWrongly                 the call asks for what does not exist (exit 2)
    │   └── NotFoundError           … an id that the catalogue or the landscape does not hold
    ├── LimitReached                a size, ratio, count or time limit stopped the work (exit 5)
    └── FileTrouble                 the file system refused (exit 6)

Libraries raise; only the command line prints and exits.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sharedcare.places import Fault


class SharedcareError(Exception):
    """Anything that sharedcare says went wrong; the text is a sentence for who must act."""


class InputRefused(SharedcareError):
    """A document cannot be taken as what it should be.

    ``faults`` holds every fault found, in the order of their places.
    """

    def __init__(self, message: str, faults: Sequence["Fault"] = ()) -> None:
        super().__init__(message)
        self.faults: tuple[Fault, ...] = tuple(faults)


class ProfileRefused(InputRefused):
    """A landscape profile has faults; ``faults`` holds all of them, not the first."""


class PackageFault(InputRefused):
    """A FHIR package, or a definition in it, cannot be used; ``faults`` holds all that is wrong."""


class UsedWrongly(SharedcareError):
    """The call asks for something that does not exist or does not fit together."""


class NotFoundError(UsedWrongly):
    """An id that neither the catalogue nor the landscape holds."""


class LimitReached(SharedcareError):
    """A limit of size, ratio, count or time stopped the work before it was done."""


class FileTrouble(SharedcareError):
    """The file system refused to read or to write."""
