"""Many resources at once have the issues that each has alone, whichever lane judges them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.payloads import Settings
from sharedcare.fhir.payloads.job import Validating
from sharedcare.fhir.payloads.tally import Tally
from tests.fhir.bulk.chunks import LINES, as_bytes
from tests.fhir.examples import EXAMPLES, PATIENT, changed
from tests.fhir.mutants import CLASSES, mutant

FULL = Validator(fast=False)

GOOD = [json.dumps(one).encode() for one in EXAMPLES]
MUTANTS = [made for name in CLASSES for one in EXAMPLES[:6] if (made := mutant(name, one, 1))]

#: It has no issue in R4, and one in R5, of which it says to be: there a class is a concept.
OF_R5 = json.dumps(
    {
        "resourceType": "Encounter",
        "meta": {"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Encounter"]},
        "status": "planned",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    }
).encode()


@pytest.mark.parametrize("worth", [0, 3_000, 10**9])
def test_many_resources_have_the_issues_that_each_has_alone(
    worth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sharedcare.fhir.validator.WORTH_A_LANE", worth)
    lines = [*GOOD, *MUTANTS, b"", b"{", *GOOD, b"\xff"]
    validator = Validator()
    for _ in range(2):
        assert list(validator.issues_of_lines(lines)) == [FULL.issues(one) for one in lines]
    assert [validator.issues(one) for one in lines] == [FULL.issues(one) for one in lines]
    assert list(validator.issues_of_lines([])) == []


def tally_of(lines: list[bytes], settings: Settings) -> Tally:
    return Validating(settings).begin()(Chunk("a.ndjson", "ndjson", b"\n".join(lines), 7, 99))


@given(lines=st.lists(st.sampled_from([*LINES, *GOOD, OF_R5, b" \r", b"\t"]), max_size=20))
@pytest.mark.parametrize("settings", [Settings(), Settings(version="R4")], ids=["auto", "R4"])
def test_a_chunk_has_the_same_tally_with_and_without_the_fast_lane(
    settings: Settings, lines: list[bytes]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sharedcare.fhir.validator.WORTH_A_LANE", 10**12)
        wanted = tally_of(lines, settings)
        patch.setattr("sharedcare.fhir.validator.WORTH_A_LANE", 0)
        patch.setattr("sharedcare.fhir.validator.WORTH_ASKING", 0)
        found = tally_of(lines, settings)
        parted = tally_of(lines, settings)
    job = Validating(settings)
    assert as_bytes(job, found) == as_bytes(job, wanted) == as_bytes(job, parted)
    assert found.counts.add_up


def test_a_line_that_says_it_is_of_another_version_is_judged_by_that_one() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sharedcare.fhir.validator.WORTH_A_LANE", 0)
        good = json.dumps(changed(PATIENT, id="p2")).encode()
        tally = tally_of([good, OF_R5] * 50, Settings())
    assert tally.versions == {"R4": 50, "R5": 50}
    assert (tally.counts.ok, tally.counts.with_errors) == (50, 50)
    assert FULL.issues(OF_R5) == ()
