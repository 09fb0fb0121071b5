"""Stacked bars: each part is as long as its share, and nothing hangs on colour alone."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.reports.drawing.bars import (
    LABEL_ROOM,
    NOTE_ROOM,
    TONES,
    WIDTH,
    Bar,
    Bars,
    Group,
    svg_of_bars,
)
from tests.reports.test_html import contrast

ROOM = WIDTH - LABEL_ROOM - NOTE_ROOM
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars: Bar, names: tuple[str, ...] = ("coded", "text")) -> ET.Element:
    made = svg_of_bars(Bars("A title", "What it shows.", names, (Group("Problems", bars),)))
    return ET.fromstring(made)


def lengths(bar: ET.Element) -> list[float]:
    return [float(part.get("width", "")) for part in bar.findall(f"{SVG}rect[@class='part']")]


def bars_of(svg: ET.Element) -> list[ET.Element]:
    return svg.findall(f"{SVG}g")


@given(st.floats(0.01, 0.99))
def test_a_part_is_as_long_as_its_share_of_the_bar(share: float) -> None:
    (bar,) = bars_of(drawn(Bar("A ward", {"coded": share, "text": 1 - share}, "100")))
    coded, text = lengths(bar)
    assert abs(coded - share * ROOM) <= 0.1
    assert abs(coded + text - ROOM) <= 0.2


def test_a_part_of_nothing_is_not_drawn() -> None:
    (bar,) = bars_of(drawn(Bar("A ward", {"coded": 0.0, "text": 1.0}, "100")))
    assert lengths(bar) == [ROOM]


def test_who_cannot_see_colours_reads_the_shares_in_the_bar_and_in_its_title() -> None:
    (bar,) = bars_of(drawn(Bar("A ward", {"coded": 0.25, "text": 0.75}, "100")))
    words = [text.text for text in bar.findall(f"{SVG}text")]
    assert words == ["A ward", "25 %", "75 %", "100"]
    assert bar.findtext(f"{SVG}title") == "A ward: coded 25 %, text 75 %"


def test_a_part_too_narrow_for_its_figure_says_it_in_the_title_alone() -> None:
    (bar,) = bars_of(drawn(Bar("A ward", {"coded": 0.01, "text": 0.99}, "100")))
    assert [text.text for text in bar.findall(f"{SVG}text")] == ["A ward", "99 %", "100"]
    assert "coded 1 %" in (bar.findtext(f"{SVG}title") or "")


def test_a_share_is_cut_off_so_that_100_per_cent_is_all() -> None:
    (bar,) = bars_of(drawn(Bar("A ward", {"coded": 0.996, "text": 0.004}, "1,000")))
    assert bar.findtext(f"{SVG}title") == "A ward: coded 99 %, text 0 %"


@given(st.integers(0, 100))
def test_a_whole_percentage_stays_what_it_is(percentage: int) -> None:
    part = Bar("A ward", {"coded": percentage / 100}, "100")
    (bar,) = bars_of(drawn(part))
    assert bar.findtext(f"{SVG}title") == f"A ward: coded {percentage} %" or not percentage


def test_the_picture_says_what_it_shows_and_names_every_part_in_its_key() -> None:
    svg = drawn(Bar("A ward", {"coded": 1.0}, "100"))
    assert svg.get("aria-label") == "A title"
    assert svg.findtext(f"{SVG}desc") == "What it shows."
    assert [text.text for text in svg.findall(f"{SVG}text")] == ["coded", "text", "Problems"]


def test_names_cannot_write_into_the_picture() -> None:
    svg = drawn(Bar("<b>x</b>", {"coded": 1.0}, "<i>"), names=("coded",))
    assert bars_of(svg)[0].findtext(f"{SVG}text") == "<b>x</b>"


def colour(written: str) -> tuple[int, int, int]:
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


def test_a_share_written_into_a_part_stands_out_from_it() -> None:
    weak = [fill for fill, ink in TONES if contrast(colour(fill), colour(ink)) < 4.5]
    assert weak == []


def test_parts_beside_each_other_are_divided_by_white() -> None:
    svg = drawn(Bar("A ward", {"coded": 0.5, "text": 0.5}, "100"))
    parts = bars_of(svg)[0].findall(f"{SVG}rect[@class='part']")
    assert {part.get("stroke") for part in parts} == {"#ffffff"}
