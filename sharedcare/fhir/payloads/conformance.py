"""Validating what a person names: files, folders, standard input; all of it accounted for."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sharedcare.fhir.payloads.inputs import LeftOut, pieces_of
from sharedcare.fhir.payloads.known import by_kind
from sharedcare.fhir.payloads.payload_rules import LIMIT_RULES
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.fhir.payloads.store import Store
from sharedcare.fhir.payloads.tally import Counts, Found, Kind, Tally
from sharedcare.fhir.payloads.work import Checking, Work, left_out
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_LISTED
from sharedcare.reading.payload_paths import PayloadFile, payload_files
from sharedcare.reading.streams import Broken

T = TypeVar("T")

#: Codes of faults that are a limit, and of those that the file system is to blame for.
LIMIT_CODES = frozenset({"TOO_LARGE", "GZIP_RATIO", "TOO_MANY_FILES"})
FILE_CODES = frozenset(
    {"FILE_MISSING", "FILE_UNREADABLE", "FILE_CHANGED", "NOT_A_FILE", "LINK_LOOP"}
)

_ALL_BLANK = "there are only blank lines in the file; check that it is the right one"

#: Is told how far the work has come: the file, the bytes read of it, and the counts so far.
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

        def place(one: Found) -> tuple[int, int, int, str, str]:
            return order[one.file], one.byte, one.column, one.path, one.rule

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
    paths: Iterable[str],
    settings: Settings | None = None,
    *,
    holds: str = "auto",
    workers: int = 1,
    folder: str | None = None,
    known: Mapping[Kind, int] | None = None,
    progress: Progress | None = None,
) -> Conformance:
    """Validate files, folders (``-`` is standard input), in this process or in workers.

    ``folder`` keeps what is done, so that a run that was ended goes on. What cannot be read is in
    the result; raises FileTrouble where results cannot be kept, LimitReached where a worker is
    lost.
    """
    settings = settings or Settings()
    found = payload_files(paths)
    store = Store(folder, settings) if folder is not None else None
    made = _Run(found.files, settings, store, progress)
    for file in made.outcomes(holds, workers):
        if file.counts.read == file.counts.blank and not file.faults:
            file.faults.append(Fault(Place(file.name), "NOTHING_THERE", _ALL_BLANK))
    if not made.tally.counts.add_up:
        raise RuntimeError("what was read is not accounted for")
    faults = (*found.faults, *(fault for file in made.files for fault in file.faults))
    return Conformance(
        tuple(made.files), made.tally, faults, found.others, dict(known or {}), settings
    )


#: What is waited for, in order: the file it is of, bytes read up to it, and how to get the result.
_Waiting = tuple[FileOutcome, int, Callable[[], Tally | Fault]]


class _Run:
    """One run: files in, tallies added up in their order."""

    def __init__(
        self,
        files: list[PayloadFile],
        settings: Settings,
        store: Store | None,
        progress: Progress | None,
    ) -> None:
        self.files = [FileOutcome(file.name) for file in files]
        self.tally = Tally()
        self._inputs = files
        self._settings = settings
        self._store = store
        self._progress = progress
        self._checking = Checking(settings)  # not the process's own: threads may run side by side

    def outcomes(self, holds: str, workers: int) -> list[FileOutcome]:
        """Do the work, and return what became of each file."""
        if workers > 1:
            from sharedcare.fhir.payloads.workers import Workers  # processes, where asked for

            with Workers(workers, self._settings) as pool:
                self._add_all(self._waiting(holds, pool.submit), pool.waiting)
        else:
            self._add_all(self._waiting(holds, self._here), most=0)
        return self.files

    def _here(self, work: Work) -> Callable[[], Tally]:
        return lambda: self._checking.tally(work)

    def _waiting(
        self, holds: str, submit: Callable[[Work], Callable[[], Tally]]
    ) -> Iterator[_Waiting]:
        """Go through the pieces of all files, each handed on to be worked on."""
        for file, outcome in zip(self._inputs, self.files, strict=True):
            try:
                for piece in pieces_of(file, holds):
                    if isinstance(piece, LeftOut):
                        tally = left_out(file.name, piece.line, piece.byte)
                        yield outcome, piece.byte + piece.length, _given(tally)
                    else:
                        end = piece.byte + len(piece.data)
                        yield outcome, end, self._submitted(piece, submit)
            except Broken as broken:
                yield outcome, 0, _given(broken.fault)

    def _submitted(
        self, work: Work, submit: Callable[[Work], Callable[[], Tally]]
    ) -> Callable[[], Tally]:
        """Hand a piece on, unless its result is kept; keep the result when it comes."""
        if self._store is None:
            return submit(work)
        store, key = self._store, self._store.key(work)
        kept = store.kept(key)
        if kept is not None:
            return _given(kept)
        result = submit(work)

        def keep() -> Tally:
            tally = result()
            store.keep(key, tally)
            return tally

        return keep

    def _add_all(self, events: Iterator[_Waiting], most: int) -> None:
        """Add up results in their order, with at most so many waited for."""
        queue: deque[_Waiting] = deque()
        for event in events:
            queue.append(event)
            while len(queue) > most:
                self._add(*queue.popleft())
        while queue:
            self._add(*queue.popleft())

    def _add(self, outcome: FileOutcome, byte: int, result: Callable[[], Tally | Fault]) -> None:
        made = result()
        if isinstance(made, Fault):
            outcome.faults.append(made)
            return
        outcome.counts.add(made.counts)
        self.tally.add(made)
        if self._progress is not None:
            self._progress(outcome.name, byte, self.tally.counts)


def _given(value: T) -> Callable[[], T]:
    return lambda: value
