"""What people notice, in every format: plain words, no codes, the picture and the table alike."""

import csv
import html
import io
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from sharedcare.experience import Mending, experience, mending
from sharedcare.experience.acting import FIRM
from sharedcare.experience.attributes import ENOUGH
from sharedcare.experience.chain import Party
from sharedcare.experience.traces import MOST_TRACED
from sharedcare.experience.voices import PARTIES, party_of
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength
from sharedcare.loading import load_landscape
from sharedcare.reports.drawing import Drawing, Line, svg_of
from sharedcare.reports.drawing.chains import BANDS, drawing_of_chains, drawings_of_mending
from sharedcare.reports.drawing.folding import MAX_BOXES
from sharedcare.reports.experience import experience_document as document
from sharedcare.reports.experience.experience import ToldExperience, render_experience
from sharedcare.reports.experience.experience_parts import ExperienceView
from sharedcare.reports.experience.experience_view import experience_view
from sharedcare.reports.experience.experience_words import ATTRIBUTES, STOPS
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Reason
from tests.builders import landscape
from tests.experience.plays import play

PROFILES = Path(__file__).parents[2] / "profiles"
PAGE = Path(__file__).parents[2] / "docs" / "experience.md"
MADE = Provenance("profile.yaml", "0" * 64, "1.2.3")
FORMATS = ("text", "markdown", "html", "csv", "json")

#: Words that a sentence for a panel of patients and carers may have on average.
PLAIN = 16


@cache
def region() -> Landscape:
    return load_landscape(str(PROFILES / "fictional-region.yaml"))


@cache
def done() -> Mending:
    return mending(load_landscape(str(PROFILES / "covering-a-crossing.yaml")), "cover_the_ward")


def told(found: Mending, format_: str) -> str:
    what = ToldExperience(found.landscape, found.before, found)
    return render_experience(what, MADE, format_)


def view_of(made: Landscape) -> ExperienceView:
    return experience_view(made, experience(made), Names(made, named=False))


def region_told(format_: str, named: bool = False) -> str:
    what = ToldExperience(region(), experience(region()))
    return render_experience(what, MADE, format_, named)


# ── words ─────────────────────────────────────────────────────────────────────────────────────────


def seen(**links: str) -> ExperienceView:
    """Of a landscape with one activity, seen and not supported."""
    talk = {"name": "Talk", "actor": "provider", "stage": "front", "links": links}
    return view_of(landscape(activities={"talk": talk}))


def test_one_chain_and_no_chain_are_told_as_such() -> None:
    assert seen(safe="definite").headline[1] == "There is 1 chain: it is in doubt."
    assert seen(safe="absent").headline[1] == "There is 1 chain: it is broken."
    assert seen().headline[1] == "There is no chain."


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_where_there_is_no_chain_nobody_is_asked_to_count_anything(format_: str) -> None:
    talk = {"name": "Talk", "actor": "provider", "stage": "front"}
    made = landscape(activities={"talk": talk})
    written = render_experience(ToldExperience(made, experience(made)), MADE, format_)
    assert "are enough to start with" not in written


def test_the_first_lines_say_what_is_hurt_most_who_goes_without_and_where_it_stops() -> None:
    _, counts, most, why = view_of(region()).headline
    assert counts == "There are 27 chains: 0 hold, 11 are in doubt and 16 are broken."
    assert most.startswith("Information that does not come hurts this most: feeling safe (5 of its")
    assert why == (
        "The duty desk in Otherborough does not get this: planned date of discharge. It stops "
        "between Hospital record and Duty desk in Otherborough: it is too old when it comes."
    )


def test_an_undetermined_need_is_not_said_to_stop_anywhere() -> None:
    (access, *_) = view_of(region()).attributes
    (open_, *_) = access.hurt
    assert open_.startswith("Nobody knows yet whether the district nurse gets this")
    assert "It may stop between" in open_
    assert "It stops" not in open_


def test_every_reason_has_plain_words() -> None:
    assert set(STOPS) == set(Reason)
    assert set(ATTRIBUTES) == set(Attribute)


def test_the_text_is_in_short_sentences_without_ids_or_codes() -> None:
    view = view_of(region())
    said = [*view.headline, *view.untested, *view.alone, *view.costs, *view.limits]
    said += [words for one in view.attributes for words in (one.carried, *one.hurt)]
    said += [words for one in (*view.front, *view.behind) for words in one.why]
    sentences = [s for words in said for s in re.split(r"(?<=[.!?]) ", words) if s]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= PLAIN
    text = region_told("text")
    assert re.findall(r"\b\w+_\w+\b|\b[A-Z]{2,}_[A-Z]+\b", text) == []
    assert not any(reason.value in text for reason in Reason if len(reason.value) > 4)


def test_where_people_see_it_otherwise_both_sides_are_told_in_their_words() -> None:
    (found,) = (words for words in view_of(region()).differing if words.startswith("A named"))
    assert found == (
        "A named person who answers: does it help with someone to count on? The plan: yes. "
        "Carers: no (61 asked). “There is a number. It is not a person.”"
    )


def test_a_profile_without_activities_says_what_to_write() -> None:
    empty = landscape()
    for format_ in FORMATS:
        what = ToldExperience(empty, experience(empty))
        assert render_experience(what, MADE, format_)
    assert "built_in: integrated" in view_of(empty).headline[0]


def test_what_came_from_the_built_in_list_is_said_to_be_drafting() -> None:
    taken = landscape(activities={"built_in": "integrated"})
    assert "Their links are our drafting." in view_of(taken).limits[0]
    assert "drafting" not in " ".join(view_of(region()).limits)


def test_every_limit_is_printed_with_every_text() -> None:
    for format_ in ("text", "markdown", "html"):
        text = " ".join(html.unescape(region_told(format_)).split())
        assert "It does not say that it is done, or that anybody felt it." in text


def test_what_is_mended_lifted_and_still_broken_is_told() -> None:
    text = " ".join(told(done(), "text").split())
    assert "Lifted: someone to count on, being independent and feeling safe." in text
    assert (
        "Planning the week of visits → Somebody at the door on the first day → Feeling safe: "
        "✕ broken, then ● holds." in text
    )


# ── formats ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_chains_give_the_same_bytes(format_: str) -> None:
    assert told(done(), format_) == told(done(), format_)


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "csv"])
def test_organisations_are_named_only_if_asked(format_: str) -> None:
    made = play(
        {
            "organisations/council": {"name": "Northmoor", "type": "local_authority"},
            "activities/visit/name": "A visit by Northmoor",
        }
    )
    what = ToldExperience(made, experience(made))
    assert "Northmoor" not in render_experience(what, MADE, format_)
    assert "Northmoor" in render_experience(what, MADE, format_, name_organisations=True)


def test_the_table_has_a_row_for_each_chain_today_and_after() -> None:
    rows = list(csv.DictReader(io.StringIO(told(done(), "csv"))))
    assert [row["when"] for row in rows] == ["today"] * 10 + ["after"] * 10
    stands = {(row["when"], row["behind"], row["seen"], row["felt"]): row["stand"] for row in rows}
    ends = ("Planning the week of visits", "Somebody at the door on the first day", "Feeling safe")
    assert (stands["today", *ends], stands["after", *ends]) == ("✕ broken", "● holds")


def test_no_cell_is_a_formula_and_no_text_is_markup() -> None:
    name = '=HYPERLINK("x") <script>alert(1)</script> | **b**'
    made = play({"activities/visit/name": name})
    what = ToldExperience(made, experience(made))
    rows = list(csv.DictReader(io.StringIO(render_experience(what, MADE, "csv"))))
    assert rows[0]["seen"].startswith("'=")
    assert "<script>" not in render_experience(what, MADE, "html")
    assert "\\*\\*b\\*\\*" in render_experience(what, MADE, "markdown")


def test_the_document_keeps_to_its_schema_and_to_its_page() -> None:
    for found in (done(), mending(region(), "agreements_first")):
        made = json.loads(told(found, "json"))
        jsonschema.validate(made, document.experience_schema())
    without = ToldExperience(region(), experience(region()))
    assert json.loads(render_experience(without, MADE, "json"))["mending"] is None
    page = PAGE.read_text("utf-8")
    for model, title in (
        (document.ExperienceDocument, "## The document of `experience`"),
        (document.ChainsPart, "### `today` of `experience`"),
    ):
        told_keys = re.findall(
            r"^\| `(\w+)` \|", page.split(title)[1].split("\n#")[0], re.MULTILINE
        )
        assert told_keys == list(model.model_fields)


def test_the_page_tells_every_threshold() -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    for words in (
        f"its effective level is surely {FIRM} or more",
        f"At most {MOST_TRACED} needs are followed",
        f"fewer than {ENOUGH} whole chains carry an attribute",
        f"more than {MAX_BOXES} boxes",
    ):
        assert words in page


def test_needs_past_the_most_that_are_followed_are_still_named() -> None:
    need = {"stakeholder": "social_worker", "content": ["allergies"], "purpose": "direct_care"}
    needs = {f"n{number}": {**need, "name": f"Need {number}"} for number in range(MOST_TRACED + 1)}
    made = play({"needs": needs, "activities/check/needs": list(needs)})
    found = experience(made)
    assert (len(found.traces), found.untraced) == (MOST_TRACED, (f"n{MOST_TRACED}",))
    (safe,) = (one for one in view_of(made).attributes if one.id == "safe")
    assert safe.hurt[-1] == f"Need {MOST_TRACED}. This was not followed up."


def test_the_page_names_the_words_for_those_who_say_so() -> None:
    table = PAGE.read_text("utf-8").split("## Links")[1].split("## How a chain")[0]
    words = set(re.findall(r"`(\w+)`", table)) - {strength.value for strength in LinkStrength}
    known = set().union(*PARTIES.values())
    assert words - {"experience"} <= known
    assert {party_of(word) for word in words - {"experience"}} == set(Party) - {Party.OTHERS}


# ── the picture ───────────────────────────────────────────────────────────────────────────────────


def lines(drawing: Drawing) -> dict[tuple[str, str], Line]:
    return {(link.from_, link.to): link.line for link in drawing.links}


def test_the_crossing_that_gets_its_cover_mends_the_chain_in_the_picture() -> None:
    names = Names(done().landscape, named=False)
    today, then = drawings_of_mending(done(), names, Attribute.SAFE)
    way = [("planning", "door"), ("door", "attribute.safe")]
    assert [lines(today)[ends] for ends in way] == [Line.CROSSED, Line.CROSSED]
    assert [lines(then)[ends] for ends in way] == [Line.SOLID, Line.SOLID]
    labels = {(link.from_, link.to): link.label for link in then.links}
    assert [labels[ends] for ends in way] == ["mended", "mended"]
    assert labels["lists", "talk"] == ""
    feet = {box.id: box.feet for drawing in (today,) for box in drawing.boxes}
    assert feet["door"] == ("✕ broken", "missing: the day on which somebody comes home")
    page = told(done(), "html")
    assert page.index("Feeling safe: today") < page.index("Feeling safe: afterwards")
    assert ">mended</text>" in page


def test_a_picture_of_one_attribute_shows_the_chains_that_lead_there_and_no_other() -> None:
    names = Names(region(), named=False)
    found = experience(region())
    drawing = drawing_of_chains(region(), found, names, "Safe", attribute=Attribute.SAFE)
    led = {key for c in found.chains if c.attribute is Attribute.SAFE for key in c.activities}
    assert {box.id for box in drawing.boxes} == led | {"attribute.safe"}


def test_boxes_stand_in_the_band_of_who_does_it_and_who_sees_it() -> None:
    drawing = drawing_of_chains(region(), experience(region()), Names(region(), named=False), "All")
    bands = {box.id: BANDS[box.band] for box in drawing.boxes}
    assert bands["setting_the_purse"] == bands["watching_feeds"] == "Managers, backstage"
    assert bands["reconciling"] == "Staff, backstage"
    assert bands["walking_round"] == bands["weekly_call"] == "What people see"
    assert bands["attribute.safe"] == "What people feel"
    assert all(box.feet for box in drawing.boxes)


def test_all_built_in_activities_are_folded_into_few_enough_boxes() -> None:
    made = landscape(activities={"built_in": "integrated"})
    drawing = drawing_of_chains(made, experience(made), Names(made, named=False), "All")
    assert len(drawing.boxes) <= MAX_BOXES
    assert sum(box.stands_for for box in drawing.boxes) == 32 + 6


def test_every_line_of_the_picture_is_told_in_words_too_and_the_svg_is_sound() -> None:
    drawing = drawing_of_chains(region(), experience(region()), Names(region(), named=False), "All")
    ElementTree.fromstring(svg_of(drawing))
    assert {words for _, words in drawing.key} == {"it holds", "it is in doubt", "it is broken"}


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = told(done(), "html")
    assert "<script" not in page
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*\"", page) == []
    assert "default-src 'none'" in html.unescape(page)
