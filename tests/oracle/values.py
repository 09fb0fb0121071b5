"""The values of a profile as plain Python: whole seconds, exact fractions, minutes of a week."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")
Profile = Mapping[str, Any]

UNKNOWN = "unknown"
FORMS = ("verbal", "document", "text", "structured", "coded", "profiled")
ENDLESS = math.inf
SECONDS = {
    "s": 1,
    "min": 60,
    "h": 3600,
    "d": 86400,
    "w": 7 * 86400,
    "mo": 30 * 86400,
    "y": 365 * 86400,
}
RATE_UNITS = {"hour": "h", "day": "d", "week": "w", "month": "mo", "year": "y"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY


@cache
def seconds(text: str) -> int:
    """A duration such as `15 min` in whole seconds; ValueError if it is no whole number."""
    number, unit = text.split()
    amount = Fraction(number) * SECONDS[unit]
    if amount.denominator != 1:
        raise ValueError(f"{text} is no whole number of seconds")
    return int(amount)


@cache
def share(text: str) -> Fraction:
    """A share such as `0.95` or `27 of 30`, exactly."""
    part, _, whole = text.partition(" of ")
    return Fraction(part) / Fraction(whole or "1")


@cache
def rate(text: str) -> Fraction:
    """A rate such as `40/week` in events a second, exactly."""
    number, _, unit = text.partition("/")
    return Fraction(number) / SECONDS[RATE_UNITS[unit.strip()]]


def settled(
    value: Any,
    best: bool,
    parse: Callable[[str], Value],
    ends: tuple[Value, Value],
    better: str,
) -> Value:
    """One value of what may be unknown or an interval.

    `ends` are what an unknown is taken for at its worst and at its best; `better` is the end of
    an interval, `low` or `high`, that helps a need.
    """
    if value == UNKNOWN:
        return ends[best]
    if isinstance(value, Mapping):
        worse = "high" if better == "low" else "low"
        return parse(str(value[better if best else worse]))
    return parse(str(value))


def time_taken(value: Any, best: bool) -> float:
    """Seconds that something takes: endless at worst, nothing at best, if unknown."""
    return settled(value, best, seconds, (ENDLESS, 0), "low")


def time_kept(value: Any, best: bool) -> float:
    """Seconds that a history reaches back: none at worst, endless at best, if unknown."""
    return settled(value, best, seconds, (0, ENDLESS), "high")


def share_reached(value: Any, best: bool) -> Fraction:
    """A share from 0 to 1: 0 at worst, 1 at best, if unknown."""
    return settled(value, best, share, (Fraction(0), Fraction(1)), "high")


def rate_borne(value: Any, best: bool) -> Fraction | float:
    """Events a second that can be borne: none at worst, any number at best, if unknown."""
    ends: tuple[Fraction | float, Fraction | float] = (Fraction(0), ENDLESS)
    return settled(value, best, rate, ends, "high")


def form_rank(value: Any, best: bool) -> int:
    """The rank of a form, verbal 0 to profiled 5; an unknown one is the lowest or the highest."""
    return settled(value, best, FORMS.index, (0, len(FORMS) - 1), "high")


@cache
def longest_closed(hours: str) -> int:
    """Seconds of the longest stretch of a week, taken as a ring, outside the hours."""
    is_open = [False] * MINUTES_A_WEEK
    for stretch in hours.split(","):
        for minute in _minutes_open(stretch.split()):
            is_open[minute % MINUTES_A_WEEK] = True
    longest = closed = 0
    for minute_open in is_open + is_open:  # twice round, for a stretch over Sunday midnight
        closed = 0 if minute_open else closed + 1
        longest = max(longest, closed)
    if longest > MINUTES_A_WEEK:
        raise ValueError(f"{hours} is never open")
    return longest * 60


def _minutes_open(words: list[str]) -> list[int]:
    """Minutes since Monday 00:00 of one stretch: [days] and a span; may run past Sunday."""
    begin, end = (_minute(clock) for clock in words[-1].split("-"))
    length = (end - begin) % MINUTES_A_DAY or MINUTES_A_DAY
    days = _days(words[0]) if len(words) > 1 else list(range(len(DAYS)))
    return [day * MINUTES_A_DAY + begin + minute for day in days for minute in range(length)]


def _days(text: str) -> list[int]:
    """The days of `Mon-Fri` or `Sat`, Monday 0; `Fri-Mon` runs over the weekend."""
    first, _, last = text.partition("-")
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return [(begin + step) % len(DAYS) for step in range((end - begin) % len(DAYS) + 1)]


def _minute(clock: str) -> int:
    """Minutes since midnight of `09:30`."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
