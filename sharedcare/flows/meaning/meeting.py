"""Meetings: for each item of each need, which organisations' parts come together at the role.

A part counts that the role can see or is told, even where it is too old or too coarse for the
need: what is seen is read, whether or not it is good enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sharedcare.flows.meaning.feeds import Feeds
from sharedcare.flows.meaning.sights import Sight, Sights
from sharedcare.flows.verdict import Judgement
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Purpose, Reason


@dataclass(frozen=True, slots=True)
class Meeting:
    """One item of one need: the parts of its sources that the role gets, and those it does not.

    ``missing`` holds, for each source of which nothing comes at all, the reasons.
    """

    need: str
    role: str
    category: str
    sights: tuple[Sight, ...]
    missing: tuple[tuple[str, tuple[Reason, ...]], ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        """The sources of which something comes, or may come."""
        return tuple(sight.organisation for sight in self.sights)

    @property
    def certain(self) -> frozenset[str]:
        """The sources of which something surely comes."""
        return frozenset(sight.organisation for sight in self.sights if sight.certain)


@dataclass
class Meetings:
    """The meetings of one landscape, each search made once."""

    landscape: Landscape
    judgement: Judgement

    @cached_property
    def feeds(self) -> Feeds:
        """The feeds of the landscape."""
        return Feeds(self.landscape)

    @cached_property
    def all(self) -> tuple[Meeting, ...]:
        """Every meeting, in the order of needs and items."""
        return tuple(self._found())

    def _found(self) -> Iterator[Meeting]:
        sights = Sights(self.landscape)
        known: dict[tuple[str, str, Purpose], list[Sight]] = {}
        for found in self.judgement.needs:
            need = self.landscape.needs[found.need]
            for item in found.items:
                key = (need.stakeholder, item.category, need.purpose)
                if key not in known:
                    known[key] = sights.anywhere(*key)
                sources = {source.organisation for source in item.sources}
                seen = tuple(sight for sight in known[key] if sight.organisation in sources)
                missing = sorted(sources - {sight.organisation for sight in seen})
                reasons = sights.reasons(*key, missing)
                yield Meeting(
                    need=found.need,
                    role=need.stakeholder,
                    category=item.category,
                    sights=seen,
                    missing=tuple((who, reasons.get(who, ())) for who in missing),
                )
