"""A validation as SARIF 2.1.0 (OASIS, March 2020), which code hosts and editors show at the place.

A rule has a help text, an issue its region and a fingerprint that stays the same when lines move.
"""

import json
import os
import re
from typing import Any
from urllib.parse import quote

from sharedcare.fhir.payloads.conformance import Conformance
from sharedcare.fhir.payloads.known import fingerprint
from sharedcare.fhir.payloads.tally import Found
from sharedcare.places import Fault, Severity
from sharedcare.reading.codes import CODES, PACKAGE_CODES, PAYLOAD_CODES
from sharedcare.reports.payloads.rule_words import rule_meaning
from sharedcare.reports.payloads.validation_words import accounting_words, note_words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: What SARIF calls how much an issue matters.
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
}

#: How an absolute path begins on Windows.
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")

#: The name of our fingerprint, with its version.
FINGERPRINT = "kind/v1"


def render(conformance: Conformance) -> str:
    """Write a log with one run."""
    listed = conformance.listed
    rules = sorted({one.rule for one in listed})
    run = {
        "tool": {
            "driver": {
                "name": "sharedcare",
                "rules": [_rule(rule) for rule in rules],
                "notifications": [
                    {"id": code, "shortDescription": {"text": _meaning(code)}}
                    for code in sorted({fault.code for fault in conformance.faults})
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(conformance)],
        "results": [_result(one, rules.index(one.rule)) for one in listed],
        "properties": {
            "accounting": accounting_words(conformance),
            "notes": list(note_words(conformance)),
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: str) -> dict[str, Any]:
    meaning = rule_meaning(rule) or rule
    return {"id": rule, "shortDescription": {"text": meaning}}


def _meaning(code: str) -> str:
    return {**CODES, **PAYLOAD_CODES, **PACKAGE_CODES}.get(code, code)


def _invocation(conformance: Conformance) -> dict[str, Any]:
    return {
        "executionSuccessful": not conformance.faults,
        "toolExecutionNotifications": list(map(_notification, conformance.faults)),
    }


def _notification(fault: Fault) -> dict[str, Any]:
    return {
        "descriptor": {"id": fault.code},
        "level": "error",
        "message": {"text": fault.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": uri_of(fault.place.file)}}}
        ],
    }


def _result(found: Found, rule_index: int) -> dict[str, Any]:
    said = f"{found.message} It reads: {found.value}" if found.value else found.message
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri_of(found.file)},
            "region": {
                "startLine": found.line,
                "startColumn": found.column,
                "byteOffset": found.byte,
            },
        }
    }
    if found.path:
        location["logicalLocations"] = [{"fullyQualifiedName": found.path}]
    return {
        "ruleId": found.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[found.severity],
        "message": {"text": said},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint(found.kind)},
    }


def uri_of(name: str, separator: str = os.sep) -> str:
    """Return a file's name as a relative reference, or an absolute one where it is absolute.

    ``separator`` parts folders; where that is no backslash, a backslash is a letter of a name.
    """
    path = quote(name.replace(separator, "/"), safe="/.-_~")
    if _DRIVE.match(name) and separator == "\\":
        return f"file:///{path.replace('%3A', ':', 1)}"
    if separator == "\\" and path.startswith("//"):  # a share: the machine's name comes first
        return f"file:{path}"
    return f"file://{path}" if path.startswith("/") else path
