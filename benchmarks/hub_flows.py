"""The flows of a drawn landscape: feeds, exchange, viewers, calls, and what is point to point."""

from typing import Any

from benchmarks.hub_drawing import Declared, Drawing
from benchmarks.hub_words import CATEGORIES, THEMES, WRITTEN_BY


def draw_flows(drawing: Drawing, count: int) -> None:
    """Draw the flows around the hubs; what is left of ``count`` goes point to point."""
    for organisation, main in drawing.main.items():
        _feed(drawing, organisation, main)
    for region in range(drawing.regions):
        _exchange(drawing, region)
    for system in drawing.systems:
        if system not in drawing.hubs:
            _serve(drawing, system)
    people = list(drawing.stakeholders)
    for caller in drawing.some(people, len(people) // 2):
        _call(drawing, caller, drawing.one(people))
    systems = list(drawing.systems)
    while len(drawing.flows) < count:
        _join(drawing, drawing.one(systems), systems)


#: What is wrong or open with a flow, in a thousand of them.
SLIPS = {
    "nothing": 910,
    "time left out": 10,
    "reach unknown": 5,
    "not in use": 10,
    "reaches some": 30,
    "time a guess": 10,
    "until a day": 15,
    "history left out": 10,
}


def _add(drawing: Drawing, from_: str, to: str, said: Declared) -> None:
    """Add a flow, with what planners leave out, do not know or have let lapse."""
    flow = {"from": from_, "to": to, **said}
    time = "wait" if said["mode"] in ("view", "pull") else "delay"
    slip = drawing.random.choices(list(SLIPS), weights=list(SLIPS.values()))[0]
    if slip == "time left out":
        del flow[time]
    elif slip == "reach unknown":
        flow["reach"] = "unknown"
    elif slip == "not in use":
        flow["status"] = drawing.one(("unknown", "planned", "retired"))
    elif slip == "reaches some":
        flow["reach"] = drawing.one((0.8, 0.9, "27 of 30"))
    elif slip == "time a guess":
        flow[time] = {"low": "10 s", "high": "2 h"}
    elif slip == "until a day":
        flow["valid"] = {"until": drawing.one(("2026-06-30", "2027-06-30"))}
    elif slip == "history left out":
        flow.pop("history", None)
    drawing.flows[f"flow_{len(drawing.flows)}"] = flow


def _feed(drawing: Drawing, organisation: str, main: str) -> None:
    """A system of record sends what its type of organisation writes: data, and documents."""
    hub = drawing.hubs[drawing.region_of[organisation]]
    written = list(WRITTEN_BY[drawing.organisations[organisation]["type"]])
    form = drawing.one(("coded", "coded", "structured"))
    data: Declared = {"mode": "push", "mechanism": "fhir_rest", "carries": {form: written}}
    data["delay"] = drawing.one(("1 min", "5 min", "20 min"))
    if drawing.chance(0.4):
        data |= {"mode": "batch", "mechanism": "file", "interval": "1 d"}
        data["history"] = drawing.one(("12 mo", "5 y"))
    _add(drawing, main, hub, data)
    documents = {"mode": "push", "mechanism": "document_feed", "delay": "30 min"}
    _add(drawing, main, hub, documents | {"carries": {"document": written}})


def _exchange(drawing: Drawing, region: int) -> None:
    """A hub asks its neighbours and is asked by them; some tell each other."""
    hub = drawing.hubs[region]
    steps = {1, 2, 3, drawing.regions // 2}
    others = sorted({(region + step) % drawing.regions for step in steps} - {region})
    for other in (drawing.hubs[found] for found in others):
        ask = {"mode": "pull", "mechanism": "ihe_xds", "wait": "4 s", "history": "5 y"}
        for here, there in ((hub, other), (other, hub)):
            _add(drawing, here, there, ask | {"carries": {"as_held": "all"}})
        if drawing.chance(0.4):
            tell = {"mode": "push", "mechanism": "mesh", "delay": "15 min"}
            shared = drawing.some(CATEGORIES, 12)
            _add(drawing, hub, other, tell | {"carries": {"structured": shared}})


def _serve(drawing: Drawing, system: str) -> None:
    """A consumer opens the hub in context, pulls from it, or is told by it."""
    hub = drawing.hubs[drawing.region(system)]
    opened = {"mode": "view", "mechanism": "in_context_launch", "history": "12 mo"}
    opened["wait"] = drawing.one(("3 s", "10 s", "25 s"))
    seen = drawing.some(THEMES, len(THEMES) * 2 // 3)
    _add(drawing, hub, system, opened | {"carries": {"document": seen}})
    if drawing.chance(0.5):
        asked = {"mode": "pull", "mechanism": "fhir_rest", "wait": "5 s", "history": "5 y"}
        _add(drawing, hub, system, asked | {"carries": {"as_held": drawing.some(THEMES, 8)}})
    if drawing.chance(0.4):
        told = {"mode": "push", "mechanism": "fhir_messaging", "delay": "2 min"}
        _add(drawing, hub, system, told | {"carries": {"coded": drawing.some(CATEGORIES, 5)}})


def _call(drawing: Drawing, caller: str, called: str) -> None:
    call = {
        "mode": "manual",
        "mechanism": "phone",
        "delay": drawing.one(("30 min", "2 h", "1 d")),
        "hours": drawing.one(("Mon-Fri 09:00-17:00", "Mon-Sun 08:00-20:00")),
        "basis": "direct_care",
        "carries": {"verbal": drawing.some(CATEGORIES, 3)},
    }
    if caller != called:
        _add(drawing, caller, called, call)


def _join(drawing: Drawing, here: str, systems: list[str]) -> None:
    """Join two systems point to point, mostly in one region."""
    region = drawing.region(here)
    there = drawing.one(drawing.inside[region] if drawing.chance(0.85) else systems)
    if here == there:
        return
    form = drawing.one(("coded", "text", "document"))
    carries = {form: drawing.some(CATEGORIES, drawing.random.randint(1, 4))}
    said = {"delay": drawing.one(("5 min", "1 h", "1 d")), "carries": carries}
    said |= drawing.one((_told, _filed, _mailed))
    if drawing.chance(0.1):
        said["agreements"] = [f"region_{region}"]
    if drawing.chance(0.15):
        said["capacity"] = drawing.one(("20/week", "100/week"))
    _add(drawing, here, there, said)


_told: dict[str, Any] = {"mode": "push", "mechanism": "hl7v2"}
_filed: dict[str, Any] = {"mode": "batch", "mechanism": "file", "interval": "1 d"}
_mailed: dict[str, Any] = {"mode": "manual", "mechanism": "email"}
