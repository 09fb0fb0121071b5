"""Definitions: what profiles, code systems and value sets may say."""

import pytest

from tests.fhir.broken import code_system, constrained, issues_of, value_set
from tests.fhir.examples import (
    Json,
)


def test_a_value_set_draws_from_code_systems_with_absolute_addresses() -> None:
    assert issues_of(value_set("http://loinc.org")) == ()
    assert [issue.rule for issue in issues_of(value_set("loinc"))] == ["code-system-absolute"]
    wrong = value_set("http://hl7.org/fhir/ValueSet/administrative-gender")
    assert [issue.rule for issue in issues_of(wrong)] == ["code-system-value-set"]


def test_a_property_of_a_concept_may_have_the_type_that_is_declared() -> None:
    declared = [{"code": "size", "type": "integer"}]
    concepts = [{"code": "a", "property": [{"code": "size", "valueInteger": 1}]}]
    made = code_system(content="complete", property=declared, concept=concepts)
    assert issues_of(made) == ()


@pytest.mark.parametrize(
    ("path", "name", "parts"),
    [
        ("Patient.name", "", {"min": 1}),
        ("Patient.name.given", "", {"max": "2"}),
        ("Patient.deceased[x]", "", {"min": 1}),
        ("Patient.deceasedBoolean", "", {"min": 1}),
        ("Patient.extension.url", "", {"min": 1}),
        ("Patient.contained.name", "", {"min": 1}),
        ("Patient.birthDate.extension", "", {"min": 1, "max": "3"}),
        ("Patient.communication.language", "any", {"min": 0}),
        ("Patient.link.other.identifier.assigner.display", "", {"min": 1}),
    ],
)
def test_a_profile_may_narrow_what_its_type_has(path: str, name: str, parts: Json) -> None:
    assert issues_of(constrained(path, name, **parts)) == ()


@pytest.mark.parametrize("strength", [{}, ["required"], 7])
def test_a_binding_whose_strength_is_no_code_is_told_of(strength: object) -> None:
    made = constrained("Patient.gender", binding={"strength": strength, "valueSet": "http://x/v"})
    told = {(issue.path, issue.is_error) for issue in issues_of(made)}
    assert ("StructureDefinition.differential.element[1].binding.strength", True) in told


@pytest.mark.parametrize("url", ["http://example.org/colours", "urn:oid:1.2.3"])
def test_the_address_of_a_definition_may_be_any_that_is_absolute(url: str) -> None:
    assert issues_of(code_system(content="complete", url=url)) == ()


def test_snapshot_and_differential_name_the_same_elements_by_the_same_ids() -> None:
    made = constrained("Patient.name", min=1)
    whole = [{**one, "definition": "x", "min": 0, "max": "*"} for one in elements_of(made)]
    made["snapshot"] = {"element": [{**one, "base": BASE} for one in whole]}
    assert "element-id-duplicate" not in {issue.rule for issue in issues_of(made)}
    elements_of(made)[1]["id"] = "Patient"
    assert "sdf-17" in {issue.rule for issue in issues_of(made)}


BASE = {"path": "Patient", "min": 0, "max": "*"}


def elements_of(definition: Json) -> list[Json]:
    found: list[Json] = definition["differential"]["element"]
    return found


def test_extensions_by_which_hl7_publishes_definitions_may_stand_on_any_of_them() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version"
    made = code_system(content="complete", extension=[{"url": url, "valueCode": "4.0.0"}])
    assert issues_of(made) == ()
