"""The chapters of a report: what each found first, the tables behind it, what was not looked at."""

from functools import cache
from typing import Any

import pytest

from sharedcare.assessment import MOST_LOSSES
from sharedcare.flows.meaning.clashes import ClashKind, GapKind
from sharedcare.reports import render
from sharedcare.reports.assessing.chapter import Chapter, table_of
from sharedcare.reports.assessing.chapters import CHAPTERS
from sharedcare.reports.assessing.losing_chapters import NOTHING_TAKES
from sharedcare.reports.assessing.view import View, view_of
from tests.reports.making import (
    EXAMPLE,
    HUMAN_FORMATS,
    MADE_FROM,
    PROFILES,
    Page,
    assessed,
    example,
    need_of,
    nothing_declared,
    viewed,
)

IDS = ("falls", "lapses", "hours", "pushed", "meanings", "blanks", "noticed", "answered")
REAL = "mid-and-south-essex"


@cache
def view(profile: str) -> View:
    return view_of(assessed(profile), MADE_FROM, name_organisations=False)


def chapter(found: View, id_: str) -> Chapter:
    (one,) = (one for one in found.chapters if one.id == id_)
    return one


def cells(found: Chapter) -> str:
    return "\n".join(cell for table in found.tables for row in table.rows for cell in row)


def test_every_report_has_the_chapters_in_their_order() -> None:
    assert tuple(one.id for one in view("fictional-region").chapters) == IDS
    assert len(CHAPTERS) == len(IDS)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("id_", IDS)
def test_a_chapter_begins_with_sentences_and_its_rows_fit_their_headers(
    profile: str, id_: str
) -> None:
    found = chapter(view(profile), id_)
    assert found.title
    assert found.lead.endswith(".")
    assert "0 other" not in found.lead
    for table in found.tables:
        assert table.caption
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.headers)}


@pytest.mark.parametrize("id_", IDS)
def test_where_nothing_was_found_a_chapter_says_so_in_one_line(id_: str) -> None:
    found = chapter(view_of(nothing_declared(), MADE_FROM, False), id_)
    assert found.tables == ()
    assert found.lead.count(".") == 1


@pytest.mark.parametrize("format_", HUMAN_FORMATS)
def test_every_format_says_what_each_chapter_found_after_what_blocks_and_what_to_do(
    format_: str,
) -> None:
    report = render(assessed("fictional-region"), MADE_FROM, format_)
    if format_ == "html":
        page = Page(report)
        report = " ".join(one.words for one in page.all("h2", "p"))
    flat = " ".join(report.replace("\\", "").split())
    first = flat.index("What blocks")
    for one in view("fictional-region").chapters:
        assert first < flat.index(one.lead)
    after = "What to do next" if format_ != "html" else "Do this next"
    assert flat.index(after) < flat.index(view("fictional-region").chapters[0].lead)


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_the_long_formats_show_every_row_and_note(format_: str) -> None:
    report = render(assessed("fictional-region"), MADE_FROM, format_)
    words = Page(report).root.words if format_ == "html" else report.replace("\\", "")
    for one in view("fictional-region").chapters:
        for text in (*one.notes, *(t.caption for t in one.tables), *cells(one).splitlines()):
            assert text in words


# ── What the published pages of the real case say ─────────────────────────────────────────────────


def test_alerts_mean_two_things_across_the_councils() -> None:
    told = chapter(view(REAL), "meanings")
    assert told.lead.startswith("The same word means two things in Alerts")
    assert "“alerts” does not mean the same to all who send it" in cells(told)
    findings = [
        finding.message
        for dimension in assessed(REAL).scores.dimensions
        for found in dimension.criteria
        for finding in found.findings
        if found.criterion.id == "harmonizing_interoperability.one_meaning"
    ]
    assert any(words.startswith("Alerts does not mean the same") for words in findings)


def test_only_twelve_months_are_shown_and_older_may_still_exist() -> None:
    (alerts,) = (row for row in chapter(view(REAL), "blanks").tables[0].rows if row[0] == "Alerts")
    assert "What is older than 12 mo is not shown" in alerts[2]


def test_nobody_is_told_when_something_new_arrives() -> None:
    told = cells(chapter(view(REAL), "meanings"))
    assert "Nobody is told when something new arrives in alerts" in told


def test_what_comes_live_may_stand_beside_what_comes_periodically() -> None:
    told = cells(chapter(view(REAL), "meanings"))
    assert "Some of it may come live and some periodically" in told
    (mixed,) = (clash for clash in assessed(REAL).clashes if is_mixed(clash, "visit_at_home"))
    assert {party.organisation for party in mixed.parties} >= {"practices", "essex"}


def is_mixed(clash: Any, need: str) -> bool:
    return clash.kind is ClashKind.MIXTURE and need in clash.needs


def test_an_empty_screen_must_not_be_read_as_a_no() -> None:
    found = chapter(view(REAL), "blanks")
    assert "must not read an empty screen as a no" in found.lead
    assert "No alert shown does not mean that there is none" in found.tables[0].rows[0][3]
    kinds = {gap.kind for clash in assessed(REAL).clashes for gap in clash.gaps}
    assert {GapKind.WINDOW, GapKind.FIELDS} <= kinds


# ── What is left out, and what is none ────────────────────────────────────────────────────────────


def test_of_more_than_can_be_lost_in_time_a_report_says_what_it_did_not_try() -> None:
    many: dict[str, Any] = {f"system{n}": {} for n in range(MOST_LOSSES)}
    found = chapter(viewed(example(systems=many)), "falls")
    assert found.lead.startswith("Lost one at a time: 1 agreement.")
    assert "Not lost here" in " ".join(found.notes)
    assert ": systems. 'sharedcare stress PROFILE' tries them." in " ".join(found.notes)


def test_what_no_loss_takes_is_said_in_a_sentence() -> None:
    late = {"discharge_meds": need_of(max_age="1 s")}
    assert chapter(viewed(example(needs=late)), "falls").lead == NOTHING_TAKES


def test_a_calendar_tells_first_from_when_needs_fall() -> None:
    ends = {"shcr": {**EXAMPLE["agreements"]["shcr"], "valid": {"until": "2026-12-31"}}}
    found = chapter(viewed(example(agreements=ends)), "lapses")
    assert found.lead.endswith(
        "1 need will be worse off because something ends, the first from 1 January 2027."
    )
    assert "Hospital social worker" in found.tables[0].rows[0][2]


def test_the_end_of_a_support_on_which_a_need_hangs_is_told_though_no_verdict_falls() -> None:
    until = {"hub": {**EXAMPLE["systems"]["hub"], "support_until": "2026-12-31"}}
    found = chapter(viewed(example(systems=until)), "lapses")
    assert found.lead.startswith("No verdict falls by itself")
    assert "systems without which 1 need would be worse off" in found.lead


@pytest.mark.parametrize(
    ("until", "words"),
    [({"hub_asc": "2026-12-31"}, "1 thing ends or begins"), ({}, "Nothing ends or begins")],
)
def test_what_ends_without_any_need_being_worse_off_is_counted(
    until: dict[str, str], words: str
) -> None:
    spare = {
        f"{key}_too": {**EXAMPLE["flows"][key], "valid": {"until": day}}
        for key, day in until.items()
    }
    assert words in chapter(viewed(example(flows=spare)), "lapses").lead


def test_rows_past_the_most_that_is_shown_are_counted() -> None:
    rows = [(str(n),) for n in range(5)]
    (table,) = table_of("Rows", ("Row",), rows, most=3, more="rows")
    assert len(table.rows) == 3
    assert table.rest == "And 2 more rows."
    assert table_of("Rows", ("Row",), rows[:3], most=3, more="rows")[0].rest == ""
    assert table_of("Rows", ("Row",), [], most=3, more="rows") == ()
