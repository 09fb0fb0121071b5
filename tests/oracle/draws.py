"""Seeded draws of the values of a random landscape, most of them harmless.

A landscape has a few *rough* families of condition, in which slips are common; elsewhere they
are rare. So most failures have one cause, and every rule comes to decide something alone.
"""

import random
from collections.abc import Sequence
from typing import Any, TypeVar

from tests.oracle.values import UNKNOWN

Value = TypeVar("Value")

FAMILIES = (
    "access",
    "capacity",
    "carry",
    "form",
    "history",
    "identity",
    "interval",
    "lawful",
    "live",
    "mode",
    "parties",
    "reach",
    "rekey",
    "scope",
    "signed",
    "sources",
    "time",
    "unknown",
    "unsaid",
)
ROUGH_CHANCE = 0.3
SMOOTH_CHANCE = 0.012
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
        self.rough = frozenset(rng.sample(FAMILIES, k=rng.choice((0, 1, 1, 2, 2, 3))))

    def chance(self, likelihood: float) -> bool:
        """True as often as said."""
        return self.rng.random() < likelihood

    def slips(self, family: str) -> bool:
        """Whether something goes wrong in a family of conditions."""
        return self.chance(ROUGH_CHANCE if family in self.rough else SMOOTH_CHANCE)

    def one(self, options: Sequence[Value]) -> Value:
        """One of the options, all alike."""
        return self.rng.choice(options)

    def some(self, options: Sequence[Value], fewest: int, most: int) -> list[Value]:
        """A few different options, in the order given."""
        count = min(len(options), self.rng.randint(fewest, most))
        chosen = sorted(self.rng.sample(range(len(options)), k=count))
        return [options[index] for index in chosen]

    def weighted(self, options: dict[Value, int]) -> Value:
        """One of the options, by weight."""
        return self.rng.choices(list(options), weights=list(options.values()))[0]

    def quantity(self, value: Any, scale: Sequence[Any]) -> Any:
        """The value, or unknown, or an interval on a scale given from low to high."""
        if self.slips("unknown"):
            return UNKNOWN
        if not self.slips("interval"):
            return value
        low, likely, high = sorted(self.rng.choices(range(len(scale)), k=3))
        return {"low": scale[low], "likely": scale[likely], "high": scale[high]}

    def period(self, family: str) -> Any:
        """A `valid`, or None to leave it out."""
        if self.slips("unknown"):
            return self.one(PERIODS_UNKNOWN)
        if self.slips(family):
            return self.one(PERIODS_NOT_NOW)
        return self.one(PERIODS_NOW) if self.chance(0.3) else None


def without_gaps(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something: what is None is left out of the profile."""
    return {name: value for name, value in fields.items() if value is not None}
