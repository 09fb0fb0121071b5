"""Counts of people as they may be shown: the rule of NHS publications.

One to seven are shown as ``*``, larger counts rounded to the nearest five; shares are made of what
may be shown, so that no small number can be worked out of them. Source: NHS England, disclosure
control of Hospital Episode Statistics.
"""

from dataclasses import dataclass

#: Counts up to this are not shown.
MOST_HIDDEN = 7

_STEP = 5
HIDDEN = "*"
_THOUSAND = 1_000

#: Of wholes smaller than this a step is more than a twentieth.
_SMALL_WHOLE = 20 * _STEP

Shown = int | str
"""A count that may be shown, or :data:`HIDDEN`."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How counts are shown; ``exact`` switches the rule off."""

    exact: bool = False

    def count(self, number: int) -> Shown:
        """Return a count as it may be shown."""
        if self.exact or number == 0:
            return number
        return HIDDEN if number <= MOST_HIDDEN else _rounded(number)

    def share(self, part: int, whole: int) -> float | str | None:
        """Return a share of what may be shown, cut off to a thousandth; None of nothing.

        A share of one means all: where rounding hides that a few are missing, the part counts one
        step less, and in a small whole, of which that would be much, the share is hidden.
        """
        if whole == 0:
            return None
        ours, theirs = self.count(part), self.count(whole)
        if isinstance(ours, str) or isinstance(theirs, str):
            return HIDDEN
        if part < whole and ours == theirs:
            if theirs < _SMALL_WHOLE:
                return HIDDEN
            ours -= _STEP
        return min(_THOUSAND, _THOUSAND * ours // theirs) / _THOUSAND

    def words(self, number: int) -> str:
        """Return a count for people: ``1,250``, ``*``."""
        shown = self.count(number)
        return shown if isinstance(shown, str) else f"{shown:,}"

    def may_name(self, number: int) -> bool:
        """Whether a code or label that so many records, or people, have may be shown."""
        return self.exact or number > MOST_HIDDEN


def percent_of(share: float | str | None) -> str:
    """Return a share for people, cut off: ``98 %``, ``*``, ``–`` of nothing."""
    if share is None:
        return "–"
    return share if isinstance(share, str) else f"{round(share * _THOUSAND) // 10} %"


def _rounded(number: int) -> int:
    """The nearest multiple of five."""
    return (number + _STEP // 2) // _STEP * _STEP
