"""Official examples and generated records, where they lie beside the project.

Six of the official R4 examples hold real errors: four references to a type that is not allowed, a
questionnaire whose items have no linkId, and a plan that names definitions as contained which it
does not contain (``#amlodipinePrescription``). Nothing else may be called an error.
"""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sharedcare.fhir import Validator, is_valid
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.mutants import CLASSES, mutant

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "fhir"
LONGEST = 30_000

KNOWN_ERRORS = {
    ("DeviceMetric", "reference-type"),
    ("DeviceUseStatement", "reference-type"),
    ("MedicationRequest", "reference-type"),
    ("Observation", "reference-type"),
    ("PlanDefinition", "canonical-contained"),
    ("Questionnaire", "required-element"),
}


def lines_of(name: str) -> list[bytes]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the sample data is not beside the project")
    return [line for line in path.read_bytes().split(b"\n") if line]


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("name", ["synthea-sample.ndjson", "synthea-bundles.ndjson"])
def test_generated_records_have_no_issue(name: str, fast: bool) -> None:
    validator = Validator(fast=fast)
    assert [line[:80] for line in lines_of(name) if validator.issues(line)] == []


@pytest.mark.parametrize("fast", [True, False])
def test_official_examples_have_the_known_errors_and_no_others(fast: bool) -> None:
    validator = Validator(fast=fast)
    found: Counter[tuple[str, str]] = Counter()
    for line in lines_of("r4-examples.ndjson"):
        rules = {issue.rule for issue in validator.issues(line) if issue.is_error}
        found.update((json.loads(line)["resourceType"], rule) for rule in rules)
    assert found == Counter(dict.fromkeys(KNOWN_ERRORS, 1))


def valid_samples() -> list[dict[str, Any]]:
    validator = Validator()
    lines = [*lines_of("synthea-sample.ndjson"), *lines_of("r4-examples.ndjson")]
    short = [line for line in lines if len(line) < LONGEST]
    return [json.loads(line) for line in short if is_valid(validator.issues(line))]


def test_mutants_of_the_samples_are_found_and_none_is_accepted_by_the_fast_lane() -> None:
    draw, lane, full = random.Random(1), FastLane(r4()), Validator(fast=False)
    samples = valid_samples()
    made, found = Counter[str](), Counter[str]()
    for name in CLASSES:
        for seed in range(60):
            data = mutant(name, draw.choice(samples), seed)
            if data is not None:
                issues = full.issues(data)
                made[name] += 1
                found[name] += not is_valid(issues)
                assert not (issues and lane.accepted([data])[0]), data
    missed = {name: (found[name], count) for name, count in made.items() if found[name] < count}
    assert missed == {}
    assert len(made) > 0.95 * len(CLASSES)
