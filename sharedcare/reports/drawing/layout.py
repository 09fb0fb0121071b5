"""A drawing in its places: where every box, label and line stands, in pixels from the top left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sharedcare.reports.drawing.cells import (
    BADGE,
    BOX_GAP,
    BOX_PADDING,
    BOX_WIDTH,
    LABEL_GAP,
    LABEL_PADDING,
    Cell,
    Layers,
    Way,
    layers_of,
)
from sharedcare.reports.drawing.heights import put_at_heights
from sharedcare.reports.drawing.layering import columns_of
from sharedcare.reports.drawing.model import Box, Drawing, Link
from sharedcare.reports.drawing.ordering import put_in_order

#: Room for a line to bend on each side of a label, and the least width of a lane.
BEND, NARROWEST = 22, 60

#: The most that two lines begin or end apart on one side of a box.
APART = 16


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box, the corner that it begins in, its size, and its texts in lines."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    note: tuple[str, ...]
    feet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """The words at a link, with the room that they take; ``badged`` if a symbol is before them.

    The lines of ``why`` stand under the others.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    why: tuple[str, ...]
    badged: bool


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link as level stretches (from x, to x, y) that curves join, always from left to right.

    ``turned`` says that it points to the left.
    """

    link: Link
    stretches: tuple[tuple[float, float, float], ...]
    label: PlacedLabel | None
    turned: bool


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A band's heading and the stretch that it stands over."""

    title: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place, and how much room it takes."""

    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    links: tuple[PlacedLink, ...]
    bands: tuple[PlacedBand, ...]


def layout_of(drawing: Drawing) -> Layout:
    """Put a drawing in its places; a drawing without boxes takes no room."""
    if not drawing.boxes:
        return Layout(0, 0, (), (), ())
    columns = columns_of(drawing)
    layers = layers_of(drawing, columns)
    put_in_order(layers)
    put_at_heights(layers)
    lefts = _lefts(layers)
    cells = [cell for of_layer in layers.cells for cell in of_layer]
    placed = [_placed_box(cell.box, cell, lefts) for cell in cells if cell.box]
    ports = _Ports(layers)
    return Layout(
        width=lefts[-1],
        height=max(cell.y + cell.height / 2 for cell in cells),
        boxes=tuple(placed),
        links=tuple(_placed_link(way, lefts, ports) for way in layers.ways),
        bands=tuple(_bands(drawing, placed)),
    )


def _lefts(layers: Layers) -> list[float]:
    """Where each layer begins, and last where the drawing ends."""
    lefts = [0.0]
    for layer, cells in enumerate(layers.cells):
        widest = max((cell.width for cell in cells), default=0.0)
        lane = max(widest + 2 * BEND, NARROWEST)
        lefts.append(lefts[-1] + (lane if layer % 2 else BOX_WIDTH))
    return lefts


def _placed_box(box: Box, cell: Cell, lefts: Sequence[float]) -> PlacedBox:
    height = cell.height - BOX_GAP
    return PlacedBox(
        box=box,
        x=lefts[cell.layer],
        y=cell.y - height / 2,
        width=cell.width,
        height=height,
        title=cell.title,
        note=cell.note,
        feet=cell.feet,
    )


class _Ports:
    """At which height each link leaves and reaches its boxes: in the order of where it leads."""

    def __init__(self, layers: Layers) -> None:
        self._heights: dict[tuple[int, bool], float] = {}
        leaving: dict[int, list[Way]] = {}
        reaching: dict[int, list[Way]] = {}
        for way in layers.ways:
            leaving.setdefault(id(way.cells[0]), []).append(way)
            reaching.setdefault(id(way.cells[-1]), []).append(way)
        for ways in leaving.values():
            self._share(ways, end=0, beside=1)
        for ways in reaching.values():
            self._share(ways, end=-1, beside=-2)

    def _share(self, ways: list[Way], end: int, beside: int) -> None:
        box = ways[0].cells[end]
        room = box.height - BOX_GAP - 2 * BOX_PADDING
        apart = min(APART, room / len(ways))
        ordered = sorted(ways, key=lambda way: way.cells[beside].y)
        for position, way in enumerate(ordered):
            height = box.y + (position - (len(ways) - 1) / 2) * apart
            self._heights[id(way), end == 0] = height

    def of(self, way: Way) -> tuple[float, float]:
        """The heights at a link's left and right end."""
        return self._heights[id(way), True], self._heights[id(way), False]


def _placed_link(way: Way, lefts: Sequence[float], ports: _Ports) -> PlacedLink:
    first, last = way.cells[0], way.cells[-1]
    begins, ends = lefts[first.layer] + BOX_WIDTH, lefts[last.layer]
    left, right = ports.of(way)
    stretches = [
        (begins, begins, left),
        *(_stretch(cell, lefts) for cell in way.cells[1:-1]),
        (ends, ends, right),
    ]
    label = next((_label(c, lefts) for c in way.cells[1:-1] if c.width), None)
    return PlacedLink(way.link, tuple(stretches), label, way.turned)


def _stretch(cell: Cell, lefts: Sequence[float]) -> tuple[float, float, float]:
    """The level stretch of a link in one layer: past a column of boxes, or past labels in a lane.

    In a lane all links are level where any label stands, so that none runs across another's.
    """
    bend = BEND if cell.layer % 2 else 0
    return lefts[cell.layer] + bend, lefts[cell.layer + 1] - bend, cell.y


def _label(cell: Cell, lefts: Sequence[float]) -> PlacedLabel:
    middle = (lefts[cell.layer] + lefts[cell.layer + 1]) / 2
    height = cell.height - LABEL_GAP
    return PlacedLabel(
        x=middle - cell.width / 2,
        y=cell.y - height / 2,
        width=cell.width,
        height=height,
        lines=cell.label,
        why=cell.why,
        badged=cell.badged,
    )


def text_left(label: PlacedLabel) -> float:
    """Where the text of a label begins."""
    return label.x + LABEL_PADDING + (BADGE if label.badged else 0)


def _bands(drawing: Drawing, boxes: Iterable[PlacedBox]) -> Iterator[PlacedBand]:
    placed = list(boxes)
    for position, band in enumerate(drawing.bands):
        members = [one for one in placed if one.box.band == position]
        if members:
            begins = min(one.x for one in members)
            ends = max(one.x + one.width for one in members)
            yield PlacedBand(band.title, begins, ends - begins)
