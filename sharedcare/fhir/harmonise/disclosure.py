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
        """Return a share of what may be shown, to a thousandth; None of nothing."""
        if whole == 0:
            return None
        ours, theirs = self.count(part), self.count(whole)
        if isinstance(ours, str) or isinstance(theirs, str):
            return HIDDEN
        return round(min(1.0, ours / theirs), 3)

    def words(self, number: int) -> str:
        """Return a count for people: ``1,250``, ``*``."""
        shown = self.count(number)
        return shown if isinstance(shown, str) else f"{shown:,}"

    def may_name(self, number: int) -> bool:
        """Whether a code or label that so many records have may be shown."""
        return self.exact or number > MOST_HIDDEN

    def percent(self, part: int, whole: int) -> str:
        """Return a share for people: ``98 %``, ``*``, ``–`` of nothing."""
        share = self.share(part, whole)
        if share is None:
            return "–"
        return share if isinstance(share, str) else f"{share * 100:.0f} %"


def _rounded(number: int) -> int:
    """The nearest multiple of five."""
    return (number + _STEP // 2) // _STEP * _STEP
