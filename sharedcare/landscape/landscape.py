"""The landscape: everything that a profile declares, checked and frozen."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sharedcare.landscape.activity import Activity, Experience, Feedback
from sharedcare.landscape.agreement import Agreement
from sharedcare.landscape.change import Change, Gate, Option, Scenario, Suppression
from sharedcare.landscape.data_categories import built_in
from sharedcare.landscape.data_category import DeclaredCategory
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.evidence import Attestation, EvidenceItem, Rating
from sharedcare.landscape.fields import Id
from sharedcare.landscape.flow import Flow
from sharedcare.landscape.meta import Meta
from sharedcare.landscape.need import Need
from sharedcare.landscape.organisation import Organisation
from sharedcare.landscape.pathway import Pathway
from sharedcare.landscape.stakeholder import Stakeholder
from sharedcare.landscape.system import System

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph


class Landscape(Declared):
    """The partners, their systems, and what their stakeholders need.

    Make one with :func:`sharedcare.landscape.building.build` or
    :func:`sharedcare.loading.load_landscape`: these also check that ids refer to something.
    """

    meta: Meta
    data_categories: dict[str, DeclaredCategory] = {}
    organisations: dict[Id, Organisation] = {}
    systems: dict[Id, System] = {}
    stakeholders: dict[Id, Stakeholder] = {}
    flows: dict[Id, Flow] = {}
    agreements: dict[Id, Agreement] = {}
    needs: dict[Id, Need] = {}
    pathways: dict[Id, Pathway] = {}
    activities: dict[Id, Activity] = {}
    experience: dict[Id, Experience] = {}
    feedback: dict[Id, Feedback] = {}
    attestations: dict[str, Attestation] = {}
    ratings: dict[Id, Rating] = {}
    evidence: dict[Id, EvidenceItem] = {}
    changes: dict[Id, Change] = {}
    options: dict[Id, Option] = {}
    scenarios: dict[Id, Scenario] = {}
    gates: dict[Id, Gate] = {}
    suppressions: dict[Id, Suppression] = {}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the landscape, with other values where ``update`` has some, which is not checked.

        What was worked out of the old values is left behind.
        """
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("organisations_by_type", None)
        return copied

    @property
    def as_of(self) -> date:
        """The day on which the landscape is judged."""
        return self.meta.as_of

    def label(self, kind: str, entry_id: str) -> str:
        """Return an entry's name for people, or its id where it has none."""
        entries: Mapping[str, Entry] = getattr(self, kind)
        entry = entries.get(entry_id)
        return entry.name if entry is not None and entry.name else entry_id

    def place_label(self, place_id: str) -> str:
        """Return the name of a system or stakeholder."""
        return self.label("systems" if place_id in self.systems else "stakeholders", place_id)

    def category_label(self, category: str) -> str:
        """Return the name of a data category, the landscape's own or a built-in one."""
        own = self.data_categories.get(category)
        if own is not None and own.name:
            return own.name
        return built_in()[category].name if category in built_in() else category

    def organisation_of(self, place_id: str) -> str | None:
        """Return the organisation of a system or stakeholder, None where it has none."""
        place = self.systems.get(place_id) or self.stakeholders.get(place_id)
        return place.organisation if place else None

    def is_human(self, place_id: str) -> bool:
        """Whether a place is a stakeholder, paper or a person's head."""
        system = self.systems.get(place_id)
        return system.is_human if system else place_id in self.stakeholders

    @cached_property
    def organisations_by_type(self) -> dict[str, tuple[str, ...]]:
        """Organisation ids of each type, in the order of the profile."""
        found: dict[str, list[str]] = {}
        for organisation_id, organisation in self.organisations.items():
            if organisation.type:
                found.setdefault(organisation.type, []).append(organisation_id)
        return {kind: tuple(ids) for kind, ids in found.items()}

    def named_by(self, party: str) -> tuple[str, ...]:
        """Return the organisations that an id, a type or ``all`` stands for."""
        if party == "all":
            return tuple(self.organisations)
        same = (party,) if party in self.organisations else ()
        return same + tuple(o for o in self.organisations_by_type.get(party, ()) if o != party)

    def graph(self) -> "LandscapeGraph":
        """Return all places and all ways between them as a graph of networkx.

        See :func:`sharedcare.landscape.graph.graph_of` for its attributes.
        """
        from sharedcare.landscape.graph import graph_of  # brings networkx

        return graph_of(self)

    def entries(self) -> Iterator[tuple[str, str, Entry]]:
        """Go through all entries as (map, id, entry)."""
        for kind in ENTRY_MODELS:
            for entry_id, entry in getattr(self, kind).items():
                yield kind, entry_id, entry


#: The model of an entry of each top-level map, in the order of the profile's documentation.
ENTRY_MODELS: dict[str, type[Entry]] = {
    "data_categories": DeclaredCategory,
    "organisations": Organisation,
    "systems": System,
    "stakeholders": Stakeholder,
    "flows": Flow,
    "agreements": Agreement,
    "needs": Need,
    "pathways": Pathway,
    "activities": Activity,
    "experience": Experience,
    "feedback": Feedback,
    "attestations": Attestation,
    "ratings": Rating,
    "evidence": EvidenceItem,
    "changes": Change,
    "options": Option,
    "scenarios": Scenario,
    "gates": Gate,
    "suppressions": Suppression,
}
