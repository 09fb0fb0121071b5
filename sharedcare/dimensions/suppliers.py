"""Suppliers: on whom the partners depend, to what those are bound, and what leaving would take."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import percent
from sharedcare.evidence import Evidence, flagged, is_named
from sharedcare.findings import REGION, Finding, not_applicable
from sharedcare.landscape import System
from sharedcare.vocabulary import Group, Outcome

#: The share of the safety-critical needs that may rest on one supplier. Ours.
MOST_ON_ONE = Fraction(1, 2)

#: Of fewer safety-critical needs than these no share is made: one need is always all on somebody.
FEWEST_NEEDS = 4

#: Words by which a system says that nobody supplies it.
NOBODY = "none"


def every_contract_still_runs(evidence: Evidence) -> Iterator[Finding]:
    """No contract under which a system in use is supplied has run out."""

    def runs(system: System) -> Outcome:
        until = system.contract.until if system.contract else None
        if not isinstance(until, date):
            return Outcome.NOT_EVIDENCED
        return Outcome.MET if evidence.as_of <= until else Outcome.NOT_MET

    yield from _of_contracts(evidence, runs, _RUNS_WORDS)


_RUNS_WORDS = {
    Outcome.MET: "is under a contract that still runs.",
    Outcome.NOT_MET: "is in use although its contract has run out.",
    Outcome.NOT_EVIDENCED: "is in use, and until when its contract runs is not known.",
}


def every_contract_opens_the_interfaces(evidence: Evidence) -> Iterator[Finding]:
    """Each supplier is bound to open the interfaces of its system."""

    def opens(system: System) -> Outcome:
        return flagged(system.contract.open_interfaces if system.contract else None)

    yield from _of_contracts(evidence, opens, _OPENS_WORDS)


_OPENS_WORDS = {
    Outcome.MET: "comes under a contract that opens its interfaces.",
    Outcome.NOT_MET: "comes under a contract that leaves its interfaces to the supplier.",
    Outcome.NOT_EVIDENCED: "comes under a contract of which nobody said what it opens.",
}


def every_contract_says_how_to_leave(evidence: Evidence) -> Iterator[Finding]:
    """For each supplied system there is a plan for leaving with all data."""

    def leaves(system: System) -> Outcome:
        return flagged(system.contract.exit_plan if system.contract else None)

    yield from _of_contracts(evidence, leaves, _LEAVES_WORDS)


_LEAVES_WORDS = {
    Outcome.MET: "can be left by a plan that is agreed.",
    Outcome.NOT_MET: "cannot be left by any agreed plan.",
    Outcome.NOT_EVIDENCED: "may or may not have a plan for leaving: nothing says so.",
}


def _supplied(evidence: Evidence) -> list[tuple[str, System]]:
    systems = evidence.electronic_systems.items()
    return [(key, system) for key, system in systems if system.supplier != NOBODY]


def _unsupplied(evidence: Evidence) -> Iterator[Finding]:
    for key, system in evidence.electronic_systems.items():
        if system.supplier == NOBODY:
            message = f"{evidence.name('systems', key)} is the organisation's own work."
            yield not_applicable(f"systems.{key}", message, system.organisation)


def _of_contracts(
    evidence: Evidence, answer: Callable[[System], Outcome], words: dict[Outcome, str]
) -> Iterator[Finding]:
    for key, system in _supplied(evidence):
        outcome = answer(system)
        message = f"{evidence.name('systems', key)} {words[outcome]}"
        yield Finding(outcome, f"systems.{key}", message, system.organisation)
    yield from _unsupplied(evidence)


def no_supplier_stands_on_most_critical_routes(evidence: Evidence) -> Iterator[Finding]:
    """No one supplier's systems stand on the routes of more than half the critical needs.

    A need without a route, or with a system on it whose supplier is not named, may rest on anybody:
    it counts for nobody at best and for everybody at worst.
    """
    needs = evidence.safety_critical
    if len(needs) < FEWEST_NEEDS:
        return
    resting, perhaps = _resting(evidence)
    limit = MOST_ON_ONE * len(needs)
    for supplier in sorted(resting):
        least, most = len(resting[supplier]), len(resting[supplier] | perhaps)
        within = Outcome.MET if most <= limit else Outcome.NOT_EVIDENCED
        outcome = Outcome.NOT_MET if least > limit else within
        count = f"{least}" if least == most else f"{least} to {most}"
        message = (
            f"{supplier} stands on the routes of {count} of {len(needs)} safety-critical needs; "
            f"at most {percent(MOST_ON_ONE)} should rest on one supplier."
        )
        yield Finding(outcome, REGION, message)


def _resting(evidence: Evidence) -> tuple[dict[str, set[str]], set[str]]:
    resting: dict[str, set[str]] = {}
    perhaps: set[str] = set()
    for need in evidence.safety_critical:
        route = evidence.witness_systems[need] if evidence.has_route(need) else ()
        electronic = [key for key in route if not evidence.landscape.is_human(key)]
        suppliers = {evidence.landscape.systems[key].supplier for key in electronic}
        for supplier in suppliers:
            if supplier is not None and is_named(supplier):
                resting.setdefault(supplier, set()).add(need)
        if not route or {None, "unknown"} & suppliers:
            perhaps.add(need)
    return resting, perhaps


DIMENSION = Dimension(
    id="suppliers",
    name="Suppliers",
    group=Group.TECHNOLOGICAL,
    definition=(
        "On which suppliers the partners depend for information that others need, what those "
        "suppliers are bound to open and to give back, and whether the partners deal with them "
        "alone or together."
    ),
    rationale=(
        "What cannot be taken out of a system cannot be shared, whatever the partners agree, and "
        "the price of taking it out is set on the day of the contract. A care home has no weight "
        "with its supplier; thirty of them with their council have."
    ),
    prerequisites=("incentives", "governance_structures", "legacy_systems"),
    criteria=(
        Criterion(
            id="suppliers.contracts_listed",
            level=1,
            scope=Scope.ORGANISATION,
            question="Can the organisation lay its hands on the contract of each record system?",
            remedy=(
                "The procurement lead, in a small provider its manager, files the contracts in one "
                "place and enters supplier and last day for each system."
            ),
        ),
        Criterion(
            id="suppliers.contract_runs",
            level=2,
            scope=Scope.ORGANISATION,
            question="Is each supplied system in use under a contract that has not run out?",
            remedy=(
                "The procurement lead finds the contract, enters the day it ends, and renews or "
                "replaces what has run out."
            ),
            claim=every_contract_still_runs,
            may_not_apply=True,
        ),
        Criterion(
            id="suppliers.price_known",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the organisation know what its suppliers charge for an interface?",
            remedy=(
                "The procurement lead asks each supplier for a written price for each interface "
                "that some need requires, and tells the other partners."
            ),
        ),
        Criterion(
            id="suppliers.interfaces_open",
            level=3,
            scope=Scope.ORGANISATION,
            question="Does each contract bind the supplier to open the system's interfaces?",
            remedy=(
                "The procurement lead adds the duty to open interfaces in named standards at the "
                "next renewal, and until then asks for it as a change to the contract."
            ),
            claim=every_contract_opens_the_interfaces,
            may_not_apply=True,
        ),
        Criterion(
            id="suppliers.one_clause",
            level=3,
            scope=Scope.REGION,
            question="Do the partners put the same clause on interfaces into their new contracts?",
            remedy=(
                "The partners' procurement leads agree one clause, with the standards and the "
                "test it asks for, and lend it to small providers."
            ),
        ),
        Criterion(
            id="suppliers.way_out",
            level=4,
            scope=Scope.ORGANISATION,
            question="Is there an agreed plan for leaving each supplied system with all its data?",
            remedy=(
                "The system's owner agrees with the supplier in which form, how fast and at what "
                "price all data come back, and tries it with a sample."
            ),
            claim=every_contract_says_how_to_leave,
            may_not_apply=True,
        ),
        Criterion(
            id="suppliers.raised_together",
            level=4,
            scope=Scope.REGION,
            question=(
                "Have the partners raised a supplier's failure to open an interface together "
                "within the last year?"
            ),
            remedy=(
                "The governing body keeps a list of interfaces that are promised and late, and "
                "writes to the supplier in all partners' names."
            ),
            may_not_apply=True,
        ),
        Criterion(
            id="suppliers.not_on_one",
            level=5,
            scope=Scope.REGION,
            question=(
                f"Do at most {percent(MOST_ON_ONE)} of the safety-critical needs rest on the "
                "systems of any one supplier?"
            ),
            remedy=(
                "The lead architect finds a second way for some of the needs (a direct flow, a "
                "national service), or makes that supplier's part replaceable."
            ),
            claim=no_supplier_stands_on_most_critical_routes,
        ),
    ),
)
