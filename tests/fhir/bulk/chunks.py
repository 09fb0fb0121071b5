"""Lines that a job has most to do with, and ways to cut and add what they give."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.job import Job
from sharedcare.fhir.harmonise.job import Harmonising
from sharedcare.fhir.payloads import Settings
from sharedcare.fhir.payloads.job import Validating
from tests.fhir.examples import PATIENT, changed
from tests.fhir.harmonise.sending import SETTINGS, condition, observation, patient


def line(resource: object) -> bytes:
    return json.dumps(resource).encode()


GOOD = line(PATIENT)
BAD = line(changed(PATIENT, gender="banana", birthDate="2026-02-31"))
#: More issues of one rule than half of those that are listed.
MANY = line(changed(PATIENT, name=[{"use": "banana"}] * 70, gender="banana"))
TORN = GOOD[:99]
LINES = (
    GOOD, BAD, MANY, TORN, b"", b"\r", b"\xff", BAD + b"\r",
    line(condition()), line(condition(person=2)), line(observation()), line(patient()),
    line({"no": "resource"}), line({"resourceType": "Observation", "code": 5}),
)  # fmt: skip

JOBS: tuple[Job[Any], ...] = (
    Validating(Settings()),
    Validating(Settings(apart=frozenset({("value-set", "Patient.gender")}))),
    Harmonising(SETTINGS),
)

#: Lines, where they are cut, and in which order and grouping the parts are added.
CUT_LINES = st.lists(st.sampled_from(LINES), max_size=14).flatmap(
    lambda lines: st.tuples(
        st.just(lines),
        st.sets(st.integers(1, max(1, len(lines) - 1))),
        st.randoms(use_true_random=False),
    )
)


def cut(lines: Sequence[bytes], places: set[int], file: str = "a.ndjson") -> list[Chunk]:
    """Return the lines as chunks that begin at the first line and at these places."""
    starts = sorted({0, *(place for place in places if place < len(lines))})
    made = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        before = b"".join(one + b"\n" for one in lines[:start])
        data = b"".join(one + b"\n" for one in lines[start:end])
        made.append(Chunk(file, "ndjson", data, start + 1, len(before)))
    return made


def as_bytes(job: Job[Any], result: Any) -> bytes:
    """Return a result as the bytes in which it is kept."""
    return json.dumps(job.to_json(result)).encode()
