"""What ends and begins, as a calendar that people read: what breaks when, and what comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sharedcare.flows.losses.lapses import Calendar, Turn, Turning, TurningDay
from sharedcare.flows.losses.verdict_change import Direction
from sharedcare.landscape import Landscape
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.losses.change_view import ChangeView, change_views
from sharedcare.reports.words.figures import counted, date_words, listed

#: Needs at stake that are named in a sentence; the rest is counted.
MOST_AT_STAKE = 3

_KINDS = {"agreements": "agreement", "flows": "flow", "systems": "system"}


@dataclass(frozen=True, slots=True)
class DayView:
    """One day from which on something is otherwise."""

    day: str
    events: tuple[str, ...]
    breaks: tuple[ChangeView, ...]
    comes: tuple[ChangeView, ...]
    others: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar; ``unknown`` is empty where every day is known."""

    until: str
    days: tuple[DayView, ...]
    unknown: str


def calendar_view(landscape: Landscape, calendar: Calendar) -> CalendarView:
    """Put a calendar into words."""
    labels = [landscape.label(kind, key) for kind, key in calendar.unknown]
    unknown = f"Nobody knows when these begin or end: {listed(labels)}." if labels else ""
    return CalendarView(
        until=date_words(calendar.until),
        days=tuple(_day(landscape, day) for day in calendar.days),
        unknown=unknown,
    )


def _day(landscape: Landscape, found: TurningDay) -> DayView:
    return DayView(
        day=date_words(found.day),
        events=tuple(_events(landscape, found)),
        breaks=change_views(landscape, found.changes, (Direction.WORSE,)),
        comes=change_views(landscape, found.changes, (Direction.BETTER,)),
        others=change_views(landscape, found.changes, (Direction.OTHERWISE, Direction.NOT_PROVEN)),
    )


def _events(landscape: Landscape, found: TurningDay) -> Iterator[str]:
    last = date_words(found.day - timedelta(days=1))
    for turn in found.turns:
        called = f"the {_KINDS[turn.kind]} {landscape.label(turn.kind, turn.id)}"
        if turn.turning is Turning.BEGINS:
            yield f"T{called[1:]} begins."
        elif turn.turning is Turning.ENDS:
            yield f"T{called[1:]} has its last day on {last}."
        else:
            what = "support" if turn.turning is Turning.SUPPORT_ENDS else "contract"
            said = f"The supplier's {what} for {called} has its last day on {last}."
            yield said + _stake(landscape, turn)


def _stake(landscape: Landscape, turn: Turn) -> str:
    if not turn.at_stake:
        return " No need would be worse off if it stopped."
    named = "; ".join(need_label(landscape, need) for need in turn.at_stake[:MOST_AT_STAKE])
    rest = len(turn.at_stake) - MOST_AT_STAKE
    more = f"; and {rest:,} more" if rest > 0 else ""
    number = counted(len(turn.at_stake), "need")
    return f" If it stopped, {number} would be worse off: {named}{more}."
