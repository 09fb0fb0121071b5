"""A profile in which some unknown facts have turned out well, or badly, written into it.

Facts are told as the way to them: a top-level map, an id there, and a key (``holds.X.form``).
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from tests.oracle.values import UNKNOWN
from tests.oracle.world import EVERYTHING, written_out

FactWay = tuple[str, str, str]
Answers = dict[str, tuple[Any, Any]]

LONG, AT_ONCE = "900 y", "0 s"
ANSWERS: Answers = {
    "access": ("no", "yes"),
    "authoritative": (False, True),
    "basis": ("audit", "direct_care"),
    "capacity": ("1/year", "1000000/day"),
    "completeness": (0, 1),
    "delay": (LONG, AT_ONCE),
    "form": ("verbal", "profiled"),
    "history": ("1 s", LONG),
    "interval": (LONG, AT_ONCE),
    "lifecycle": ("retired", "live"),
    "match_rate": (0, 1),
    "reach": (0, 1),
    "rekeyed": (True, False),
    "wait": (LONG, AT_ONCE),
    "written_up_in": (LONG, AT_ONCE),
}
"""What stands for the worst and for the best that each key can turn out to be."""

BETTER_SHORT = ("delay", "interval", "wait", "written_up_in")
STATUS = {"flows": ("planned", "live"), "agreements": ("none", "signed")}
SLOTS = {"article_6": "e", "article_9": "h", "confidentiality": "consent"}
PURPOSES = ["direct_care", "safeguarding", "commissioning", "population_health"]
PURPOSES += ["planning", "research", "audit"]


def answered(profile: dict[str, Any], facts: Iterable[FactWay], good: bool) -> dict[str, Any]:
    """A copy of a profile in which every one of some facts has turned out one way."""
    copy = deepcopy(profile)
    for kind, entry_id, key in facts:
        if key == "recorded":
            _record(copy, entry_id.split("+"), good)
        else:
            _answer(copy[kind][entry_id], kind, key, good)
    return copy


def _record(profile: dict[str, Any], parties: list[str], good: bool) -> None:
    """An agreement that names both parties: it covers everything, or is a draft."""
    profile.setdefault("agreements", {})[f"found_{'_'.join(parties)}"] = {
        "parties": parties,
        "categories": "all",
        "purposes": PURPOSES,
        "status": "signed" if good else "draft",
        "lawful_basis": dict(SLOTS),
    }


def _answer(entry: dict[str, Any], kind: str, key: str, good: bool) -> None:
    first, *rest = key.split(".")
    if first == "status":
        entry["status"] = STATUS[kind][good]
    elif first == "valid":
        _settle_period(entry["valid"], good)
    elif first == "lawful_basis":
        said = entry.get("lawful_basis")
        entry["lawful_basis"] = said if isinstance(said, dict) else {}
        entry["lawful_basis"][rest[0]] = SLOTS[rest[0]] if good else "none"
    elif first == "uses":
        _settle_use(entry, ".".join(rest[:-1]), rest[-1], good)
    elif first == "carries":
        _settle(_opened(entry, "carries", ".".join(rest)), "form", good)
    elif first == "holds":
        _settle(_opened(entry, "holds", ".".join(rest[:-1])), rest[-1], good)
    else:
        _settle(entry, key, good)


def _opened(entry: dict[str, Any], field: str, category: str) -> dict[str, Any]:
    """One entry of `holds` or `carries` as a map that can be changed."""
    entries = {key: dict(said) for key, said in written_out(entry[field]).items()}
    everything = {"as_held": "all"} if entries.pop(EVERYTHING, None) else {}
    entry[field] = entries | everything
    return entries[category]


def _settle(entry: dict[str, Any], key: str, good: bool) -> None:
    """An interval becomes its better or worse end, an unknown what is best or worst."""
    said = entry.get(key, UNKNOWN)
    if isinstance(said, dict):
        entry[key] = said["low" if good is (key in BETTER_SHORT) else "high"]
    else:
        entry[key] = ANSWERS[key][good]


def _settle_period(period: dict[str, Any], good: bool) -> None:
    """An end that is not known is open, or shuts the day out."""
    ends = {"from": "2026-11-02", "until": "2026-10-31"}
    unknown = [end for end in ends if period.get(end) == UNKNOWN]
    for end in unknown:
        del period[end]
    if not good:
        period[unknown[0]] = ends[unknown[0]]


def _settle_use(entry: dict[str, Any], system: str, key: str, good: bool) -> None:
    entry["uses"] = [{"system": use} if isinstance(use, str) else use for use in entry["uses"]]
    for use in entry["uses"]:
        if use["system"] == system:
            _settle(use, key, good)
