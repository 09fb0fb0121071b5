"""The visibility guide, the hazard list and the table of flows, for people and programs."""

import csv
import io
import json
import re
from functools import cache
from typing import Any

import jsonschema
import pytest

from sharedcare.flows.meaning.clashes import ClashKind
from sharedcare.flows.meaning.gaps import Gap, GapKind
from sharedcare.flows.meaning.visibility import visibility
from sharedcare.flows.registers.hazards import HazardKind, hazards
from sharedcare.flows.registers.processing import Cover, processing
from sharedcare.landscape import Landscape
from sharedcare.reports.csv_table import csv_table
from sharedcare.reports.registers import registers_document
from sharedcare.reports.registers.hazards import FOR_THE_OFFICER, render_hazards
from sharedcare.reports.registers.hazards import HEADERS as HAZARD_HEADERS
from sharedcare.reports.registers.processing import HEADERS as PROCESSING_HEADERS
from sharedcare.reports.registers.processing import render_processing
from sharedcare.reports.registers.registers_document import hazards_schema, processing_schema
from sharedcare.reports.registers.visibility import HEADERS as VISIBILITY_HEADERS
from sharedcare.reports.registers.visibility import render_visibility
from sharedcare.reports.registers.visibility_matrix import glances
from sharedcare.reports.registers.visibility_view import guide_view
from sharedcare.reports.words.gap_words import gap_words
from sharedcare.reports.words.names import Names
from tests.builders import landscape, two_partners
from tests.docs.pages import keys_in, section
from tests.reports.making import Page, assessed

REGION, ESSEX = "fictional-region", "mid-and-south-essex"

#: Each list with the formats that it is written in.
LISTS: dict[str, tuple[str, ...]] = {
    "visibility": ("text", "markdown", "html", "csv"),
    "hazards": ("csv", "markdown", "json"),
    "processing": ("csv", "markdown", "json"),
}
EVERYTHING = [(kind, format_) for kind, formats in LISTS.items() for format_ in formats]


def rendered(kind: str, made: Landscape, format_: str, named: bool = False) -> str:
    if kind == "visibility":
        return render_visibility(made, visibility(made), format_, named)
    if kind == "hazards":
        return render_hazards(made, hazards(made), format_, named)
    return render_processing(made, processing(made), format_, named)


@cache
def written(kind: str, profile: str, format_: str, named: bool = False) -> str:
    return rendered(kind, assessed(profile).landscape, format_, named)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("kind", "format_"), EVERYTHING)
def test_organisations_are_named_only_where_that_is_asked_for(kind: str, format_: str) -> None:
    hidden, shown = (written(kind, REGION, format_, named) for named in (False, True))
    organisations = assessed(REGION).landscape.organisations.values()
    names = [found.name for found in organisations if found.name]
    assert not [name for name in names if name in hidden]
    if not (kind == "processing" and format_ == "json"):
        assert [name for name in names if name in shown]


@pytest.mark.parametrize(("kind", "format_"), EVERYTHING)
def test_the_same_landscape_gives_the_same_bytes(kind: str, format_: str) -> None:
    made = assessed(ESSEX).landscape
    turned = made.model_copy(
        update={
            "agreements": dict(reversed(made.agreements.items())),
            "systems": dict(reversed(made.systems.items())),
        }
    )
    assert rendered(kind, turned, format_) == written(kind, ESSEX, format_)


@pytest.mark.parametrize("kind", LISTS)
def test_no_cell_is_a_formula_to_a_spreadsheet(kind: str) -> None:
    sly = {
        "needs/medicines/event": "=1+1",
        "stakeholders/social_worker/name": "@SUM(A1)",
        "systems/epr/holds/medications/meaning": "+cmd",
        "flows/feed/status": "unknown",
        "organisations/hospital/population": 12,
    }
    maps = two_partners(sly)
    maps["agreements"] = {"pact": {"parties": "all", "categories": "all", "objections": "-2"}}
    cells = [
        cell for row in rows(rendered(kind, landscape(**maps), "csv")) for cell in row.values()
    ]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [cell for cell in cells if cell.startswith("'")]


def test_a_row_with_a_cell_under_no_header_is_no_table() -> None:
    assert csv_table(("a", "b"), [{"a": "1"}]) == "a,b\n1,\n"
    with pytest.raises(ValueError, match="fieldnames"):
        csv_table(("a",), [{"b": "1"}])


@pytest.mark.parametrize("kind", LISTS)
def test_a_landscape_without_anything_in_it_gives_an_empty_list(kind: str) -> None:
    made = landscape()
    assert rows(rendered(kind, made, "csv")) == []
    assert rendered(kind, made, "markdown").startswith("# ")


# ── The visibility guide ──────────────────────────────────────────────────────────────────────────


def guide(changes: dict[str, Any] | None = None) -> list[dict[str, str]]:
    return rows(rendered("visibility", landscape(**two_partners(changes)), "csv"))


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({}, "form", "structured, coded"),
        ({}, "pace", "sent as it happens"),
        ({}, "age", "up to 5 min old"),
        ({}, "how_far_back", "not said"),
        ({}, "comes", "yes"),
        ({}, "until", "no end"),
        ({}, "route", "Hospital record → Care system → Social worker"),
        ({}, "when_nothing_is_there", "Nobody has said what a blank means: ask before it is read"),
        ({"flows/feed/mode": "batch", "flows/feed/interval": "1 d"}, "pace", "every 1 d"),
        ({"flows/feed/mode": "batch"}, "pace", "periodic, how often is not known"),
        ({"flows/feed/mode": "batch"}, "age", "how old is not known; at least 5 min"),
        ({"flows/feed/mode": "view", "flows/feed/wait": "5 s"}, "pace", "live"),
        ({"flows/feed/mode": "manual"}, "pace", "passed on by people"),
        ({"flows/feed/delay": {"low": "1 h", "high": "1 d"}}, "age", "1 h to 1 d old"),
        ({"flows/feed/status": "unknown"}, "comes", "perhaps"),
        ({"flows/feed/carries": ["medications"]}, "form", "not known"),
        ({"flows/feed/history": "12 mo"}, "how_far_back", "at most 12 mo"),
        (
            {"flows/feed/history": "12 mo", "systems/epr/holds/medications/history": "5 y"},
            "how_far_back",
            "12 mo",
        ),
        ({"flows/feed/reach": "unknown"}, "for_whom", "not known"),
        ({"flows/feed/reach": 0.5}, "for_whom", "50 %"),
        ({"flows/feed/valid": {"until": "2027-06-30"}}, "until", "30 June 2027"),
        ({"flows/feed/assumed": ["delay"]}, "assumed", "assumed in part"),
        ({"flows/feed/assumed": "all"}, "assumed", "assumed by the author"),
        ({"systems/epr/holds/medications/meaning": "What is taken"}, "meaning", "What is taken"),
        (
            {"systems/epr/holds/medications/absence": "Nobody asked"},
            "when_nothing_is_there",
            "Nobody asked.",
        ),
        ({"flows/feed/status": "planned"}, "when_nothing_is_there", "The way that leads here"),
    ],
)
def test_a_row_of_the_guide_says_what_the_profile_declares(
    changes: dict[str, Any], column: str, words: str
) -> None:
    (row,) = guide(changes)
    assert row[column].startswith(words)


def test_the_guide_says_for_what_and_under_which_agreement() -> None:
    maps = two_partners({"flows/feed/basis": None})
    pact = {
        "name": "The pact",
        "parties": "all",
        "categories": "all",
        "purposes": ["direct_care", "audit"],
        "status": "signed",
        "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied"},
    }
    made = landscape(**maps, agreements={"pact": pact})
    (row,) = rows(rendered("visibility", made, "csv"))
    assert row["purposes"] == "direct care and audit: under The pact"
    made = landscape(**maps, agreements={"pact": {**pact, "status": "unknown"}})
    (row,) = rows(rendered("visibility", made, "csv"))
    assert (row["purposes"], row["perhaps_for"]) == ("", "direct care and audit: under The pact")
    (row,) = guide({"flows/feed/basis": None})
    assert row["perhaps_for"] == "direct care: no agreement is recorded that covers all of it"


def test_one_word_with_two_meanings_stands_over_the_table() -> None:
    text = written("visibility", ESSEX, "markdown", named=True)
    assert "“Alerts” does not mean the same everywhere." in text
    assert "To Southend City Council and Thurrock Council: Two kinds" in text


def test_sources_of_which_everything_is_told_alike_stand_in_one_row() -> None:
    text = written("visibility", ESSEX, "text", named=True)
    assert "from Southend City Council and Thurrock Council" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_the_guide_says_at_its_top_that_staff_need_the_names() -> None:
    assert "handed out to staff needs the names" in " ".join(
        written("visibility", REGION, "text").split()
    )
    assert "handed out" not in written("visibility", REGION, "text", named=True)


def test_the_guide_begins_with_what_comes_to_whom_at_a_glance() -> None:
    feed = {**two_partners()["flows"]["feed"], "mode": "batch", "interval": "1 d"}
    maps = two_partners({"systems/epr/holds/allergies": "text", "stakeholders/nobody": {}})
    maps["flows"]["slow"] = {**feed, "carries": {"allergies": "text"}, "status": "unknown"}
    roles = guide_view(landscape(**maps), visibility(landscape(**maps)), False).roles
    (glance,) = glances(landscape(**maps), roles)
    assert glance.columns == ("Allergies and adverse reactions", "Medications")
    ((who, cells),) = glance.rows
    assert who == "Social worker, Local authority A"
    assert [cell.text for cell in cells if cell] == ["? text, periodic", "● structured, sent"]


def test_the_page_of_the_guide_loads_nothing_and_reads_without_eyes() -> None:
    source = written("visibility", REGION, "html")
    page = Page(source)
    assert not page.all("script", "iframe", "img", "base")
    assert {e.attributes["href"][0] for e in page.all("a")} == {"#"}
    assert not re.search(r"url\(|@import|@font-face", source)
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {e.attributes["href"][1:] for e in page.all("a")} <= set(ids)
    for table in page.all("table"):
        assert table.inner[0].tag == "caption"
        assert all("scope" in cell.attributes for cell in table.all("th"))
    assert [len(page.all(tag)) for tag in ("main", "header", "footer", "nav", "h1")] == [1] * 5


# ── Gaps ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", GapKind)
@pytest.mark.parametrize("said", ["half of it.", None])
def test_every_gap_has_words_whether_it_is_known_how_large_it_is_or_not(
    kind: GapKind, said: str | None
) -> None:
    names = Names(landscape(**two_partners()), named=True)
    words = gap_words(Gap(kind, "hospital", "flows.feed", said), names)
    assert words
    assert not words.endswith(".")
    assert "{" not in words


def test_a_share_of_sites_says_whose_sites_they_are() -> None:
    made = landscape(**two_partners({"organisations/council/instances": 65}))
    names = Names(made, named=True)
    gap = Gap(GapKind.NOT_ALL_REACHED, "hospital", "flows.feed", "40 of 65")
    assert gap_words(gap, names) == "only 40 of 65 (Council) are connected"
    gap = Gap(GapKind.NOT_ALL_REACHED, "hospital", "flows.feed", "3 of 7")
    assert gap_words(gap, names) == "it comes for 3 of 7"


# ── Hazards ───────────────────────────────────────────────────────────────────────────────────────


def test_a_hazard_says_who_acts_on_what_when_why_and_what_holds_it() -> None:
    changes = {
        "needs/medicines/event": "the first evening at home",
        "needs/medicines/objective": "the right tablets",
        "needs/medicines/fallback": "Ring the ward",
        "flows/feed/delay": "unknown",
        "needs/medicines/max_age": "2 h",
    }
    made = landscape(**two_partners(changes))
    first = rows(rendered("hazards", made, "csv"))[0]
    assert first["hazard"].startswith(
        "The first evening at home: the social worker may have to act without medications"
    )
    assert "2 h is allowed" in first["cause"]
    assert first["effect"] == "At risk: the right tablets."
    assert first["controls"] == "Fallback: Ring the ward."
    assert "How long does Medicines feed take from sending to arriving?" in first["confirm"]
    assert first["where"] == "Hospital record → Care system → Social worker"


def test_what_the_safety_officer_judges_stands_empty() -> None:
    listed = rows(written("hazards", REGION, "csv"))
    assert {row[column] for row in listed for column in FOR_THE_OFFICER} == {""}


@pytest.mark.parametrize("format_", ["markdown", "json"])
def test_the_hazard_list_says_that_it_is_no_safety_case(format_: str) -> None:
    text = written("hazards", ESSEX, format_)
    assert "no safety case" in text
    assert "DCB0129" in text
    assert "DCB0160" in text


def test_a_need_without_a_fallback_says_that_nobody_said_what_is_done() -> None:
    listed = rows(written("hazards", REGION, "csv"))
    (row,) = [row for row in listed if row["id"].startswith("crisis_plan_in_emergency:missing")]
    assert row["effect"].endswith("Nobody has said what is done instead.")
    assert row["controls"] == "None is named."
    assert "no ground under the duty of confidentiality" in row["cause"]


def test_every_cell_of_a_hazard_that_the_profile_can_fill_is_filled() -> None:
    for row in rows(written("hazards", REGION, "csv")):
        assert all(row[column] for column in ("id", "role", "hazard", "cause", "effect", "confirm"))


# ── The table of flows ────────────────────────────────────────────────────────────────────────────


def test_a_flow_that_nothing_covers_is_marked() -> None:
    made = landscape(**two_partners({"flows/feed/basis": None}))
    (row,) = rows(rendered("processing", made, "csv"))
    assert row["gaps"].startswith("No agreement recorded.")
    assert (row["agreement"], row["purposes"]) == ("", "")


def test_a_row_says_what_its_agreement_says_and_lacks() -> None:
    maps = two_partners({"flows/feed/basis": None, "organisations/hospital/population": 200000})
    pact = {
        "name": "The pact",
        "parties": "all",
        "categories": "all",
        "purposes": ["direct_care"],
        "status": "draft",
        "valid": {"from": "2025-01-01", "until": "2026-10-31"},
        "lawful_basis": {"article_6": "e", "article_9": "none"},
        "controllers": ["hospital"],
        "objections": "By letter",
        "retention": "8 years",
        "impact_assessed": "2026-01-02",
    }
    (row,) = rows(rendered("processing", landscape(**maps, agreements={"pact": pact}), "csv", True))
    assert row["valid"] == "from 1 January 2025 until 31 October 2026"
    assert (row["article_6"], row["article_9"], row["confidentiality"]) == ("e", "none", "not said")
    assert (row["objections"], row["retention"]) == ("By letter", "8 years")
    assert (row["controllers"], row["people"]) == ("Hospital", "200,000 (Hospital)")
    assert (row["impact_assessed"], row["mechanism"]) == ("2 January 2026", "FHIR request (push)")
    assert row["gaps"] == (
        "Agreement not signed (draft). "
        "Agreement not in force on the day (from 1 January 2025 until 31 October 2026). "
        "Article 9: none. What lifts confidentiality: not said."
    )


# ── The page that explains them, and the documents ────────────────────────────────────────────────

PAGE = "registers.md"


def test_the_page_names_every_column_kind_gap_and_cover() -> None:
    assert keys_in(section(PAGE, "What a role can see"), 2) == list(VISIBILITY_HEADERS)
    assert keys_in(section(PAGE, "Why a blank is no negative"), 2) == [g.name for g in GapKind]
    assert set(keys_in(section(PAGE, "What does not go together"), 2)) == {
        kind.name for kind in ClashKind
    }
    told = keys_in(section(PAGE, "Hazards"), 2)
    kinds = [kind.value for kind in HazardKind]
    columns = [name for name in HAZARD_HEADERS if name not in FOR_THE_OFFICER]
    assert told == [*kinds, "column", *columns]
    told = keys_in(section(PAGE, "The table of flows"), 2)
    assert told == [*(cover.name.lower() for cover in Cover), "column", *PROCESSING_HEADERS]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("The hazard list as JSON", registers_document.HazardsDocument),
        ("`hazards`", registers_document.HazardPart),
        ("The table of flows as JSON", registers_document.ProcessingDocument),
        ("`rows`", registers_document.ProcessingPart),
    ],
)
def test_the_page_names_every_key_of_the_documents(heading: str, part: Any) -> None:
    assert keys_in(section(PAGE, heading), 2) == list(part.model_fields)


@pytest.mark.parametrize("profile", [REGION, ESSEX])
def test_the_documents_keep_their_schemas(profile: str) -> None:
    jsonschema.validate(json.loads(written("hazards", profile, "json")), hazards_schema())
    jsonschema.validate(json.loads(written("processing", profile, "json")), processing_schema())
