"""Random agreements: one that means to cover all that is needed, others that lack something."""

from collections.abc import Mapping
from typing import Any

from tests.oracle.draws import Draw, without_gaps
from tests.oracle.need_draws import CATEGORIES
from tests.oracle.values import UNKNOWN

PURPOSES = ("direct_care", "safeguarding", "commissioning", "research", "audit")
RESPECTS = ("parties", "signed", "lawful", "scope", "period")
SLOTS = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}

Declared = dict[str, Any]


def random_agreements(
    draw: Draw, organisations: Mapping[str, Any], needs: Mapping[str, Any]
) -> Declared:
    """0–4 agreements."""
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
    return without_gaps(
        {
            "parties": _parties(draw, organisations, wrong == "parties"),
            "categories": _categories(draw, needs, wrong == "scope"),
            "purposes": _purposes(draw, needs, wrong == "scope"),
            "status": _status(draw, wrong == "signed"),
            "valid": {"until": "2026-10-31"}
            if wrong == "period"
            else draw.period("signed", "unknown_law"),
            "lawful_basis": _lawful_basis(draw, wrong == "lawful"),
        }
    )


def _parties(draw: Draw, organisations: Mapping[str, Any], wrong: bool) -> Any:
    """All, in one of three ways of saying it, or one or two."""
    types = sorted({declared["type"] for declared in organisations.values()})
    if wrong or draw.slips("parties"):
        return draw.some(draw.one((list(organisations), types)), 1, 2)
    return draw.one(("all", list(organisations), types))


def _categories(draw: Draw, needs: Mapping[str, Any], wrong: bool) -> Any:
    if wrong or draw.slips("scope"):
        return draw.some(list(CATEGORIES), 1, 2)
    wanted = {item["category"] for need in needs.values() for item in need["content"]}
    above = {each.partition(".")[0] for each in wanted}
    return draw.one(("all", sorted(wanted), sorted(above)))


def _purposes(draw: Draw, needs: Mapping[str, Any], wrong: bool) -> list[str]:
    if wrong or draw.slips("scope"):
        return draw.some(PURPOSES, 1, 2)
    return sorted({need["purpose"] for need in needs.values()} | {"direct_care"})


def _status(draw: Draw, wrong: bool) -> str:
    if draw.slips("unknown_law"):
        return UNKNOWN
    left_to_processors = draw.is_about("processors") and draw.chance(0.6)
    if wrong or left_to_processors or draw.slips("signed"):
        return draw.one(("draft", "none"))
    return "signed"


def _lawful_basis(draw: Draw, wrong: bool) -> Any:
    """All three slots, or one left out, `none` or `unknown`, or the whole so."""
    common = draw.is_about("lawful") and draw.chance(0.6)
    if not (wrong or common or draw.slips("lawful")):
        return dict(SLOTS)
    if draw.chance(0.25):
        return draw.one(("none", UNKNOWN, None))
    slot = draw.one(list(SLOTS))
    kept = {name: value for name, value in SLOTS.items() if name != slot}
    return draw.one((kept, kept | {slot: "none"}, kept | {slot: UNKNOWN}))
