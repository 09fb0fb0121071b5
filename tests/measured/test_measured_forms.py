"""Counts of records become a form: recounted here from the records alone."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.measured.forms import FEWEST_FACTS, FormCounts, form_counts
from sharedcare.measured.thresholds import FORM_SHARE
from sharedcare.vocabulary import Form
from tests.measured.sent import LOCAL, TEXT, Json, coded, counted, medicine

#: Each way of saying what a record is about, with the form that the page gives it.
WAYS: tuple[tuple[Json | None, Form | None], ...] = (
    (coded(), Form.CODED),
    (coded(LOCAL), Form.STRUCTURED),
    (coded(None), Form.STRUCTURED),
    (TEXT, Form.TEXT),
    ({"coding": [{"display": "a label"}]}, Form.TEXT),
    (None, None),
)

counts = st.integers(0, 40)


def measured(resources: list[Json]) -> FormCounts:
    (found,) = counted(resources).categories.items()
    return form_counts(*found)


def by_hand(forms: list[Form | None]) -> Form | None:
    """The form by the page: the highest that nine tenths of what says anything reach."""
    said = [form for form in forms if form is not None]
    if len(said) < FEWEST_FACTS:
        return None
    reached = [
        form
        for form in (Form.DOCUMENT, Form.TEXT, Form.STRUCTURED, Form.CODED)
        if Fraction(sum(one >= form for one in said), len(said)) >= Fraction(9, 10)
    ]
    return max(reached)


@given(st.lists(st.sampled_from(WAYS), min_size=1, max_size=60))
def test_a_form_is_what_a_recount_of_the_records_gives(
    ways: list[tuple[Json, Form | None]],
) -> None:
    assert measured([medicine(concept) for concept, _ in ways]).form == by_hand(
        [form for _, form in ways]
    )


@given(st.lists(st.sampled_from(WAYS), min_size=1, max_size=60))
def test_every_record_is_counted_once(ways: list[tuple[Json, Form | None]]) -> None:
    found = measured([medicine(concept) for concept, _ in ways])
    assert found.facts + found.silent == len(ways)
    for form in (Form.CODED, Form.STRUCTURED, Form.TEXT):
        assert found.at_least(form) == sum(one >= form for _, one in ways if one is not None)


@pytest.mark.parametrize(
    ("found", "form"),
    [
        (FormCounts(coded=90, text=10), Form.CODED),
        (FormCounts(coded=89, text=11), Form.TEXT),
        (FormCounts(coded=89, structured=1, text=10), Form.STRUCTURED),
        (FormCounts(coded=40, text=60), Form.TEXT),
        (FormCounts(coded=80, document=20), Form.DOCUMENT),
        (FormCounts(coded=8, silent=92), Form.CODED),
        (FormCounts(coded=7), None),
        (FormCounts(silent=100), None),
    ],
)
def test_nine_tenths_make_a_form(found: FormCounts, form: Form | None) -> None:
    assert Fraction(9, 10) == FORM_SHARE
    assert found.form is form


def test_a_document_stays_one_however_its_kind_is_coded() -> None:
    sent: list[Json] = [{"resourceType": "DocumentReference", "type": coded()} for _ in range(10)]
    assert measured(sent).form is Form.DOCUMENT


def test_a_code_that_only_names_the_kind_of_record_shows_no_more_than_structure() -> None:
    sent: list[Json] = [{"resourceType": "CarePlan", "category": [coded()]} for _ in range(10)]
    found = measured(sent)
    assert found.form is Form.STRUCTURED
    assert found.settles(Form.CODED) is Form.CODED
    assert found.settles(Form.TEXT) is Form.STRUCTURED


def test_what_payloads_cannot_show_stays_as_declared() -> None:
    every = FormCounts(coded=100)
    assert every.settles(Form.PROFILED) is Form.PROFILED
    assert every.settles(Form.TEXT) is Form.CODED
    assert every.settles(None) is Form.CODED
    assert FormCounts(coded=40, text=60).settles(Form.PROFILED) is Form.TEXT
    assert FormCounts(coded=1).settles(Form.DOCUMENT) is Form.DOCUMENT


@given(counts, counts, counts, counts)
def test_coding_what_was_text_never_lowers_a_form(
    coded_: int, structured: int, text: int, more: int
) -> None:
    before = FormCounts(coded_, structured, text + more).form
    after = FormCounts(coded_ + more, structured, text).form
    assert before is None or (after is not None and after >= before)
