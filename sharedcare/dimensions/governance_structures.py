"""Governance structures: who decides for all partners, and who has a say in it."""

from collections.abc import Iterator

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best
from sharedcare.evidence import Evidence, flagged, naming, unless
from sharedcare.findings import REGION, Finding, not_evidenced
from sharedcare.vocabulary import Group, Outcome

#: How far back a review from outside still counts, in years.
REVIEW_YEARS = 2

POWER = Citation(
    "Cresswell et al. 2023, on power differentials between health and social care", CRESSWELL.doi
)


def every_sector_has_a_seat(evidence: Evidence) -> Iterator[Finding]:
    """Each sector that gives or takes information sits on the governing body."""
    for sector in evidence.partner_sectors:
        outcome = _seat_of(evidence, sector)
        yield Finding(outcome, REGION, _SECTOR_WORDS[outcome].format(sector.replace("_", " ")))
    for key in evidence.partners_of_no_sector:
        yield not_evidenced(REGION, f"{evidence.organisation_name(key)} does not say its sector.")


_SECTOR_WORDS = {
    Outcome.MET: "The sector {} has a seat on the governing body.",
    Outcome.NOT_MET: "The sector {} handles information but has no seat where that is decided.",
    Outcome.NOT_EVIDENCED: "Nothing says whether the sector {} has a seat on the governing body.",
}


def _seat_of(evidence: Evidence, sector: str) -> Outcome:
    return best(
        unless(found.sector is None and found.governing is not False, flagged(found.governing))
        for found in evidence.in_sector(sector)
    )


def every_partner_has_a_say(evidence: Evidence) -> Iterator[Finding]:
    """Each organisation that gives or takes information sits on the governing body."""
    for key in evidence.partners:
        outcome = flagged(evidence.landscape.organisations[key].governing)
        message = f"{evidence.organisation_name(key)} {_PARTNER_WORDS[outcome]}"
        yield Finding(outcome, f"organisations.{key}", message, key)


_PARTNER_WORDS = {
    Outcome.MET: "sits on the governing body or is spoken for there.",
    Outcome.NOT_MET: "gives or takes information but nobody speaks for it on the governing body.",
    Outcome.NOT_EVIDENCED: "may or may not sit on the governing body: nothing says so.",
}


def every_borne_finding_names_who_bears_it(evidence: Evidence) -> Iterator[Finding]:
    """Each finding that the partners bear for now says who decided that."""
    for key, borne in evidence.landscape.suppressions.items():
        outcome = naming(borne.by)
        message = f"{evidence.name('suppressions', key)} {_BORNE_WORDS[outcome]}"
        yield Finding(outcome, f"suppressions.{key}", message)


_BORNE_WORDS = {
    Outcome.MET: "is borne for now by somebody who is named.",
    Outcome.NOT_MET: "is borne for now, and it is said that nobody decided that.",
    Outcome.NOT_EVIDENCED: "is borne for now; who decided that is not said.",
}


DIMENSION = Dimension(
    id="governance_structures",
    name="Governance structures",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "The standing arrangements by which partners of unequal size and power settle what is "
        "shared, by which standards and at whose cost, and by which a refusal or a quarrel between "
        "them comes to an end."
    ),
    rationale=(
        "A shared record binds organisations that cannot give each other orders. Where nobody can "
        "decide for all, each disagreement stops the work; where only the largest decide, the "
        "others comply on paper and keep their own ways."
    ),
    prerequisites=("structural_complexity", "vision"),
    criteria=(
        Criterion(
            id="governance_structures.deciding_body",
            level=1,
            scope=Scope.REGION,
            question="Can every partner name the body that decides for all of them what is shared?",
            remedy=(
                "The programme lead agrees with the partners' executives which body decides, and "
                "tells every partner."
            ),
        ),
        Criterion(
            id="governance_structures.sectors_seated",
            level=2,
            scope=Scope.REGION,
            question=(
                "Does every sector that gives or takes information have a seat on the governing "
                "body?"
            ),
            remedy=(
                "The chair invites the sectors that are missing to send somebody who can vote, and "
                "pays for the time of those who have none to spare."
            ),
            claim=every_sector_has_a_seat,
            citation=POWER,
        ),
        Criterion(
            id="governance_structures.mandate",
            level=3,
            scope=Scope.REGION,
            question="Has every partner signed terms of reference for what the body may decide?",
            remedy=(
                "The programme lead drafts terms of reference that separate what the body decides "
                "from what stays with each partner, and takes them to every board."
            ),
        ),
        Criterion(
            id="governance_structures.partners_seated",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does the organisation sit on the governing body, itself or through one who "
                "speaks for its kind?"
            ),
            remedy=(
                "The chair agrees with the organisation who speaks for it, and says so with "
                "governing: yes in its entry."
            ),
            claim=every_partner_has_a_say,
        ),
        Criterion(
            id="governance_structures.people_seated",
            level=3,
            scope=Scope.REGION,
            question="Do people who receive care, or unpaid carers, vote on the governing body?",
            remedy=(
                "The chair recruits at least two people with experience of receiving care or "
                "caring, and gives them a vote, a fee and a briefing beforehand."
            ),
        ),
        Criterion(
            id="governance_structures.escalation_used",
            level=4,
            scope=Scope.REGION,
            question="Has a refusal to share been settled by the agreed route of escalation?",
            remedy=(
                "The programme lead takes one open refusal through the route of escalation and "
                "records how long it took and what was decided."
            ),
            may_not_apply=True,
        ),
        Criterion(
            id="governance_structures.bearers_named",
            level=4,
            scope=Scope.REGION,
            question="Is it said of every finding that is borne for now who decided to bear it?",
            remedy=(
                "Whoever chairs the governing body signs for each suppressed finding, with by: in "
                "its entry, or lets the suppression lapse."
            ),
            claim=every_borne_finding_names_who_bears_it,
        ),
        Criterion(
            id="governance_structures.outside_review",
            level=5,
            scope=Scope.REGION,
            question=(
                "Has somebody from outside the partnership published a review of the governing "
                f"body within the last {REVIEW_YEARS} years?"
            ),
            remedy=(
                "The chair commissions a review by somebody with no stake in the partnership and "
                "publishes it with the body's answer."
            ),
        ),
    ),
)
