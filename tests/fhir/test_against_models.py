"""Beside fhir.resources (R4B): every disagreement has a reason that is written down here.

fhir.resources has no R4 4.0.1, so the examples are of types that R4 and R4B have in common.
"""

import importlib
import json
import random
from collections import Counter

import pytest
from pydantic import BaseModel, ValidationError

from sharedcare.fhir import Validator, is_valid
from tests.fhir.examples import EXAMPLES, Json
from tests.fhir.mutants import CLASSES, TEXT_CHANGES, mutant

VALIDATOR = Validator()

#: Rules of ours that a model does not know: it has no value sets, no invariants but ext-1, no
#: references, no narrative; it turns texts into numbers and dates, and takes empty arrays, nulls
#: and keys that begin with an underscore.
BEYOND_MODELS = {
    "array-empty", "bundle-reference", "choice-exclusive", "code-format", "code-required",
    "code-system-absolute", "code-unknown", "companion-object", "contained-id", "date-format",
    "dateTime-format", "instant-format", "dom-2", "dom-3", "dom-4", "ele-1",
    "element-id-duplicate", "ext-1", "extension-url", "id-format", "narrative-root",
    "narrative-xml", "null-value", "object-empty", "obs-6", "per-1", "qty-3", "cpt-2", "rat-1",
    "ref-1", "reference-format", "reference-type", "reference-type-differs",
    "reference-type-unknown", "required-element", "string-empty", "txt-1", "txt-2",
    "type-boolean", "type-decimal", "type-integer", "type-string", "uri-format", "uri-scheme",
    "date-impossible", "integer-range", "unknown-element", "array-unexpected", "pat-1",
    "org-1", "att-1", "que-1", "tim-2", "con-4", "con-5", "bdl-5", "resource-type-missing",
    "attachment-size", "integer-not-positive", "integer-negative", "obs-3", "mime-type",
    "questionnaire-question", "bdl-3", "base64-format", "array-expected", "object-expected",
    "code-system-value-set", "primitive-expected", "code-display", "unit-system",
    "code-form", "sqty-1", "drt-1", "unit-form", "language", "currency", "extension-version",
    "extension-modifier", "extension-part-unknown", "extension-context", "canonical-contained",
    "narrative-link",
}  # fmt: skip


def model_of(resource: Json) -> type[BaseModel] | None:
    name = resource.get("resourceType")
    if not isinstance(name, str) or not name.isidentifier():
        return None
    try:
        module = importlib.import_module(f"fhir.resources.R4B.{name.lower()}")
    except ModuleNotFoundError:
        return None
    found: type[BaseModel] = getattr(module, name)
    return found


def is_taken(resource: Json) -> bool:
    model = model_of(resource)
    if model is None:
        return False
    try:
        model.model_validate(resource)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda one: one["resourceType"])
def test_models_take_the_examples_too(resource: Json) -> None:
    assert is_taken(resource)


def test_what_models_refuse_is_refused_and_what_only_they_take_has_a_known_reason() -> None:
    draw = random.Random(7)
    unexplained: Counter[str] = Counter()
    for name in CLASSES:
        if name in TEXT_CHANGES:
            continue
        data = mutant(name, draw.choice(EXAMPLES), 1)
        if data is None:
            continue
        errors = {issue.rule for issue in VALIDATOR.issues(data) if issue.is_error}
        taken = is_taken(json.loads(data))
        if not taken and not errors:
            unexplained[f"{name}: refused by the model alone"] += 1
        if taken and errors - BEYOND_MODELS:
            unexplained[f"{name}: {sorted(errors)}"] += 1
    assert unexplained == {}


def test_no_mutant_is_refused_by_models_and_valid_for_us() -> None:
    for name in CLASSES:
        for resource in EXAMPLES[:6]:
            data = None if name in TEXT_CHANGES else mutant(name, resource, 3)
            if data is not None and is_valid(VALIDATOR.issues(data)):
                assert is_taken(json.loads(data)), (name, data)
