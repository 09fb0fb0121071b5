"""What people notice, and how they are answered: two chapters of every report, and their JSON."""

import json
from functools import cache
from typing import Any

import pytest

from sharedcare.assessment import Assessment, assess
from sharedcare.dimensions import DIMENSIONS
from sharedcare.experience import experience
from sharedcare.experience.feedback.thresholds import LIMITS
from sharedcare.experience.prompts import BACKSTAGE, Direction
from sharedcare.landscape.activity import Attribute
from sharedcare.reports import render
from sharedcare.reports.assessing.assessment_document import assessment_document
from sharedcare.reports.assessing.chapter import Chapter
from sharedcare.reports.assessing.experience_chapters import (
    MOST_NAMED,
    MOVES_NOTHING,
    NO_ACTIVITIES,
    NO_FEEDBACK,
    answered_chapter,
    noticed_chapter,
)
from sharedcare.reports.experience.feedback_view import NO_RANKING
from sharedcare.reports.words.names import Names
from tests.reports.making import MADE_FROM, Page, assessed, example, nothing_declared

REGION = "fictional-region"
ANSWERS = {"organisation": "hospital", "stories": 500, "answered": 480, "responses": 480}
GENERIC = {**ANSWERS, "identical": 0.9}
OPEN = {**ANSWERS, "identical": 0.02, "redirects": 0.05, "told": 0.8}


def noticed(assessment: Assessment) -> Chapter:
    return noticed_chapter(assessment, Names(assessment.landscape, False))


def answered(assessment: Assessment, named: bool = False) -> Chapter:
    return answered_chapter(assessment, Names(assessment.landscape, named))


def column(found: Chapter, header: str) -> list[str]:
    (table,) = (one for one in found.tables if header in one.headers)
    return [row[table.headers.index(header)] for row in table.rows]


@cache
def claiming(answer: str, kind: str) -> Assessment:
    """The example, where the hospital gives one answer to all of the backstage."""
    asked = [c.id for d in DIMENSIONS if d.id in BACKSTAGE for c in d.criteria]
    said: dict[str, Any] = {
        f"said_{number}": {"criterion": id_, "answer": answer, "date": "2026-10-01"}
        for number, id_ in enumerate(asked)
    }
    feedback = {"hospital_feedback": GENERIC if kind == "generic" else OPEN}
    return assess(example(attestations=said, feedback=feedback))


# ── What people notice ────────────────────────────────────────────────────────────────────────────


def test_the_attribute_hurt_most_is_named_first_and_followed_to_the_hop() -> None:
    found = noticed(assessed(REGION))
    assert "hurts this most: feeling safe" in found.lead
    assert found.tables[0].rows[0][0] == "Feeling safe"
    traced = "stops between Hospital record and Duty desk in Otherborough"
    assert traced in column(found, "What hurts it")[0]
    assert len(found.tables[0].rows) == len(Attribute)


def test_broken_chains_come_before_those_in_doubt_and_the_rest_is_counted() -> None:
    found = noticed(assessed(REGION))
    stands = column(found, "How it stands")
    assert stands == sorted(stands, key=lambda words: "broken" not in words)
    (table,) = (one for one in found.tables if "How it stands" in one.headers)
    chains = assessed(REGION).chains.chains
    assert table.rest == f"And {len(chains) - len(table.rows)} more that do not surely hold."


def test_disagreement_and_what_nobody_asked_are_told_apart() -> None:
    found = noticed(assessed(REGION))
    differing = column(found, "Where people see it otherwise")
    untested = column(found, "What nobody has asked people yet")
    assert any(words.startswith("Calm in a crisis") for words in differing)
    assert not any(words.startswith("Calm in a crisis") for words in untested)
    assert any(words.startswith("Going round and listening") for words in untested)


def test_the_chapter_says_which_numbers_stay() -> None:
    assert MOVES_NOTHING in noticed(assessed(REGION)).notes


def test_an_assessment_has_the_chains_that_the_verb_shows() -> None:
    assert assessed(REGION).chains == experience(assessed(REGION).landscape)


def test_a_need_that_was_not_explained_is_named_and_not_followed() -> None:
    made = assess(assessed(REGION).landscape)
    made.__dict__["explanations"] = {}
    assert made.chains.traces == ()
    assert set(made.chains.untraced) == {one.need for one in assessed(REGION).chains.traces}
    assert "This was not followed up." in column(noticed(made), "What hurts it")[0]


def test_the_page_draws_all_chains_in_their_chapter() -> None:
    page = Page(render(assessed(REGION), MADE_FROM, "html"))
    (part,) = (one for one in page.all("section") if one.attributes.get("id") == "noticed")
    (picture,) = part.all("svg")
    assert "Feeling safe" in " ".join(picture.words.split())
    bare = Page(render(nothing_declared(), MADE_FROM, "html"))
    (part,) = (one for one in bare.all("section") if one.attributes.get("id") == "noticed")
    assert part.all("svg") == []
    assert NO_ACTIVITIES in part.words


# ── How feedback is answered ──────────────────────────────────────────────────────────────────────


def test_types_stand_with_the_signals_that_decide_them_in_the_order_of_the_profile() -> None:
    found = answered(assessed(REGION))
    assert column(found, "Type") == [
        "generic",
        "transparent, conversational",
        "non-response (borderline)",
    ]
    assert "Near-identical answers: 86 %" in column(found, "Decided by")[0]


def test_many_organisations_are_counted_by_type_in_the_first_sentence() -> None:
    many = {f"f{number}": GENERIC for number in range(MOST_NAMED)}
    found = answered(assess(example(feedback={**many, "open": OPEN})))
    assert found.lead == "Of 6 organisations: 5 generic; 1 transparent, conversational."
    assert len(column(found, "Type")) == MOST_NAMED + 1


def test_limits_and_that_nobody_is_ranked_always_stand_with_a_type() -> None:
    assert {NO_RANKING, *LIMITS} <= set(answered(assessed(REGION)).notes)


def test_organisations_are_named_only_if_that_was_asked_for() -> None:
    label = assessed(REGION).landscape.label("organisations", "hospitals")
    assert label not in str(answered(assessed(REGION)))
    assert label in str(answered(assessed(REGION), named=True))


@pytest.mark.parametrize(
    ("answer", "kind", "direction"),
    [("yes", "generic", Direction.CLAIMS_MORE), ("no", "open", Direction.SHOWS_MORE)],
)
def test_a_gap_is_a_reason_to_look_again_in_both_directions(
    answer: str, kind: str, direction: Direction
) -> None:
    made = claiming(answer, kind)
    assert {one.direction for one in made.prompts} == {direction}
    found = answered(made)
    assert found.lead.endswith(
        f"In {len(BACKSTAGE)} places this and what is claimed point apart: look again at both."
    )
    assert len(column(found, "Look again")) == len(BACKSTAGE)


@pytest.mark.parametrize(("answer", "kind"), [("yes", "open"), ("no", "generic")])
def test_where_both_say_the_same_nothing_asks_to_look_again(answer: str, kind: str) -> None:
    found = answered(claiming(answer, kind))
    assert "look again" not in found.lead
    assert all("Look again" not in table.headers for table in found.tables)


def test_what_is_not_declared_is_said_in_one_line_of_every_report() -> None:
    for format_ in ("text", "markdown"):
        words = " ".join(render(nothing_declared(), MADE_FROM, format_).replace("\\", "").split())
        assert NO_ACTIVITIES in words
        assert NO_FEEDBACK in words


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_document_holds_chains_and_answers_under_their_keys() -> None:
    made = json.loads(render(assessed(REGION), MADE_FROM, "json"))
    assert made["experience"]["hurt_most"] == "safe"
    hops = [trace["hop"] for trace in made["experience"]["traces"] if trace["hop"]]
    assert {"from", "to"} <= set(hops[0])
    assert [one["type"] for one in made["feedback"]["organisations"]] == [
        "generic",
        "conversational",
        "non_response",
    ]
    assert made["feedback"]["limits"] == list(LIMITS)


def test_prompts_stand_in_the_document_with_their_direction() -> None:
    found = assessment_document(claiming("yes", "generic"), "0").feedback.prompts
    assert {one.direction for one in found} == {"claims_more"}
    assert {one.dimension for one in found} == set(BACKSTAGE)


def test_of_nothing_declared_the_keys_are_there_and_empty() -> None:
    made = assessment_document(nothing_declared(), "0")
    assert made.experience.chains == []
    assert made.experience.hurt_most is None
    assert (made.feedback.organisations, made.feedback.prompts) == ([], [])
