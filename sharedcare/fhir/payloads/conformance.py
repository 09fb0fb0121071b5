"""Validating what a person names: files, folders, standard input; all of it accounted for."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.bulk.done import Done, Driver
from sharedcare.fhir.bulk.drivers import driver_for
from sharedcare.fhir.bulk.store import opened
from sharedcare.fhir.payloads.inputs import KINDS
from sharedcare.fhir.payloads.job import Validating
from sharedcare.fhir.payloads.known import by_kind
from sharedcare.fhir.payloads.payload_rules import LIMIT_RULES
from sharedcare.fhir.payloads.settings import VERSIONS, Settings
from sharedcare.fhir.payloads.tally import Counts, Found, Kind, Tally
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_LISTED
from sharedcare.reading.payload_paths import Paths, PayloadFile, payload_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from sharedcare.fhir.packages import Packages

#: Codes of faults that are a limit, and of those that the file system is to blame for.
LIMIT_CODES = frozenset({"TOO_LARGE", "GZIP_RATIO", "TOO_MANY_FILES"})
FILE_CODES = frozenset(
    {"FILE_MISSING", "FILE_UNREADABLE", "FILE_CHANGED", "NOT_A_FILE", "LINK_LOOP"}
)

_ALL_BLANK = "there are only blank lines in the file; check that it is the right one"

#: Is told how far the work has come: the file, the bytes read of it, and the counts so far. The
#: file is empty where a driver tells of many at once.
Progress = Callable[[str, int, Counts], None]


@dataclass(slots=True)
class FileOutcome:
    """What became of one file."""

    name: str
    counts: Counts = field(default_factory=Counts)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Conformance:
    """What validating gave, over all files.

    ``known`` says how many issues of each kind a baseline knows; ``others`` are files of folders
    that are no payloads by their name.
    """

    files: tuple[FileOutcome, ...]
    tally: Tally
    faults: tuple[Fault, ...]
    others: int
    known: Mapping[Kind, int]
    settings: Settings

    @property
    def counts(self) -> Counts:
        """What was read, over all files."""
        return self.tally.counts

    @property
    def packages(self) -> "Packages | None":
        """The packages that resources were held against, None where there were none."""
        if self.settings.packages is None:
            return None
        from sharedcare.fhir.payloads.given_packages import packages_of  # heavy

        return packages_of(self.settings.packages)

    @property
    def exceeding(self) -> frozenset[Kind]:
        """The kinds of which there are more than the baseline knows; all, where there is none."""
        counts = by_kind(self.tally).items()
        return frozenset(kind for kind, count in counts if count > self.known.get(kind, 0))

    @property
    def told(self) -> Counter[tuple[str, str]]:
        """How many issues of each severity and rule there are, but for those that are known."""
        exceeding = self.exceeding
        told: Counter[tuple[str, str]] = Counter()
        for (severity, rule, path), count in self.tally.issues.items():
            if (rule, path) in exceeding:
                told[severity, rule] += count
        return told

    @property
    def known_count(self) -> int:
        """How many issues the baseline knows."""
        return self.tally.issues.total() - self.told.total()

    @property
    def listed(self) -> tuple[Found, ...]:
        """The first issues of each rule that are told, in the order of their places."""
        order = {file.name: position for position, file in enumerate(self.files)}
        exceeding = self.exceeding
        by_rule: dict[str, list[Found]] = {}
        for found in self.tally.listed.values():
            for one in found:
                if one.kind in exceeding:
                    by_rule.setdefault(one.rule, []).append(one)

        def place(one: Found) -> tuple[int, int, int, int, str, str]:
            return order[one.file], one.line, one.byte, one.column, one.path, one.rule

        first = (sorted(found, key=place)[:MAX_LISTED] for found in by_rule.values())
        return tuple(sorted((one for found in first for one in found), key=place))

    @property
    def is_limited(self) -> bool:
        """Whether a limit left something out, and nothing else could be looked at."""
        if any(fault.code in LIMIT_CODES for fault in self.faults):
            return True
        rules = {rule for _, rule, _ in self.tally.issues}
        return self.nothing_read and bool(rules & LIMIT_RULES.keys())

    @property
    def is_file_trouble(self) -> bool:
        """Whether the file system refused something."""
        return any(fault.code in FILE_CODES for fault in self.faults)

    @property
    def is_partial(self) -> bool:
        """Whether something was refused or quarantined."""
        return bool(self.faults or self.counts.quarantined)

    @property
    def nothing_read(self) -> bool:
        """Whether not one resource could be looked at."""
        return not (self.counts.ok or self.counts.with_issues)


def validate_paths(
    paths: Paths,
    settings: Settings | None = None,
    *,
    holds: str = "auto",
    workers: int = 1,
    driver: Driver | None = None,
    folder: str | None = None,
    known: Mapping[Kind, int] | None = None,
    progress: Progress | None = None,
) -> Conformance:
    """Validate files, folders (``-`` is standard input), in this process, in workers, or elsewhere.

    ``driver`` says who works, else as many processes as ``workers``. ``folder`` keeps what is done,
    so that a run that was ended goes on. What cannot be read is in the result; raises FileTrouble
    where results cannot be kept, LimitReached where a worker is lost, UsedWrongly where ``holds``
    or the version is none of those that there are.
    """
    settings = settings or Settings()
    _require(holds, KINDS, "what files hold")
    _require(settings.version, VERSIONS, "the version of FHIR")
    found = payload_files(paths)
    adding = _Adding(found.files, progress)
    job = Validating(settings, holds)
    with opened(folder, job) as store:
        for done in (driver or driver_for(workers)).results(job, found.files, store):
            adding.add(done)
    files = adding.ended()
    _check(adding.tally)
    faults = (*found.faults, *(fault for file in files for fault in file.faults))
    return Conformance(files, adding.tally, faults, found.others, dict(known or {}), settings)


def validate_frame(
    frame: "DataFrame", settings: Settings | None = None, known: Mapping[Kind, int] | None = None
) -> Conformance:
    """Validate the rows of a Spark data frame, a resource each, on the machines where they are.

    It has the columns ``file`` and ``line``, by which places are told, and ``resource``. Raises
    UsedWrongly where one is missing, LimitReached where Spark gives up.
    """
    from sharedcare.fhir.bulk.spark import done_in  # where Spark is

    settings = settings or Settings()
    tally = done_in(Validating(settings), frame).result
    _check(tally)
    files = tuple(FileOutcome(name, counts) for name, counts in sorted(tally.files.items()))
    return Conformance(files, tally, (), 0, dict(known or {}), settings)


def _require(word: str, words: Sequence[str], what: str) -> None:
    if word not in words:
        raise UsedWrongly(f"{what} is said as one of {', '.join(words)}")


def _check(tally: Tally) -> None:
    if not tally.counts.add_up:
        raise RuntimeError("what was read is not accounted for")


class _Adding:
    """Adds up what a driver gives, and says what became of each file."""

    def __init__(self, files: Sequence[PayloadFile], progress: Progress | None) -> None:
        self.tally = Tally()
        self._faults: dict[str, dict[Fault, None]] = {file.name: {} for file in files}
        self._progress = progress

    def add(self, done: Done[Tally]) -> None:
        """Add one result; a fault that several tell of is one."""
        for fault in done.faults:
            self._faults[fault.place.file][fault] = None
        self.tally.add(done.result)
        if self._progress is not None and not done.faults:
            self._progress(done.file, done.byte, self.tally.counts)

    def ended(self) -> tuple[FileOutcome, ...]:
        """Return what became of each file, in the order in which they were named."""
        return tuple(map(self._outcome, self._faults))

    def _outcome(self, name: str) -> FileOutcome:
        counts = self.tally.files.get(name, Counts())
        faults = sorted(self._faults[name], key=lambda fault: fault.order)
        if counts.read == counts.blank and not faults:
            faults = [Fault(Place(name), "NOTHING_THERE", _ALL_BLANK)]
        return FileOutcome(name, counts, faults)
