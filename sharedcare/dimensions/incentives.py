"""Incentives: who pays, who does the work, who gains by it."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, named
from sharedcare.evidence import Evidence, at_most
from sharedcare.findings import Finding
from sharedcare.flows.work.handwork import worker_of
from sharedcare.landscape import Flow
from sharedcare.quantities import MINUTE, Duration, Unknown, duration_words
from sharedcare.vocabulary import Group, Outcome, Verdict

#: The most of its people's time that a partner can be asked to give for one item. Ours.
BEARABLE = Duration(Fraction(5 * MINUTE))

KORDA = Citation("Korda and Eldridge 2011, on payment incentives, cited by Cresswell et al. 2023")

#: What a verdict on one need of a partner says of whether that partner gains anything.
_GAIN = {
    Verdict.MET: Outcome.MET,
    Verdict.PARTLY_MET: Outcome.MET,
    Verdict.UNDETERMINED: Outcome.NOT_EVIDENCED,
    Verdict.UNMET: Outcome.NOT_MET,
}


def every_partner_names_its_funder(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: who pays for what it does?"""
    for key, organisation in evidence.landscape.organisations.items():
        name = evidence.organisation_name(key)
        yield named(organisation.funder, "the funder", f"organisations.{key}", name, key)


def every_planned_change_names_who_pays(evidence: Evidence) -> Iterator[Finding]:
    """Look at each planned change: who pays for it?"""
    for key, change in evidence.landscape.changes.items():
        name = evidence.name("changes", key)
        yield named(change.paid_by, "who pays", f"changes.{key}", name)


def no_hand_over_by_hand_takes_long(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow between partners that takes somebody's hand: how long does it take?

    Whose work it is, :func:`sharedcare.flows.work.handwork.worker_of` says.
    """
    for key, flow in evidence.crossings.items():
        place = worker_of(flow)
        organisation = evidence.landscape.organisation_of(place) if place else None
        if organisation is not None:
            outcome = at_most(flow.staff_time, BEARABLE)
            message = f"{evidence.name('flows', key)}: {_work_words(flow)}."
            yield Finding(outcome, f"flows.{key}", message, organisation)


def _work_words(flow: Flow) -> str:
    limit = f"{duration_words(BEARABLE.seconds)} is the most that is asked for"
    if flow.staff_time is None or isinstance(flow.staff_time, Unknown):
        return f"how long an item takes the staff is not known; {limit}"
    return f"an item takes the staff {flow.staff_time}; {limit}"


def every_partner_that_supplies_gains(evidence: Evidence) -> Iterator[Finding]:
    """Look at each partner whose information others ask for: is anything it needs coming in?"""
    for organisation in _asked_of(evidence):
        verdicts = [
            found.verdict
            for found in evidence.verdicts.values()
            if evidence.landscape.organisation_of(found.stakeholder) == organisation
        ]
        outcome = best(_GAIN[verdict] for verdict in verdicts)
        if not verdicts:
            outcome = Outcome.NOT_EVIDENCED
        fact = _GAIN_WORDS[outcome] if verdicts else "what it needs itself is not in the profile"
        message = (
            f"{evidence.organisation_name(organisation)}: others ask for what it holds; {fact}."
        )
        yield Finding(outcome, f"organisations.{organisation}", message, organisation)


_GAIN_WORDS = {
    Outcome.MET: "some of what it needs comes in",
    Outcome.NOT_MET: "nothing of what it needs comes in",
    Outcome.NOT_EVIDENCED: "whether anything that it needs comes in is not known",
}


def _asked_of(evidence: Evidence) -> list[str]:
    """The organisations of which another organisation's role, or the person, needs something."""
    places = evidence.landscape
    return list(
        dict.fromkeys(
            found.organisation
            for found in evidence.contributions
            if places.organisation_of(places.needs[found.need].stakeholder) != found.organisation
        )
    )


DIMENSION = Dimension(
    id="incentives",
    name="Incentives",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "Money, targets, workload and recognition make it worth while, or make it a loss, to "
        "record well for others and to act on what others recorded."
    ),
    rationale=(
        "Costs often fall on one partner and gains on another, and the partner with the least "
        "money is often the one that is asked to type. Goodwill carries that for as long as a "
        "project lasts."
    ),
    prerequisites=("structural_complexity", "governance_structures"),
    criteria=(
        Criterion(
            id="incentives.funder_named",
            level=1,
            scope=Scope.ORGANISATION,
            question="Does the register name who funds the partner?",
            remedy="The programme office asks each partner for its funders and enters them.",
            claim=every_partner_names_its_funder,
        ),
        Criterion(
            id="incentives.payer_named",
            level=2,
            scope=Scope.REGION,
            question="Does every planned change name who pays for it?",
            remedy=(
                "The change's owner settles with finance leads who pays, and enters it as paid_by."
            ),
            claim=every_planned_change_names_who_pays,
            citation=KORDA,
        ),
        Criterion(
            id="incentives.contribution_asked",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Does a contract, grant or target of the partner ask it to contribute information?"
            ),
            remedy=(
                "The partner's commissioner puts the contribution into the next contract or grant, "
                "with money for the work."
            ),
            citation=KORDA,
        ),
        Criterion(
            id="incentives.work_bearable",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Where a flow takes the hand of the partner's staff, does an item cost them at "
                f"most {duration_words(BEARABLE.seconds)}?"
            ),
            remedy=(
                "The team that phones, writes or types in times twenty items (staff_time); those "
                "who gain by it pay for the time, or for a flow that does without a hand."
            ),
            claim=no_hand_over_by_hand_takes_long,
        ),
        Criterion(
            id="incentives.supplier_gains",
            level=3,
            scope=Scope.ORGANISATION,
            question="Does a partner whose information others ask for get something that it needs?",
            remedy=(
                "The programme meets one need of this partner first, and asks it which one; "
                "whoever only gives stops giving."
            ),
            claim=every_partner_that_supplies_gains,
            citation=CRESSWELL,
        ),
        Criterion(
            id="incentives.balance_drawn",
            level=3,
            scope=Scope.ORGANISATION,
            question="Is there a balance of what sharing costs the partner and what it brings it?",
            remedy=(
                "The finance lead draws up one page: staff time, licences and fees against time "
                "saved and visits avoided."
            ),
        ),
        Criterion(
            id="incentives.losses_made_good",
            level=4,
            scope=Scope.REGION,
            question="Are partners compensated for whom sharing costs more than it brings?",
            remedy=(
                "The partners that gain pay over a share, in money or in staff, to those that lose."
            ),
            may_not_apply=True,
            citation=CRESSWELL,
        ),
        Criterion(
            id="incentives.paid_without_project",
            level=5,
            scope=Scope.REGION,
            question=(
                "Is contribution paid for from running budgets, with no project money left in it?"
            ),
            remedy=(
                "The partners move what the project pays for into running budgets, one part each "
                "year."
            ),
        ),
    ),
)
