"""Values of any kind anywhere: they end in issues, never in an exception, and no lane disagrees."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.examples import EXAMPLES

LANE = FastLane(r4())
FULL = Validator(fast=False)
VALUES: list[Any] = [
    None, {}, [], "", " ", "x", 1, 1.5, True, {"a": 1}, ["x"], [None], [{}], [[1]], "#", -1,
    {"reference": "#"}, {"id": "a"}, "http://a b", {"resourceType": "Patient"},
    {"resourceType": ["x"]}, [{"resourceType": {}}], "2020-13", {"coding": "x"}, {"coding": [1]},
    {"extension": [1]}, "urn:uuid:x", 10**30,
]  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object and array with each of its keys and indexes."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


@given(
    resource=st.sampled_from(EXAMPLES),
    edits=st.lists(
        st.tuples(st.floats(0, 0.999), st.sampled_from(VALUES), st.booleans()),
        min_size=1,
        max_size=3,
    ),
)
def test_confused_values_are_told_of_and_taken_by_no_lane(
    resource: dict[str, Any], edits: list[tuple[float, Any, bool]]
) -> None:
    made = copy.deepcopy(resource)
    for share, value, beside in edits:
        found = list(places(made))
        if found:
            owner, key = found[int(share * len(found))]
            is_companion = beside and isinstance(owner, dict)
            owner[f"_{key}" if is_companion else key] = copy.deepcopy(value)
    text = json.dumps(made, separators=(",", ":")).encode()
    issues = FULL.issues(text)
    assert {issue.rule for issue in FULL.issues_of_object(made)} == {one.rule for one in issues}
    assert not (issues and LANE.accepted([text])[0]), text
