"""Social determinants of health: whether circumstances of life are recorded, shared, acted on."""

from collections.abc import Iterator

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best
from sharedcare.evidence import Evidence, at_least_form, is_written, unless
from sharedcare.findings import Finding
from sharedcare.landscape import Agreement, Flow, Holding
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.data_categories import covers
from sharedcare.vocabulary import AgreementStatus, Form, Group, Outcome, Purpose

#: Circumstances of life that care depends on and that partners can record. Ours, from the catalogue
#: (income is left out: the catalogue has only the council's financial assessment, another thing).
FACTORS = (
    "social_context.housing",
    "social_context.household",
    "social_context.employment",
    "social_context.caring_responsibilities",
    "individual_requirements.language",
)

#: The form from which a social factor can be counted and searched for.
COUNTABLE = Form.CODED

#: Ways of writing "consent" in the slots of a lawful basis: GDPR article 6(1)(a) and 9(2)(a).
CONSENT = frozenset({"a", "consent", "explicit_consent", "explicit consent"})

#: The category by which one organisation asks another to help.
REFERRAL = "referral_details"

#: The sector that takes up much of what social factors call for.
VOLUNTARY = "voluntary"

UNEQUAL = Citation("GDPR (UK and EU), recital 43, on consent where power is unequal")


def every_social_factor_is_held_in_codes(evidence: Evidence) -> Iterator[Finding]:
    """For each social factor some organisation holds it so that it can be counted."""
    for factor in FACTORS:
        held = _holdings(evidence, factor).values()
        outcomes = [at_least_form(holding.form, COUNTABLE) for holding in held]
        outcome = best(outcomes) if outcomes else Outcome.NOT_EVIDENCED
        message = f"{evidence.category_name(factor)} {_FORM_WORDS[outcome]}"
        yield Finding(outcome, f"data_categories.{factor}", message)


_FORM_WORDS = {
    Outcome.MET: "is held in codes by at least one organisation.",
    Outcome.NOT_MET: "is held only in words that nobody can count or search.",
    Outcome.NOT_EVIDENCED: "is in no declared holding whose form is known.",
}


def _holdings(evidence: Evidence, category: str) -> dict[tuple[str, str], Holding]:
    organisations = evidence.landscape.organisations
    return {
        (organisation, system): held
        for organisation in organisations
        for system, held in evidence.holdings_of(organisation, category).items()
    }


def every_social_factor_leaves_its_holder(evidence: Evidence) -> Iterator[Finding]:
    """Each social factor that somebody holds is carried to another organisation."""
    for factor in FACTORS:
        holders = {system for _, system in _holdings(evidence, factor)}
        carried = any(_carries(flow, factor, holders) for flow in evidence.crossings.values())
        kept = Outcome.NOT_MET if holders else Outcome.NOT_EVIDENCED
        outcome = Outcome.MET if carried else kept
        message = f"{evidence.category_name(factor)} {_CARRIED_WORDS[outcome]}"
        yield Finding(outcome, f"data_categories.{factor}", message)


_CARRIED_WORDS = {
    Outcome.MET: "is carried from one organisation to another.",
    Outcome.NOT_MET: "is held, and no live flow carries it to another organisation.",
    Outcome.NOT_EVIDENCED: "is in no declared holding, so nothing says whether it is shared.",
}


def _carries(flow: Flow, category: str, holders: set[str]) -> bool:
    if any(covers(carried, category) for carried in flow.carries):
        return True
    return ALL in flow.carries and flow.from_ in holders


def sharing_for_care_does_not_rest_on_consent(evidence: Evidence) -> Iterator[Finding]:
    """Signed agreements on social factors for direct care rest on another basis than consent.

    Of one that does not say whether it is signed, for what or for which information, nothing
    follows.
    """
    asked = [
        slot for slot in evidence.landscape.meta.lawful_basis_asked if slot != "confidentiality"
    ]
    for key, agreement in evidence.landscape.agreements.items():
        if asked and _shares_factors_for_care(agreement):
            outcome = unless(_is_unsaid(agreement), _basis(agreement, asked))
            message = f"{evidence.name('agreements', key)} {_BASIS_WORDS[outcome]}"
            yield Finding(outcome, f"agreements.{key}", message)


_BASIS_WORDS = {
    Outcome.MET: "lets social factors be shared for care on a basis other than consent.",
    Outcome.NOT_MET: "rests on consent, which a person who needs the care cannot freely withhold.",
    Outcome.NOT_EVIDENCED: "may share social factors for care: what it rests on is not all said.",
}


def _shares_factors_for_care(agreement: Agreement) -> bool:
    """Whether an agreement does, or may as far as it says, share social factors for care."""
    for_care = Purpose.DIRECT_CARE in agreement.purposes or not is_written(agreement, "purposes")
    factors = not is_written(agreement, "categories") or any(
        category == ALL or any(covers(category, factor) for factor in FACTORS)
        for category in agreement.categories
    )
    out_of_force = agreement.status in (AgreementStatus.DRAFT, AgreementStatus.NONE)
    return for_care and factors and not out_of_force


def _is_unsaid(agreement: Agreement) -> bool:
    said = all(is_written(agreement, key) for key in ("purposes", "categories"))
    return not said or agreement.status is not AgreementStatus.SIGNED


def _basis(agreement: Agreement, asked: list[str]) -> Outcome:
    said = [agreement.lawful_basis.slot(slot) for slot in asked] if agreement.lawful_basis else []
    if any(text is not None and text.casefold() in CONSENT for text in said):
        return Outcome.NOT_MET
    is_whole = said and not {None, NO_BASIS} & set(said)
    return Outcome.MET if is_whole else Outcome.NOT_EVIDENCED


def every_referral_to_the_voluntary_sector_is_answered(evidence: Evidence) -> Iterator[Finding]:
    """Who refers a person to a voluntary organisation hears from it what became of that."""
    referring = {
        evidence.ends(flow)
        for flow in evidence.crossings.values()
        if any(covers(REFERRAL, carried) for carried in flow.carries)
    }
    for sender, receiver in sorted(referring):
        sector = evidence.landscape.organisations[receiver].sector
        if sector in (VOLUNTARY, None):
            answered = (receiver, sender) in referring
            outcome = unless(sector is None, Outcome.MET if answered else Outcome.NOT_MET)
            message = (
                f"{evidence.organisation_name(receiver)} {_ANSWERED_WORDS[outcome]} "
                f"{evidence.organisation_name(sender)}."
            )
            yield Finding(outcome, f"organisations.{receiver}", message)


_ANSWERED_WORDS = {
    Outcome.MET: "reports back to",
    Outcome.NOT_MET: "is sent referrals and never reports back to",
    Outcome.NOT_EVIDENCED: "does not say its sector; it is sent referrals by",
}

_FACTOR_NAMES = "housing, household, employment, caring responsibilities, language"

DIMENSION = Dimension(
    id="social_determinants",
    name="Social determinants of health",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "Whether the circumstances that people live in are recorded so that they can be used, "
        "shared on a fair footing with those who can act on them, and followed until something "
        "has been done."
    ),
    rationale=(
        "A plan that ignores the flat on the fourth floor or the spouse who is worn out fails on "
        "the first evening. Social care and voluntary organisations know these things and health "
        "services act without them; and what is recorded and never acted on teaches people not to "
        "tell."
    ),
    prerequisites=("shared_care_pathways", "information_governance"),
    citations=(CRESSWELL,),
    criteria=(
        Criterion(
            id="social_determinants.words_found",
            level=1,
            scope=Scope.ORGANISATION,
            question=(
                "Can staff of the organisation find a person's social circumstances in its record, "
                "if only in free text?"
            ),
            remedy=(
                "The clinical or social work lead agrees with staff where in the record "
                "circumstances are written, and shows newcomers."
            ),
        ),
        Criterion(
            id="social_determinants.asked_routinely",
            level=2,
            scope=Scope.REGION,
            question=(
                "Does at least one service ask everybody it takes on about their social "
                "circumstances?"
            ),
            remedy=(
                "One service, often the council's or a practice's, starts with a short set of "
                "questions and says what it will do with the answers."
            ),
        ),
        Criterion(
            id="social_determinants.people_told_why",
            level=2,
            scope=Scope.REGION,
            question="Are people who are asked about their life told who will see the answers?",
            remedy=(
                "The information governance lead and a group of people who receive care write two "
                "sentences that staff say when they ask."
            ),
        ),
        Criterion(
            id="social_determinants.held_in_codes",
            level=3,
            scope=Scope.REGION,
            question=(
                f"Does somebody hold each of these in codes that can be counted: {_FACTOR_NAMES}?"
            ),
            remedy=(
                "The data leads of health and social care agree one short list of codes for each "
                "factor, and their suppliers put it into the forms that staff fill in."
            ),
            claim=every_social_factor_is_held_in_codes,
        ),
        Criterion(
            id="social_determinants.carried_across",
            level=3,
            scope=Scope.REGION,
            question=(
                "Does a live flow carry each social factor that is held to another organisation: "
                f"{_FACTOR_NAMES}?"
            ),
            remedy=(
                "The programme adds the factor to a flow that leaves its holder already, for a "
                "need that names it."
            ),
            claim=every_social_factor_leaves_its_holder,
        ),
        Criterion(
            id="social_determinants.not_by_consent",
            level=3,
            scope=Scope.REGION,
            question=(
                "Do signed agreements that share social factors for direct care rest on a basis "
                "other than consent?"
            ),
            remedy=(
                "The data protection officers put the basis of a public task or of providing care "
                "in its place (in the UK usually article 6(1)(e) and 9(2)(h)) and keep a way to "
                "object."
            ),
            claim=sharing_for_care_does_not_rest_on_consent,
            citation=UNEQUAL,
        ),
        Criterion(
            id="social_determinants.referrals_answered",
            level=4,
            scope=Scope.REGION,
            question=(
                "Does everybody who refers people to a voluntary organisation hear back from it "
                "what became of the referral?"
            ),
            remedy=(
                "The commissioner pays the voluntary organisation to report a referral's status, "
                "and the programme declares the flow that brings it back."
            ),
            claim=every_referral_to_the_voluntary_sector_is_answered,
        ),
        Criterion(
            id="social_determinants.joint_action",
            level=5,
            scope=Scope.REGION,
            question=(
                "Has money or staff been moved within the last year because of what recorded "
                "social factors showed?"
            ),
            remedy=(
                "Public health and the council bring counts of social factors to the joint "
                "planning round, with one decision that they should settle."
            ),
        ),
    ),
)
