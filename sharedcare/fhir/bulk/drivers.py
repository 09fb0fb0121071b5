"""Which driver works where nobody says: as many processes as there are to be workers."""

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.bulk.done import Driver
from sharedcare.fhir.bulk.here import Here


def driver_for(workers: int) -> Driver:
    """Return the driver of so many worker processes; one works in this process.

    Raises UsedWrongly where there is to be none.
    """
    if workers < 1:
        raise UsedWrongly("at least one worker has to work")
    if workers == 1:
        return Here()
    from sharedcare.fhir.bulk.pool import Pool  # processes, where asked for

    return Pool(workers)
