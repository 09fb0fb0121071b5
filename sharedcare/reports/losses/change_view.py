"""A verdict that is another than before, as people read it: which need, from what, to what."""

from collections.abc import Iterable
from dataclasses import dataclass

from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.verdict_change import Direction, VerdictChange
from sharedcare.flows.verdict import NeedVerdict
from sharedcare.landscape import Landscape
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.vocabulary import Verdict

NOT_PROVEN = "not proven: a search limit was reached"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One need whose verdict changes; ``mark`` is that of the verdict after."""

    need: str
    title: str
    safety_critical: bool
    before: str
    after: str
    mark: Mark

    @property
    def words(self) -> str:
        """Who needs what, and what becomes of it."""
        critical = " (safety-critical)" if self.safety_critical else ""
        return f"{self.title}{critical}: {self.before} → {self.after}"


def change_views(
    landscape: Landscape, changes: Iterable[VerdictChange], ways: Iterable[Direction]
) -> tuple[ChangeView, ...]:
    """The changes that went some ways: safety-critical needs first, then by weight."""
    wanted = set(ways)
    ordered = sorted(
        (change for change in changes if change.direction in wanted),
        key=lambda change: (
            not landscape.needs[change.need].safety_critical,
            -landscape.needs[change.need].weight,
        ),
    )
    return tuple(_view(landscape, change) for change in ordered)


def _view(landscape: Landscape, change: VerdictChange) -> ChangeView:
    return ChangeView(
        need=change.need,
        title=need_label(landscape, change.need),
        safety_critical=landscape.needs[change.need].safety_critical,
        before=extent_words(change.before),
        after=extent_words(change.after),
        mark=mark_of(change.after.verdict),
    )


def verdict_words(found: NeedVerdict | None) -> str:
    """Write how a need stands; None where nobody asks for it."""
    if found is None:
        return "not asked for"
    return extent_words(Extent(found.low, found.high, found.proven))


def extent_words(extent: Extent) -> str:
    """Write how a need stands: ``met``, or between which verdicts it is open."""
    if not extent.proven:
        return NOT_PROVEN
    if extent.verdict is Verdict.UNDETERMINED:
        return f"undetermined ({extent.low.words} at worst, {extent.high.words} at best)"
    return extent.verdict.words
