"""What the profile says of one fact, as a finding: said, said not to be, unknown, left out.

Two kinds of question are told apart. Where the plan itself is asked (is an owner named?), leaving
it out is the fault. Where the world is asked (how many are trained?), leaving it out is silence,
and silence is neither yes nor no.
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
    """Ask the plan: whether it says ``what`` of the entry ``about``, which people call ``name``.

    The text ``none`` says that there is no such thing, ``unknown`` that nobody has told.
    """
    words = _words(said)
    fact = {
        Outcome.MET: f"{what} is {words}",
        Outcome.NOT_MET: f"{what} is {'said to be none' if words else 'not said'}",
        Outcome.NOT_EVIDENCED: f"{what} is said to be unknown",
    }
    outcome = naming(words)
    return Finding(outcome, about, f"{name}: {fact[outcome]}.", organisation)


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
    """Ask the world: whether a share that the profile gives is as high as it should be."""
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
    """Ask the world: whether a day lies in the ``days`` up to ``as_of``; a later tells nothing."""
    if not isinstance(day, date) or day > as_of:
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if (as_of - day).days <= days else Outcome.NOT_MET


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """The answer that is nearest to met: one of several things is enough."""
    return max(outcomes, key=_ORDER.index, default=Outcome.NOT_MET)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The answer that is furthest from met: every one of several things is asked for."""
    return min(outcomes, key=_ORDER.index, default=Outcome.MET)
