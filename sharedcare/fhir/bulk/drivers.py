"""Which driver works where nobody says: as many processes as there are to be workers."""

from sharedcare.fhir.bulk.done import Driver
from sharedcare.fhir.bulk.here import Here


def driver_for(workers: int) -> Driver:
    """Return the driver of so many worker processes; one works in this process."""
    if workers == 1:
        return Here()
    from sharedcare.fhir.bulk.pool import Pool  # processes, where asked for

    return Pool(workers)
