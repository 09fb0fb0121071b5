"""Landscapes of any size in the shape that shared care records have: hubs, feeds, viewers, gaps.

Every region has a hub that carries for everybody. Systems of record push or batch into it,
consumers view it, pull from it or are told by it, hubs exchange with hubs, some systems are joined
point to point, people telephone each other, and here and there nobody knows. All is drawn from one
seed: the same size and seed give the same profile. Nothing in it is taken from a real place.
"""

import random
from typing import Any

from benchmarks.hub_drawing import Declared, Drawing
from benchmarks.hub_flows import draw_flows
from benchmarks.hub_needs import draw_agreements, draw_needs
from benchmarks.hub_words import (
    ALSO_WRITTEN_BY,
    CATEGORIES,
    MAIN_KINDS,
    OTHER_KINDS,
    SOCIAL_CARE,
    TYPES,
    WRITTEN_BY,
)

#: Systems of one region, and so around one hub.
REGION_SIZE = 400

FLOWS_PER_SYSTEM, SYSTEMS_PER_NEED = 8, 10

#: Source organisations of one data category, at most.
MAX_SOURCES = 50


def hub_landscape(systems: int, seed: int = 0) -> Declared:
    """Draw a profile of so many systems (at least 40), as plain maps for ``landscape_of``."""
    regions = max(2, systems // REGION_SIZE)
    drawing = Drawing(
        random=random.Random(f"{systems} systems, seed {seed}"),
        hubs=[f"hub_{region}" for region in range(regions)],
    )
    _draw_organisations(drawing, max(2 * len(TYPES), systems // 4))
    _draw_systems(drawing, systems)
    _draw_holdings(drawing)
    _draw_stakeholders(drawing, systems // 2)
    draw_flows(drawing, systems * FLOWS_PER_SYSTEM)
    meta = {"title": "Regions with hubs", "as_of": "2026-11-01", "jurisdiction": "england"}
    return {
        "meta": meta,
        "organisations": drawing.organisations,
        "systems": drawing.systems,
        "stakeholders": drawing.stakeholders,
        "flows": drawing.flows,
        "agreements": draw_agreements(drawing),
        "needs": draw_needs(drawing, systems // SYSTEMS_PER_NEED),
    }


def _draw_organisations(drawing: Drawing, count: int) -> None:
    for index in range(count):
        kind = list(TYPES)[index] if index < len(TYPES) else drawing.weighted(TYPES)
        organisation: Declared = {
            "type": kind,
            "sector": "social_care" if kind in SOCIAL_CARE else "health",
            "instances": drawing.one((1, 1, 5, 30)),
        }
        if drawing.chance(0.9):
            organisation["population"] = drawing.random.randint(5, 400) * 1000
        drawing.organisations[f"organisation_{index}"] = organisation
        drawing.region_of[f"organisation_{index}"] = index % drawing.regions


def _draw_systems(drawing: Drawing, count: int) -> None:
    organisations = list(drawing.organisations)
    for keeper, hub in zip(organisations, drawing.hubs, strict=False):
        shared = _system(drawing, keeper, "shared_record")
        drawing.systems[hub] = shared | {"lifecycle": "live", "processor_for": "all"}
    for index in range(count - drawing.regions):
        organisation, name = organisations[index % len(organisations)], f"system_{index}"
        main = MAIN_KINDS[drawing.organisations[organisation]["type"]]
        kind = drawing.weighted(OTHER_KINDS) if organisation in drawing.main else main
        drawing.systems[name] = _system(drawing, organisation, kind)
        drawing.main.setdefault(organisation, name)
    drawing.inside = [[] for _ in drawing.hubs]
    for name in drawing.systems:
        drawing.inside[drawing.region(name)].append(name)


def _system(drawing: Drawing, organisation: str, kind: str) -> Declared:
    local = kind != "shared_record" and drawing.chance(0.02)
    return {
        "organisation": organisation,
        "kind": kind,
        "lifecycle": drawing.weighted({"live": 94, "end_of_support": 5, "retired": 1}),
        "identity_domains": ["local"] if local else ["nhs_number", "local"],
    }


def _draw_holdings(drawing: Drawing) -> None:
    """What the systems of record hold, copies elsewhere, and a few systems that may be off."""
    for kind, categories in WRITTEN_BY.items():
        for category in categories:
            for organisation in drawing.some(_writers(drawing, kind, category), MAX_SOURCES):
                main = drawing.systems[drawing.main[organisation]]
                main.setdefault("holds", {})[category] = _holding(drawing)
    for name in drawing.some(list(drawing.systems), len(drawing.systems) // 5):
        copies = drawing.systems[name].setdefault("holds", {})
        for category in drawing.some(CATEGORIES, 2):
            copies.setdefault(category, {"form": "document", "history": "2 y"})
    holders = [name for name in drawing.main.values() if "holds" in drawing.systems[name]]
    for name in drawing.some(holders, len(drawing.systems) // 2500):
        drawing.systems[name]["lifecycle"] = "unknown"


def _writers(drawing: Drawing, kind: str, category: str) -> list[str]:
    kinds = (kind, ALSO_WRITTEN_BY.get(category))
    return [name for name in drawing.main if drawing.organisations[name]["type"] in kinds]


def _holding(drawing: Drawing) -> Declared:
    holding: dict[str, Any] = {
        "form": drawing.weighted({"coded": 5, "structured": 3, "text": 1, "document": 1}),
        "authoritative": True,
        "history": drawing.one(("1 y", "5 y", "20 y")),
    }
    if drawing.chance(0.3):
        holding["written_up_in"] = drawing.one(("10 min", "1 h", "4 h", "1 d"))
    if drawing.chance(0.15):
        holding["completeness"] = drawing.one((0.7, 0.9, 0.9, "unknown"))
    if drawing.chance(0.01):
        del holding["form"]
    return holding


def _draw_stakeholders(drawing: Drawing, count: int) -> None:
    own: dict[str, list[str]] = {}
    for name, system in drawing.systems.items():
        if name not in drawing.hubs:
            own.setdefault(system["organisation"], []).append(name)
    organisations = list(drawing.organisations)
    for index in range(count):
        organisation = organisations[index % len(organisations)]
        used: list[Any] = [*drawing.some(own.get(organisation, []), drawing.one((1, 2, 2)))]
        if drawing.chance(0.3):
            hub = drawing.hubs[drawing.region_of[organisation]]
            used.append({"system": hub, "reach": drawing.one((0.8, 0.95, "9 of 10"))})
        drawing.stakeholders[f"person_{index}"] = {"organisation": organisation, "uses": used}
