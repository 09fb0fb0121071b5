"""An assessment of the written example, and answers to what does not exist."""

from typing import Any

from sharedcare.assessment import Assessment, assess, stray_answers
from sharedcare.dimensions import DIMENSIONS
from sharedcare.landscape import landscape_of
from sharedcare.places import Place
from sharedcare.scoring import ReadinessStage
from sharedcare.vocabulary import Outcome, Verdict
from tests.oracle.example import EXAMPLE


def assessed(**maps: Any) -> Assessment:
    return assess(landscape_of({**EXAMPLE, **maps}))


def test_an_assessment_holds_verdicts_scores_and_the_version_that_made_it() -> None:
    made = assessed()
    assert [need.verdict for need in made.judgement.needs] == [Verdict.MET]
    assert [score.id for score in made.scores.dimensions] == [each.id for each in DIMENSIONS]
    assert len(made.scores.roadmap) == len(DIMENSIONS)
    assert made.scores.readiness.dimensions == len(DIMENSIONS)
    assert made.version[0].isdigit()


def test_the_same_landscape_gives_the_same_assessment() -> None:
    one, other = assessed(), assessed()
    assert one.scores == other.scores


def test_a_region_that_says_nothing_of_itself_is_never_ready() -> None:
    made = assess(landscape_of({"meta": {"as_of": "2026-11-01"}}))
    readiness = made.scores.readiness
    assert readiness.index is None
    assert readiness.stage is not ReadinessStage.NO_BLOCKER_FOUND
    outcomes = [each.outcome for score in made.scores.dimensions for each in score.criteria]
    assert Outcome.MET not in outcomes


def test_every_criterion_is_asked_and_its_findings_counted() -> None:
    made = assessed()
    for score in made.scores.dimensions:
        assert [each.criterion for each in score.criteria] == list(score.dimension.criteria)
        for each in score.criteria:
            assert each.criterion.claim or not each.findings


STRAYS: dict[str, Any] = {
    "attestations": {
        "vision.made_up_by_nobody": {"answer": "yes"},
        "mine": {"criterion": f"{DIMENSIONS[0].criteria[0].id}x", "answer": "no"},
    },
    "suppressions": {"s": {"criterion": "no.such", "reason": "Known.", "until": "2027-01-01"}},
    "gates": {"g": {"dimension": "liabilty"}, "fine": {"needs": "safety_critical"}},
    "ratings": {"r": {"values": {"visoin": 3, "vision": 4}}},
}


def test_answers_to_what_does_not_exist_are_faults_with_their_places_and_a_guess() -> None:
    def place(*way: str | int) -> Place:
        return Place("profile.yaml", 1 + len(way), path=".".join(map(str, way)))

    faults = stray_answers(landscape_of({**EXAMPLE, **STRAYS}), place)
    found = {fault.place.path: (fault.code, fault.place.line) for fault in faults}
    assert found == {
        "attestations.vision.made_up_by_nobody": ("UNKNOWN_CRITERION", 3),
        "attestations.mine.criterion": ("UNKNOWN_CRITERION", 4),
        "suppressions.s.criterion": ("UNKNOWN_CRITERION", 4),
        "gates.g.dimension": ("UNKNOWN_DIMENSION", 4),
        "ratings.r.values.visoin": ("UNKNOWN_DIMENSION", 5),
    }
    messages = " ".join(fault.message for fault in faults)
    assert f"did you mean {DIMENSIONS[0].criteria[0].id}?" in messages
    assert "did you mean liability?" in messages
    assert "did you mean vision?" in messages


def test_answers_to_what_exists_are_no_faults() -> None:
    known = DIMENSIONS[0].criteria[0].id
    good = {
        "attestations": {known: {"answer": "yes"}},
        "suppressions": {"s": {"criterion": known, "reason": "Known.", "until": "2027-01-01"}},
        "gates": {"g": {"dimension": "vision"}},
        "ratings": {"r": {"values": {"vision": 4}}},
    }
    assert stray_answers(landscape_of({**EXAMPLE, **good})) == ()
