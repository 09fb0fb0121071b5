"""What an answer does is told by its words, and long or hostile ones are read at once."""

import time

import pytest

from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.wording import body_of, wording


@pytest.mark.parametrize(
    "text",
    [
        "Please contact PALS.",
        "Could you ring me on 01632 960123?",
        "Write to advice@trust.example with your date of birth.",
        "I'd ask you to use the formal complaints process.",
        "Can you let us have your number so that we can talk in private?",
    ],
)
def test_an_answer_that_sends_people_elsewhere_redirects(text: str) -> None:
    assert wording(text).redirects


@pytest.mark.parametrize(
    "text",
    [
        "We have moved the medicine round.",
        "As a result the leaflet is a new one.",
        "I'll come back here and say what they decide.",
        "Since you wrote, the desk hands over at seven.",
        "I can't promise more beds this winter.",
        "The clinic has now put up a sign.",
        "We are currently reviewing how physio slots are booked.",
        "Reception can now see who is waiting.",
        "The rota is now drawn up a month ahead.",
        "The list has been reworded with pictures.",
        "I have turned it down and swapped the chairs.",
        "The new blinds are going up on the 12th.",
        "You are right, the corridor is too dark.",
        "There was no excuse for the cold meals, and that is on us.",
        "I went through the diary: nobody had written your visit down.",
        "You asked why the clinic moved; the old roof leaks.",
        "I'll be frank with you, there is no money for a second lift.",
    ],
)
def test_an_answer_that_says_what_came_of_a_story_or_will_tells(text: str) -> None:
    assert wording(text).tells


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your feedback.",
        "We were moved by your story. Your story has moved us all.",
        "Lessons will be learned and your comments passed to the team.",
        "The phone calls nobody answered must have been hard.",
        "We are grateful that you took the time to write to our staff.",
        "It was so kind of you to ring the ward and talk to the sister.",
        "Your card put a big smile on our faces, and I have put Asha forward for a prize.",
        "So glad that your mother is now home, and that you now feel well.",
        "The nurses taught you to use the crutches, and you were right to trust them.",
        "You are the reason we do this job.",
        "The news that came by phone must have been hard.",
    ],
)
def test_thanks_and_promises_without_who_how_and_when_neither_tell_nor_redirect(text: str) -> None:
    found = wording(text)
    assert not found.tells
    assert not found.redirects


@pytest.mark.parametrize(
    "text",
    [
        "You are right about the biopsy, the taxi and the soup. Please ring me on 01632 960123.",
        "I have asked Asha from the advice office to expect your call on 01632 960123, Marjorie.",
        "The biopsy, the taxi and the soup: call me and we will see what we can do about them.",
        "I should have met you at the biopsy, Marjorie. Could we have a quick word on the phone?",
    ],
)
def test_who_owns_a_failing_and_leads_elsewhere_with_it_leads_elsewhere(text: str) -> None:
    assert wording(text).kind(is_template=False) is ResponseType.OFFLINE


def test_stock_phrases_in_ever_other_words_are_generic() -> None:
    text = "Listening is at the heart of what we do. Colleagues have been informed of the points."
    assert wording(text).kind(is_template=False) is ResponseType.GENERIC


def test_an_address_and_a_masked_number_are_no_words_of_its_own() -> None:
    text = "Our advice office can help. Telephone: [XXXXXX] Email: XXX@nhs.net Online: [link]."
    found = wording(text)
    assert found.own_words == 0
    assert found.redirects


def test_an_answer_from_a_template_that_redirects_is_generic() -> None:
    found = wording("Sorry about the biopsy, the scan and the taxi. Please contact PALS.")
    assert found.kind(is_template=True) is ResponseType.GENERIC
    assert found.kind(is_template=False) is ResponseType.OFFLINE


def test_a_change_that_is_told_in_stock_words_alone_is_generic() -> None:
    assert wording("We have made changes.").kind(is_template=False) is ResponseType.GENERIC


def test_of_an_answer_that_is_only_a_greeting_all_is_read() -> None:
    assert body_of("Hello") == "hello"
    assert wording("").words == ()


@pytest.mark.parametrize(
    "piece",
    [
        "please ",
        "a.a",
        "\n",
        "if you ",
        "we have now ",
        "kind regards ",
        "it is now ",
        "you asked ",
        "i cannot ",
        "word by phone ",
        "&amp;",
        "I ",
    ],
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    begun = time.process_time()
    wording(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 2
