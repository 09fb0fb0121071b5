"""Each kind of clash fires on what it is about, and on nothing like it."""

from collections.abc import Iterable

import pytest

from sharedcare.fhir.harmonise import harmonisation, units
from sharedcare.fhir.harmonise.labels import plain
from sharedcare.landscape.catalogue.code_systems import ATC
from tests.fhir.harmonise.sending import (
    DMD,
    ICD_10,
    LOCAL,
    LOINC,
    SNOMED_CT,
    Json,
    compared,
    concept,
    concept_map,
    condition,
    counted,
    kinds,
    observation,
    patient,
)

MANY = range(1, 21)


def conditions(code: Json, count: int = 20) -> list[Json]:
    return [condition(code, person, onsetDateTime="2026-01-01") for person in range(count)]


ASTHMA = concept(SNOMED_CT, "195967001", "Asthma")
ASTHMA_ICD = concept(ICD_10, "J45", "Asthma")


def test_two_that_send_the_same_do_not_clash() -> None:
    sent = [*conditions(ASTHMA), *(observation(person) for person in MANY)]
    assert kinds(compared({"a": sent, "b": sent})) == []


def test_two_code_systems_clash_and_a_code_in_both_resolves_it() -> None:
    both = {"coding": [ASTHMA["coding"][0], ASTHMA_ICD["coding"][0]]}
    assert kinds(compared({"a": conditions(ASTHMA), "b": conditions(ASTHMA_ICD)})) == [
        "different_code_systems"
    ]
    assert kinds(compared({"a": conditions(ASTHMA), "b": conditions(both)})) == []


def test_a_clash_of_seven_records_is_not_told() -> None:
    few = {"a": conditions(ASTHMA, 3), "b": conditions(ASTHMA_ICD, 4)}
    assert kinds(compared(few)) == []
    enough = {"a": conditions(ASTHMA, 4), "b": conditions(ASTHMA_ICD, 4)}
    assert kinds(compared(enough)) == ["different_code_systems"]


def test_a_map_converts_what_it_says_is_the_same_and_tells_what_it_loses() -> None:
    other = concept(ICD_10, "I48")
    maps = concept_map(
        ICD_10, SNOMED_CT, {"J45": ("195967001", "equivalent"), "I48": ("195967001", "wider")}
    )
    sent = {"a": conditions(ASTHMA), "b": [*conditions(ASTHMA_ICD), *conditions(other, 10)]}
    found = compared(sent, maps)
    (clash,) = found.clashes
    assert (clash.affected, clash.convertible, clash.left) == (50, 20, 30)
    (conversion,) = found.agreements[0].other.conversions
    assert (conversion.with_loss, conversion.unmapped, conversion.collapsed) == (10, 0, 2)


def test_a_target_that_is_unmatched_is_none() -> None:
    maps = concept_map(ICD_10, SNOMED_CT, {"J45": ("195967001", "unmatched")})
    found = compared({"a": conditions(ASTHMA), "b": conditions(ASTHMA_ICD)}, maps)
    assert found.agreements[0].other.conversions[0].unmapped == 20


def test_the_same_codes_under_two_uris_are_told_as_that() -> None:
    sent = {"a": conditions(concept(SNOMED_CT, "1")), "b": conditions(concept(DMD, "1"))}
    assert kinds(compared(sent)) == ["same_codes_different_uris"]


def test_a_code_that_the_other_has_under_both_uris_is_not_told_as_another_uri() -> None:
    both = {"coding": [{"system": DMD, "code": "1"}, {"system": SNOMED_CT, "code": "1"}]}
    sent = {"a": conditions(concept(SNOMED_CT, "1")), "b": conditions(both)}
    found = compared(sent)
    assert kinds(found) == []
    assert found.agreements[0].one.same_text == 0


def test_local_codes_text_and_codes_without_code_system_are_told_apart() -> None:
    for code, kind in (
        (concept(LOCAL, "A1"), "local_codes"),
        (concept(None, "A1"), "codes_without_code_system"),
        ({"text": "asthma"}, "text_only"),
        (concept(SNOMED_CT, None, "asthma"), "text_only"),
    ):
        assert kinds(compared({"a": conditions(code)})) == [kind]


def medicines(type_: str, count: int = 20) -> list[Json]:
    code = concept(DMD, "319773006")
    return [{"resourceType": type_, "medicationCodeableConcept": code} for _ in range(count)]


def test_what_was_prescribed_and_what_is_taken_are_not_the_same_under_one_name() -> None:
    ordered, taken = medicines("MedicationRequest"), medicines("MedicationStatement")
    (clash,) = compared({"a": ordered, "b": taken}).clashes
    assert (clash.kind, clash.affected) == ("different_resource_types", 40)
    assert clash.about == ("MedicationRequest", "MedicationStatement")
    assert kinds(compared({"a": [*ordered, *taken], "b": taken})) == []
    assert kinds(compared({"a": ordered, "b": medicines("MedicationStatement", 7)})) == []


def test_a_type_that_another_version_calls_otherwise_is_the_same() -> None:
    older = medicines("MedicationOrder")
    assert kinds(compared({"a": older, "b": medicines("MedicationRequest")})) == []


def test_units_clash_where_they_measure_the_same_code() -> None:
    ours = [observation(person, "g/L") for person in MANY]
    theirs = [observation(person, "g/dL") for person in MANY]
    (clash,) = compared({"a": ours, "b": theirs}).clashes
    assert clash.about == (LOINC, "718-7", "g/L", "g/dL")
    assert clash.convertible == 40
    other = [observation(person, "g/dL", "2339-0") for person in MANY]
    assert kinds(compared({"a": ours, "b": other})) == []


def test_units_that_no_factor_converts_stay() -> None:
    ours = [observation(person, "mmol/L") for person in MANY]
    theirs = [observation(person, "mg/dL") for person in MANY]
    (clash,) = compared({"a": ours, "b": theirs}).clashes
    assert clash.left == 40


def test_one_unit_written_in_two_ways_is_no_clash() -> None:
    ours = [observation(person, "mmol/L") for person in MANY]
    theirs = [observation(person, "mmol/l") for person in MANY]
    assert kinds(compared({"a": ours, "b": theirs})) == []


def test_a_unit_that_is_none_is_told() -> None:
    assert kinds(compared({"a": [observation(person, "stone") for person in MANY]})) == [
        "invalid_units"
    ]


def test_numbers_without_a_unit_are_told() -> None:
    bare = [observation(person, valueQuantity={"value": person}) for person in MANY]
    assert kinds(compared({"a": bare})) == ["missing_units"]
    few = [*bare[:7], *(observation(person) for person in MANY)]
    assert kinds(compared({"a": few})) == []


def test_without_the_library_units_are_compared_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(units, "find_spec", lambda _name: None)
    assert units.is_unit("g/L") is None
    assert units.can_convert("g/L", "g/dL") is None
    assert units.is_same("g/L", "g/L")
    assert not units.is_same("g/L", "g/l")


@pytest.mark.parametrize(
    "text", ["", " ", "(" * 60, "x" * 70, "m\u00b2", "bpm", "1/0", "(" * 100_000]
)
def test_odd_texts_are_no_units(text: str) -> None:
    assert units.is_unit(text) is False
    assert units.can_convert(text, text) is False


@pytest.mark.parametrize("text", ["10*999999999", "10^999999999", "{a}{b}", "10*9999", "[pH]"])
def test_a_unit_without_a_size_that_can_be_had_is_a_unit_and_converts_into_nothing(
    text: str,
) -> None:
    assert units.is_unit(text) is True
    assert units.can_convert(text, "g/L") is False
    assert units.is_same(text, text)


def test_one_label_for_two_codes_and_two_labels_for_one_code_are_told() -> None:
    sent = {"a": conditions(ASTHMA), "b": conditions(concept(SNOMED_CT, "233678006", "asthma"))}
    assert kinds(compared(sent)) == ["same_label_different_codes"]
    sent = {"a": conditions(ASTHMA), "b": conditions(concept(SNOMED_CT, "195967001", "Gout"))}
    assert kinds(compared(sent)) == ["same_code_different_labels"]


def test_other_word_order_and_a_bracket_make_no_other_label() -> None:
    one = concept(SNOMED_CT, "44054006", "Type 2 diabetes mellitus (disorder)")
    other = concept(SNOMED_CT, "44054006", "Diabetes mellitus, type 2")
    assert kinds(compared({"a": conditions(one), "b": conditions(other)})) == []
    assert plain("Asthma (disorder)") == plain(" asthma ")


def test_missing_and_wrong_numbers_are_told_together() -> None:
    sent = [*[patient()] * 40, *[patient(None)] * 6, *[patient("9990000019")] * 4]
    (clash,) = compared({"a": sent}).clashes
    assert (clash.kind.value, clash.affected, clash.of) == ("missing_nhs_numbers", 10, 50)


def test_a_problem_written_down_years_later_is_not_late_and_a_result_is() -> None:
    said = [{**one, "recordedDate": "2029-01-01"} for one in conditions(ASTHMA)]
    assert kinds(compared({"a": said})) == []
    results = [observation(person, issued="2026-03-01") for person in MANY]
    assert kinds(compared({"a": results})) == ["late_recording"]


def test_what_was_recorded_before_it_happened_repeats_and_bad_dates_are_told() -> None:
    early = [observation(person, issued="2025-03-01") for person in MANY]
    assert kinds(compared({"a": early})) == ["recorded_before_it_happened"]
    twice = [*conditions(ASTHMA), *conditions(ASTHMA)]
    assert kinds(compared({"a": twice})) == ["repeated_facts"]
    bad = [condition(person=person, onsetDateTime="2026-13-01") for person in MANY]
    assert kinds(compared({"a": bad})) == ["invalid_dates"]


def ranked(weight: dict[str, float], sent: Iterable[Json]) -> list[str]:
    found = harmonisation({"a": counted(*sent)}, weight=lambda name: weight.get(name, 1.0))
    return [clash.category for clash in found.clashes]


def test_weight_of_needs_goes_before_volume() -> None:
    results = [{**observation(person), "code": {"text": "x"}} for person in range(10)]
    sent = [*conditions({"text": "asthma"}), *results]
    laboratory = "investigation_results.laboratory"
    assert ranked({}, sent) == ["problems", laboratory]
    assert ranked({laboratory: 5.0}, sent) == [laboratory, "problems"]


def prescribed(code_system: str, codes: str, most: int = 20) -> list[Json]:
    return [
        {
            "resourceType": "MedicationRequest",
            "medicationCodeableConcept": concept(code_system, codes[person % len(codes)]),
            "subject": {"reference": f"Patient/{person}"},
        }
        for person in range(most)
    ]


def test_only_code_systems_whose_codes_are_the_targets_are_left_out_of_what_to_map() -> None:
    hospital = [*prescribed(SNOMED_CT, "abcd"), *prescribed(ATC, "vw", 10)]
    found = compared({"hospital": hospital, "practice": prescribed(DMD, "abcd", 40)})
    assert kinds(found) == ["same_codes_different_uris"]
    (left,) = found.to_map
    assert (left.system, left.target, left.coded) == ("hospital", DMD, 10)
    assert [code for _, code, *_ in left.codes] == ["v", "w"]


def test_codes_that_differ_are_to_be_mapped_also_between_snomed_ct_and_dmd() -> None:
    sent = {"hospital": prescribed(SNOMED_CT, "vw"), "practice": prescribed(DMD, "abcd", 40)}
    found = compared(sent)
    assert kinds(found) == ["different_code_systems"]
    assert [one.coded for one in found.to_map] == [20]


def twice_coded(*codes: tuple[str, str]) -> Json:
    return {"coding": [{"system": name, "code": code} for name, code in codes]}


def test_a_code_that_stands_beside_one_of_the_target_is_neither_mapped_nor_to_be_mapped() -> None:
    both = twice_coded((ICD_10, "J45"), (SNOMED_CT, "195967001"))
    alone = concept(ICD_10, "I10")
    sent = {"hospital": conditions(both, 50) + conditions(alone, 10), "gp": conditions(ASTHMA, 90)}
    maps = concept_map(ICD_10, SNOMED_CT, {"J45": ("195967001", "equivalent")})
    found = compared(sent, maps)
    (left,) = found.to_map
    assert (left.coded, left.mapped, [code for _, code, *_ in left.codes]) == (10, 0, ["I10"])
    (clash,) = (one for one in found.clashes if one.kind == "different_code_systems")
    assert (clash.affected, clash.convertible) == (10, 0)


def test_what_to_map_goes_into_what_most_use() -> None:
    sent = {
        "a": conditions(ASTHMA, 30),
        "b": conditions(ASTHMA_ICD),
        "c": conditions({"text": "x"}),
    }
    found = compared(sent)
    assert {(one.system, one.target, one.coded, one.texts) for one in found.to_map} == {
        ("b", SNOMED_CT, 20, 0),
        ("c", SNOMED_CT, 0, 20),
    }
