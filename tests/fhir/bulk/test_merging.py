"""Results of chunks add up to the same bytes, wherever lines are cut, in whatever order."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings

from sharedcare.fhir.bulk.job import Job
from sharedcare.fhir.payloads import Settings
from sharedcare.fhir.payloads.job import Validating
from sharedcare.fhir.payloads.tally import Tally
from sharedcare.reading.limits import MAX_LISTED
from tests.fhir.bulk.chunks import BAD, CUT_LINES, JOBS, LINES, MANY, as_bytes, cut

by_job = pytest.mark.parametrize("job", JOBS, ids=["validate", "baseline", "harmonise"])


def added_at_random(results: list[Any], draw: random.Random) -> Any:
    """Add two results at a time, drawn from all that are left."""
    while len(results) > 1:
        draw.shuffle(results)
        results[-2].add(results.pop())
    return results[0]


@by_job
@given(drawn=CUT_LINES)
@settings(max_examples=60)
def test_any_cut_any_order_and_any_grouping_give_the_same_bytes(
    job: Job[Any], drawn: tuple[list[bytes], set[int], random.Random]
) -> None:
    lines, places, draw = drawn
    work = job.begin()
    (whole,) = map(work, cut(lines, set()))
    parts = [job.nothing(), *map(work, cut(lines, places))]
    assert as_bytes(job, added_at_random(parts, draw)) == as_bytes(job, whole)


@by_job
def test_a_result_comes_back_from_json_as_it_was_and_goes_on_adding_up(job: Job[Any]) -> None:
    work = job.begin()
    first, second = map(work, cut(LINES, {5}))
    back = job.from_json(json.loads(as_bytes(job, first)))
    assert as_bytes(job, back) == as_bytes(job, first)
    back.add(second)
    (whole,) = map(work, cut(LINES, set()))
    assert as_bytes(job, back) == as_bytes(job, whole)


@by_job
def test_the_same_work_of_other_settings_has_another_text(job: Job[Any]) -> None:
    assert [other.text for other in JOBS].count(job.text) == 1


def test_files_are_counted_apart_and_together() -> None:
    job = Validating(Settings())
    work = job.begin()
    made = Tally()
    for name in ("b.ndjson", "a.ndjson", "b.ndjson"):
        made.add(work(cut([BAD], set(), name)[0]))
    assert {name: counts.read for name, counts in made.files.items()} == {
        "a.ndjson": 1, "b.ndjson": 2,
    }  # fmt: skip
    assert made.counts.read == 3


def test_of_a_rule_the_first_are_listed_by_file_and_byte_however_they_come() -> None:
    job = Validating(Settings())
    work = job.begin()
    chunks = cut([MANY] * 3, {1, 2})
    one, other = job.nothing(), job.nothing()
    for chunk in chunks:
        one.add(work(chunk))
    for chunk in reversed(chunks):
        other.add(work(chunk))
    listed = max(one.listed.values(), key=len)
    assert len(listed) == MAX_LISTED
    assert {found.line for found in listed} == {1, 2}
    assert one.listed == other.listed
