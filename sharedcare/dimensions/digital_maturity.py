"""Digital maturity: what those who contribute are able to contribute, and how far they differ.

That a sector was left out of maturity surveys, as social care often is, is asked here and in no
other dimension.
"""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best
from sharedcare.evidence import Contribution, Evidence, at_least, at_least_form, unless
from sharedcare.findings import REGION, Finding, not_evidenced
from sharedcare.landscape import Organisation, System
from sharedcare.quantities import UNKNOWN
from sharedcare.vocabulary import Group, Outcome

#: The score on the NHS Digital Maturity Assessment (1 to 5) that a contributor should reach. Ours.
MINIMUM_SCORE = 3

#: What ``maturity_scale`` says of an organisation that nobody has ever assessed.
NEVER_ASSESSED = "none"

#: What ``maturity_scale`` may say of a score that can be held against the minimum.
NHS_DMA = frozenset({"nhs_dma", "nhs dma", "nhs digital maturity assessment"})

DMA = Citation("NHS England, Digital Maturity Assessment: it holds no social care organisation")


def every_sector_has_been_assessed(evidence: Evidence) -> Iterator[Finding]:
    """In each sector that gives or takes information somebody's maturity is on record."""
    for sector in evidence.partner_sectors:
        outcome = _assessed(evidence, sector)
        yield Finding(outcome, REGION, _SECTOR_WORDS[outcome].format(sector.replace("_", " ")))
    for key in evidence.partners_of_no_sector:
        name = evidence.organisation_name(key)
        yield not_evidenced(REGION, f"To which sector's maturity {name} speaks is not said.")


_SECTOR_WORDS = {
    Outcome.MET: "Of the sector {} at least one organisation's digital maturity is on record.",
    Outcome.NOT_MET: "Of the sector {} nobody's digital maturity was ever assessed.",
    Outcome.NOT_EVIDENCED: "Of the sector {} no score is given, nor said that nobody was assessed.",
}


def _assessed(evidence: Evidence, sector: str) -> Outcome:
    everyone = evidence.in_sector(sector)
    return best(unless(_is_unplaced(found), _on_record(found)) for found in everyone)


def _is_unplaced(organisation: Organisation) -> bool:
    """Whether an organisation with a maturity of its own does not say of which sector it is."""
    return organisation.sector is None and organisation.maturity_scale != NEVER_ASSESSED


def _on_record(organisation: Organisation) -> Outcome:
    if organisation.maturity_scale == NEVER_ASSESSED:
        return Outcome.NOT_MET
    is_said = organisation.maturity is not None and organisation.maturity is not UNKNOWN
    return Outcome.MET if is_said else Outcome.NOT_EVIDENCED


def every_contributor_holds_it_electronically(evidence: Evidence) -> Iterator[Finding]:
    """What others need of an organisation stands in one of its electronic systems."""
    for part in _parts(evidence):
        systems = evidence.holdings_of(part.organisation, part.item.category)
        held = [_electronic(evidence.landscape.systems[key]) for key in systems]
        outcome = best(held) if held else Outcome.NOT_EVIDENCED
        yield _about(evidence, part, outcome, _SYSTEM_WORDS)


def _electronic(system: System) -> Outcome:
    return unless(system.kind is None, Outcome.NOT_MET if system.is_human else Outcome.MET)


_SYSTEM_WORDS = {
    Outcome.MET: "holds {} in an electronic system.",
    Outcome.NOT_MET: "holds {} only on paper or in people's heads, and others need it.",
    Outcome.NOT_EVIDENCED: "is asked for {}, and in what kind of system it holds that is not said.",
}


def every_contributor_holds_it_in_the_form_asked_for(evidence: Evidence) -> Iterator[Finding]:
    """What others need of an organisation is held in a form that can serve them."""
    for part in _parts(evidence):
        held = evidence.holdings_of(part.organisation, part.item.category).values()
        outcomes = [at_least_form(holding.form, part.item.min_form) for holding in held]
        outcome = best(outcomes) if outcomes else Outcome.NOT_EVIDENCED
        yield _about(evidence, part, outcome, _FORM_WORDS)


_FORM_WORDS = {
    Outcome.MET: "holds {} in a form that serves those who need it.",
    Outcome.NOT_MET: "holds {} in a form that cannot serve those who need it.",
    Outcome.NOT_EVIDENCED: "is asked for {}, and in which form it holds that is not said.",
}


def _parts(evidence: Evidence) -> list[Contribution]:
    """One for each organisation and category: of several needs the one that asks for most."""
    parts: dict[tuple[str, str], Contribution] = {}
    for part in sorted(evidence.contributions, key=lambda found: found.item.min_form):
        parts[part.organisation, part.item.category] = part
    return [parts[key] for key in sorted(parts)]


def _about(
    evidence: Evidence, part: Contribution, outcome: Outcome, words: dict[Outcome, str]
) -> Finding:
    said = words[outcome].format(evidence.category_name(part.item.category))
    message = f"{evidence.organisation_name(part.organisation)} {said}"
    return Finding(outcome, f"organisations.{part.organisation}", message, part.organisation)


def every_contributor_reaches_the_minimum(evidence: Evidence) -> Iterator[Finding]:
    """Each organisation that others draw on reaches the minimum score."""
    giving = {part.organisation for part in evidence.contributions}
    for key in evidence.partners:
        if key in giving:
            outcome = _reaches(evidence.landscape.organisations[key])
            message = f"{evidence.organisation_name(key)} {_SCORE_WORDS[outcome]}"
            yield Finding(outcome, f"organisations.{key}", message, key)


def _reaches(organisation: Organisation) -> Outcome:
    scale = organisation.maturity_scale
    if scale is not None and scale.casefold() not in NHS_DMA:
        return Outcome.NOT_EVIDENCED
    return at_least(organisation.maturity, Fraction(MINIMUM_SCORE))


_SCORE_WORDS = {
    Outcome.MET: f"scores {MINIMUM_SCORE} or more for its digital maturity.",
    Outcome.NOT_MET: f"scores less than {MINIMUM_SCORE} for its digital maturity.",
    Outcome.NOT_EVIDENCED: "has no score for its digital maturity that can be compared.",
}


DIMENSION = Dimension(
    id="digital_maturity",
    name="Digital maturity: subsectors and organizations",
    group=Group.TECHNOLOGICAL,
    definition=(
        "How able each organisation and each subsector is to contribute what others need of it: "
        "that it is held electronically, in a form that serves, and by somebody whose ability has "
        "been looked at with the same eyes as everybody else's."
    ),
    rationale=(
        "A shared record is as good as what its least able necessary contributor can send. An "
        "average hides that: one hospital with everything does not make up for the home care "
        "agency whose notes lie in a folder in the kitchen."
    ),
    prerequisites=("legacy_systems",),
    criteria=(
        Criterion(
            id="digital_maturity.own_view",
            level=1,
            scope=Scope.ORGANISATION,
            question="Has the organisation judged its own digital ability, in whatever way?",
            remedy=(
                "The organisation's manager fills in a self-assessment that fits its size (What "
                "Good Looks Like, or its checklist for adult social care)."
            ),
        ),
        Criterion(
            id="digital_maturity.sectors_assessed",
            level=2,
            scope=Scope.REGION,
            question=(
                "Is the digital maturity of at least one organisation on record in every sector "
                "that gives or takes information?"
            ),
            remedy=(
                "The programme has the sectors assessed that the national survey leaves out, on a "
                "scale that small providers can answer, and declares the scores under maturity."
            ),
            claim=every_sector_has_been_assessed,
            citation=DMA,
        ),
        Criterion(
            id="digital_maturity.held_electronically",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Does the organisation hold everything that others need of it in an electronic "
                "system?"
            ),
            remedy=(
                "The organisation's manager, with the programme's help, moves this category off "
                "paper first, because others wait for it."
            ),
            claim=every_contributor_holds_it_electronically,
        ),
        Criterion(
            id="digital_maturity.held_in_form",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does the organisation hold everything that others need of it in at least the "
                "form that they ask for?"
            ),
            remedy=(
                "The system's owner replaces free text or scans by fields and codes for this "
                "category, or those who need it say that less will do."
            ),
            claim=every_contributor_holds_it_in_the_form_asked_for,
        ),
        Criterion(
            id="digital_maturity.minimum_agreed",
            level=3,
            scope=Scope.REGION,
            question="Have the partners agreed what somebody must be able to do in order to join?",
            remedy=(
                "The governing body adopts a minimum that a care home with twenty beds can reach, "
                "and says what help there is to reach it."
            ),
        ),
        Criterion(
            id="digital_maturity.minimum_score",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                f"Does the organisation score at least {MINIMUM_SCORE} of 5 on the scale of the "
                "NHS Digital Maturity Assessment, if others draw on it?"
            ),
            remedy=(
                "The commissioner puts money and people where the score of a needed contributor "
                "is lowest, and has it assessed again after a year."
            ),
            claim=every_contributor_reaches_the_minimum,
        ),
        Criterion(
            id="digital_maturity.help_to_reach_minimum",
            level=4,
            scope=Scope.REGION,
            question="Were partners below the agreed minimum given money or staff to reach it?",
            remedy=(
                "The finance lead sets the spending on digital help beside the partners' scores, "
                "and the governing body redirects it."
            ),
        ),
        Criterion(
            id="digital_maturity.judged_by_peers",
            level=5,
            scope=Scope.ORGANISATION,
            question=(
                "Has somebody from a partner in another sector checked the organisation's score "
                "within the last year?"
            ),
            remedy=(
                "Partners pair up across sectors and visit each other once a year, with the "
                "questions of the scale in hand."
            ),
        ),
    ),
)
