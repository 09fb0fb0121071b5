"""What is measured does the same work: both implementations agree. Nothing here is timed."""

import json

from benchmarks.deleting import DELETING
from benchmarks.hub_landscape import MAX_SOURCES, hub_landscape
from benchmarks.hub_words import CATEGORIES
from benchmarks.plain_networkx import PlainJudge
from benchmarks.stress import sampled, supplied
from sharedcare.flows import judge
from sharedcare.flows.losses.resilience import LossKind, stress
from sharedcare.landscape import landscape_of


def test_the_plain_implementation_agrees_on_a_small_landscape() -> None:
    landscape = landscape_of(hub_landscape(60))
    plain = PlainJudge(landscape)
    for need in judge(landscape, explain=False).needs:
        assert plain.verdict(need.need) is need.verdict, need.need


def test_the_same_size_and_seed_give_the_same_profile() -> None:
    assert hub_landscape(60, seed=3) == hub_landscape(60, seed=3)
    assert hub_landscape(60, seed=3) != hub_landscape(60, seed=4)


def test_no_category_has_more_sources_than_it_says() -> None:
    raw = hub_landscape(400)
    assert len(CATEGORIES) == 40
    sources: dict[str, set[str]] = {}
    for system in raw["systems"].values():
        for category in system.get("holds", {}):
            sources.setdefault(category, set()).add(system["organisation"])
    assert max(map(len, sources.values())) <= MAX_SOURCES


def test_losing_by_deleting_agrees_on_a_small_landscape() -> None:
    raw = supplied(60)
    found = stress(landscape_of(raw))
    assert {loss.kind for loss in found.losses} == set(LossKind)
    for loss in sampled(found):
        left = judge(landscape_of(DELETING[loss.kind.value](raw, set(loss.ids))), explain=False)
        after = {**found.whole, **{change.need: change.after for change in loss.changes}}
        assert after == {need.need: (need.low, need.high, need.proven) for need in left.needs}


def test_every_implementation_of_the_validation_benchmark_judges_the_lines() -> None:
    from benchmarks.validation import measured, written

    line = json.dumps({"resourceType": "Patient", "active": True}).encode()
    found = list(measured("Patients", [line] * 4, repeat=1))
    assert {"orjson parse", "sharedcare", "fhir.resources R4B"} <= {one.name for one in found}
    assert "Patients" in written(found)


def test_the_harmonisation_benchmark_measures_what_it_is_given() -> None:
    from benchmarks.harmonisation import measured, synthetic, written

    found = measured("synthetic", synthetic(), repeat=1)
    assert found.lines == 11_900
    assert "synthetic" in written([found])
