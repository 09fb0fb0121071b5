"""The built-in activities: eight of each kind, joined on both sides; a profile takes them over."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sharedcare.dimensions import DIMENSIONS
from sharedcare.experience import experience
from sharedcare.landscape import Landscape, build, what_if
from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.landscape.data_categories import built_in
from sharedcare.landscape.repertoire import REPERTOIRE, Archetype, repertoire
from sharedcare.landscape.schema import profile_schema
from sharedcare.loading import check_profile_text
from tests.builders import AS_OF, landscape

PAGE = Path(__file__).parents[2] / "docs" / "experience.md"


def activities(**entries: Any) -> Landscape:
    return landscape(activities=entries)


def messages(**entries: Any) -> list[str]:
    meta = {"as_of": AS_OF, "jurisdiction": "england"}
    return [fault.message for fault in build({"meta": meta, "activities": entries}).faults]


def test_there_are_eight_of_each_kind() -> None:
    kinds = Counter((activity.actor, activity.stage) for activity in REPERTOIRE)
    assert set(kinds.values()) == {8}
    assert len(kinds) == 4
    assert len(repertoire()) == len(REPERTOIRE) == 32
    assert len({activity.name for activity in REPERTOIRE}) == 32


def test_every_one_names_only_what_there_is() -> None:
    dimensions = {dimension.id for dimension in DIMENSIONS}
    for activity in REPERTOIRE:
        assert set(activity.supports) <= set(repertoire()), activity.id
        assert set(activity.categories) <= set(built_in()), activity.id
        assert set(activity.dimensions) <= dimensions, activity.id
        assert set(activity.gives_apart) <= set(activity.gives), activity.id
        assert activity.proxy


def test_backstage_ones_support_and_front_ones_are_felt_and_none_stands_alone() -> None:
    for activity in REPERTOIRE:
        is_front = activity.stage is Stage.FRONT
        assert bool(activity.gives) is is_front, activity.id
        assert bool(activity.supports) is not is_front, activity.id
    chains = experience(activities(built_in="integrated"))
    assert chains.unsupported == chains.unseen == chains.felt_by_nobody == ()


def test_an_integrated_service_surely_gives_every_attribute_and_another_gives_none() -> None:
    def sure(archetype: Archetype) -> set[Attribute]:
        return {
            attribute
            for activity in REPERTOIRE
            for attribute, strength in activity.links(archetype).items()
            if strength is LinkStrength.DEFINITE
        }

    assert sure(Archetype.INTEGRATED) == set(Attribute)
    assert sure(Archetype.NOT_INTEGRATED) == set()


def test_no_link_is_stronger_where_care_is_not_joined_up() -> None:
    order = list(LinkStrength)
    for activity in REPERTOIRE:
        together, apart = (activity.links(archetype) for archetype in Archetype)
        assert all(order.index(apart[key]) >= order.index(together[key]) for key in together)


@pytest.mark.parametrize("archetype", Archetype)
def test_one_word_takes_all_and_every_link_says_that_the_catalogue_says_so(
    archetype: Archetype,
) -> None:
    taken = activities(built_in=archetype.value).activities
    assert list(taken) == list(repertoire())
    said = {
        link.said_by for one in taken.values() for links in one.links.values() for link in links
    }
    assert said == {"catalogue"}
    link = taken["start_from_known"].links[Attribute.ACCESS][0]
    assert link.strength is repertoire()["start_from_known"].links(archetype)[Attribute.ACCESS]


def test_an_entry_takes_one_and_what_it_says_itself_wins() -> None:
    entry = {"built_in": "read_before", "name": "Reading first", "categories": ["allergies"]}
    taken = activities(mine=entry).activities["mine"]
    assert (taken.name, taken.categories) == ("Reading first", ("allergies",))
    assert taken.description == repertoire()["read_before"].description
    assert taken.supports == ()


def test_an_entry_that_names_its_needs_takes_no_categories_along() -> None:
    entry = {"built_in": "read_before", "needs": []}
    assert activities(mine=entry).activities["mine"].categories == ()


def test_what_a_built_in_activity_supports_is_whatever_took_that_over() -> None:
    taken = activities(mine={"built_in": "read_before"}, first={"built_in": "start_from_known"})
    assert taken.activities["mine"].supports == ("first",)
    both = activities(built_in="integrated", first={"built_in": "start_from_known"}).activities
    assert "start_from_known" not in both
    assert both["read_before"].supports[0] == "first"


def test_an_own_entry_under_the_id_of_a_built_in_one_stands_in_its_place() -> None:
    own = {"actor": "volunteer", "stage": "front"}
    taken = activities(built_in="integrated", named_contact=own).activities
    assert len(taken) == 32
    assert (taken["named_contact"].actor, taken["named_contact"].links) == ("volunteer", {})


def test_without_the_word_nothing_is_taken_over() -> None:
    own = {"actor": "provider", "stage": "front"}
    assert activities(named_contact=own).activities["named_contact"].categories == ()


def test_a_slip_of_a_built_in_activity_is_one_fault_with_a_hint() -> None:
    (message,) = messages(mine={"built_in": "start_from_knwn"})
    assert message == (
        "activities.mine.built_in: there is no built-in activity start_from_knwn "
        "(did you mean start_from_known?)"
    )
    (message,) = messages(built_in="integratd")
    assert message.endswith("built-in activities are taken as integrated or not_integrated")


def test_a_fault_of_an_entry_that_takes_one_over_has_its_place() -> None:
    meta = "meta: {as_of: 2026-11-01, jurisdiction: england}\n"
    text = f"{meta}activities:\n  mine: {{built_in: nothing}}\n"
    (fault,) = check_profile_text(text, "p.yaml").faults
    assert (fault.place.line, fault.place.column) == (3, 20)


def test_what_an_activity_supports_and_what_people_speak_of_must_be_there() -> None:
    (message,) = messages(mine={"actor": "provider", "stage": "back", "supports": ["nowhere"]})
    assert message.startswith("activities.mine.supports[0]: no entry of activities has the id")
    maps = {"meta": {"as_of": AS_OF, "jurisdiction": "england"},
            "experience": {"said": {"activity": "nowhere"}}}  # fmt: skip
    assert [fault.code for fault in build(maps).faults] == ["UNKNOWN_ID"]


def test_a_change_may_add_a_built_in_activity_and_patch_one() -> None:
    plan = {
        "adds": {"activities": {"new": {"built_in": "named_contact"}}},
        "patches": {"activities": {"mine": {"proxy": "calls"}}},
    }
    region = landscape(activities={"mine": {"built_in": "ask_colleagues"}}, changes={"one": plan})
    changed = what_if(region, "one").activities
    assert changed["new"].name == repertoire()["named_contact"].name
    assert changed["mine"].proxy == "calls"


def test_an_activity_that_is_removed_is_no_longer_supported() -> None:
    entries = {
        "mine": {"actor": "provider", "stage": "back", "supports": ["gone", "kept"]},
        "gone": {"actor": "provider", "stage": "front"},
        "kept": {"actor": "provider", "stage": "front"},
    }
    region = landscape(activities=entries, changes={"one": {"removes": {"activities": ["gone"]}}})
    assert what_if(region, "one").activities["mine"].supports == ("kept",)


def test_the_page_names_every_built_in_activity() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {key: name.strip() for key, name in rows}
    assert {key: told.get(key) for key in repertoire()} == {
        key: activity.name for key, activity in repertoire().items()
    }


def test_editors_are_told_of_the_word_and_of_the_key() -> None:
    meta = {"as_of": AS_OF, "jurisdiction": "england"}
    entries = {"built_in": "integrated", "mine": {"built_in": "read_before", "name": "Reading"}}
    jsonschema.validate({"meta": meta, "activities": entries}, profile_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"meta": meta, "activities": {"built_in": "both"}}, profile_schema())
