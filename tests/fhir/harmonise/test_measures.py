"""What is measured of each category: ways of saying what, dates, states, identifiers."""

from typing import Any

import pytest

from sharedcare.fhir.harmonise import measure_lines
from sharedcare.fhir.harmonise.clashes import late, repeats
from sharedcare.fhir.harmonise.states import State
from sharedcare.fhir.harmonise.terminologies import Way, agreed_name, is_agreed, way_of
from tests.fhir.harmonise.sending import (
    DMD,
    LOCAL,
    NHS_NUMBER,
    RIGHT,
    SETTINGS,
    SNOMED_CT,
    WRONG,
    Json,
    concept,
    condition,
    counted,
    ndjson,
    observation,
    of_category,
    patient,
)


@pytest.mark.parametrize(
    ("code", "way"),
    [
        (concept(SNOMED_CT, "195967001"), Way.CODED),
        (concept("urn:oid:2.16.840.1.113883.6.96", "195967001"), Way.CODED),
        (concept(LOCAL, "A1"), Way.LOCAL),
        (concept(None, "A1"), Way.NO_CODE_SYSTEM),
        (concept(SNOMED_CT, None, "Asthma"), Way.DISPLAY_ONLY),
        ({"text": "asthma"}, Way.TEXT_ONLY),
        ({}, Way.ABSENT),
        ({"coding": [{"system": LOCAL, "code": "A"}, {"system": DMD, "code": "1"}]}, Way.CODED),
    ],
)  # fmt: skip
def test_a_record_counts_by_the_best_way_in_which_it_says_what(code: Json, way: Way) -> None:
    assert of_category("problems", condition(code)).ways == {way: 1}


def test_nothing_at_all_is_no_way() -> None:
    assert way_of(None) is Way.ABSENT


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("http://snomed.info/sct|http://snomed.info/sct/83821000000107", SNOMED_CT),
        ("http://snomed.info/sct/999000011000000103", SNOMED_CT),
        ("https://dmd.nhs.uk/", DMD),
    ],
)
def test_versions_editions_and_slashes_make_no_other_code_system(said: str, name: str) -> None:
    assert agreed_name(said) == name
    assert is_agreed(name)


def test_a_medicine_in_another_resource_is_no_lack_and_a_contained_one_is_read() -> None:
    contained = [{"resourceType": "Medication", "id": "m", "code": concept(DMD, "1")}]
    request = {"resourceType": "MedicationRequest", "medicationReference": {"reference": "#m"}}
    elsewhere = {**request, "medicationReference": {"reference": "Medication/9"}}
    counts = of_category("medications", {**request, "contained": contained}, elsewhere)
    assert counts.ways == {Way.CODED: 1, Way.REFERENCE: 1}


def test_versions_of_fhir_name_the_same_things_otherwise() -> None:
    stu3 = {"resourceType": "Immunization", "date": "2026-01-01", "vaccineCode": concept(DMD, "1")}
    r5 = {
        "resourceType": "MedicationStatement",
        "medication": {"concept": concept(DMD, "1")},
        "effectiveDateTime": "2026-01",
    }
    found = counted(stu3, r5).categories
    assert found["vaccinations"].precision == {"day": 1}
    assert found["medications"].ways == {Way.CODED: 1}
    assert found["medications"].precision == {"month": 1}


@pytest.mark.parametrize(
    ("when", "precision"),
    [
        ("2026", "year"), ("2026-02", "month"), ("2026-02-03", "day"),
        ("2026-02-03T10:00:00Z", "time"), ("2026-02-30", "invalid"), ("soon", "invalid"),
        ("2026-13", "invalid"), ("0000", "invalid"), ("2026-1", "invalid"), ("20-6-02", "invalid"),
    ],
)  # fmt: skip
def test_dates_count_by_their_precision(when: str, precision: str) -> None:
    assert of_category("problems", condition(onsetDateTime=when)).precision == {precision: 1}


@pytest.mark.parametrize("key", ["onsetString", "onsetAge"])
def test_words_for_a_time_are_there_and_are_no_date_that_is_wrong(key: str) -> None:
    said: Any = "in childhood" if key == "onsetString" else {"value": 7, "code": "a"}
    found = of_category("problems", condition(**{key: said}))
    assert found.present["occurred"] == 1
    assert not found.precision


def test_days_from_happening_to_recording_are_counted() -> None:
    label = "investigation_results.laboratory"
    sent = [observation(1, issued="2026-01-02T10:00:00Z"), observation(1, issued="2026-01-20")]
    counts = of_category(label, *sent)
    assert counts.lateness == {0: 1, 18: 1}
    assert late(counts) == 1


def test_elements_that_matter_are_counted_where_they_could_be() -> None:
    counts = of_category("problems", condition(), condition(recordedDate="2026-01-01"))
    assert counts.asked["recorded"] == 2
    assert counts.present["recorded"] == 1
    assert counts.present["person"] == 2


def test_the_same_fact_twice_is_a_repeat_and_another_value_is_none() -> None:
    first = observation(1)
    other = {**first, "valueQuantity": {"value": 1, "code": "g/L"}}
    label = "investigation_results.laboratory"
    assert repeats(of_category(label, first, first, other)) == 1


EMPTY = {"resourceType": "List", "code": concept("http://loinc.org", "48765-2")}
WARNING = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-ListWarningCode-1"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


@pytest.mark.parametrize(
    ("sent", "category", "state", "by"),
    [
        ({**EMPTY, "emptyReason": concept(None, "nilknown")}, "allergies",
         State.KNOWN_NEGATIVE, "emptyReason"),
        ({**EMPTY, "emptyReason": concept(None, "withheld")}, "allergies",
         State.WITHHELD, "emptyReason"),
        ({**EMPTY, "extension": [{"url": WARNING, "valueCode": "data-in-transit"}]}, "allergies",
         State.IN_TRANSIT, "list_warning"),
        (condition(concept(SNOMED_CT, "160245001")), "problems", State.KNOWN_NEGATIVE, "code"),
        (condition(verificationStatus=concept(None, "refuted")), "problems",
         State.KNOWN_NEGATIVE, "verificationStatus"),
        (condition(verificationStatus="entered-in-error"), "problems",
         State.ENTERED_IN_ERROR, "verificationStatus"),
        ({"resourceType": "Immunization", "notGiven": True}, "vaccinations",
         State.KNOWN_NEGATIVE, "notGiven"),
        (condition(meta={"security": [{"code": "REDACTED"}]}), "problems",
         State.WITHHELD, "security_label"),
        (observation(dataAbsentReason=concept(None, "unknown")),
         "investigation_results.laboratory", State.UNKNOWN, "dataAbsentReason"),
        (condition(_onsetDateTime={"extension": [{"url": ABSENT, "valueCode": "masked"}]}),
         "problems", State.WITHHELD, "data_absent_reason"),
    ],
)  # fmt: skip
def test_states_of_absence_are_kept_apart(sent: Json, category: str, state: State, by: str) -> None:
    counts = of_category(category, sent)
    assert counts.states == {state: 1}
    assert counts.reasons == {by: 1}


def test_what_was_entered_in_error_counts_nowhere_else() -> None:
    assert of_category("problems", condition(verificationStatus="entered-in-error")).records == 0


def test_numbers_are_counted_checked_and_kept_as_hashes_alone() -> None:
    status = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-NHSNumberVerificationStatus"
    verified = {"extension": [{"url": status, "valueCodeableConcept": concept(None, "01")}]}
    found = counted(
        patient(RIGHT, **verified), patient("999 000 0018"), patient(WRONG), patient(None)
    )
    assert found.patients == {"all": 4, "numbered": 3, "valid": 2}
    assert found.verification == {"01": 1, "not_said": 2}
    assert list(found.numbers.counts.values()) == [2]
    assert RIGHT not in repr(found)


def identified(*identifiers: Json) -> Json:
    return {"resourceType": "Patient", "identifier": list(identifiers)}


@pytest.mark.parametrize(
    "of",
    [NHS_NUMBER, "http://fhir.nhs.net/Id/nhs-number", "urn:oid:2.16.840.1.113883.2.1.4.1"],
)
def test_numbers_are_known_by_every_name_that_they_had(of: str) -> None:
    local = {"system": "https://hospital.example/number", "value": "77"}
    found = counted(identified(local, {"system": of, "value": RIGHT}))
    assert found.patients["valid"] == 1


def test_the_number_that_counts_is_the_one_that_a_patient_has_now() -> None:
    old = {"use": "old", "system": NHS_NUMBER, "value": WRONG}
    why = {"system": NHS_NUMBER, "extension": [{"url": "x"}]}
    now = {"system": NHS_NUMBER, "value": RIGHT}
    assert counted(identified(old, why, now)).patients == {"all": 1, "numbered": 1, "valid": 1}
    assert counted(identified(old, why)).patients == {"all": 1}


def test_digits_of_another_script_make_no_number() -> None:
    assert counted(patient("٩٩٩٠٠٠٠٠١٨")).patients["valid"] == 0


def test_a_resource_that_is_not_shaped_as_fhir_is_quarantined_and_its_neighbours_are_read() -> None:
    found = counted(condition(), condition({"coding": "x"}), condition(person=2))
    assert (found.ok, found.quarantined, found.measured) == (2, 1, 2)
    assert found.places == [("", 2, "misshapen")]
    assert found.categories["problems"].records == 2


def test_entries_of_a_bundle_are_resources_and_a_bad_one_spoils_no_other() -> None:
    entries = [{"resource": condition()}, {"resource": {"resourceType": "Condition", "code": 5}}]
    found = counted({"resourceType": "Bundle", "entry": entries})
    assert (found.ok, found.measured, found.misshapen) == (1, 1, 1)


def test_a_byte_order_mark_before_the_first_line_is_no_fault() -> None:
    data = b"\xef\xbb\xbf" + ndjson([condition()])
    assert measure_lines(data, SETTINGS).ok == 1
    assert measure_lines(data, SETTINGS, line=2).quarantined == 1


def test_names_of_unknown_types_are_not_kept() -> None:
    assert counted({"resourceType": "Jane Doe"}).others == {"other": 1}


def test_lines_end_at_a_line_feed_alone_and_every_one_is_accounted_for() -> None:
    data = ndjson([condition()]) + b"\n  \r\n{torn\n" + "\u2028".encode() + b"\n"
    found = measure_lines(data, SETTINGS)
    assert (found.read, found.ok, found.blank, found.quarantined) == (5, 1, 2, 2)
    assert found.add_up


def test_a_form_is_told_by_its_address_and_the_last_step_of_it() -> None:
    address = "https://council.example/Questionnaire/carer-strain|2"
    found = of_category(
        "assessments", {"resourceType": "QuestionnaireResponse", "questionnaire": address}
    )
    assert list(found.codes.counts) == [(address[:-2], "carer-strain")]


def test_provenance_is_counted_by_what_it_is_about() -> None:
    targets = ("Condition/1", "https://gp.example/fhir/Condition/2/_history/3", "urn:uuid:x", "")
    made = {"resourceType": "Provenance", "target": [{"reference": one} for one in targets]}
    assert counted(made).provenance == {"Condition": 2, "other": 2}


def test_the_condition_of_a_relative_is_what_family_history_is_about() -> None:
    found = {
        "resourceType": "FamilyMemberHistory",
        "condition": [{"code": concept(SNOMED_CT, "1")}, {"code": {"text": "x"}}],
    }
    assert of_category("family_history", found).ways == {Way.CODED: 1}
