"""Random flows: for each need a few routes that mean to serve it, then some that go astray."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from tests.oracle.draws import Draw, without_gaps
from tests.oracle.need_draws import CATEGORIES, used_by
from tests.oracle.values import UNKNOWN
from tests.oracle.world import covers, written_out

MOST_FLOWS = 12
FEWEST_FLOWS = 3
DELAYS = ("1 min", "15 min", "30 min", "1 h", "2 h", "1 d")
INTERVALS = ("1 h", "12 h", "1 d")
WAITS = ("1 s", "10 s", "15 s", "30 s", "2 min")
HISTORIES = ("1 w", "30 d", "12 mo", "1 y", "5 y")
RATES = ("10/week", "35/week", "5/day", "40/week", "50/week")
HOURS = {
    "Mon-Fri 09:00-17:00": 3,
    "Mon-Fri 08:00-18:30, Sat 10:00-12:00": 2,
    "07:00-22:00": 3,
    "22:00-06:00": 1,
    "Fri-Mon 20:00-02:00": 1,
    "Mon-Thu 06:00-18:00, 12:00-21:00": 1,
    "Mon-Sun 06:00-18:00, 18:00-06:00": 1,
}
MODES_BY_USE = {
    "view": {"push": 3, "view": 4, "pull": 3, "batch": 2, "manual": 2},
    "ingest": {"push": 4, "pull": 3, "batch": 3, "manual": 1},
    "alert": {"push": 5, "batch": 2, "manual": 3},
}
MODES_BY_THEME = {
    "wait": {"pull": 6, "view": 3, "manual": 2, "push": 1},
    "hands": {"manual": 5, "push": 2, "batch": 2},
    "people": {"view": 3, "push": 2, "manual": 2, "pull": 2},
    "history": {"batch": 4, "push": 3, "pull": 2, "view": 2, "manual": 1},
}
WAITS_SUMMED = ("5 s", "10 s", "15 s")
MODES = ("push", "pull", "view", "batch", "manual")
MECHANISMS = {
    "push": ("fhir_rest", "hl7v2", "mesh", "email"),
    "pull": ("fhir_rest", "ihe_xds"),
    "view": ("in_context_launch", "separate_login"),
    "batch": ("file", "document_feed", "post"),
    "manual": ("phone", "fax", "email", "post", "carried_by_person", "carried_by_person"),
}
HAND_MECHANISMS = ("phone", "fax", "email", "post")
FORMS_CARRIED = {"coded": 6, "structured": 3, "profiled": 1, "text": 1, "document": 2}

Declared = dict[str, Any]
Leg = tuple[str, str]


def random_flows(
    draw: Draw,
    systems: Mapping[str, Any],
    stakeholders: Mapping[str, Any],
    needs: Mapping[str, Any],
    agreements: Mapping[str, Any],
) -> Declared:
    """3–12 flows."""
    places = [*systems, *stakeholders]
    flows: list[Declared] = []
    for need in needs.values():
        for category in sorted({item["category"] for item in need["content"]}):
            for leg in _routes(draw, systems, stakeholders, need, category):
                flows.append(_flow(draw, leg, need, stakeholders, agreements))
    count = max(FEWEST_FLOWS, len(flows) + draw.one((0, 1, 2)))
    while len(flows) < count:
        sender, receiver = draw.rng.sample(places, k=2)
        need = needs[draw.one(list(needs))]
        flows.append(_flow(draw, (sender, receiver), need, stakeholders, agreements))
    return {f"flow_{index}": flow for index, flow in enumerate(flows[:MOST_FLOWS])}


def _routes(
    draw: Draw,
    systems: Mapping[str, Any],
    stakeholders: Mapping[str, Any],
    need: Mapping[str, Any],
    category: str,
) -> list[Leg]:
    """The legs of a route from one or two holders to where the need is looked for."""
    holders = [system for system in systems if _holds(systems[system], category)]
    legs: list[Leg] = []
    for holder in draw.some(holders, 1, 2):
        through = _between(draw, list(systems), list(stakeholders))
        route = [holder, *through, _goal(draw, stakeholders, need)]
        legs.extend(
            (sender, receiver)
            for sender, receiver in pairwise(route)
            if sender != receiver and (sender, receiver) not in legs
        )
    return legs


def _between(draw: Draw, systems: list[str], stakeholders: list[str]) -> list[str]:
    """The places that a route means to pass: none, one or two, most often systems."""
    if draw.is_about("people"):
        return draw.some([*systems, *stakeholders, *stakeholders], 1, 2)
    if draw.is_about("wait"):
        return draw.some([*systems, *stakeholders], 1, 2)
    most = 0 if draw.is_about("hands") else draw.one((0, 1, 1, 2))
    return draw.some([*systems, *systems, *stakeholders], 0, most)


def _holds(system: Mapping[str, Any], category: str) -> bool:
    return any(covers(entry, category) for entry in written_out(system.get("holds", {})))


def _goal(draw: Draw, stakeholders: Mapping[str, Any], need: Mapping[str, Any]) -> str:
    """The stakeholder, or more often a system that they use."""
    stakeholder: str = need["stakeholder"]
    used = used_by(stakeholders[stakeholder])
    return draw.one(used) if used and draw.chance(0.75) else stakeholder


def _mode(draw: Draw, use: str) -> str:
    """A mode that would serve the use, or by a slip any."""
    if draw.slips("mode"):
        return draw.one(MODES)
    themed = [theme for theme in MODES_BY_THEME if draw.is_about(theme)]
    return draw.weighted(MODES_BY_THEME[themed[0]] if themed else MODES_BY_USE[use])


def _flow(
    draw: Draw,
    leg: Leg,
    need: Mapping[str, Any],
    stakeholders: Mapping[str, Any],
    agreements: Mapping[str, Any],
) -> Declared:
    """One flow that means to serve a need."""
    sender, receiver = leg
    mode = _mode(draw, need["use"])
    mechanism = draw.one(MECHANISMS[mode])
    by_hand = mode == "manual" or mechanism in HAND_MECHANISMS
    return without_gaps(
        {
            "from": sender,
            "to": receiver,
            "mechanism": mechanism,
            "mode": mode,
            "carries": _carries(draw, need),
            "history": _history(draw, mode),
            "hours": draw.weighted(HOURS) if draw.chance(0.06) else None,
            "rekeyed": _rekeyed(draw, by_hand and receiver not in stakeholders),
            "reach": draw.share(),
            "match_rate": draw.share(),
            "capacity": _capacity(draw),
            "identity_domain": draw.one(("nhs_number", "nhs_number", "local"))
            if draw.chance(0.5 if draw.is_about("identity") else 0.08)
            else None,
            "basis": _basis(draw, sender in stakeholders),
            "agreements": _listed(draw, list(agreements)),
            "status": _status(draw),
            "valid": draw.period("live", "unknown_live"),
        }
        | _times(draw, mode)
    )


def _carries(draw: Draw, need: Mapping[str, Any]) -> Declared:
    """What is needed, or an ancestor of it, or by a slip what is below or beside it."""
    if draw.chance(0.1):
        return {"as_held": "all"}
    categories = [_carried(draw, item["category"]) for item in need["content"]]
    if draw.chance(0.2):
        categories.append(draw.one(list(CATEGORIES)))
    categories = sorted(set(categories))
    if draw.chance(0.3):
        return {_form(draw): categories}
    return {category: _entry(draw) for category in categories}


def _carried(draw: Draw, category: str) -> str:
    if draw.slips("carry"):
        return draw.one([each for each in CATEGORIES if not covers(each, category)])
    return category if draw.chance(0.6) else category.partition(".")[0]


def _entry(draw: Draw) -> Any:
    if draw.slips("unsaid_form"):
        return {}
    form = UNKNOWN if draw.slips("unknown_form") else _form(draw)
    return {"form": form} if draw.chance(0.3) else form


def _form(draw: Draw) -> str:
    if draw.slips("form"):
        return draw.one(("verbal", "document"))
    return draw.weighted(FORMS_CARRIED)


def _times(draw: Draw, mode: str) -> Declared:
    """Delay, interval or wait, as the mode has them; now and then not said."""
    waits = WAITS_SUMMED if draw.is_about("wait") else WAITS
    scales = {"delay": DELAYS, "interval": INTERVALS, "wait": waits}
    fields = {"batch": ("delay", "interval"), "pull": ("wait",), "view": ("wait",)}
    return {
        field: draw.quantity(draw.one(scales[field]), scales[field], "unknown_time")
        for field in fields.get(mode, ("delay",))
        if not draw.slips("unsaid_time")
    }


def _history(draw: Draw, mode: str) -> Any:
    """Always declared where it is tested, unless that slips; else seldom."""
    seldom = mode in {"push", "manual"} and not draw.chance(
        0.6 if draw.is_about("history") else 0.25
    )
    if seldom or draw.slips("unsaid_history"):
        return None
    value = draw.one(HISTORIES[:2]) if draw.slips("history") else draw.one(HISTORIES[2:])
    return draw.quantity(value, HISTORIES, "unknown_history")


def _rekeyed(draw: Draw, expected: bool) -> Any:
    """Said where a hand must have typed, unless that slips."""
    if draw.slips("unsaid_rekeyed") or not (expected or draw.chance(0.08)):
        return None
    unknown = draw.is_about("hands") and draw.chance(0.1)
    return UNKNOWN if unknown else draw.slips("rekey") or draw.chance(0.1)


def _capacity(draw: Draw) -> Any:
    """A rate, low by a slip, in the theme sometimes unknown; seldom said otherwise."""
    if draw.is_about("capacity") and draw.chance(0.1):
        return UNKNOWN
    if draw.slips("capacity"):
        return draw.quantity(draw.one(RATES[:3]), RATES, "unknown_share")
    if draw.chance(0.2):
        return draw.quantity(draw.one(RATES[3:]), RATES, "unknown_share")
    return None


def _basis(draw: Draw, among_people: bool) -> str | None:
    """`direct_care`, more often where a person passes it on."""
    likely = 0.3 if among_people or draw.is_about("agreed", "signed") else 0.06
    return "direct_care" if draw.chance(likely) else None


def _listed(draw: Draw, agreements: Sequence[str]) -> list[str] | None:
    if draw.slips("parties"):
        return draw.some(agreements, 0, 1)
    likely = 0.3 if draw.is_about("agreed") else 0.1
    return draw.some(agreements, 1, 3) if agreements and draw.chance(likely) else None


def _status(draw: Draw) -> str | None:
    if draw.slips("unknown_live"):
        return UNKNOWN
    if draw.slips("live"):
        return draw.one(("planned", "retired"))
    return draw.weighted({None: 6, "live": 2, "pilot": 1})
