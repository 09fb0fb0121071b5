"""Any drawing: nothing overlaps, every word fits, nothing is left out without being counted."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.reports.drawing import Band, Box, Drawing, Line, Link, svg_of
from sharedcare.reports.drawing.cells import (
    BOX_PADDING,
    LABEL_SIZE,
    LABEL_WIDTH,
    NOTE_SIZE,
    TITLE_SIZE,
)
from sharedcare.reports.drawing.folding import MAX_BOXES, folded
from sharedcare.reports.drawing.heights import nearest_apart
from sharedcare.reports.drawing.layering import columns_of
from sharedcare.reports.drawing.layout import Layout, PlacedBox, PlacedLabel, layout_of
from sharedcare.reports.drawing.model import with_words
from sharedcare.reports.drawing.widths import width_of, wrapped_to
from sharedcare.reports.words.marks import Mark
from tests.reports.test_html import contrast

#: A rectangle: left, top, right, bottom.
Area = tuple[float, float, float, float]

HOSTILE = (
    'a "quoted" name',
    "a]; b --> c",
    "<script>alert(1)</script>",
    "]]>&lt;b&gt;",
    "line\nbreak",
    "日本" * 200,
    "x" * 3000,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawing(*links: Link, boxes: str = "abcd", **keys: object) -> Drawing:
    made = tuple(Box(box, f"Box {box}") for box in boxes)
    return Drawing("A drawing", "What it shows.", made, links, **keys)  # type: ignore[arg-type] # keys of the model


def solid(way: str) -> Link:
    return Link(way[0], way[1], Line.SOLID, "push, 5 min")


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Drawings of any shape: circles, ways back, several links between two boxes, bands."""
    words = st.text("abc def-ghi W 5 min", max_size=60)
    number = draw(st.integers(1, 14))
    bands = draw(st.integers(1, 3))
    boxes = tuple(
        Box(
            id=f"{at}",
            title=draw(words),
            notes=tuple(draw(st.lists(words, max_size=2))),
            feet=tuple(draw(st.lists(words, max_size=2))),
            band=draw(st.integers(0, bands - 1)),
            mark=draw(st.sampled_from([None, Mark.MET, Mark.UNMET])),
            alike=draw(st.sampled_from(["care homes", "practices"])),
        )
        for at in range(number)
    )
    ends = st.tuples(st.integers(0, number - 1), st.integers(0, number - 1))
    pairs = [pair for pair in draw(st.lists(ends, max_size=24)) if pair[0] != pair[1]]
    links = tuple(
        Link(f"{one}", f"{other}", draw(st.sampled_from(Line)), draw(words), draw(words))
        for one, other in pairs
    )
    headings = tuple(Band(f"Band {at}") for at in range(bands))
    return Drawing("Any", "", boxes, links, headings, tuple((line, line.value) for line in Line))


def area(one: PlacedBox | PlacedLabel) -> Area:
    return one.x, one.y, one.x + one.width, one.y + one.height


def areas(layout: Layout) -> list[Area]:
    """What boxes and labels take up."""
    labels = [area(link.label) for link in layout.links if link.label]
    return [*map(area, layout.boxes), *labels]


def overlap(one: Area, other: Area) -> bool:
    hair = 0.01
    apart_across = one[2] <= other[0] + hair or other[2] <= one[0] + hair
    return not (apart_across or one[3] <= other[1] + hair or other[3] <= one[1] + hair)


@given(drawings())
def test_no_box_or_label_overlaps_another(any_drawing: Drawing) -> None:
    layout = layout_of(any_drawing)
    found = areas(layout)
    assert not [pair for pair in combinations(found, 2) if overlap(*pair)]
    for left, top, right, bottom in found:
        assert min(left, top) >= -0.01
        assert right <= layout.width + 0.01
        assert bottom <= layout.height + 0.01


@given(drawings())
def test_no_level_stretch_of_a_link_runs_through_a_box_or_another_links_label(
    any_drawing: Drawing,
) -> None:
    layout = layout_of(any_drawing)
    for link in layout.links:
        taken = [area(box) for box in layout.boxes]
        taken += [area(o.label) for o in layout.links if o is not link and o.label]
        for left, right, y in link.stretches[1:-1]:
            stretch = (left, y - 0.5, right, y + 0.5)
            assert not [one for one in taken if overlap(stretch, one)]


@given(drawings())
def test_every_link_begins_and_ends_at_the_side_of_its_boxes(any_drawing: Drawing) -> None:
    layout = layout_of(any_drawing)
    boxes = {placed.box.id: placed for placed in layout.boxes}
    for placed in layout.links:
        ends = boxes[placed.link.from_], boxes[placed.link.to]
        left, right = reversed(ends) if placed.turned else ends
        assert placed.stretches[0][1] == pytest.approx(left.x + left.width)
        assert placed.stretches[-1][0] == pytest.approx(right.x)
        for box, (_, _, y) in ((left, placed.stretches[0]), (right, placed.stretches[-1])):
            assert box.y <= y <= box.y + box.height


@given(drawings())
def test_every_line_of_text_fits_in_its_box_or_label_by_the_estimate(any_drawing: Drawing) -> None:
    layout = layout_of(any_drawing)
    for box in layout.boxes:
        room = box.width - 2 * BOX_PADDING
        assert all(width_of(line, TITLE_SIZE, bold=True) <= room for line in box.title)
        assert all(width_of(line, NOTE_SIZE) <= room for line in box.note)
        assert all(width_of(line, NOTE_SIZE, bold=True) <= room for line in box.feet)
    for label in (link.label for link in layout.links if link.label):
        assert all(width_of(line, LABEL_SIZE) <= LABEL_WIDTH for line in label.lines)
        assert all(width_of(line, LABEL_SIZE, bold=True) <= LABEL_WIDTH for line in label.why)


@given(drawings())
def test_a_drawing_is_well_formed_and_the_same_every_time(any_drawing: Drawing) -> None:
    made = svg_of(any_drawing)
    assert ElementTree.fromstring(made).tag == f"{SVG}svg"
    assert made == svg_of(any_drawing)


@given(drawings(), st.integers(4, 12))
def test_what_is_folded_is_counted(any_drawing: Drawing, most: int) -> None:
    few = folded(any_drawing, most)
    assert len(few.boxes) <= most
    assert sum(box.stands_for for box in few.boxes) == len(any_drawing.boxes)
    for box in few.boxes:
        assert box.stands_for == 1 or box.title.startswith(f"and {box.stands_for} more ")
    ids = {box.id for box in few.boxes}
    assert {end for link in few.links for end in (link.from_, link.to)} <= ids
    assert {(b.band, b.mark) for b in few.boxes if b.mark} <= {
        (b.band, b.mark) for b in any_drawing.boxes
    }


def test_boxes_stand_in_the_order_of_their_links() -> None:
    assert columns_of(drawing(solid("ab"), solid("bc"), solid("ad"), solid("dc"))) == {
        "a": 0,
        "b": 1,
        "d": 1,
        "c": 2,
    }


def test_a_way_back_is_drawn_back_and_moves_no_box() -> None:
    there = drawing(solid("ab"), boxes="ab")
    both = drawing(solid("ab"), solid("ba"), boxes="ab")
    assert columns_of(both) == columns_of(there)
    assert [link.turned for link in layout_of(both).links] == [False, True]


def test_a_band_stands_to_the_right_of_the_one_before_it() -> None:
    boxes = (Box("a", "A"), Box("b", "B"), Box("c", "C", band=1))
    links = (solid("ab"), solid("ca"))
    made = Drawing("Bands", "", boxes, links, (Band("here"), Band("there")))
    assert columns_of(made) == {"a": 0, "b": 1, "c": 2}
    assert [band.title for band in layout_of(made).bands] == ["here", "there"]


def test_links_that_need_not_cross_do_not() -> None:
    made = drawing(solid("ad"), solid("bc"), boxes="abcd")
    placed = {box.box.id: box.y for box in layout_of(made).boxes}
    assert (placed["a"] < placed["b"]) == (placed["d"] < placed["c"])


def test_a_chain_is_drawn_straight() -> None:
    layout = layout_of(drawing(solid("ab"), solid("bc"), solid("cd")))
    heights = {round(y, 3) for link in layout.links for _, _, y in link.stretches}
    assert len(heights) == 1


@given(
    st.lists(st.tuples(st.floats(-99, 99), st.floats(1, 30)), min_size=1, max_size=8),
)
def test_heights_keep_things_apart_in_order_and_no_move_of_one_is_better(
    things: list[tuple[float, float]],
) -> None:
    wanted, sizes = [want for want, _ in things], [size for _, size in things]
    found = nearest_apart(wanted, sizes)
    gaps = [
        found[at + 1] - found[at] - (sizes[at] + sizes[at + 1]) / 2 for at in range(len(found) - 1)
    ]
    assert all(gap >= -1e-6 for gap in gaps)
    for at, (want, got) in enumerate(zip(wanted, found, strict=True)):
        below = gaps[at - 1] if at else 1.0
        above = gaps[at] if at < len(gaps) else 1.0
        assert want >= got - 1e-6 or below <= 1e-6
        assert want <= got + 1e-6 or above <= 1e-6


def test_too_many_boxes_that_are_alike_become_one_that_says_how_many() -> None:
    homes = [Box(f"h{at}", f"Home {at}", alike="care homes") for at in range(41)]
    links = tuple(Link(home.id, "hub", Line.SOLID, "file") for home in homes)
    few = folded(Drawing("Homes", "", (*homes, Box("hub", "Hub", kept=True)), links))
    assert [box.title for box in few.boxes] == [
        *("Home 0", "Home 1", "Home 2", "Home 3", "and 37 more care homes", "Hub"),
    ]
    assert [link.stands_for for link in few.links] == [1, 1, 1, 1, 37]


def test_as_many_boxes_as_can_be_read_are_left_as_they_are() -> None:
    homes = tuple(Box(f"h{at}", f"Home {at}", alike="care homes") for at in range(MAX_BOXES))
    made = Drawing("Homes", "", homes, ())
    assert folded(made) == made


def test_boxes_are_alike_only_if_their_links_are() -> None:
    homes = [Box(f"h{at}", f"Home {at}", alike="care homes") for at in range(6)]
    lines = [Line.CROSSED, *[Line.SOLID] * 5]
    links = tuple(Link(h.id, "hub", line) for h, line in zip(homes, lines, strict=True))
    few = folded(Drawing("Homes", "", (*homes, Box("hub", "Hub", kept=True)), links), most=4)
    assert [box.title for box in few.boxes] == ["Home 0", "Home 1", "and 4 more care homes", "Hub"]
    assert [link.line for link in few.links] == [Line.CROSSED, Line.SOLID, Line.SOLID]


def test_why_a_link_is_drawn_so_is_kept_where_links_are_folded() -> None:
    boxes = tuple(Box(f"h{at}", "Home", alike="homes") for at in range(3))
    links = tuple(Link(box.id, "hub", Line.CROSSED, "file", f"why {box.id}") for box in boxes)
    few = folded(Drawing("", "", (*boxes, Box("hub", "Hub", kept=True)), links), most=2)
    assert [(link.label, link.why) for link in few.links] == [("file", "why h0; why h1; why h2")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_text_and_nothing_else(text: str) -> None:
    box = Box("a", text, (text,), (text,), mark=Mark.UNMET)
    link = Link("a", "b", Line.CROSSED, text, text)
    made = svg_of(
        Drawing(text, text, (box, Box("b", "B")), (link,), (Band(text),), ((Line.CROSSED, "no"),))
    )
    root = ElementTree.fromstring(made)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds == {"svg", "title", "desc", "g", "rect", "path", "line", "text"}
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == text


def test_a_drawing_has_words_for_whoever_cannot_see_it() -> None:
    made = drawing(
        Link("a", "b", Line.CROSSED, "phone", "no signed agreement"),
        boxes="ab",
        key=((Line.CROSSED, "it is stopped here"),),
    )
    root = ElementTree.fromstring(svg_of(made))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "A drawing"
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    told = "Box a to Box b: it is stopped here; phone; no signed agreement."
    assert desc.text == f"What it shows. {told}"


def test_every_line_is_told_by_symbol_or_dashes_and_not_by_colour_alone() -> None:
    looks = set()
    for line in Line:
        made = svg_of(drawing(Link("a", "b", line, "", "why"), boxes="ab"))
        (path,) = re.findall(r'<path class="line"[^>]*>', made)
        dashes = re.findall(r'stroke-dasharray="([^"]*)"', path)
        looks.add((tuple(dashes), 'class="ring"' in made, 'class="cross"' in made))
    assert len(looks) == len(Line)


def test_every_text_stands_out_from_the_white_of_a_page() -> None:
    marks = [Mark.MET, Mark.PARTLY_MET, Mark.UNMET, Mark.UNDETERMINED, Mark.NOT_ASSESSED]
    boxes = tuple(Box(mark.name, "Box", (), (mark.text,), mark=mark) for mark in marks)
    links = tuple(Link("MET", "UNMET", line, "way", "why") for line in Line)
    made = svg_of(Drawing("T", "L", boxes, links, (), tuple((line, "k") for line in Line)))
    for text in re.findall(r'<text [^>]*fill="#(\w{6})"', made):
        assert contrast(_colour(text), (255, 255, 255)) >= 4.5
    for stroke in re.findall(r'<path class="line"[^>]*stroke="#(\w{6})"', made):
        assert contrast(_colour(stroke), (255, 255, 255)) >= 3


def _colour(hexed: str) -> tuple[int, int, int]:
    return int(hexed[:2], 16), int(hexed[2:4], 16), int(hexed[4:], 16)


def test_a_drawing_asks_for_nothing_from_elsewhere() -> None:
    made = svg_of(drawing(*(solid(way) for way in ("ab", "bc"))))
    assert not re.search(r"url\(|href|@import|<style|<image|<script", made)
    assert re.findall(r"https?://[^\"]+", made) == ["http://www.w3.org/2000/svg"]


def test_a_drawing_of_nothing_is_a_drawing() -> None:
    assert ElementTree.fromstring(svg_of(Drawing("Nothing", "", (), ()))).tag == f"{SVG}svg"


def test_words_are_changed_and_ids_are_not() -> None:
    made = Drawing(
        "t",
        "l",
        (Box("a", "a", ("a",), ("a",)), Box("b", "b")),
        (Link("a", "b", Line.SOLID, "x", "y"),),
        (Band("c"),),
        ((Line.SOLID, "k"),),
    )
    changed = with_words(made, str.upper)
    assert changed.boxes[0] == Box("a", "A", ("A",), ("A",))
    assert changed.links == (Link("a", "b", Line.SOLID, "X", "Y"),)
    assert (changed.title, changed.lead, changed.bands) == ("T", "L", (Band("C"),))
    assert changed.key == ((Line.SOLID, "K"),)


def test_a_number_stays_with_its_unit() -> None:
    lines = wrapped_to("HL7 v2 message, 15 min, 27 of 30", 90, 12)
    assert [line for line in lines if line.endswith(("15", "27", "of"))] == []


def test_what_does_not_fit_is_cut_with_an_ellipsis_that_fits() -> None:
    (first, last) = wrapped_to("word " * 40, 60, 12, most=2)
    assert last.endswith("…")
    assert width_of(last, 12) <= 60
    assert first == "word word"[: len(first)]
