"""Data overload: whether what is pushed at people is what they asked for, and fits their day.

What can be looked up is no overload, however much of it there is; only what interrupts counts:
what arrives with the person themselves, and what a system of theirs tells them of.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.landscape import Flow, Need, Stakeholder
from sharedcare.landscape.data_categories import covers
from sharedcare.quantities import WEEK, Range, Rate, Unknown, number_words
from sharedcare.vocabulary import Group, Outcome, Use


@dataclass(frozen=True, slots=True)
class _Push:
    """One live flow that arrives with a role; ``certain`` tells whether it surely interrupts."""

    flow_id: str
    flow: Flow
    certain: bool


@dataclass(frozen=True, slots=True)
class _Role:
    """A role in an organisation, what it asks for and what arrives with it."""

    key: str
    name: str
    stakeholder: Stakeholder
    needs: tuple[Need, ...]
    pushes: tuple[_Push, ...]

    @property
    def wanted(self) -> set[str]:
        """The data categories that the role asks for."""
        return {item.category for need in self.needs for item in need.content}

    @property
    def interrupting(self) -> set[str]:
        """The data categories that surely interrupt the role."""
        return {name for push in self.pushes if push.certain for name in push.flow.carries}

    @property
    def is_interrupted(self) -> bool:
        """Whether something surely interrupts the role, or it asked to be told."""
        told = any(need.use is Use.ALERT for need in self.needs)
        return told or any(push.certain for push in self.pushes)


def _roles(evidence: Evidence) -> Iterator[_Role]:
    arriving: dict[str, list[str]] = {}
    for flow_id, flow in evidence.live_flows.items():
        if flow.mode.delivers:
            arriving.setdefault(flow.to, []).append(flow_id)
    asked: dict[str, list[Need]] = {}
    for need in evidence.landscape.needs.values():
        asked.setdefault(need.stakeholder, []).append(need)
    for key, stakeholder in evidence.landscape.stakeholders.items():
        if stakeholder.organisation is not None:
            name, needs = evidence.name("stakeholders", key), tuple(asked.get(key, ()))
            pushes = tuple(_pushes(evidence, key, stakeholder, arriving))
            yield _Role(key, name, stakeholder, needs, pushes)


def _pushes(
    evidence: Evidence, role: str, stakeholder: Stakeholder, arriving: Mapping[str, list[str]]
) -> Iterator[_Push]:
    """What arrives with a role, without what certainly stays silent until it is looked up."""
    systems = [use.system for use in stakeholder.uses if use.access is not False]
    for place in dict.fromkeys((role, *systems)):
        for flow_id in arriving.get(place, ()):
            flow = evidence.live_flows[flow_id]
            if place == role or flow.notifies is not False:
                yield _Push(flow_id, flow, certain=place == role or flow.notifies is True)


def _unasked(carried: str, wanted: set[str]) -> bool:
    """Whether nothing carried was asked for; what is wider or narrower is taken for the same."""
    return not any(covers(carried, asked) or covers(asked, carried) for asked in wanted)


def only_what_was_asked_for_is_pushed(evidence: Evidence) -> Iterator[Finding]:
    """Look at each flow that interrupts a role: did the role ask for all that it carries?"""
    for role in _roles(evidence):
        wanted, organisation = role.wanted, role.stakeholder.organisation
        for push in role.pushes:
            stray = [carried for carried in push.flow.carries if _unasked(carried, wanted)]
            outcome = _asked_for(push, wanted, stray)
            message = _push_words(evidence, role, push, stray)
            yield Finding(outcome, f"flows.{push.flow_id}", message, organisation)


def _asked_for(push: _Push, wanted: set[str], stray: list[str]) -> Outcome:
    if push.flow.carries and not stray:
        return Outcome.MET
    return Outcome.NOT_MET if wanted and stray and push.certain else Outcome.NOT_EVIDENCED


def _push_words(evidence: Evidence, role: _Role, push: _Push, stray: list[str]) -> str:
    start = f"{evidence.name('flows', push.flow_id)}:"
    if not role.wanted:
        return f"{start} what {role.name} asks for is not in the profile."
    if not push.flow.carries:
        return f"{start} what it carries is not said."
    if not stray:
        return f"{start} {role.name} asked for all that it carries."
    words = ", ".join(evidence.category_name(category).lower() for category in stray)
    doubt = "" if push.certain else "; whether they are told of it is not said"
    return f"{start} {role.name} did not ask for {words}{doubt}."


def what_is_expected_fits_what_can_be_taken_in(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role that something reaches: do the events asked for fit what it can take in?

    Where nothing says whether the role is told of what reaches it, nothing follows from the events.
    """
    for role in _roles(evidence):
        if role.is_interrupted or role.pushes:
            outcome, words = _expected(role) if role.is_interrupted else _UNSURE
            about, organisation = f"stakeholders.{role.key}", role.stakeholder.organisation
            yield Finding(outcome, about, f"{role.name}: {words}.", organisation)


_UNSURE = Outcome.NOT_EVIDENCED, "whether it is told of what reaches its systems is not said"


def _expected(role: _Role) -> tuple[Outcome, str]:
    """Whether the events of the needs that interrupt a role fit, and the words for it."""
    pushed, attention = role.interrupting, role.stakeholder.attention
    events = [
        need.quantity.events
        for need in role.needs
        if need.use is Use.ALERT or any(not _unasked(i.category, pushed) for i in need.content)
    ]
    total = sum((rate.per_second for rate in events if rate), Fraction(0))
    outcome = _fits(total, attention, complete=bool(events) and None not in events)
    expected = f"at least {number_words(total * WEEK)} a week are expected"
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
