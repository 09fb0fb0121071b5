"""System configuration: systems set up for the work that is shared, not for one setting."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, worst
from sharedcare.evidence import Evidence, at_most, flagged, is_written
from sharedcare.findings import Finding
from sharedcare.landscape import Flow, Uses
from sharedcare.landscape.data_categories import ancestors
from sharedcare.quantities import MINUTE, Duration, duration_words
from sharedcare.vocabulary import Group, Mode, Outcome

#: Longer than this somebody who needs information does not go on looking for it. Ours.
SEARCH_AT_MOST = Duration(Fraction(2 * MINUTE))

#: How soon somebody in a new role has a view that fits it, in weeks. Ours.
NEW_ROLE_WEEKS = 8

SEPARATE_LOGIN = "separate_login"


def what_one_need_asks_for_comes_together(evidence: Evidence) -> Iterator[Finding]:
    """Look at each need for several things: can one system of the role show them all?

    A system shows what it holds and what a live flow brings into it; how good that is (age, form,
    cover) is no question of set-up and is judged elsewhere.
    """
    certain = _shown(evidence, evidence.live_flows)
    possible = _shown(evidence, evidence.possible_flows)
    for key, need in evidence.landscape.needs.items():
        wanted = {item.category for item in need.content if item.required}
        if len(wanted) > 1:
            uses = evidence.landscape.stakeholders[need.stakeholder].uses
            outcome = best(
                worst((_is_open(evidence, use), _shows_all(certain, possible, use, wanted)))
                for use in uses
            )
            if not is_written(evidence.landscape.stakeholders[need.stakeholder], "uses"):
                outcome = Outcome.NOT_EVIDENCED
            message = f"{evidence.name('needs', key)}: {_TOGETHER_WORDS[outcome]}."
            yield Finding(outcome, f"needs.{key}", message)


_TOGETHER_WORDS = {
    Outcome.MET: "all that it asks for comes together in one system of the role",
    Outcome.NOT_MET: "no system of the role brings together all that it asks for",
    Outcome.NOT_EVIDENCED: "it depends on flows or systems of which nobody knows whether they work",
}


def _shown(evidence: Evidence, flows: Mapping[str, Flow]) -> dict[str, set[str]]:
    """For each system, what it holds and what these flows bring into it."""
    found = {key: set(system.holds) for key, system in evidence.landscape.systems.items()}
    for flow in flows.values():
        if flow.to in found:
            found[flow.to] |= set(flow.carries)
    return found


def _shows_all(
    certain: Mapping[str, set[str]], possible: Mapping[str, set[str]], use: Uses, wanted: set[str]
) -> Outcome:
    if _holds_all(certain[use.system], wanted):
        return Outcome.MET
    perhaps = _holds_all(possible[use.system], wanted)
    return Outcome.NOT_EVIDENCED if perhaps else Outcome.NOT_MET


def _holds_all(shown: set[str], wanted: set[str]) -> bool:
    wider = ({category, *ancestors(category)} for category in wanted)
    return "all" in shown or all(names & shown for names in wider)


def _is_open(evidence: Evidence, use: Uses) -> Outcome:
    """Whether a role works in a system that is in use; not said, access is taken for granted."""
    access = Outcome.MET if use.access is None else flagged(use.access)
    if use.system in evidence.live_systems:
        return access
    unsure = evidence.is_unsure(use.system)
    return worst((access, Outcome.NOT_EVIDENCED if unsure else Outcome.NOT_MET))


def what_is_looked_up_opens_in_place(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow that is looked up from another partner: does it open in place?"""
    for key, flow in evidence.crossings.items():
        if flow.mode in (Mode.VIEW, Mode.PULL):
            outcome = _opens_in_place(flow)
            message = f"{evidence.name('flows', key)}: {_IN_PLACE_WORDS[outcome]}."
            reader = evidence.landscape.organisation_of(flow.to)
            yield Finding(outcome, f"flows.{key}", message, reader)


_IN_PLACE_WORDS = {
    Outcome.MET: "it opens where the reader already works",
    Outcome.NOT_MET: "the reader has to log in a second time",
    Outcome.NOT_EVIDENCED: "how it is opened is not said",
}


def _opens_in_place(flow: Flow) -> Outcome:
    if flow.mechanism is None:
        return Outcome.NOT_EVIDENCED
    return Outcome.NOT_MET if flow.mechanism == SEPARATE_LOGIN else Outcome.MET


def what_is_needed_is_found_quickly(evidence: Evidence) -> Iterator[Finding]:
    """Look at each need: does its role find what it looks for before it gives up?"""
    for key, need in evidence.landscape.needs.items():
        outcome = at_most(need.search_time, SEARCH_AT_MOST)
        told = f"the search takes {need.search_time}" if need.search_time else "nobody has timed it"
        limit = f"{duration_words(SEARCH_AT_MOST.seconds)} is the most that is asked for"
        message = f"{evidence.name('needs', key)}: {told}; {limit}."
        yield Finding(outcome, f"needs.{key}", message)


DIMENSION = Dimension(
    id="system_configuration",
    name="System configuration",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "Templates, views, roles and alerts of the systems in use are set up for the shared "
        "pathway and for each role's work in it. It counts among the social dimensions because a "
        "screen fixes what people have agreed, or have not."
    ),
    rationale=(
        "What arrives and cannot be found has not arrived. A system with the defaults of one "
        "setting asks the others to work as if they were in it."
    ),
    prerequisites=("shared_care_pathways", "professional_jurisdictions"),
    criteria=(
        Criterion(
            id="system_configuration.defaults_changed",
            level=1,
            scope=Scope.ORGANISATION,
            question="Has the partner changed its system's default screens for the shared pathway?",
            remedy=(
                "The partner's application lead goes through the default screens with the teams "
                "and changes what hinders them."
            ),
        ),
        Criterion(
            id="system_configuration.templates_shared",
            level=2,
            scope=Scope.REGION,
            question=(
                "Do two partners or more record the same kind of entry with the same template?"
            ),
            remedy=(
                "Two partners choose one kind of entry that both make and agree on its headings."
            ),
        ),
        Criterion(
            id="system_configuration.opens_in_place",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does what the partner's staff look up from others open in the system that they "
                "already work in?"
            ),
            remedy=(
                "The partner and its supplier replace the second login by a launch in context of "
                "the person who is on the screen."
            ),
            claim=what_is_looked_up_opens_in_place,
        ),
        Criterion(
            id="system_configuration.comes_together",
            level=3,
            scope=Scope.REGION,
            question="Does all that one need asks for come together in one system of its role?",
            remedy=(
                "The application lead of the role's system has the missing kinds of information "
                "shown beside those that are there."
            ),
            claim=what_one_need_asks_for_comes_together,
        ),
        Criterion(
            id="system_configuration.view_tried",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Was each role's view tried out by people in that role before it was switched on?"
            ),
            remedy=(
                "Five people of each role do a real task with the view; what they miss is mended."
            ),
        ),
        Criterion(
            id="system_configuration.found_quickly",
            level=4,
            scope=Scope.REGION,
            question=(
                "Is what is needed found within "
                f"{duration_words(SEARCH_AT_MOST.seconds)} of starting to look?"
            ),
            remedy=(
                "The role's lead times ten searches, and the view is rearranged until the most "
                "needed stands first."
            ),
            claim=what_is_needed_is_found_quickly,
        ),
        Criterion(
            id="system_configuration.templates_governed",
            level=4,
            scope=Scope.REGION,
            question=(
                "Does a change to a shared template have to pass a body with users from every "
                "setting?"
            ),
            remedy=(
                "The partners name the body and let no supplier change a shared template without "
                "it."
            ),
        ),
        Criterion(
            id="system_configuration.new_role_served",
            level=5,
            scope=Scope.REGION,
            question=(
                f"Had the last role that joined a view of its own within {NEW_ROLE_WEEKS} weeks?"
            ),
            remedy=(
                "The body that governs templates keeps a pattern from which a view for a new role "
                "is made."
            ),
        ),
    ),
)
