"""The needs of a drawn landscape, and the agreements that some of them lack."""

from benchmarks.hub_drawing import Declared, Drawing
from benchmarks.hub_words import CATEGORIES, WRITTEN_BY

_LAWFUL = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}


def draw_needs(drawing: Drawing, count: int) -> Declared:
    """Draw needs of one to three items, with limits from none to hard."""
    people = list(drawing.stakeholders)
    return {f"need_{index}": _need(drawing, drawing.one(people)) for index in range(count)}


def _need(drawing: Drawing, person: str) -> Declared:
    wanted = drawing.some(CATEGORIES, drawing.weighted({1: 5, 2: 3, 3: 2}))
    content = [_item(drawing, category, drawing.region(person)) for category in wanted]
    need: Declared = {
        "stakeholder": person,
        "content": content,
        "quantity": {"coverage": drawing.one((0.05, 0.3, 0.6, 0.9, 1))},
        "use": drawing.weighted({"view": 13, "ingest": 4, "alert": 3}),
        "purpose": drawing.weighted({"direct_care": 17, "safeguarding": 2, "research": 1}),
        "weight": drawing.one((1, 2, 5)),
        "safety_critical": drawing.chance(0.1),
    }
    if drawing.chance(0.3):
        need["quantity"]["events"] = drawing.one(("10/week", "40/week", "200/week"))
    return need | _limits(drawing)


def _limits(drawing: Drawing) -> Declared:
    limits = {
        "max_age": drawing.one((None, None, "2 h", "1 d", "2 d", "1 w")),
        "max_wait": drawing.one((None, None, "8 s", "30 s", "5 min")),
        "max_rekeys": drawing.one((None, None, 0, 1)),
    }
    return {key: limit for key, limit in limits.items() if limit is not None}


def _item(drawing: Drawing, category: str, region: int) -> Declared:
    item: Declared = {"category": category}
    if drawing.chance(0.3):
        item["from"] = _partners(drawing, category, region)
    if drawing.chance(0.3):
        item["sources"] = "any"
    if drawing.chance(0.6):
        item["min_form"] = drawing.one(("document", "document", "text", "structured", "coded"))
    if drawing.chance(0.4):
        item["lookback"] = drawing.one(("7 d", "30 d", "12 mo", "3 y"))
    return item


def _partners(drawing: Drawing, category: str, region: int) -> list[str]:
    """A few partners of the own region that write this, or any where there are none."""
    kind = next(kind for kind, written in WRITTEN_BY.items() if category in written)
    of_type = [key for key, found in drawing.organisations.items() if found["type"] == kind]
    near = [key for key in of_type if drawing.region_of[key] == region]
    return sorted(drawing.some(near or of_type, drawing.random.randint(1, 3)))


def draw_agreements(drawing: Drawing) -> Declared:
    """One for each region, one for each two neighbours, and two for all; some are not in force."""
    agreements = {
        "emergency": _agreement(drawing, ["acute", "primary_care", "ambulance", "pharmacy"])
        | {"categories": ["allergies", "medications", "problems"], "status": "signed"},
        "research": _agreement(drawing, ["all"]) | {"purposes": ["research"], "status": "draft"},
    }
    for region in range(drawing.regions):
        here = _of_region(drawing, region)
        agreements[f"region_{region}"] = _agreement(drawing, here)
        there = _of_region(drawing, (region + 1) % drawing.regions)
        agreements[f"neighbours_{region}"] = _agreement(drawing, sorted({*here, *there}))
    return agreements


def _of_region(drawing: Drawing, region: int) -> list[str]:
    return [key for key, found in drawing.region_of.items() if found == region]


def _agreement(drawing: Drawing, parties: list[str]) -> Declared:
    basis: Declared = dict(_LAWFUL)
    if drawing.chance(0.1):
        del basis["confidentiality"]
    return {
        "parties": parties,
        "categories": "all",
        "purposes": drawing.one((["direct_care"], ["direct_care", "safeguarding"])),
        "status": drawing.weighted({"signed": 9, "draft": 1}),
        "valid": {"until": drawing.weighted({"2027-03-31": 9, "2026-03-31": 1})},
        "lawful_basis": basis,
    }
