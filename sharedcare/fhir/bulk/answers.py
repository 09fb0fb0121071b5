"""What a task on another machine answers: results and faults, or why it could do nothing.

An answer is JSON in bytes, so that it passes between machines that share nothing but this package.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sharedcare.errors import FileTrouble, LimitReached, SharedcareError, UsedWrongly
from sharedcare.fhir.bulk.done import Done
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.places import Fault, Place, Severity

_ERRORS: dict[str, type[SharedcareError]] = {
    error.__name__: error for error in (FileTrouble, LimitReached, UsedWrongly)
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a task could do nothing: an error of this package that is to be raised by who asked."""

    error: str
    said: str


def answered(job: Job[R], done: Done[R] | Refused) -> bytes:
    """Return an answer as bytes."""
    if isinstance(done, Refused):
        return json.dumps({"error": done.error, "said": done.said}).encode()
    faults = [_fault_to_json(fault) for fault in done.faults]
    return json.dumps({"result": job.to_json(done.result), "faults": faults}).encode()


def added(job: Job[R], answers: Iterable[bytes]) -> Done[R]:
    """Add up answers; raises the first error that one of them tells of."""
    result, faults = job.nothing(), dict[Fault, None]()
    for answer in answers:
        kept = json.loads(answer)
        if "error" in kept:
            raise _ERRORS[kept["error"]](kept["said"])
        result.add(job.from_json(kept["result"]))
        faults.update((_fault_from_json(fault), None) for fault in kept["faults"])
    return Done(result, tuple(sorted(faults, key=lambda fault: fault.order)))


def refused(error: SharedcareError) -> Refused:
    """Return an error of a task as an answer; of a kind that cannot be sent, as used wrongly."""
    name = type(error).__name__
    return Refused(name if name in _ERRORS else UsedWrongly.__name__, str(error))


def _fault_to_json(fault: Fault) -> list[Any]:
    place = fault.place
    where = [place.file, place.line, place.column, place.byte, place.path]
    return [where, fault.code, fault.message, fault.severity.value]


def _fault_from_json(kept: list[Any]) -> Fault:
    where, code, message, severity = kept
    return Fault(Place(*where), code, message, Severity(severity))
