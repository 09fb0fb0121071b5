"""Structural complexity: many separately run partners, and whether that is known and steered."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Measure, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding, met, not_applicable, not_evidenced, not_met
from sharedcare.vocabulary import Group


def every_partner_names_its_sector(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: is its sector said?"""
    return _register(evidence, "sector", "the sector")


def every_partner_names_its_ownership(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: is it public, private or voluntary?"""
    return _register(evidence, "ownership", "the ownership")


def every_partner_names_its_footprint(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: for which area or people is it there?"""
    return _register(evidence, "footprint", "the footprint")


def every_partner_names_its_regulator(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation: who regulates it? One that says ``none`` has no such duty."""
    for key, organisation in evidence.landscape.organisations.items():
        about, name = f"organisations.{key}", evidence.organisation_name(key)
        if organisation.regulator == ("none",):
            yield not_applicable(about, f"{name}: it is said that nobody regulates it.", key)
        else:
            yield named(organisation.regulator, "the regulator", about, name, key)


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


def _register(evidence: Evidence, field: str, what: str) -> Iterator[Finding]:
    for key, organisation in evidence.landscape.organisations.items():
        name = evidence.organisation_name(key)
        yield named(getattr(organisation, field), what, f"organisations.{key}", name, key)


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
            id="structural_complexity.sector_named",
            level=1,
            scope=Scope.ORGANISATION,
            question="Does the register say to which sector the partner belongs?",
            remedy="The programme office enters each partner's sector in the register.",
            claim=every_partner_names_its_sector,
        ),
        Criterion(
            id="structural_complexity.ownership_named",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the register say whether the partner is public, private or voluntary?",
            remedy="The programme office asks each partner for its legal form and enters it.",
            claim=every_partner_names_its_ownership,
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
            id="structural_complexity.regulator_named",
            level=3,
            scope=Scope.ORGANISATION,
            question="Does the register name the partner's regulator?",
            remedy="Each partner names who regulates it, or states that nobody does.",
            claim=every_partner_names_its_regulator,
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
