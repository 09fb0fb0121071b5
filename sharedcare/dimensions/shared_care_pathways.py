"""Definition of shared care pathways: who does what, when, with which information."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.dimension import CRESSWELL, Criterion, Dimension, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence, is_written
from sharedcare.findings import (
    REGION,
    Finding,
    met,
    not_applicable,
    not_evidenced,
    not_met,
)
from sharedcare.landscape import Need
from sharedcare.landscape.pathway import Pathway, Step
from sharedcare.quantities import Duration
from sharedcare.vocabulary import Group, Outcome


@dataclass(frozen=True, slots=True)
class _HandOver:
    """A step that follows another, with the organisations of both (None where not known)."""

    pathway: str
    step: Step
    name: str
    giver: str | None
    taker: str | None

    @property
    def about(self) -> str:
        return f"pathways.{self.pathway}"

    def judged(self, outcome: Outcome, words: str) -> Finding:
        """Say what is found at the hand-over: within one organisation nothing can be lacking."""
        if outcome is Outcome.MET:
            return met(self.about, f"{self.name}: {words}.")
        if self.giver is None or self.taker is None:
            both = "which organisation acts here, or in the step before, is not known"
            return not_evidenced(self.about, f"{self.name}: {words}, and {both}.")
        if self.giver == self.taker:
            return not_applicable(self.about, f"{self.name}: one organisation hands to itself.")
        return Finding(outcome, self.about, f"{self.name}: {words}.")


def a_pathway_crosses_organisations(evidence: Evidence) -> Iterator[Finding]:
    """Look at all pathways as one: do the steps of any lie with two organisations or more?"""
    pathways = evidence.landscape.pathways
    for key in pathways:
        if len(set(_acting(evidence, key)) - {None}) > 1:
            name = evidence.landscape.label("pathways", key)
            yield met(REGION, f"{name} leads through more than one organisation.")
            return
    if any(None in _acting(evidence, key) or not pathways[key].steps for key in pathways):
        yield not_evidenced(REGION, "It is not known who acts in every step of the pathways.")
    elif pathways:
        yield not_met(REGION, "Every pathway ends at the door of the organisation it starts in.")


def every_pathway_names_its_people(evidence: Evidence) -> Iterator[Finding]:
    """Look at each pathway: is the group of people said for whom it is?"""
    for key, pathway in evidence.landscape.pathways.items():
        name = evidence.landscape.label("pathways", key)
        yield named(pathway.cohort, "the group of people", f"pathways.{key}", name)


def every_pathway_names_its_owner(evidence: Evidence) -> Iterator[Finding]:
    """Look at each pathway: is somebody named who keeps it?"""
    for key, pathway in evidence.landscape.pathways.items():
        name = evidence.name("pathways", key)
        yield named(pathway.owner, "the owner", f"pathways.{key}", name)


def every_hand_over_lists_its_information(evidence: Evidence) -> Iterator[Finding]:
    """Look at each hand-over between organisations: does a need say what must have arrived?"""
    for found in _hand_overs(evidence):
        if _needs_of(evidence, found):
            yield found.judged(Outcome.MET, "the information that must arrive is listed")
        elif is_written(found.step, "needs"):
            yield found.judged(Outcome.NOT_MET, "it is said that nothing has to arrive for it")
        else:
            yield found.judged(Outcome.NOT_EVIDENCED, "what has to arrive for it is not said")


def no_hand_over_waits_for_its_information(evidence: Evidence) -> Iterator[Finding]:
    """Look at each hand-over between organisations: may its information come later than it?"""
    for found in _hand_overs(evidence):
        within, waits = found.step.within, _waits(evidence, found)
        if within is None or not waits:
            outcome, words = Outcome.NOT_EVIDENCED, "not all of its time limits are said"
        elif any(wait is not None and wait > within for wait in waits):
            outcome, words = Outcome.NOT_MET, f"it is due in {within}, its information later"
        elif None in waits:
            outcome, words = Outcome.NOT_EVIDENCED, "how long its information may take is not said"
        else:
            outcome, words = Outcome.MET, f"what it needs is due before the {within} are over"
        yield found.judged(outcome, words)


def _needs_of(evidence: Evidence, found: _HandOver) -> list[Need]:
    """The needs of a hand-over: those that its step lists, and those that name the step."""
    return [
        need
        for key, need in evidence.landscape.needs.items()
        if key in found.step.needs or (need.pathway, need.step) == _way(found)
    ]


def _waits(evidence: Evidence, found: _HandOver) -> list[Duration | None]:
    return [need.max_wait for need in _needs_of(evidence, found)]


def every_acting_partner_has_agreed(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation that acts in a pathway: has it agreed to that pathway?"""
    for key, pathway in evidence.landscape.pathways.items():
        name = evidence.landscape.label("pathways", key)
        for organisation in dict.fromkeys(filter(None, _acting(evidence, key))):
            who = evidence.organisation_name(organisation)
            outcome = _agreed(pathway, organisation)
            message = f"{name}: {who} {_AGREED_WORDS[outcome]}."
            yield Finding(outcome, f"pathways.{key}", message, organisation)


_AGREED_WORDS = {
    Outcome.MET: "has agreed to it",
    Outcome.NOT_MET: "acts in it and is not among those who agreed to it",
    Outcome.NOT_EVIDENCED: "acts in it, and who has agreed to it is not said",
}


def _agreed(pathway: Pathway, organisation: str) -> Outcome:
    """Whether an organisation has agreed; the list of those who have is whole where it is said."""
    if organisation in pathway.agreed_by:
        return Outcome.MET
    return Outcome.NOT_MET if is_written(pathway, "agreed_by") else Outcome.NOT_EVIDENCED


def _acting(evidence: Evidence, pathway: str) -> list[str | None]:
    """The organisation of each step's actor; None where no actor with an organisation is named."""
    steps = evidence.landscape.pathways[pathway].steps
    return [
        evidence.landscape.organisation_of(step.actor) if step.actor else None for step in steps
    ]


def _hand_overs(evidence: Evidence) -> Iterator[_HandOver]:
    for key, pathway in evidence.landscape.pathways.items():
        acting = _acting(evidence, key)
        for position in range(1, len(pathway.steps)):
            step = pathway.steps[position]
            name = _step_name(evidence, key, step)
            yield _HandOver(key, step, name, acting[position - 1], acting[position])


def _way(found: _HandOver) -> tuple[str, str]:
    return found.pathway, found.step.id


def _step_name(evidence: Evidence, pathway: str, step: Step) -> str:
    return f"{evidence.landscape.label('pathways', pathway)}, step {step.name or step.id}"


DIMENSION = Dimension(
    id="shared_care_pathways",
    name="Definition of shared care pathways",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "For a named group of people the partners have written one pathway: who acts in each step, "
        "what must have arrived by then, and how soon, from first contact to follow-up."
    ),
    rationale=(
        "What has to be shared follows from who takes over from whom. Technology that is chosen "
        "before the pathways are settled serves whatever the vendor had in mind."
    ),
    prerequisites=("structural_complexity", "organizational_complexity", "vision"),
    criteria=(
        Criterion(
            id="shared_care_pathways.crosses_organisations",
            level=1,
            scope=Scope.REGION,
            question=("Is a pathway written down whose steps lie with two organisations or more?"),
            remedy=(
                "Clinical and social work leads write one pathway together, from the step before "
                "the hand-over to the step after it."
            ),
            claim=a_pathway_crosses_organisations,
            citation=CRESSWELL,
        ),
        Criterion(
            id="shared_care_pathways.people_named",
            level=2,
            scope=Scope.REGION,
            question="Does every pathway say for which group of people it is?",
            remedy="The pathway's owner states whom it is for, and who does not belong to it.",
            claim=every_pathway_names_its_people,
        ),
        Criterion(
            id="shared_care_pathways.owner_named",
            level=2,
            scope=Scope.REGION,
            question="Is somebody named for every pathway who keeps it up to date?",
            remedy=(
                "The acting organisations give the pathway to one person by role, who gathers "
                "what does not work and brings changes to all of them."
            ),
            claim=every_pathway_names_its_owner,
        ),
        Criterion(
            id="shared_care_pathways.information_listed",
            level=3,
            scope=Scope.REGION,
            question=(
                "Does every hand-over between organisations list the information that must arrive?"
            ),
            remedy=(
                "The role that takes over writes down what it cannot start without; this becomes a "
                "need of the step."
            ),
            claim=every_hand_over_lists_its_information,
            may_not_apply=True,
            citation=CRESSWELL,
        ),
        Criterion(
            id="shared_care_pathways.time_limits_agree",
            level=3,
            scope=Scope.REGION,
            question="Must what a hand-over needs be there before the hand-over itself is due?",
            remedy=(
                "Both organisations at the hand-over agree how soon it has to follow (within), and "
                "those who act in it how long they can wait for what they need (max_wait)."
            ),
            claim=no_hand_over_waits_for_its_information,
            may_not_apply=True,
        ),
        Criterion(
            id="shared_care_pathways.agreed",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Has the organisation agreed to every pathway in whose steps its people act?"
            ),
            remedy=(
                "The pathway's owner brings it to the organisation for agreement, with its teams' "
                "objections if there are any."
            ),
            claim=every_acting_partner_has_agreed,
        ),
        Criterion(
            id="shared_care_pathways.kept_times_measured",
            level=4,
            scope=Scope.REGION,
            question=(
                "Was it measured within the last twelve months how often hand-overs kept their "
                "time limit?"
            ),
            remedy=(
                "Both organisations count late and incomplete hand-overs over one month and look "
                "at the figures together."
            ),
        ),
        Criterion(
            id="shared_care_pathways.changed_by_people",
            level=5,
            scope=Scope.REGION,
            question="Has a pathway been changed because of what people who went through it said?",
            remedy=(
                "The pathway's owner reviews it with people who went through it, and records which "
                "step or need was changed for that reason."
            ),
        ),
    ),
)
