"""What every entry refers to, so that an id which leads nowhere is found.

One function for each kind of entry that refers to others; each yields the way to the id within the
entry, the id, and where it must be found.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sharedcare.landscape.activity import Activity, Experience, Feedback
from sharedcare.landscape.agreement import Agreement
from sharedcare.landscape.change import Change, Gate, Option, Scenario
from sharedcare.landscape.entry import Entry
from sharedcare.landscape.evidence import Attestation, Rating
from sharedcare.landscape.flow import Flow
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.need import Need
from sharedcare.landscape.pathway import Pathway
from sharedcare.landscape.stakeholder import Stakeholder
from sharedcare.landscape.system import System
from sharedcare.landscape.written import KEY, Way


@dataclass(frozen=True, slots=True)
class Into:
    """Where an id must be found: in one of these maps, or among the suppliers of systems too."""

    words: str
    maps: tuple[str, ...]
    suppliers: bool = False


#: Where ids may be looked for, by the name that a reference gives; parties and categories apart.
INTO: dict[str, Into] = {
    **{kind: Into(kind, (kind,)) for kind in ENTRY_MODELS},
    "places": Into("systems or stakeholders", ("systems", "stakeholders")),
    "disturbed": Into("systems or flows", ("systems", "flows")),
    "lost": Into("systems, flows or agreements", ("systems", "flows", "agreements"), True),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """An id within an entry; ``into`` says where it must be found: see ``INTO``."""

    way: Way
    id: str
    into: str


def _each(way: str, ids: Iterable[str] | None, into: str) -> Iterator[Reference]:
    for position, found in enumerate(ids or ()):
        yield Reference((way, position), found, into)


def _one(way: str, found: str | None, into: str) -> Iterator[Reference]:
    if found is not None:
        yield Reference((way,), found, into)


def _system(system: System) -> Iterator[Reference]:
    yield from _one("organisation", system.organisation, "organisations")
    yield from _each("processor_for", system.processor_for, "parties")
    for category in system.holds:
        yield Reference(("holds", category, KEY), category, "categories")


def _stakeholder(stakeholder: Stakeholder) -> Iterator[Reference]:
    yield from _one("organisation", stakeholder.organisation, "organisations")
    for position, uses in enumerate(stakeholder.uses):
        yield Reference(("uses", position, "system"), uses.system, "systems")


def _flow(flow: Flow) -> Iterator[Reference]:
    yield Reference(("from",), flow.from_, "places")
    yield Reference(("to",), flow.to, "places")
    yield from _each("agreements", flow.agreements, "agreements")
    yield from _each("evidence", flow.evidence, "evidence")
    for category in flow.carries:
        if category != "all":
            yield Reference(("carries", category, KEY), category, "categories")


def _agreement(agreement: Agreement) -> Iterator[Reference]:
    yield from _each("parties", agreement.parties, "parties")
    yield from _each("controllers", agreement.controllers, "organisations")
    named = [category for category in agreement.categories if category != "all"]
    yield from _each("categories", named, "categories")


def _need(need: Need) -> Iterator[Reference]:
    yield from _one("stakeholder", need.stakeholder, "stakeholders")
    yield from _one("at", need.at, "systems")
    yield from _one("pathway", need.pathway, "pathways")
    for position, item in enumerate(need.content):
        yield Reference(("content", position, "category"), item.category, "categories")
        for index, party in enumerate(item.from_ or ()):
            yield Reference(("content", position, "from", index), party, "parties")


def _pathway(pathway: Pathway) -> Iterator[Reference]:
    yield from _each("agreed_by", pathway.agreed_by, "organisations")
    for position, step in enumerate(pathway.steps):
        if step.actor is not None:
            yield Reference(("steps", position, "actor"), step.actor, "stakeholders")
        for need in step.needs:
            yield Reference(("steps", position, "needs"), need, "needs")


def _activity(activity: Activity) -> Iterator[Reference]:
    yield from _each("supports", activity.supports, "activities")
    yield from _each("needs", activity.needs, "needs")
    yield from _each("categories", activity.categories, "categories")


def _experience(experience: Experience) -> Iterator[Reference]:
    yield from _one("activity", experience.activity, "activities")


def _feedback(feedback: Feedback) -> Iterator[Reference]:
    yield from _one("organisation", feedback.organisation, "organisations")


def _attestation(attestation: Attestation) -> Iterator[Reference]:
    yield from _each("organisations", attestation.organisations, "parties")
    yield from _each("evidence", attestation.evidence, "evidence")


def _rating(rating: Rating) -> Iterator[Reference]:
    yield from _one("organisation", rating.organisation, "organisations")


def _change(change: Change) -> Iterator[Reference]:
    yield from _each("requires", change.requires, "changes")
    yield from _each("excludes", change.excludes, "changes")
    yield from _each("disrupts", change.disrupts, "disturbed")


def _option(option: Option) -> Iterator[Reference]:
    yield from _each("changes", option.changes, "changes")


def _scenario(scenario: Scenario) -> Iterator[Reference]:
    yield from _each("apply", scenario.apply, "changes")
    yield from _each("disrupt", scenario.disrupt, "lost")


def _gate(gate: Gate) -> Iterator[Reference]:
    if gate.needs is not None:
        yield from _each("needs", gate.needs.ids, "needs")


_BY_KIND: dict[type[Entry], Callable[[Any], Iterator[Reference]]] = {
    System: _system,
    Stakeholder: _stakeholder,
    Flow: _flow,
    Agreement: _agreement,
    Need: _need,
    Pathway: _pathway,
    Activity: _activity,
    Experience: _experience,
    Feedback: _feedback,
    Attestation: _attestation,
    Rating: _rating,
    Change: _change,
    Option: _option,
    Scenario: _scenario,
    Gate: _gate,
}


def references(entry: Entry) -> Iterator[Reference]:
    """Yield every reference of an entry, with those that any entry may hold."""
    for said in ("confirmed_by", "disputed_by"):
        for organisation in getattr(entry, said):
            yield Reference((said, organisation, KEY), organisation, "organisations")
    find = _BY_KIND.get(type(entry))
    if find is not None:
        yield from find(entry)
