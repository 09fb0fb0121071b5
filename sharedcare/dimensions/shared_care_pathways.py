"""Definition of shared care pathways: who does what, when, with which information."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.dimension import CRESSWELL, Criterion, Dimension, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence
from sharedcare.findings import (
    REGION,
    Finding,
    met,
    not_applicable,
    not_evidenced,
    not_met,
)
from sharedcare.landscape.pathway import Step
from sharedcare.vocabulary import Group


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

    def judged(self, fulfilled: bool, fact: str, lack: str) -> Finding:
        """Say what is given at the hand-over, or lacking: within one organisation nothing lacks."""
        if fulfilled:
            return met(self.about, f"{self.name}: {fact}.")
        if self.giver is None or self.taker is None:
            both = "which organisation acts here, or in the step before, is not known"
            return not_evidenced(self.about, f"{self.name}: {lack}, and {both}.")
        if self.giver == self.taker:
            return not_applicable(self.about, f"{self.name}: one organisation hands to itself.")
        return not_met(self.about, f"{self.name}: {lack}.")


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


def every_step_names_who_acts(evidence: Evidence) -> Iterator[Finding]:
    """Look at each step of each pathway: is its actor named?"""
    for key, pathway in evidence.landscape.pathways.items():
        for step in pathway.steps:
            actor = step.actor and evidence.landscape.label("stakeholders", step.actor)
            name = _step_name(evidence, key, step)
            yield named(actor, "who acts", f"pathways.{key}", name)


def every_hand_over_lists_its_information(evidence: Evidence) -> Iterator[Finding]:
    """Look at each hand-over between organisations: does a need say what must have arrived?"""
    for found in _hand_overs(evidence):
        needs = evidence.landscape.needs.items()
        bound = [key for key, need in needs if (need.pathway, need.step) == _way(found)]
        listed = bool(found.step.needs or bound)
        yield found.judged(
            listed, "the information that must arrive is listed", "no need is listed for it"
        )


def every_hand_over_has_a_time_limit(evidence: Evidence) -> Iterator[Finding]:
    """Look at each hand-over between organisations: is it said how soon it has to follow?"""
    for found in _hand_overs(evidence):
        limit = found.step.within
        yield found.judged(limit is not None, f"it follows within {limit}", "it has no time limit")


def every_acting_partner_has_agreed(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation that acts in a pathway: has it agreed to that pathway?"""
    for key, pathway in evidence.landscape.pathways.items():
        name = evidence.landscape.label("pathways", key)
        for organisation in dict.fromkeys(filter(None, _acting(evidence, key))):
            who = evidence.organisation_name(organisation)
            if organisation in pathway.agreed_by:
                message = f"{name}: {who} has agreed to it."
                yield met(f"pathways.{key}", message, organisation)
            else:
                message = f"{name}: {who} acts in it and is not among those who agreed to it."
                yield not_met(f"pathways.{key}", message, organisation)


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
            id="shared_care_pathways.actor_named",
            level=2,
            scope=Scope.REGION,
            question="Does every step of every pathway name the role that acts in it?",
            remedy="The pathway's owner settles with the teams which role takes each step.",
            claim=every_step_names_who_acts,
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
            id="shared_care_pathways.time_limit_set",
            level=3,
            scope=Scope.REGION,
            question="Is it said for every hand-over how soon it has to follow?",
            remedy="Both organisations at the hand-over agree on a time limit and write it down.",
            claim=every_hand_over_has_a_time_limit,
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
