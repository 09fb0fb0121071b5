"""Answers to a questionnaire that they contain."""

from tests.fhir.broken import PAIN, YES, issues_of, response


def test_answers_to_what_a_contained_questionnaire_asks_have_no_issue() -> None:
    mild = {"linkId": "3", "answer": [{"valueCoding": {"code": "mild"}}]}
    group = {"linkId": "4", "item": [{"linkId": "4.1", "answer": [{"valueString": "x"}]}]}
    assert issues_of(response(YES, PAIN, mild, group)) == ()


def test_an_answer_may_still_be_missing_while_the_questionnaire_is_filled_in() -> None:
    assert issues_of(response(PAIN, status="in-progress")) == ()


def test_an_answer_that_a_condition_may_take_away_is_not_required() -> None:
    made = response(PAIN)
    made["contained"][0]["item"][0]["enableWhen"] = [
        {"question": "2", "operator": "exists", "answerBoolean": False}
    ]
    assert issues_of(made) == ()
