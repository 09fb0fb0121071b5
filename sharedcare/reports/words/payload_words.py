"""What payloads show, and where the profile says otherwise, in sentences."""

from collections.abc import Sequence

from sharedcare.fhir.harmonise.disclosure import Disclosure
from sharedcare.fhir.harmonise.terminologies import Way, as_uri, name_of
from sharedcare.landscape.data_categories import covers
from sharedcare.measured.completeness import essentials
from sharedcare.measured.differences import Difference, DifferenceKind
from sharedcare.measured.figures import forms_words, percent_words
from sharedcare.measured.forms import FEWEST_FACTS
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.payloads import Payloads
from sharedcare.measured.thresholds import COMPLETE_SHARE, FORM_SHARE, IDENTIFIED
from sharedcare.reports.words.figures import listed, percent
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Outcome

#: How what was measured becomes a form, with the thresholds that the code goes by.
FORM_RULE = (
    f"A category is coded if at least {percent(FORM_SHARE)} of its records have a code that more "
    "than one partner can look up; structured if that many have at least a code of somebody's own; "
    "text if that many are at least words; else it is a document. Records that do not say what "
    f"they are about count in none of these. Of fewer than {FEWEST_FACTS} records no form is told, "
    "and payloads cannot show more than coded."
)
COMPLETE_RULE = (
    f"Enough is {percent(COMPLETE_SHARE)} of the records that could say whom, what and when, and a "
    f"system knows people by their NHS number if at least {percent(IDENTIFIED)} of them have a "
    "valid one."
)
SMALL_COUNTS = (
    "Counts of one to seven are shown as * and others rounded to the nearest five; shares are made "
    "of rounded counts, and what is decided by exact ones."
)

#: Why no form is told.
TOO_FEW = "too few records say what they are about"
NO_CODE = "its records have no code to look at"
ELSEWHERE = "its codes stand in other resources, which are looked up in the same Bundle alone"

ANSWERS = {
    Outcome.MET: "yes",
    Outcome.NOT_MET: "no",
    Outcome.NOT_EVIDENCED: "not known",
    Outcome.NOT_APPLICABLE: "does not apply",
}


def answer_words(outcome: Outcome | None) -> str:
    """An answer to a criterion, as people say it; None where there was nothing to count."""
    return "nothing to count" if outcome is None else ANSWERS[outcome]


def code_system_words(code_systems: Sequence[str]) -> str:
    """Code systems by their names for people."""
    return listed([name_of(as_uri(one)) for one in code_systems], most=3)


def form_words(found: MeasuredHolding, shown: Disclosure) -> str:
    """The measured form with its figures: ``text (1,250 records, 40 % coded and 60 % text)``."""
    figures = forms_words(found, shown)
    if found.form is None:
        return f"not told ({figures or _why_not(found)})"
    return f"{found.forms.form.word if found.forms.form else ''} ({figures})"


def _why_not(found: MeasuredHolding) -> str:
    if not found.counts.asked["code"]:
        return NO_CODE
    return ELSEWHERE if found.counts.ways[Way.REFERENCE] >= FEWEST_FACTS else TOO_FEW


def gaps_words(found: MeasuredHolding, shown: Disclosure) -> str:
    """Whom, what and when, each with the share of records that say it."""
    return "; ".join(
        f"{one.what} {percent_words(shown, one.present, one.of)}" for one in essentials(found)
    )


def late_words(found: MeasuredHolding, shown: Disclosure) -> str:
    """How many records were made on the day, within a week, and later."""
    days = {day: count for day, count in found.counts.lateness.items() if day >= 0}
    whole = sum(days.values())
    if not whole:
        return ""
    at_once = percent_words(shown, days.get(0, 0), whole)
    week = percent_words(shown, sum(n for day, n in days.items() if day > _WEEK), whole)
    between = sum(count for day, count in days.items() if 0 < day <= _WEEK)
    within = percent_words(shown, between, whole)
    return f"{at_once} the same day, {within} within a week, {week} later"


_WEEK = 7


def difference_words(found: Difference, payloads: Payloads, names: Names) -> str:
    """Where the profile and payloads part: both, with the figures.

    What was not found is told of a system as one, by :func:`not_found_words`.
    """
    return _WORDS[found.kind](found, payloads, names)


def not_found_words(system: str, categories: Sequence[str], names: Names) -> str:
    """What is declared of a system, and of which nothing was in its payloads."""
    labels = [names.landscape.category_label(category) for category in categories]
    return (
        f"{names.landscape.label('systems', system)}, {listed(labels)}: declared, and nothing of "
        "it was in what was read. Ask for a fuller extract; until then it stays as declared."
    )


def _figures(found: Difference, payloads: Payloads) -> str:
    """What was measured of the category, or of the part of it that is held."""
    bearing = (
        one
        for one in payloads.holdings[found.system]
        if one.found
        and (covers(one.category, found.category) or covers(found.category, one.category))
    )
    figures = (forms_words(one, payloads.shown) for one in bearing)
    return next((f" ({told})" for told in figures if told), "")


def _what(found: Difference, names: Names) -> str:
    return f"{_system(found, names)}, {names.landscape.category_label(found.category)}"


def _system(found: Difference, names: Names) -> str:
    return names.landscape.label("systems", found.system)


def _form(found: Difference, payloads: Payloads, names: Names) -> str:
    said, sent = found.declared[0], found.measured[0]
    return (
        f"{_what(found, names)}: declared as {said}, sent as {sent}{_figures(found, payloads)}. "
        "Code it at the source, or declare what is so."
    )


def _better(found: Difference, payloads: Payloads, names: Names) -> str:
    said, sent = found.declared[0], found.measured[0]
    return (
        f"{_what(found, names)}: sent as {sent}{_figures(found, payloads)}, which is more than the "
        f"{said} that is declared."
    )


def _flow(found: Difference, payloads: Payloads, names: Names) -> str:
    flow = names.landscape.flows[found.about.removeprefix("flows.")]
    way = f"{names.landscape.place_label(flow.from_)} to {names.landscape.place_label(flow.to)}"
    said, sent = found.declared[0], found.measured[0]
    return (
        f"The flow from {way}, {names.landscape.category_label(found.category)}: declared to carry "
        f"it as {said}, and its sender sends it as {sent}{_figures(found, payloads)}."
    )


def _codes(found: Difference, _payloads: Payloads, names: Names) -> str:
    said, sent = code_system_words(found.declared), code_system_words(found.measured)
    return f"{_what(found, names)}: declared in {said}, coded in {sent}."


def _identifier(found: Difference, payloads: Payloads, names: Names) -> str:
    people = payloads.systems[found.system].patients
    share = percent_words(payloads.shown, people["valid"], people["all"])
    return (
        f"{_system(found, names)}: declared to know people by their NHS number, and {share} of "
        f"{payloads.shown.words(people['all'])} people have a valid one. Trace the others."
    )


def _undeclared(found: Difference, payloads: Payloads, names: Names) -> str:
    held = payloads.of(found.system, found.category)
    records = payloads.shown.words(held.counts.records) if held else "*"
    return (
        f"{_what(found, names)}: {records} records were sent, and the profile does not say that "
        "the system holds or passes on any. Declare it, or stop sending it."
    )


_WORDS = {
    DifferenceKind.FORM: _form,
    DifferenceKind.BETTER_FORM: _better,
    DifferenceKind.FLOW_FORM: _flow,
    DifferenceKind.IDENTIFIER: _identifier,
    DifferenceKind.CODE_SYSTEM: _codes,
    DifferenceKind.UNDECLARED: _undeclared,
}
