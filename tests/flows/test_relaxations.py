"""What would have to give way: against a brute force over every set, and on the worked example."""

import random
from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest

from sharedcare.flows import Judge
from sharedcare.flows.why.relaxations import Relaxations, relaxations
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import FAMILY_OF, Family, Reason
from tests.oracle.example import EXAMPLE
from tests.oracle.landscapes import random_landscape
from tests.oracle.relaxed import ALL, Relaxing

Raw = dict[str, Any]
Words = set[frozenset[str]]

#: Every set is tried of needs that no more families than this have to do with; of others some.
FAMILIES_OF_BRUTE_FORCE = 7


def edited(edits: Raw) -> Raw:
    """The worked example with values put at slash paths; None takes an entry away."""
    profile = deepcopy(EXAMPLE)
    for path, value in edits.items():
        *parents, last = path.split("/")
        into: Any = profile
        for parent in parents:
            into = into[int(parent) if isinstance(into, list) else parent]
        if value is None:
            del into[last]
        else:
            into[last] = value
    return profile


def found(raw: Raw, need_id: str) -> Relaxations:
    """The minimal sets for one need of a profile."""
    return relaxations(Judge(landscape_of(raw)), need_id)


def words(relaxed: Relaxations) -> Words:
    """The minimal sets by the families' words."""
    return {frozenset(family.value for family in families) for families in relaxed.sets}


def of_example(edits: Raw) -> list[str]:
    """The minimal sets of the worked example's need after some edits, in their order."""
    sets = found(edited(edits), "discharge_meds").sets
    return ["+".join(family.value for family in Family if family in each) for each in sets]


NEED = "needs/discharge_meds"
ITEM = f"{NEED}/content/0"
BY_PHONE = "form+time"


@pytest.mark.parametrize(
    ("edits", "sets"),
    [
        ({}, [""]),
        ({"agreements/shcr/status": "draft"}, ["law", BY_PHONE]),
        ({"agreements/shcr/valid": {"until": "2026-10-31"}}, ["law", BY_PHONE]),
        ({"agreements/shcr/purposes": ["planning"]}, ["law", BY_PHONE]),
        ({"flows/hub_asc/status": "planned"}, ["live", BY_PHONE]),
        ({"systems/hub/lifecycle": "retired"}, ["live", BY_PHONE]),
        ({"flows/hub_asc/history": "1 w"}, ["history", BY_PHONE]),
        ({"flows/hub_asc/capacity": "20/week"}, ["capacity", BY_PHONE]),
        ({"flows/hub_asc/carries": {"allergies": "document"}}, ["carry", BY_PHONE]),
        ({"flows/epr_hub/rekeyed": True}, ["rekey", BY_PHONE]),
        ({"systems/hub/identity_domains": ["local"]}, ["identity", BY_PHONE]),
        ({"flows/hub_asc/wait": "45 s"}, ["time"]),
        ({"flows/epr_hub/delay": "2 h"}, ["time"]),
        ({f"{ITEM}/min_form": "structured"}, ["form"]),
        ({f"{NEED}/quantity/coverage": 1}, ["reach", BY_PHONE]),
        ({f"{NEED}/use": "ingest"}, ["mode"]),
        ({f"{NEED}/use": "alert"}, ["mode", BY_PHONE]),
        ({"systems/epr/holds": {}}, ["source"]),
        ({f"{ITEM}/from": ["hospital", "practices"]}, ["source+time"]),
        ({"flows/hub_asc": None}, [BY_PHONE]),
        (
            {"flows/hub_asc/history": "1 w", "agreements/shcr/status": "draft"},
            [BY_PHONE, "history+law"],
        ),
        ({"flows/hub_asc": None, "flows/ward_call": None}, []),
    ],
)
def test_one_change_to_the_worked_example_gives_the_sets_that_undo_it(
    edits: Raw, sets: list[str]
) -> None:
    assert of_example(edits) == sets


def test_every_reason_but_the_want_of_a_flow_belongs_to_a_family_and_every_family_has_one() -> None:
    assert set(Reason) - FAMILY_OF.keys() == {Reason.NO_ROUTE}
    assert set(FAMILY_OF.values()) == set(Family)
    assert len({family.words for family in Family}) == len(Family)


def test_the_sets_equal_brute_force_over_all_sets_which_is_monotone() -> None:
    seen: dict[str, int] = {}
    for seed in range(60):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            relaxing = Relaxing(raw, need_id)
            if len(ALL) - len(relaxing.idle) > FAMILIES_OF_BRUTE_FORCE:
                continue
            enough = relaxing.sets_that_suffice()
            for families in enough:
                assert all(families | {family} in enough for family in ALL)
            relaxed = found(raw, need_id)
            assert words(relaxed) == relaxing.minimal_sets(), (seed, need_id)
            assert relaxed.complete
            assert relaxed.at_best is relaxing.at_best
            kind = "none" if not relaxed.sets else "met" if not relaxed.sets[0] else "some"
            seen[kind] = seen.get(kind, 0) + 1
    assert seen.keys() == {"none", "met", "some"}


def test_any_set_suffices_just_where_it_holds_one_of_the_sets_told() -> None:
    dice = random.Random(0)
    tried: list[bool] = []
    for seed in range(1_000, 1_060):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            told, relaxing = words(found(raw, need_id)), Relaxing(raw, need_id)
            if told == {frozenset()}:
                continue
            some = [frozenset(dice.sample(ALL, k=dice.randint(1, 11))) for _ in range(4)]
            for families in [*told, *some]:
                suffices = relaxing.suffices(families)
                assert suffices is any(each <= families for each in told), (seed, need_id)
                tried.append(suffices)
            for each in told:
                assert not any(relaxing.suffices(each - {family}) for family in each)
    assert tried.count(True) > 50
    assert tried.count(False) > 50


def test_an_item_that_is_not_required_asks_nothing_to_give_way() -> None:
    wanted = {"category": "medications.on_discharge", "min_form": "profiled", "required": False}
    content = [*EXAMPLE["needs"]["discharge_meds"]["content"], wanted]
    assert of_example({f"{NEED}/content": content}) == [""]


def test_an_undetermined_need_is_looked_at_as_it_is_at_worst() -> None:
    raw = edited({"flows/hub_asc/history": "unknown"})
    relaxed = found(raw, "discharge_meds")
    assert not relaxed.at_best
    assert words(relaxed) == {frozenset({"history"}), frozenset({"form", "time"})}


def test_where_too_much_decides_who_is_a_source_nothing_is_claimed() -> None:
    raw = edited({})
    for position in range(9):
        raw["systems"][f"epr_{position}"] = {**raw["systems"]["epr"], "lifecycle": "unknown"}
    assert found(raw, "discharge_meds") == Relaxations((), at_best=False, complete=False)


@pytest.mark.parametrize("most", [0, 10, 60])
def test_a_search_that_is_cut_short_says_so_and_tells_nothing_wrong(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    cut = 0
    module = import_module("sharedcare.flows.why.relaxations")
    for seed in range(20):
        raw = random_landscape(random.Random(seed))
        for need_id in raw["needs"]:
            whole = found(raw, need_id)
            with monkeypatch.context() as short:
                short.setattr(module, "MAX_WAYS_FOR_A_NEED", most)
                part = found(raw, need_id)
            assert set(part.sets) <= set(whole.sets)
            assert part.complete is False or part == whole
            cut += not part.complete
    assert cut
