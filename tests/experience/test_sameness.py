"""Near-identical answers are found whatever the order, and nothing else is."""

import random

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.feedback import every_two, from_templates, in_templates, own_words
from sharedcare.experience.feedback.sameness import alike
from sharedcare.experience.feedback.wording import MOST_WORDS, wording

ANSWER = "thank you for telling us about your stay we will pass your words on to the staff"


def words(text: str) -> tuple[str, ...]:
    return wording(text).words


def test_a_template_is_found_through_slight_variants() -> None:
    first, second, other = alike(
        [
            words(ANSWER),
            words(ANSWER.replace("stay", "visit") + " concerned"),
            words("the scanner was mended on friday and we have rung everybody who had waited"),
        ]
    )
    assert first == second != other


def test_greeting_signature_capitals_entities_and_numbers_make_no_difference() -> None:
    plain = words(ANSWER + " on 01632 960001")
    dressed = f"Dear Teapot\n\n{ANSWER.upper()}  on 01632 960777\n\nKind regards\n\nIvel Hospital"
    assert words(dressed) == plain
    assert words("We&#39;re sorry") == words("we're sorry")


def test_every_answer_that_comparing_every_two_finds_is_found() -> None:
    texts = [words(text) for text in (*own_words(150), *from_templates(150))]
    assert in_templates(alike(texts)) == in_templates(every_two(texts))


def test_of_a_long_answer_the_beginning_is_compared() -> None:
    long = " ".join(f"lamp{'x' * number}" for number in range(MOST_WORDS))
    assert words(f"{long} more") == words(f"{long} other words") == words(long)


@given(st.lists(st.text("ab ", max_size=12), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_no_group(texts: list[str], draw: random.Random) -> None:
    shuffled = draw.sample(texts, len(texts))
    first = dict(zip(texts, alike([words(text) for text in texts]), strict=True))
    second = dict(zip(shuffled, alike([words(text) for text in shuffled]), strict=True))
    assert first == second
