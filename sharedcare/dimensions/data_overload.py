"""Data overload: whether what is pushed at people is what they asked for, and fits their day.

What interrupts a role, and what does not, :mod:`sharedcare.flows.work.interruptions` says.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows.work.interruptions import Push, Reached, reached_roles
from sharedcare.quantities import WEEK, Range, Rate, Unknown, number_words
from sharedcare.vocabulary import Group, Outcome


def _roles(evidence: Evidence) -> Iterator[Reached]:
    return reached_roles(evidence.landscape, evidence.live_flows)


def only_what_was_asked_for_is_pushed(evidence: Evidence) -> Iterator[Finding]:
    """Look at each flow that interrupts a role: did the role ask for all that it carries?"""
    for role in _roles(evidence):
        for push in role.pushes:
            stray = role.unasked(push)
            outcome = _asked_for(role, push, stray)
            message = _push_words(evidence, role, push, stray)
            yield Finding(outcome, f"flows.{push.flow_id}", message, role.organisation)


def _asked_for(role: Reached, push: Push, stray: tuple[str, ...]) -> Outcome:
    if push.flow.carries and not stray:
        return Outcome.MET
    return Outcome.NOT_MET if role.wanted and stray and push.certain else Outcome.NOT_EVIDENCED


def _push_words(evidence: Evidence, role: Reached, push: Push, stray: tuple[str, ...]) -> str:
    start = f"{evidence.name('flows', push.flow_id)}:"
    name = evidence.name("stakeholders", role.key)
    if not role.wanted:
        return f"{start} what {name} asks for is not in the profile."
    if not push.flow.carries:
        return f"{start} what it carries is not said."
    if not stray:
        return f"{start} {name} asked for all that it carries."
    words = ", ".join(evidence.category_name(category).lower() for category in stray)
    doubt = "" if push.certain else "; whether they are told of it is not said"
    return f"{start} {name} did not ask for {words}{doubt}."


def what_is_expected_fits_what_can_be_taken_in(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role that something reaches: do the events asked for fit what it can take in?

    Where nothing says whether the role is told of what reaches it, nothing follows from the events.
    """
    for role in _roles(evidence):
        if role.is_interrupted or role.pushes:
            outcome, words = _expected(role) if role.is_interrupted else _UNSURE
            name = evidence.name("stakeholders", role.key)
            about = f"stakeholders.{role.key}"
            yield Finding(outcome, about, f"{name}: {words}.", role.organisation)


_UNSURE = Outcome.NOT_EVIDENCED, "whether it is told of what reaches its systems is not said"


def _expected(role: Reached) -> tuple[Outcome, str]:
    """Whether the events of the needs that interrupt a role fit, and the words for it."""
    found, attention = role.expected, role.stakeholder.attention
    outcome = _fits(found.per_second, attention, complete=found.complete)
    expected = f"at least {number_words(found.per_second * WEEK)} a week are expected"
    if attention is None or isinstance(attention, Unknown):
        return outcome, f"{expected}, and how much they can take in is not known"
    tail = " and not every need says how often" if outcome is Outcome.NOT_EVIDENCED else ""
    return outcome, f"{expected}, {attention} can be taken in{tail}"


def _fits(
    total: Fraction, attention: Rate | Range[Rate] | Unknown | None, *, complete: bool
) -> Outcome:
    """Whether a rate fits; what is not counted yet may be more, never less."""
    if attention is None or isinstance(attention, Unknown):
        return Outcome.NOT_EVIDENCED
    low, high = (
        (attention.low, attention.high) if isinstance(attention, Range) else (attention, attention)
    )
    if total > high.per_second:
        return Outcome.NOT_MET
    return Outcome.MET if complete and total <= low.per_second else Outcome.NOT_EVIDENCED


def flows_that_interrupt_one_role(evidence: Evidence) -> Fraction | None:
    """How many flows surely interrupt the role with most of them."""
    counts = [sum(push.certain for push in role.pushes) for role in _roles(evidence)]
    return Fraction(max(counts)) if counts else None


def feeds_of_one_category(evidence: Evidence) -> Fraction | None:
    """How many live flows bring the same category into the system with most of them."""
    feeds = Counter(
        (flow.to, carried)
        for flow in evidence.live_flows.values()
        if flow.to in evidence.live_systems
        for carried in flow.carries
    )
    return Fraction(max(feeds.values())) if feeds else None


DIMENSION = Dimension(
    id="data_overload",
    name="Data overload",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "More arrives than anybody can read in the time they have: documents, alerts, the same "
        "item from three sides. Asked is whether what is pushed at people is held to what they "
        "asked for and can take in."
    ),
    rationale=(
        "What matters is missed among what does not. Alerts that are mostly noise are dismissed "
        "unread, and sharing everything is then no safer than sharing nothing."
    ),
    prerequisites=("shared_care_pathways", "system_configuration"),
    exposure=(
        Measure(
            "flows_that_interrupt_one_role",
            "flows that interrupt the role with most of them",
            flows_that_interrupt_one_role,
            3,
            8,
        ),
        Measure(
            "feeds_of_one_category",
            "feeds of one category into one system",
            feeds_of_one_category,
            2,
            4,
        ),
    ),
    criteria=(
        Criterion(
            id="data_overload.complaints_gathered",
            level=1,
            scope=Scope.ORGANISATION,
            question=(
                "Does the partner gather what staff say about too much or irrelevant information?"
            ),
            remedy="Team leads ask about it in their meetings and pass on what they hear.",
        ),
        Criterion(
            id="data_overload.capacity_asked",
            level=2,
            scope=Scope.ORGANISATION,
            question="Were the partner's staff asked how many pushed items they can take in?",
            remedy=(
                "Each role's lead asks how many pushed items a day or week its people can read, "
                "and enters the answer as attention."
            ),
        ),
        Criterion(
            id="data_overload.summary_first",
            level=2,
            scope=Scope.ORGANISATION,
            question="Do the partner's staff see a summary before the documents?",
            remedy=(
                "The application lead puts the dozen items that are needed most on the first page, "
                "documents behind it."
            ),
        ),
        Criterion(
            id="data_overload.only_asked_for",
            level=3,
            scope=Scope.ORGANISATION,
            question="Did the role ask for everything that is pushed at it?",
            remedy=(
                "The flow's owner drops what the role did not ask for, or lets it wait silently "
                "until it is looked up."
            ),
            claim=only_what_was_asked_for_is_pushed,
        ),
        Criterion(
            id="data_overload.shown_once",
            level=3,
            scope=Scope.REGION,
            question="Is an item that comes from two sources shown as one?",
            remedy=(
                "The owner of the shared view agrees with the sources how the same item is "
                "recognised, and shows it once with both sources named."
            ),
        ),
        Criterion(
            id="data_overload.expected_fits",
            level=4,
            scope=Scope.ORGANISATION,
            question="Does what each interrupted role has to expect fit what it can take in?",
            remedy=(
                "The role's lead and the flow's owner raise the bar for an alert, spread it over "
                "more people or turn it into a daily list."
            ),
            claim=what_is_expected_fits_what_can_be_taken_in,
        ),
        Criterion(
            id="data_overload.dismissals_measured",
            level=4,
            scope=Scope.ORGANISATION,
            question="Is it measured what share of alerts the partner's staff dismiss unread?",
            remedy="The application lead takes the share from the system's log every quarter.",
        ),
        Criterion(
            id="data_overload.trimmed_on_figures",
            level=5,
            scope=Scope.REGION,
            question=(
                "Was a view or an alert taken away last year because figures showed it unused?"
            ),
            remedy=(
                "The body that governs views looks at the figures each year, takes away what "
                "nobody opens, and checks that nothing was missed."
            ),
        ),
    ),
)
