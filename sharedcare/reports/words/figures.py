"""Numbers, times and lists as people read them: the same everywhere, in no locale.

What must not look better than it is is cut off and never rounded up: 1.99 is written 1.9.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from sharedcare.quantities import UNITS, number_words

if TYPE_CHECKING:  # heavy, and not for every report
    from sharedcare.flows import Bounds
    from sharedcare.flows.taking import Time

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def cut(value: Fraction, digits: int = 1) -> str:
    """Write a number with at most ``digits`` decimals, cut off."""
    scale = 10**digits
    return number_words(Fraction(int(value * scale), scale), digits)


def level_words(level: "Bounds | None") -> str:
    """Write a level from 0 to 5, or its interval: ``1.6`` or ``1–2.5``."""
    if level is None:
        return "not assessed"
    low, high = cut(level.low), cut(level.high)
    return low if low == high else f"{low}–{high}"


def percent(share: Fraction) -> str:
    """Write a share as a percentage, cut off: ``83.3 %``."""
    return f"{cut(share * 100)} %"


def percent_words(share: "Bounds") -> str:
    """Write an interval of shares: ``37 %`` or ``37 % to 45 %``."""
    low, high = percent(share.low), percent(share.high)
    return low if low == high else f"{low} to {high}"


def index_words(index: "Bounds") -> str:
    """Write the index, 0 to 100, with the interval that the unknown leaves."""
    low, high = cut(index.low, 0), cut(index.high, 0)
    return f"{low} of 100" if low == high else f"{low} to {high} of 100"


def time_words(seconds: "Time") -> str:
    """Write a length of time in its two largest units: ``1 d 2 h``, ``35 min``; or without end."""
    if seconds == inf:
        return "without end"
    exact = Fraction(seconds)
    for large, small in _UNIT_PAIRS:
        if exact >= UNITS[large]:
            steps = round(exact / UNITS[small])
            whole, rest = divmod(steps, int(UNITS[large] / UNITS[small]))
            return f"{whole} {large} {rest} {small}" if rest else f"{whole} {large}"
    return f"{cut(exact)} s"


def at_best(words: str, is_open: bool) -> str:
    """Write a figure that rests on something unknown as what it is at best; nothing is not known.

    ``words`` is empty where at best there is nothing to say.
    """
    if not is_open:
        return words
    return f"at best {words}" if words else "not known"


def time_at_best(seconds: "Time", is_open: bool) -> str:
    """Write a time that may rest on something unknown: ``at best 10 s``, or not known at all.

    Without end is what is not known at its worst.
    """
    if seconds == inf:
        return at_best("", is_open=True)
    return at_best("" if is_open and not seconds else time_words(seconds), is_open)


#: A unit of time and the one that its rest is written in.
_UNIT_PAIRS = (("y", "d"), ("d", "h"), ("h", "min"), ("min", "s"))


def date_words(day: date) -> str:
    """Write a day as ``1 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number of things: ``1 need``, ``2 needs``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], most: int = 0) -> str:
    """Join words as ``a, b and c``; past ``most`` of them the rest is counted."""
    if most and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(words: str) -> str:
    """Begin with a capital letter and end with a full stop."""
    begun = words[:1].upper() + words[1:]
    return begun if begun.endswith((".", "?", "!", ":")) else f"{begun}."


def lowered(name: str) -> str:
    """A name in the middle of a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
