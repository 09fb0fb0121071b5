"""Which FHIR profiles apply to which resource: asked for, claimed, named by others; no others."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from sharedcare.errors import NotFoundError, PackageFault
from sharedcare.fhir import Validator
from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.payloads import Settings, validate_paths
from sharedcare.fhir.payloads.given_packages import from_packages
from sharedcare.places import Severity
from tests.fhir.examples import EXAMPLES
from tests.fhir.fhir_profiles.cases import (
    ONE_BOOLEAN,
    bound,
    bundle,
    case,
    coded,
    extended,
    extension_of,
    identifier,
    observation,
    patient,
    rule,
)
from tests.fhir.fhir_profiles.holding import ASKED, issues, packages, told
from tests.fhir.mutants import CLASSES, mutant
from tests.fhir.packages.made import HERE, HL7, content, element, packed, profile, sliced

Json = dict[str, Any]

NAMED = profile(element("Patient.name", min=1))
UNNAMED = ("profile-minimum", "Patient")


def claiming(resource: Json, *addresses: str) -> Json:
    return {**resource, "meta": {"profile": list(addresses)}}


# ── Claims ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", [ASKED, f"{ASKED}|1"])
def test_a_resource_is_held_against_what_it_claims(address: str) -> None:
    assert told(claiming(patient(), address), NAMED, asked="") == {UNNAMED}
    assert told(claiming(patient(name=[{"text": "a"}]), address), NAMED, asked="") == set()


def test_a_resource_that_claims_nothing_is_held_against_nothing() -> None:
    assert told(patient(), NAMED, asked="") == set()


@pytest.mark.parametrize("address", [f"{HERE}/nowhere", f"{ASKED}|2"])
def test_a_claim_that_no_package_knows_is_a_warning(address: str) -> None:
    (issue,) = issues(claiming(patient(), address), NAMED, asked="")
    assert (issue.rule, issue.severity) == ("profile-unknown", Severity.WARNING)
    assert issue.path == "Patient.meta.profile[0]"


def test_a_claim_of_another_type_is_a_fault() -> None:
    assert told(claiming(observation(), ASKED), NAMED, asked="") == {
        ("profile-type", "Observation.meta.profile[0]")
    }


def test_claims_of_entries_and_of_what_is_contained_are_looked_at() -> None:
    inner = claiming(patient(), ASKED)
    outer = observation(contained=[inner], subject={"reference": "#p"})
    assert told(bundle(outer), NAMED, asked="") == {
        ("profile-minimum", "Bundle.entry[0].resource.contained[0]")
    }
    assert told(bundle(inner), NAMED, asked="") == {("profile-minimum", "Bundle.entry[0].resource")}


def test_types_of_fhir_are_no_unknown_profiles() -> None:
    assert told(claiming(patient(), f"{HL7}/Patient", f"{HL7}/Resource"), asked="") == set()


def test_a_definition_that_cannot_be_used_is_told_at_the_claim() -> None:
    broken = profile(element("Patient.nosuch", min=1))
    (issue,) = issues(claiming(patient(), ASKED), broken, asked="")
    assert issue.rule == "profile-unusable"
    assert "nosuch" in issue.message
    with pytest.raises(PackageFault):
        issues(patient(), broken)


def test_what_is_asked_for_and_claimed_is_told_once(tmp_path: Path) -> None:
    package, path = tmp_path / "p.tgz", tmp_path / "a.ndjson"
    package.write_bytes(packed(content(NAMED)))
    path.write_bytes(json.dumps(claiming(patient(), ASKED)).encode())
    settings = Settings(packages=from_packages((str(package),), None, (ASKED,)))
    made = validate_paths([str(path)], settings)
    assert dict(made.told) == {("error", "profile-minimum"): 1}
    assert len(made.listed) == 1


# ── What is asked for ─────────────────────────────────────────────────────────────────────────────


def test_what_is_asked_for_is_held_against_whatever_a_resource_claims() -> None:
    assert told(patient(), NAMED) == {UNNAMED}


def test_what_is_asked_for_and_in_no_package_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"did you mean .*/heartrate\?"):
        issues(patient(), asked=f"{HL7}/heartrat")


def test_a_resource_of_another_type_than_asked_for_is_a_fault() -> None:
    assert told(observation(), NAMED) == {("profile-asked-type", "Observation")}


def test_of_several_that_are_asked_for_those_of_its_type_count() -> None:
    other = profile(element("Observation.subject", min=1), type_="Observation", name="b")
    held = FhirProfiles(packages(NAMED, other), [ASKED, f"{HERE}/b"])
    validator = Validator(fhir_profiles=held)
    for resource, path in ((patient(), "Patient"), (observation(), "Observation")):
        found = validator.issues(json.dumps(resource).encode())
        assert [(issue.rule, issue.path) for issue in found] == [("profile-minimum", path)]


def test_a_bundle_is_the_resource_that_is_asked_about_and_its_entries_are_not() -> None:
    ask = profile(element("Bundle.timestamp", min=1), type_="Bundle")
    assert told(bundle(patient()), ask) == {("profile-minimum", "Bundle")}


# ── The fast lane ─────────────────────────────────────────────────────────────────────────────────


def test_the_fast_lane_swallows_nothing_that_a_profile_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sharedcare.fhir.validator.WORTH_A_LANE", 0)
    monkeypatch.setattr("sharedcare.fhir.validator.WORTH_ASKING", 0)
    validator = Validator(fhir_profiles=FhirProfiles(packages(NAMED, ONE_BOOLEAN)))
    plain = json.dumps(patient(gender="male")).encode()
    claims = json.dumps(claiming(patient(), ASKED)).encode()
    wrong = json.dumps(patient(extension=[extended(valueString="x")])).encode()
    hidden = claims.replace(b'"profile"', b'"pro\\u0066ile"')
    for _ in range(2):
        found = [*validator.issues_of_lines([plain, claims, wrong, plain, hidden, plain])]
        assert [[issue.rule for issue in one] for one in found] == [
            *([], ["profile-minimum"], ["profile-value-type"]),
            *([], ["profile-minimum"], []),
        ]


def test_a_parsed_object_is_held_against_profiles_as_its_text_is() -> None:
    validator = Validator(fhir_profiles=FhirProfiles(packages(NAMED), [ASKED]))
    (issue,) = validator.issues_of_object(patient())
    assert (issue.rule, issue.path) == UNNAMED


def test_with_packages_and_no_claim_the_examples_are_told_what_they_are_told_without() -> None:
    plain = Validator(fast=False)
    held = Validator(fhir_profiles=FhirProfiles(packages(NAMED)))
    for resource in EXAMPLES:
        data = json.dumps(resource).encode()
        found = [one for one in held.issues(data) if one.rule != "extension-unknown"]
        assert tuple(found) == plain.issues(data)


# ── Extensions ────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_extension_is_told_and_an_unknown_modifier_is_a_fault() -> None:
    other = {"url": "http://example.org/other", "valueInteger": 1}
    (known,) = issues(patient(extension=[other]), asked="")
    assert (known.rule, known.severity) == ("extension-unknown", Severity.INFORMATION)
    (modifier,) = issues(patient(modifierExtension=[other]), asked="")
    assert (modifier.rule, modifier.severity) == ("modifier-extension-unknown", Severity.ERROR)


def test_extensions_are_looked_at_on_primitives_in_data_types_and_in_extensions() -> None:
    wrong = extended(valueInteger=1)
    outer = {"url": "http://example.org/other", "extension": [wrong]}
    resource = patient(
        birthDate="2000",
        _birthDate={"extension": [wrong]},
        name=[{"text": "a", "extension": [outer]}],
    )
    paths = {
        path
        for rule_, path in told(resource, ONE_BOOLEAN, asked="")
        if rule_ == "profile-value-type"
    }
    assert paths == {
        "Patient.birthDate.extension[0].value.ofType(integer)",
        "Patient.name[0].extension[0].extension[0].value.ofType(integer)",
    }


# ── What cannot be told ───────────────────────────────────────────────────────────────────────────


def information(resource: Json, *held: Json, **options: Any) -> list[tuple[str, str]]:
    found = issues(resource, *held, **options)
    assert {issue.severity for issue in found} <= {Severity.INFORMATION}
    return [(issue.rule, issue.message) for issue in found]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("birthDate < today()", "another answer each day"),
        ("name.sqrt() = 1", "a function that is not known"),
        ("managingOrganization.resolve().active", "is not at hand"),
        ("communication.language.memberOf('http://example.org/none')", "not all at hand"),
        ("name.where(", "ends too early"),
        ("", "only words"),
        ("communication.language.text.matches('(')", "regular expression"),
        ("communication.language.text.matches('(a+)+$')", "without end"),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_told_and_not_passed_over(
    expression: str, reason: str
) -> None:
    resource = patient(
        managingOrganization={"reference": "Organization/1"},
        communication=[{"language": {"text": "a" * 40 + "!", **coded("M", HERE)}}],
        birthDate="2000",
    )
    ((name, words),) = information(
        resource, profile(element("Patient", constraint=rule(expression)))
    )
    assert name == "profile-rule-not-checked"
    assert reason in words


def test_a_value_set_that_is_not_at_hand_is_told() -> None:
    from tests.fhir.fhir_profiles.cases import CODES, UNLISTED

    ask = profile(
        element("Observation.code", binding=bound("required", "unlisted")), type_="Observation"
    )
    assert information(observation(code=coded("a", CODES)), ask, UNLISTED) == []
    ((name, _),) = information(
        observation(code=coded("138875005", "http://snomed.info/sct")), ask, UNLISTED
    )
    assert name == "profile-code-not-checked"
    ((name, words),) = information(observation(code=coded("a", CODES)), ask)
    assert name == "profile-code-not-checked"
    assert "in none of the packages" in words


def test_a_code_that_may_be_extended_is_a_warning_and_one_that_is_preferred_is_nothing() -> None:
    from tests.fhir.fhir_profiles.cases import LISTED

    for strength, rules in (("extensible", {"profile-code-extensible"}), ("preferred", set())):
        ask = profile(element("Observation.code", binding=bound(strength)), type_="Observation")
        found = issues(observation(), ask, LISTED)
        assert {issue.rule for issue in found} == rules
        assert {issue.severity for issue in found} <= {Severity.WARNING}


def test_what_a_reference_leads_to_outside_the_document_is_told_as_not_checked() -> None:
    ask = profile(
        element(
            "Observation.subject", type=[{"code": "Reference", "targetProfile": [f"{HERE}/n"]}]
        ),
        type_="Observation",
    )
    named = profile(element("Patient.name", min=1), name="n")
    ((name, _),) = information(observation(subject={"reference": "Patient/1"}), ask, named)
    assert name == "profile-target-not-checked"
    found = bundle(patient(), observation(subject={"reference": "Patient/p"}))
    by_claim = claiming(found["entry"][1]["resource"], ASKED)
    found["entry"][1]["resource"] = by_claim
    assert told(found, ask, named, asked="") == {
        ("profile-target", "Bundle.entry[1].resource.subject")
    }


def test_a_profile_of_a_value_that_is_not_at_hand_is_told_as_not_checked() -> None:
    ask = profile(
        element("Patient.identifier", type=[{"code": "Identifier", "profile": [f"{HERE}/none"]}])
    )
    ((name, _),) = information(patient(identifier=[identifier("a")]), ask)
    assert name == "profile-not-checked"


def test_a_slice_that_cannot_be_told_from_others_is_told_as_not_checked() -> None:
    ask = profile(
        element("Patient.generalPractitioner", slicing=sliced("value", "resolve().name")),
        element("Patient.generalPractitioner:a", min=1),
    )
    ((name, _),) = information(patient(generalPractitioner=[{"reference": "Organization/1"}]), ask)
    assert name == "slice-not-checked"


def test_what_is_to_be_supported_and_absent_is_told_where_that_is_asked_for() -> None:
    ask = profile(element("Patient.name", mustSupport=True))
    assert information(patient(), ask) == []
    ((name, _),) = information(patient(), ask, must_support=True)
    assert name == "must-support-absent"
    assert information(patient(name=[{"text": "a"}]), ask, must_support=True) == []


# ── Going round ───────────────────────────────────────────────────────────────────────────────────


def test_profiles_that_ask_for_each_other_in_a_circle_come_to_an_end() -> None:
    there = [{"code": "Reference", "targetProfile": [ASKED]}]
    ask = profile(
        element("Patient.name", min=1),
        element("Patient.link.other", type=there),
    )
    one = patient(id="a", link=[{"other": {"reference": "Patient/b"}, "type": "seealso"}])
    two = patient(id="b", link=[{"other": {"reference": "Patient/a"}, "type": "seealso"}])
    named = [{**claiming(found, ASKED), "name": [{"text": "x"}]} for found in (one, two)]
    assert told(bundle(*named), ask, asked="") == set()
    broken = [claiming(one, ASKED), claiming(two, ASKED)]
    rules = {rule_ for rule_, _ in told(bundle(*broken), ask, asked="")}
    assert "profile-minimum" in rules


def test_items_inside_items_are_held_against_what_their_outermost_is() -> None:
    ask = profile(element("Questionnaire.item.text", min=1), type_="Questionnaire")
    item: Json = {"linkId": "50", "type": "display"}
    for number in reversed(range(50)):
        item = {"linkId": str(number), "type": "group", "text": "x", "item": [item]}
    found = told({"resourceType": "Questionnaire", "status": "draft", "item": [item]}, ask)
    assert [rule_ for rule_, _ in found] == ["profile-minimum"]


def test_profiles_too_deep_inside_each_other_are_told_and_end_nothing() -> None:
    again = extension_of(
        element("Extension.extension", slicing=sliced("value", "url")),
        element(
            "Extension.extension:again", type=[{"code": "Extension", "profile": [f"{HERE}/ext"]}]
        ),
    )
    inner = extended(valueString="x")
    for _ in range(90):
        inner = extended(extension=[inner])
    profiles = FhirProfiles(packages(again))
    data = json.dumps(patient(extension=[inner])).encode()

    def deeper(levels: int) -> set[str]:
        if levels:
            return deeper(levels - 1)
        return {issue.rule for issue in Validator(fhir_profiles=profiles).issues(data)}

    assert deeper(10) == {"extension-place"}
    assert "profile-too-deep" in deeper(450)


def test_whatever_a_resource_holds_there_are_issues_and_no_error_of_ours() -> None:
    ask = profile(
        element("Patient.name", min=1, constraint=rule("family.length() > 1 and given.exists()")),
        element("Patient.identifier", slicing=sliced("value", "system", "closed")),
        element("Patient.identifier:a", max="1"),
        element("Patient.identifier:a.system", min=1, fixedUri=f"{HERE}/a"),
        element("Patient.contact", slicing=sliced("exists", "name")),
        element("Patient.contact:b"),
        element("Patient.contact:b.name", min=1),
    )
    validator = Validator(fhir_profiles=FhirProfiles(packages(ask, ONE_BOOLEAN), [ASKED]))
    draw = random.Random(7)
    made = 0
    for name in CLASSES:
        for seed in range(4):
            data = mutant(name, draw.choice(EXAMPLES), seed)
            if data is not None:
                made += 1
                validator.issues(data)
    assert made > len(CLASSES)


def test_no_message_holds_a_value_of_the_resource() -> None:
    secret = "SECRETSECRET"  # what must not come out
    made = case(
        "secret",
        [
            element("Patient.name.family", fixedString="x", maxLength=2),
            element("Patient.identifier", slicing=sliced("value", "system", "closed")),
            element("Patient.identifier:a"),
            element("Patient.identifier:a.system", min=1, fixedUri=f"{HERE}/a"),
            element("Patient.gender", constraint=rule("$this = 'x'")),
        ],
        patient(),
        patient(
            name=[{"family": secret}],
            identifier=[{"system": f"urn:{secret}", "value": secret}],
            extension=[{"url": f"http://{secret}", "valueString": secret}],
            meta={"profile": [f"http://{secret}"]},
            gender="male",
        ),
    )
    found = issues(made.bad, *made.resources)
    assert len(found) >= 5
    assert not [issue for issue in found if secret in issue.message or secret in issue.path]
