"""Harmonisation as a page: the pictures show what may be shown, and no text can write into it."""

import re
from html.parser import HTMLParser

import pytest

from sharedcare.fhir.harmonise import harmonisation
from sharedcare.fhir.harmonise.disclosure import Disclosure
from sharedcare.reports.payloads.harmonisation import render_harmonisation
from sharedcare.reports.payloads.harmonisation_document import (
    HarmonisationDocument,
    harmonisation_document,
)
from sharedcare.reports.payloads.harmonisation_pictures import (
    code_systems_picture,
    timeliness_picture,
)
from sharedcare.reports.payloads.harmonisation_words import clash_words, to_map_words
from tests.fhir.harmonise.sending import (
    Json,
    compared,
    concept,
    concept_map,
    condition,
    counted,
    observation,
)

SNOMED_CT, ICD_10 = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10"


def shown(**systems: list[Json]) -> HarmonisationDocument:
    return harmonisation_document(compared(systems), "0", Disclosure())


def titles(svg: str) -> list[str]:
    return re.findall(r"<g><title>(.*?)</title>", svg)


def in_snomed(count: int) -> list[Json]:
    return [condition(concept(SNOMED_CT, "195967001")) for _ in range(count)]


def test_systems_that_code_differently_share_no_part_of_their_bars() -> None:
    other = [condition(concept(ICD_10, "J45")) for _ in range(20)]
    found = titles(code_systems_picture(shown(one=in_snomed(20), other=other)))
    assert found == ["one: SNOMED CT 100 %", "other: ICD-10 100 %"]


def test_local_codes_and_text_have_parts_of_their_own() -> None:
    local = [condition(concept("https://example.org/local", "A1")) for _ in range(20)]
    text: list[Json] = [condition({"text": "asthma"}) for _ in range(20)]
    found = titles(code_systems_picture(shown(one=in_snomed(40), other=local + text)))
    assert found == ["one: SNOMED CT 100 %", "other: local codes 50 %, no code 50 %"]


def test_what_one_system_alone_sends_has_no_bar_beside_which_to_stand() -> None:
    assert code_systems_picture(shown(one=in_snomed(20))) == ""


def test_a_count_that_may_not_be_shown_takes_no_room_and_is_told() -> None:
    few = [condition(concept("https://example.org/local", "A1")) for _ in range(3)]
    svg = code_systems_picture(shown(one=in_snomed(20) + few, other=in_snomed(20)))
    assert titles(svg) == ["one: SNOMED CT 100 %", "other: SNOMED CT 100 %"]
    assert "20 and a few" in svg


def test_lateness_is_drawn_from_the_days_between_happening_and_recording() -> None:
    def recorded(day: int) -> Json:
        code = concept(SNOMED_CT, "195967001")
        return condition(code, onsetDateTime="2026-01-01", recordedDate=f"2026-01-{day:02}")

    sent = [recorded(1) for _ in range(10)] + [recorded(20) for _ in range(30)]
    found = titles(timeliness_picture(shown(one=sent)))
    assert found == ["one: same day 25 %, within a month 75 %"]


def measured_in(unit: str) -> list[Json]:
    return [observation(person, unit) for person in range(20)]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("g/L", "g/dL", "the one can be calculated from the other."),
        ("mmol/L", "g/L", "no factor of units alone turns the one into the other. Agree on one."),
        ("mm[Hg]", "mmHg", "not of UCUM, and so not to be calculated: mmHg."),
        ("KG", "kilos", "not of UCUM, and so not to be calculated: KG and kilos."),
    ],
)
def test_of_units_that_differ_it_is_said_what_stands_between_them(
    one: str, other: str, said: str
) -> None:
    found = shown(gp=measured_in(one), epr=measured_in(other))
    (clash,) = (one for one in found.clashes if one.kind == "different_units")
    assert clash_words(clash).endswith(said)


@pytest.mark.parametrize(
    ("weight", "said"),
    [(0.0, "No need of the profile asks for it."), (5.0, "Needs of weight 5 depend on it.")],
)
def test_what_to_map_says_like_a_clash_what_depends_on_it(weight: float, said: str) -> None:
    systems = {"gp": counted(*in_snomed(20)), "epr": counted(*[condition({"text": "x"})] * 9)}
    found = harmonisation(systems, weight=lambda _category: weight)
    document = harmonisation_document(found, "0", Disclosure())
    (left,) = document.map_first
    assert to_map_words(left).endswith(f" {said}")
    assert all(clash_words(clash).endswith(f" {said}") for clash in document.clashes)


def test_many_systems_are_no_wider_than_the_page_of_a_terminal_and_none_is_left_out() -> None:
    systems = {f"the-record-of-place-{n}": in_snomed(9) for n in range(9)}
    made = render_harmonisation(shown(**systems), "text")
    matrix = made[made.index("What each system sends") : made.index("What kind of FHIR")]
    assert max(map(len, made.splitlines())) <= 80
    assert [matrix.count(f"place-{n}") for n in range(9)] == [1] * 9


def test_what_is_not_looked_up_is_told_with_its_count() -> None:
    request = {"resourceType": "MedicationRequest", "medicationReference": {"reference": "x"}}
    told = [note for note in shown(gp=[request] * 20).notes if "same Bundle" in note]
    assert [note.split(" records")[0] for note in told] == ["The code of 20"]
    assert not any("same Bundle" in note for note in shown(gp=in_snomed(9)).notes)


def test_a_map_without_anything_to_do_is_told_by_the_names_of_its_code_systems() -> None:
    maps = concept_map(ICD_10, SNOMED_CT, {"J45": ("195967001", "equivalent")})
    found = harmonisation({"gp": counted(*in_snomed(9))}, maps)
    notes = harmonisation_document(found, "0", Disclosure()).notes
    assert any(note.startswith("The map given from ICD-10 into SNOMED CT") for note in notes)


def test_without_two_dates_there_is_no_picture_of_lateness() -> None:
    assert timeliness_picture(shown(one=in_snomed(20))) == ""


def test_the_page_has_every_section_and_both_pictures_where_there_is_something_to_show() -> None:
    page = render_harmonisation(shown(one=in_snomed(20), other=in_snomed(20)), "html")
    headings = re.findall(r"<h2 id=\"([a-z-]+)\"", page)
    assert headings == ["clashes", "matrix", "code-systems", "measures", "agreement", "who"]


class Scripts(HTMLParser):
    """Gathers what a hostile name may not bring in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe"):
            self.found.append(tag)


def test_names_and_codes_cannot_write_into_the_page() -> None:
    hostile = "<script>alert(1)</script><img src=x>"
    labelled = [condition(concept(SNOMED_CT, "195967001", hostile)) for _ in range(20)]
    coded = [condition(concept(SNOMED_CT, "1", hostile)) for _ in range(20)]
    parser = Scripts()
    parser.feed(render_harmonisation(shown(**{hostile: labelled, "other": coded}), "html"))
    assert parser.found == []
