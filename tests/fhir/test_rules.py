"""Each rule of ours: a resource that breaks it, beside the examples that break none."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

import sharedcare.fhir as room
from sharedcare.fhir import Validator, validate_resource
from sharedcare.fhir.profile_rules import PROFILE_RULES
from sharedcare.fhir.rules import JSON_RULES, RULES
from tests.fhir.broken import (
    BROKEN,
    NOT_SHOWN,
    OPEN,
    VALIDATOR,
    bundle_of,
    bundle_of_nothing,
    contained,
    inner_observation,
    issues_of,
    observation,
    patient,
    patient_saying,
)
from tests.fhir.examples import (
    BUNDLE,
    ENCOUNTER,
    PATIENT,
    REQUEST,
    changed,
    concept,
)

SOURCE = Path(room.__file__).parent


@pytest.mark.parametrize("rule", BROKEN)
def test_the_rule_is_told_where_it_is_broken(rule: str) -> None:
    resource, path = BROKEN[rule]
    told = {(issue.rule, issue.path) for issue in issues_of(resource)}
    assert (rule, path) in told, told


def test_every_rule_is_shown_broken() -> None:
    elsewhere = JSON_RULES.keys() | PROFILE_RULES.keys()
    assert RULES.keys() - elsewhere == BROKEN.keys() | NOT_SHOWN.keys()


def test_every_rule_that_the_code_names_is_listed() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py")))
    named = set(re.findall(r'walk\.add\(\s*"([\w-]+)"', source))
    assert named <= RULES.keys()
    assert len(named) > 40


def test_a_slip_of_a_key_is_met_with_the_element_that_is_meant() -> None:
    (issue,) = issues_of(patient(brithDate="1970"))
    assert "birthDate is perhaps meant" in issue.message


def test_all_faults_are_told_at_once_in_the_order_of_their_places() -> None:
    bad = patient(gender="x", birthDate="1970-13", active="yes")
    assert [issue.rule for issue in issues_of(bad)] == [
        "type-boolean",
        "code-required",
        "date-format",
    ]


def test_an_issue_says_line_and_column_of_its_key() -> None:
    text = json.dumps(patient(gender="x"), indent=1).encode()
    (issue,) = VALIDATOR.issues(text)
    line = text.split(b"\n")[issue.line - 1]
    assert line[issue.column - 1 :].startswith(b'"gender"')
    assert text[issue.byte :].startswith(b'"gender"')


def test_a_companion_may_stand_for_a_required_value() -> None:
    absent = [{"url": "http://example.org/absent", "valueCode": "unknown"}]
    made = observation(status=None, _status={"extension": absent})
    assert issues_of(made) == ()


def test_null_may_stand_in_an_array_where_its_companion_speaks() -> None:
    absent = {"extension": [{"url": "http://example.org/absent", "valueCode": "unknown"}]}
    assert issues_of(patient(name=[{"given": [None, "A"], "_given": [absent, None]}])) == ()
    told = issues_of(patient(name=[{"given": [None, "A"], "_given": [None, absent]}]))
    assert {issue.rule for issue in told} == {"null-value"}


def test_an_object_gives_the_issues_of_its_text_without_places() -> None:
    bad = patient(gender="x", birthDate="1970-13")
    told = validate_resource(bad)
    assert {issue.rule for issue in told} == {issue.rule for issue in issues_of(bad)}
    assert {(issue.byte, issue.line, issue.column) for issue in told} == {(0, 0, 0)}


def test_numbers_of_an_object_may_be_floats_or_decimals() -> None:
    for number in (7, 7.5, Decimal("7.50")):
        assert validate_resource(observation(valueQuantity={"value": number})) == ()


def test_a_model_is_validated_as_the_json_that_it_writes() -> None:
    from fhir.resources.R4B.patient import Patient

    assert validate_resource(Patient(active=True)) == ()
    bad = Patient(gender="banana")
    assert [issue.rule for issue in validate_resource(bad)] == ["code-required"]


def test_a_contained_resource_may_refer_to_its_container() -> None:
    inner = inner_observation("b", hasMember=[{"reference": "#"}])
    assert issues_of(contained(inner_observation(), inner)) == ()


def test_a_reference_to_a_contained_resource_is_held_to_its_targets() -> None:
    bad = changed(REQUEST, subject={"reference": "#med"})
    assert "reference-type" in {issue.rule for issue in issues_of(bad)}


def test_a_reference_inside_a_bundle_is_held_to_its_targets() -> None:
    bad = json.loads(json.dumps(BUNDLE))
    bad["entry"][1]["resource"]["encounter"] = bad["entry"][1]["resource"]["subject"]
    assert {issue.rule for issue in issues_of(bad)} == {"reference-type"}


def test_a_period_is_judged_by_what_both_ends_say() -> None:
    open_order = {"start": "2020-05", "end": "2020"}
    zones = {"start": "2020-01-01T10:00:00+02:00", "end": "2020-01-01T09:00:00Z"}
    for good in (open_order, zones):
        assert issues_of(changed(ENCOUNTER, period=good)) == ()
    for bad in ({"start": "2021", "end": "2020-12"}, {"start": "2020-02", "end": "2020-01-31"}):
        told = issues_of(changed(ENCOUNTER, period=bad))
        assert [issue.rule for issue in told] == ["per-1"]


def test_a_bundle_of_many_entries_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        import time

        urn = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-{:012x}"
        entries = [
            {
                "fullUrl": urn.format(number),
                "resource": {
                    "resourceType": "Patient",
                    "link": [
                        {"other": {"reference": urn.format(count - 1 - number)}, "type": "seealso"}
                    ],
                },
            }
            for number in range(count)
        ]
        text = json.dumps(bundle_of("collection", *entries)).encode()
        begun = time.process_time()
        assert Validator(fast=False).issues(text) == ()
        return time.process_time() - begun

    seconds(100)
    assert seconds(16000) < 100 * min(seconds(1000) for _ in range(3))  # squares: 256 times


def test_a_collection_may_be_empty() -> None:
    assert issues_of(bundle_of_nothing("collection")) == ()


def test_a_profile_of_the_type_itself_or_of_nobody_here_may_be_claimed() -> None:
    for profile in ("http://hl7.org/fhir/StructureDefinition/Patient", "https://a.org/p|1.0"):
        assert issues_of(patient(meta={"profile": [profile]})) == ()


def test_a_well_known_code_system_is_named_without_https() -> None:
    said = observation(code=concept("https://loinc.org", "718-7"))
    assert [issue.rule for issue in issues_of(said)] == ["code-system-form"]
    assert issues_of(observation(code=concept("https://example.org/loinc", "718-7"))) == ()


def test_an_oid_is_one_to_its_end() -> None:
    for good in ("urn:oid:1.2.3", "urn:oid:1.2.3|2026"):
        assert issues_of(patient(implicitRules=good)) == ()
    for bad in ("urn:oid:1.02.3", "urn:oid:1.2.x"):
        assert [issue.rule for issue in issues_of(patient(implicitRules=bad))] == ["oid-format"]


@pytest.mark.parametrize("attribute", ['idref="a"', 'xml:space="preserve"', 'style="color: red"'])
def test_attributes_that_any_element_of_a_narrative_may_have(attribute: str) -> None:
    assert issues_of(patient_saying(f"{OPEN}<p {attribute}>a</p></div>")) == ()
    assert "txt-1" in {i.rule for i in issues_of(patient_saying(f"{OPEN}<p size='1'>a</p></div>"))}


def test_null_may_not_stand_for_a_companion() -> None:
    for key in ("birthDate", "gender"):
        made = {**PATIENT, f"_{key}": None}
        assert [issue.rule for issue in issues_of(made)] == ["null-value"]


def test_what_an_unknown_element_may_be_is_told_of_the_first_hundred_alone() -> None:
    slips = {f"birthDat{number}": "x" for number in range(150)}
    told = [issue.message for issue in issues_of({**PATIENT, **slips})]
    assert sum("birthDate is perhaps meant" in message for message in told) == 100
