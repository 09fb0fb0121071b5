"""Organizational complexity: how differently each partner works within, and is that known.

The load of other change programmes on the same staff is attested: the landscape would need, for
each partner, its programmes with their days and the roles that they fall on.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding, met, not_met
from sharedcare.vocabulary import Group


def every_partner_names_a_role(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: is any role in it named?"""
    stakeholders = evidence.landscape.stakeholders.items()
    for key in evidence.landscape.organisations:
        roles = [role for role, entry in stakeholders if entry.organisation == key]
        name = evidence.organisation_name(key)
        if roles:
            words = ", ".join(evidence.landscape.label("stakeholders", role) for role in roles)
            yield met(f"organisations.{key}", f"{name}: the roles named are {words}.", key)
        else:
            yield not_met(f"organisations.{key}", f"{name}: no role in it is named.", key)


def every_role_says_what_it_works_in(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role in an organisation: is it said which systems it uses?"""
    for key, stakeholder in evidence.landscape.stakeholders.items():
        if stakeholder.organisation is not None:
            systems = tuple(evidence.landscape.label("systems", u.system) for u in stakeholder.uses)
            about, name = f"stakeholders.{key}", evidence.landscape.label("stakeholders", key)
            yield named(systems, "what it works in", about, name, stakeholder.organisation)


def every_step_says_what_is_done(evidence: Evidence) -> Iterator[Finding]:
    """Look at each step of a pathway that an organisation takes: are its activities named?"""
    for key, pathway in evidence.landscape.pathways.items():
        for step in pathway.steps:
            organisation = evidence.landscape.organisation_of(step.actor) if step.actor else None
            if organisation is not None:
                where = evidence.landscape.label("pathways", key)
                name = f"{where}, step {step.name or step.id}"
                done = tuple(
                    evidence.landscape.label("activities", activity) for activity in step.activities
                )
                yield named(done, "what is done", f"pathways.{key}", name, organisation)


def every_flow_says_how_many_sites_it_reaches(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow that ends in a partner with several sites: is its reach said?"""
    for key, flow in evidence.live_flows.items():
        for organisation in dict.fromkeys(evidence.ends(flow)):
            sites = evidence.landscape.organisations[organisation].instances
            if sites > 1:
                name = evidence.landscape.label("flows", key)
                which = f"its reach among the {sites} of {evidence.organisation_name(organisation)}"
                yield named(flow.reach, which, f"flows.{key}", name, organisation)


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
            id="organizational_complexity.role_named",
            level=1,
            scope=Scope.ORGANISATION,
            question="Does the profile name at least one role among the partner's people?",
            remedy="The partner names the roles that will read, write or pass on information.",
            claim=every_partner_names_a_role,
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
            id="organizational_complexity.sites_counted",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Where the partner stands for several sites, does every flow to or from it say how "
                "many of them it reaches?"
            ),
            remedy=(
                "The flow's owner counts the sites that are connected (27 of 30) and names those "
                "that work otherwise."
            ),
            claim=every_flow_says_how_many_sites_it_reaches,
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
