"""Upgrades and maintenance: whether what works today goes on working when something changes."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import named, percent, worst
from sharedcare.evidence import Evidence, at_least, naming, unless
from sharedcare.findings import Finding
from sharedcare.flows.losses.verdict_change import Direction, going, is_sure
from sharedcare.landscape import Flow, System
from sharedcare.landscape.evidence import SHELF_LIFE_DAYS, EvidenceKind
from sharedcare.quantities import Share
from sharedcare.vocabulary import Group, Lifecycle, Outcome

#: The share of the time in which every system on the route of a critical need should answer. Ours.
AVAILABLE = Fraction(99, 100)

#: For how many days a test of a flow counts.
TEST_DAYS = SHELF_LIFE_DAYS[EvidenceKind.TEST]

#: How many days' support should be left of a system without which a need falls. Ours.
SUPPORT_DAYS = 90

#: For how many years the running costs should be set aside.
FUNDED_YEARS = 3


def every_connected_system_names_its_owner(evidence: Evidence) -> Iterator[Finding]:
    """Each electronic system that exchanges with another organisation names who sees to it."""
    connected = {place for flow in evidence.crossings.values() for place in (flow.from_, flow.to)}
    for key, system in evidence.electronic_systems.items():
        if key in connected:
            name = evidence.name("systems", key)
            about = f"systems.{key}"
            yield named(system.owner, "the system's owner", about, name, system.organisation)


def every_crossing_was_tested_lately(evidence: Evidence) -> Iterator[Finding]:
    """Each live flow between organisations' systems has a test that is fresh."""
    for key, flow in evidence.system_crossings.items():
        outcome = _tested(evidence, flow)
        message = f"{evidence.name('flows', key)} {_TEST_WORDS[outcome]}"
        yield Finding(outcome, f"flows.{key}", message)


_TEST_WORDS = {
    Outcome.MET: f"was tested within the last {TEST_DAYS} days.",
    Outcome.NOT_MET: f"was last tested more than {TEST_DAYS} days ago.",
    Outcome.NOT_EVIDENCED: "is live, and no dated test of it is on record.",
}


def _tested(evidence: Evidence, flow: Flow) -> Outcome:
    items = (evidence.landscape.evidence[key] for key in flow.evidence)
    tests = [item for item in items if item.kind is EvidenceKind.TEST]
    if any(test.is_fresh(evidence.as_of) for test in tests):
        return Outcome.MET
    days = [test.date for test in tests]
    all_past = bool(days) and all(day is not None and day < evidence.as_of for day in days)
    return Outcome.NOT_MET if all_past else Outcome.NOT_EVIDENCED


def every_critical_route_is_available(evidence: Evidence) -> Iterator[Finding]:
    """Each system on the route of a safety-critical need is available nearly always."""
    for need in evidence.safety_critical:
        systems = _electronic_route(evidence, need)
        answers = [_available(evidence, key) for key in systems]
        outcome = worst(answers) if answers else Outcome.NOT_EVIDENCED
        short = [evidence.name("systems", key) for key in _short(evidence, systems)]
        words = _AVAILABLE_WORDS[outcome].format(" and ".join(short))
        yield Finding(outcome, f"needs.{need}", f"{evidence.name('needs', need)} {words}")


_AVAILABLE_WORDS = {
    Outcome.MET: f"rests on systems that answer at least {percent(AVAILABLE)} of the time.",
    Outcome.NOT_MET: f"rests on {{}}, up for less than {percent(AVAILABLE)} of the time.",
    Outcome.NOT_EVIDENCED: "has no route for certain, or one whose availability is not known.",
}


def _electronic_route(evidence: Evidence, need: str) -> list[str]:
    route = evidence.witness_systems[need] if evidence.has_route(need) else ()
    return [key for key in route if not evidence.landscape.is_human(key)]


def _available(evidence: Evidence, system: str) -> Outcome:
    return at_least(evidence.landscape.systems[system].availability, Share(AVAILABLE))


def _short(evidence: Evidence, systems: list[str]) -> list[str]:
    return [key for key in systems if _available(evidence, key) is Outcome.NOT_MET]


def every_system_that_needs_hang_on_stays_supported(evidence: Evidence) -> Iterator[Finding]:
    """Each system without which some need is worse off has support for some time yet."""
    for key, system in evidence.electronic_systems.items():
        worse = tuple(going(evidence.changes_without(key), Direction.WORSE))
        if worse and naming(system.supplier) is not Outcome.NOT_MET:
            outcome = unless(not any(map(is_sure, worse)), _stays_supported(evidence, system))
            needs = "a need" if len(worse) == 1 else f"{len(worse)} needs"
            name = f"{evidence.name('systems', key)}, without which {needs} would be worse off,"
            message = f"{name} {_SUPPORT_WORDS[outcome]}"
            yield Finding(outcome, f"systems.{key}", message, system.organisation)


_SUPPORT_WORDS = {
    Outcome.MET: f"is supported for at least {SUPPORT_DAYS} days yet.",
    Outcome.NOT_MET: f"loses its supplier's support within {SUPPORT_DAYS} days, or has lost it.",
    Outcome.NOT_EVIDENCED: "may or may not stay supported: not all that would tell is known.",
}


def _stays_supported(evidence: Evidence, system: System) -> Outcome:
    until = system.support_until
    if system.lifecycle is Lifecycle.END_OF_SUPPORT:
        return Outcome.NOT_MET
    if not isinstance(until, date):
        return Outcome.NOT_EVIDENCED
    lasts = (until - evidence.as_of).days >= SUPPORT_DAYS
    return Outcome.MET if lasts else Outcome.NOT_MET


DIMENSION = Dimension(
    id="upgrades_maintenance",
    name="Upgrades and maintenance",
    group=Group.TECHNOLOGICAL,
    definition=(
        "Whether connected systems can be upgraded, mended and paid for year after year without a "
        "flow falling silent or changing its meaning unnoticed."
    ),
    rationale=(
        "Projects end and interfaces go on. A new release at one partner changes what another "
        "one's staff see the next morning; without somebody who owns each end, a test that crosses "
        "the line between them and money to run it, sharing decays from the day it opens."
    ),
    prerequisites=("architecture_migration", "suppliers"),
    criteria=(
        Criterion(
            id="upgrades_maintenance.faults_reported",
            level=1,
            scope=Scope.ORGANISATION,
            question="Do the organisation's staff know whom to tell when information stops coming?",
            remedy=(
                "The service desk puts one number or address on every screen that shows what "
                "another organisation sent."
            ),
        ),
        Criterion(
            id="upgrades_maintenance.upgrades_announced",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the organisation tell those whom it feeds before it upgrades a system?",
            remedy=(
                "The system's owner enters upgrades in a calendar that all partners read, at least "
                "two weeks beforehand, the supplier's own releases included."
            ),
        ),
        Criterion(
            id="upgrades_maintenance.owners_named",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Is an owner named for each electronic system that exchanges with another "
                "organisation?"
            ),
            remedy=(
                "The organisation's management names one person for the system, who hears of "
                "every planned change, and enters them under owner."
            ),
            claim=every_connected_system_names_its_owner,
        ),
        Criterion(
            id="upgrades_maintenance.crossings_tested",
            level=3,
            scope=Scope.REGION,
            question=(
                "Was every live flow between organisations' systems tested from end to end within "
                f"the last {TEST_DAYS} days?"
            ),
            remedy=(
                "The two owners send a made-up person through the flow, compare both screens, and "
                "declare the dated test as evidence of the flow."
            ),
            claim=every_crossing_was_tested_lately,
        ),
        Criterion(
            id="upgrades_maintenance.running_funded",
            level=3,
            scope=Scope.REGION,
            question=(
                f"Is the cost of running the exchange set aside for the next {FUNDED_YEARS} years?"
            ),
            remedy=(
                "The finance leads move running costs from the project's money into the partners' "
                "budgets, each share written down."
            ),
        ),
        Criterion(
            id="upgrades_maintenance.critical_routes_available",
            level=4,
            scope=Scope.REGION,
            question=(
                f"Does every system on the route of a safety-critical need answer at least "
                f"{percent(AVAILABLE)} of the time?"
            ),
            remedy=(
                "The system's owner measures how often it fails, agrees a service level with its "
                "supplier, and enters what was measured under availability."
            ),
            claim=every_critical_route_is_available,
        ),
        Criterion(
            id="upgrades_maintenance.support_lasts",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Does the support of each system without which a need would fall last for at least "
                f"{SUPPORT_DAYS} more days?"
            ),
            remedy=(
                "The system's owner renews the support before it ends, or has the needs that hang "
                "on the system served in another way by then; the report says which they are."
            ),
            claim=every_system_that_needs_hang_on_stays_supported,
            may_not_apply=True,
        ),
        Criterion(
            id="upgrades_maintenance.time_to_mend_known",
            level=4,
            scope=Scope.REGION,
            question="Is it reported to all partners how long each broken flow took to mend?",
            remedy=(
                "The service desk notes when a flow stopped, when that was noticed and when it "
                "ran again, and reports it every quarter."
            ),
        ),
        Criterion(
            id="upgrades_maintenance.no_fault_comes_back",
            level=5,
            scope=Scope.REGION,
            question="Did fewer faults come back last year than in the year before?",
            remedy=(
                "The owners look for the cause of every fault that comes twice, and remove it "
                "before the next release."
            ),
        ),
    ),
)
