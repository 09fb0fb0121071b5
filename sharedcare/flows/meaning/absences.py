"""Absences: where a role sees some of a category, and what it does not see may still exist."""

from collections.abc import Iterator, Sequence

from sharedcare.flows.meaning.clash import Clash, ClashKind, Party
from sharedcare.flows.meaning.feeds import told
from sharedcare.flows.meaning.gaps import Gap, GapKind, gaps_in_sight, in_order
from sharedcare.flows.meaning.meeting import Meeting, Meetings
from sharedcare.flows.meaning.sights import Sight
from sharedcare.flows.relaxed import OF_LAW
from sharedcare.flows.sources import covering_entry
from sharedcare.landscape import Landscape

#: Kinds of gap that are known without anybody saying how large they are.
_SURE = (GapKind.MISSING, GapKind.NO_COVER)


def absences(meetings: Meetings) -> Iterator[Clash]:
    """Yield for each role and category why what is not shown to it may still exist."""
    by_role: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in meetings.all:
        by_role.setdefault((meeting.role, meeting.category), []).append(meeting)
    for (role, category), met in by_role.items():
        shown = {sight.organisation: sight for meeting in met for sight in meeting.sights}
        gaps = dict.fromkeys(_gaps(meetings.landscape, list(shown.values()), met))
        if shown and gaps:
            yield Clash(
                kind=ClashKind.ABSENCE,
                categories=(category,),
                parties=tuple(_blank(meetings.landscape, shown[key]) for key in sorted(shown)),
                certain=any(gap.said is not None or gap.kind in _SURE for gap in gaps),
                roles=(role,),
                needs=tuple(dict.fromkeys(meeting.need for meeting in met)),
                gaps=in_order(gaps),
            )


def _gaps(
    landscape: Landscape, shown: Sequence[Sight], meetings: Sequence[Meeting]
) -> Iterator[Gap]:
    """What may hide something in the parts that are shown, and the parts that are not."""
    for sight in shown:
        yield from gaps_in_sight(landscape, sight)
    for meeting in meetings:
        for organisation, reasons in meeting.missing:
            kind = GapKind.NO_COVER if OF_LAW & set(reasons) else GapKind.MISSING
            yield Gap(kind, organisation, f"organisations.{organisation}", None)


def _blank(landscape: Landscape, sight: Sight) -> Party:
    """What a source says that a blank means."""
    holds = landscape.systems[sight.system].holds
    held = covering_entry(holds, sight.category)
    said = told(holds[held].absence) if held is not None else None
    about = f"systems.{sight.system}"
    return Party(sight.organisation, sight.category, about, said, sight.certain)
