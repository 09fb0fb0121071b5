"""Skills: what people in every setting must be able to do, and where scarce skill is found."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import percent, share_reaches
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.landscape.organisation import SkillSource
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Form, Group, Mode, Outcome

#: The share of a role's people who have the skills that it asks for. Ours.
SKILLED_AT_LEAST = Fraction(4, 5)

#: Words of ``specialists``: connecting systems, and putting information into codes.
INTEGRATION, TERMINOLOGY = "integration", "terminology"


def every_role_with_a_need_is_skilled(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role in an organisation that has a need: are enough of its people skilled?"""
    for key, role in evidence.landscape.stakeholders.items():
        if role.organisation is not None and _has_need(evidence, key):
            yield share_reaches(
                role.skilled,
                SKILLED_AT_LEAST,
                "the share of the skilled",
                about=f"stakeholders.{key}",
                name=evidence.name("stakeholders", key),
                organisation=role.organisation,
            )


def _has_need(evidence: Evidence, stakeholder: str) -> bool:
    return any(need.stakeholder == stakeholder for need in evidence.landscape.needs.values())


def every_connected_partner_can_reach_integration_skill(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation at the end of a live link between systems: who can mend it?"""
    ends: list[str] = []
    for flow in evidence.crossings.values():
        human = any(evidence.landscape.is_human(place) for place in (flow.from_, flow.to))
        if flow.mode is not Mode.MANUAL and not human:
            ends += evidence.ends(flow)
    return _reachable(evidence, dict.fromkeys(ends), INTEGRATION)


def every_coding_partner_can_reach_terminology_skill(evidence: Evidence) -> Iterator[Finding]:
    """Look at each organisation that is asked for something coded: who knows the codes?"""
    asked = [
        found.organisation for found in evidence.contributions if found.item.min_form >= Form.CODED
    ]
    return _reachable(evidence, dict.fromkeys(asked), TERMINOLOGY)


def _reachable(evidence: Evidence, organisations: dict[str, None], skill: str) -> Iterator[Finding]:
    for key in organisations:
        outcome = _source(evidence.landscape.organisations[key].specialists.get(skill))
        message = f"{evidence.organisation_name(key)}: {skill} skill {_SOURCE_WORDS[outcome]}."
        yield Finding(outcome, f"organisations.{key}", message, key)


_SOURCE_WORDS = {
    Outcome.MET: "is within reach",
    Outcome.NOT_MET: "is nowhere within reach",
    Outcome.NOT_EVIDENCED: "may or may not be within reach: nothing says so",
}


def _source(said: SkillSource | Unknown | None) -> Outcome:
    if said is None or isinstance(said, Unknown):
        return Outcome.NOT_EVIDENCED
    return Outcome.NOT_MET if said is SkillSource.NONE else Outcome.MET


DIMENSION = Dimension(
    id="skills",
    name="Skills",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "People in every setting have the digital, data and collaborative skills that the shared "
        "record takes for granted, and small partners can reach the specialists whom they cannot "
        "employ."
    ),
    rationale=(
        "A record is as good as those who write in it. Specialist skill (connecting, coding, "
        "safety) sits in a few large organisations, while most of those who must contribute are "
        "small."
    ),
    prerequisites=("professional_jurisdictions",),
    criteria=(
        Criterion(
            id="skills.listed",
            level=1,
            scope=Scope.ORGANISATION,
            question="Has the partner written down which digital skills each of its roles needs?",
            remedy="The workforce lead lists, for each role, what its people must be able to do.",
        ),
        Criterion(
            id="skills.surveyed",
            level=2,
            scope=Scope.ORGANISATION,
            question="Has the partner asked the people in its roles what they can do with records?",
            remedy=(
                "The workforce lead asks the people in each role, and enters the share of those "
                "who have the skills for it as skilled."
            ),
        ),
        Criterion(
            id="skills.integration_reachable",
            level=2,
            scope=Scope.ORGANISATION,
            question="Can a partner whose system is linked to another's call on integration skill?",
            remedy=(
                "A larger partner or the programme lends the skill, by agreement, to those who "
                "have none (specialists: {integration: shared})."
            ),
            claim=every_connected_partner_can_reach_integration_skill,
        ),
        Criterion(
            id="skills.terminology_reachable",
            level=3,
            scope=Scope.ORGANISATION,
            question="Can a partner that is asked for coded information call on terminology skill?",
            remedy=(
                "The partners share one terminologist, or pay the supplier for the mapping "
                "(specialists: {terminology: shared})."
            ),
            claim=every_coding_partner_can_reach_terminology_skill,
        ),
        Criterion(
            id="skills.gap_funded",
            level=3,
            scope=Scope.REGION,
            question="Is there money for closing the skill gaps that were found?",
            remedy=(
                "The partners put a sum into next year's budgets, small providers' share included."
            ),
            may_not_apply=True,
        ),
        Criterion(
            id="skills.sufficient",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                f"Do at least {percent(SKILLED_AT_LEAST)} of the people in every role with a need "
                "have the skills for it?"
            ),
            remedy="The role's lead has those who lack the skills sit with those who have them.",
            claim=every_role_with_a_need_is_skilled,
        ),
        Criterion(
            id="skills.gap_shrinking",
            level=4,
            scope=Scope.REGION,
            question="Did the last survey of skills show smaller gaps than the one before?",
            remedy="The workforce lead repeats the survey and moves effort to the gaps that stay.",
        ),
        Criterion(
            id="skills.part_of_careers",
            level=5,
            scope=Scope.ORGANISATION,
            question=(
                "Does skill with shared information count for pay or promotion in the partner?"
            ),
            remedy="The partner writes the skill into job descriptions and appraisal.",
        ),
    ),
)
