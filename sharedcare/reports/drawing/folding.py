"""Few enough boxes to be read: those that are alike are drawn as one that says how many it is.

Nothing is left out silently: what is folded together is counted, and so are its links.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sharedcare.reports.drawing.model import Box, Drawing, Line, Link
from sharedcare.reports.words.figures import counted

#: The most boxes that a drawing shows; more cannot be read on one page.
MAX_BOXES = 30

#: Of boxes that are alike so many are still drawn by themselves where the others are folded.
FEW = 4

#: Links to different boxes, or of different kinds, are not alike.
Likeness = tuple[object, ...]


def folded(drawing: Drawing, most: int = MAX_BOXES) -> Drawing:
    """Return a drawing of at most ``most`` boxes (at least one for each band and kind of look).

    Boxes that are alike in band, words, mark and links are drawn as one first, the most numerous
    first; then those alike in band and mark, whatever they are; then all of a band.
    """
    for likeness in (_closely, _loosely, _by_band):
        drawing = _folded_by(drawing, likeness(drawing), most)
    return drawing


def _closely(drawing: Drawing) -> dict[str, Likeness]:
    joined: dict[str, set[tuple[str, Line, bool]]] = {box.id: set() for box in drawing.boxes}
    for link in drawing.links:
        joined[link.from_].add((link.to, link.line, True))
        joined[link.to].add((link.from_, link.line, False))
    return {
        box.id: (box.band, box.alike, box.mark, frozenset(joined[box.id])) for box in drawing.boxes
    }


def _loosely(drawing: Drawing) -> dict[str, Likeness]:
    return {box.id: (box.band, box.mark) for box in drawing.boxes}


def _by_band(drawing: Drawing) -> dict[str, Likeness]:
    return {box.id: (box.band,) for box in drawing.boxes}


def _folded_by(drawing: Drawing, likeness: Mapping[str, Likeness], most: int) -> Drawing:
    """Fold the most numerous group, all but a few of it, then the next, until they fit."""
    sizes = Counter(likeness[box.id] for box in drawing.boxes if not box.kept)
    for group, size in sizes.most_common():
        excess = len(drawing.boxes) - most
        if excess <= 0 or size == 1:
            break
        members = [b for b in drawing.boxes if not b.kept and likeness.get(b.id) == group]
        apart = max(0, min(FEW, size - excess - 1))
        drawing = _fold(drawing, members[apart:])
    return drawing


def _fold(drawing: Drawing, members: list[Box]) -> Drawing:
    """Draw some boxes as one, in the place of the first of them."""
    first, inside = members[0], {box.id for box in members}
    feet = {box.feet for box in members}
    are_same = len(feet) == 1
    one = replace(
        first,
        id=f"{first.id}+",
        title=_count_words(members),
        notes=(),
        feet=first.feet if are_same else (),
        mark=first.mark if are_same else None,
        stands_for=sum(box.stands_for for box in members),
    )
    drawn = (one if box is first else box for box in drawing.boxes)
    boxes = tuple(box for box in drawn if box is one or box.id not in inside)
    renamed = dict.fromkeys(inside, one.id)
    return replace(drawing, boxes=boxes, links=_joined(drawing.links, renamed))


def _count_words(members: Iterable[Box]) -> str:
    listed = list(members)
    kinds = {box.alike for box in listed}
    number = sum(box.stands_for for box in listed)
    return f"and {number:,} more {kinds.pop() if len(kinds) == 1 else 'places'}"


def _joined(links: Iterable[Link], renamed: Mapping[str, str]) -> tuple[Link, ...]:
    """The links between boxes that go by other ids now; those that became the same are one."""
    groups: dict[tuple[object, ...], list[Link]] = {}
    for position, link in enumerate(links):
        from_, to = renamed.get(link.from_, link.from_), renamed.get(link.to, link.to)
        is_same = (from_, to) == (link.from_, link.to)
        key = (position,) if is_same else (from_, to, link.line)
        groups.setdefault(key, []).append(replace(link, from_=from_, to=to))
    return tuple(_as_one(group) for group in groups.values() if group[0].from_ != group[0].to)


def _as_one(links: list[Link]) -> Link:
    number = sum(link.stands_for for link in links)
    are_same = len({link.label for link in links}) == 1
    whys = dict.fromkeys(link.why for link in links if link.why)
    return replace(
        links[0],
        label=links[0].label if are_same else counted(number, "connection"),
        why="; ".join(whys),
        stands_for=number,
    )
