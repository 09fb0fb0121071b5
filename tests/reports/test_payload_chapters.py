"""The two chapters of a report with payloads: what is sent, and what that turns."""

from collections.abc import Mapping
from typing import Any

import pytest

from sharedcare.assessment import Assessment, assess
from sharedcare.reports import Provenance, render
from sharedcare.reports.assessing.chapter import Chapter, ChapterTable
from sharedcare.reports.assessing.chapters import CHAPTERS, chapters_of
from sharedcare.reports.assessing.payload_chapters import (
    CODE_WORDS,
    RARE_CODES,
    payloads_chapter,
    two_ways_chapter,
)
from sharedcare.reports.drawing.page import drawings_of_chapters
from sharedcare.reports.words.names import Names
from tests.measured.sent import (
    LOCAL,
    TEXT,
    Json,
    coded,
    medicine,
    partners,
    patient,
    payloads,
    shares,
)

MADE_FROM = Provenance("anytown.yaml", "0" * 64, "9.9.9")
ASKS_CODED: dict[str, object] = {
    "needs/medicines/content": [{"category": "medications", "min_form": "coded"}],
    "organisations/hospital/name": "Whitestone",
    "organisations/council/name": "Blackacre",
}


def assessed(
    sent: Mapping[str, list[Json]] | None = None, changes: Mapping[str, object] | None = None
) -> Assessment:
    declared = partners({**ASKS_CODED, **(changes or {})})
    given = {"epr": [*shares(40, 60), *(patient() for _ in range(20))]} if sent is None else sent
    return assess(declared, payloads=payloads(declared, given))


def table(chapter: Chapter, caption: str) -> ChapterTable:
    return next(one for one in chapter.tables if one.caption.startswith(caption))


def sent_chapter(found: Assessment, named: bool = False) -> Chapter:
    return payloads_chapter(found, Names(found.landscape, named))


def two_ways(found: Assessment, named: bool = False) -> Chapter:
    return two_ways_chapter(found, Names(found.landscape, named))


def test_a_report_without_payloads_has_neither_chapter() -> None:
    plain = assess(partners(ASKS_CODED))
    made = chapters_of(plain, Names(plain.landscape, named=False))
    assert len(made) == len(CHAPTERS)
    assert {"payloads", "two_ways"}.isdisjoint(one.id for one in made)


def test_with_payloads_they_come_first() -> None:
    found = assessed()
    made = chapters_of(found, Names(found.landscape, named=False))
    assert [one.id for one in made[:2]] == ["payloads", "two_ways"]
    assert len(made) == 2 + len(CHAPTERS)


def test_the_first_tells_declared_and_sent_side_by_side() -> None:
    row, _ = table(sent_chapter(assessed()), "What was measured").rows
    assert row[:5] == (
        "Hospital record",
        "Medications",
        "100",
        "coded",
        "text (100 records, 40 % coded and 60 % text)",
    )


def test_a_terminal_reads_what_turns_in_the_lead() -> None:
    lead = two_ways(assessed()).lead
    assert "In 2 places what is sent falls short of what is declared." in lead
    assert "1 verdict turns with what was measured" in lead
    assert "Medicines on the first evening" in lead


def test_the_lead_says_so_where_nothing_turns() -> None:
    lead = two_ways(assessed({"epr": shares(100, 0)})).lead
    assert lead.startswith("What was measured nowhere falls short of what is declared.")
    assert "No verdict turns" in lead


def test_every_need_stands_both_ways_those_that_turn_first() -> None:
    other: dict[str, object] = {
        "needs": {
            "document": {**NEED, "content": [{"category": "medications", "min_form": "document"}]},
            "coded": {**NEED, "content": [{"category": "medications", "min_form": "coded"}]},
        }
    }
    rows = table(two_ways(assessed(None, other)), "Every verdict both ways").rows
    assert [row[1:] for row in rows] == [
        ("met", "unmet", "turns: no longer met"),
        ("met", "met", "stays"),
    ]


NEED: dict[str, Any] = {"stakeholder": "social_worker", "purpose": "direct_care"}


def test_a_contradiction_stands_with_both_answers_and_the_figures() -> None:
    rows = table(two_ways(assessed()), "Criteria that payloads answer").rows
    row = next(one for one in rows if "structured form" in one[0])
    assert row[1:4] == ("the region", "yes", "no (contradicts)")
    assert "40 % coded and 60 % text" in row[4]


def test_what_is_declared_and_was_not_sent_is_one_row_for_a_system() -> None:
    holds = {"coded": ["medications", "allergies", "problems"]}
    rows = table(two_ways(assessed(None, {"systems/epr/holds": holds})), "Where the profile").rows
    told = [row[0] for row in rows if "nothing of it was" in row[0]]
    assert told == [
        "Hospital record, Allergies and adverse reactions and Problem list: declared, and nothing "
        "of it was in what was read. Ask for a fuller extract; until then it stays as declared."
    ]


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_organisations_are_not_named_unless_asked_for(format_: str) -> None:
    found = assessed()
    unnamed = render(found, MADE_FROM, format_)
    assert "Whitestone" not in unnamed
    assert "Blackacre" not in unnamed
    assert "Whitestone" in render(found, MADE_FROM, format_, name_organisations=True)


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_a_need_that_turns_has_its_declared_verdict_beside_it(format_: str) -> None:
    words = "As declared, without what was measured"
    assert words in render(assessed(), MADE_FROM, format_)
    assert words not in render(assessed({"epr": shares(100, 0)}), MADE_FROM, format_)


def test_what_was_not_measured_is_named_among_what_was_not_assessed() -> None:
    changes: dict[str, object] = {"systems/asc/holds": {"text": ["problems"]}}
    text = " ".join(render(assessed(None, changes), MADE_FROM, "text").split())
    assert (
        "of which no payload was measured; the profile is taken at its word: Care system." in text
    )
    assert "no payload was measured; the profile is taken at its word." not in text


def test_a_need_met_for_fewer_people_does_not_turn_and_is_told() -> None:
    changes: dict[str, object] = {
        "organisations/practice": {"name": "Practice", "type": "acute"},
        "systems/gp": {
            "organisation": "practice",
            "holds": {"medications": {"form": "coded", "authoritative": True}},
        },
        "flows/gp_feed": {
            "from": "gp", "to": "asc", "mode": "push", "reach": 0.5, "delay": "1 min",
            "carries": {"coded": ["medications"]}, "basis": "direct_care",
        },
    }  # fmt: skip
    (row,) = table(two_ways(assessed(None, changes)), "Every verdict both ways").rows
    assert row[1:] == ("partly met", "partly met", "stays, and reaches fewer")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ([patient() for _ in range(9)], "its records have no code to look at"),
        ([medicine(None) for _ in range(9)], "too few records say what they are about"),
        (
            [medicine(None, medicationReference={"reference": "Medication/1"}) for _ in range(9)],
            "its codes stand in other resources, which are looked up in the same Bundle alone",
        ),
        (shares(2, 5), "* records, * coded and * text"),
    ],
)
def test_it_is_said_why_no_form_is_told(sent: list[Json], why: str) -> None:
    (row,) = table(sent_chapter(assessed({"epr": sent})), "What was measured").rows
    assert row[4] == f"not told ({why})"


def test_codes_that_were_not_looked_up_are_told_with_their_number() -> None:
    sent = [medicine(None, medicationReference={"reference": "Medication/1"}) for _ in range(9)]
    told = [note for note in sent_chapter(assessed({"epr": sent})).notes if "Bundle" in note]
    assert [note.split(" stands")[0] for note in told] == ["The code of 10 records"]
    assert not any("Bundle" in note for note in sent_chapter(assessed({"epr": []})).notes)


def test_the_page_draws_what_is_sent_by_the_names_that_systems_have_for_people() -> None:
    drawn = drawing_of_payloads(assessed())
    assert 'id="sent-matrix"' in drawn
    assert "40 % coded" in drawn
    assert "Hospital record" in drawn
    assert ">epr<" not in drawn


def test_what_has_no_dates_and_nobody_to_agree_with_is_not_drawn() -> None:
    drawn = drawing_of_payloads(assessed())
    assert 'class="drawing bars"' not in drawn


def test_a_page_without_payloads_draws_nothing_of_them() -> None:
    plain = assess(partners(ASKS_CODED))
    names = Names(plain.landscape, named=False)
    assert "payloads" not in drawings_of_chapters(plain, names, "9.9.9")


def drawing_of_payloads(found: Assessment) -> str:
    names = Names(found.landscape, named=False)
    return drawings_of_chapters(found, names, "9.9.9")["payloads"]


@pytest.mark.parametrize(
    ("concept", "people", "begin"),
    [
        (coded(LOCAL), 9, "1"),
        (coded(LOCAL), 2, RARE_CODES),
        (TEXT, 9, CODE_WORDS),
    ],
)
def test_what_to_map_begins_with_codes_or_says_why_it_names_none(
    concept: Json, people: int, begin: str
) -> None:
    sent = [medicine(concept, n % people) for n in range(20)]
    ((_, _, _, first, *_),) = table(sent_chapter(assessed({"epr": sent})), "What to map").rows
    assert first == begin
