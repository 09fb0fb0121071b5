"""Distributed knowledge: what is known of a person, by whom, and how one asks them."""

from collections.abc import Iterator

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.evidence import Evidence, unless
from sharedcare.findings import Finding
from sharedcare.landscape import Need
from sharedcare.landscape.data_categories import covers
from sharedcare.vocabulary import Group, Outcome

#: Categories in which the person speaks for themself. Ours, from the catalogue.
OWN_VOICE = (
    "about_me",
    "care_and_support_plan.goals",
    "documents.hospital_passport",
    "end_of_life_care.wishes",
)

#: The category that says whom to ask.
WHOM_TO_ASK = "professional_contacts"

#: How often the list of contacts must have been checked, in months.
DIRECTORY_MONTHS = 6


def every_needed_item_has_a_known_holder(evidence: Evidence) -> Iterator[Finding]:
    """For each item that a need requires, some organisation is known to hold it."""
    for need, verdict in evidence.verdicts.items():
        lacking = [
            evidence.category_name(item.category)
            for item in verdict.items
            if item.required and not item.sources
        ]
        if lacking and not verdict.proven:
            outcome, said = Outcome.NOT_EVIDENCED, "draws on holders that are not known for certain"
        elif lacking:
            outcome, said = Outcome.NOT_MET, f"asks for what nobody holds: {', '.join(lacking)}"
        else:
            outcome, said = Outcome.MET, "asks only for what some organisation holds"
        yield Finding(outcome, f"needs.{need}", f"{evidence.name('needs', need)} {said}.")


def every_source_elsewhere_can_be_asked(evidence: Evidence) -> Iterator[Finding]:
    """Who needs what another organisation holds has a way to ask a person there."""
    for key, need in evidence.landscape.needs.items():
        elsewhere = _sources_elsewhere(evidence, key, need)
        if not elsewhere:
            continue
        mute = [
            evidence.organisation_name(source)
            for source in elsewhere
            if not _can_ask(evidence, need, source)
        ]
        who = evidence.name("stakeholders", need.stakeholder)
        said = (
            f"has no way to ask a person at {' or '.join(mute)}" if mute else "can ask the source"
        )
        outcome = Outcome.NOT_MET if mute else Outcome.MET
        message = f"{who} {said} when the record leaves {evidence.name('needs', key)} open"
        hidden = _hidden(evidence, key) if mute else ""
        message += f", and it may: {hidden}." if hidden else "."
        yield Finding(outcome, f"needs.{key}", message)


def _hidden(evidence: Evidence, need: str) -> str:
    """Why a blank that the role sees is no negative, in a few words, each once."""
    return "; ".join(dict.fromkeys(gap.kind.value for gap in evidence.gaps[need]))


def _sources_elsewhere(evidence: Evidence, key: str, need: Need) -> tuple[str, ...]:
    own = evidence.landscape.organisation_of(need.stakeholder)
    found = (part.organisation for part in evidence.contributions if part.need == key)
    return tuple(source for source in dict.fromkeys(found) if source != own)


def _can_ask(evidence: Evidence, need: Need, source: str) -> bool:
    return _is_told_whom_to_ask(evidence, need) or any(
        flow.to == need.stakeholder and _speaks_for(evidence, flow.from_, source)
        for flow in evidence.live_flows.values()
    )


def _speaks_for(evidence: Evidence, place: str, organisation: str) -> bool:
    stakeholder = evidence.landscape.stakeholders.get(place)
    return stakeholder is not None and stakeholder.organisation == organisation


def _is_told_whom_to_ask(evidence: Evidence, need: Need) -> bool:
    return any(
        other.stakeholder == need.stakeholder
        and evidence.has_route(key)
        and any(covers(WHOM_TO_ASK, item.category) for item in other.content)
        for key, other in evidence.landscape.needs.items()
    )


def every_pathway_asks_for_the_persons_own_account(evidence: Evidence) -> Iterator[Finding]:
    """On each pathway somebody asks for what the person says of themself."""
    for key in evidence.landscape.pathways:
        needs = _needs_of(evidence, key)
        asked = any(_is_own_voice(item.category) for need in needs for item in need.content)
        unsure = not needs or _own_voice_is_adrift(evidence)
        outcome = Outcome.MET if asked else unless(unsure, Outcome.NOT_MET)
        message = f"{evidence.name('pathways', key)} {_VOICE_WORDS[outcome]}"
        yield Finding(outcome, f"pathways.{key}", message)


_VOICE_WORDS = {
    Outcome.MET: "asks for the person's own account.",
    Outcome.NOT_MET: "asks for much about the person and for nothing in their own words.",
    Outcome.NOT_EVIDENCED: "may or may not ask for it: which needs belong to it is not all said.",
}


def _own_voice_is_adrift(evidence: Evidence) -> bool:
    """Whether somebody asks for a person's own account, and on which pathway is not said."""
    placed = {
        need
        for pathway in evidence.landscape.pathways.values()
        for step in pathway.steps
        for need in step.needs
    }
    return any(
        _is_own_voice(item.category)
        for key, need in evidence.landscape.needs.items()
        if need.pathway is None and key not in placed
        for item in need.content
    )


def _needs_of(evidence: Evidence, pathway: str) -> tuple[Need, ...]:
    of_steps = {need for step in evidence.landscape.pathways[pathway].steps for need in step.needs}
    needs = evidence.landscape.needs.items()
    return tuple(need for key, need in needs if need.pathway == pathway or key in of_steps)


def _is_own_voice(category: str) -> bool:
    return any(covers(voice, category) for voice in OWN_VOICE)


DIMENSION = Dimension(
    id="distributed_knowledge",
    name="Distributed knowledge",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "What is known about a person is spread over people, places and talk, and only a part of "
        "it is ever written down. The dimension asks whether the partners know who knows what, and "
        "whether the shared record helps them to find and ask each other instead of posing as all "
        "there is."
    ),
    rationale=(
        "A record that is taken for the whole truth misleads: the daughter who gives the tablets, "
        "the carer who knows how somebody shows pain, the worker who has heard the worry are in no "
        "field of it. Sharing should lead to those who know, and make room for their words."
    ),
    prerequisites=("shared_care_pathways",),
    criteria=(
        Criterion(
            id="distributed_knowledge.known_by_name",
            level=1,
            scope=Scope.ORGANISATION,
            question="Do the organisation's staff know at least whom to telephone at each partner?",
            remedy=(
                "Team leads write down whom their staff telephone at each partner and swap the "
                "lists."
            ),
        ),
        Criterion(
            id="distributed_knowledge.holders_known",
            level=2,
            scope=Scope.REGION,
            question="Is some organisation known to hold each item that a need requires?",
            remedy=(
                "Whoever owns the need finds out who knows the item, if only in their head, and "
                "declares where it is held (paper, or a person's head, counts), or records it."
            ),
            claim=every_needed_item_has_a_known_holder,
        ),
        Criterion(
            id="distributed_knowledge.directory_fresh",
            level=2,
            scope=Scope.REGION,
            question=(
                "Was the list of whom to contact at each partner checked within the last "
                f"{DIRECTORY_MONTHS} months?"
            ),
            remedy=(
                "The programme office names a keeper of the list of contacts, who has every "
                f"partner confirm its lines every {DIRECTORY_MONTHS} months."
            ),
        ),
        Criterion(
            id="distributed_knowledge.sources_can_be_asked",
            level=3,
            scope=Scope.REGION,
            question=(
                "Where a need draws on another organisation, is there a way for the one who needs "
                "it to ask a person there?"
            ),
            remedy=(
                "The two teams agree a number or a shared inbox with hours, and declare it as a "
                "flow from person to person; or the record delivers professional contacts."
            ),
            claim=every_source_elsewhere_can_be_asked,
        ),
        Criterion(
            id="distributed_knowledge.meetings_recorded",
            level=3,
            scope=Scope.REGION,
            question=(
                "Are the conclusions of meetings across organisations written where everybody who "
                "took part can read them afterwards?"
            ),
            remedy=(
                "The care coordinator writes conclusions into a plan that every organisation at "
                "the table can open."
            ),
        ),
        Criterion(
            id="distributed_knowledge.own_account_asked",
            level=4,
            scope=Scope.REGION,
            question="Does somebody on every pathway ask for what the person says of themself?",
            remedy=(
                "The pathway's owner adds a need for the person's own account (about me, goals, "
                "wishes) at the step where a plan is made."
            ),
            claim=every_pathway_asks_for_the_persons_own_account,
        ),
        Criterion(
            id="distributed_knowledge.gaps_sampled",
            level=4,
            scope=Scope.REGION,
            question=(
                "Within the last year, has anyone compared in a sample of cases what was recorded "
                "with what staff and carers knew?"
            ),
            remedy=(
                "The clinical and the social work lead sit down with ten cases, the people and "
                "their carers, and list what was known and not written."
            ),
        ),
        Criterion(
            id="distributed_knowledge.plans_changed",
            level=5,
            scope=Scope.REGION,
            question=(
                "Can the partners show plans of the last year that were changed by what a person "
                "or a carer knew?"
            ),
            remedy=(
                "Care coordinators note in the plan who brought what made it change, and the "
                "pathway's owner reads a sample of them every quarter."
            ),
        ),
    ),
)
