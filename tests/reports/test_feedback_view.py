"""The view of feedback from which the report of an assessment takes a section."""

from fractions import Fraction

from sharedcare.experience.feedback import answerings
from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.prompts import Direction, Prompt
from sharedcare.flows import Bounds
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.reports.experience.feedback_view import NONE_TOLD, FeedbackView, feedback_view
from sharedcare.reports.words.names import Names


def landscape(**said: object) -> Landscape:
    return landscape_of(
        {
            "meta": {"as_of": "2026-11-01"},
            "organisations": {"tarn": {"name": "Tarn Trust", "type": "acute"}},
            "feedback": {"f": {"organisation": "tarn", **said}} if said else {},
        }
    )


def viewed(**said: object) -> FeedbackView:
    made = landscape(**said)
    return feedback_view(answerings(made), Names(made, named=False))


def test_a_landscape_that_tells_nothing_of_feedback_says_so_in_one_line() -> None:
    view = viewed()
    assert view.headline == NONE_TOLD
    assert view.organisations == ()
    assert view.limits


def test_what_would_decide_is_asked_and_nothing_is_taken_for_none() -> None:
    (one,) = viewed(stories=500, answered=490).organisations
    assert one.type.startswith("not decided between generic, offline")
    assert "What share of the answers is the same, or nearly?" in one.ask
    assert [signal.here for signal in one.signals][1:] == ["not told"] * 6


def test_a_name_that_stands_in_what_is_attested_is_not_told() -> None:
    (one,) = viewed(stories=500, answered=9, staging="Tarn Trust asks people to ring").organisations
    assert ("Staging", "Acute hospital A asks people to ring") in one.stage


def test_what_is_attested_is_said_to_be_and_what_is_not_is_not_said() -> None:
    (threat,) = viewed(stories=500, answered=9, outlook="threat").organisations
    assert threat.attested == ("Attested: feedback in public is seen as a threat to reputation.",)
    (silent,) = viewed(stories=500, answered=9).organisations
    assert silent.attested == ()


def test_a_prompt_asks_to_look_again_and_blames_nobody() -> None:
    made = landscape(stories=500, answered=9)
    level = Bounds(Fraction(4), Fraction(4))
    prompt = Prompt(
        "f", "tarn", "vision", "Vision", level, True, ResponseType.NON_RESPONSE, False,
        Direction.CLAIMS_MORE,
    )  # fmt: skip
    view = feedback_view(answerings(made), Names(made, named=False), [prompt])
    (words,) = view.prompts
    assert words.startswith("Acute hospital A claims level 4 in Vision; its answers to feedback")
    assert "Look again at both" in words
