"""Random needs around a focus of one or two categories."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.draws import Draw, without_gaps

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
FORMS_WANTED: dict[str | None, int] = {
    None: 5,
    "verbal": 1,
    "document": 3,
    "text": 1,
    "structured": 3,
    "coded": 2,
}
LOOKBACKS = ("1 w", "30 d", "360 d", "12 mo")
USES = {"view": 5, "ingest": 2, "alert": 2}
USES_AMONG_PEOPLE = {"view": 2, "ingest": 3, "alert": 3}
PURPOSES = {"direct_care": 8, "safeguarding": 1, "research": 1}
PURPOSES_UNDER_LAW = {"direct_care": 3, "safeguarding": 1, "research": 1}
COVERAGES: dict[Any, int] = {None: 4, 0.25: 1, 0.5: 3, "20 of 30": 1, 0.9: 3, "11 of 12": 1, 1: 1}

Declared = dict[str, Any]


def random_needs(
    draw: Draw,
    organisations: Mapping[str, Any],
    systems: Mapping[str, Any],
    stakeholders: Mapping[str, Any],
    focus: Sequence[str],
) -> Declared:
    """1–3 needs of one or two items."""
    needs: Declared = {}
    for index in range(draw.one((1, 2, 2, 3))):
        nobodys = draw.is_about("processors") and draw.chance(0.5)
        stakeholder = list(stakeholders)[-1] if nobodys else draw.one(list(stakeholders))
        needs[f"need_{index}"] = without_gaps(
            {
                "stakeholder": stakeholder,
                "objective": "the right thing in time",
                "content": _content(draw, organisations, focus),
                "quantity": _quantity(draw),
                "use": draw.weighted(USES_AMONG_PEOPLE if draw.is_about("people") else USES),
                "purpose": _purpose(draw),
                "at": _at(draw, list(systems), used_by(stakeholders[stakeholder])),
                "weight": draw.one((1, 2, 5)),
            }
            | _limits(draw)
        )
    return needs


def used_by(stakeholder: Mapping[str, Any]) -> list[str]:
    """The systems that a stakeholder uses, with access or without."""
    used = stakeholder.get("uses", [])
    return [each if isinstance(each, str) else each["system"] for each in used]


def _purpose(draw: Draw) -> str:
    under_law = draw.is_about("agreed", "signed", "lawful", "processors")
    return draw.weighted(PURPOSES_UNDER_LAW if under_law else PURPOSES)


def _content(draw: Draw, organisations: Mapping[str, Any], focus: Sequence[str]) -> list[Declared]:
    items = [_item(draw, organisations, focus) for _ in range(draw.one((1, 1, 2)))]
    if len(items) > 1 and draw.chance(0.2):
        items[draw.one((0, 1))]["required"] = False
    return items


def _item(draw: Draw, organisations: Mapping[str, Any], focus: Sequence[str]) -> Declared:
    astray = draw.weighted(CATEGORIES) if draw.slips("carry") else None
    looks_back = 0.9 if draw.is_about("history") else 0.35
    return without_gaps(
        {
            "category": astray or draw.one(focus),
            "from": _from(draw, organisations) if draw.slips("sources") else None,
            "sources": draw.one(("any", "any", "each")) if draw.chance(0.4) else None,
            "min_form": draw.weighted(FORMS_WANTED),
            "lookback": draw.one(LOOKBACKS) if draw.chance(looks_back) else None,
            "required": True if draw.chance(0.1) else None,
        }
    )


def _from(draw: Draw, organisations: Mapping[str, Any]) -> list[str]:
    """Organisations by id, by type, or both."""
    types = sorted({declared["type"] for declared in organisations.values()})
    return draw.some(draw.one((sorted(organisations), types)), 1, 2)


def _quantity(draw: Draw) -> Declared | None:
    likely = 1.0 if draw.is_about("capacity") else 0.4
    events = draw.one(("10/week", "35/week", "40/week")) if draw.chance(likely) else None
    return without_gaps({"events": events, "coverage": draw.weighted(COVERAGES)}) or None


def _limits(draw: Draw) -> Declared:
    """Loose limits, or by a slip tight ones; some are not said."""
    tight_age, tight_wait = draw.slips("age"), draw.is_about("wait") and draw.chance(0.7)
    rekeys: dict[int | None, int] = {None: 4, 0: 3, 1: 2}
    if draw.is_about("hands"):
        rekeys = {0: 3, 1: 2}
    return {
        "max_age": draw.one(("30 min", "1 h", "2 h") if tight_age else ("1 d", "4 d", "1 w", None)),
        "max_wait": draw.one(
            ("10 s", "15 s", "20 s", "25 s") if tight_wait else ("1 min", "2 h", None)
        ),
        "max_rekeys": draw.weighted(rekeys),
    }


def _at(draw: Draw, systems: Sequence[str], used: Sequence[str]) -> str | None:
    """One of the systems that the stakeholder uses, or by a slip any."""
    if draw.slips("access"):
        return draw.one(systems)
    return draw.one(used) if used and draw.chance(0.1) else None
