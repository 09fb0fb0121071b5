"""What is measured does the same work: both implementations agree. Nothing here is timed."""

from benchmarks.hub_landscape import MAX_SOURCES, hub_landscape
from benchmarks.hub_words import CATEGORIES
from benchmarks.plain_networkx import PlainJudge
from sharedcare.flows import judge
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
