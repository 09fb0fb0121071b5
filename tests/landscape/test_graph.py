"""The graph that people get: everything declared is in it, and nothing in it is made up."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx
import pytest

from sharedcare.flows import judge
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.landscape.attributes import DECLARED
from sharedcare.loading import load_landscape
from tests.builders import AS_OF, landscape, two_partners
from tests.oracle.landscapes import random_landscape
from tests.reports.making import PROFILES, PROJECT

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: What the graph adds to what a place or a connection itself says.
ADDED = {
    *("place", "human", "live", "organisation_name", "organisation_type", "sector"),
    *("connection", "name"),
}

#: Keys that no verdict asks for: what refers to other maps, and money, written as people read it.
ELSEWHERE = {"pathway", "step", "evidence", "cost"}

#: Quantities that are shares; the others are lengths of time, rates and amounts.
SHARES = {"reach", "match_rate", "completeness", "availability", "point_of_care"}


def the_edge(graph: "LandscapeGraph", from_: str, to: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = graph.edges[from_, to, key]
    return found


def flow(**keys: Any) -> "LandscapeGraph":
    """The graph of two systems with one flow between them."""
    made = landscape(
        systems={"a": {}, "b": {}},
        flows={"f": {"from": "a", "to": "b", "mode": "push", "carries": ["medications"], **keys}},
    )
    return made.graph()


def test_every_place_is_a_node_and_every_flow_and_use_an_edge_under_its_own_key() -> None:
    graph = landscape(**two_partners()).graph()
    assert list(graph) == ["epr", "asc", "social_worker"]
    assert list(graph.edges(keys=True)) == [
        ("epr", "asc", "feed"),
        ("asc", "social_worker", "social_worker.uses.asc"),
    ]


def test_a_place_says_what_it_is_whose_and_what_it_holds() -> None:
    said = landscape(**two_partners()).graph().nodes["epr"]
    assert (said["place"], said["kind"], said["name"]) == ("system", "epr", "Hospital record")
    assert (said["organisation"], said["organisation_type"]) == ("hospital", "acute")
    assert (said["organisation_name"], said["sector"]) == ("Hospital", "health")
    assert (said["lifecycle"], said["live"], said["human"]) == ("live", True, False)
    assert said["holds"]["medications"] == {"form": "coded", "authoritative": True}


def test_a_stakeholder_is_a_human_place_whose_uses_are_edges() -> None:
    graph = landscape(**two_partners()).graph()
    said = graph.nodes["social_worker"]
    assert (said["place"], said["human"]) == ("stakeholder", True)
    assert "uses" not in said
    use = the_edge(graph, "asc", "social_worker", "social_worker.uses.asc")
    assert (use["connection"], use["mode"], use["live"]) == ("use", "view", True)


def test_a_quantity_is_exact_in_seconds_and_as_it_was_declared() -> None:
    said = the_edge(flow(delay="15 min", reach="27 of 30"), "a", "b", "f")
    assert (said["delay"], said["delay_declared"]) == (900, "15 min")
    assert (said["reach"], said["reach_declared"]) == (Fraction(9, 10), "27 of 30")


def test_a_range_keeps_its_parts_and_the_unknown_stays_unknown() -> None:
    said = the_edge(flow(delay={"low": "1 h", "high": "2 h"}, reach="unknown"), "a", "b", "f")
    assert said["delay"] == {"low": 3600, "high": 7200}
    assert said["reach"] == "unknown"


def test_what_is_not_said_is_left_out_and_an_empty_list_of_agreements_is_said() -> None:
    assert "agreements" not in the_edge(flow(), "a", "b", "f")
    assert the_edge(flow(agreements=[]), "a", "b", "f")["agreements"] == ()
    assert "wait" not in the_edge(flow(), "a", "b", "f")


@pytest.mark.parametrize(
    ("keys", "live"),
    [
        ({}, True),
        ({"status": "pilot"}, True),
        ({"status": "planned"}, False),
        ({"status": "unknown"}, None),
        ({"valid": {"until": AS_OF}}, True),
        ({"valid": {"until": "2026-10-31"}}, False),
        ({"valid": {"from": "2026-11-02"}}, False),
        ({"valid": {"until": "unknown"}}, None),
        ({"valid": {"until": "unknown"}, "status": "retired"}, False),
    ],
)
def test_a_flow_is_live_on_the_day_or_not_or_nobody_knows(
    keys: dict[str, Any], live: bool | None
) -> None:
    assert the_edge(flow(**keys), "a", "b", "f")["live"] is live


@pytest.mark.parametrize(
    ("lifecycle", "live"), [("end_of_support", True), ("retired", False), ("unknown", None)]
)
def test_a_flow_is_as_live_as_both_its_ends(lifecycle: str, live: bool | None) -> None:
    made = landscape(
        systems={"a": {"lifecycle": lifecycle}, "b": {}},
        flows={"f": {"from": "a", "to": "b", "mode": "push", "carries": ["medications"]}},
    )
    graph = made.graph()
    assert graph.nodes["a"]["live"] is live
    assert the_edge(graph, "a", "b", "f")["live"] is live


@pytest.mark.parametrize(("access", "live"), [("no", False), ("unknown", None), ("yes", True)])
def test_a_use_without_access_is_not_live(access: str, live: bool | None) -> None:
    made = landscape(
        systems={"a": {}}, stakeholders={"s": {"uses": [{"system": "a", "access": access}]}}
    )
    assert the_edge(made.graph(), "a", "s", "s.uses.a")["live"] is live


def test_two_uses_of_one_system_are_two_edges() -> None:
    uses = [{"system": "a", "reach": 0.5}, {"system": "a", "reach": 0.2}]
    graph = landscape(systems={"a": {}}, stakeholders={"s": {"uses": uses}}).graph()
    assert list(graph["a"]["s"]) == ["s.uses.a", "s.uses.a.2"]


def test_the_graph_is_the_callers_own() -> None:
    declared = landscape(**two_partners())
    graph = declared.graph()
    graph.remove_node("epr")
    graph.graph["needs"].clear()
    assert "epr" in declared.graph()
    assert declared.graph().graph["needs"]
    assert declared.needs


def _direct_reach(declared: Landscape, start: str) -> set[str]:
    """Where flows and uses lead from a place, by the lists of the landscape alone."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        onward = [flow.to for flow in declared.flows.values() if flow.from_ == here]
        onward += [
            key
            for key, stakeholder in declared.stakeholders.items()
            if any(use.system == here for use in stakeholder.uses)
        ]
        waiting += [place for place in onward if place not in found]
        found |= set(onward)
    return found - {start}


@pytest.mark.parametrize("seed", range(60))
def test_networkx_reaches_from_each_place_what_the_landscape_reaches(seed: int) -> None:
    declared = landscape_of(random_landscape(random.Random(seed)))
    graph = declared.graph()
    for place in graph:
        assert networkx.descendants(graph, place) - {place} == _direct_reach(declared, place)


def _written(key: str, value: Any, said: Mapping[str, Any]) -> Any:
    """A value of the graph as a profile would write it; ``said`` is the map that it stands in."""
    if isinstance(value, Mapping) and {"low", "high"} <= set(value):
        return _written_range(key, value, said)
    if isinstance(value, Mapping):
        return _entry(value, set())
    if isinstance(value, tuple):
        return [_written(key, part, said) for part in value]
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        plain = value if isinstance(value, int) else float(value)
        return _share(value) if key in SHARES else said.get(key + DECLARED, plain)
    return value


def _written_range(key: str, value: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, str]:
    if key in SHARES:
        return {part: _share(each) for part, each in value.items()}
    low, high = said[key + DECLARED].split(" to ")
    return {"low": low, "high": high}


def _share(value: Fraction | int) -> str:
    exact = Fraction(value)
    return f"{exact.numerator} of {exact.denominator}"


def _entry(said: Mapping[str, Any], without: set[str]) -> dict[str, Any]:
    return {
        key: _written(key, value, said)
        for key, value in said.items()
        if key not in without | ELSEWHERE and not key.endswith(DECLARED)
    }


def declared_again(graph: "LandscapeGraph") -> dict[str, Any]:
    """A profile made of nothing but the graph."""
    about = {key: graph.graph[key] for key in ("as_of", "jurisdiction")}
    beside = {
        kind: {key: _entry(said, set()) for key, said in graph.graph[kind].items()}
        for kind in ("organisations", "agreements", "needs")
    }
    systems, stakeholders = (
        {place: _entry(said, ADDED) for place, said in graph.nodes.items() if said["place"] == kind}
        for kind in ("system", "stakeholder")
    )
    flows: dict[str, Any] = {}
    for from_, to, key, said in graph.edges(keys=True, data=True):
        entry = _entry(said, ADDED)
        if said["connection"] == "flow":
            flows[key] = {"from": from_, "to": to, **entry}
        else:
            entry.pop("mode")
            stakeholders[to].setdefault("uses", []).append({"system": from_, **entry})
    return {
        "meta": about,
        **beside,
        "systems": systems,
        "stakeholders": stakeholders,
        "flows": flows,
    }


def _verdicts(declared: Landscape) -> list[Any]:
    return [
        (need.need, need.low, need.high, [(i.coverage, i.reasons, i.path) for i in need.items])
        for need in judge(declared).needs
    ]


def assert_the_same_verdicts_come_of_the_graph(declared: Landscape) -> None:
    own = {key: {"name": "own"} for key in declared.data_categories}
    again = landscape_of({**declared_again(declared.graph()), "data_categories": own})
    assert _verdicts(again) == _verdicts(declared)


@pytest.mark.parametrize("seed", range(120))
def test_everything_that_a_verdict_needs_is_in_the_graph(seed: int) -> None:
    declared = landscape_of(random_landscape(random.Random(seed)))
    assert_the_same_verdicts_come_of_the_graph(declared)


@pytest.mark.parametrize("profile", PROFILES)
def test_everything_that_the_verdicts_of_a_whole_profile_need_is_in_its_graph(
    profile: str,
) -> None:
    declared = load_landscape(PROJECT / "profiles" / f"{profile}.yaml")
    assert_the_same_verdicts_come_of_the_graph(declared)


def test_the_route_of_a_verdict_is_a_way_through_the_graph() -> None:
    declared = landscape(**two_partners())
    graph = declared.graph()
    (need,) = judge(declared).needs
    for before, step in pairwise(need.items[0].path):
        assert graph.has_edge(before.place, step.place)
