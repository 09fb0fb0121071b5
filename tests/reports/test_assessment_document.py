"""What the JSON of an assessment holds beside scores and verdicts."""

from functools import cache

from sharedcare.flows import LossKind
from sharedcare.flows.meaning.clashes import ClashKind
from sharedcare.reports.assessing.assessment_document import AssessmentDocument, assessment_document
from sharedcare.vocabulary import Verdict
from tests.reports.making import assessed, nothing_declared


@cache
def document(profile: str) -> AssessmentDocument:
    return assessment_document(assessed(profile), "0")


def test_every_need_of_a_small_landscape_is_explained_and_what_is_met_has_nothing_to_give_way() -> (
    None
):
    made = document("fictional-region")
    verdicts = {need.id: need.verdict for need in made.needs}
    assert {one.need for one in made.explanations} == set(verdicts)
    for one in made.explanations:
        assert len(one.sentences) == 2
        assert (one.relaxations is None) == (verdicts[one.need] == Verdict.MET.value)
        decided = verdicts[one.need] == Verdict.UNDETERMINED.value
        assert (one.decided_if_good is not None) == decided


def test_an_explanation_names_the_facts_that_decide_by_their_way_into_the_profile() -> None:
    found = next(
        one for one in document("fictional-region").explanations if one.need == "equipment_on_order"
    )
    assert found.decided_if_good == found.decided_if_bad == [["flows.equipment_store.wait"]]


def test_what_falls_is_told_of_every_kind_without_what_changes_nothing() -> None:
    made = document("fictional-region").resilience
    assert made.tried == [kind.value for kind in LossKind]
    assert made.not_tried == []
    assert all(loss.changes for loss in made.losses)
    assert len(made.losses) < len(assessed("fictional-region").stress.losses)


def test_every_absence_tells_its_gaps_and_no_other_clash_has_any() -> None:
    found = document("mid-and-south-essex").clashes
    assert {clash.kind for clash in found} <= {kind.name.lower() for kind in ClashKind}
    assert {bool(clash.gaps) for clash in found if clash.kind == "absence"} == {True}
    assert {bool(clash.gaps) for clash in found if clash.kind != "absence"} == {False}


def test_of_nothing_there_is_nothing_to_tell() -> None:
    made = assessment_document(nothing_declared(), "0")
    assert (made.explanations, made.clashes, made.resilience.losses) == ([], [], [])
    assert made.burden.total.hours is None
    assert made.calendar.days == []
