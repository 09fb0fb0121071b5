"""Resources as programs hold them: parsed, as text, as models, and in several threads at once."""

import json
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from fhir.resources.R4B.patient import Patient

from sharedcare.errors import UsedWrongly
from sharedcare.fhir import Issue, Validator, read_model, validate_resource
from sharedcare.fhir.payloads import Settings, validate_paths
from sharedcare.fhir.rules import MAX_DEPTH
from sharedcare.reports.payloads.validation import render_validation
from tests.fhir.examples import PATIENT, changed

BAD = changed(PATIENT, gender="x")


def observation(value: object) -> dict[str, Any]:
    quantity = {"value": value}
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "weight"},
        "valueQuantity": quantity,
    }


def rules(issues: tuple[Issue, ...]) -> list[tuple[str, str]]:
    return [(issue.rule, issue.path) for issue in issues]


def nested(depth: int) -> dict[str, Any]:
    """An object with so many levels."""
    made: dict[str, Any] = {"resourceType": "Patient"}
    for _ in range(depth - 1):
        made = {"resourceType": "Patient", "x": made}
    return made


@pytest.mark.parametrize(
    "given",
    [
        json.dumps,
        lambda value: json.dumps(value).encode(),
        lambda value: bytearray(json.dumps(value).encode()),
        lambda value: memoryview(json.dumps(value).encode()),
        lambda value: value,
        MappingProxyType,
    ],
)
def test_a_resource_may_be_given_in_any_form_that_programs_hold_it_in(
    given: Callable[[dict[str, Any]], Any],
) -> None:
    assert validate_resource(given(PATIENT)) == ()
    for validate in (validate_resource, Validator().validate):
        assert rules(validate(given(BAD))) == [("code-required", "Patient.gender")]


def test_a_model_is_validated_by_a_validator_too() -> None:
    assert Validator().validate(Patient(active=True)) == ()


@pytest.mark.parametrize("given", [None, 5, [PATIENT], {"a"}])
def test_what_is_no_resource_is_refused_in_words(given: Any) -> None:
    with pytest.raises(TypeError, match="a resource is bytes or text in JSON"):
        validate_resource(given)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (float("nan"), "json-number"),
        (float("-inf"), "json-number"),
        (Decimal("NaN"), "json-number"),
        (Decimal("1e309"), "json-number-range"),
        (10**4_000, "json-number-range"),
        (-(10**308), "json-number-range"),
    ],
)
def test_a_number_that_no_text_may_hold_is_told_of_an_object_too(value: object, rule: str) -> None:
    found = validate_resource(observation(value))
    assert (rule, "Observation.value.ofType(Quantity).value") in rules(found)


@pytest.mark.parametrize("value", [1, 1.5, Decimal("1.10"), 10**308 - 1, Decimal("1e308"), 1e-320])
def test_any_other_number_of_an_object_is_as_good_as_in_a_text(value: object) -> None:
    assert validate_resource(observation(value)) == ()


def test_half_of_a_surrogate_pair_is_told_of_an_object_too() -> None:
    torn = {"resourceType": "Patient", "name": [{"family": "a\ud800"}]}
    expected = [("json-surrogate", "Patient.name[0].family")]
    assert rules(validate_resource(torn)) == expected
    assert rules(validate_resource(json.dumps(torn).encode())) == expected
    assert "json-surrogate" in {rule for rule, _ in rules(validate_resource({"\udc00": 1}))}


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1])
def test_an_object_may_be_as_deep_as_a_text_and_no_deeper(depth: int) -> None:
    value = nested(depth)
    is_refused = depth > MAX_DEPTH
    for found in (validate_resource(value), validate_resource(json.dumps(value))):
        assert ("json-depth" in {issue.rule for issue in found}) == is_refused


def test_an_object_that_holds_itself_is_told_to_be_too_deep() -> None:
    value = dict(PATIENT)
    value["contained"] = [value]
    assert rules(validate_resource(value)) == [("json-depth", "")]


def test_threads_that_validate_side_by_side_never_take_a_fault_for_good() -> None:
    good = [json.dumps(changed(PATIENT, id=f"p{n}")).encode() for n in range(100)]
    bad = [line.replace(b'"male"', b'"mail"').replace(b'"female"', b'"mail"') for line in good]
    wrong: list[int] = []

    def work(start: int) -> None:
        for number in range(300):
            at = (start + number) % len(good)
            if validate_resource(good[at]) or not validate_resource(bad[at]):
                wrong.append(at)

    threads = [threading.Thread(target=work, args=(number * 7,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_model_is_read_of_text_and_of_a_version_that_there_is() -> None:
    assert read_model(json.dumps(PATIENT), "R5").__class__.__name__ == "Patient"
    with pytest.raises(UsedWrongly, match="R4, R4B, R5, STU3"):
        read_model(b"{}", "R6")


def test_words_that_there_are_not_are_used_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(PATIENT))
    made = validate_paths(path)
    assert made.counts.ok == 1
    for wrong in (
        lambda: validate_paths(path, Settings(version="r5")),
        lambda: validate_paths(path, holds="yaml"),
        lambda: validate_paths(path, workers=0),
        lambda: render_validation(made, "html"),
    ):
        with pytest.raises(UsedWrongly):
            wrong()
