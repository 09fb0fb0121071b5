"""What is to be seen in a drawing: boxes, links between them, bands that boxes stand in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from sharedcare.reports.words.marks import Mark


class Line(Enum):
    """How a link is drawn: told apart by dash and symbol, and only then by colour."""

    SOLID = "solid"
    DASHED = "dashed"
    CROSSED = "crossed"
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in a drawing; ``notes`` stand small under its title, ``feet`` bold at its foot.

    ``band`` is the position of the band that it stands in. The mark gives it its colours, and the
    feet must say the same in words. Where there are too many boxes, those with the same words in
    ``alike`` (a plural: ``care homes``) are drawn as one that says for how many it stands; a box
    that is ``kept`` never is. ``rounded`` ones are people.
    """

    id: str
    title: str
    notes: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    band: int = 0
    mark: Mark | None = None
    alike: str = "places"
    kept: bool = False
    rounded: bool = False
    stands_for: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A way from one box to another; at its line stand a label and, bold, why it is drawn so."""

    from_: str
    to: str
    line: Line
    label: str = ""
    why: str = ""
    stands_for: int = 1


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a drawing, from left to right, with a heading."""

    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture before it has places; ``key`` says in words what each kind of line means.

    Ids of boxes are unique; each link leads from one box to another; bands count from the left.
    """

    title: str
    lead: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    bands: tuple[Band, ...] = ()
    key: tuple[tuple[Line, str], ...] = ()

    @property
    def words(self) -> str:
        """Everything that is to be seen, in sentences, for whoever cannot see it."""
        titles = {box.id: box.title for box in self.boxes}
        meaning = dict(self.key)
        told = [
            f"{titles[link.from_]} to {titles[link.to]}: "
            f"{'; '.join(filter(None, (meaning.get(link.line, ''), link.label, link.why)))}."
            for link in self.links
        ]
        marked = [f"{box.title}: {'; '.join(box.feet)}." for box in self.boxes if box.feet]
        return " ".join(filter(None, (self.lead, *told, *marked)))


def with_words(drawing: Drawing, change: Callable[[str], str]) -> Drawing:
    """Return a drawing in which every text for people is changed; ids stay."""
    boxes = (
        replace(
            box,
            title=change(box.title),
            notes=tuple(map(change, box.notes)),
            feet=tuple(map(change, box.feet)),
        )
        for box in drawing.boxes
    )
    return replace(
        drawing,
        title=change(drawing.title),
        lead=change(drawing.lead),
        boxes=tuple(boxes),
        links=tuple(
            replace(link, label=change(link.label), why=change(link.why)) for link in drawing.links
        ),
        bands=tuple(Band(change(band.title)) for band in drawing.bands),
        key=tuple((line, change(words)) for line, words in drawing.key),
    )
