"""Data ownership: who controls, keeps, corrects and may withdraw what is shared."""

from collections.abc import Iterator

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, named
from sharedcare.evidence import Evidence, flagged, is_written, unless
from sharedcare.findings import Finding
from sharedcare.landscape import Holding, Uses
from sharedcare.landscape.data_categories import covers
from sharedcare.vocabulary import AgreementStatus, Group, Outcome


def every_needed_category_has_a_record_that_counts(evidence: Evidence) -> Iterator[Finding]:
    """Look at each category that is needed: whose record of it counts?

    It is said by a holding that is authoritative, or by a need that names its sources.
    """
    items = [item for need in evidence.landscape.needs.values() for item in need.content]
    for category in dict.fromkeys(item.category for item in items):
        asked = [item for item in items if item.category == category]
        outcome = _record_that_counts(evidence, category)
        if outcome is not Outcome.MET and all(item.from_ for item in asked):
            outcome = Outcome.MET
        message = f"{evidence.category_name(category)}: {_COUNTS_WORDS[outcome]}."
        yield Finding(outcome, f"data_categories.{category}", message)


_COUNTS_WORDS = {
    Outcome.MET: "it is said whose record counts",
    Outcome.NOT_MET: "of every record of it, it is said that it is not the one that counts",
    Outcome.NOT_EVIDENCED: "whose record counts is not known",
}


def _record_that_counts(evidence: Evidence, category: str) -> Outcome:
    held = [
        unless(not is_written(holding, "authoritative"), flagged(holding.authoritative))
        for system in evidence.live_systems.values()
        for wider, holding in system.holds.items()
        if covers(wider, category)
    ]
    return best(held) if held else Outcome.NOT_EVIDENCED


def every_shared_holding_names_its_steward(evidence: Evidence) -> Iterator[Finding]:
    """Look at each holding that a role of another organisation needs: who looks after it?"""
    for organisation, system, category, holding in _shared_holdings(evidence):
        what = f"the steward of {evidence.category_name(category).lower()}"
        name = evidence.name("systems", system)
        yield named(holding.steward, what, f"systems.{system}", name, organisation)


def _shared_holdings(evidence: Evidence) -> Iterator[tuple[str, str, str, Holding]]:
    """Organisation, system, needed category and holding, each once, in the order of the needs."""
    seen: set[tuple[str, str]] = set()
    for found in evidence.contributions:
        need = evidence.landscape.needs[found.need]
        category = found.item.category
        if evidence.landscape.organisation_of(need.stakeholder) == found.organisation:
            continue
        for system, holding in evidence.holdings_of(found.organisation, category).items():
            if (system, category) not in seen:
                seen.add((system, category))
                yield found.organisation, system, category, holding


def every_agreement_says_how_an_objection_is_honoured(evidence: Evidence) -> Iterator[Finding]:
    """Look at each agreement, signed or drafted: what happens when a person objects?"""
    for key, agreement in evidence.landscape.agreements.items():
        if agreement.status is not AgreementStatus.NONE:
            name = evidence.name("agreements", key)
            what = "how an objection is honoured"
            yield named(agreement.objections, what, f"agreements.{key}", name)


def every_copy_is_corrected(evidence: Evidence) -> Iterator[Finding]:
    """Look at each live flow that leaves a copy in a partner's system: do corrections follow?"""
    for key, flow in evidence.crossings.items():
        if flow.mode.delivers and not evidence.landscape.is_human(flow.to):
            outcome = flagged(flow.corrects)
            message = f"{evidence.name('flows', key)}: {_CORRECTS_WORDS[outcome]}."
            giver = evidence.landscape.organisation_of(flow.from_)
            yield Finding(outcome, f"flows.{key}", message, giver)


_CORRECTS_WORDS = {
    Outcome.MET: "a correction at the source reaches the copy",
    Outcome.NOT_MET: "a correction at the source does not reach the copy",
    Outcome.NOT_EVIDENCED: "it is not known whether a correction at the source reaches the copy",
}


def every_person_outside_the_organisations_can_look(evidence: Evidence) -> Iterator[Finding]:
    """Look at the person cared for, and each carer: is there a system in which they may look?"""
    for key, stakeholder in evidence.landscape.stakeholders.items():
        if stakeholder.organisation is None:
            outcome = best(_may_look(evidence, use) for use in stakeholder.uses)
            if not is_written(stakeholder, "uses"):
                outcome = Outcome.NOT_EVIDENCED
            message = f"{evidence.name('stakeholders', key)}: {_LOOK_WORDS[outcome]}."
            yield Finding(outcome, f"stakeholders.{key}", message)


_LOOK_WORDS = {
    Outcome.MET: "there is a system in which they can look",
    Outcome.NOT_MET: "there is no system in which they can look",
    Outcome.NOT_EVIDENCED: "it is not known whether there is a system in which they can look",
}


def _may_look(evidence: Evidence, use: Uses) -> Outcome:
    access = Outcome.MET if use.access is None else flagged(use.access)
    if use.system in evidence.live_systems:
        return access
    unsure = evidence.is_unsure(use.system)
    return unless(unsure and access is not Outcome.NOT_MET, Outcome.NOT_MET)


DIMENSION = Dimension(
    id="data_ownership",
    name="Data ownership",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "For each kind of information it is settled whose record counts, who looks after it, who "
        "may correct or withdraw it once it has left the place where it was recorded, and what the "
        "person themselves may see and say."
    ),
    rationale=(
        "Partners hold back what they fear to lose control of. Copies without a keeper drift "
        "apart, and an error that was corrected at home lives on elsewhere."
    ),
    prerequisites=("governance_structures",),
    criteria=(
        Criterion(
            id="data_ownership.record_that_counts",
            level=1,
            scope=Scope.REGION,
            question="Is it said of every kind of information that is needed whose record counts?",
            remedy=(
                "The partners that hold it agree whose record counts and mark that holding "
                "authoritative: true."
            ),
            claim=every_needed_category_has_a_record_that_counts,
        ),
        Criterion(
            id="data_ownership.steward_named",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does every holding that others need name its steward?",
            remedy=(
                "The partner names, by role, who looks after this information and answers "
                "questions about it."
            ),
            claim=every_shared_holding_names_its_steward,
        ),
        Criterion(
            id="data_ownership.objection_honoured",
            level=3,
            scope=Scope.REGION,
            question="Does every agreement say what is done when a person objects?",
            remedy=(
                "The agreement's parties write down how an objection is received, by whom it is "
                "decided and how the other parties are told."
            ),
            claim=every_agreement_says_how_an_objection_is_honoured,
        ),
        Criterion(
            id="data_ownership.error_reported_back",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Do the partner's staff have a written way to report an error in another's record?"
            ),
            remedy=(
                "The partners publish one address per partner for errors in its record, and who "
                "answers there."
            ),
        ),
        Criterion(
            id="data_ownership.copies_corrected",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Do later corrections reach every copy that the partner has left in another's "
                "system?"
            ),
            remedy=(
                "The flow's owner has corrections and deletions sent along the same way as the "
                "first entry, or turns the copy into a view."
            ),
            claim=every_copy_is_corrected,
        ),
        Criterion(
            id="data_ownership.person_looks",
            level=4,
            scope=Scope.REGION,
            question="Can the people cared for and their carers look at what is shared about them?",
            remedy=(
                "The programme gives people a way in (a portal, an app, a printed extract) and "
                "says who helps those who cannot use it."
            ),
            claim=every_person_outside_the_organisations_can_look,
        ),
        Criterion(
            id="data_ownership.objections_reported",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Does the partner report each year how many people objected and what came of it?"
            ),
            remedy=(
                "The data protection officer counts objections by outcome and publishes the count."
            ),
        ),
        Criterion(
            id="data_ownership.rule_changed_by_people",
            level=5,
            scope=Scope.REGION,
            question=(
                "Was a rule on who keeps or corrects what changed on a proposal of people who use "
                "services?"
            ),
            remedy=(
                "Stewards present the rules to people who use services once a year and record what "
                "was changed in answer."
            ),
        ),
    ),
)
