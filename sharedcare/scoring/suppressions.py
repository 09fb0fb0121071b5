"""Findings that are known and borne for a time.

A suppression silences, it never raises: levels, gates and the index count a borne finding as any
other; it is only not asked for in the roadmap. Once expired it does nothing, and that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sharedcare.findings import Finding
from sharedcare.landscape import Landscape


@dataclass(frozen=True, slots=True)
class SuppressionState:
    """A suppression of the profile and whether it holds on the day of the assessment.

    ``about`` narrows it to findings about one entry (``hub_asc`` or ``flows.hub_asc``).
    """

    id: str
    criterion: str
    about: str | None
    reason: str
    by: str | None
    until: date
    active: bool

    def bears(self, criterion: str, finding: Finding | None = None) -> bool:
        """Whether it silences a finding of a criterion, or the criterion as a whole."""
        if not self.active or self.criterion != criterion:
            return False
        if self.about is None:
            return True
        return finding is not None and self.about in _names(finding)


def _names(finding: Finding) -> tuple[str, ...]:
    _, _, entry = finding.about.partition(".")
    return tuple(name for name in (finding.about, entry, finding.organisation) if name)


def suppression_states(landscape: Landscape) -> tuple[SuppressionState, ...]:
    """Every suppression of the profile; the day named in it is the last on which it holds."""
    return tuple(
        SuppressionState(
            key, s.criterion, s.about, s.reason, s.by, s.until, landscape.as_of <= s.until
        )
        for key, s in landscape.suppressions.items()
    )


def is_borne(
    states: Sequence[SuppressionState], criterion: str, unmet: Sequence[Finding] = ()
) -> bool:
    """Whether a criterion, or each of its unmet findings, is borne."""
    if any(state.bears(criterion) for state in states):
        return True
    return bool(unmet) and all(
        any(state.bears(criterion, finding) for state in states) for finding in unmet
    )
