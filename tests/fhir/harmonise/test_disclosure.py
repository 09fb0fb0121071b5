"""Counts are shown by the rule of NHS publications, and nothing small gets into any output."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir.harmonise import harmonisation
from sharedcare.fhir.harmonise.clashes import Kind
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.disclosure import HIDDEN, Disclosure, percent_of
from sharedcare.reports.payloads.harmonisation import render_harmonisation
from sharedcare.reports.payloads.harmonisation_document import harmonisation_document, lines_part
from sharedcare.reports.payloads.harmonisation_words import clash_words
from tests.fhir.harmonise.sending import (
    LOCAL,
    LOINC,
    Json,
    concept,
    condition,
    counted,
    observation,
    patient,
)

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
    assert RULED.share(500, 1_001) == 0.5
    assert RULED.share(0, 10) == 0.0
    assert RULED.share(0, 0) is None
    assert EXACT.share(3, 1_000) == 0.003


@given(st.integers(8, 10**6), st.integers(8, 10**6))
def test_a_share_of_one_means_all(part: int, whole: int) -> None:
    share = RULED.share(min(part, whole), whole)
    assert (share == 1.0) == (part >= whole)


def test_where_rounding_hides_that_a_few_are_missing_a_share_is_lower_or_hidden() -> None:
    assert RULED.share(9, 12) == HIDDEN
    assert RULED.share(98, 99) == 0.95
    assert RULED.share(999, 1_001) == 0.995


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(29, 100, "29 %"), (57, 100, "57 %"), (999, 1_000, "99 %"), (1_999, 2_000, "99 %")],
)
def test_a_percentage_is_cut_off_and_loses_nothing_on_the_way(
    part: int, whole: int, said: str
) -> None:
    assert percent_of(EXACT.share(part, whole)) == said


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


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_few_lines_are_hidden_where_each_may_be_a_person(format_: str) -> None:
    found = harmonisation({"gp": counted(*[condition(person=n) for n in range(3)])})
    document = harmonisation_document(found, "0", RULED)
    assert (document.systems[0].lines.read, document.systems[0].lines.measured) == (HIDDEN, HIDDEN)
    made = render_harmonisation(document, format_).partition("<main>")[2 * (format_ == "html")]
    assert not re.search(r"[:>|] *3\b[^%;]", made)


def test_no_hidden_count_can_be_worked_out_of_the_lines() -> None:
    sent = [condition(person=n) for n in range(998)]
    allergy = {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/1"}}
    found = harmonisation({"gp": counted(*sent, allergy)})
    document = harmonisation_document(found, "0", RULED)
    assert [cell.records for cell in document.cells] == [HIDDEN, 1_000]
    assert (document.systems[0].lines.read, document.systems[0].lines.ok) == (1_000, 1_000)
    exactly = harmonisation_document(found, "0", EXACT).systems[0].lines
    assert (exactly.read, exactly.ok) == (999, 999)


def test_a_few_documents_may_each_be_a_person_whatever_they_hold() -> None:
    entries = [{"resource": condition(person=n)} for n in range(9)]
    found = harmonisation({"gp": counted({"resourceType": "Bundle", "entry": entries})})
    lines = harmonisation_document(found, "0", RULED).systems[0].lines
    assert (lines.read, lines.ok, lines.measured) == (HIDDEN, HIDDEN, 10)


@given(
    st.integers(8, 3_000),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_the_lines_that_are_shown_add_up(ok: int, quarantined: int, blank: int) -> None:
    read = ok + quarantined + blank
    counters = Counters(read=read, ok=ok, quarantined=quarantined, blank=blank)
    lines = lines_part(counters, RULED)
    assert isinstance(lines.ok, int)
    assert lines.read == lines.ok + lines.quarantined + lines.blank


def of_people(many: int, *codes: Json) -> list[Json]:
    """Ten records of each code, which so many people share."""
    return [condition(code, n % many) for n in range(10) for code in codes]


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_a_code_of_few_people_is_not_named_however_many_records_they_have(format_: str) -> None:
    found = harmonisation({"gp": counted(*of_people(7, concept(LOCAL, "RARE-9")))})
    assert "RARE-9" not in render_harmonisation(harmonisation_document(found, "0", RULED), format_)
    assert "RARE-9" in render_harmonisation(harmonisation_document(found, "0", EXACT), format_)
    named = harmonisation({"gp": counted(*of_people(8, concept(LOCAL, "RARE-9")))})
    assert "RARE-9" in render_harmonisation(harmonisation_document(named, "0", RULED), format_)


def test_records_of_nobody_known_may_each_be_of_somebody_else() -> None:
    def people(unknown: int) -> int:
        sent = [condition(concept(LOCAL, "A"), n % 2) for n in range(9)]
        for one in sent[:unknown]:
            del one["subject"]
        return counted(*sent).categories["problems"].few.people((LOCAL, "A"))

    assert [people(unknown) for unknown in (0, 5, 6, 9)] == [2, 7, 8, 8]


def test_a_record_of_nobody_known_counts_once_however_many_labels_its_code_has() -> None:
    labelled = [concept(LOCAL, "A", label)["coding"][0] for label in ("lump", "rare lump")]
    unknown = condition({"coding": labelled})
    del unknown["subject"]
    assert counted(unknown, unknown).categories["problems"].few.people((LOCAL, "A")) == 2


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (concept(LOCAL, "A1", "rare lump"), concept(LOCAL, "B2", "rare lump"), Kind.SAME_LABEL),
        (concept(LOCAL, "A1", "rare lump"), concept(LOCAL, "A1", "eczema"), Kind.SAME_CODE),
    ],
)
@pytest.mark.parametrize("many", [7, 8])
def test_a_clash_of_labels_names_none_of_few_people(
    ours: Json, theirs: Json, kind: Kind, many: int
) -> None:
    systems = {"gp": counted(*of_people(many, ours)), "epr": counted(*of_people(9, theirs))}
    document = harmonisation_document(harmonisation(systems), "0", RULED)
    (clash,) = (one for one in document.clashes if one.kind == kind)
    assert clash.about[0] == LOCAL
    assert (clash.about[1:] == [HIDDEN] * 3) == (many < 8)
    assert ("rare lump" in clash_words(clash)) == (many >= 8)


def test_a_clash_of_units_of_few_people_keeps_its_units_and_hides_the_code() -> None:
    systems = {
        name: counted(*[observation(n % 5, unit) for n in range(20)])
        for name, unit in (("gp", "g/L"), ("epr", "g/dL"))
    }
    document = harmonisation_document(harmonisation(systems), "0", RULED)
    (clash,) = (one for one in document.clashes if one.kind == Kind.UNITS)
    assert clash.about == [LOINC, HIDDEN, "g/L", "g/dL"]


@pytest.mark.parametrize("written", ["for Jane Doe", "{Jane Doe}"])
@pytest.mark.parametrize("people", [7, 8])
def test_what_stands_for_a_unit_and_is_none_is_not_shown_of_few_people(
    written: str, people: int
) -> None:
    systems = {
        name: counted(*[observation(n % people, unit) for n in range(20)])
        for name, unit in (("gp", written), ("epr", "g/dL"))
    }
    document = harmonisation_document(harmonisation(systems), "0", RULED)
    (clash,) = (one for one in document.clashes if one.kind == Kind.UNITS)
    assert clash.about[2:] == [HIDDEN if people < 8 else written, "g/dL"]
    for format_ in ("text", "markdown", "html", "json"):
        assert ("Jane" in render_harmonisation(document, format_)) == (people >= 8)


def test_the_code_of_a_part_of_an_observation_is_named_by_the_people_of_all() -> None:
    def pressure(person: int, unit: str) -> Json:
        part = {"code": concept(LOINC, "8480-6"), "valueQuantity": {"value": 120, "code": unit}}
        return observation(person, code="85354-9", valueQuantity=None, component=[part])

    def named(people: int) -> list[str]:
        systems = {
            name: counted(*[pressure(n % people, unit) for n in range(20)])
            for name, unit in (("gp", "mm[Hg]"), ("epr", "kPa"))
        }
        document = harmonisation_document(harmonisation(systems), "0", RULED)
        (clash,) = (one for one in document.clashes if one.kind == Kind.UNITS)
        return clash.about

    assert named(8)[1] == "8480-6"
    assert named(7)[1] == HIDDEN
