"""The landscape as a graph of networkx: places, and every way from one to another.

Here and in what is made of it *node* and *edge* are networkx's words: a node is a place (a system
or a stakeholder), an edge a connection (a flow, or the use of a system by a stakeholder).
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sharedcare.landscape.attributes import Plain, attributes_of
from sharedcare.landscape.entry import Entry, Period
from sharedcare.landscape.flow import Flow
from sharedcare.landscape.stakeholder import Uses
from sharedcare.quantities import Unknown

if TYPE_CHECKING:
    import networkx

    from sharedcare.landscape.landscape import Landscape

    LandscapeGraph: TypeAlias = networkx.MultiDiGraph[str]

#: Maps of a profile that are no places and no ways between them, and that verdicts need.
BESIDE = ("organisations", "agreements", "needs")

#: Whether something is in use on a day: yes, no, or nobody has told us.
Live = bool | None


def graph_of(landscape: "Landscape") -> "LandscapeGraph":
    """Return the landscape as a ``networkx.MultiDiGraph``; only ``live`` is worked out.

    Nodes are ids of places, with everything that the profile says of them (as
    :func:`sharedcare.landscape.attributes.attributes_of` gives it), and ``place`` (``system`` or
    ``stakeholder``), ``name``, ``human``, ``organisation_name``, ``organisation_type`` and
    ``sector``. An edge leads the way that information takes. A flow's key is its id, a use's key is
    ``<stakeholder>.uses.<system>``; ``connection`` tells them apart. ``live`` of a node or edge is
    whether it is in use on the day of the assessment, None where that is not known; an edge needs
    both its ends. The graph's own attributes are ``as_of``, ``jurisdiction``, ``title``, and the
    organisations, agreements and needs as maps.

    The order is the profile's. The graph is the caller's own: changing it changes nothing else.
    """
    import networkx  # heavy

    graph: LandscapeGraph = networkx.MultiDiGraph(**_about(landscape))
    for place, attributes in _places(landscape):
        graph.add_node(place, **attributes)
    for from_, to, key, attributes in _connections(landscape):
        ends = (attributes["live"], graph.nodes[from_]["live"], graph.nodes[to]["live"])
        graph.add_edge(from_, to, key=key, **attributes | {"live": _all_live(*ends)})
    return graph


def _about(landscape: "Landscape") -> Plain:
    beside = {
        kind: {key: attributes_of(entry) for key, entry in getattr(landscape, kind).items()}
        for kind in BESIDE
    }
    return {**attributes_of(landscape.meta), **beside}


def _places(landscape: "Landscape") -> Iterator[tuple[str, Plain]]:
    for system_id, system in landscape.systems.items():
        life = system.lifecycle
        live = None if isinstance(life, Unknown) else life.works
        yield system_id, _place(landscape, "system", system_id, system, live)
    for stakeholder_id, stakeholder in landscape.stakeholders.items():
        yield stakeholder_id, _place(landscape, "stakeholder", stakeholder_id, stakeholder, True)


def _place(landscape: "Landscape", place: str, place_id: str, entry: Entry, live: Live) -> Plain:
    said = attributes_of(entry)
    said.pop("uses", None)  # the uses of a stakeholder are edges
    computed: Plain = {
        "place": place,
        "name": landscape.place_label(place_id),
        "human": landscape.is_human(place_id),
        "live": live,
    }
    return {**said, **computed, **_organisation(landscape, place_id)}


def _organisation(landscape: "Landscape", place_id: str) -> Plain:
    key = landscape.organisation_of(place_id)
    if key is None:
        return {}
    organisation = landscape.organisations[key]
    found = {
        "organisation_name": landscape.label("organisations", key),
        "organisation_type": organisation.type,
        "sector": organisation.sector,
    }
    return {name: value for name, value in found.items() if value is not None}


def _connections(landscape: "Landscape") -> Iterator[tuple[str, str, str, Plain]]:
    for flow_id, flow in landscape.flows.items():
        yield flow.from_, flow.to, flow_id, _flow(landscape, flow_id, flow)
    for stakeholder_id, stakeholder in landscape.stakeholders.items():
        seen: dict[str, int] = {}
        for use in stakeholder.uses:
            seen[use.system] = again = seen.get(use.system, 0) + 1
            key = f"{stakeholder_id}.uses.{use.system}" + (f".{again}" if again > 1 else "")
            yield use.system, stakeholder_id, key, _use(use)


def _flow(landscape: "Landscape", flow_id: str, flow: Flow) -> Plain:
    said = attributes_of(flow)
    del said["from"], said["to"]
    status = None if isinstance(flow.status, Unknown) else flow.status.works
    return {
        **said,
        "connection": "flow",
        "name": landscape.label("flows", flow_id),
        "live": _all_live(status, _is_valid(flow.valid, landscape.as_of)),
    }


def _use(use: Uses) -> Plain:
    said = attributes_of(use)
    del said["system"]
    live = None if isinstance(use.access, Unknown) else use.access is not False
    return {**said, "connection": "use", "mode": "view", "live": live}


def _is_valid(period: Period | None, day: date) -> Live:
    if period is None:
        return True
    starts, ends = period.from_, period.until
    if (isinstance(starts, date) and day < starts) or (isinstance(ends, date) and day > ends):
        return False
    return None if isinstance(starts, Unknown) or isinstance(ends, Unknown) else True


def _all_live(*parts: Live) -> Live:
    """No if any is no, else not known if any is not known."""
    if False in parts:
        return False
    return None if None in parts else True
