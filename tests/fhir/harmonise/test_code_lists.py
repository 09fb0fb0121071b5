"""Lists of codes and maps that the user gives, as FHIR or as tables."""

import json

import pytest

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise import harmonisation
from sharedcare.fhir.harmonise.code_lists import CodeLists, read_code_list
from sharedcare.fhir.harmonise.concept_maps import read_concept_map
from sharedcare.reading import Source
from tests.fhir.harmonise.sending import (
    ICD_10,
    LOCAL,
    SNOMED_CT,
    Json,
    concept,
    concept_map,
    condition,
    counted,
    kinds,
)

CODES = {"A": "Asthma", "B": ""}

CODE_SYSTEM: Json = {
    "resourceType": "CodeSystem",
    "url": LOCAL,
    "content": "complete",
    "concept": [{"code": "A", "display": "Asthma", "concept": [{"code": "B"}]}],
}
LISTED: Json = {
    "resourceType": "ValueSet",
    "compose": {"include": [{"system": LOCAL, "concept": [
        {"code": "A", "display": "Asthma"}, {"code": "B"}]}]},
}  # fmt: skip
EXPANDED: Json = {
    "resourceType": "ValueSet",
    "compose": {"include": [{"system": LOCAL}]},
    "expansion": {"contains": [
        {"abstract": True, "code": "top", "system": LOCAL, "contains": [
            {"system": LOCAL, "code": "A", "display": "Asthma"}]},
        {"system": LOCAL, "code": "B"}]},
}  # fmt: skip
TABLE = f"Code System;Code;Label\n{LOCAL};A;Asthma\n{LOCAL};B;\n"


def listed(given: Json | str, name: str = "list") -> CodeLists:
    text = given if isinstance(given, str) else json.dumps(given)
    return read_code_list(Source(name, text.encode()))


@pytest.mark.parametrize("given", [CODE_SYSTEM, LISTED, EXPANDED, TABLE])
def test_a_list_is_a_code_system_a_value_set_or_a_table(given: Json | str) -> None:
    assert listed(given).by_code_system == {LOCAL: CODES}


@pytest.mark.parametrize(
    "given",
    [
        "{",
        "[]",
        "<ValueSet/>",
        "[" * 100_000,
        {"resourceType": "Patient"},
        {**CODE_SYSTEM, "content": "not-present"},
        {"resourceType": "ValueSet", "compose": {"include": [{"system": LOCAL}]}},
        {"resourceType": "ValueSet"},
    ],
)
def test_what_lists_no_codes_is_refused(given: Json | str) -> None:
    with pytest.raises(InputRefused) as refused:
        listed(given)
    assert [fault.code for fault in refused.value.faults] == ["NOT_A_CODE_LIST"]


def test_a_table_without_a_code_system_is_refused_with_what_is_missing() -> None:
    with pytest.raises(InputRefused, match="cannot be read") as refused:
        listed("code,display\nA,Asthma\n")
    assert [fault.code for fault in refused.value.faults] == ["MISSING_COLUMN"]


SENT = [
    *(condition(concept(LOCAL, "A"), person) for person in range(20)),
    *(condition(concept(LOCAL, "Z"), person) for person in range(9)),
    *(condition(concept(SNOMED_CT, "1"), person) for person in range(30)),
]


def test_codes_that_are_not_on_the_list_of_their_code_system_are_told() -> None:
    systems = {"gp": counted(*SENT)}
    assert kinds(harmonisation(systems)) == ["local_codes"]
    found = harmonisation(systems, lists=listed(TABLE))
    assert kinds(found) == ["local_codes", "unknown_codes"]
    (clash,) = (one for one in found.clashes if one.kind == "unknown_codes")
    assert (clash.affected, clash.of) == (9, 29)
    assert listed(TABLE).counted(systems["gp"].categories["problems"]) == (20, 9)


def test_no_list_means_that_nothing_is_known_of_codes() -> None:
    assert CodeLists().counted(counted(*SENT).categories["problems"]) == (0, 0)


MAP = (
    "source_system,source_code,target_system,target_code,equivalence\n"
    f"{ICD_10},J45,{SNOMED_CT},195967001,equivalent\n"
    f"{ICD_10},I48,{SNOMED_CT},49436004,wider\n"
    f"{ICD_10},M19,{SNOMED_CT},,\n"
)


def test_a_map_may_be_a_table() -> None:
    expected = concept_map(
        ICD_10, SNOMED_CT, {"J45": ("195967001", "equivalent"), "I48": ("49436004", "wider")}
    )
    expected.by_pair[ICD_10, SNOMED_CT].by_code["M19"] = ()
    assert read_concept_map(Source("map.csv", MAP.encode())) == expected


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{ICD_10},J45,{SNOMED_CT},1,similar", "UNKNOWN_WORD"),
        (f"{ICD_10},J45,{SNOMED_CT},1,", "MISSING_CELL"),
        (f"{ICD_10},,{SNOMED_CT},1,equal", "MISSING_CELL"),
    ],
)
def test_a_row_of_a_map_that_says_too_little_is_refused_at_its_line(row: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_concept_map(Source("map.csv", f"{MAP}{row}\n".encode()))
    assert [(fault.code, fault.place.line) for fault in refused.value.faults] == [(code, 5)]
