"""Whose hands a flow takes."""

from sharedcare.landscape import Flow
from sharedcare.vocabulary import Mode


def worker_of(flow: Flow) -> str | None:
    """Return the place whose people do the work of a flow; None where it takes nobody's hand.

    The work is the sender's where somebody phones or writes, the receiver's where it is typed in.
    A time said for it (``staff_time``) speaks of somebody's hand, unless it is said that nothing is
    typed in.
    """
    if flow.mode is Mode.MANUAL:
        return flow.from_
    is_timed = flow.staff_time is not None and flow.rekeyed is not False
    return flow.to if flow.rekeyed is True or is_timed else None
