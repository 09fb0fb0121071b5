"""Organizational complexity: how differently each partner works within, and is that known.

Whether all roles are named is attested: a role that nobody named is silence. So is the load of
other change programmes on the same staff: the landscape would need, for each partner, its
programmes with their days and the roles that they fall on.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.dimensions.said import percent, share_reaches
from sharedcare.evidence import Evidence, listing
from sharedcare.findings import Finding
from sharedcare.vocabulary import Group, Outcome

#: The share of a partner's sites that a flow to or from it should reach. Ours.
SITES_REACHED = Fraction(4, 5)


def every_role_says_what_it_works_in(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role in an organisation: is it said which systems it uses?"""
    for key, stakeholder in evidence.landscape.stakeholders.items():
        if stakeholder.organisation is not None:
            outcome = listing(stakeholder, "uses")
            message = f"{evidence.name('stakeholders', key)}: {_TOOLS_WORDS[outcome]}."
            yield Finding(outcome, f"stakeholders.{key}", message, stakeholder.organisation)


_TOOLS_WORDS = {
    Outcome.MET: "what it works in is said",
    Outcome.NOT_MET: "it is said to work in no system at all, not even on paper",
    Outcome.NOT_EVIDENCED: "what it works in is not said",
}


def every_step_says_what_is_done(evidence: Evidence) -> Iterator[Finding]:
    """Look at each step of a pathway that an organisation takes: are its activities named?"""
    for key, pathway in evidence.landscape.pathways.items():
        for step in pathway.steps:
            organisation = evidence.landscape.organisation_of(step.actor) if step.actor else None
            if organisation is not None:
                outcome = listing(step, "activities")
                where = f"{evidence.name('pathways', key)}, step {step.name or step.id}"
                message = f"{where}: {_DONE_WORDS[outcome]}."
                yield Finding(outcome, f"pathways.{key}", message, organisation)


_DONE_WORDS = {
    Outcome.MET: "what is done in it is described",
    Outcome.NOT_MET: "it is said that nothing done in it was described",
    Outcome.NOT_EVIDENCED: "what is done in it is not said",
}


def every_flow_reaches_most_sites(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow that begins or ends in a partner with several sites: its reach."""
    for key, flow in evidence.live_flows.items():
        for organisation in dict.fromkeys(evidence.ends(flow)):
            sites = evidence.landscape.organisations[organisation].instances
            if sites > 1:
                yield share_reaches(
                    flow.reach,
                    SITES_REACHED,
                    f"its reach among the {sites} of {evidence.organisation_name(organisation)}",
                    about=f"flows.{key}",
                    name=evidence.name("flows", key),
                    organisation=organisation,
                )


def systems_in_one_partner(evidence: Evidence) -> Fraction | None:
    """How many systems in use the partner with most of them has."""
    owners = [system.organisation for system in evidence.live_systems.values()]
    return _most(owners)


def roles_in_one_partner(evidence: Evidence) -> Fraction | None:
    """How many roles the partner with most of them has."""
    return _most([entry.organisation for entry in evidence.landscape.stakeholders.values()])


def sites_in_one_entry(evidence: Evidence) -> Fraction | None:
    """How many organisations alike the largest entry stands for."""
    organisations = evidence.landscape.organisations.values()
    return max((Fraction(entry.instances) for entry in organisations), default=None)


def _most(owners: list[str | None]) -> Fraction | None:
    counts = Counter(owner for owner in owners if owner is not None)
    return Fraction(max(counts.values())) if counts else None


DIMENSION = Dimension(
    id="organizational_complexity",
    name="Organizational complexity",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "No partner is one thing: it has teams, sites, shifts and habits, and other changes going "
        "on at the same time. Asked is whether these differences were looked at before a common "
        "way of working was drawn up."
    ),
    rationale=(
        "A way of working that was designed for one team and rolled out to twenty is worked round "
        "by nineteen. What differs for a good reason has to be let differ, and that takes knowing "
        "it."
    ),
    prerequisites=("structural_complexity",),
    exposure=(
        Measure(
            "systems_in_one_partner",
            "systems in the partner with most",
            systems_in_one_partner,
            3,
            6,
        ),
        Measure(
            "roles_in_one_partner", "roles in the partner with most", roles_in_one_partner, 4, 8
        ),
        Measure("sites_in_one_entry", "sites in the largest entry", sites_in_one_entry, 5, 25),
    ),
    criteria=(
        Criterion(
            id="organizational_complexity.roles_known",
            level=1,
            scope=Scope.ORGANISATION,
            question="Can the partner name all roles in which its people will use what is shared?",
            remedy="The partner names the roles that will read, write or pass on information.",
        ),
        Criterion(
            id="organizational_complexity.tools_named",
            level=2,
            scope=Scope.ORGANISATION,
            question="Is it said of every role in the partner which systems it works in?",
            remedy=(
                "The team lead of each role lists what it works in, paper and spreadsheets "
                "included."
            ),
            claim=every_role_says_what_it_works_in,
        ),
        Criterion(
            id="organizational_complexity.changes_listed",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Has the partner listed the other change programmes that fall on the same staff "
                "this year?"
            ),
            remedy="The partner's change lead puts all its programmes on one calendar by team.",
        ),
        Criterion(
            id="organizational_complexity.work_described",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Is it said, for every step of a pathway that the partner's people take, what they "
                "do in it?"
            ),
            remedy=(
                "Somebody watches the team at work and writes down, as activities of the step, "
                "what is really done."
            ),
            claim=every_step_says_what_is_done,
        ),
        Criterion(
            id="organizational_complexity.sites_reached",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Where the partner stands for several sites, does every flow to or from it reach "
                f"at least {percent(SITES_REACHED)} of them?"
            ),
            remedy=(
                "The flow's owner counts the sites that are connected (27 of 30), asks the others "
                "how they work, and fits the flow to that before connecting them."
            ),
            claim=every_flow_reaches_most_sites,
        ),
        Criterion(
            id="organizational_complexity.variation_settled",
            level=4,
            scope=Scope.REGION,
            question=(
                "Is it settled in writing which ways of working must be alike everywhere, all "
                "others being free?"
            ),
            remedy=(
                "Team leads of all partners go through the steps and agree on the few things that "
                "must be alike."
            ),
        ),
        Criterion(
            id="organizational_complexity.start_checked",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Was the last start of something new checked against the staff's other changes "
                "before its day was set?"
            ),
            remedy="The change lead may move a start when too much falls on one team at once.",
        ),
        Criterion(
            id="organizational_complexity.difference_learnt_from",
            level=5,
            scope=Scope.REGION,
            question=(
                "Has a way of working found in one partner been taken over by another within the "
                "last two years?"
            ),
            remedy=(
                "Partners compare how they do the same step once a year and record what was "
                "dropped or taken over."
            ),
        ),
    ),
)
