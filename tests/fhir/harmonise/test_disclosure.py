"""Counts are shown by the rule of NHS publications, and nothing small gets into any output."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir.harmonise import harmonisation
from sharedcare.fhir.harmonise.disclosure import HIDDEN, Disclosure
from sharedcare.reports.payloads.harmonisation import render_harmonisation
from sharedcare.reports.payloads.harmonisation_document import harmonisation_document
from tests.fhir.harmonise.sending import LOCAL, Json, concept, condition, counted, patient

RULED, EXACT = Disclosure(), Disclosure(exact=True)


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (1, "*"), (7, "*"), (8, 10), (12, 10), (13, 15), (1_248, 1_250)]
)
def test_one_to_seven_are_hidden_and_others_rounded_to_five(number: int, shown: int | str) -> None:
    assert RULED.count(number) == shown
    assert EXACT.count(number) == number


@given(st.integers(8, 10**9))
def test_rounding_moves_a_count_by_two_at_most(number: int) -> None:
    shown = RULED.count(number)
    assert isinstance(shown, int)
    assert shown % 5 == 0
    assert abs(shown - number) <= 2


def test_a_share_is_of_what_may_be_shown() -> None:
    assert RULED.share(3, 1_000) == HIDDEN
    assert RULED.share(999, 1_001) == 1.0
    assert RULED.share(0, 10) == 0.0
    assert RULED.share(0, 0) is None
    assert EXACT.share(3, 1_000) == 0.003


SENT: list[Json] = [
    *(condition(concept(LOCAL, f"Jane Doe {n}", f"Jane Doe {n}"), n) for n in range(9)),
    *(condition({"text": "Jane Doe"}, n) for n in range(3)),
    *[patient("9990000018")] * 3,
]


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_no_value_and_no_rare_code_or_label_is_shown(format_: str) -> None:
    found = harmonisation({"gp": counted(*SENT), "epr": counted(*SENT)})
    document = harmonisation_document(found, "0", RULED)
    made = render_harmonisation(document, format_)
    assert "Jane" not in made
    assert "9990000018" not in made
    assert "*" in made


def test_exact_counts_say_that_they_are_not_to_be_passed_on() -> None:
    document = harmonisation_document(harmonisation({"gp": counted(*SENT)}), "0", EXACT)
    assert document.exact_counts
    assert "Do not pass this on" in document.notes[0]
    assert document.systems[0].identity.patients == 3
