"""What payloads show of one fact, beside what the profile says of it (:mod:`.said`).

Without payloads of a system there is nothing here, and what the profile says holds alone.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sharedcare.dimensions.said import worst
from sharedcare.evidence import Evidence
from sharedcare.measured.thresholds import NHS_NUMBER
from sharedcare.vocabulary import Form, Outcome


def forms_sent(
    evidence: Evidence, systems: Iterable[str], category: str
) -> Iterator[tuple[Form, str]]:
    """In which form each of some systems sends a category, with the figures.

    A system of which that was not measured is left out.
    """
    for system in dict.fromkeys(systems):
        found = evidence.payloads.of(system, category) if evidence.payloads else None
        if evidence.payloads is None or found is None or found.form is None:
            continue
        from sharedcare.measured.figures import forms_words  # only where payloads were measured

        words = forms_words(found, evidence.payloads.shown)
        yield found.form, f"{evidence.name('systems', system)} sends {words}"


def measured_words(figures: Iterable[str]) -> str:
    """Figures as a sentence to follow another; none of no figures."""
    told = "; ".join(dict.fromkeys(figures))
    return f" Measured: {told}." if told else ""


def domains_known(evidence: Evidence, system: str) -> tuple[set[str] | None, str]:
    """By what a system knows people: as declared, with the NHS number as it was measured.

    None where that is not known. Beside it stand the figures, empty where payloads say nothing.
    """
    domains = evidence.landscape.systems[system].identity_domains
    known = set(domains) if isinstance(domains, tuple) and domains else None
    counters = evidence.payloads.systems.get(system) if evidence.payloads else None
    if evidence.payloads is None or counters is None:
        return known, ""
    from sharedcare.measured.differences import identified
    from sharedcare.measured.figures import percent_words

    has_it = identified(counters)
    if has_it is None or (not has_it and NHS_NUMBER not in (known or ())):
        return known, ""
    people, shown = counters.patients, evidence.payloads.shown
    share = percent_words(shown, people["valid"], people["all"])
    whose = f"{share} of {shown.words(people['all'])} people"
    figures = f"in {evidence.name('systems', system)}, {whose} have a valid NHS number"
    others = (known or set()) - {NHS_NUMBER}
    return (others | {NHS_NUMBER} if has_it else others), figures


def completeness_sent(
    evidence: Evidence, system: str, category: str, declared: Outcome
) -> tuple[Outcome, str]:
    """Whether a system holds a category for nearly everybody, and says whom, what and when.

    ``declared`` is the answer of the profile: payloads confirm it only where everybody has an
    entry, and contradict it where what was sent has gaps. The figures are empty where payloads say
    nothing.
    """
    found = evidence.payloads.of(system, category) if evidence.payloads else None
    if evidence.payloads is None or found is None:
        return declared, ""
    from sharedcare.measured.completeness import essentials, people
    from sharedcare.measured.figures import filled_words

    everybody = people(found, evidence.payloads.systems[system])
    held = declared
    if everybody is not None:
        held = Outcome.MET if everybody.is_enough else Outcome.NOT_MET
    filled = (*essentials(found), *((everybody,) if everybody else ()))
    lacking = [one for one in filled if not one.is_enough]
    told = lacking or ([everybody] if everybody else [])
    words = " and ".join(filled_words(one, evidence.payloads.shown) for one in told)
    figures = f"in {evidence.name('systems', system)}, {words}" if words else ""
    return worst((held, Outcome.NOT_MET if lacking else Outcome.MET)), figures


def timeliness_sent(
    evidence: Evidence, system: str, category: str, limit: Fraction
) -> tuple[Outcome, str]:
    """Whether what a system sends was written up within a limit in seconds.

    Not evidenced, and without figures, where payloads leave it open or say nothing.
    """
    found = evidence.payloads.of(system, category) if evidence.payloads else None
    if evidence.payloads is None or found is None:
        return Outcome.NOT_EVIDENCED, ""
    from sharedcare.measured.figures import timed_words
    from sharedcare.measured.timeliness import timed

    made = timed(found, limit)
    if made is None or made.outcome is Outcome.NOT_EVIDENCED:
        return Outcome.NOT_EVIDENCED, ""
    words = timed_words(made, evidence.payloads.shown)
    return made.outcome, f"{evidence.name('systems', system)}: {words}"
