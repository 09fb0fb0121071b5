"""The layers of a drawing: columns of boxes, and between each two a lane where links have room.

A link keeps a *cell* of its own in every layer that it passes, in one lane with its label. As no
two cells of a layer overlap, no label covers another, a box, or a link that passes by.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from sharedcare.reports.drawing.model import Box, Drawing, Line, Link
from sharedcare.reports.drawing.widths import width_of, wrapped_to

#: Sizes of type, and of lines of it, in the picture's unit (a pixel on screen).
TITLE_SIZE, NOTE_SIZE, LABEL_SIZE = 14, 12, 12
TITLE_LINE, NOTE_LINE, LABEL_LINE = 18, 15, 15

BOX_WIDTH, BOX_PADDING = 148, 10

#: Lines of a box's title, and of each note, that are shown; the rest is cut and can be read out.
TITLE_LINES, NOTE_LINES = 6, 4

LABEL_WIDTH, LABEL_LINES = 100, 7

#: The least that two links begin or end apart on one side of a box.
LEAST_APART = 11

#: Room for the symbol of a link, and around a label.
BADGE, LABEL_PADDING = 20, 4

#: Room kept free above and below a box, a label, and a link that only passes, together.
BOX_GAP, LABEL_GAP, PASSING = 20, 10, 16


@dataclass(slots=True)
class Cell:
    """What stands in one layer: a box, or one link on its way, perhaps with its label.

    ``height`` includes the room around it; ``y`` is its middle.
    """

    layer: int
    width: float
    height: float
    box: Box | None = None
    title: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    badged: bool = False
    y: float = 0.0


@dataclass(slots=True)
class Way:
    """A link with its cells from left to right; ``turned`` if it leads from right to left."""

    link: Link
    cells: list[Cell]
    turned: bool


@dataclass(slots=True)
class Layers:
    """All cells by layer (even ones hold boxes, odd ones are lanes), and the ways through them."""

    cells: list[list[Cell]]
    ways: list[Way] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[Cell, Cell]]:
        """Yield each two cells that a link joins, the left one first."""
        for way in self.ways:
            yield from zip(way.cells, way.cells[1:], strict=False)


def layers_of(drawing: Drawing, columns: Mapping[str, int]) -> Layers:
    """Give every box and every link its cells."""
    layers = Layers([[] for _ in range(2 * max(columns.values()) + 1)])
    ends = (Counter(k.from_ for k in drawing.links), Counter(k.to for k in drawing.links))
    boxes = {
        box.id: _box_cell(box, 2 * columns[box.id], max(of_end[box.id] for of_end in ends))
        for box in drawing.boxes
    }
    for cell in boxes.values():
        layers.cells[cell.layer].append(cell)
    for link in drawing.links:
        early = ends[0][link.from_] <= ends[1][link.to]
        way = _way(link, boxes[link.from_], boxes[link.to], early)
        layers.ways.append(way)
        for cell in way.cells[1:-1]:
            layers.cells[cell.layer].append(cell)
    return layers


def _box_cell(box: Box, layer: int, ways: int) -> Cell:
    """The cell of a box that on one side has as many ways as this."""
    room = BOX_WIDTH - 2 * BOX_PADDING
    title = wrapped_to(box.title, room, TITLE_SIZE, bold=True, most=TITLE_LINES)
    notes = [wrapped_to(note, room, NOTE_SIZE, most=NOTE_LINES) for note in box.notes]
    feet = [wrapped_to(foot, room, NOTE_SIZE, bold=True) for foot in box.feet]
    note, foot = (tuple(chain.from_iterable(lines)) for lines in (notes, feet))
    lines = len(title) * TITLE_LINE + (len(note) + len(foot)) * NOTE_LINE
    height = max(lines, ways * LEAST_APART) + 2 * BOX_PADDING + BOX_GAP
    return Cell(layer, BOX_WIDTH, height, box, title, note, foot)


def _way(link: Link, from_: Cell, to: Cell, early: bool) -> Way:
    """The cells of a link; its label stands by the end that has fewer links."""
    turned = from_.layer > to.layer
    left, right = (to, from_) if turned else (from_, to)
    labelled = left.layer + 1 if early is not turned else right.layer - 1
    between = [
        _label_cell(link, layer) if layer == labelled else _passing_cell(layer)
        for layer in range(left.layer + 1, right.layer)
    ]
    return Way(link, [left, *between, right], turned)


def _label_cell(link: Link, layer: int) -> Cell:
    label = wrapped_to(link.label, LABEL_WIDTH, LABEL_SIZE, most=LABEL_LINES)
    why = wrapped_to(link.why, LABEL_WIDTH, LABEL_SIZE, bold=True, most=LABEL_LINES)
    badged = link.line in (Line.CROSSED, Line.DASHED)
    if not label and not why and not badged:
        return _passing_cell(layer)
    widths = [width_of(line, LABEL_SIZE) for line in label]
    widths += [width_of(line, LABEL_SIZE, bold=True) for line in why]
    width = max(widths, default=0) + 2 * LABEL_PADDING + (BADGE if badged else 0)
    height = max((len(label) + len(why)) * LABEL_LINE, BADGE) + LABEL_GAP
    return Cell(layer, width, height, label=label, why=why, badged=badged)


def _passing_cell(layer: int) -> Cell:
    return Cell(layer, 0, PASSING)
