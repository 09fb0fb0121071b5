"""What the profile says of one fact, as a finding.

What is said speaks for itself; ``none``, ``no`` and an empty list say that there is nothing; a line
that is left out, or says ``unknown``, is silence, and silence is neither yes nor no.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sharedcare.evidence import at_least, naming
from sharedcare.findings import Finding
from sharedcare.quantities import Range, Share, Unknown, number_words
from sharedcare.vocabulary import Outcome

_ORDER = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.MET)


def named(
    said: object, what: str, about: str, name: str, organisation: str | None = None
) -> Finding:
    """Answer whether ``what`` is named of the entry ``about``, which people call ``name``."""
    words = _words(said)
    outcome = naming(words)
    fact = {Outcome.MET: words, Outcome.NOT_MET: "said to be none"}.get(outcome, "not known")
    return Finding(outcome, about, f"{name}: {what} is {fact}.", organisation)


def _words(said: object) -> str | None:
    if isinstance(said, Unknown):
        return said.value
    if isinstance(said, tuple):
        return ", ".join(map(str, said)) or None
    return None if said is None else str(said)


def share_reaches(
    said: Share | Range[Share] | Unknown | None,
    least: Fraction,
    what: str,
    *,
    about: str,
    name: str,
    organisation: str | None = None,
) -> Finding:
    """Say whether a share that the profile gives is as high as it should be."""
    limit = f"{percent(least)} is asked for"
    if said is None or isinstance(said, Unknown):
        message = f"{name}: {what} is not known; {limit}."
    else:
        message = f"{name}: {what} is {said}; {limit}."
    return Finding(at_least(said, Share(least)), about, message, organisation)


def percent(share: Fraction) -> str:
    """Write a share as a percentage."""
    return f"{number_words(share * 100)} %"


def within(day: date | Unknown | None, as_of: date, days: int) -> Outcome:
    """Whether a day lies in the ``days`` up to ``as_of``; a later one tells nothing."""
    if not isinstance(day, date) or day > as_of:
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if (as_of - day).days <= days else Outcome.NOT_MET


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """The answer that is nearest to met: one of several things is enough."""
    return max(outcomes, key=_ORDER.index, default=Outcome.NOT_MET)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The answer that is furthest from met: every one of several things is asked for."""
    return min(outcomes, key=_ORDER.index, default=Outcome.MET)
