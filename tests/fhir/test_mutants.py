"""Faults put into valid resources are found, class by class, and tell nothing of their values."""

import json

import pytest

from sharedcare.fhir import Issue, Validator, is_valid
from tests.fhir.examples import EXAMPLES
from tests.fhir.mutants import CLASSES, PLANTED, mutant

VALIDATOR = Validator()


def mutants_of(name: str) -> list[bytes]:
    made = [mutant(name, one, seed) for one in EXAMPLES for seed in range(5)]
    return [one for one in made if one is not None]


def test_there_are_many_classes_of_faults() -> None:
    assert len(CLASSES) >= 45


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda one: one["resourceType"])
def test_the_examples_have_no_issue(resource: dict[str, object]) -> None:
    assert VALIDATOR.issues(json.dumps(resource).encode()) == ()


@pytest.mark.parametrize("name", CLASSES)
def test_every_mutant_of_the_class_is_found(name: str) -> None:
    made = mutants_of(name)
    assert made, "no example has a place for this fault"
    assert [one for one in made if is_valid(VALIDATOR.issues(one))] == []


@pytest.mark.parametrize("name", CLASSES)
def test_no_issue_tells_what_was_planted(name: str) -> None:
    for one in mutants_of(name):
        for issue in VALIDATOR.issues(one):
            assert not leaks(issue), issue


def leaks(issue: Issue) -> bool:
    told = f"{issue.rule} {issue.path} {issue.message}"
    return any(word in told for word in (*PLANTED.split(), "patientName"))


@pytest.mark.parametrize("name", CLASSES)
def test_every_issue_has_a_place_in_the_text(name: str) -> None:
    for one in mutants_of(name)[:5]:
        for issue in VALIDATOR.issues(one):
            assert 0 <= issue.byte <= len(one)
            assert issue.line >= 1
            assert issue.column >= 1
