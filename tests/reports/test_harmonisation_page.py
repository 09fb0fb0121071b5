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
from sharedcare.reports.payloads.harmonisation_page import render_sent_pictures
from sharedcare.reports.payloads.harmonisation_pictures import (
    code_systems_picture,
    timeliness_picture,
)
from sharedcare.reports.payloads.harmonisation_words import clash_words, to_map_words
from tests.fhir.harmonise.sending import (
    LOINC,
    Json,
    compared,
    concept,
    concept_map,
    condition,
    counted,
    observation,
)
from tests.reports.test_html import STYLES

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


def test_records_with_two_codes_are_counted_once_behind_their_bar() -> None:
    code = {"coding": [{"system": SNOMED_CT, "code": "1"}, {"system": ICD_10, "code": "J45"}]}
    svg = code_systems_picture(shown(one=[condition(code)] * 20, other=in_snomed(20)))
    assert titles(svg) == ["one: SNOMED CT 50 %, ICD-10 50 %", "other: SNOMED CT 100 %"]
    assert re.findall(r">(\d+)</text>", svg) == ["20", "20"]


def test_a_share_in_a_picture_is_the_one_in_the_matrix() -> None:
    sent = in_snomed(755) + [condition({"text": "x"}) for _ in range(445)]
    document = shown(one=sent, other=in_snomed(20))
    assert "62 % coded" in render_harmonisation(document, "text")
    assert titles(code_systems_picture(document))[0] == "one: SNOMED CT 62 %, no code 37 %"


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


def test_the_page_has_every_section_for_which_there_is_something_to_show() -> None:
    def headings(**systems: list[Json]) -> list[str]:
        return re.findall(r"<h2 id=\"([a-z-]+)\"", render_harmonisation(shown(**systems), "html"))

    always = ["matrix", "code-systems", "measures", "agreement", "who"]
    assert headings(one=in_snomed(20), other=in_snomed(20)) == always
    day = "2026-01-01"
    dated = condition(concept(ICD_10, "J45"), onsetDateTime=day, recordedDate=day)
    found = headings(one=in_snomed(20), other=[dated] * 20)
    assert found == ["clashes", "map-first", *always[:2], "timeliness", *always[2:]]


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


def test_a_map_that_lists_none_of_the_codes_that_are_sent_is_told() -> None:
    coded = [condition(concept(ICD_10, "J45")) for _ in range(9)]
    systems = {"gp": counted(*in_snomed(9)), "epr": counted(*coded)}

    def notes(code: str) -> list[str]:
        maps = concept_map(ICD_10, SNOMED_CT, {code: ("195967001", "equivalent")})
        document = harmonisation_document(harmonisation(systems, maps), "0", Disclosure())
        return [note for note in document.notes if "has a target for none of the codes" in note]

    assert [note.split(" has")[0] for note in notes("J45.0")] == [
        "The map given from ICD-10 into SNOMED CT"
    ]
    assert notes("J45") == []


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_where_nothing_is_of_a_category_that_is_said_in_place_of_an_empty_table(
    format_: str,
) -> None:
    made = render_harmonisation(shown(gp=[{"resourceType": "Organization"}]), format_)
    assert "Nothing of a data category was in what was read." in made
    assert "Completeness" not in made


def test_a_terminal_shows_some_pairs_of_many_systems_and_counts_the_others() -> None:
    systems = {f"place-{n}": in_snomed(9) for n in range(9)}
    text = render_harmonisation(shown(**systems), "text")
    assert text.count("NHS numbers of both") == 12
    assert "  and 24 more; --format markdown shows them" in text
    assert render_harmonisation(shown(**systems), "markdown").count("NHS numbers of both") == 36


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_the_first_sentence_says_how_many_clashes_there_are_and_where(format_: str) -> None:
    def first(**systems: list[Json]) -> str:
        made = render_harmonisation(shown(**systems), format_)
        return " ".join(made[: made.find("What each system sends")].split())

    other = [condition(concept(ICD_10, "J45")) for _ in range(20)]
    assert "1 clash was found, in the category that these 2 systems send." in first(
        gp=in_snomed(20), epr=other
    )
    two = [*other, *(observation(n, "g/L", valueQuantity={"value": 1}) for n in range(20))]
    assert "2 clashes were found, in 2 of the 2 categories that these 2 systems send." in first(
        gp=in_snomed(20), epr=two
    )
    assert "No clash was found in what was compared." in first(gp=in_snomed(20))
    assert "Clashes, the largest first" not in first(gp=in_snomed(20))


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_it_says_what_made_it(format_: str) -> None:
    document = harmonisation_document(compared({"gp": in_snomed(9)}), "7.8.9", Disclosure())
    assert "sharedcare 7.8.9" in render_harmonisation(document, format_)


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_what_a_code_hides_from_the_eye_or_tells_a_terminal_is_shown_as_its_number(
    format_: str,
) -> None:
    hidden = "\x1b]0;x\x07\u202e"
    coded = [condition(concept("https://gp.example", f"A{hidden}"), n) for n in range(20)]
    known = [
        {**one, "resourceType": "AllergyIntolerance", "code": concept(f"{LOINC}{hidden}", "1")}
        for one in coded
    ]
    agreed = [condition(concept(f"http://hl7.org/fhir/{hidden}", "1"), n) for n in range(20)]
    sent = [*coded, *known, *agreed]
    made = render_harmonisation(shown(**{f"gp{hidden}": sent, "epr": sent}), format_)
    assert not set(hidden) - set("]0;x") & set(made)
    assert "U+001B" in made
    assert "U+202E" in made


def test_the_pictures_in_a_report_hide_nothing_either() -> None:
    hidden = "\x1b[31m\u202e"
    sent = [condition(concept(f"http://hl7.org/fhir/{hidden}", "1"), n) for n in range(20)]
    document = shown(gp=sent, epr=in_snomed(20))
    made = render_sent_pictures(document, lambda system: f"{system}{hidden}")
    assert "\x1b" not in made
    assert "\u202e" not in made
    assert "gp[U+001B]" in made


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_the_heading_of_the_clashes_says_in_which_order_they_are(format_: str) -> None:
    systems = {"gp": counted(*in_snomed(20)), "epr": counted(*[condition({"text": "x"})] * 9)}

    def made(weight: float) -> str:
        found = harmonisation(systems, weight=lambda _category: weight)
        return render_harmonisation(harmonisation_document(found, "0", Disclosure()), format_)

    assert "Clashes, the largest first" in made(1)
    assert "Clashes, what matters most first" in made(3)


def test_panels_and_bars_take_their_colours_from_the_palette_by_day_and_by_night() -> None:
    rules = re.findall(
        r"^\.(?:picture|filled)[^{]*\{([^}]*)\}", STYLES.read_text("utf-8"), re.MULTILINE
    )
    assert len(rules) >= 4
    assert [rule for rule in rules if "#" in rule] == []
