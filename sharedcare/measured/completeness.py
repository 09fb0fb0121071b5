"""How complete what was sent is: whom, what and when; and for whom there is an entry at all."""

from dataclasses import dataclass

from sharedcare.fhir.harmonise.clashes import is_event
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.measured.forms import FEWEST_FACTS
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.thresholds import COMPLETE_SHARE

#: Categories of which everybody has an entry, be it that there is nothing. Of anything else a
#: person may well have none, and then nothing can be told from the people who have none.
EVERYBODY = frozenset({"allergies"})


@dataclass(frozen=True, slots=True)
class Filled:
    """Records that say something, of those that could; or people who have an entry, of all.

    ``what`` is ``whom``, ``what``, ``when`` or ``people``.
    """

    what: str
    present: int
    of: int

    @property
    def is_enough(self) -> bool:
        """Whether it is there often enough."""
        return self.present >= COMPLETE_SHARE * self.of


def essentials(found: MeasuredHolding) -> tuple[Filled, ...]:
    """Whom, what and when: each of which enough records were sent that could say it.

    Of what happens on a day, *when* is that day; of what lasts, when it began or was recorded.
    """
    dates = ("occurred",) if all(map(is_event, found.found)) else ("occurred", "recorded")
    made = (
        *_filled(found, "whom", ("person",)),
        *_filled(found, "what", ("code",)),
        *_filled(found, "when", dates),
    )
    return tuple(one for one in made if one.of >= FEWEST_FACTS)


def _filled(found: MeasuredHolding, what: str, elements: tuple[str, ...]) -> tuple[Filled, ...]:
    """The element that is there most often; none where no record could have it."""
    counts = found.counts
    could = [element for element in elements if counts.asked[element]]
    if not could:
        return ()
    best = max(could, key=lambda element: counts.present[element])
    return (Filled(what, counts.present[best], counts.asked[best]),)


def people(found: MeasuredHolding, counters: Counters) -> Filled | None:
    """People of whom there is an entry, of all that were sent; None where that tells nothing."""
    whole = counters.patients["all"]
    if found.category not in EVERYBODY or whole < FEWEST_FACTS or found.counts.people.is_sample:
        return None
    return Filled("people", min(whole, found.counts.people.distinct), whole)
