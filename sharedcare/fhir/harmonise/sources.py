"""From the files of a system to its counters, chunk by chunk, in constant memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.bulk.done import Driver
from sharedcare.fhir.bulk.here import Here
from sharedcare.fhir.bulk.store import opened
from sharedcare.fhir.harmonise.column_map import ColumnMap
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.job import Harmonising, is_table
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.places import Fault
from sharedcare.reading.payload_paths import payload_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NO_TABLE = (
    "a column map is given, and {name} is no table, nor is another file of the system: the name of"
    " a table ends in .csv or .tsv"
)


@dataclass(slots=True)
class Measured:
    """The counters of a system, what could not be read, and how many files were passed by."""

    counters: Counters = field(default_factory=Counters)
    faults: list[Fault] = field(default_factory=list)
    others: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        counters = self.counters
        return not (self.faults or counters.quarantined or counters.misshapen)


def measure_system(
    paths: Iterable[str],
    settings: Settings,
    column_map: ColumnMap | None = None,
    told: Callable[[str, int], None] = lambda _name, _read: None,
    *,
    driver: Driver | None = None,
    folder: str | None = None,
) -> Measured:
    """Measure everything that a system's paths hold, in this process unless a driver is given.

    ``told`` is called after each chunk with the file's name (empty of many) and all that was read.
    ``folder`` keeps what is done, so that a run that was ended goes on. Raises UsedWrongly for a
    table without a column map or a column map without a table, InputRefused where they do not fit
    together, FileTrouble where results cannot be kept, LimitReached where a worker is lost.
    """
    found = payload_files(paths)
    if column_map is not None and found.files and not any(map(is_table, found.files)):
        raise UsedWrongly(_NO_TABLE.format(name=found.files[0].name))
    job = Harmonising(settings, column_map)
    counters, faults = Counters(), dict[Fault, None]()
    with opened(folder, job) as store:
        for done in (driver or Here()).results(job, found.files, store):
            counters.add(done.result)
            faults.update(dict.fromkeys(done.faults))
            told(done.file, counters.read)
    order = {file.name: position for position, file in enumerate(found.files)}
    sorted_faults = sorted(faults, key=lambda fault: (order[fault.place.file], fault.order))
    return Measured(counters, [*found.faults, *sorted_faults], found.others)


def measure_frame(frame: "DataFrame", settings: Settings) -> Measured:
    """Measure the rows of a Spark data frame, a resource each, on the machines where they are.

    It has the columns ``file`` and ``line``, by which places are told, and ``resource``. Raises
    UsedWrongly where one is missing, LimitReached where Spark gives up.
    """
    from sharedcare.fhir.bulk.spark import done_in  # where Spark is

    return Measured(done_in(Harmonising(settings), frame).result)
