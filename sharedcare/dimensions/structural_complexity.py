"""Structural complexity: many separately run partners, and whether that is known and steered."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding, met, not_evidenced, not_met
from sharedcare.vocabulary import Group


def every_partner_names_its_footprint(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: for which area or people is it there?"""
    for key, organisation in evidence.landscape.organisations.items():
        name = evidence.organisation_name(key)
        yield named(organisation.footprint, "the footprint", f"organisations.{key}", name, key)


def every_partner_confirms_its_entry(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: has it confirmed, or disputed, what is said of it?"""
    for key, organisation in evidence.landscape.organisations.items():
        about, name = f"organisations.{key}", evidence.organisation_name(key)
        if key in organisation.disputed_by:
            yield not_met(about, f"{name}: it disputes what the profile says of it.", key)
        elif key in organisation.confirmed_by:
            yield met(about, f"{name}: it has confirmed what the profile says of it.", key)
        else:
            yield not_evidenced(about, f"{name}: it has not been heard on its entry.", key)


def every_partner_is_seen_by_others_as_it_stands(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: do others confirm, and none dispute, what is said of it?"""
    for key, organisation in evidence.landscape.organisations.items():
        about, name = f"organisations.{key}", evidence.organisation_name(key)
        disputing = [other for other in organisation.disputed_by if other != key]
        confirming = [other for other in organisation.confirmed_by if other != key]
        if disputing:
            who = " and ".join(evidence.organisation_name(other) for other in disputing)
            yield not_met(about, f"{name}: what is said of it is disputed by {who}.", key)
        elif confirming:
            yield met(about, f"{name}: another partner confirms what is said of it.", key)
        else:
            yield not_evidenced(about, f"{name}: no other partner was heard on its entry.", key)


def partners(evidence: Evidence) -> Fraction | None:
    """How many organisations take part, those alike counted one by one."""
    organisations = evidence.landscape.organisations.values()
    return Fraction(sum(entry.instances for entry in organisations)) if organisations else None


def kinds_of_partner(evidence: Evidence) -> Fraction | None:
    """How many combinations of sector and ownership there are among the partners."""
    organisations = evidence.landscape.organisations.values()
    kinds = {(entry.sector, entry.ownership) for entry in organisations}
    return Fraction(len(kinds)) if kinds else None


def authorities(evidence: Evidence) -> Fraction | None:
    """How many regulators and funders the partners answer to."""
    organisations = evidence.landscape.organisations.values()
    found = {("regulator", said) for entry in organisations for said in entry.regulator}
    found |= {("funder", said) for entry in organisations for said in entry.funder}
    return Fraction(len(found)) if found else None


DIMENSION = Dimension(
    id="structural_complexity",
    name="Structural complexity",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "The partners are separately run: each has its own sector, owner, area, regulator and way "
        "of deciding. Asked is whether the partnership knows these lines and steers by them; how "
        "many lines there are is a property of the place."
    ),
    rationale=(
        "A boundary that nobody has drawn on the map is found on the day when a person crosses it. "
        "Agreements, money and decisions all follow the lines between partners."
    ),
    exposure=(
        Measure("partners", "partners, those alike counted one by one", partners, 6, 30),
        Measure("kinds_of_partner", "kinds of partner (sector and owner)", kinds_of_partner, 3, 5),
        Measure("authorities", "regulators and funders that are named", authorities, 4, 8),
    ),
    criteria=(
        Criterion(
            id="structural_complexity.register_kept",
            level=1,
            scope=Scope.REGION,
            question="Is there one register of all the organisations that take part?",
            remedy=(
                "The programme office lists every organisation that gives or takes information, "
                "with its sector, its owner and its funders."
            ),
        ),
        Criterion(
            id="structural_complexity.footprint_named",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the register say which area or which people the partner is there for?",
            remedy=(
                "Each partner states its footprint (area, registered list, eligibility), so that "
                "people who fall between two footprints can be seen."
            ),
            claim=every_partner_names_its_footprint,
        ),
        Criterion(
            id="structural_complexity.regulator_heard",
            level=3,
            scope=Scope.ORGANISATION,
            question="Does the partner know what its regulator asks of it when it shares records?",
            remedy=(
                "The partner asks its regulator, and tells the others what it may not promise them."
            ),
            may_not_apply=True,
        ),
        Criterion(
            id="structural_complexity.entry_confirmed",
            level=3,
            scope=Scope.ORGANISATION,
            question="Has the partner itself confirmed its entry in the register?",
            remedy=(
                "The programme office sends each partner its own entry; the partner confirms it or "
                "writes beside it what is wrong."
            ),
            claim=every_partner_confirms_its_entry,
        ),
        Criterion(
            id="structural_complexity.seen_alike",
            level=4,
            scope=Scope.ORGANISATION,
            question="Do other partners see the partner's area, duties and form as it does itself?",
            remedy=(
                "The partner goes through its entry with those whom it borders on; what they see "
                "otherwise is settled, or written beside the entry as a dispute."
            ),
            claim=every_partner_is_seen_by_others_as_it_stands,
        ),
        Criterion(
            id="structural_complexity.mismatches_owned",
            level=4,
            scope=Scope.REGION,
            question=(
                "Does every known mismatch of boundaries (area, eligibility, funding) have a named "
                "owner?"
            ),
            remedy=(
                "The partnership board lists where boundaries do not meet and gives each mismatch "
                "to one person with a day by which it is looked at again."
            ),
        ),
        Criterion(
            id="structural_complexity.decision_days_recorded",
            level=4,
            scope=Scope.REGION,
            question=(
                "Is it recorded how many days each decision took that had to bind all partners?"
            ),
            remedy=(
                "The board's secretary notes the day a decision was asked for and the day it fell."
            ),
        ),
        Criterion(
            id="structural_complexity.redrawn_after_reorganisation",
            level=5,
            scope=Scope.REGION,
            question=(
                "Was the register redrawn within six months of the last merger, split or move of "
                "duties among the partners?"
            ),
            remedy=(
                "The programme office redraws the register after each reorganisation and strikes "
                "out interfaces that are no longer needed."
            ),
        ),
    ),
)
