"""Random small landscapes in which every rule of the written page can come to decide a need."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.draws import AS_OF, Draw, without_gaps
from tests.oracle.flow_draws import random_flows
from tests.oracle.values import UNKNOWN

TYPES = ("acute", "primary_care", "local_authority", "community", "care_home")
PURPOSES = ("direct_care", "safeguarding", "commissioning", "research", "audit")
KINDS = {
    "epr": 3,
    "gp_system": 3,
    "social_care_system": 3,
    "shared_record": 3,
    "portal": 2,
    "integration_engine": 2,
    "paper": 2,
    "person": 1,
}
ADDED_CATEGORIES = {
    "medications.repeat.weekly_pack": "What goes into the weekly pack",
    "medications.on_discharge.first_evening": "What to take on the first evening",
    "problems.at_home": "Problems seen at home",
}
CATEGORIES = {
    "medications": 3,
    "medications.repeat": 4,
    "medications.on_discharge": 4,
    "medications.repeat.weekly_pack": 2,
    "medications.on_discharge.first_evening": 2,
    "problems": 2,
    "problems.at_home": 2,
    "allergies": 1,
}
FORMS_HELD = {"coded": 6, "structured": 3, "profiled": 2, "text": 1, "document": 1, "verbal": 1}
FORMS_WANTED = {None: 5, "verbal": 1, "document": 3, "text": 1, "structured": 3, "coded": 2}
HISTORIES = ("1 w", "30 d", "12 mo", "1 y", "5 y")
LOOKBACKS = ("1 w", "30 d", "360 d", "12 mo")
WRITTEN_UP = ("1 min", "15 min", "30 min", "1 h", "2 h")
SHARES = (0.25, 0.5, "20 of 30", 0.9, "11 of 12", 0.95)
POPULATIONS = (1000, 30000, 50000, 200000)
JURISDICTIONS = {
    "england": 7,
    "scotland": 1,
    "wales": 1,
    "northern_ireland": 1,
    "eu": 3,
    "other": 2,
    None: 1,
}
DOMAINS: tuple[list[str], ...] = (["nhs_number"], ["nhs_number", "local"], ["local", "nhs_number"])
COVERAGES = {None: 4, 0.25: 1, 0.5: 3, "20 of 30": 1, 0.9: 3, "11 of 12": 1, 1: 1}
RESPECTS = ("parties", "signed", "lawful", "scope", "period")

Declared = dict[str, Any]


def random_landscape(rng: random.Random) -> Declared:
    """A profile as a dict: 2–5 organisations, 2–7 systems, 3–12 flows, 1–3 needs."""
    draw = Draw(rng)
    focus = [draw.weighted(CATEGORIES) for _ in range(draw.one((1, 1, 2)))]
    organisations = _organisations(draw)
    systems = _systems(draw, list(organisations), organisations, focus)
    stakeholders = _stakeholders(draw, list(organisations), list(systems))
    needs = _needs(draw, organisations, systems, stakeholders, focus)
    agreements = _agreements(draw, organisations, needs)
    profile = {
        "meta": _meta(draw),
        "data_categories": {each: {"name": name} for each, name in ADDED_CATEGORIES.items()},
        "organisations": organisations,
        "systems": systems,
        "stakeholders": stakeholders,
        "flows": random_flows(draw, systems, stakeholders, needs, agreements),
        "needs": needs,
    }
    return profile | ({"agreements": agreements} if agreements else {})


def _meta(draw: Draw) -> Declared:
    return without_gaps(
        {
            "title": "A random landscape",
            "as_of": AS_OF,
            "jurisdiction": draw.weighted(JURISDICTIONS),
        }
    )


def _organisations(draw: Draw) -> Declared:
    """2–5 organisations of 1–3 types; now and then one whose id is another's type."""
    types = draw.some(TYPES, 1, 3)
    populated = draw.one((0.0, 0.0, 0.8, 1.0))
    organisations: Declared = {}
    for index in range(draw.one((2, 2, 3, 3, 4, 5))):
        kind = types[index] if index < len(types) else draw.one(types)
        named_for_type = draw.chance(0.04) and types[0] not in organisations
        organisations[types[0] if named_for_type else f"partner_{index}"] = without_gaps(
            {
                "name": f"Partner {index}",
                "type": kind,
                "sector": "social_care" if kind == "local_authority" else "health",
                "instances": draw.one((2, 5, 30)) if draw.chance(0.35) else None,
                "population": _population(draw) if draw.chance(populated) else None,
            }
        )
    return organisations


def _population(draw: Draw) -> Any:
    return draw.quantity(draw.one(POPULATIONS), POPULATIONS)


def _systems(
    draw: Draw, organisations: Sequence[str], declared: Mapping[str, Any], focus: Sequence[str]
) -> Declared:
    """2–7 systems, the first of which holds something; paper and persons may be nobody's."""
    systems: Declared = {}
    for index in range(draw.one((2, 3, 3, 4, 4, 5, 6, 7))):
        kind = draw.weighted(KINDS)
        nobodys = kind in {"paper", "person"} and draw.chance(0.25)
        systems[f"system_{index}"] = without_gaps(
            {
                "name": f"System {index}",
                "organisation": None if nobodys else draw.one(organisations),
                "kind": kind,
                "lifecycle": _lifecycle(draw),
                "identity_domains": _domains(draw),
                "processor_for": _processor_for(draw, kind, organisations, declared),
                "holds": _holds(draw, focus) if index == 0 or draw.chance(0.4) else None,
            }
        )
    return systems


def _lifecycle(draw: Draw) -> str | None:
    if draw.slips("unknown"):
        return UNKNOWN
    if draw.slips("live"):
        return draw.one(("planned", "retired"))
    return draw.weighted({None: 7, "live": 2, "end_of_support": 1})


def _domains(draw: Draw) -> list[str] | None:
    if draw.slips("identity"):
        return ["local"]
    return list(draw.one(DOMAINS)) if draw.chance(0.5) else None


def _processor_for(
    draw: Draw, kind: str, organisations: Sequence[str], declared: Mapping[str, Any]
) -> Any:
    """Whom a system processes for: more often shared systems than an organisation's own."""
    shared = kind in {"shared_record", "portal", "integration_engine"}
    if not draw.chance(0.5 if shared else 0.06):
        return None
    types = sorted({declared[each]["type"] for each in organisations})
    return draw.one(("all", draw.some(organisations, 1, 2), draw.some(types, 1, 1)))


def _holds(draw: Draw, focus: Sequence[str]) -> Declared:
    """Holdings around what the needs are about: the same, above, below, beside."""
    categories: list[str] = []
    for category in focus:
        if not draw.chance(0.12):
            categories.append(category)
        if "." in category and draw.chance(0.3):
            categories.append(category.rpartition(".")[0])
    if draw.chance(0.3):
        categories.append(draw.weighted(CATEGORIES))
    categories = sorted(set(categories)) or [draw.weighted(CATEGORIES)]
    if draw.chance(0.2):
        return {draw.weighted(FORMS_HELD): categories}
    return {category: _holding(draw) for category in categories}


def _holding(draw: Draw) -> Any:
    form = None if draw.slips("unsaid") else draw.weighted(FORMS_HELD)
    if form is not None and draw.chance(0.1):
        return form
    return without_gaps(
        {
            "form": UNKNOWN if draw.slips("unknown") else form,
            "authoritative": _authoritative(draw),
            "history": _history(draw),
            "completeness": _share(draw),
            "written_up_in": draw.quantity(draw.one(WRITTEN_UP), WRITTEN_UP)
            if draw.chance(0.2)
            else None,
        }
    )


def _share(draw: Draw) -> Any:
    if draw.slips("reach"):
        return draw.quantity(draw.one(SHARES), SHARES)
    return draw.quantity(draw.one(SHARES[3:]), SHARES) if draw.chance(0.08) else None


def _authoritative(draw: Draw) -> Any:
    if draw.slips("unknown"):
        return UNKNOWN
    return draw.one((True, False)) if draw.chance(0.3) else None


def _history(draw: Draw) -> Any:
    if draw.slips("unsaid"):
        return None
    value = draw.one(HISTORIES[:2]) if draw.slips("history") else draw.one(HISTORIES[2:])
    return draw.quantity(value, HISTORIES)


def _stakeholders(
    draw: Draw, organisations: Sequence[str], systems: Sequence[str]
) -> Declared:
    """2–4 stakeholders, the last of no organisation."""
    stakeholders: Declared = {}
    count = draw.one((2, 2, 3, 4))
    for index in range(count):
        used = draw.some(systems, 0 if index else 1, 2)
        stakeholders[f"person_{index}"] = without_gaps(
            {
                "name": f"Person {index}",
                "organisation": draw.one(organisations) if index + 1 < count else None,
                "uses": [_use(draw, system) for system in used] or None,
            }
        )
    return stakeholders


def _use(draw: Draw, system: str) -> Any:
    if draw.slips("access"):
        return {"system": system, "access": "no"}
    if draw.slips("unknown"):
        return {"system": system, "access": UNKNOWN}
    reach = _share(draw)
    access = "yes" if draw.chance(0.15) else None
    if reach is None and access is None and draw.chance(0.8):
        return system
    return without_gaps({"system": system, "reach": reach, "access": access})


def _needs(
    draw: Draw,
    organisations: Mapping[str, Any],
    systems: Mapping[str, Any],
    stakeholders: Mapping[str, Any],
    focus: Sequence[str],
) -> Declared:
    """1–3 needs of one or two items."""
    needs: Declared = {}
    for index in range(draw.one((1, 2, 2, 3))):
        stakeholder = draw.one(list(stakeholders))
        needs[f"need_{index}"] = without_gaps(
            {
                "stakeholder": stakeholder,
                "objective": "the right thing in time",
                "content": _content(draw, organisations, focus),
                "quantity": _quantity(draw),
                "use": draw.weighted({"view": 5, "ingest": 2, "alert": 2}),
                "purpose": draw.weighted({"direct_care": 8, "safeguarding": 1, "research": 1}),
                "at": _at(draw, list(systems), stakeholders[stakeholder]),
                "weight": draw.one((1, 2, 5)),
            }
            | _limits(draw)
        )
    return needs


def _content(
    draw: Draw, organisations: Mapping[str, Any], focus: Sequence[str]
) -> list[Declared]:
    items = [_item(draw, organisations, focus) for _ in range(draw.one((1, 1, 2)))]
    if len(items) > 1 and draw.chance(0.2):
        items[draw.one((0, 1))]["required"] = False
    return items


def _item(draw: Draw, organisations: Mapping[str, Any], focus: Sequence[str]) -> Declared:
    astray = draw.weighted(CATEGORIES) if draw.slips("carry") else None
    return without_gaps(
        {
            "category": astray or draw.one(focus),
            "from": _from(draw, organisations) if draw.slips("sources") else None,
            "sources": draw.one(("any", "any", "each")) if draw.chance(0.4) else None,
            "min_form": draw.weighted(FORMS_WANTED),
            "lookback": draw.one(LOOKBACKS) if draw.chance(0.4) else None,
            "required": True if draw.chance(0.1) else None,
        }
    )


def _from(draw: Draw, organisations: Mapping[str, Any]) -> list[str]:
    types = sorted({declared["type"] for declared in organisations.values()})
    return draw.some(draw.one((sorted(organisations), types)), 1, 2)


def _quantity(draw: Draw) -> Declared | None:
    events = draw.one(("10/week", "35/week", "40/week")) if draw.chance(0.5) else None
    return without_gaps({"events": events, "coverage": draw.weighted(COVERAGES)}) or None


def _limits(draw: Draw) -> Declared:
    tight = draw.slips("time")
    return {
        "max_age": draw.one(("30 min", "1 h", "2 h") if tight else ("1 d", "4 d", "1 w", None)),
        "max_wait": draw.one(("1 s", "10 s", "20 s") if tight else ("1 min", "2 h", None)),
        "max_rekeys": draw.weighted({None: 4, 0: 3, 1: 2}),
    }


def _at(draw: Draw, systems: Sequence[str], stakeholder: Mapping[str, Any]) -> str | None:
    """One of the systems that the stakeholder uses, or by a slip any."""
    used = [each if isinstance(each, str) else each["system"] for each in
            stakeholder.get("uses", [])]
    if draw.slips("access"):
        return draw.one(systems)
    return draw.one(used) if used and draw.chance(0.1) else None


def _agreements(
    draw: Draw, organisations: Mapping[str, Any], needs: Mapping[str, Any]
) -> Declared:
    """0–4 agreements, of which the first means to cover everything that is needed."""
    count = draw.weighted({0: 1, 1: 6, 2: 4, 3: 2, 4: 1})
    return {
        f"agreement_{index}": _agreement(draw, organisations, needs, index == 0)
        for index in range(count)
    }


def _agreement(
    draw: Draw, organisations: Mapping[str, Any], needs: Mapping[str, Any], main: bool
) -> Declared:
    """One agreement; a further one is wrong in one respect, or is not."""
    wrong = None if main else draw.one((*RESPECTS, None))
    types = sorted({declared["type"] for declared in organisations.values()})
    everyone = draw.one(("all", list(organisations), types))
    limited = wrong == "parties" or draw.slips("parties")
    return without_gaps(
        {
            "parties": draw.some(draw.one((list(organisations), types)), 1, 2)
            if limited
            else everyone,
            "categories": _agreed_categories(draw, needs, wrong == "scope"),
            "purposes": _agreed_purposes(draw, needs, wrong == "scope"),
            "status": _agreement_status(draw, wrong == "signed"),
            "valid": {"until": "2026-10-31"} if wrong == "period" else draw.period("signed"),
            "lawful_basis": _lawful_basis(draw, wrong == "lawful"),
        }
    )


def _agreed_categories(draw: Draw, needs: Mapping[str, Any], wrong: bool) -> Any:
    if wrong or draw.slips("scope"):
        return draw.some(list(CATEGORIES), 1, 2)
    wanted = {item["category"] for need in needs.values() for item in need["content"]}
    above = {each.partition(".")[0] for each in wanted}
    return draw.one(("all", sorted(wanted), sorted(above)))


def _agreed_purposes(draw: Draw, needs: Mapping[str, Any], wrong: bool) -> list[str]:
    if wrong or draw.slips("scope"):
        return draw.some(PURPOSES, 1, 2)
    return sorted({need["purpose"] for need in needs.values()} | {"direct_care"})


def _agreement_status(draw: Draw, wrong: bool) -> str:
    if draw.slips("unknown"):
        return UNKNOWN
    return draw.one(("draft", "none")) if wrong or draw.slips("signed") else "signed"


def _lawful_basis(draw: Draw, wrong: bool) -> Any:
    """All three slots, or one left out, `none` or `unknown`, or the whole so."""
    slots = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}
    if not wrong and not draw.slips("lawful"):
        return slots
    if draw.chance(0.3):
        return draw.one(("none", "none", UNKNOWN, None))
    slot = draw.one(list(slots))
    kept = {name: value for name, value in slots.items() if name != slot}
    return draw.one((kept, kept | {slot: "none"}, kept | {slot: "none"}, kept | {slot: UNKNOWN}))
