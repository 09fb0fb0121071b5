"""What a built-in activity is, and how it would be written in a profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sharedcare.landscape.activity import CATALOGUE, Attribute, LinkStrength, Stage


class Archetype(Enum):
    """Two services that links are drafted for. After the two figures of Steele Gray 2024.

    The figures show a non-integrated and an integrated service; what we say of either is ours.
    """

    INTEGRATED = "integrated"
    NOT_INTEGRATED = "not_integrated"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltInActivity:
    """An activity that most integrated services would know, in our words.

    ``gives`` says for each attribute how sure the link is where care is joined up, and
    ``gives_apart`` where it is not; what only ``gives`` names is absent there. ``supports`` are
    built-in activities. ``categories`` are the kinds of information that it rests on,
    ``dimensions`` the conditions.
    """

    id: str
    name: str
    actor: str
    stage: Stage
    description: str
    gives: Mapping[Attribute, LinkStrength] = field(default_factory=dict)
    gives_apart: Mapping[Attribute, LinkStrength] = field(default_factory=dict)
    supports: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    proxy: str

    def links(self, archetype: Archetype) -> dict[Attribute, LinkStrength]:
        """How sure each link is in an archetype, in order of the attributes."""
        apart = {key: self.gives_apart.get(key, LinkStrength.ABSENT) for key in self.gives}
        found = self.gives if archetype is Archetype.INTEGRATED else apart
        return {key: found[key] for key in Attribute if key in found}

    def as_written(self, archetype: Archetype) -> dict[str, object]:
        """The activity as an entry of a profile; every link says that the catalogue says so."""
        links = {
            attribute.value: {"strength": strength.value, "said_by": CATALOGUE}
            for attribute, strength in self.links(archetype).items()
        }
        return {
            "name": self.name,
            "actor": self.actor,
            "stage": self.stage.value,
            "description": self.description,
            "links": links,
            "supports": list(self.supports),
            "categories": list(self.categories),
            "dimensions": list(self.dimensions),
            "proxy": self.proxy,
        }
