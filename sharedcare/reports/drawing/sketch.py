"""Collecting the places of a landscape that a drawing shows, and the ways between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sharedcare.reports.drawing.folding import folded
from sharedcare.reports.drawing.model import Band, Box, Drawing, Line, Link, with_words
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import visible

#: Plurals for the places of each usual type of organisation; others are told by their own word.
_ALIKE = {
    "acute": "hospital systems",
    "primary_care": "practices",
    "community": "community services",
    "mental_health": "mental health services",
    "ambulance": "ambulance services",
    "local_authority": "local authorities",
    "care_home": "care homes",
    "home_care": "home care services",
    "hospice": "hospices",
    "pharmacy": "pharmacies",
    "voluntary": "voluntary organisations",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a part of a landscape, and the places that are in it."""

    drawing: Drawing
    places: frozenset[str]


@dataclass
class Sketch:
    """A drawing in the making; boxes and links keep the order in which they were first asked for.

    ``places`` are the places of the landscape that were drawn.
    """

    names: Names
    boxes: dict[str, Box] = field(default_factory=dict)
    links: dict[Link, None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def place(self, place: str, band: int = 0, own: str | None = None) -> str:
        """Draw a system or stakeholder, once in each band, and return the id of its box.

        ``own`` is the organisation that the drawing is about, which need not be said again.
        """
        box_id = f"{band}.{place}"
        if box_id not in self.boxes:
            self.places.add(place)
            self.boxes[box_id] = self._box(box_id, place, band, own)
        return box_id

    def _box(self, box_id: str, place: str, band: int, own: str | None) -> Box:
        landscape = self.names.landscape
        organisation = landscape.organisation_of(place)
        is_role = place in landscape.stakeholders
        told = organisation if organisation != own else None
        notes = (self.names.organisation(told),) if told else ()
        return Box(
            id=box_id,
            title=landscape.place_label(place),
            notes=notes,
            band=band,
            alike=self._alike(organisation, is_role, own),
            rounded=is_role,
        )

    def _alike(self, organisation: str | None, is_role: bool, own: str | None) -> str:
        if organisation is None or organisation == own:
            return "roles" if is_role else "systems"
        kind = self.names.landscape.organisations[organisation].type
        return _ALIKE.get(kind or "", "partners")

    def thing(self, box: Box) -> str:
        """Draw a box that is no place of the landscape, once, and return its id."""
        self.boxes.setdefault(box.id, box)
        return box.id

    def mark(self, box_id: str, mark: Mark, *feet: str) -> None:
        """Mark a box and say why at its foot; what is said already is kept."""
        box = self.boxes[box_id]
        said = tuple(dict.fromkeys((*box.feet, *feet)))
        self.boxes[box_id] = replace(box, mark=mark, feet=said)

    def keep(self, box_id: str) -> None:
        """Draw a box by itself however many there are."""
        self.boxes[box_id] = replace(self.boxes[box_id], kept=True)

    def link(self, from_: str, to: str, line: Line, label: str = "", why: str = "") -> None:
        """Draw a way between two boxes; none from a box to itself, nor the same twice."""
        if from_ != to:
            self.links[Link(from_, to, line, label, why)] = None

    def add_note(self, box_id: str, words: str) -> None:
        """Say something more in small letters, once."""
        box = self.boxes[box_id]
        if words and words not in box.notes:
            self.boxes[box_id] = replace(box, notes=(*box.notes, words))

    def picture(
        self, title: str, lead: str, key: Iterable[tuple[Line, str]], bands: Iterable[str] = ()
    ) -> Picture:
        """The drawing, with few enough boxes, in words that may be shown.

        Of the key what is not drawn is left out.
        """
        drawn = {link.line for link in self.links}
        made = Drawing(
            title=title,
            lead=lead,
            boxes=tuple(self.boxes.values()),
            links=tuple(self.links),
            bands=tuple(map(Band, bands)),
            key=tuple((line, words) for line, words in key if line in drawn),
        )
        shown = with_words(with_words(folded(made), self.names.in_words), visible)
        return Picture(shown, frozenset(self.places))
