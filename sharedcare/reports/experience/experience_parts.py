"""What a text on chains is made of: every part with its words, ready to be written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttributeView:
    """One thing that people feel: how it is carried, and what hurts it.

    ``full`` says the same of each need as a planner is told it.
    """

    id: str
    name: str
    look: str
    stand: str
    carried: str
    hurt: tuple[str, ...]
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One activity: who does it, what it gives or supports, and what is wrong with it."""

    id: str
    name: str
    look: str
    stand: str
    who: str
    gives: str
    support: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    """One chain, as a row of a table."""

    behind: str
    seen: str
    felt: str
    look: str
    stand: str
    why: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A chain to measure: where it leads, and what to count at each link."""

    title: str
    stand: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MendingView:
    """What something does to the chains."""

    title: str
    headline: str
    mended: tuple[str, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    attributes: tuple[str, ...]
    after: tuple[ChainView, ...]


@dataclass(frozen=True, slots=True)
class ExperienceView:
    """Everything that is said of one landscape's chains."""

    title: str
    as_of: str
    naming: str
    headline: tuple[str, ...]
    attributes: tuple[AttributeView, ...]
    front: tuple[ActivityView, ...]
    behind: tuple[ActivityView, ...]
    chains: tuple[ChainView, ...]
    differing: tuple[str, ...]
    untested: tuple[str, ...]
    alone: tuple[str, ...]
    costs: tuple[str, ...]
    measures: tuple[MeasureView, ...]
    limits: tuple[str, ...]
    mending: MendingView | None
