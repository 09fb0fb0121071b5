"""A mark says the same thing three times: by symbol, by word and by colour."""

from enum import Enum

from sharedcare.flows.verdict import GRAVEST_FIRST
from sharedcare.vocabulary import Outcome, Verdict


class Mark(Enum):
    """A symbol, words, and the name of its look in a style sheet."""

    MET = ("●", "met", "met")
    PARTLY_MET = ("◐", "partly met", "partly")
    UNMET = ("○", "unmet", "unmet")
    UNDETERMINED = ("?", "undetermined", "open")
    NOT_MET = ("○", "not met", "unmet")
    NOT_KNOWN = ("?", "not known", "open")
    NOT_ASSESSED = ("–", "not assessed", "none")
    NOT_APPLICABLE = ("–", "does not apply", "none")

    @property
    def symbol(self) -> str:
        """One character that is told apart without colour."""
        return self.value[0]

    @property
    def words(self) -> str:
        """The mark as a sentence writes it."""
        return self.value[1]

    @property
    def look(self) -> str:
        """The name of the colours and of the pattern that it is drawn with."""
        return self.value[2]

    @property
    def text(self) -> str:
        """Symbol and words."""
        return f"{self.symbol} {self.words}"


_OF_VERDICT = {
    Verdict.MET: Mark.MET,
    Verdict.PARTLY_MET: Mark.PARTLY_MET,
    Verdict.UNMET: Mark.UNMET,
    Verdict.UNDETERMINED: Mark.UNDETERMINED,
}

_OF_OUTCOME = {
    Outcome.MET: Mark.MET,
    Outcome.NOT_MET: Mark.NOT_MET,
    Outcome.NOT_EVIDENCED: Mark.NOT_KNOWN,
    Outcome.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
}


def mark_of(found: Verdict | Outcome) -> Mark:
    """Return the mark of a verdict on a need or of the outcome of a criterion."""
    return _OF_VERDICT[found] if isinstance(found, Verdict) else _OF_OUTCOME[found]


def gravity(verdict: Verdict) -> int:
    """Where a verdict stands among those to look at, 0 first."""
    return GRAVEST_FIRST.index(verdict)
