"""Settling one unknown of a landscape, so that a test can see that knowing more never widens."""

import random
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from tests.oracle.values import FORMS, UNKNOWN

Opening = tuple[Any, Any, tuple[Any, ...]]
"""A map or list of the profile, a key that is unknown there, and what could stand under it."""

TIMES = ("1 min", "1 h", "2 d")
HISTORIES = ("1 w", "12 mo", "5 y")
SHARES = (0, 0.5, 1)
ANSWERS: dict[str, tuple[Any, ...]] = {
    "access": ("yes", "no"),
    "article_6": ("e", "none"),
    "article_9": ("h", "none"),
    "authoritative": (True, False),
    "capacity": ("1/week", "35/week", "100/week"),
    "completeness": SHARES,
    "confidentiality": ("implied_consent", "none"),
    "delay": TIMES,
    "form": FORMS,
    "from": ("2026-10-31", "2026-11-01", "2026-11-02"),
    "history": HISTORIES,
    "interval": TIMES,
    "lawful_basis": ("none", {"article_6": "e", "article_9": "h", "confidentiality": "consent"}),
    "lifecycle": ("live", "end_of_support", "planned", "retired"),
    "match_rate": SHARES,
    "reach": SHARES,
    "rekeyed": (True, False),
    "until": ("2026-10-31", "2026-11-01", "2026-11-02"),
    "wait": TIMES,
    "written_up_in": TIMES,
}
UNSETTLED_MAPS = ("systems", "flows", "stakeholders", "agreements")


def settle_one(profile: dict[str, Any], rng: random.Random) -> dict[str, Any] | None:
    """A copy in which one unknown or interval has a plain value; None if there is none left."""
    copy = deepcopy(profile)
    found = list(openings(copy))
    if not found:
        return None
    entry, key, values = rng.choice(found)
    entry[key] = deepcopy(rng.choice(values))
    return copy


def openings(profile: dict[str, Any]) -> Iterator[Opening]:
    """Every unknown of a profile: written, an interval, or left out where that is unknown."""
    for name in UNSETTLED_MAPS:
        for entry in profile.get(name, {}).values():
            statuses = ("signed", "draft") if name == "agreements" else ("live", "planned")
            yield from _written(entry, statuses)
    for flow in profile["flows"].values():
        receiver = profile["systems"].get(flow["to"], {"kind": "person"})
        yield from _left_out_of_flow(flow, receiver["kind"] in {"paper", "person"})
        yield from _left_out(flow["carries"], ("form",))
    for system in profile["systems"].values():
        yield from _left_out(system.get("holds", {}), ("form", "history"))
    for agreement in profile.get("agreements", {}).values():
        if "lawful_basis" not in agreement:
            yield agreement, "lawful_basis", ANSWERS["lawful_basis"]


def _written(entry: Any, statuses: tuple[str, ...]) -> Iterator[Opening]:
    """What says `unknown` or is an interval, at any depth."""
    items: Iterable[tuple[Any, Any]] = (
        entry.items() if isinstance(entry, dict) else enumerate(entry)
    )
    for key, value in items:
        if value == UNKNOWN:
            yield entry, key, statuses if key == "status" else ANSWERS.get(key, FORMS)
        elif isinstance(value, dict) and "likely" in value:
            yield entry, key, tuple(value.values())
        elif isinstance(value, dict | list):
            yield from _written(value, statuses)


def _left_out_of_flow(flow: dict[str, Any], into_human_place: bool) -> Iterator[Opening]:
    """Times and a history that are unknown if not said, and a re-keying by hand."""
    by_hand = flow["mode"] == "manual" or flow["mechanism"] in {"phone", "fax", "email", "post"}
    asks = flow["mode"] in {"pull", "view"}
    fields = ["wait"] if asks else ["delay"]
    if flow["mode"] == "batch":
        fields.append("interval")
    if asks or flow["mode"] == "batch":
        fields.append("history")
    if by_hand and not into_human_place:
        fields.append("rekeyed")
    for field in fields:
        if field not in flow:
            yield flow, field, ANSWERS[field]


def _left_out(entries: dict[str, Any], fields: tuple[str, ...]) -> Iterator[Opening]:
    """A form, or a history, that an entry of `holds` or `carries` does not say."""
    for entry in entries.values():
        if isinstance(entry, dict):
            for field in fields:
                if field not in entry:
                    yield entry, field, ANSWERS[field]
