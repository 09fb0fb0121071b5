"""How soon what happened was recorded, held against a limit.

Payloads tell it in whole days between two dates: a record of the next day may be minutes late or
nearly two days. So some records are surely in time, some surely late, and of the rest nothing is
known.
"""

from dataclasses import dataclass
from fractions import Fraction

from sharedcare.fhir.harmonise.clashes import is_event
from sharedcare.measured.forms import FEWEST_FACTS
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.thresholds import COMPLETE_SHARE
from sharedcare.vocabulary import Outcome

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Timed:
    """Records with both dates: ``in_time`` and ``late`` are those of which that is sure."""

    records: int
    in_time: int
    late: int

    @property
    def outcome(self) -> Outcome:
        """Whether enough of them were in time."""
        if self.in_time >= COMPLETE_SHARE * self.records:
            return Outcome.MET
        at_best = self.records - self.late
        is_late = at_best < COMPLETE_SHARE * self.records
        return Outcome.NOT_MET if is_late else Outcome.NOT_EVIDENCED


def timed(found: MeasuredHolding, limit: Fraction) -> Timed | None:
    """Hold records against a limit in seconds.

    None where it is of no category whose facts happen on a day, or of too few records. What was
    recorded before it happened is left out.
    """
    days = {day: count for day, count in found.counts.lateness.items() if day >= 0}
    records = sum(days.values())
    if records < FEWEST_FACTS or not all(map(is_event, found.found)):
        return None
    return Timed(
        records,
        in_time=sum(count for day, count in days.items() if (day + 1) * _DAY <= limit),
        late=sum(count for day, count in days.items() if (day - 1) * _DAY >= limit),
    )
