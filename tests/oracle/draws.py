"""Seeded draws of the values of a random landscape, most of them harmless.

A landscape has a theme, which makes a few families of condition *rough*: slips are common there
and rare elsewhere. So most failures have one cause, and every rule comes to decide needs alone.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tests.oracle.values import UNKNOWN

Value = TypeVar("Value")

THEMES: dict[str, tuple[str, ...]] = {
    "plain": (),
    "agreed": ("parties", "scope", "unknown_law"),
    "lawful": ("lawful",),
    "signed": ("signed", "unknown_law"),
    "processors": ("parties",),
    "live": ("live", "unknown_live"),
    "carry": ("carry", "form"),
    "form": ("form", "unsaid_form"),
    "history": ("history", "unsaid_history"),
    "capacity": ("capacity",),
    "identity": ("identity",),
    "age": ("age",),
    "wait": ("wait",),
    "people": (),
    "hands": ("rekey", "unsaid_rekeyed"),
    "reach": ("reach",),
    "access": ("access",),
    "sources": ("sources", "unknown_sources"),
    "modes": ("mode",),
    "intervals": ("interval",),
    "unknown": ("unknown_time", "unknown_share", "unknown_form", "unknown_history"),
    "silence": ("unsaid_time", "unsaid_form", "unsaid_history"),
}
"""Each theme with the families that it makes rough."""

FAMILIES = tuple(sorted({family for families in THEMES.values() for family in families}))
OFTEN = ("processors", "processors", "people", "people", "wait", "hands", "history")
"""Themes whose rules decide seldom, drawn so many times more often."""

SECOND_THEME_CHANCE = 0.35
ROUGH_CHANCE = 0.3
SMOOTH_CHANCE = 0.01
SHARES = (0.25, 0.5, "20 of 30", 0.9, "11 of 12", 0.95)
AS_OF = "2026-11-01"
PERIODS_NOW: tuple[dict[str, str], ...] = (
    {"from": "2025-04-01", "until": "2027-03-31"},
    {"from": "2025-04-01"},
    {"until": "2027-03-31"},
    {"from": AS_OF},
    {"until": AS_OF},
    {"from": AS_OF, "until": AS_OF},
)
PERIODS_NOT_NOW: tuple[dict[str, str], ...] = (
    {"from": "2026-11-02"},
    {"until": "2026-10-31"},
    {"from": "2024-01-01", "until": "2025-12-31"},
    {"from": "2027-01-01", "until": "2028-12-31"},
)
PERIODS_UNKNOWN: tuple[dict[str, str], ...] = (
    {"from": "2025-04-01", "until": UNKNOWN},
    {"from": UNKNOWN, "until": "2027-03-31"},
    {"from": UNKNOWN},
    {"until": UNKNOWN},
    {"from": "2026-11-02", "until": UNKNOWN},
    {"from": UNKNOWN, "until": "2026-10-31"},
)


class Draw:
    """The source of every random choice of one landscape."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        count = 2 if self.chance(SECOND_THEME_CHANCE) else 1
        self.themes = frozenset(rng.sample([*THEMES, *OFTEN], k=count))
        self.rough = frozenset(family for theme in self.themes for family in THEMES[theme])

    def chance(self, likelihood: float) -> bool:
        """True as often as said."""
        return self.rng.random() < likelihood

    def slips(self, family: str) -> bool:
        """Whether something goes wrong in a family of conditions; KeyError if there is none."""
        if family not in FAMILIES:
            raise KeyError(family)
        return self.chance(ROUGH_CHANCE if family in self.rough else SMOOTH_CHANCE)

    def is_about(self, *themes: str) -> bool:
        """Whether the landscape has one of the themes."""
        return not self.themes.isdisjoint(themes)

    def one(self, options: Sequence[Value]) -> Value:
        """One of the options, all alike."""
        return self.rng.choice(options)

    def some(self, options: Sequence[Value], fewest: int, most: int) -> list[Value]:
        """A few different options, in the order given."""
        count = min(len(options), self.rng.randint(fewest, most))
        chosen = sorted(self.rng.sample(range(len(options)), k=count))
        return [options[index] for index in chosen]

    def weighted(self, options: Mapping[Value, int]) -> Value:
        """One of the options, by weight."""
        return self.rng.choices(list(options), weights=list(options.values()))[0]

    def quantity(self, value: Any, scale: Sequence[Any], family: str) -> Any:
        """The value, or unknown by a family, or an interval on a scale from low to high."""
        if self.slips(family):
            return UNKNOWN
        if not self.slips("interval"):
            return value
        low, likely, high = sorted(self.rng.choices(range(len(scale)), k=3))
        return {"low": scale[low], "likely": scale[likely], "high": scale[high]}

    def share(self) -> Any:
        """A share, low by a slip; else seldom said, which None stands for."""
        if self.slips("reach"):
            return self.quantity(self.one(SHARES), SHARES, "unknown_share")
        if self.chance(0.25 if self.is_about("intervals", "unknown") else 0.08):
            return self.quantity(self.one(SHARES[3:]), SHARES, "unknown_share")
        return None

    def period(self, family: str, unknown_family: str) -> Any:
        """A `valid`, or None to leave it out."""
        if self.slips(unknown_family):
            return dict(self.one(PERIODS_UNKNOWN))
        if self.slips(family):
            return dict(self.one(PERIODS_NOT_NOW))
        return dict(self.one(PERIODS_NOW)) if self.chance(0.3) else None


def without_gaps(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something: what is None is left out of the profile."""
    return {name: value for name, value in fields.items() if value is not None}
