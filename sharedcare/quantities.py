"""Durations, rates, shares, money, weekly hours, ranges and the unknown, exact and as declared.

Arithmetic is exact (:class:`fractions.Fraction`), so that 27 of 30 is never a hair under 0.9. A
quantity compares by its value; how it was written is kept for printing only. A month counts 30
days and a year 365 (ours: a profile speaks of windows such as "the last 12 months").
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from fractions import Fraction
from typing import Generic, Literal, TypeVar

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
MONTH, YEAR = 30 * DAY, 365 * DAY

#: Seconds in each unit that a duration may be written in.
UNITS: dict[str, Fraction] = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(MINUTE),
    "h": Fraction(HOUR),
    "d": Fraction(DAY),
    "w": Fraction(WEEK),
    "mo": Fraction(MONTH),
    "y": Fraction(YEAR),
}

_LONG_UNITS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "day": "d", "days": "d",
    "wk": "w", "week": "w", "weeks": "w",
    "month": "mo", "months": "mo",
    "yr": "y", "yrs": "y", "year": "y", "years": "y",
}  # fmt: skip

#: A number has at most this many characters; a longer one is a slip or an attack.
MAX_NUMBER_LENGTH = 18

_NUMBER = r"\d+(?:\.\d+)?"
_DURATION = re.compile(rf"({_NUMBER})\s*([a-z]+)", re.ASCII)
_RATE = re.compile(rf"({_NUMBER})\s*(?:/|per)\s*([a-z]+)", re.ASCII)
_SHARE_OF = re.compile(r"(\d+)\s+of\s+(\d+)", re.ASCII)
_PERCENT = re.compile(rf"({_NUMBER})\s*%", re.ASCII)
_MONEY = re.compile(rf"([A-Z]{{3}})\s*({_NUMBER})\s*(k|m)?", re.ASCII)
_PLAIN = re.compile(_NUMBER, re.ASCII)


class QuantityError(ValueError):
    """A text is not the quantity that it should be; the message says what is expected."""


class Unknown(Enum):
    """The one value that says: nobody has told us. Never yes and never no."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        """Give ``UNKNOWN``."""
        return "UNKNOWN"


UNKNOWN: Literal[Unknown.UNKNOWN] = Unknown.UNKNOWN


def exact_number(text: str) -> Fraction:
    """Read a plain decimal number exactly; raises QuantityError on anything else."""
    if len(text) > MAX_NUMBER_LENGTH:
        raise QuantityError(f"a number of at most {MAX_NUMBER_LENGTH} characters is expected")
    if not _PLAIN.fullmatch(text):
        raise QuantityError("a plain number such as 3 or 0.5, not below 0, is expected")
    return Fraction(text)


def as_number(value: Fraction) -> int | float:
    """Turn an exact value into the JSON number nearest to it (a whole one stays whole)."""
    return value.numerator if value.denominator == 1 else float(value)


def number_words(value: Fraction, digits: int = 2) -> str:
    """Write a number for people: at most ``digits`` decimals, no trailing zeros."""
    return f"{float(value):.{digits}f}".rstrip("0").rstrip(".") if digits else str(round(value))


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A length of time in exact seconds, and how it was written."""

    seconds: Fraction
    declared: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Give the duration as declared, else in the largest unit that reads well."""
        return self.declared or duration_words(self.seconds)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Events per second, exact, and how it was written."""

    per_second: Fraction
    declared: str = field(default="", compare=False)

    @property
    def per_year(self) -> Fraction:
        """Events in a year of 365 days."""
        return self.per_second * YEAR

    def __str__(self) -> str:
        """Give the rate as declared, else as events a week."""
        return self.declared or f"{number_words(self.per_second * WEEK)}/week"


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A part of a whole from 0 to 1, exact; ``of`` keeps 27 of 30 as (27, 30)."""

    value: Fraction
    of: tuple[int, int] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Give ``27 of 30`` where it was written so, else a percentage."""
        if self.of:
            return f"{self.of[0]} of {self.of[1]}"
        return f"{number_words(self.value * 100, 1)} %"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in a currency (ISO 4217), exact."""

    currency: str
    amount: Fraction

    def __str__(self) -> str:
        """Give ``GBP 40,000``."""
        return f"{self.currency} {round(self.amount):,}"


Q = TypeVar("Q", Duration, Rate, Share, Money, Fraction)


@dataclass(frozen=True, slots=True)
class Range(Generic[Q]):
    """A quantity known only within bounds; ``likely`` is a guess that no verdict uses."""

    low: Q
    high: Q
    likely: Q | None = None

    def __str__(self) -> str:
        """Give ``2 h to 4 h``."""
        return f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours within a week, and the longest stretch in which they are closed."""

    declared: str
    longest_closed: Fraction

    def __str__(self) -> str:
        """Give the hours as declared."""
        return self.declared


def duration_words(seconds: Fraction) -> str:
    """Write a length of time in the largest unit that keeps it above one: ``36 h``, ``2.5 d``."""
    for unit in ("y", "mo", "w", "d", "h", "min", "s"):
        whole = seconds / UNITS[unit]
        if whole >= 1 and (whole.denominator == 1 or unit in ("d", "h", "min", "s")):
            return f"{number_words(whole)} {unit}"
    return f"{number_words(seconds)} s" if seconds else "0 s"


def parse_duration(text: str) -> Duration:
    """Read ``15 min``, ``2 h``, ``1 d``, ``1 w``, ``12 mo``, ``5 y``, ``90 s``; several add up.

    Raises QuantityError.
    """
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip():
        raise QuantityError("a duration such as 15 min, 2 h, 1 d, 1 w, 12 mo or 5 y is expected")
    total = sum((exact_number(n) * _unit(u) for n, u in parts), Fraction(0))
    return Duration(total, " ".join(text.split()))


def _unit(word: str) -> Fraction:
    unit = UNITS.get(_LONG_UNITS.get(word, word))
    if unit is None:
        raise QuantityError(f"a unit of time is expected: one of {', '.join(UNITS)}")
    return unit


def duration_of(delta: timedelta) -> Duration:
    """Turn a Python timedelta into a duration; raises QuantityError if it is negative."""
    if delta < timedelta(0):
        raise QuantityError("a duration is not negative")
    return Duration(Fraction(delta // timedelta(microseconds=1), 1_000_000))


def parse_rate(text: str) -> Rate:
    """Read ``40/week``, ``3 per day``, ``0.5/h``; raises QuantityError."""
    match = _RATE.fullmatch(text.strip())
    if not match:
        raise QuantityError("a rate such as 40/week or 3 per day is expected")
    return Rate(exact_number(match[1]) / _unit(match[2]), " ".join(text.split()))


def parse_share(text: str) -> Share:
    """Read ``0.95``, ``95 %`` or ``40 of 65``; raises QuantityError outside 0 to 1."""
    text = text.strip()
    if match := _SHARE_OF.fullmatch(text):
        return _share_of(match[1], match[2])
    if match := _PERCENT.fullmatch(text):
        return _within_one(exact_number(match[1]) / 100)
    if not _PLAIN.fullmatch(text):
        raise QuantityError("a share such as 0.95, 95 % or 40 of 65 is expected")
    return _within_one(exact_number(text))


def _share_of(part_text: str, whole_text: str) -> Share:
    part, whole = exact_number(part_text), exact_number(whole_text)
    if not whole or part > whole:
        raise QuantityError("the part of a share is at most the whole, and the whole is not 0")
    return Share(part / whole, (int(part), int(whole)))


def _within_one(value: Fraction) -> Share:
    if not 0 <= value <= 1:
        raise QuantityError("a share lies between 0 and 1")
    return Share(value)


def parse_money(text: str) -> Money:
    """Read ``GBP 40k``, ``EUR 1.2m``, ``GBP 300``; raises QuantityError."""
    match = _MONEY.fullmatch(text.strip())
    if not match:
        raise QuantityError("an amount such as GBP 40k, EUR 1.2m or GBP 300 is expected")
    scale = {"k": 1_000, "m": 1_000_000}.get(match[3], 1)
    return Money(match[1], exact_number(match[2]) * scale)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
_DAYS_PART = re.compile(rf"({_DAY})(?:\s*-\s*({_DAY}))?", re.ASCII)
_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)
_WEEK_MINUTES = 7 * 24 * 60

#: Minutes in an hour.
MINUTES = 60


def parse_hours(text: str) -> Hours:
    """Read ``Mon-Fri 09:00-17:00``, several parts with commas; no days means every day.

    A stretch may run over midnight (``22:00-06:00``). Raises QuantityError.
    """
    days: set[int] = set()
    opened: list[tuple[int, int]] = []
    for part in text.lower().split(","):
        part_days, times = _split_part(part.strip())
        days |= part_days
        if times is None:
            continue
        opened += [_stretch(day, times) for day in sorted(days or range(7))]
        days = set()
    if not opened or days:
        raise QuantityError("hours such as Mon-Fri 09:00-17:00, Sat 10:00-12:00 are expected")
    return Hours(" ".join(text.split()), Fraction(60 * _longest_gap(opened)))


def _split_part(part: str) -> tuple[set[int], tuple[int, int] | None]:
    day_match = _DAYS_PART.match(part)
    rest = part[day_match.end() :].strip() if day_match else part
    days = _day_range(day_match[1], day_match[2] or day_match[1]) if day_match else set()
    if not rest:
        return days, None
    times = _TIMES.fullmatch(rest)
    if not times:
        raise QuantityError("hours such as Mon-Fri 09:00-17:00, Sat 10:00-12:00 are expected")
    return days, (_minute(times[1], times[2]), _minute(times[3], times[4]))


def _day_range(first: str, last: str) -> set[int]:
    start, end = DAYS.index(first), DAYS.index(last)
    return {(start + step) % 7 for step in range((end - start) % 7 + 1)}


def _minute(hour: str, minute: str) -> int:
    if int(minute) >= MINUTES or int(hour) * 60 + int(minute) > 24 * 60:
        raise QuantityError("a time of day lies between 00:00 and 24:00")
    return int(hour) * 60 + int(minute)


def _stretch(day: int, times: tuple[int, int]) -> tuple[int, int]:
    start, end = times
    if start == end:
        raise QuantityError("hours that open and close at the same minute are never open")
    length = end - start if end > start else end - start + 24 * 60
    return day * 24 * 60 + start, length


def _longest_gap(opened: list[tuple[int, int]]) -> int:
    """The longest closed stretch of the weekly round, in minutes (0 if never closed)."""
    twice = sorted(opened) + sorted((start + _WEEK_MINUTES, length) for start, length in opened)
    longest, reached = 0, sum(twice[0])
    for start, length in twice[1:]:
        if start >= _WEEK_MINUTES:  # by now a stretch that runs over the end of the week counts
            longest = max(longest, start - reached)
        reached = max(reached, start + length)
    return longest


def parse_fraction(text: str) -> Fraction:
    """Read a plain number exactly; raises QuantityError."""
    return exact_number(text.strip())


def in_order(low: Q, likely: Q | None, high: Q) -> Range[Q]:
    """Make a range whose parts are in order; raises QuantityError if they are not."""
    if high < low or (likely is not None and not low <= likely <= high):
        raise QuantityError("in a range low comes first: low <= likely <= high")
    return Range(low, high, likely)
