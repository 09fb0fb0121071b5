"""Existing infrastructures and legacy systems: what is there already, and how long it will last."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, worst
from sharedcare.evidence import Evidence, at_most, listing, unless
from sharedcare.findings import Finding
from sharedcare.landscape import System
from sharedcare.landscape.change import Change
from sharedcare.quantities import DAY, Duration
from sharedcare.vocabulary import MACHINE_MECHANISMS, Group, Lifecycle, Outcome

#: Support that ends within so many months has to be planned for.
NOTICE_MONTHS = 18

#: Days in a month, as everywhere in a profile.
MONTH_DAYS = 30

#: Kinds of system that pass on what others hold and need hold nothing themselves.
CARRIERS = frozenset({"integration_engine", "portal", "shared_record"})

NO_GREEN_FIELD = Citation(
    "Cresswell et al. 2023: new architectures have to take in what is there", CRESSWELL.doi
)


def every_system_says_what_it_holds(evidence: Evidence) -> Iterator[Finding]:
    """Each electronic system in use is listed with the data categories that it holds."""
    for key, system in evidence.electronic_systems.items():
        carries_only = system.kind in CARRIERS or bool(system.processor_for)
        held = listing(system, "holds")
        outcome = Outcome.NOT_APPLICABLE if carries_only and not system.holds else held
        message = f"{evidence.name('systems', key)} {_HOLDS_WORDS[outcome]}"
        yield Finding(outcome, f"systems.{key}", message, system.organisation)


_HOLDS_WORDS = {
    Outcome.MET: "is listed with what it holds.",
    Outcome.NOT_MET: "is in use, and the inventory says that it holds nothing.",
    Outcome.NOT_EVIDENCED: "is in use, and what it holds is not said.",
    Outcome.NOT_APPLICABLE: "passes on what others hold, so it need not hold anything itself.",
}


def every_source_hands_on_by_machine(evidence: Evidence) -> Iterator[Finding]:
    """Each electronic system that passes information on does so over a machine interface."""
    for key, system in evidence.electronic_systems.items():
        ways = [flow.mechanism for flow in evidence.live_flows.values() if flow.from_ == key]
        if not ways:
            continue
        by_hand = unless(None in ways or system.kind is None, Outcome.NOT_MET)
        outcome = Outcome.MET if MACHINE_MECHANISMS & set(ways) else by_hand
        message = f"{evidence.name('systems', key)} {_INTERFACE_WORDS[outcome]}"
        yield Finding(outcome, f"systems.{key}", message, system.organisation)


_INTERFACE_WORDS = {
    Outcome.MET: "hands on what it holds over a machine interface.",
    Outcome.NOT_MET: "is opened on a screen or read out: no machine takes anything from it.",
    Outcome.NOT_EVIDENCED: "passes information on; how, or whether it is on paper, is not said.",
}


def no_critical_need_rests_on_an_unsupported_system(evidence: Evidence) -> Iterator[Finding]:
    """No system on the route of a safety-critical need is past the end of its support."""
    for need in evidence.safety_critical:
        systems = evidence.witness_systems[need] if evidence.has_route(need) else ()
        answers = {
            key: _support(evidence.landscape.systems[key], evidence.as_of) for key in systems
        }
        outcome = worst(answers.values()) if systems else Outcome.NOT_EVIDENCED
        late = [evidence.name("systems", k) for k, o in answers.items() if o is Outcome.NOT_MET]
        words = _NEED_WORDS[outcome].format(" and ".join(late))
        yield Finding(outcome, f"needs.{need}", f"{evidence.name('needs', need)} {words}")


_NEED_WORDS = {
    Outcome.MET: "rests on systems that are all supported.",
    Outcome.NOT_MET: "is safety-critical and rests on {}, whose support has ended.",
    Outcome.NOT_EVIDENCED: "has no route for certain, or one through systems of unknown support.",
}


def every_system_is_supported(evidence: Evidence) -> Iterator[Finding]:
    """Each electronic system in use is still supported by its supplier."""
    for key, system in evidence.electronic_systems.items():
        outcome = _support(system, evidence.as_of)
        message = f"{evidence.name('systems', key)} {_SUPPORT_WORDS[outcome]}"
        yield Finding(outcome, f"systems.{key}", message, system.organisation)


_SUPPORT_WORDS = {
    Outcome.MET: "is supported.",
    Outcome.NOT_MET: "is in use although its support has ended.",
    Outcome.NOT_EVIDENCED: "is in use, and until when it is supported is not said.",
}


def _support(system: System, as_of: date) -> Outcome:
    if system.is_human:
        return Outcome.MET
    if system.lifecycle is Lifecycle.END_OF_SUPPORT:
        return Outcome.NOT_MET
    if not isinstance(system.support_until, date):
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if as_of <= system.support_until else Outcome.NOT_MET


def every_ageing_system_can_be_changed_in_time(evidence: Evidence) -> Iterator[Finding]:
    """The change that takes up a system whose support ends soon is done before it ends.

    A system whose support has ended already is looked at by another criterion.
    """
    for key, system in evidence.electronic_systems.items():
        left = _support_left(system, evidence.as_of)
        if left is not None:
            changes = evidence.landscape.changes.values()
            planned = [change for change in changes if _takes_up(change, key)]
            done = best(at_most(change.duration, left) for change in planned)
            outcome = done if planned else Outcome.NOT_EVIDENCED
            message = f"{evidence.name('systems', key)} {_AGEING_WORDS[outcome]}"
            yield Finding(outcome, f"systems.{key}", message, system.organisation)


_AGEING_WORDS = {
    Outcome.MET: "nears the end of its support, and a change takes that up in time.",
    Outcome.NOT_MET: "nears the end of its support, and the change that takes that up comes later.",
    Outcome.NOT_EVIDENCED: "nears the end of its support; how long a change takes is not said.",
}


def _support_left(system: System, as_of: date) -> Duration | None:
    """How long a system is still supported, None where that is long, over or not known."""
    if not isinstance(system.support_until, date) or system.lifecycle is Lifecycle.END_OF_SUPPORT:
        return None
    days = (system.support_until - as_of).days
    return Duration(Fraction(days * DAY)) if 0 <= days <= NOTICE_MONTHS * MONTH_DAYS else None


def _takes_up(change: Change, system: str) -> bool:
    return system in (*change.patches.get("systems", ()), *change.removes.get("systems", ()))


DIMENSION = Dimension(
    id="legacy_systems",
    name="Existing infrastructures and legacy systems",
    group=Group.TECHNOLOGICAL,
    definition=(
        "The installed base: which systems hold what, through which openings it can be taken out, "
        "how long each will last, and which ways of working have grown round them."
    ),
    rationale=(
        "Nothing is built on a green field. Most of what a shared record shows comes from "
        "systems that were bought for one department, and each that is forgotten, closed or out of "
        "support becomes a gap that somebody bridges by telephone."
    ),
    prerequisites=("structural_complexity",),
    criteria=(
        Criterion(
            id="legacy_systems.systems_listed",
            level=1,
            scope=Scope.ORGANISATION,
            question="Can the organisation list every system on which it keeps records of people?",
            remedy=(
                "Whoever runs the organisation's systems, in a care home its manager, writes the "
                "list, with paper and spreadsheets on it."
            ),
        ),
        Criterion(
            id="legacy_systems.hand_work_listed",
            level=2,
            scope=Scope.ORGANISATION,
            question="Has the organisation listed what still leaves it by paper, telephone or fax?",
            remedy=(
                "A team lead from each service notes for one week what is posted, telephoned, "
                "faxed or carried, and the list is declared as manual flows."
            ),
        ),
        Criterion(
            id="legacy_systems.holdings_listed",
            level=3,
            scope=Scope.ORGANISATION,
            question="Does the inventory say, for each electronic system in use, what it holds?",
            remedy=(
                "Whoever owns the system declares the data categories that it holds, with their "
                "form, under holds: in its entry."
            ),
            claim=every_system_says_what_it_holds,
            may_not_apply=True,
        ),
        Criterion(
            id="legacy_systems.machine_interface",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does each electronic system that passes information on do so over at least one "
                "machine interface?"
            ),
            remedy=(
                "The system's owner asks the supplier for its interface (FHIR, HL7 v2, documents "
                "or files) and the price, and takes the cheapest that some need can use."
            ),
            claim=every_source_hands_on_by_machine,
        ),
        Criterion(
            id="legacy_systems.practices_known",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does the organisation know which working practices lean on each system that it "
                "plans to replace?"
            ),
            remedy=(
                "Somebody who does the work and somebody who runs the system go through a normal "
                "day together, and write down what would stop."
            ),
            may_not_apply=True,
            citation=NO_GREEN_FIELD,
        ),
        Criterion(
            id="legacy_systems.critical_needs_supported",
            level=4,
            scope=Scope.REGION,
            question=(
                "Are all systems on the routes of safety-critical needs still within their "
                "suppliers' support?"
            ),
            remedy=(
                "The system's owner extends its support, or the programme moves the route to a "
                "system that has it, before anything else is built on it."
            ),
            claim=no_critical_need_rests_on_an_unsupported_system,
        ),
        Criterion(
            id="legacy_systems.changed_in_time",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Can the planned change of each system whose support ends within "
                f"{NOTICE_MONTHS} months be done before that day?"
            ),
            remedy=(
                "The system's owner declares the change that renews, replaces or retires it, with "
                "its duration, and begins it or extends the support while there is time."
            ),
            claim=every_ageing_system_can_be_changed_in_time,
        ),
        Criterion(
            id="legacy_systems.all_supported",
            level=5,
            scope=Scope.ORGANISATION,
            question="Is every electronic system in use within its supplier's support?",
            remedy=(
                "The system's owner retires what is out of support, and states under support_until "
                "how long the rest is covered."
            ),
            claim=every_system_is_supported,
        ),
    ),
)
