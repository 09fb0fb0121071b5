"""What is put together by chance is accepted only if it is good, and then mostly."""

import json
import random

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.examples import Json
from tests.fhir.fast_lane.odd_texts import VALUES, odd_bundle, odd_narrative, odd_value

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

FULL = Validator(fast=False)
LANE = FastLane(r4())


def extended(name: str, value: str) -> Json:
    key = f"value{name[0].upper()}{name[1:]}"
    return {"resourceType": "Patient", "extension": [{"url": "http://example.org/a", key: value}]}


def saying(div: str) -> Json:
    return {"resourceType": "Patient", "text": {"status": "generated", "div": div}}


def share_of_good(resources: list[Json]) -> float:
    """The share of what is good that is accepted; fails where anything else is."""
    lines = [
        json.dumps(one, ensure_ascii=bool(at % 2)).encode() for at, one in enumerate(resources)
    ]
    accepted = LANE.accepted(lines)
    is_good = [not FULL.issues(line) for line in lines]
    triples = list(zip(lines, accepted, is_good, strict=True))
    assert [line for line, was_accepted, is_so in triples if was_accepted and not is_so] == []
    return sum(accepted) / sum(is_good)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_accepted_only_if_it_is_written_well(name: str) -> None:
    draw = random.Random(name)
    assert share_of_good([extended(name, odd_value(draw, name)) for _ in range(500)]) > 0.5


@pytest.mark.parametrize("seed", range(4))
def test_a_narrative_is_accepted_only_if_it_is_good(seed: int) -> None:
    draw = random.Random(seed)
    assert share_of_good([saying(odd_narrative(draw)) for _ in range(1000)]) > 0.9


@pytest.mark.parametrize("seed", range(4))
def test_a_bundle_is_accepted_only_if_its_entries_go_together(seed: int) -> None:
    draw = random.Random(seed)
    assert share_of_good([odd_bundle(draw) for _ in range(1000)]) > 0.5
