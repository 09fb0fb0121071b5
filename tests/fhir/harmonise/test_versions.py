"""A fact is measured alike in every version of FHIR, and nobody is asked what they cannot say."""

from typing import Any

import pytest

from scripts.build_element_versions import ARTEFACT, VERSIONS, element_versions
from sharedcare.fhir.harmonise import Counters, measure_lines
from sharedcare.fhir.harmonise.counters import CategoryCounts
from sharedcare.fhir.harmonise.elements import ELEMENTS
from sharedcare.fhir.harmonise.kinds import KINDS
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.fhir.harmonise.states import State
from sharedcare.fhir.harmonise.versions import elements, fitting, has, version_of_profile
from sharedcare.fhir.harmonise.xml_documents import measure_xml
from sharedcare.fhir.payloads.other_versions import model_class
from tests.fhir.harmonise.care_facts import CARE_FACTS
from tests.fhir.harmonise.facts import BY, CODE, DAY, FACTS, WHO, as_xml
from tests.fhir.harmonise.sending import (
    DMD,
    SETTINGS,
    SNOMED_CT,
    Json,
    concept,
    condition,
    counted,
    ndjson,
)

ALL_FACTS = {**FACTS, **CARE_FACTS}
WRITTEN = [(fact, version) for fact, found in ALL_FACTS.items() for version in found]
ACROSS = [(fact, version) for fact, version in WRITTEN if version != "R4"]


def only(counters: Counters) -> tuple[str, CategoryCounts]:
    ((category, counts),) = counters.categories.items()
    return category, counts


def said(counts: CategoryCounts) -> tuple[object, ...]:
    """What does not depend on the version: what, when, how late, whose."""
    return counts.ways, counts.labels, counts.precision, counts.lateness, counts.people


def by(version: str, resource: Json) -> Counters:
    return measure_lines(ndjson([resource]), Settings(SETTINGS.key, version=version))


def test_the_table_of_versions_is_what_the_definitions_give() -> None:
    assert ARTEFACT.read_text("utf-8") == element_versions()


@pytest.mark.parametrize("type_", ELEMENTS)
def test_every_element_of_the_table_is_one_of_some_version(type_: str) -> None:
    known = elements(type_)
    for element, keys in ELEMENTS[type_].items():
        assert [key for key in keys if key.partition(".")[0] in known], element


def test_every_type_that_is_measured_has_its_row() -> None:
    assert set(KINDS) == set(ELEMENTS)


@pytest.mark.parametrize(("fact", "version"), [pair for pair in WRITTEN if pair[1] != "DSTU2"])
def test_the_facts_are_valid_by_the_models_of_their_version(fact: str, version: str) -> None:
    resource = ALL_FACTS[fact][version]
    model_class(resource["resourceType"], version).model_validate(resource)


@pytest.mark.parametrize(("fact", "version"), ACROSS)
def test_a_fact_of_another_version_is_measured_as_that_of_r4(fact: str, version: str) -> None:
    ours, theirs = ALL_FACTS[fact][version], ALL_FACTS[fact]["R4"]
    category, counts = only(by(version, ours))
    other, expected = only(by("R4", theirs))
    assert category == other
    if ours["resourceType"] == "DeviceUseStatement" and version == "DSTU2":
        assert counts.lateness == expected.lateness  # it has no author and no status
    else:
        assert said(counts) == said(expected)
        both = expected.asked.keys() & counts.asked.keys()
        missing = {key for key in both if expected.present[key] and not counts.present[key]}
        assert missing == set()


@pytest.mark.parametrize(("fact", "version"), WRITTEN)
def test_what_is_there_was_asked_for_and_the_version_has_it(fact: str, version: str) -> None:
    resource = ALL_FACTS[fact][version]
    _, counts = only(by(version, resource))
    type_ = resource["resourceType"]
    asked = {
        element
        for element, keys in ELEMENTS[type_].items()
        if any(has(type_, key.partition(".")[0], version) for key in keys)
    }
    assert counts.asked.keys() == asked
    assert counts.present.keys() <= asked


@pytest.mark.parametrize(("fact", "version"), WRITTEN)
def test_without_being_told_a_version_that_fits_is_found(fact: str, version: str) -> None:
    resource = ALL_FACTS[fact][version]
    fits = fitting(
        resource["resourceType"],
        resource,
        is_coded_status=isinstance(resource.get("clinicalStatus"), str),
    )
    assert version in fits
    found = counted(resource)
    assert found.versions == {fits[0]: 1}
    assert said(only(found)[1]) == said(only(by(version, resource))[1])


@pytest.mark.parametrize(("fact", "version"), WRITTEN)
def test_xml_is_measured_as_json(fact: str, version: str) -> None:
    resource = ALL_FACTS[fact][version]
    for settings in (SETTINGS, Settings(SETTINGS.key, version=version)):
        assert measure_xml(as_xml(resource), settings) == measure_lines(
            ndjson([resource]), settings
        )


def test_an_element_that_the_version_has_not_is_not_asked_for() -> None:
    assert "recorded" not in only(counted(FACTS["procedure"]["R4"]))[1].asked
    assert "recorded" in only(counted(FACTS["procedure"]["R5"]))[1].asked
    assert only(counted(FACTS["vaccination"]["R4"]))[1].asked["recorded"] == 1


@pytest.mark.parametrize(
    ("meta", "version"),
    [
        ("https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-GPC-Condition-1", "STU3"),
        ("https://fhir.hl7.org.uk/StructureDefinition/UKCore-Condition", "R4"),
        ("http://hl7.org/fhir/5.0/StructureDefinition/Condition", "R5"),
        ("http://hl7.org/fhir/StructureDefinition/Condition|4.3.0", "R4B"),
        ("http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition", None),
    ],
)
def test_a_profile_may_say_the_version(meta: str, version: str | None) -> None:
    assert version_of_profile(meta) == version
    found = counted(condition(meta={"profile": [meta]}))
    assert found.versions == {version or "R4": 1}
    assert found.told_by == {"said" if version else "assumed": 1}


def test_what_a_bundle_says_holds_for_what_is_in_it() -> None:
    profile = "https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1"
    entries = [{"resource": condition()}]
    bundle = {"resourceType": "Bundle", "meta": {"profile": [profile]}, "entry": entries}
    assert counted(bundle).versions == {"STU3": 1}


def test_a_version_that_lacks_the_type_is_not_believed() -> None:
    service = {"resourceType": "ServiceRequest", "code": CODE}
    assert by("STU3", service).versions == {"R4": 1}


def test_elements_of_two_versions_at_once_are_read_and_told_as_mixed() -> None:
    odd = {"resourceType": "Immunization", "vaccineCode": CODE, "date": DAY, "isSubpotent": True}
    found = counted(odd)
    assert found.versions == {"mixed": 1}
    assert only(found)[1].precision == {"day": 1}


@pytest.mark.parametrize(
    ("resource", "by_what"),
    [
        ({"resourceType": "MedicationStatement", "taken": "n"}, "taken"),
        ({"resourceType": "MedicationStatement", "wasNotTaken": True}, "wasNotTaken"),
        ({"resourceType": "MedicationStatement",
          "adherence": {"code": concept(None, "not-taking")}}, "adherence"),
        ({"resourceType": "Immunization", "wasNotGiven": True}, "wasNotGiven"),
        ({"resourceType": "Procedure", "notPerformed": True}, "notPerformed"),
        ({"resourceType": "Procedure", "notDone": True}, "notDone"),
        ({"resourceType": "Immunization", "status": "not-done"}, "status"),
        ({"resourceType": "Condition", "verificationStatus": "refuted"}, "verificationStatus"),
    ],
)  # fmt: skip
def test_each_version_says_not_done_in_its_own_way(resource: Json, by_what: str) -> None:
    for counters in (counted(resource), measure_xml(as_xml(resource), SETTINGS)):
        _, counts = only(counters)
        assert counts.states == {State.KNOWN_NEGATIVE: 1}
        assert counts.reasons == {by_what: 1}


def test_a_medicine_of_r5_in_another_resource_is_a_reference() -> None:
    contained = [{"resourceType": "Medication", "id": "m", "code": concept(DMD, "1")}]
    inside = {"resourceType": "MedicationRequest", "medication": {"reference": {"reference": "#m"}}}
    _, counts = only(counted({**inside, "contained": contained}))
    assert counts.ways == {"coded": 1}
    elsewhere = {**inside, "medication": {"reference": {"reference": "Medication/9"}}}
    assert only(counted(elsewhere))[1].ways == {"reference": 1}


def test_the_person_of_an_appointment_is_the_participant_who_is_a_patient() -> None:
    actors: list[Any] = [{"actor": BY}, {"actor": WHO}]
    found = {"resourceType": "Appointment", "start": "2026-01-02T09:00:00Z", "participant": actors}
    _, counts = only(counted(found))
    assert counts.present["person"] == 1
    assert counts.people == only(counted({**found, "participant": actors[::-1]}))[1].people
    assert counts.people == only(counted({**found, "subject": WHO, "participant": []}))[1].people


def test_contained_facts_are_measured_and_contained_people_are_no_patients() -> None:
    contained = [
        {"resourceType": "Patient", "id": "p", "identifier": [{"value": "7"}]},
        {**condition(), "id": "c"},
    ]
    encounter = {
        "resourceType": "Encounter",
        "contained": contained,
        "subject": {"reference": "#p"},
    }
    found = counted(encounter)
    assert found.categories["problems"].records == 1
    assert found.patients == {}
    other = [{**contained[0], "identifier": [{"value": "8"}]}]
    two = counted(encounter, {**encounter, "contained": other})
    assert two.categories["contacts_with_professionals"].people.distinct == 2


def test_resources_inside_parameters_are_measured() -> None:
    parameters = {
        "resourceType": "Parameters",
        "parameter": [{"name": "a", "resource": condition()}],
    }
    assert counted(parameters).categories["problems"].records == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Condition xmlns="http://hl7.org/fhir"/>', "not_xml"),
        (b"<Condition", "not_xml"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>', "no_resource"),
        (b'<Condition xmlns="http://hl7.org/fhir"><code value="x"/></Condition>', ""),
    ],
)
def test_xml_that_is_no_fhir_is_quarantined(text: bytes, why: str) -> None:
    found = measure_xml(text, SETTINGS)
    assert found.add_up
    assert found.why == ({why: 1} if why else {})


def test_a_bundle_in_xml_of_an_older_version_is_measured() -> None:
    entries = [{"resource": ALL_FACTS[fact]["STU3"]} for fact in ("problem", "vaccination")]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    found = measure_xml(as_xml(bundle), SETTINGS)
    assert found == counted(bundle)
    assert found.versions == {"STU3": 2}


def test_versions_of_the_generator_and_of_the_reader_are_the_same() -> None:
    assert set(VERSIONS) == {
        v for type_ in ELEMENTS for found in elements(type_).values() for v in found
    }
    assert {SNOMED_CT} == {coding["system"] for coding in CODE["coding"]}
