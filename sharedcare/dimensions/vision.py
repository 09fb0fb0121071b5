"""Vision: a purpose for sharing that settles what comes first."""

from collections.abc import Iterator

from sharedcare.dimension import CRESSWELL, STEELE_GRAY, Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, named
from sharedcare.evidence import Evidence, is_written, unless
from sharedcare.findings import REGION, Finding
from sharedcare.landscape import Need
from sharedcare.landscape.activity import CATALOGUE, Activity, LinkStrength
from sharedcare.vocabulary import Group, Outcome

#: What the strongest link to what a person notices says of a need.
_TIE = {
    LinkStrength.DEFINITE: Outcome.MET,
    LinkStrength.QUESTIONABLE: Outcome.NOT_EVIDENCED,
    LinkStrength.ABSENT: Outcome.NOT_MET,
}


def every_need_says_what_it_is_for(evidence: Evidence) -> Iterator[Finding]:
    """Look at each need: is its objective said?"""
    for key, need in evidence.landscape.needs.items():
        yield named(need.objective, "the objective", f"needs.{key}", evidence.name("needs", key))


def the_needs_are_weighed_against_each_other(evidence: Evidence) -> Iterator[Finding]:
    """Look at all needs as one: does any weigh more than another, or concern safety?

    A weight that is not written was given to nobody, and is not taken for the same as another.
    """
    needs = evidence.landscape.needs.values()
    if len(needs) > 1:
        outcome = _weighed(list(needs))
        yield Finding(outcome, REGION, _WEIGHED_WORDS[outcome])


_WEIGHED_WORDS = {
    Outcome.MET: "The needs carry different weights, so that trade-offs are settled.",
    Outcome.NOT_MET: "All needs were given the same weight: what comes first is not settled.",
    Outcome.NOT_EVIDENCED: "Not every need says what it weighs, and those that do weigh the same.",
}


def _weighed(needs: list[Need]) -> Outcome:
    said = [need.weight for need in needs if is_written(need, "weight")]
    if len(set(said)) > 1 or len({need.safety_critical for need in needs}) > 1:
        return Outcome.MET
    return unless(len(said) < len(needs), Outcome.NOT_MET)


def every_need_is_tied_to_what_a_person_notices(evidence: Evidence) -> Iterator[Finding]:
    """Look at each need: does an activity lead from it to something that a person notices?

    An activity leads there by its own links or through the activities that it supports. One that
    does not say what it is linked to, or what it supports, may lead there; so may one that nobody
    named. Without any activity in the profile there is nothing to look at.
    """
    activities = evidence.landscape.activities
    for key in evidence.landscape.needs if activities else ():
        tied = [name for name, activity in activities.items() if key in activity.needs]
        reached = [activities[name] for name in _supported(evidence, tied)]
        outcome = best(tie for activity in reached for tie in _ties(activity))
        outcome = outcome if reached else Outcome.NOT_EVIDENCED
        message = f"{evidence.name('needs', key)}: {_TIE_WORDS[outcome]}."
        yield Finding(outcome, f"needs.{key}", message)


_TIE_WORDS = {
    Outcome.MET: "an activity leads from it to what a person notices",
    Outcome.NOT_MET: "no activity leads from it to what a person notices",
    Outcome.NOT_EVIDENCED: "whether an activity leads from it to what a person notices is not sure",
}


def _ties(activity: Activity) -> Iterator[Outcome]:
    """What an activity's links say, and that it may have more where it does not say them.

    A link that came with a built-in activity is our drafting, and shows nothing of these partners.
    """
    for link in (link for links in activity.links.values() for link in links):
        is_drafted = link.said_by == CATALOGUE
        yield Outcome.NOT_EVIDENCED if is_drafted else _TIE[link.strength]
    if not (is_written(activity, "links") and is_written(activity, "supports")):
        yield Outcome.NOT_EVIDENCED


def _supported(evidence: Evidence, start: list[str]) -> list[str]:
    """Activities and all that they support, directly or through others."""
    found = dict.fromkeys(start)
    queue = list(start)
    while queue:
        for name in evidence.landscape.activities[queue.pop(0)].supports:
            if name in evidence.landscape.activities and name not in found:
                found[name] = None
                queue.append(name)
    return list(found)


DIMENSION = Dimension(
    id="vision",
    name="Vision",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "The partners and the people they care for share one idea of what sharing is to change, "
        "definite enough to say what comes first and what is left out."
    ),
    rationale=(
        "Without a purpose that all recognise, the technology becomes the purpose. Trade-offs are "
        "then settled one by one, by whoever happens to be in the room."
    ),
    criteria=(
        Criterion(
            id="vision.written_down",
            level=1,
            scope=Scope.REGION,
            question="Is it written down, in one sentence, what will be different for a person?",
            remedy="The programme lead writes the sentence with the people it is about.",
        ),
        Criterion(
            id="vision.objective_said",
            level=2,
            scope=Scope.REGION,
            question="Is it said of every need what it is to achieve?",
            remedy=(
                "Whoever states a need adds in one clause what they will do better when it is met."
            ),
            claim=every_need_says_what_it_is_for,
            citation=CRESSWELL,
        ),
        Criterion(
            id="vision.adopted",
            level=3,
            scope=Scope.ORGANISATION,
            question="Has the partner's leadership adopted the common vision?",
            remedy="The partner's board, cabinet or owner adopts it, or says what it cannot sign.",
        ),
        Criterion(
            id="vision.aim_measured",
            level=3,
            scope=Scope.REGION,
            question="Does the vision name a figure by which its success will be known?",
            remedy=(
                "The partners choose a figure that they can count today, and the value they want."
            ),
        ),
        Criterion(
            id="vision.needs_weighed",
            level=3,
            scope=Scope.REGION,
            question="Are the needs weighed, so that it is settled which come first?",
            remedy=(
                "Roles from every sector weigh the needs together, people cared for among them, "
                "and enter the agreed weights."
            ),
            claim=the_needs_are_weighed_against_each_other,
        ),
        Criterion(
            id="vision.reaches_the_person",
            level=4,
            scope=Scope.REGION,
            question="Does an activity lead from every need to something that a person notices?",
            remedy=(
                "The pathway's teams name the activity that the need serves, and ask people cared "
                "for what they notice of it."
            ),
            claim=every_need_is_tied_to_what_a_person_notices,
            citation=STEELE_GRAY,
        ),
        Criterion(
            id="vision.spending_tested",
            level=4,
            scope=Scope.REGION,
            question="Was the last spending decision held against the vision in writing?",
            remedy=(
                "Each business case states which part of the vision it serves, or that it serves "
                "none."
            ),
        ),
        Criterion(
            id="vision.outlived_a_leader",
            level=5,
            scope=Scope.REGION,
            question="Has the vision been kept or renewed after the leader of a partner changed?",
            remedy="New leaders are asked within three months to adopt the vision or to amend it.",
            may_not_apply=True,
        ),
    ),
)
