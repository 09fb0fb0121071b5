"""Gaps: why what is not shown may still exist, so that a blank must not be read as a no.

Each gap names what leaves it open (the record, a flow, the way in which a role uses a system) and
what is said of it; where somebody has to tell how large it is and nobody has, that is not known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from sharedcare.flows.meaning.feeds import carried_entry, told
from sharedcare.flows.meaning.sights import Sight
from sharedcare.flows.sources import covering_entry
from sharedcare.landscape import Landscape
from sharedcare.landscape.entry import Period
from sharedcare.quantities import YEAR, Duration, Range, Share, Unknown

#: A way that reaches back this far is not told as a window. Ours.
WHOLE_LIFE = 10 * YEAR


#: How far back something reaches, as it is declared.
History = Duration | Range[Duration] | Unknown | None


class GapKind(Enum):
    """What may hide something that exists."""

    WINDOW = "only a window of time is shown"
    NOT_FOR_ALL = "the source does not hold it for everybody"
    FIELDS = "fields of it may be blank"
    WITHHELD = "part of it is held back"
    NOT_ALL_REACHED = "it does not come for everybody"
    OBJECTIONS = "people who object are not shown"
    PERHAPS = "whether it comes at all is not known"
    MISSING = "a source's part does not come"
    NO_COVER = "a source's part may not be passed on"


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why a blank is no negative.

    ``organisation`` is whose part it is in; ``about`` is ``kind.id`` of the entry that leaves the
    gap; ``said`` is what that entry says of it, None where it is not known.
    """

    kind: GapKind
    organisation: str
    about: str
    said: str | None


def gaps_in_sight(landscape: Landscape, sight: Sight) -> tuple[Gap, ...]:
    """What may hide something on the way by which a role sees a part, in order of kind."""
    found = dict.fromkeys(
        (
            *_window(landscape, sight),
            *_held(landscape, sight),
            *_on_the_way(landscape, sight),
            *_objections(landscape, sight),
            *_perhaps(sight),
        )
    )
    return in_order(found)


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps in order of kind, else as they come."""
    order = list(GapKind)
    return tuple(sorted(gaps, key=lambda gap: order.index(gap.kind)))


def _window(landscape: Landscape, sight: Sight) -> Iterator[Gap]:
    """How far back it reaches, where that is short of a whole life or was said to be unknown."""
    if sight.history.high < WHOLE_LIFE or _is_open(landscape, sight):
        about, said = narrowest_window(landscape, sight) or (f"systems.{sight.system}", None)
        yield Gap(GapKind.WINDOW, sight.organisation, about, said)


def _is_open(landscape: Landscape, sight: Sight) -> bool:
    """Whether somebody was asked how far back it reaches, and it is not known."""
    return any(isinstance(history, Unknown | Range) for _, history in _histories(landscape, sight))


def _histories(landscape: Landscape, sight: Sight) -> Iterator[tuple[str, History]]:
    system = landscape.systems[sight.system]
    held = covering_entry(system.holds, sight.category)
    if held is not None:
        yield f"systems.{sight.system}", system.holds[held].history
    for flow_id in sight.flows:
        yield f"flows.{flow_id}", landscape.flows[flow_id].history


def narrowest_window(landscape: Landscape, sight: Sight) -> tuple[str, str | None] | None:
    """The entry that lets through the shortest time, and that time as it is written.

    Where none is known, the first that is said to be unknown; None where nobody says any.
    """
    said = list(_histories(landscape, sight))
    known = [
        (_longest(history), about, str(history)) for about, history in said if _is_known(history)
    ]
    if known:
        _, about, words = min(known)
        return about, words
    unknown = (about for about, history in said if isinstance(history, Unknown))
    return next(((about, None) for about in unknown), None)


def _is_known(history: History) -> bool:
    return isinstance(history, Duration | Range)


def _longest(history: History) -> Duration:
    """The longest that a history that is known may be."""
    end = history.high if isinstance(history, Range) else history
    return end if isinstance(end, Duration) else Duration(Fraction(0))


def _held(landscape: Landscape, sight: Sight) -> Iterator[Gap]:
    """What the record itself leaves open."""
    system = landscape.systems[sight.system]
    held = covering_entry(system.holds, sight.category)
    if held is None:
        return
    holding, about = system.holds[held], f"systems.{sight.system}"
    yield from _short(GapKind.NOT_FOR_ALL, sight.organisation, about, holding.completeness)
    yield from _worded(GapKind.FIELDS, sight.organisation, about, holding.may_be_blank)


def _on_the_way(landscape: Landscape, sight: Sight) -> Iterator[Gap]:
    """What flows hold back, and whom they and the use at the end do not reach."""
    for flow_id in sight.flows:
        flow, about = landscape.flows[flow_id], f"flows.{flow_id}"
        carried = carried_entry(flow, sight.category)
        if carried is not None:
            yield from _worded(GapKind.WITHHELD, sight.organisation, about, carried.withheld)
        for share in (flow.reach, flow.match_rate):
            yield from _short(GapKind.NOT_ALL_REACHED, sight.organisation, about, share)


def _objections(landscape: Landscape, sight: Sight) -> Iterator[Gap]:
    for agreement_id in lasting_covers(landscape, sight):
        said = told(landscape.agreements[agreement_id].objections)
        if said is not None:
            yield Gap(GapKind.OBJECTIONS, sight.organisation, f"agreements.{agreement_id}", said)


def lasting_covers(landscape: Landscape, sight: Sight) -> tuple[str, ...]:
    """The agreements under which something comes: for each hop the one that lasts longest."""
    agreements = landscape.agreements
    found = (
        max(reversed(covers), key=lambda key: _last_day(agreements[key].valid))
        for covers in sight.covers
        if covers
    )
    return tuple(dict.fromkeys(found))


def _last_day(period: Period | None) -> date:
    """The last day of a period for comparison: without an end the last that there is."""
    until = period.until if period is not None else None
    return until if isinstance(until, date) else date.max


def _perhaps(sight: Sight) -> Iterator[Gap]:
    if not sight.certain:
        about = f"flows.{sight.flows[-1]}" if sight.flows else f"systems.{sight.system}"
        yield Gap(GapKind.PERHAPS, sight.organisation, about, None)


def _short(kind: GapKind, organisation: str, about: str, share: object) -> Iterator[Gap]:
    """A gap where a share is short of everybody, or written as not known."""
    if isinstance(share, Unknown):
        yield Gap(kind, organisation, about, None)
    elif isinstance(share, Range) or (isinstance(share, Share) and share.value < 1):
        yield Gap(kind, organisation, about, str(share))


def _worded(kind: GapKind, organisation: str, about: str, text: str | None) -> Iterator[Gap]:
    """A gap where a text tells of one, or says that it is not known."""
    if text is not None and text.casefold() == "unknown":
        yield Gap(kind, organisation, about, None)
    elif told(text) is not None:
        yield Gap(kind, organisation, about, text)
