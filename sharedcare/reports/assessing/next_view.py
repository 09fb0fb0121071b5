"""What to do next: a step for each dimension, what to ask first, and the few to begin with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.assessment import Assessment
from sharedcare.flows import Asking
from sharedcare.reports.assessing.dimensions_view import dimension_names
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.assessing.readiness_view import StepView, step_views
from sharedcare.reports.words.asking import fact_question
from sharedcare.reports.words.figures import cut, level_words
from sharedcare.reports.words.knowers import knower_words
from sharedcare.reports.words.names import Names
from sharedcare.scoring import OpenQuestion, RoadmapEntry

#: What is shown of long lists; the rest is counted.
MOST_FACTS = 12
MOST_QUESTIONS = 20

#: Maps whose ids are those of organisations, in a fact's way into the profile.
_NAMES_ORGANISATIONS = ("organisations", "recorded")


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """What takes one dimension to its next level."""

    id: str
    name: str
    now: str
    target: str
    words: str
    steps: tuple[StepView, ...]
    unlocks: tuple[str, ...]
    needs: tuple[str, ...]
    raise_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """One unknown fact: the question, where it belongs in the profile, which needs it decides.

    ``whom`` would know it.
    """

    question: str
    whom: tuple[str, ...]
    place: str
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One criterion whose answer is unknown: whom to ask, and what the answer would settle."""

    criterion: str
    dimension: str
    question: str
    whom: tuple[str, ...]
    worth: str


@dataclass(frozen=True, slots=True)
class AskView:
    """What to ask first; the two last count what is not shown."""

    facts: tuple[FactView, ...]
    questions: tuple[QuestionView, ...]
    more_facts: int
    more_questions: int


def roadmap_views(assessment: Assessment, names: Names) -> tuple[RoadmapView, ...]:
    """Every dimension's next step, what unlocks most first."""
    called = dimension_names(assessment.scores)
    return tuple(_entry(entry, called, names) for entry in assessment.scores.roadmap)


def _entry(entry: RoadmapEntry, called: dict[str, str], names: Names) -> RoadmapView:
    needs = (need_label(names.landscape, need) for need in entry.needs)
    return RoadmapView(
        id=entry.dimension,
        name=called[entry.dimension],
        now=level_words(entry.level),
        target="" if entry.target is None else str(entry.target),
        words=entry.words,
        steps=step_views(entry.steps, called, names),
        unlocks=tuple(called.get(key, key) for key in entry.unlocks),
        needs=tuple(needs),
        raise_first=tuple(called.get(key, key) for key in entry.raise_first),
    )


def ask_view(assessment: Assessment, facts: Sequence[Asking], names: Names) -> AskView:
    """The facts that would decide needs, and the answers that would narrow readiness."""
    called = dimension_names(assessment.scores)
    questions = assessment.scores.ask_first
    return AskView(
        tuple(_fact(asking, names) for asking in facts[:MOST_FACTS]),
        tuple(_question(question, called, names) for question in questions[:MOST_QUESTIONS]),
        max(0, len(facts) - MOST_FACTS),
        max(0, len(questions) - MOST_QUESTIONS),
    )


def _fact(asking: Asking, names: Names) -> FactView:
    fact = asking.fact
    tells_organisations = fact.kind in _NAMES_ORGANISATIONS or fact.key in _NAMES_ORGANISATIONS
    return FactView(
        question=fact_question(names.landscape, fact),
        whom=knower_words(asking.who, names),
        place="" if tells_organisations and not names.named else str(fact),
        decides=tuple(need_label(names.landscape, need) for need in asking.decides),
    )


def _question(found: OpenQuestion, called: dict[str, str], names: Names) -> QuestionView:
    return QuestionView(
        criterion=found.criterion.id,
        dimension=called[found.criterion.dimension],
        question=found.criterion.question,
        whom=names.organisations(found.organisations),
        worth=_worth(found),
    )


def _worth(found: OpenQuestion) -> str:
    if found.opens:
        return "opens a dimension that is not assessed"
    if found.worth >= Fraction(1, 10):
        return f"narrows the index by up to {cut(found.worth)}"
    if found.levels >= Fraction(1, 10):
        return f"narrows levels by {cut(found.levels)} in all"
    return "narrows little by itself"


def first_steps(
    blockers: Sequence[StepView], roadmap: Sequence[RoadmapView], most: int
) -> tuple[StepView, ...]:
    """The few steps to begin with: those that unblock the stage, then those that unlock most."""
    wanted = [*blockers, *_lowest_of_each(roadmap)]
    seen = {step.criterion: step for step in reversed(wanted) if not step.borne}
    ordered = [step for step in dict.fromkeys(s.criterion for s in wanted) if step in seen]
    return tuple(seen[criterion] for criterion in ordered[:most])


def _lowest_of_each(roadmap: Sequence[RoadmapView]) -> Iterator[StepView]:
    for entry in roadmap:
        if entry.steps and entry.now != "not assessed":
            yield entry.steps[0]
