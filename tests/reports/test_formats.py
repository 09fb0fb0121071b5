"""What holds of every format: hostile text is shown as itself, lines fit, the same bytes twice."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sharedcare.assessment import Assessment, assess
from sharedcare.reports import render, render_text
from sharedcare.reports.words.texts import columns_of
from sharedcare.scoring import Band
from tests.reports.making import (
    EXAMPLE,
    HUMAN_FORMATS,
    MADE_FROM,
    PROFILES,
    PROJECT,
    Page,
    assessed,
    example,
    need_of,
    nothing_declared,
)

SCRIPT = "<script>alert(1)</script>"
TEMPLATE = "{{7*7}} {% raw %}"
FORMULA = '=HYPERLINK("http://evil.example","x")'
BIDI = "ab\u202ecd"
HEBREW = "\u05d1\u05d9\u05ea \u05d7\u05d5\u05dc\u05d9\u05dd"
ENDLESS = "x" * 10_000
HOSTILE = (
    SCRIPT,
    TEMPLATE,
    FORMULA,
    BIDI,
    HEBREW,
    ENDLESS,
    "'\"><img src=x onerror=y>",
    "日本" * 90,
)


@cache
def hostile() -> Assessment:
    """The worked example with a hostile name wherever there can be one."""
    names = [*HOSTILE, "# title", "[a](javascript:b)", "&lt;b&gt;", "\x1b[31mred"]
    given = iter(names * 9)
    maps: dict[str, Any] = {
        kind: {key: {**entry, "name": next(given)} for key, entry in EXAMPLE[kind].items()}
        for kind in ("systems", "stakeholders", "flows", "agreements")
    }
    needs = {f"need{n}": need_of(name=name, objective=name) for n, name in enumerate(names)}
    meta = {**EXAMPLE["meta"], "title": SCRIPT, "author": TEMPLATE}
    changes = {f"change{n}": {"name": name, "paid_by": name} for n, name in enumerate(names[:6])}
    return assess(example(**maps, needs=needs, meta=meta, changes=changes))


@cache
def made(profile: str, format_: str) -> str:
    assessment = {"hostile": hostile, "nothing": nothing_declared}.get(profile)
    return render(assessment() if assessment else assessed(profile), MADE_FROM, format_)


EVERYTHING = (*PROFILES, "hostile", "nothing")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stands_in_the_page_as_the_text_that_it_is(text: str) -> None:
    words = Page(made("hostile", "html")).root.words
    assert text.replace("\u202e", "[U+202E]") in words


def test_a_hostile_name_makes_no_element_of_a_page() -> None:
    tags = {element.tag for element in Page(made("hostile", "html")).elements}
    assert not tags & {"script", "img", "iframe", "object", "b1"}
    clean = {element.tag for element in Page(made("fictional-region", "html")).elements}
    assert tags <= clean


@pytest.mark.parametrize(
    "markup",
    [r"(?<!\\)<script", r"(?<!\\)<img", r"\{\{7", r"(?<!\\)\]\(", r"http://evil", r"\n# title"],
)
def test_a_hostile_name_is_no_markup_in_markdown(markup: str) -> None:
    assert not re.search(markup, made("hostile", "markdown"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_of_an_organisation_is_text_too_where_names_are_asked_for(text: str) -> None:
    organisations = {
        key: {**entry, "name": text} for key, entry in EXAMPLE["organisations"].items()
    }
    partners = assess(example(organisations=organisations))
    shown = text.replace("\u202e", "[U+202E]")
    assert shown in Page(render(partners, MADE_FROM, "html", name_organisations=True)).root.words
    hidden = Page(render(partners, MADE_FROM, "html")).root.words
    assert shown not in hidden


def test_a_name_of_ten_thousand_characters_is_whole_in_markdown_and_cut_on_a_terminal() -> None:
    assert ENDLESS in made("hostile", "markdown")
    assert ENDLESS[:200] not in made("hostile", "text").replace("\n", "").replace(" ", "")


def test_a_terminal_gets_no_control_character_from_a_name() -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", made("hostile", "text"))


@pytest.mark.parametrize("profile", EVERYTHING)
def test_no_line_for_a_terminal_is_wider_than_80_columns(profile: str) -> None:
    lines = made(profile, "text").splitlines()
    assert max(map(columns_of, lines)) <= 80
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_report_for_a_terminal_is_short(profile: str) -> None:
    assert len(made(profile, "text").splitlines()) <= 190


def test_colour_is_given_only_where_it_is_asked_for_and_changes_no_word() -> None:
    coloured = render_text(assessed("fictional-region"), MADE_FROM, colour=True)
    assert "\x1b[31m○\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == made("fictional-region", "text")


@pytest.mark.parametrize("format_", HUMAN_FORMATS)
def test_blockers_come_before_needs_and_needs_before_levels(format_: str) -> None:
    text = made("hospital-to-care-home", format_)
    order = ["What blocks", "resuscitation status", "Socio-organisational"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize("format_", ["markdown", "html"])
@pytest.mark.parametrize("profile", EVERYTHING)
def test_every_criterion_is_told_passes_too(profile: str, format_: str) -> None:
    source = {"hostile": hostile, "nothing": nothing_declared}.get(profile)
    scores = (source() if source else assessed(profile)).scores
    text = made(profile, format_)
    criteria = [found.criterion.id for each in scores.dimensions for found in each.criteria]
    assert len(criteria) > 100
    assert [found for found in criteria if found not in text] == []


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_the_whole_report_says_what_it_was_made_from(format_: str) -> None:
    text = made("fictional-region", format_)
    for part in (MADE_FROM.digest, "sharedcare 9.9.9", "anytown.yaml", "1 November 2026"):
        assert part in text


@pytest.mark.parametrize("format_", HUMAN_FORMATS)
def test_a_report_says_that_a_met_need_is_not_yet_a_read_one(format_: str) -> None:
    assert "It does not say that it is read." in " ".join(made("minimal", format_).split())


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_a_suppression_stands_with_its_day_and_one_that_expired_is_told(format_: str) -> None:
    text = made("fictional-region", format_)
    assert "Its replacement is in procurement" in text
    assert "31 March 2027" in text
    assert "expired" in text


def test_no_dimension_under_the_top_is_told_that_nothing_is_to_be_done() -> None:
    text = made("fictional-region", "markdown")
    part = text[text.index("## The next step") : text.index("## Ask first")]
    steps = part.split("\n### ")[1:]
    assert len(steps) == len(assessed("fictional-region").scores.dimensions)
    assert all(re.search(r"^- [○?]", step, re.MULTILINE) for step in steps)


def test_a_landscape_without_anything_is_told_so_and_not_scored() -> None:
    text = " ".join(made("nothing", "text").split())
    assert "No need is declared, so nothing is judged" in text
    assert "no index yet" in text
    assert not any(f"Readiness {band.words}" in text for band in Band)


@pytest.mark.parametrize("format_", [*HUMAN_FORMATS, "json"])
def test_the_same_assessment_gives_the_same_bytes(format_: str) -> None:
    assert render(assessed("minimal"), MADE_FROM, format_) == made("minimal", format_)
    assert made("minimal", format_).endswith("\n")
    assert "\r" not in made("minimal", format_)


RENDER_ALL = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.reports.making import MADE_FROM, assessed
from sharedcare.reports import render
for format_ in ("text", "markdown", "html", "json"):
    made = render(assessed("hospital-to-care-home"), MADE_FROM, format_)
    print(format_, hashlib.sha256(made.encode()).hexdigest())
"""

SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"},
)


def test_another_hash_seed_time_zone_and_locale_give_the_same_bytes(tmp_path: Path) -> None:
    script = tmp_path / "render_all.py"
    script.write_text(RENDER_ALL, encoding="utf-8")
    told = [
        subprocess.run(
            [sys.executable, str(script), str(PROJECT)],
            env={**os.environ, **surroundings},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for surroundings in SURROUNDINGS
    ]
    assert told[0] == told[1]
    assert len(told[0].splitlines()) == 4
