"""A drawing as SVG: plain shapes and lines of text, no script, font or address from elsewhere.

Colours are attributes on white, so that the file looks the same in a browser, a slide and a print;
each shape has a class too, by which a page that holds the drawing may colour it anew. Arrowheads
and symbols are shapes, for programs that draw no markers or lack a character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sharedcare.reports.drawing.cells import (
    BADGE,
    BOX_PADDING,
    LABEL_LINE,
    LABEL_SIZE,
    NOTE_LINE,
    NOTE_SIZE,
    TITLE_LINE,
    TITLE_SIZE,
)
from sharedcare.reports.drawing.layout import (
    Layout,
    PlacedBox,
    PlacedLabel,
    PlacedLink,
    layout_of,
    text_left,
)
from sharedcare.reports.drawing.model import Drawing, Line
from sharedcare.reports.drawing.widths import width_of, wrapped_to

FONTS = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"

#: Room around a drawing that stands by itself, and around one in a page.
MARGIN, NARROW_MARGIN = 20, 8

#: The least width for a heading to be read in.
LEAST_WIDTH = 640

#: Type of the heading and of what stands under it.
HEAD_SIZE, LEAD_SIZE, HEAD_LINE, LEAD_LINE = 18, 13, 24, 18

#: Lines of the heading, and of what stands under it, that are shown.
HEAD_LINES = 4

#: Room for the headings of bands, above the key, for each line of it, and for a line shown in it.
BAND_ROOM, KEY_GAP, KEY_LINE, SAMPLE = 34, 4, 24, 46

INK, SOFT, FRAME, PAPER, SHADE = "#1b2330", "#525c6b", "#7d8794", "#ffffff", "#dcd8ce"

#: The colours of marks, as the report has them: of text, and behind it.
TONES = {
    "met": ("#0c5f45", "#d8eee3"),
    "partly": ("#7a4e00", "#fbecc4"),
    "unmet": ("#9b1f24", "#fadfdb"),
    "open": ("#53378a", "#e8e1f6"),
    "none": ("#565d67", "#eae7e0"),
}

#: Colour, width and dashes of each kind of line.
LINES = {
    Line.SOLID: ("#0b4a63", "2", ""),
    Line.DASHED: ("#53378a", "2", "8 5"),
    Line.CROSSED: ("#9b1f24", "1.6", ""),
    Line.FAINT: ("#6b7480", "1.6", "2 4"),
}


def svg_of(drawing: Drawing, heading: bool = True) -> str:
    """Write a drawing as one ``svg`` element; ``heading`` says whether its title is shown in it."""
    layout = layout_of(drawing)
    margin = MARGIN if heading else NARROW_MARGIN
    inner = max(layout.width, LEAST_WIDTH if heading else 0)
    head = list(_head(drawing, inner)) if heading else []
    key = list(_key(drawing, inner))
    top = sum(room for _, room in head) + (BAND_ROOM if layout.bands else 0)
    foot = top + layout.height + KEY_GAP
    height = foot + len(key) * KEY_LINE + 2 * margin
    lines = [
        _opening(drawing, inner + 2 * margin, height),
        f'<g transform="translate({margin} {margin})">',
        *_headings(head),
        f'<g transform="translate({num((inner - layout.width) / 2)} {num(top)})">',
        *_bands(layout),
        *(line for placed in layout.links for line in _link(placed)),
        *(line for placed in layout.boxes for line in _box(placed)),
        "</g>",
        *_keys(key, foot),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def num(value: float) -> str:
    """A number with at most one decimal, and no sign where it is nothing."""
    tenths = round(value * 10)
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"


def _opening(drawing: Drawing, width: float, height: float) -> str:
    title, words = escape(drawing.title), escape(drawing.words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" aria-label="{title}" '
        f'width="{num(width)}" height="{num(height)}" viewBox="0 0 {num(width)} {num(height)}" '
        f'font-family="{FONTS}">\n<title>{title}</title>\n<desc>{words}</desc>\n'
        f'<rect class="sheet" width="{num(width)}" height="{num(height)}" fill="{PAPER}"/>'
    )


@dataclass(frozen=True, slots=True)
class Type:
    """How a line of text is set; ``kind`` is its class."""

    kind: str
    size: int
    fill: str
    bold: bool = False
    centred: bool = False

    def set(self, x: float, y: float, words: str) -> str:
        """Write a line that begins (or has its middle) at x and stands on y."""
        bold = ' font-weight="bold"' if self.bold else ""
        centred = ' text-anchor="middle"' if self.centred else ""
        return (
            f'<text class="{self.kind}" x="{num(x)}" y="{num(y)}" font-size="{self.size}" '
            f'fill="{self.fill}"{bold}{centred}>{escape(words)}</text>'
        )


HEAD = Type("head", HEAD_SIZE, INK, bold=True)
LEAD = Type("lead", LEAD_SIZE, SOFT)
BAND = Type("band", NOTE_SIZE, SOFT, bold=True, centred=True)
NAME = Type("name", TITLE_SIZE, INK, bold=True)
NOTE = Type("note", NOTE_SIZE, SOFT)


def _head(drawing: Drawing, width: float) -> Iterator[tuple[str, int]]:
    """The lines of the heading with the room that each takes."""
    for line in wrapped_to(drawing.title, width, HEAD_SIZE, bold=True, most=HEAD_LINES):
        yield line, HEAD_LINE
    for line in wrapped_to(drawing.lead, width, LEAD_SIZE, most=HEAD_LINES):
        yield line, LEAD_LINE


def _headings(head: list[tuple[str, int]]) -> Iterator[str]:
    y = 0
    for words, room in head:
        y += room
        if room == HEAD_LINE:
            yield HEAD.set(0, y - 6, words)
        else:
            yield LEAD.set(0, y - 5, words)


def _bands(layout: Layout) -> Iterator[str]:
    for band in layout.bands:
        middle = band.x + band.width / 2
        yield BAND.set(middle, -18, band.title)
        yield (
            f'<line class="band-line" x1="{num(band.x)}" x2="{num(band.x + band.width)}" y1="-10" '
            f'y2="-10" stroke="{SHADE}" stroke-width="2"/>'
        )


def _box(placed: PlacedBox) -> Iterator[str]:
    box, mark = placed.box, placed.box.mark
    look = mark.look if mark else "plain"
    tone, back = TONES[look] if mark else (FRAME, PAPER)
    size = f'width="{num(placed.width)}" height="{num(placed.height)}"'
    yield f'<g class="{look}"><title>{escape(". ".join((box.title, *box.notes)))}</title>'
    yield (
        f'<rect class="box" x="{num(placed.x)}" y="{num(placed.y)}" {size} '
        f'rx="{16 if box.rounded else 3}" fill="{back}" stroke="{tone}" stroke-width="1.4"/>'
    )
    left, y = placed.x + BOX_PADDING, placed.y + (placed.height - _text_height(placed)) / 2
    for words in placed.title:
        y += TITLE_LINE
        yield NAME.set(left, y - 4, words)
    for words in placed.note:
        y += NOTE_LINE
        yield NOTE.set(left, y - 3, words)
    for words in placed.feet:
        y += NOTE_LINE
        yield Type("foot", NOTE_SIZE, tone, bold=True).set(left, y - 3, words)
    yield "</g>"


def _text_height(placed: PlacedBox) -> int:
    """How high the texts of a box are together."""
    return len(placed.title) * TITLE_LINE + (len(placed.note) + len(placed.feet)) * NOTE_LINE


def _link(placed: PlacedLink) -> Iterator[str]:
    line = placed.link.line
    yield f'<g class="link {line.value}">'
    yield _stroke(_path(placed), line)
    x, _, y = placed.stretches[0] if placed.turned else placed.stretches[-1]
    yield _arrow(x, y, line, placed.turned)
    if placed.label:
        yield from _label(placed.label, line)
    yield "</g>"


def _stroke(path: str, line: Line) -> str:
    colour, width, dashes = LINES[line]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path class="line" d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f"{dashed}/>"
    )


def _path(placed: PlacedLink) -> str:
    """Level stretches, joined by curves that leave and reach them level."""
    (_, begins, y), *others = placed.stretches
    path = f"M{num(begins)} {num(y)}"
    for left, right, height in others:
        middle = num((begins + left) / 2)
        path += f"C{middle} {num(y)} {middle} {num(height)} {num(left)} {num(height)}"
        path += f"H{num(right)}" if right > left else ""
        begins, y = right, height
    return path


def _arrow(x: float, y: float, line: Line, turned: bool) -> str:
    back = num(x + 9 if turned else x - 9)
    return (
        f'<path class="tip" d="M{num(x)} {num(y)}L{back} {num(y - 4.5)}V{num(y + 4.5)}z" '
        f'fill="{LINES[line][0]}"/>'
    )


def _label(label: PlacedLabel, line: Line) -> Iterator[str]:
    size = f'width="{num(label.width)}" height="{num(label.height)}"'
    yield f'<rect class="under" x="{num(label.x)}" y="{num(label.y)}" {size} fill="{PAPER}"/>'
    middle = label.y + label.height / 2
    if label.badged:
        yield from _badge(label.x + BADGE / 2, middle, line)
    y = middle - (len(label.lines) + len(label.why)) * LABEL_LINE / 2
    x = text_left(label) if label.badged else label.x + label.width / 2
    way = Type("way", LABEL_SIZE, SOFT, centred=not label.badged)
    why = Type("why", LABEL_SIZE, LINES[line][0], bold=True, centred=not label.badged)
    for words in label.lines:
        y += LABEL_LINE
        yield way.set(x, y - 4, words)
    for words in label.why:
        y += LABEL_LINE
        yield why.set(x, y - 4, words)


def _badge(x: float, y: float, line: Line) -> Iterator[str]:
    """The symbol of a line: a cross, or a question mark, in a ring."""
    colour = LINES[line][0]
    if line is Line.CROSSED:
        cross = f"M{num(x - 3.5)} {num(y - 3.5)}l7 7m0 -7l-7 7"
        yield _ring(x, y, colour, colour)
        yield f'<path class="cross" d="{cross}" stroke="{PAPER}" stroke-width="2"/>'
    elif line is Line.DASHED:
        yield _ring(x, y, colour, PAPER)
        yield Type("why", LABEL_SIZE, colour, bold=True, centred=True).set(x, y + 4, "?")


def _ring(x: float, y: float, colour: str, inside: str) -> str:
    return (
        f'<rect class="ring" x="{num(x - 8)}" y="{num(y - 8)}" width="16" height="16" rx="8" '
        f'fill="{inside}" stroke="{colour}" stroke-width="1.5"/>'
    )


def _key(drawing: Drawing, width: float) -> Iterator[list[tuple[Line, str, float]]]:
    """The rows of the key: for each entry its line, its words, and where it begins."""
    row: list[tuple[Line, str, float]] = []
    x = 0.0
    for line, words in drawing.key:
        room = SAMPLE + 8 + width_of(words, NOTE_SIZE) + 20
        if row and x + room > width:
            yield row
            row, x = [], 0.0
        row.append((line, words, x))
        x += room
    if row:
        yield row


def _keys(rows: list[list[tuple[Line, str, float]]], top: float) -> Iterator[str]:
    for number, row in enumerate(rows):
        y = top + number * KEY_LINE + KEY_LINE / 2
        for line, words, left in row:
            yield f'<g class="link {line.value}">'
            yield _stroke(f"M{num(left)} {num(y)}H{num(left + SAMPLE)}", line)
            yield _arrow(left + SAMPLE, y, line, turned=False)
            yield from _badge(left + SAMPLE / 2 - 3, y, line)
            yield "</g>"
            yield NOTE.set(left + SAMPLE + 8, y + 4, words)
