"""Four synthetic systems with planted clashes: all are found, none else, with equal figures."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.make_four_systems import GP_CODES, four_systems, nhs_number, write_four
from sharedcare.fhir.harmonise import Harmonisation, harmonisation
from sharedcare.fhir.harmonise.code_lists import CodeLists
from sharedcare.fhir.harmonise.column_map import read_column_map
from sharedcare.fhir.harmonise.concept_maps import read_concept_map
from sharedcare.fhir.harmonise.sources import measure_system
from sharedcare.reading import read_source
from tests.fhir.harmonise.sending import SETTINGS, counted

NAMES = ("hospital", "practice", "community")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("four")
    write_four(made)
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> Harmonisation:
    systems = {
        name: measure_system([str(folder / f"{name}.ndjson")], SETTINGS).counters for name in NAMES
    }
    columns = read_column_map(read_source(str(folder / "council-columns.yaml")))
    table = str(folder / "council.csv")
    systems["council"] = measure_system([table], SETTINGS, columns).counters
    return harmonisation(
        systems, read_concept_map(read_source(str(folder / "icd-10-to-snomed-ct.json")))
    )


def test_every_planted_clash_is_found_and_none_that_was_not_planted(
    found: Harmonisation, folder: Path
) -> None:
    planted = json.loads((folder / "transforms.json").read_text("utf-8"))["planted"]
    said = [
        {
            "kind": clash.kind.value,
            "category": clash.category,
            "systems": list(clash.systems),
            "affected": clash.affected,
            "convertible": clash.convertible,
        }
        for clash in found.clashes
    ]
    assert sorted(said, key=str) == sorted(planted, key=str)


def test_clashes_are_ranked_by_what_nothing_resolves(found: Harmonisation) -> None:
    left = [clash.left for clash in found.clashes]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) > 5


def test_each_system_has_at_least_500_people(found: Harmonisation) -> None:
    assert [one.patients["all"] for one in found.systems.values()] == [550, 600, 550, 500]


def test_what_the_map_does_is_what_the_transform_counted(found: Harmonisation) -> None:
    counts = four_systems().hospital.counts
    (pair,) = (
        one
        for one in found.agreements
        if (one.category, one.one.system, one.other.system) == ("problems", "hospital", "community")
    )
    (conversion,) = pair.one.conversions
    assert conversion.equivalent == counts["problems_map_equivalent"]
    assert conversion.with_loss == counts["problems_map_wider"]
    assert conversion.unmapped == counts["problems_map_nothing"]


def test_people_of_two_systems_are_linked_by_number(found: Harmonisation) -> None:
    linked = {(one.one, one.other): one.both for one in found.linkages}
    assert linked["hospital", "practice"] == 550
    assert linked["practice", "council"] == 500
    dropped = four_systems().community.counts["numbers_dropped"]
    assert linked["practice", "community"] == 550 - dropped


def test_what_to_map_first_leaves_out_what_is_mapped(found: Harmonisation) -> None:
    (hospital,) = (
        one for one in found.to_map if (one.category, one.system) == ("problems", "hospital")
    )
    assert {code for _, code, *_ in hospital.codes} == {"M19", "E03"}


def test_codes_under_another_uri_are_not_to_be_mapped_and_the_clash_says_so(
    found: Harmonisation,
) -> None:
    of_medicines = {one.kind.value for one in found.clashes if one.category == "medications"}
    assert "same_codes_different_uris" in of_medicines
    assert [one.system for one in found.to_map if one.category == "medications"] == []


def test_codes_of_the_council_alone_are_to_be_mapped_into_what_is_still_to_be_agreed(
    found: Harmonisation,
) -> None:
    (council,) = (one for one in found.to_map if one.system == "council")
    assert (council.target, council.coded, council.mapped) == ("", 500, 0)
    assert {code for _, code, *_ in council.codes} == {"PSR-1", "PSR-2", "PSR-3"}


def test_numbers_are_of_the_range_for_tests_and_the_same_each_time() -> None:
    made = four_systems()
    numbers = {row["nhs_no"] for row in made.council}
    assert all(len(number) == 10 and number.startswith("999") for number in numbers)
    assert made == four_systems()


def test_the_check_digit_is_that_of_the_worked_example_of_modulus_11() -> None:
    assert nhs_number(943476591) == "9434765919"
    assert nhs_number(999000001) == "9990000018"


def in_stu3(resource: dict[str, Any]) -> dict[str, Any]:
    """The same resource as STU3 names it: what the generator makes differs in one element."""
    made = dict(resource)
    if "recordedDate" in made:
        made["assertedDate"] = made.pop("recordedDate")
    return made


def test_a_system_that_sends_stu3_is_measured_as_if_it_sent_r4() -> None:
    sent = four_systems().practice.resources
    ours, theirs = counted(*map(in_stu3, sent)), counted(*sent)
    assert ours.versions["STU3"] == sum("recordedDate" in resource for resource in sent)
    ours.versions, ours.told_by = theirs.versions, theirs.told_by
    assert ours == theirs


def in_r5(resource: dict[str, Any]) -> dict[str, Any]:
    """The same resource as R5 shapes it: a medicine is a reference or a concept."""
    made = dict(resource)
    if "medicationCodeableConcept" in made:
        made["medication"] = {"concept": made.pop("medicationCodeableConcept")}
    return made


def in_dstu2(resource: dict[str, Any]) -> dict[str, Any]:
    """The same resource as DSTU2 names it: orders, dates, and whose it is."""
    made, kind = dict(resource), resource["resourceType"]
    names = {"recordedDate": "dateRecorded", "authoredOn": "dateWritten"}
    names |= {} if kind == "Observation" else {"subject": "patient"}
    for ours, theirs in names.items():
        if ours in made:
            made[theirs] = made.pop(ours)
    if kind == "Observation":
        (made["category"],) = made["category"]
    return made | ({"resourceType": "MedicationOrder"} if kind == "MedicationRequest" else {})


@pytest.mark.parametrize("written", [in_r5, in_dstu2])
@pytest.mark.parametrize("others", ["all", "the practice alone"])
def test_the_clashes_are_the_same_whatever_version_of_fhir_is_sent(
    written: Callable[[dict[str, Any]], dict[str, Any]], others: str
) -> None:
    made = four_systems()
    sent = {name: getattr(made, name).resources for name in NAMES}
    again = {
        name: [written(one) if others == "all" or name == "practice" else one for one in resources]
        for name, resources in sent.items()
    }
    ours, theirs = (
        harmonisation({name: counted(*resources) for name, resources in found.items()}).clashes
        for found in (sent, again)
    )
    assert ours == theirs
    assert again != sent


def test_local_codes_are_known_or_unknown_by_the_list_as_the_transform_counted(
    found: Harmonisation,
) -> None:
    sent = four_systems().practice
    local = Counter(
        coding["code"]
        for resource in sent.resources
        for coding in resource.get("code", {}).get("coding", ())
        if coding["system"] == GP_CODES
    )
    assert local.total() == sent.counts["problems_local"]
    first, *others = sorted(local)
    counts = found.systems["practice"].categories["problems"]
    lists = CodeLists({GP_CODES: dict.fromkeys(others, "")})
    assert lists.counted(counts) == (local.total() - local[first], local[first])


def test_the_share_of_patients_that_can_be_linked_is_that_of_numbers_kept(
    found: Harmonisation,
) -> None:
    dropped = four_systems().community.counts["numbers_dropped"]
    linked = {(one.one, one.other): one.linkable for one in found.linkages}
    assert linked["practice", "community"] == ((550 - dropped, 600), (550 - dropped, 550))
    assert linked["hospital", "practice"] == ((550, 550), (550, 600))
