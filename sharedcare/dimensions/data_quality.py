"""Data cleaning and quality management: whether what is shared is complete, current and explained.

A profile says little of quality: what partners declare about their holdings (what a blank means,
for what share of people it is there, how soon it is written up) is computed here, and a figure that
is declared is not yet one that was measured. Where a system's payloads were measured, what they
show of completeness and of the time from occurrence to record goes before what is declared. The
share of verified identifiers, duplicates and open corrections stay attested.
"""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, percent
from sharedcare.dimensions.sent import completeness_sent, measured_words, timeliness_sent
from sharedcare.evidence import Evidence, at_least, at_most, naming
from sharedcare.findings import Finding
from sharedcare.landscape import Holding
from sharedcare.quantities import Duration, Share
from sharedcare.vocabulary import Group, Outcome

#: The share of people for whom a source should hold what others need of it. Ours.
COMPLETE = Fraction(9, 10)

#: How much of a need's age limit may be gone before the source has written it up. Ours.
PART_OF_AGE = Fraction(1, 2)

#: How many days a correction may stay open.
CORRECTED_DAYS = 30


def every_needed_holding_says_what_a_blank_means(evidence: Evidence) -> Iterator[Finding]:
    """Each source of something that others need says what it means when nothing is there."""
    for organisation, category in _parts(evidence):
        for system, holding in evidence.holdings_of(organisation, category).items():
            if not evidence.landscape.is_human(system):
                outcome = naming(holding.absence)
                said = _BLANK_WORDS[outcome].format(evidence.category_name(category))
                message = f"{evidence.name('systems', system)} {said}"
                yield Finding(outcome, f"systems.{system}", message, organisation)


_BLANK_WORDS = {
    Outcome.MET: "says what a blank under {} means.",
    Outcome.NOT_MET: "never settled what a blank under {} means: nobody may read it as a no.",
    Outcome.NOT_EVIDENCED: "may have blanks under {}, and what they mean is not said.",
}


def every_source_is_complete_enough(evidence: Evidence) -> Iterator[Finding]:
    """Each source holds what others need of it for nearly everybody."""
    for organisation, category in _parts(evidence):
        answers = [
            completeness_sent(
                evidence, system, category, at_least(holding.completeness, Share(COMPLETE))
            )
            for system, holding in evidence.holdings_of(organisation, category).items()
        ]
        words = _SENT_WORDS if any(told for _, told in answers) else _COMPLETE_WORDS
        yield _told(evidence, organisation, category, answers, words)


_COMPLETE_WORDS = {
    Outcome.MET: f"holds {{}} for at least {percent(COMPLETE)} of people.",
    Outcome.NOT_MET: f"holds {{}} for less than {percent(COMPLETE)} of people.",
    Outcome.NOT_EVIDENCED: "is asked for {}, and for how many people it holds that is not said.",
}

_SENT_WORDS = {**_COMPLETE_WORDS, Outcome.NOT_MET: "sends {} with gaps."}


def every_source_writes_up_in_time(evidence: Evidence) -> Iterator[Finding]:
    """Each source has written up what others need while it is still fresh enough to travel."""
    limits: dict[tuple[str, str], Duration] = {}
    for part in evidence.contributions:
        age = evidence.landscape.needs[part.need].max_age
        if age is not None:
            key = (part.organisation, part.item.category)
            limits[key] = min(age, limits.get(key, age))
    for (organisation, category), age in sorted(limits.items()):
        limit = Duration(age.seconds * PART_OF_AGE)
        holdings = evidence.holdings_of(organisation, category).items()
        answers = [_in_time(evidence, key, category, held, limit) for key, held in holdings]
        yield _told(evidence, organisation, category, answers, _WRITTEN_WORDS)


def _in_time(
    evidence: Evidence, system: str, category: str, holding: Holding, limit: Duration
) -> tuple[Outcome, str]:
    """By what was measured; where that leaves it open, by what is declared."""
    outcome, figures = timeliness_sent(evidence, system, category, limit.seconds)
    if outcome is Outcome.NOT_EVIDENCED:
        return at_most(holding.written_up_in, limit), ""
    return outcome, figures


_WRITTEN_WORDS = {
    Outcome.MET: "writes up {} in time for those who need it fresh.",
    Outcome.NOT_MET: "writes up {} so late that little time is left for it to arrive.",
    Outcome.NOT_EVIDENCED: "is asked for {} while it is fresh; how soon it is written is not said.",
}


def _parts(evidence: Evidence) -> list[tuple[str, str]]:
    """Each organisation with each category of which it is a source for somebody."""
    return sorted({(part.organisation, part.item.category) for part in evidence.contributions})


def _told(
    evidence: Evidence,
    organisation: str,
    category: str,
    answers: list[tuple[Outcome, str]],
    words: dict[Outcome, str],
) -> Finding:
    """The best answer of an organisation's systems, with what was measured of any of them."""
    outcome = best(answer for answer, _ in answers) if answers else Outcome.NOT_EVIDENCED
    said = words[outcome].format(evidence.category_name(category))
    figures = [told for _, told in answers if told]
    message = f"{evidence.organisation_name(organisation)} {said}{measured_words(figures)}"
    about = f"organisations.{organisation}"
    return Finding(outcome, about, message, organisation, measured=bool(figures))


DIMENSION = Dimension(
    id="data_quality",
    name="Data cleaning and quality management",
    group=Group.TECHNOLOGICAL,
    definition=(
        "Whether shared information is complete, right, unique and current enough for those who "
        "act on it, whether a blank can be told from a no, and whether somebody finds faults and "
        "mends them where they arose."
    ),
    rationale=(
        "A fault that one team works round becomes another's decision once it is shared. Readers "
        "who cannot tell 'nothing wrong' from 'nobody asked' either trust a blank that they should "
        "not, or stop trusting what is there."
    ),
    prerequisites=("data_ownership", "training", "harmonizing_interoperability"),
    criteria=(
        Criterion(
            id="data_quality.faults_noticed",
            level=1,
            scope=Scope.ORGANISATION,
            question="Does the organisation collect the faults that users find in its data?",
            remedy=(
                "The records manager keeps one list of faults that users report, by source and "
                "kind."
            ),
        ),
        Criterion(
            id="data_quality.duplicates_counted",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Has the organisation counted within the last year how many people it holds twice?"
            ),
            remedy=(
                "The records manager runs a search for people with one identifier and two records, "
                "or one name and birthday and two identifiers."
            ),
        ),
        Criterion(
            id="data_quality.blanks_explained",
            level=3,
            scope=Scope.ORGANISATION,
            question="Is it settled what a blank means in what others need of the organisation?",
            remedy=(
                "The practitioner who records the category writes one sentence on what it means "
                "when nothing is there, under absence, and the shared view shows it."
            ),
            claim=every_needed_holding_says_what_a_blank_means,
        ),
        Criterion(
            id="data_quality.complete_enough",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                f"Does the organisation hold what others need of it for at least "
                f"{percent(COMPLETE)} of the people concerned?"
            ),
            remedy=(
                "The data quality lead finds where the gap comes from (a team, a form, a former "
                "system), closes it there, and enters the share under completeness."
            ),
            claim=every_source_is_complete_enough,
        ),
        Criterion(
            id="data_quality.written_up_in_time",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does the organisation write up what others need before "
                f"{percent(PART_OF_AGE)} of its useful life is over?"
            ),
            remedy=(
                "The team lead gives staff the means and the minutes to write it up on the spot, "
                "and enters what a sample shows under written_up_in."
            ),
            claim=every_source_writes_up_in_time,
        ),
        Criterion(
            id="data_quality.limits_agreed",
            level=3,
            scope=Scope.REGION,
            question="Is it agreed, for each shared category, how bad is too bad to be shared?",
            remedy=(
                "The data quality leads of health and social care agree a limit for each category "
                "that the governing body adopts."
            ),
        ),
        Criterion(
            id="data_quality.corrected_soon",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Is every correction that somebody asked the organisation for made or refused "
                f"within {CORRECTED_DAYS} days?"
            ),
            remedy=(
                "The records manager tells the management every month which corrections have been "
                "open longer."
            ),
        ),
        Criterion(
            id="data_quality.figures_open",
            level=5,
            scope=Scope.REGION,
            question="Are measured figures on the quality of each source open to all who read it?",
            remedy=(
                "The programme office publishes for each source and category what was measured, "
                "beside the view that shows it, and how it moved in a year."
            ),
        ),
    ),
)
