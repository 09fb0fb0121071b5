"""What the process ends with, for the whole tool, and which error gives which."""

from enum import IntEnum

from sharedcare.errors import (
    FileTrouble,
    InputRefused,
    LimitReached,
    SharedcareError,
    UsedWrongly,
)


class Exit(IntEnum):
    """Exit codes; scripts build on them."""

    DONE = 0
    FINDINGS = 1
    USED_WRONGLY = 2
    INPUT_REFUSED = 3
    PARTIAL = 4
    LIMIT_REACHED = 5
    FILE_TROUBLE = 6
    OUR_FAULT = 70
    INTERRUPTED = 130


_BY_ERROR: tuple[tuple[type[SharedcareError], Exit], ...] = (
    (InputRefused, Exit.INPUT_REFUSED),
    (UsedWrongly, Exit.USED_WRONGLY),
    (LimitReached, Exit.LIMIT_REACHED),
    (FileTrouble, Exit.FILE_TROUBLE),
)


def exit_for(error: SharedcareError) -> Exit:
    """Return the exit code of an error."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.OUR_FAULT)
