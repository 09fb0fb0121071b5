"""A validation as a FHIR OperationOutcome; where there is nothing to tell, it says that."""

import json
from typing import Any

from sharedcare.fhir.payloads.conformance import FILE_CODES, LIMIT_CODES, Conformance
from sharedcare.fhir.payloads.tally import Found
from sharedcare.places import Fault
from sharedcare.reports.payloads.validation_words import accounting_words, note_words, verdict_words


def render(conformance: Conformance) -> str:
    """Write one OperationOutcome in JSON.

    ``diagnostics`` hold the place, ``details`` the rule and its sentence, ``expression`` the path.
    The last issues are of severity information: how all that was read adds up, and what else there
    is to know, such as what was suppressed and what was not checked.
    """
    issues = [
        *map(_fault, conformance.faults),
        *map(_issue, conformance.listed),
        *_not_listed(conformance),
        _summary(conformance),
        *map(_note, note_words(conformance)),
    ]
    outcome = {"resourceType": "OperationOutcome", "issue": issues}
    return json.dumps(outcome, indent=2, ensure_ascii=False) + "\n"


def _fault(fault: Fault) -> dict[str, Any]:
    return _made("fatal", _code_of(fault.code), fault.code, fault.message, fault.place.file)


def _code_of(code: str) -> str:
    """Return the code of FHIR's list of issue types for a file that cannot be read."""
    if code == "FILE_MISSING":
        return "not-found"
    if code in LIMIT_CODES:
        return "too-costly"
    return "processing" if code in FILE_CODES else "structure"


def _issue(found: Found) -> dict[str, Any]:
    where = f"{found.file}:{found.line}:{found.column}"
    said = f"{where}: {found.value}" if found.value else where
    made = _made(found.severity.value, found.code, found.rule, found.message, said)
    return {**made, "expression": [found.path]} if found.path else made


def _not_listed(conformance: Conformance) -> list[dict[str, Any]]:
    """Say of each rule how many issues are not listed."""
    listed = [(one.severity.value, one.rule) for one in conformance.listed]
    return [
        _made(severity, "informational", rule, f"{more:,} more of this rule.", "")
        for (severity, rule), count in sorted(conformance.told.items())
        if (more := count - listed.count((severity, rule)))
    ]


def _summary(conformance: Conformance) -> dict[str, Any]:
    said = f"{verdict_words(conformance)} {accounting_words(conformance)}"
    return _made("information", "informational", "summary", said, "")


def _note(said: str) -> dict[str, Any]:
    return _made("information", "informational", "note", said, "")


def _made(severity: str, code: str, rule: str, text: str, diagnostics: str) -> dict[str, Any]:
    details = {"coding": [{"code": rule}], "text": text}
    made = {"severity": severity, "code": code, "details": details}
    return {**made, "diagnostics": diagnostics} if diagnostics else made
