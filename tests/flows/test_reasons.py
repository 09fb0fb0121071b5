"""Reasons are conditions that, given way, let something arrive; and no fewer would."""

import copy
import random
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import pytest

from sharedcare.flows import ItemVerdict, judge
from sharedcare.flows.sources import SourceFinder
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Reason, Verdict
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]

#: Reasons that can be given way to by leaving something out of the need.
OF_LIMITS = {
    Reason.AGE: "max_age",
    Reason.WAIT: "max_wait",
    Reason.REKEY: "max_rekeys",
    Reason.FORM: "min_form",
    Reason.HISTORY: "lookback",
    Reason.CAPACITY: "events",
}

EVERYTHING = {
    "parties": "all",
    "categories": "all",
    "purposes": ["direct_care", "safeguarding", "commissioning", "research"],
    "status": "signed",
    "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"},
}


def of_one_source(seeds: Iterable[int]) -> Iterator[tuple[Raw, str, int, ItemVerdict]]:
    """Random items of one certain source of which nothing arrives, with what is said of them."""
    for seed in seeds:
        raw = random_landscape(random.Random(seed))
        landscape = landscape_of(raw)
        finder = SourceFinder(landscape)
        for need in judge(landscape).needs:
            for position, item in enumerate(need.items):
                facts = finder.deciding_facts(landscape.needs[need.need].content[position])
                if len(item.sources) == 1 and not facts and not item.coverage.high:
                    yield raw, need.need, position, item


def without(raw: Raw, need: str, position: int, reasons: Iterable[Reason]) -> Raw:
    """A profile in which a need no longer has the limits that some reasons name."""
    changed = copy.deepcopy(raw)
    wanted = changed["needs"][need]
    for reason in reasons:
        for said in (wanted, wanted["content"][position], wanted.get("quantity", {})):
            said.pop(OF_LIMITS[reason], None)
    return changed


def arrives(raw: Raw, need: str, position: int) -> bool:
    """Whether anything of an item arrives, at best."""
    found = {found.need: found for found in judge(landscape_of(raw), explain=False).needs}
    return found[need].items[position].coverage.high > 0


def test_letting_go_of_the_limits_that_are_named_lets_something_arrive_and_no_fewer_do() -> None:
    held = 0
    for raw, need, position, item in of_one_source(range(700)):
        if not set(item.reasons) <= OF_LIMITS.keys():
            continue
        held += 1
        assert arrives(without(raw, need, position, item.reasons), need, position)
        for fewer in combinations(item.reasons, len(item.reasons) - 1):
            assert not arrives(without(raw, need, position, fewer), need, position)
    assert held > 50


def test_where_the_lack_of_an_agreement_is_the_reason_an_agreement_lets_something_arrive() -> None:
    held = 0
    for raw, need, position, item in of_one_source(range(700)):
        if item.reasons != (Reason.NO_AGREEMENT,):
            continue
        held += 1
        signed = copy.deepcopy(raw)
        signed.setdefault("agreements", {})["everything"] = EVERYTHING
        for flow in signed["flows"].values():
            flow.pop("agreements", None)
        assert arrives(signed, need, position)
    assert held > 10


def partners(**systems: Raw) -> Raw:
    """Partners of one type that hold allergies; a nurse of the first views what feeds their hub."""
    holds = {"coded": ["allergies"]}
    raw: Raw = {
        "meta": {"as_of": "2026-11-01"},
        "organisations": {key: {"type": "acute"} for key in ("north", "south", "west")},
        "systems": {
            key: {"organisation": key.partition("_")[0], "holds": holds, **said}
            for key, said in systems.items()
        },
        "stakeholders": {"nurse": {"organisation": "north", "uses": ["north_record"]}},
        "flows": {},
        "needs": {
            "allergies": {"stakeholder": "nurse", "content": "allergies", "purpose": "direct_care"}
        },
    }
    return raw


def feed(from_: str, **said: Any) -> Raw:
    """A push of allergies into the nurse's record."""
    pushed = {"mode": "push", "delay": "1 min", "carries": {"coded": ["allergies"]}}
    return {"from": from_, "to": "north_record", "basis": "direct_care", **pushed, **said}


def test_a_system_on_the_way_is_named_where_nobody_knows_whether_it_is_live() -> None:
    raw = partners(
        north_record={}, south_old={}, south_new={"lifecycle": "unknown"}, west_record={}
    )
    raw["flows"]["inside"] = feed("south_old", to="south_new")
    raw["flows"]["feed"] = feed("south_new")
    (need,) = judge(landscape_of(raw)).needs
    assert need.verdict is Verdict.PARTLY_MET
    assert need.items[0].reasons == (Reason.NO_ROUTE, Reason.NOT_LIVE)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"status": "planned"}, Reason.NOT_LIVE),
        ({"reach": 0}, Reason.REACH),
        ({"carries": {"coded": ["vaccinations"]}}, Reason.NO_CARRY),
    ],
)
def test_what_is_wrong_with_the_only_flow_is_the_reason(said: Raw, reason: Reason) -> None:
    raw = partners(north_record={}, south_record={})
    raw["flows"]["feed"] = feed("south_record", **said)
    (need,) = judge(landscape_of(raw)).needs
    assert need.items[0].reasons == (reason,)


def test_a_kind_that_nobody_carries_is_named_only_where_no_other_single_kind_would_do() -> None:
    raw = partners(north_record={}, south_record={})
    raw["flows"]["feed"] = feed("south_record", status="planned")
    raw["flows"]["other"] = feed("south_record", carries={"coded": ["vaccinations"]})
    (need,) = judge(landscape_of(raw)).needs
    assert need.items[0].reasons == (Reason.NOT_LIVE,)
