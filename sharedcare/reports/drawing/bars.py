"""Stacked bars: how a whole is made up, for several things beside each other, as SVG.

Each bar is as long as every other; what it is made of lies in it from left to right in the order of
the key. Colours are told apart by people who see few of them, parts are divided by white, and parts
that have room say their share: nothing hangs on colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from sharedcare.reports.drawing.svg import FONTS, INK, PAPER, SHADE, SOFT, Type, num
from sharedcare.reports.drawing.widths import width_of, wrapped_to

#: Fill and type of each part in the order of the key; the last is of what is neither.
TONES = (
    ("#0b4a63", PAPER),
    ("#2f7594", PAPER),
    ("#e3a72f", INK),
    ("#7a4e00", PAPER),
    ("#a9c8b4", INK),
    ("#53378a", PAPER),
    ("#cf8f8a", INK),
    ("#dcd8ce", INK),
)

WIDTH, LABEL_ROOM, NOTE_ROOM, GAP = 720, 170, 104, 10
BAR, BAR_LINE, GROUP_LINE, KEY_LINE, SIZE = 18, 26, 34, 22, 12

#: What a share that is a whole percentage may lose on its way through floating point.
_HAIR = 1e-9

#: A title or a label takes one line.
_GROUP = Type("group", 13, INK, bold=True)
_LABEL = Type("label", SIZE, INK)
_NOTE = Type("note", SIZE, SOFT)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, the shares of its parts (0 to 1) by name, and a note behind it."""

    label: str
    parts: dict[str, float]
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture; ``names`` are those of parts in the order of the key, at most as many as TONES.

    ``words`` tell the whole picture to who cannot see it.
    """

    title: str
    words: str
    names: tuple[str, ...]
    groups: tuple[Group, ...]


def svg_of_bars(bars: Bars) -> str:
    """Write the picture as one ``svg`` element."""
    key = list(_key_lines(bars.names))
    top = len(key) * KEY_LINE + GAP
    rows = sum(GROUP_LINE + BAR_LINE * len(group.bars) for group in bars.groups)
    height = top + rows + GAP
    title, words = escape(bars.title), escape(bars.words)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing bars" role="img" '
        f'aria-label="{title}" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="{FONTS}">',
        f"<title>{title}</title>",
        f"<desc>{words}</desc>",
        f'<rect class="sheet" width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *_key(key, bars.names),
        *_groups(bars, top),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _tone(names: Sequence[str], name: str) -> tuple[str, str]:
    return TONES[names.index(name)]


def _key_lines(names: Sequence[str]) -> Iterator[list[tuple[float, str]]]:
    """The entries of the key, with where each begins, in as many lines as they need."""
    line: list[tuple[float, str]] = []
    x = 0.0
    for name in names:
        room = BAR + 6 + width_of(name, SIZE) + 18
        if line and x + room > WIDTH:
            yield line
            line, x = [], 0.0
        line.append((x, name))
        x += room
    if line:
        yield line


def _key(lines: list[list[tuple[float, str]]], names: Sequence[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        y = index * KEY_LINE
        for x, name in line:
            fill, _ = _tone(names, name)
            yield (
                f'<rect class="part" x="{num(x)}" y="{y + 4}" width="{BAR}" height="14" '
                f'fill="{fill}"/>'
            )
            yield _LABEL.set(x + BAR + 6, y + 15, name)


def _groups(bars: Bars, top: int) -> Iterator[str]:
    y = top
    for group in bars.groups:
        y += GROUP_LINE
        yield _GROUP.set(0, y - 8, _one_line(group.title, WIDTH, 13, bold=True))
        for bar in group.bars:
            yield from _bar(bar, bars.names, y)
            y += BAR_LINE


def _bar(bar: Bar, names: Sequence[str], y: int) -> Iterator[str]:
    told = ", ".join(f"{name} {_percent(share)}" for name, share in bar.parts.items() if share)
    yield f"<g><title>{escape(f'{bar.label}: {told}')}</title>"
    yield _LABEL.set(0, y + 13, _one_line(bar.label, LABEL_ROOM - GAP, SIZE))
    room = WIDTH - LABEL_ROOM - NOTE_ROOM
    yield f'<rect x="{LABEL_ROOM}" y="{y}" width="{room}" height="{BAR}" fill="{SHADE}"/>'
    x = float(LABEL_ROOM)
    for name in names:
        length = bar.parts.get(name, 0.0) * room
        if length:
            yield from _part(x, y, length, bar.parts[name], _tone(names, name))
        x += length
    yield _NOTE.set(LABEL_ROOM + room + GAP, y + 13, bar.note)
    yield "</g>"


def _part(x: float, y: int, length: float, share: float, tone: tuple[str, str]) -> Iterator[str]:
    fill, ink = tone
    yield (
        f'<rect class="part" x="{num(x)}" y="{y}" width="{num(length)}" height="{BAR}" '
        f'fill="{fill}" stroke="{PAPER}" stroke-width="1"/>'
    )
    if width_of(_percent(share), SIZE) + 4 <= length:
        kind = Type("on-light" if ink == INK else "on-dark", SIZE, ink, centred=True)
        yield kind.set(x + length / 2, y + 13, _percent(share))


def _percent(share: float) -> str:
    """Cut off, as shares are everywhere: 100 % is all."""
    return f"{int(share * 100 + _HAIR)} %"


def _one_line(words: str, width: float, size: float, bold: bool = False) -> str:
    return wrapped_to(words, width, size, bold, most=1)[0] if words else ""
