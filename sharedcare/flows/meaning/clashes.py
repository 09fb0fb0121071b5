"""Meaning: where one word stands for two things, feeds differ, or a blank would be misread.

A verdict says that information can arrive; it does not say that two parts of it mean the same, are
as fresh, or reach as far back. Here the parts of one category are laid beside each other: across
the landscape, and where they meet at one role. What is surely so is told from what may be so.
"""

from sharedcare.flows.meaning.absences import absences
from sharedcare.flows.meaning.clash import Clash, ClashKind, Party
from sharedcare.flows.meaning.differences import Comparison
from sharedcare.flows.meaning.gaps import Gap, GapKind
from sharedcare.flows.meaning.meeting import Meetings
from sharedcare.flows.verdict import Judgement
from sharedcare.landscape import Landscape

__all__ = [
    "Clash",
    "ClashKind",
    "Comparison",
    "Gap",
    "GapKind",
    "Meetings",
    "Party",
    "clashes",
    "clashes_at",
]


def clashes(landscape: Landscape, judgement: Judgement) -> tuple[Clash, ...]:
    """Find everything that does not go together: differences, and blanks that may be misread.

    What misleads most comes first; of each kind, what some need draws on.
    """
    return clashes_at(Meetings(landscape, judgement))


def clashes_at(meetings: Meetings) -> tuple[Clash, ...]:
    """Find the same, where it is known already which parts meet where."""
    found = (*Comparison(meetings).clashes(), *absences(meetings))
    return tuple(sorted(found, key=lambda clash: clash.order))
