"""Lapses: what ends and begins within a horizon, and what breaks and comes with it.

A day is judged by the rules of every other day, with ``as_of`` set to it, and set beside the state
before: agreements and flows are in force on the last day of their ``valid`` and not on the next.
That a supplier's support or contract ends changes no verdict by itself, since a system may run on
unsupported; of these it is said which needs would be worse off if the system stopped that day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.losing import Aftermath, Lost
from sharedcare.flows.losses.verdict_change import Direction, VerdictChange, changes, going
from sharedcare.landscape import Landscape, System
from sharedcare.landscape.entry import Period
from sharedcare.quantities import DAY, Duration, Unknown, parse_duration
from sharedcare.vocabulary import Lifecycle

#: How far ahead is looked unless somebody says otherwise.
HORIZON = parse_duration("12 mo")


class Turning(Enum):
    """What happens to an entry on a day."""

    ENDS = "ends"
    BEGINS = "begins"
    SUPPORT_ENDS = "support_ends"
    CONTRACT_ENDS = "contract_ends"


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry (``kind`` is its map) and what happens to it.

    ``at_stake`` are the needs that would be worse off if a system stopped that day, whose support
    or contract ends; empty for agreements and flows, whose effect is judged.
    """

    kind: str
    id: str
    turning: Turning
    at_stake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurningDay:
    """The first day on which something is otherwise, and which needs are.

    What ends did so on the day before: that was its last. ``weight`` sums the weights of the needs
    that break.
    """

    day: date
    turns: tuple[Turn, ...]
    changes: tuple[VerdictChange, ...]
    weight: Fraction

    def going(self, way: Direction) -> tuple[str, ...]:
        """The needs whose verdict went one way on that day."""
        return tuple(change.need for change in going(self.changes, way))

    @property
    def breaks(self) -> tuple[str, ...]:
        """The needs that are worse off from that day on."""
        return self.going(Direction.WORSE)

    @property
    def comes(self) -> tuple[str, ...]:
        """The needs that are better off from that day on."""
        return self.going(Direction.BETTER)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days, in order, on which something turns after ``as_of`` and up to ``until``.

    What ends on ``until`` is the last that counts. ``unknown`` are the entries of which it is
    written that nobody knows when they begin or end.
    """

    as_of: date
    until: date
    days: tuple[TurningDay, ...]
    unknown: tuple[tuple[str, str], ...]


def lapses(landscape: Landscape, horizon: Duration = HORIZON) -> Calendar:
    """Judge the landscape on each day within a horizon on which something ends or begins.

    A month of the horizon counts 30 days and a year 365; parts of a day count nothing.
    """
    until = _later(landscape.as_of, int(horizon.seconds // DAY))
    turns: dict[date, list[Turn]] = {}
    for day, turn in _turns(landscape):
        if landscape.as_of < day <= _later(until, 1):
            turns.setdefault(day, []).append(turn)
    before = Aftermath(landscape).before if turns else {}
    days = []
    for day in sorted(turns):
        found = _judged(landscape, day, turns[day], before)
        days.append(found)
        before = before | {change.need: change.after for change in found.changes}
    return Calendar(landscape.as_of, until, tuple(days), tuple(_unknown(landscape)))


def _later(day: date, days: int) -> date:
    """So many days later, or the last day that there is."""
    left = (date.max - day).days
    return day + timedelta(days=min(days, left))


def _judged(
    landscape: Landscape, day: date, turns: list[Turn], before: Mapping[str, Extent]
) -> TurningDay:
    meta = landscape.meta.model_copy(update={"as_of": day})
    aftermath = Aftermath(landscape.model_copy(update={"meta": meta}))
    found = changes(before, aftermath.before)
    broken = going(found, Direction.WORSE)
    return TurningDay(
        day=day,
        turns=tuple(_with_stake(turn, aftermath) for turn in turns),
        changes=found,
        weight=sum((landscape.needs[one.need].weight for one in broken), Fraction(0)),
    )


def _with_stake(turn: Turn, aftermath: Aftermath) -> Turn:
    if turn.kind != "systems":
        return turn
    lost = Lost(systems=frozenset({turn.id}))
    left = aftermath.extents(lost, aftermath.may_change(lost))
    worse = going(changes(aftermath.before, left), Direction.WORSE)
    return Turn(turn.kind, turn.id, turn.turning, tuple(change.need for change in worse))


def _periods(landscape: Landscape) -> Iterator[tuple[str, str, Period]]:
    for kind in ("agreements", "flows"):
        for key, entry in getattr(landscape, kind).items():
            if entry.valid is not None:
                yield kind, key, entry.valid


def _turns(landscape: Landscape) -> Iterator[tuple[date, Turn]]:
    """Everything that turns on a day that is known, with the first day of what comes after."""
    for kind, key, valid in _periods(landscape):
        yield from _after(valid.until, Turn(kind, key, Turning.ENDS))
        if isinstance(valid.from_, date):
            yield valid.from_, Turn(kind, key, Turning.BEGINS)
    for key, system in _in_use(landscape):
        contract = system.contract.until if system.contract else None
        yield from _after(system.support_until, Turn("systems", key, Turning.SUPPORT_ENDS))
        yield from _after(contract, Turn("systems", key, Turning.CONTRACT_ENDS))


def _after(last: date | Unknown | None, turn: Turn) -> Iterator[tuple[date, Turn]]:
    if isinstance(last, date) and last < date.max:
        yield last + timedelta(days=1), turn


def _in_use(landscape: Landscape) -> Iterator[tuple[str, System]]:
    """The systems of which nobody says that they are not in use."""
    for key, system in landscape.systems.items():
        if not isinstance(system.lifecycle, Lifecycle) or system.lifecycle.works:
            yield key, system


def _unknown(landscape: Landscape) -> Iterator[tuple[str, str]]:
    for kind, key, valid in _periods(landscape):
        if isinstance(valid.from_, Unknown) or isinstance(valid.until, Unknown):
            yield kind, key
    for key, system in _in_use(landscape):
        contract = system.contract.until if system.contract else None
        if isinstance(system.support_until, Unknown) or isinstance(contract, Unknown):
            yield "systems", key
