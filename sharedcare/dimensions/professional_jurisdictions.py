"""Professional jurisdictions, interests, and expertise: who may write, who is believed."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import CRESSWELL, Criterion, Dimension, Measure, Scope
from sharedcare.dimensions.said import best
from sharedcare.evidence import Evidence, is_written, unless
from sharedcare.findings import Finding
from sharedcare.landscape import Stakeholder
from sharedcare.landscape.data_categories import ancestors
from sharedcare.vocabulary import Group, Outcome


def every_profession_states_a_need(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role in an organisation: does somebody of its profession state a need?"""
    asking = {need.stakeholder for need in evidence.landscape.needs.values()}
    heard = {role.profession for key, role in _roles(evidence) if key in asking}
    for key, role in _roles(evidence):
        outcome = Outcome.MET if key in asking else _heard(role.profession, heard)
        message = f"{evidence.name('stakeholders', key)}: {_HEARD_WORDS[outcome]}."
        yield Finding(outcome, f"stakeholders.{key}", message, role.organisation)


_HEARD_WORDS = {
    Outcome.MET: "its profession has stated what it needs",
    Outcome.NOT_MET: "nobody of its profession states a need",
    Outcome.NOT_EVIDENCED: "it states no need; whether one of its profession does is not known",
}


def _heard(profession: str | None, heard: set[str | None]) -> Outcome:
    """Whether a profession is heard; one who asks and does not say theirs may be of it."""
    if profession is not None and profession in heard:
        return Outcome.MET
    return unless(profession is None or None in heard, Outcome.NOT_MET)


def every_profession_that_asks_also_supplies(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role with a need: does its profession hold what another profession asks for?

    A role supplies what stands in the systems of its own organisation that it works in.
    """
    asking = {need.stakeholder for need in evidence.landscape.needs.values()}
    known = {role.profession: _supplies(evidence, role.profession) for _, role in _roles(evidence)}
    for key, role in _roles(evidence):
        if key in asking:
            outcome = known[role.profession]
            message = f"{evidence.name('stakeholders', key)}: {_SUPPLIES_WORDS[outcome]}."
            yield Finding(outcome, f"stakeholders.{key}", message, role.organisation)


_SUPPLIES_WORDS = {
    Outcome.MET: "its profession also holds what another profession asks for",
    Outcome.NOT_MET: "its profession asks, and nobody asks for what it could tell",
    Outcome.NOT_EVIDENCED: "whether another profession asks for what it holds is not known",
}


def _supplies(evidence: Evidence, profession: str | None) -> Outcome:
    if profession is None:
        return Outcome.NOT_EVIDENCED
    alike = [role for _, role in _roles(evidence) if role.profession == profession]
    held = {category for role in alike for category in _written_by(evidence, role)}
    found = best(
        _asked_by(evidence, need.stakeholder, profession)
        for need in evidence.landscape.needs.values()
        if any(held & {item.category, *ancestors(item.category)} for item in need.content)
    )
    return unless(found is Outcome.NOT_MET and _may_hold_more(evidence, alike), found)


def _may_hold_more(evidence: Evidence, alike: list[Stakeholder]) -> bool:
    """Whether somebody of a profession may hold more than is said: who is of it, in what."""
    unsaid = any(role.profession is None for _, role in _roles(evidence))
    return unsaid or not all(is_written(role, "uses") for role in alike)


def _asked_by(evidence: Evidence, asker: str, profession: str) -> Outcome:
    """Whether an asker is of another profession; the person cared for is of none."""
    role = evidence.landscape.stakeholders[asker]
    if role.organisation is None or role.profession == profession:
        return Outcome.NOT_MET
    return Outcome.NOT_EVIDENCED if role.profession is None else Outcome.MET


def _written_by(evidence: Evidence, role: Stakeholder) -> set[str]:
    systems = [evidence.live_systems.get(use.system) for use in role.uses]
    own = [system for system in systems if system and system.organisation == role.organisation]
    return {category for system in own for category in system.holds}


def _roles(evidence: Evidence) -> list[tuple[str, Stakeholder]]:
    """Roles in an organisation: neither the person cared for nor their carers."""
    stakeholders = evidence.landscape.stakeholders.items()
    return [(key, role) for key, role in stakeholders if role.organisation is not None]


def professions(evidence: Evidence) -> Fraction | None:
    """How many professions take part."""
    named_ones = {role.profession for _, role in _roles(evidence)} - {None}
    return Fraction(len(named_ones)) if named_ones else None


def professions_asking_for_one_thing(evidence: Evidence) -> Fraction | None:
    """How many professions ask for the data category that most of them ask for."""
    askers: dict[str, set[str]] = {}
    for need in evidence.landscape.needs.values():
        profession = evidence.landscape.stakeholders[need.stakeholder].profession
        for item in need.content:
            askers.setdefault(item.category, set()).update({profession} if profession else ())
    return max((Fraction(len(found)) for found in askers.values() if found), default=None)


DIMENSION = Dimension(
    id="professional_jurisdictions",
    name="Professional jurisdictions, interests, and expertise",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "Professions differ in what they may decide, in the words they use and in whose word "
        "counts. Asked is whether it was negotiated who writes, who reads and who acts on what the "
        "others wrote, or whether it was taken for granted."
    ),
    rationale=(
        "What one profession records for its own use becomes visible to others, who may misread "
        "it, doubt it or judge by it. A profession that only reads, or is only read, has no reason "
        "to keep a shared record well."
    ),
    prerequisites=("organizational_complexity",),
    exposure=(
        Measure("professions", "professions that take part", professions, 4, 7),
        Measure(
            "professions_asking_for_one_thing",
            "professions that ask for the same kind of information",
            professions_asking_for_one_thing,
            3,
            5,
        ),
    ),
    criteria=(
        Criterion(
            id="professional_jurisdictions.others_known",
            level=1,
            scope=Scope.ORGANISATION,
            question="Do the partner's professions know which others will read what they write?",
            remedy=(
                "The partner's leads list the professions that take part, care workers included, "
                "and tell each of their own who the others are."
            ),
        ),
        Criterion(
            id="professional_jurisdictions.need_stated",
            level=2,
            scope=Scope.ORGANISATION,
            question="Has every profession in the partner stated what it needs to know?",
            remedy=(
                "The programme sits down with the professions that have not been asked and writes "
                "down what they need, in their words."
            ),
            claim=every_profession_states_a_need,
            citation=CRESSWELL,
        ),
        Criterion(
            id="professional_jurisdictions.forum",
            level=2,
            scope=Scope.REGION,
            question=(
                "Do the professions meet in a forum where roles in the shared record are settled?"
            ),
            remedy=(
                "The clinical and the social work lead call the forum together; each profession "
                "sends somebody who may speak for it."
            ),
        ),
        Criterion(
            id="professional_jurisdictions.supplies_too",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does every profession that asks for information also hold what another profession "
                "asks for?"
            ),
            remedy=(
                "The other professions are asked what they would want to know from this one, and "
                "that becomes a need; reading alone keeps nobody at the table."
            ),
            claim=every_profession_that_asks_also_supplies,
            citation=CRESSWELL,
        ),
        Criterion(
            id="professional_jurisdictions.roles_written",
            level=3,
            scope=Scope.REGION,
            question=(
                "Is there a matrix, accepted by every profession, of what each may do with each "
                "kind of shared information?"
            ),
            remedy=(
                "The forum fills in the matrix (write, read, act) and each profession accepts it."
            ),
        ),
        Criterion(
            id="professional_jurisdictions.dispute_settled",
            level=4,
            scope=Scope.REGION,
            question=(
                "Has a quarrel between professions over the shared record been settled in the "
                "forum?"
            ),
            remedy="The forum takes one open quarrel, settles it and records what was decided.",
            may_not_apply=True,
        ),
        Criterion(
            id="professional_jurisdictions.trust_asked",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Were staff asked within the last twelve months whether they trust what other "
                "professions enter?"
            ),
            remedy="The partner asks its staff by profession and takes the answers to the forum.",
        ),
        Criterion(
            id="professional_jurisdictions.entries_change_decisions",
            level=5,
            scope=Scope.REGION,
            question=(
                "Does a sample of cases show decisions that were changed by another profession's "
                "entry?"
            ),
            remedy=(
                "Two professions read twenty cases together and note where one's entry changed "
                "what the other did."
            ),
        ),
    ),
)
