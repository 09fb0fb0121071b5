"""Maps in the shapes that STU3, R4 and R5 give them, and what they do to codes."""

import json
from typing import Any

import pytest

from sharedcare.fhir.harmonise.concept_maps import Conversion, Maps, read_concept_map
from sharedcare.reading import Source
from tests.fhir.harmonise.sending import (
    DMD,
    ICD_10,
    SNOMED_CT,
    Json,
    compared,
    concept,
    condition,
)

ASTHMA, DIABETES = "195967001", "44054006"


def target(**said: Any) -> Json:
    return {"code": "J45", "target": [{"code": ASTHMA, **said}]}


def read(*elements: Json, **group: Any) -> Maps:
    one = {"source": ICD_10, "target": SNOMED_CT, "element": list(elements), **group}
    made = {"resourceType": "ConceptMap", "group": [one]}
    return read_concept_map(Source("map.json", json.dumps(made).encode()))


def converted(maps: Maps) -> tuple[int, int, int]:
    """Of 3 records with J45 and 5 with E11: same meaning, with loss, without a target."""
    found = maps.convert([("J45", 3), ("E11", 5)], ICD_10, SNOMED_CT)
    assert isinstance(found, Conversion)
    return found.equivalent, found.with_loss, found.unmapped


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"equivalence": "equivalent"}, (3, 0, 5)),
        ({"relationship": "equivalent"}, (3, 0, 5)),
        ({}, (3, 0, 5)),
        ({"relationship": "source-is-narrower-than-target"}, (0, 3, 5)),
        ({"equivalence": "unmatched"}, (0, 0, 8)),
        ({"relationship": "not-related-to"}, (0, 0, 8)),
        ({"equivalence": "equivalent", "dependsOn": [{"property": "a", "value": "b"}]}, (0, 3, 5)),
    ],
)
def test_a_target_means_the_same_where_the_map_says_so_without_a_condition(
    said: Json, expected: tuple[int, int, int]
) -> None:
    assert converted(read(target(**said))) == expected


@pytest.mark.parametrize(
    ("unmapped", "expected"),
    [
        ({"mode": "provided"}, (8, 0, 0)),
        ({"mode": "use-source-code"}, (8, 0, 0)),
        ({"mode": "fixed", "code": "404684003"}, (3, 5, 0)),
        ({"mode": "other-map", "url": "https://example.org/map"}, (3, 0, 5)),
    ],
)
def test_codes_that_are_not_listed_become_what_the_map_says(
    unmapped: Json, expected: tuple[int, int, int]
) -> None:
    assert converted(read(target(equivalence="equal"), unmapped=unmapped)) == expected


def test_a_code_that_is_listed_without_a_target_has_none_whatever_becomes_of_others() -> None:
    maps = read(target(), {"code": "E11", "noMap": True}, unmapped={"mode": "provided"})
    assert converted(maps) == (3, 0, 5)
    assert not maps.has(ICD_10, "E11", SNOMED_CT)
    assert maps.has(ICD_10, "I10", SNOMED_CT)


def test_a_table_may_call_code_systems_by_their_names() -> None:
    table = (
        "source_code_system,source_code,target_code_system,target_code,relationship\n"
        f"ICD-10,J45,snomed ct,{ASTHMA},equivalent\n"
    )
    assert converted(read_concept_map(Source("map.csv", table.encode()))) == (3, 0, 5)


def test_a_map_that_has_nothing_to_do_is_told() -> None:
    sent = {
        "hospital": [condition(concept(ICD_10, "J45"), n) for n in range(9)],
        "practice": [condition(concept(SNOMED_CT, ASTHMA), n) for n in range(9)],
    }
    assert compared(sent, read(target())).idle_maps == ()
    assert compared(sent, read(target(), source=DMD)).idle_maps == ((DMD, SNOMED_CT),)


def test_a_target_that_stands_twice_is_one() -> None:
    target = {"code": "195967001", "equivalence": "equivalent"}
    element = {"code": "J45", "target": [target, target]}
    group = {"source": ICD_10, "target": SNOMED_CT, "element": [element]}
    text = json.dumps({"resourceType": "ConceptMap", "group": [group]}).encode()
    made = read_concept_map(Source("map.json", text)).convert([("J45", 5)], ICD_10, SNOMED_CT)
    assert made is not None
    assert (made.equivalent, made.with_loss, made.collapsed) == (5, 0, 0)
