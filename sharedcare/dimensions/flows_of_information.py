"""Flows of information: routes, who answers for them, what replaces them, who watches them.

Whether needs are met is the business of sufficiency; here it is asked how they are served. Where a
need has no route for certain, there is nothing yet of which that could be asked.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import named, percent, share_reaches, worst
from sharedcare.evidence import Evidence, flagged, naming, unless
from sharedcare.findings import REGION, Finding
from sharedcare.flows.judging import Extent
from sharedcare.flows.meaning.clashes import ClashKind
from sharedcare.flows.meaning.differences import differ
from sharedcare.flows.meaning.meeting import Meeting
from sharedcare.flows.meaning.parts import SEVERAL
from sharedcare.landscape import Flow, Landscape
from sharedcare.vocabulary import (
    REKEYED_MECHANISMS,
    Group,
    Mode,
    Outcome,
    Verdict,
)

if TYPE_CHECKING:
    import networkx as nx

#: The share of needs whose routes should do without a human messenger. Ours.
WITHOUT_MESSENGER = Fraction(1, 2)

#: The share of those who could open a shared view and should be doing so. Ours.
OPENED = Fraction(1, 2)

#: Mechanisms by which a person passes information on.
MESSENGERS = REKEYED_MECHANISMS | {"carried_by_person"}

HEALTH, SOCIAL_CARE = "health", "social_care"

WORKING_FLOWS = Citation(
    "Cresswell et al. 2023, on existing flows that are embedded in current practice", CRESSWELL.doi
)
PARTLY_USED = Citation(
    "Cresswell et al. 2023, on new functions that are only partly used", CRESSWELL.doi
)


def every_route_does_without_a_messenger(evidence: Evidence) -> Iterator[Finding]:
    """Nobody has to telephone, write or carry anything on the route of a need."""
    for need in evidence.verdicts:
        flows = evidence.witness_flows[need] if evidence.has_route(need) else ()
        answers = [_without_messenger(evidence.landscape.flows[key]) for key in flows]
        has_route = evidence.has_route(need)
        outcome = worst(answers) if has_route else Outcome.NOT_EVIDENCED
        message = f"{evidence.name('needs', need)} {_MESSENGER_WORDS[outcome]}"
        yield Finding(outcome, f"needs.{need}", message)


_MESSENGER_WORDS = {
    Outcome.MET: "is served without anybody having to pass anything on.",
    Outcome.NOT_MET: "is served only because somebody telephones, writes or carries something.",
    Outcome.NOT_EVIDENCED: "has no route for certain, or one of which it is not said how it works.",
}


def _without_messenger(flow: Flow) -> Outcome:
    if flow.mode is Mode.MANUAL or flow.mechanism in MESSENGERS:
        return Outcome.NOT_MET
    return Outcome.NOT_EVIDENCED if flow.mechanism is None else Outcome.MET


def every_need_names_its_owner(evidence: Evidence) -> Iterator[Finding]:
    """Each need names who answers for its being served."""
    for key, need in evidence.landscape.needs.items():
        name = evidence.name("needs", key)
        yield named(need.owner, "who answers for it", f"needs.{key}", name)


def every_need_says_what_happens_without_its_route(evidence: Evidence) -> Iterator[Finding]:
    """Each need says what its stakeholder does when the route fails."""
    for key, need in evidence.landscape.needs.items():
        outcome = naming(need.fallback)
        message = f"{evidence.name('needs', key)} {_FALLBACK_WORDS[outcome]}"
        yield Finding(outcome, f"needs.{key}", message)


_FALLBACK_WORDS = {
    Outcome.MET: "says what is done when its route fails.",
    Outcome.NOT_MET: "leaves people with nothing to do when its route fails.",
    Outcome.NOT_EVIDENCED: "may or may not have a fallback: nothing says so.",
}


def health_and_social_care_tell_each_other(evidence: Evidence) -> Iterator[Finding]:
    """Live flows lead from health to social care and back.

    A flow that is not declared is not there. One of which nobody knows whether it is in use, or
    between which sectors, may be the way that is missing.
    """
    ways = {_sectors(evidence, flow) for flow in evidence.sector_crossings.values()}
    there, back = (HEALTH, SOCIAL_CARE) in ways, (SOCIAL_CARE, HEALTH) in ways
    if there or back:
        missing = (SOCIAL_CARE, HEALTH) if there else (HEALTH, SOCIAL_CARE)
        one_way = "health tells social care" if there else "social care tells health"
        possible = evidence.possible_flows.values()
        unsure = any(_may_lead(evidence, flow, missing) for flow in possible)
        outcome = Outcome.MET if there and back else unless(unsure, Outcome.NOT_MET)
        yield Finding(outcome, REGION, _BOTH_WORDS[outcome].format(one_way))


_BOTH_WORDS = {
    Outcome.MET: "Health and social care tell each other.",
    Outcome.NOT_MET: "Only {}: no live flow leads the other way.",
    Outcome.NOT_EVIDENCED: "Surely {}; of a flow that may lead the other way not all is known.",
}


def _sectors(evidence: Evidence, flow: Flow) -> tuple[str | None, ...]:
    return tuple(evidence.landscape.organisations[end].sector for end in evidence.ends(flow))


def _may_lead(evidence: Evidence, flow: Flow, way: tuple[str, str]) -> bool:
    sectors = _sectors(evidence, flow)
    alike = all(said in (sector, None) for said, sector in zip(sectors, way, strict=False))
    return len(sectors) == len(way) and alike


def every_machine_flow_is_watched(evidence: Evidence) -> Iterator[Finding]:
    """Somebody would notice if a machine-to-machine flow between organisations fell silent."""
    for key, flow in evidence.machine_crossings.items():
        outcome = unless(evidence.is_perhaps_by_machine(flow), flagged(flow.monitored))
        message = f"{evidence.name('flows', key)} {_WATCHED_WORDS[outcome]}"
        yield Finding(outcome, f"flows.{key}", message)


_WATCHED_WORDS = {
    Outcome.MET: "is watched.",
    Outcome.NOT_MET: "could fall silent and nobody would notice.",
    Outcome.NOT_EVIDENCED: "is live, and whether anybody watches it is not said.",
}


def every_shared_view_is_opened(evidence: Evidence) -> Iterator[Finding]:
    """Most of those who could open a live shared view do."""
    for key, flow in evidence.crossings.items():
        if flow.mode is Mode.VIEW:
            yield share_reaches(
                flow.use.opened_by if flow.use else None,
                OPENED,
                "the share of those who could open it and do",
                about=f"flows.{key}",
                name=evidence.name("flows", key),
            )


def the_feeds_of_a_need_run_alike(evidence: Evidence) -> Iterator[Finding]:
    """Where several sources of one category meet at a role, their feeds are alike.

    Alike is: as lively (live, or periodic by the same interval) and as far back.
    """
    for meeting in evidence.comparison.meetings:
        if len(meeting.organisations) < SEVERAL:
            continue
        found = [_alike(evidence, meeting, kind) for kind in _ALIKE_IN]
        outcome = worst([outcome for outcome, _ in found])
        unlike = [words for one, words in found if one is Outcome.NOT_MET]
        said = _ALIKE_WORDS[outcome].format(" and ".join(unlike))
        category = evidence.category_name(meeting.category)
        message = f"{category} for {evidence.name('needs', meeting.need)} {said}"
        yield Finding(outcome, f"needs.{meeting.need}", message)


#: In what feeds are to be alike, and how a difference in it is said.
_ALIKE_IN = {
    ClashKind.LIVELINESS: "is not as fresh from one source as from another",
    ClashKind.HISTORY: "does not go back as far from one source as from another",
}

_ALIKE_WORDS = {
    Outcome.MET: "comes alike from all its sources.",
    Outcome.NOT_MET: "{}.",
    Outcome.NOT_EVIDENCED: "may not come alike: how the feeds of its sources run is not all said.",
}


def _alike(evidence: Evidence, meeting: Meeting, kind: ClashKind) -> tuple[Outcome, str]:
    """Whether feeds that meet are alike in one thing; only what surely comes makes a no."""
    parts = evidence.comparison.at(kind, meeting)
    sure = [part for part in parts if part.party.organisation in meeting.certain]
    if differ(kind, sure) is True:
        return Outcome.NOT_MET, _ALIKE_IN[kind]
    said = {part.party.organisation for part in parts if part.value is not None}
    known = len(sure) == len(parts) and said == set(meeting.organisations)
    all_said = all(part.party.certain and part.value is not None for part in parts)
    alike = known and all_said and differ(kind, parts) is False
    return (Outcome.MET if alike else Outcome.NOT_EVIDENCED), _ALIKE_IN[kind]


def no_critical_need_hangs_on_one_system_between(evidence: Evidence) -> Iterator[Finding]:
    """A safety-critical need is still met when any one system on its way is lost.

    The systems on its way are those between the source's and the reader's own: each is taken out
    of use in turn, and the need judged again.
    """
    hanging = _hanging(evidence)
    for need in evidence.safety_critical:
        answers = hanging.get(need)
        outcome = Outcome.NOT_EVIDENCED if answers is None else worst(answers.values())
        found = (answers or {}).items()
        lost = [evidence.name("systems", key) for key, one in found if one is Outcome.NOT_MET]
        words = _BETWEEN_WORDS[outcome].format(" or ".join(lost))
        yield Finding(outcome, f"needs.{need}", f"{evidence.name('needs', need)} {words}")


_BETWEEN_WORDS = {
    Outcome.MET: "is still met when any one system on its way is lost.",
    Outcome.NOT_MET: "is no longer met when {} is lost.",
    Outcome.NOT_EVIDENCED: "is not met for certain, now or when a system on its way is lost.",
}


def _hanging(evidence: Evidence) -> dict[str, dict[str, Outcome]]:
    """For each critical need that is met, whether it still is without each system on its way."""
    met = [n for n in evidence.safety_critical if evidence.verdicts[n].verdict is Verdict.MET]
    if not met:
        return {}
    graph = _ways(evidence.landscape)
    return {need: dict(_without(evidence, need, graph)) for need in met}


def _without(
    evidence: Evidence, need: str, graph: "nx.DiGraph[str]"
) -> Iterator[tuple[str, Outcome]]:
    """Whether a need that is met still is, without each system on its way."""
    between = _between(evidence, need, graph)
    for system in evidence.live_systems:
        if system in between:
            changed = {change.need: change.after for change in evidence.changes_without(system)}
            yield system, _still_met(changed.get(need))


def _ways(landscape: Landscape) -> "nx.DiGraph[str]":
    """Every hop that could be taken: flows, and from systems to those who use them."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((*landscape.systems, *landscape.stakeholders))
    graph.add_edges_from((flow.from_, flow.to) for flow in landscape.flows.values())
    for key, stakeholder in landscape.stakeholders.items():
        graph.add_edges_from((uses.system, key) for uses in stakeholder.uses)
    return graph


def _between(evidence: Evidence, need: str, graph: "nx.DiGraph[str]") -> frozenset[str]:
    """The systems that could stand on a way from a source to the stakeholder, ends left out."""
    import networkx as nx

    parts = [part for part in evidence.contributions if part.need == need]
    starts = {
        system
        for part in parts
        for system in evidence.holdings_of(part.organisation, part.item.category)
    }
    reader = evidence.landscape.needs[need].stakeholder
    own = evidence.landscape.organisation_of(reader)
    onward = {place for start in starts for place in nx.descendants(graph, start)}
    return frozenset(
        place
        for place in onward & nx.ancestors(graph, reader) - starts
        if place in evidence.live_systems and not _is_own(evidence.landscape, place, own)
    )


def _is_own(landscape: Landscape, system: str, organisation: str | None) -> bool:
    """Whether a system is an organisation's own and carries for nobody else."""
    found = landscape.systems[system]
    return found.organisation == organisation and not found.processor_for


def _still_met(after: Extent | None) -> Outcome:
    """Whether a need is met that stands so now, None where nothing has changed."""
    if after is None:
        return Outcome.MET
    if not after.proven or after.verdict is Verdict.UNDETERMINED:
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if after.verdict is Verdict.MET else Outcome.NOT_MET


DIMENSION = Dimension(
    id="flows_of_information",
    name="Flows of information",
    group=Group.TECHNOLOGICAL,
    definition=(
        "How what is needed travels: by which routes and hands, who answers for them, what happens "
        "when they fail, who would notice, and whether information goes both ways between health "
        "and social care without harm to flows that work already."
    ),
    rationale=(
        "All other dimensions show here. A need can be met today by the goodwill of somebody who "
        "telephones; it is served when the route has an owner, is watched, and leaves people with "
        "a way to act on the day it breaks."
    ),
    prerequisites=(
        "shared_care_pathways",
        "data_overload",
        "information_governance",
        "architecture_migration",
        "harmonizing_interoperability",
    ),
    criteria=(
        Criterion(
            id="flows_of_information.working_flows_known",
            level=1,
            scope=Scope.REGION,
            question="Can the partners name the flows that staff would miss first if they stopped?",
            remedy=(
                "The care coordinator sits with each role for a morning and notes what reaches "
                "them, from whom and how; the programme declares these flows, calls included."
            ),
            citation=WORKING_FLOWS,
        ),
        Criterion(
            id="flows_of_information.without_messenger",
            level=2,
            scope=Scope.REGION,
            question=(
                f"Are at least {percent(WITHOUT_MESSENGER)} of the needs served by a route on "
                "which nobody has to telephone, write or carry anything?"
            ),
            remedy=(
                "The programme replaces the telephone call that is made most often by a flow "
                "between systems, and keeps the number for the day that it fails."
            ),
            claim=every_route_does_without_a_messenger,
            threshold=WITHOUT_MESSENGER,
        ),
        Criterion(
            id="flows_of_information.owners_named",
            level=3,
            scope=Scope.REGION,
            question="Does every need name who answers for its being served?",
            remedy=(
                "The governing body gives each need to one person by role, who is told when its "
                "route fails; the profile names them under owner."
            ),
            claim=every_need_names_its_owner,
        ),
        Criterion(
            id="flows_of_information.fallbacks_named",
            level=3,
            scope=Scope.REGION,
            question="Does every need say what is done when its route fails?",
            remedy=(
                "The stakeholder and the source agree what is done meanwhile, and write it where "
                "both can read it without the network; the profile has it under fallback."
            ),
            claim=every_need_says_what_happens_without_its_route,
        ),
        Criterion(
            id="flows_of_information.both_ways",
            level=3,
            scope=Scope.REGION,
            question="Do live flows lead both from health to social care and back?",
            remedy=(
                "The programme opens the way that is missing, beginning with what social care "
                "knows first: who cares, what has changed at home, which package is in place."
            ),
            claim=health_and_social_care_tell_each_other,
            citation=CRESSWELL,
        ),
        Criterion(
            id="flows_of_information.watched",
            level=4,
            scope=Scope.REGION,
            question=(
                "Is every live machine-to-machine flow between organisations watched, so that its "
                "silence is noticed?"
            ),
            remedy=(
                "The flow's owner has an alarm raised when fewer messages pass than on a usual "
                "day, and says who hears it."
            ),
            claim=every_machine_flow_is_watched,
        ),
        Criterion(
            id="flows_of_information.views_opened",
            level=4,
            scope=Scope.REGION,
            question=(
                f"Is every live view across organisations opened by at least {percent(OPENED)} of "
                "those who could?"
            ),
            remedy=(
                "The view's owner asks those who do not open it why (not there when needed, not "
                "trusted, not known) and changes that, or takes the view away."
            ),
            claim=every_shared_view_is_opened,
            citation=PARTLY_USED,
        ),
        Criterion(
            id="flows_of_information.feeds_alike",
            level=4,
            scope=Scope.REGION,
            question=(
                "Where several organisations send a role the same kind of information, do their "
                "feeds run alike: as often, and as far back?"
            ),
            remedy=(
                "The owners of the feeds agree one interval and one window, the better of those "
                "there are; until then the screen shows the date and the reach of each part."
            ),
            claim=the_feeds_of_a_need_run_alike,
        ),
        Criterion(
            id="flows_of_information.more_than_one_way",
            level=5,
            scope=Scope.REGION,
            question=(
                "Is every safety-critical need still met when any one system between the source's "
                "and the reader's own is lost?"
            ),
            remedy=(
                "The lead architect opens a second way round the system (a direct flow, a stored "
                "copy, a national service), or has it run twice."
            ),
            claim=no_critical_need_hangs_on_one_system_between,
        ),
    ),
)
