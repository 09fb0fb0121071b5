"""Random small landscapes in which every rule of the written page can come to decide a need."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.agreement_draws import random_agreements
from tests.oracle.draws import AS_OF, Draw, without_gaps
from tests.oracle.flow_draws import random_flows
from tests.oracle.need_draws import CATEGORIES, random_needs
from tests.oracle.values import UNKNOWN

TYPES = ("acute", "primary_care", "local_authority", "community", "care_home")
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
KINDS_AMONG_PEOPLE = {"epr": 2, "shared_record": 1, "paper": 3, "person": 3}
ADDED_CATEGORIES = {
    "medications.repeat.weekly_pack": "What goes into the weekly pack",
    "medications.on_discharge.first_evening": "What to take on the first evening",
    "problems.at_home": "Problems seen at home",
}
FORMS_HELD = {"coded": 6, "structured": 3, "profiled": 2, "text": 1, "document": 1, "verbal": 1}
HISTORIES = ("1 w", "30 d", "12 mo", "1 y", "5 y")
WRITTEN_UP = ("1 min", "15 min", "30 min", "1 h", "2 h")
POPULATIONS = (1000, 30000, 50000, 200000)
JURISDICTIONS: dict[str | None, int] = {
    "england": 5,
    "scotland": 2,
    "wales": 2,
    "northern_ireland": 2,
    "eu": 5,
    "other": 2,
    None: 1,
}
SUPPLIERS = ("Acme", None, "Umbra", "Acme", "none")
DOMAINS: tuple[list[str], ...] = (["nhs_number"], ["nhs_number", "local"], ["local", "nhs_number"])

Declared = dict[str, Any]


def random_landscape(rng: random.Random) -> Declared:
    """A profile as a dict: 2–5 organisations, 2–7 systems, 3–12 flows, 1–3 needs."""
    draw = Draw(rng)
    focus = [draw.weighted(CATEGORIES) for _ in range(draw.one((1, 1, 2)))]
    organisations = _organisations(draw)
    systems = _systems(draw, organisations, focus)
    stakeholders = _stakeholders(draw, list(organisations), list(systems))
    needs = random_needs(draw, organisations, systems, stakeholders, focus)
    agreements = random_agreements(draw, organisations, needs)
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
        likely = 0.2 if draw.is_about("sources") else 0.03
        named_for_type = types[0] not in organisations and draw.chance(likely)
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
    return draw.quantity(draw.one(POPULATIONS), POPULATIONS, "unknown_share")


def _systems(draw: Draw, organisations: Mapping[str, Any], focus: Sequence[str]) -> Declared:
    """2–7 systems, the first of which holds something; paper and persons may be nobody's."""
    systems: Declared = {}
    holding = 0.6 if draw.is_about("sources", "reach") else 0.4
    for index in range(draw.one((2, 3, 3, 4, 4, 5, 6, 7))):
        kind = draw.weighted(KINDS_AMONG_PEOPLE if draw.is_about("people", "wait") else KINDS)
        nobodys = kind in {"paper", "person"} and draw.chance(0.2)
        systems[f"system_{index}"] = without_gaps(
            {
                "name": f"System {index}",
                "organisation": None if nobodys else draw.one(list(organisations)),
                "kind": kind,
                "supplier": SUPPLIERS[index % len(SUPPLIERS)],
                "lifecycle": _lifecycle(draw),
                "identity_domains": _domains(draw),
                "processor_for": _processor_for(draw, kind, organisations),
                "holds": _holds(draw, focus) if index == 0 or draw.chance(holding) else None,
            }
        )
    return systems


def _lifecycle(draw: Draw) -> str | None:
    if draw.slips("unknown_live") or (draw.is_about("sources") and draw.chance(0.1)):
        return UNKNOWN
    if draw.slips("live") or (draw.is_about("sources") and draw.chance(0.1)):
        return draw.one(("planned", "retired"))
    return draw.weighted({None: 7, "live": 2, "end_of_support": 1})


def _domains(draw: Draw) -> list[str] | None:
    if draw.slips("identity"):
        return ["local"]
    return list(draw.one(DOMAINS)) if draw.chance(0.5) else None


def _processor_for(draw: Draw, kind: str, organisations: Mapping[str, Any]) -> Any:
    """Whom a system processes for: more often shared systems than an organisation's own."""
    shared = kind in {"shared_record", "portal", "integration_engine"}
    own = 0.5 if draw.is_about("processors") else 0.05
    if not draw.chance(0.5 if shared else own):
        return None
    types = sorted({declared["type"] for declared in organisations.values()})
    some = draw.some(list(organisations), 1, 2)
    return draw.one(("all", some, some, draw.some(types, 1, 1), draw.some(types, 1, 2)))


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
    if draw.chance(0.08):
        return {draw.weighted(FORMS_HELD): categories}
    return {category: _holding(draw) for category in categories}


def _holding(draw: Draw) -> Any:
    form = None if draw.slips("unsaid_form") else draw.weighted(FORMS_HELD)
    if form is not None and draw.chance(0.05):
        return form
    return without_gaps(
        {
            "form": UNKNOWN if draw.slips("unknown_form") else form,
            "authoritative": _authoritative(draw),
            "history": _history(draw),
            "completeness": draw.share(),
            "written_up_in": draw.quantity(draw.one(WRITTEN_UP), WRITTEN_UP, "unknown_time")
            if draw.chance(0.3)
            else None,
        }
    )


def _authoritative(draw: Draw) -> Any:
    if draw.slips("unknown_sources"):
        return UNKNOWN
    return draw.one((True, False)) if draw.chance(0.3) else None


def _history(draw: Draw) -> Any:
    if draw.slips("unsaid_history"):
        return None
    value = draw.one(HISTORIES[:2]) if draw.slips("history") else draw.one(HISTORIES[2:])
    return draw.quantity(value, HISTORIES, "unknown_history")


def _stakeholders(draw: Draw, organisations: Sequence[str], systems: Sequence[str]) -> Declared:
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
        return {"system": system, "access": draw.one(("no", "no", UNKNOWN))}
    access = "yes" if draw.chance(0.15) else None
    reach = draw.share()
    if reach is None and access is None and draw.chance(0.8):
        return system
    return without_gaps({"system": system, "reach": reach, "access": access})
