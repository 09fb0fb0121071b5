"""Training: whether people learnt to use shared information in joint work, again after changes.

Whether temporary and agency staff are reached is attested: the landscape would need, for each role,
how many of its shifts are worked by people from outside.
"""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, percent, share_reaches
from sharedcare.evidence import Evidence, is_written, unless
from sharedcare.findings import Finding
from sharedcare.landscape import Stakeholder
from sharedcare.landscape.change import Change, ChangeKind
from sharedcare.vocabulary import Group, Outcome

#: The share of a role's people who have been trained. Ours.
TRAINED_AT_LEAST = Fraction(4, 5)


def every_role_is_trained(evidence: Evidence) -> Iterator[Finding]:
    """Look at each role in an organisation that works in a system: are enough of it trained?"""
    for key, role in _users(evidence):
        yield share_reaches(
            role.trained if is_written(role, "uses") else None,
            TRAINED_AT_LEAST,
            "the share of the trained",
            about=f"stakeholders.{key}",
            name=evidence.name("stakeholders", key),
            organisation=role.organisation,
        )


def _users(evidence: Evidence) -> Iterator[tuple[str, Stakeholder]]:
    """Roles in an organisation that work in a system that is in use, or do not say in what."""
    for key, role in evidence.landscape.stakeholders.items():
        works_in = [use for use in role.uses if use.system in evidence.live_systems]
        if role.organisation is not None and (works_in or not is_written(role, "uses")):
            yield key, role


def every_technical_change_comes_with_one_for_people(evidence: Evidence) -> Iterator[Finding]:
    """Look at each planned technical change: is a change of the workforce bound to it?

    The two are bound where one requires the other, directly or through others. As long as a change
    of the plan does not say what it requires, another may come with it.
    """
    changes = evidence.landscape.changes
    whole = all(is_written(change, "requires") for change in changes.values())
    requires = {key: list(change.requires) for key, change in changes.items()}
    required_by: dict[str, list[str]] = {key: [] for key in changes}
    for key, wanted in requires.items():
        for other in wanted:
            required_by[other].append(key)
    for key, change in changes.items():
        if change.kind in (ChangeKind.TECHNICAL, None):
            bound = _closure(requires, key) | _closure(required_by, key)
            outcome = best(_trains(changes[other]) for other in bound)
            outcome = unless(outcome is Outcome.NOT_MET and not whole, outcome)
            outcome = unless(change.kind is None, outcome)
            message = f"{evidence.name('changes', key)}: {_BOUND_WORDS[outcome]}."
            yield Finding(outcome, f"changes.{key}", message)


_BOUND_WORDS = {
    Outcome.MET: "a change for the people who work with it comes with it",
    Outcome.NOT_MET: "no change for the people who work with it comes with it",
    Outcome.NOT_EVIDENCED: "of what kind it is, or what comes with it, is not said in full",
}


def _trains(change: Change) -> Outcome:
    if change.kind is None:
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if change.kind is ChangeKind.WORKFORCE else Outcome.NOT_MET


def _closure(ways: dict[str, list[str]], start: str) -> set[str]:
    """All that ``start`` leads to, directly or through others, without itself."""
    found: set[str] = set()
    queue = list(ways[start])
    while queue:
        key = queue.pop()
        if key not in found:
            found.add(key)
            queue += ways[key]
    return found - {start}


DIMENSION = Dimension(
    id="training",
    name="Training",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "People are taught to work together with shared information, on cases and not on buttons; "
        "all of them, temporary staff and care workers too; again after each change; and somebody "
        "looks whether it helped."
    ),
    rationale=(
        "New ways in that nobody was shown are used by a few and worked round by the rest. People "
        "who learnt side by side telephone each other when the record is not enough."
    ),
    prerequisites=("shared_care_pathways", "skills"),
    criteria=(
        Criterion(
            id="training.shown",
            level=1,
            scope=Scope.ORGANISATION,
            question="Were the partner's staff shown the shared record by the day it went live?",
            remedy="The training lead shows it to each team where the team works.",
        ),
        Criterion(
            id="training.counted",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the partner count in each role who has been trained and who has not?",
            remedy="The training lead counts attendance by role and enters the share as trained.",
        ),
        Criterion(
            id="training.enough_trained",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                f"Have at least {percent(TRAINED_AT_LEAST)} of every role that works in a system "
                "been trained in using shared information?"
            ),
            remedy=(
                "The training lead goes to the roles that were missed, at hours when their shifts "
                "allow it."
            ),
            claim=every_role_is_trained,
        ),
        Criterion(
            id="training.comes_with_change",
            level=3,
            scope=Scope.REGION,
            question="Does a change for the people come with every planned technical change?",
            remedy=(
                "The change's owner plans training with it and binds the two by requires, so that "
                "neither is done alone; a change that requires nothing says so (requires: [])."
            ),
            claim=every_technical_change_comes_with_one_for_people,
        ),
        Criterion(
            id="training.together",
            level=3,
            scope=Scope.REGION,
            question="Do people of different professions train together on one case?",
            remedy="The clinical and the social work lead run one case together, with both teams.",
        ),
        Criterion(
            id="training.temporary_reached",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Are temporary and agency staff trained before their first shift with the record?"
            ),
            remedy="The partner puts a short lesson before the first login, and pays for the time.",
        ),
        Criterion(
            id="training.effect_measured",
            level=4,
            scope=Scope.ORGANISATION,
            question="Was recording or use compared before and after the last training?",
            remedy=(
                "The training lead picks one figure that the training should move and counts it "
                "before and after."
            ),
        ),
        Criterion(
            id="training.changed_practice",
            level=5,
            scope=Scope.REGION,
            question=(
                "Has something learnt in joint training changed a pathway or the record itself?"
            ),
            remedy="Each joint session ends with one proposal to the owner of the pathway.",
        ),
    ),
)
