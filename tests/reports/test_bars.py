"""Stacked bars: each part is as long as its share, and nothing hangs on colour alone."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.reports.drawing.bars import (
    LABEL_ROOM,
    NOTE_ROOM,
    WIDTH,
    Bar,
    Bars,
    Group,
    svg_of_bars,
)

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


def test_the_picture_says_what_it_shows_and_names_every_part_in_its_key() -> None:
    svg = drawn(Bar("A ward", {"coded": 1.0}, "100"))
    assert svg.get("aria-label") == "A title"
    assert svg.findtext(f"{SVG}desc") == "What it shows."
    assert [text.text for text in svg.findall(f"{SVG}text")] == ["coded", "text", "Problems"]


def test_names_cannot_write_into_the_picture() -> None:
    svg = drawn(Bar("<b>x</b>", {"coded": 1.0}, "<i>"), names=("coded",))
    assert bars_of(svg)[0].findtext(f"{SVG}text") == "<b>x</b>"
