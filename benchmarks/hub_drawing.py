"""A profile while it is drawn: the maps so far, and who is where."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
Declared = dict[str, Any]


@dataclass
class Drawing:
    """The maps drawn so far; ``random`` is the one source of chance.

    ``region_of`` tells the region of an organisation, ``main`` its main system, ``hubs`` the hub
    of each region, ``inside`` the systems of each region.
    """

    random: random.Random
    hubs: list[str]
    organisations: Declared = field(default_factory=dict)
    systems: Declared = field(default_factory=dict)
    stakeholders: Declared = field(default_factory=dict)
    flows: Declared = field(default_factory=dict)
    region_of: dict[str, int] = field(default_factory=dict)
    main: dict[str, str] = field(default_factory=dict)
    inside: list[list[str]] = field(default_factory=list)

    @property
    def regions(self) -> int:
        """How many regions there are."""
        return len(self.hubs)

    def chance(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random.random() < share

    def one(self, words: Sequence[T]) -> T:
        """One of several, each as likely."""
        return self.random.choice(words)

    def weighted(self, words: Mapping[T, int]) -> T:
        """One of several by their weights."""
        return self.random.choices(list(words), list(words.values()))[0]

    def some(self, words: Sequence[T], count: int) -> list[T]:
        """Several different ones, or all if there are not so many."""
        return self.random.sample(words, min(count, len(words)))

    def region(self, place: str) -> int:
        """The region of a system or stakeholder."""
        found = self.systems.get(place) or self.stakeholders[place]
        return self.region_of[found["organisation"]]
