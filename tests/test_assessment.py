"""An assessment of the written example, and answers to what does not exist."""

from functools import cache
from pathlib import Path
from typing import Any

from sharedcare.assessment import MOST_FLOWS_EXPLAINED, Assessment, assess, stray_answers
from sharedcare.dimensions import DIMENSIONS
from sharedcare.flows import LossKind, explain, judge, stress
from sharedcare.flows.losses.lapses import lapses
from sharedcare.flows.meaning.clashes import clashes
from sharedcare.flows.work.burden import burden
from sharedcare.landscape import landscape_of
from sharedcare.loading import load_landscape
from sharedcare.places import Place
from sharedcare.scoring import ReadinessStage
from sharedcare.vocabulary import Outcome, Verdict
from tests.oracle.example import EXAMPLE

PROFILES = Path(__file__).parents[1] / "profiles"


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


REGION = load_landscape(PROFILES / "fictional-region.yaml")


@cache
def region() -> Assessment:
    return assess(REGION)


def test_what_an_assessment_says_besides_is_what_the_verbs_say() -> None:
    made = region()
    assert made.stress == stress(REGION)
    assert made.calendar == lapses(REGION)
    assert made.burden == burden(REGION, judge(REGION))
    assert made.clashes == clashes(REGION, judge(REGION))
    assert made.untried == ()


def test_every_need_of_a_small_landscape_is_explained_as_by_itself_the_gravest_first() -> None:
    made = region()
    assert made.unexplained == 0
    assert made.explanations == {key: explain(REGION, key) for key in made.explanations}
    assert list(made.explanations) == [need.need for need in made.judgement.gravest_first]


def test_criteria_and_reports_share_what_was_worked_out_once() -> None:
    made = region()
    assert made.calendar is made.evidence.calendar
    assert made.clashes is made.evidence.clashes
    assert made.stress is made.stress
    assert made.explanations is made.explanations


def test_what_a_criterion_reads_of_a_lost_system_is_what_stress_says() -> None:
    by_system = {
        loss.ids[0]: loss.changes for loss in region().stress.losses if loss.kind is LossKind.SYSTEM
    }
    assert by_system == {key: region().evidence.changes_without(key) for key in REGION.systems}


def test_of_a_landscape_with_many_flows_only_the_gravest_needs_are_explained() -> None:
    call = {"from": "ward", "to": "worker0", "mode": "manual", "carries": ["alerts"]}
    calls = {f"call{n}": call for n in range(MOST_FLOWS_EXPLAINED // 2 + 1)}
    made = assess(
        landscape_of(
            {
                "meta": {"as_of": "2026-11-01"},
                "stakeholders": {key: {} for key in ("ward", "worker0")},
                "flows": calls,
                "needs": {
                    key: {"stakeholder": "worker0", "content": ["alerts"], "purpose": "planning"}
                    for key in ("one", "two")
                },
            }
        )
    )
    assert list(made.explanations) == ["one"]
    assert made.unexplained == 1
