"""The page by its structure: nothing from elsewhere, and readable without eyes, colour or mouse."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from sharedcare.reports import render_html
from sharedcare.reports.html import POLICY, along
from tests.reports.making import MADE_FROM, PROFILES, PROJECT, Page, assessed, nothing_declared

STYLES = PROJECT / "sharedcare" / "reports" / "templates" / "report.css"
EVERYTHING = (*PROFILES, "nothing")


@cache
def source(profile: str) -> str:
    found = nothing_declared() if profile == "nothing" else assessed(profile)
    return render_html(found, MADE_FROM)


@cache
def page(profile: str) -> Page:
    return Page(source(profile))


@pytest.mark.parametrize("profile", EVERYTHING)
def test_every_tag_is_closed_and_the_language_is_said(profile: str) -> None:
    (html,) = page(profile).all("html")
    assert html.attributes["lang"] == "en-GB"
    assert source(profile).startswith("<!doctype html>\n")


@pytest.mark.parametrize("profile", EVERYTHING)
def test_a_page_loads_nothing_and_runs_nothing(profile: str) -> None:
    found = page(profile)
    assert not found.all("script", "iframe", "object", "embed", "img", "audio", "video", "base")
    assert not [e for e in found.elements if "src" in e.attributes or "srcset" in e.attributes]
    assert {e.attributes["href"] for e in found.all("link")} == {"data:,"}
    assert {e.attributes["href"][0] for e in found.all("a")} == {"#"}
    assert not [a for e in found.elements for a in e.attributes if a.startswith("on")]
    assert not re.search(r"url\(|@import|@font-face|expression\(", source(profile))


def test_a_page_forbids_itself_what_it_does_not_need() -> None:
    (policy,) = [e for e in page("minimal").all("meta") if "http-equiv" in e.attributes]
    assert policy.attributes["content"] == POLICY
    assert POLICY.startswith("default-src 'none';")
    assert "script-src" not in POLICY


@pytest.mark.parametrize("profile", EVERYTHING)
def test_headings_go_down_one_step_at_a_time_from_one_title(profile: str) -> None:
    levels = [int(e.tag[1]) for e in page(profile).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("profile", EVERYTHING)
def test_every_table_has_a_caption_and_every_heading_cell_says_what_it_heads(profile: str) -> None:
    tables = page(profile).all("table")
    assert tables
    for table in tables:
        assert table.inner[0].tag == "caption"
        assert table.inner[0].words.strip()
        assert all("scope" in cell.attributes for cell in table.all("th"))
        assert table.all("th")


@pytest.mark.parametrize("profile", EVERYTHING)
def test_every_row_of_a_table_is_as_wide_as_its_head(profile: str) -> None:
    for table in page(profile).all("table"):
        (head,) = table.all("thead")
        (body,) = table.all("tbody")
        width = len(head.all("th"))
        for row in body.all("tr"):
            cells = row.all("th", "td")
            assert sum(int(cell.attributes.get("colspan", "1")) for cell in cells) == width


@pytest.mark.parametrize("profile", EVERYTHING)
def test_ids_are_unique_and_every_link_leads_somewhere(profile: str) -> None:
    ids = Counter(e.attributes["id"] for e in page(profile).elements if "id" in e.attributes)
    assert max(ids.values()) == 1
    assert {e.attributes["href"][1:] for e in page(profile).all("a")} <= set(ids)
    labels = [e.attributes.get("aria-labelledby") for e in page(profile).elements]
    assert {label for label in labels if label} <= set(ids)


@pytest.mark.parametrize("profile", EVERYTHING)
def test_a_page_has_its_landmarks_and_a_link_that_skips_to_the_answer(profile: str) -> None:
    found = page(profile)
    assert [len(found.all(tag)) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    first = found.all("a")[0]
    assert first.attributes == {"class": "skip", "href": "#answer"}
    assert all("aria-label" in e.attributes for e in found.all("nav"))


@pytest.mark.parametrize("profile", EVERYTHING)
def test_what_scrolls_sideways_can_be_reached_by_keyboard_and_has_a_name(profile: str) -> None:
    wide = [e for e in page(profile).elements if e.attributes.get("class") == "wide"]
    assert wide
    for element in wide:
        assert element.attributes["tabindex"] == "0"
        assert element.attributes["role"] == "region"
        assert element.attributes["aria-label"].strip()


@pytest.mark.parametrize("profile", EVERYTHING)
def test_every_picture_has_words_or_is_passed_over(profile: str) -> None:
    for picture in page(profile).all("svg"):
        named = picture.attributes.get("role") == "img" and picture.attributes.get("aria-label")
        assert named or picture.attributes.get("aria-hidden") == "true"


def test_a_mark_is_colour_and_symbol_and_words() -> None:
    marks = [e for e in page("fictional-region").all("span") if "mark" in e.classes]
    assert {e.words.split()[0][0] for e in marks} >= {"●", "◐", "○", "?"}
    assert all(len(e.words.strip()) > 1 for e in marks)
    cells = [e for e in page("fictional-region").all("td") if "cell" in e.classes]
    assert cells
    assert all(re.match(r"[●◐○?] (met|partly met|unmet|undetermined)", e.words) for e in cells)


def test_details_open_in_print_without_a_script() -> None:
    styles = STYLES.read_text(encoding="utf-8")
    printed = styles[styles.index("@media print") :]
    assert "details::details-content { display: block; content-visibility: visible" in printed
    assert "thead { display: table-header-group; }" in printed
    assert "size: A4" in styles


def _palette(block: str) -> dict[str, tuple[int, int, int]]:
    colours = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", block)
    return {
        name: (int(hexed[:2], 16), int(hexed[2:4], 16), int(hexed[4:], 16))
        for name, hexed in colours
    }


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PALETTES = ("light", "dark", "print")
TONES = ("met", "partly", "unmet", "open", "none")


@cache
def palette(name: str) -> dict[str, tuple[int, int, int]]:
    blocks = re.findall(r":root \{(.*?)\n *\}", STYLES.read_text(encoding="utf-8"), re.DOTALL)
    return _palette(blocks[PALETTES.index(name)])


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_stands_out_from_what_is_behind_it(name: str) -> None:
    found = palette(name)
    pairs = [
        (text, back) for text in ("ink", "soft", "strong") for back in ("paper", "card", "faint")
    ]
    pairs += [(tone, back) for tone in TONES for back in ("paper", "card", f"{tone}-back")]
    pairs += [("ink", "unmet-back"), ("on-level-5", "level-5")]
    pairs += [("on-level", f"level-{level}") for level in range(5)]
    weak = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_a_bar_stands_out_from_the_page(name: str) -> None:
    found = palette(name)
    assert contrast(found["strong"], found["paper"]) >= 3
    assert contrast(found["strong"], found["possible"]) >= 2


def test_a_place_on_a_line_is_exact_to_a_tenth() -> None:
    assert [along(1, 3, 100), along(5, 5, 208, 4), along(1, 1, -250, 260)] == [
        "33.3",
        "212.0",
        "10.0",
    ]
