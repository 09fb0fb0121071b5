"""Liability: who answers when shared information was wrong, missing, late or not looked at.

What is looked at is each flow between partners that carries what a safety-critical need asks for,
and each system that it passes through: those on the witness routes of such needs, and those in
which their roles work. Whether such a need has a fallback is asked under flows of information.
"""

from collections.abc import Callable, Iterator
from datetime import date

from sharedcare.dimension import Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import named, within
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.landscape import System
from sharedcare.landscape.data_categories import covers
from sharedcare.landscape.system import Safety
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Group, Outcome

#: How old the last review of a safety case may be, in days. Ours.
CASE_WITHIN_DAYS = 365

#: How old the last look at a hazard log may be, in days. Ours.
HAZARDS_WITHIN_DAYS = 183

DCB0160 = Citation("NHS England DCB0160, clinical risk management by deploying organisations")


def every_critical_crossing_names_its_owner(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow between partners that carries what a safety-critical need asks for."""
    needs = [evidence.landscape.needs[key] for key in evidence.safety_critical]
    wanted = {item.category for need in needs for item in need.content}
    for key, flow in evidence.crossings.items():
        if any(_touches(carried, wanted) for carried in flow.carries):
            sender = evidence.landscape.organisation_of(flow.from_)
            yield named(
                flow.owner, "the owner", f"flows.{key}", evidence.name("flows", key), sender
            )


def _touches(carried: str, wanted: set[str]) -> bool:
    """Whether what is carried is, holds or belongs to something that is asked for."""
    if carried == "all":
        return bool(wanted)
    return any(covers(carried, asked) or covers(asked, carried) for asked in wanted)


def every_critical_system_names_its_safety_officer(evidence: Evidence) -> Iterator[Finding]:
    """Look at each system that safety-critical information passes through: its safety officer?"""
    for key, system in _critical_systems(evidence):
        officer = system.safety and system.safety.officer
        name = evidence.name("systems", key)
        yield named(officer, "the safety officer", f"systems.{key}", name, system.organisation)


def every_critical_system_has_a_current_safety_case(evidence: Evidence) -> Iterator[Finding]:
    """Look at each system that safety-critical information passes through: its safety case?"""
    what = "the safety case"
    return _looked_at(evidence, what, CASE_WITHIN_DAYS, lambda safety: safety.case_reviewed)


def every_critical_system_has_a_current_hazard_log(evidence: Evidence) -> Iterator[Finding]:
    """Look at each system that safety-critical information passes through: its hazard log?"""
    what = "the hazard log"
    return _looked_at(evidence, what, HAZARDS_WITHIN_DAYS, lambda safety: safety.hazards_reviewed)


def _critical_systems(evidence: Evidence) -> list[tuple[str, System]]:
    """Electronic systems in use that safety-critical information passes through."""
    passed: set[str] = set()
    for key in evidence.safety_critical:
        role = evidence.landscape.stakeholders[evidence.landscape.needs[key].stakeholder]
        passed |= {use.system for use in role.uses} | set(evidence.witness_systems[key])
    systems = evidence.electronic_systems.items()
    return [(key, system) for key, system in systems if key in passed]


def _looked_at(
    evidence: Evidence, what: str, days: int, day_of: Callable[[Safety], date | Unknown | None]
) -> Iterator[Finding]:
    for key, system in _critical_systems(evidence):
        day = day_of(system.safety) if system.safety else None
        outcome = within(day, evidence.as_of, days)
        message = f"{evidence.name('systems', key)}: {what} {_LOOKED_WORDS[outcome]} {days} days."
        yield Finding(outcome, f"systems.{key}", message, system.organisation)


_LOOKED_WORDS = {
    Outcome.MET: "was reviewed within",
    Outcome.NOT_MET: "was not reviewed within",
    Outcome.NOT_EVIDENCED: "is not known to have been reviewed within",
}


DIMENSION = Dimension(
    id="liability",
    name="Liability",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "It is agreed who answers for harm when what was shared was wrong, missing, late, unseen "
        "or relied on, and staff who use it in good faith know that they are covered."
    ),
    rationale=(
        "Who fears blame reads nothing, or copies everything. As long as nobody has said who has "
        "to look and who may rely on what, each profession decides for its own protection."
    ),
    prerequisites=("professional_jurisdictions", "information_governance"),
    criteria=(
        Criterion(
            id="liability.owner_named",
            level=1,
            scope=Scope.ORGANISATION,
            question=(
                "Does every flow by which the partner sends what a safety-critical need asks for "
                "name its owner?"
            ),
            remedy="The sending partner names, by role, who answers for what leaves it this way.",
            claim=every_critical_crossing_names_its_owner,
        ),
        Criterion(
            id="liability.unread_settled",
            level=2,
            scope=Scope.REGION,
            question=(
                "Is it settled in writing who answers when an item could be seen and nobody read "
                "it?"
            ),
            remedy=(
                "The partners' legal and clinical leads write down which items must be looked at, "
                "by which role and by when."
            ),
        ),
        Criterion(
            id="liability.safety_officer_named",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Is a safety officer named for every system that safety-critical information "
                "passes through?"
            ),
            remedy=(
                "The organisation that runs the system appoints one, or shares one with a partner."
            ),
            claim=every_critical_system_names_its_safety_officer,
            citation=DCB0160,
        ),
        Criterion(
            id="liability.safety_case_current",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Was the safety case of every system that safety-critical information passes "
                f"through reviewed within {CASE_WITHIN_DAYS} days?"
            ),
            remedy=(
                "The safety officer reviews the case together with the supplier's, for the use "
                "that is made of the system now."
            ),
            claim=every_critical_system_has_a_current_safety_case,
            citation=DCB0160,
        ),
        Criterion(
            id="liability.cover_confirmed",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Has the partner's insurer or indemnifier confirmed cover for acting on others' "
                "entries?"
            ),
            remedy="The partner's legal lead asks for it in writing and tells staff the answer.",
        ),
        Criterion(
            id="liability.hazard_log_current",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                f"Has somebody gone through the hazard log within {HAZARDS_WITHIN_DAYS} days, "
                "wherever safety-critical information passes?"
            ),
            remedy=(
                "The safety officer goes through the log with users from every sector and dates it."
            ),
            claim=every_critical_system_has_a_current_hazard_log,
            citation=DCB0160,
        ),
        Criterion(
            id="liability.past_view_restored",
            level=4,
            scope=Scope.REGION,
            question="Was it shown by a test that what a user saw at a given time can be restored?",
            remedy=(
                "The owner of the shared view restores one past view for the test, with the log of "
                "what was opened."
            ),
        ),
        Criterion(
            id="liability.lesson_changed_design",
            level=5,
            scope=Scope.REGION,
            question="Has an incident that partners looked into together changed a design?",
            remedy=(
                "The partners touched by an incident look into it as one, and the change that "
                "follows is recorded with it."
            ),
            may_not_apply=True,
        ),
    ),
)
