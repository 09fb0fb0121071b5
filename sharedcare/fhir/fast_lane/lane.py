"""The fast lane: tells of most valid resources that they are, in about the time of reading them.

A small compiled core (``machine``) reads lines by the definitions and says in which of them nothing
can be wrong. What it cannot tell itself it asks, about few bytes each, and the functions of the
full lane that check such things answer (``asking``). Of a line that is not accepted it tells in
which members of its resource something may be wrong (see :class:`sharedcare.fhir.glance.Glance`).
"""

from collections.abc import Iterator, Sequence

from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.fast_lane.asking import Answers
from sharedcare.fhir.fast_lane.machine import (
    BATCH_BYTES,
    CoreFailed,
    Machine,
    shipped_core,
    shipped_tables,
)
from sharedcare.fhir.fast_lane.question import Question
from sharedcare.fhir.glance import GOOD, Glance


class FastLane:
    """Accepts lines that are valid for certain; each thread needs its own.

    Where the core cannot run it accepts nothing.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._answers = Answers(definitions)
        try:
            self._machine: Machine | None = Machine(shipped_core(), _tables_of(definitions))
        except CoreFailed:
            self._machine = None

    def accepted(self, lines: Sequence[bytes]) -> list[bool]:
        """Tell of each line whether it is a resource with which nothing is wrong for certain."""
        if self._machine is None:
            return [False] * len(lines)
        return [one for batch in _batches(lines) for one in self._judged(self._machine, batch)]

    def glances(self, lines: Sequence[bytes]) -> list[Glance]:
        """Tell of each line what can be seen of it without the full lane."""
        accepted = self.accepted(lines)
        others = [line for line, is_good in zip(lines, accepted, strict=True) if not is_good]
        doubts = iter(self._doubts(others))
        return [GOOD if is_good else Glance(doubtful=next(doubts)) for is_good in accepted]

    def _judged(self, machine: Machine, lines: list[bytes]) -> list[bool]:
        judged = machine.judge(lines)
        asking = _Asking(self._answers, lines, judged.questions)
        accepted = list(map(bool, judged.verdicts))
        for line, number, _, _ in judged.needs:
            if accepted[line]:
                accepted[line] = asking.is_good(number)
        machine.remember(asking.good)
        return accepted

    def _doubts(self, lines: Sequence[bytes]) -> list[frozenset[str] | None]:
        """Tell of each line which members are in doubt; None where nothing can be told."""
        if self._machine is None:
            return [None] * len(lines)
        return [one for batch in _batches(lines) for one in self._doubted(self._machine, batch)]

    def _doubted(self, machine: Machine, lines: list[bytes]) -> Iterator[frozenset[str] | None]:
        judged = machine.doubts(lines)
        asking = _Asking(self._answers, lines, judged.questions)
        found: list[set[bytes]] = [set() for _ in lines]
        for line, begin, end in judged.doubts:
            found[line].add(lines[line][begin:end])
        for line, number, begin, end in judged.needs:
            member = lines[line][begin:end]
            if member not in found[line] and not asking.is_good(number):
                found[line].add(member)
        machine.remember(asking.good)
        for is_known, members in zip(judged.verdicts, found, strict=True):
            yield frozenset(map(bytes.decode, members)) if is_known else None


class _Asking:
    """What the core asks about a batch of lines; answered once it matters."""

    def __init__(self, answers: Answers, lines: list[bytes], questions: list[Question]) -> None:
        self._answers, self._lines, self._questions = answers, lines, questions
        self._known: dict[int, bool] = {}

    def is_good(self, number: int) -> bool:
        """Whether a question has a good answer."""
        known = self._known.get(number)
        if known is None:
            question = self._questions[number]
            known = self._answers.is_good(self._lines[question.line], question)
            self._known[number] = known
        return known

    @property
    def good(self) -> list[int]:
        """The questions that had a good answer."""
        return [number for number, is_good in self._known.items() if is_good]


def _tables_of(definitions: Definitions) -> bytes:
    """Return the definitions as the core reads them; those of R4 lie ready."""
    if definitions is r4():
        return shipped_tables()
    from sharedcare.fhir.fast_lane.tables import tables  # with all that makes them

    return tables(definitions)


def _batches(lines: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Put lines together until they have :data:`BATCH_BYTES`."""
    if sum(map(len, lines)) <= BATCH_BYTES:
        yield list(lines)
        return
    batch, held = list[bytes](), 0
    for line in lines:
        batch.append(line)
        held += len(line)
        if held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
