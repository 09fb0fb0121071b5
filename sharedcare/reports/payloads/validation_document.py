"""A validation as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Lines and columns count from 1
and in characters, bytes from 0.
"""

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict

from sharedcare.fhir.payloads.conformance import Conformance
from sharedcare.fhir.payloads.tally import Counts, Found
from sharedcare.places import Fault
from sharedcare.reports.payloads.rule_words import rule_meaning
from sharedcare.reports.payloads.validation_words import version_words

SCHEMA_VERSION = "1.0"


class ValidationPart(BaseModel):
    """A part of the document: frozen, and nothing in it that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CountsPart(ValidationPart):
    """What was read: ``read = ok + with_issues + quarantined + blank``.

    ``with_errors`` are those of ``with_issues`` that are invalid, ``crlf`` the lines that end as
    Windows ends them.
    """

    read: int
    ok: int
    with_issues: int
    with_errors: int
    quarantined: int
    blank: int
    crlf: int


class FaultPart(ValidationPart):
    """Why a file, or the rest of it, could not be read."""

    file: str
    code: str
    message: str


class FilePart(ValidationPart):
    """One file, with what was read of it."""

    name: str
    counts: CountsPart


class RuleCountPart(ValidationPart):
    """How often a rule is broken; of these ``listed`` stand under ``issues``."""

    rule: str
    severity: str
    count: int
    listed: int
    meaning: str


class IssuePart(ValidationPart):
    """One issue; ``value`` is null unless values were asked for."""

    file: str
    line: int
    column: int
    byte: int
    severity: str
    code: str
    rule: str
    path: str
    message: str
    value: str | None


class SuppressionPart(ValidationPart):
    """A rule that is not told; ``path`` and ``until`` are null where it holds everywhere, always.

    ``count`` are all suppressed issues of the rule.
    """

    rule: str
    path: str | None
    until: str | None
    reason: str
    count: int


class VersionPart(ValidationPart):
    """How many resources were looked at by a version of FHIR, and what is checked and not."""

    version: str
    resources: int
    about: str


class PackagePart(ValidationPart):
    """A FHIR package that resources were held against; ``given`` by name, or found for another."""

    name: str
    version: str
    given: bool


class ValidationDocument(ValidationPart):
    """What ``validate`` writes with ``--format json``."""

    schema_version: str
    counts: CountsPart
    files: list[FilePart]
    faults: list[FaultPart]
    other_files: int
    rules: list[RuleCountPart]
    issues: list[IssuePart]
    known: int
    suppressions: list[SuppressionPart]
    versions: list[VersionPart]
    packages: list[PackagePart]
    asked_profiles: list[str]
    package_warnings: list[FaultPart]


def render(conformance: Conformance) -> str:
    """Write the document."""
    return validation_document(conformance).model_dump_json(indent=2) + "\n"


def validation_document(conformance: Conformance) -> ValidationDocument:
    """Return a validation as the document."""
    packages, settings = conformance.packages, conformance.settings.packages
    return ValidationDocument(
        schema_version=SCHEMA_VERSION,
        counts=_counts(conformance.counts),
        files=[FilePart(name=one.name, counts=_counts(one.counts)) for one in conformance.files],
        faults=list(map(_fault, conformance.faults)),
        other_files=conformance.others,
        rules=_rules(conformance),
        issues=list(map(_issue, conformance.listed)),
        known=conformance.known_count,
        suppressions=_suppressions(conformance),
        versions=_versions(conformance),
        packages=_packages(conformance),
        asked_profiles=list(settings.asked) if settings is not None else [],
        package_warnings=list(map(_fault, packages.warnings)) if packages is not None else [],
    )


def validation_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = ValidationDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare validate"
    return schema


def _counts(counts: Counts) -> CountsPart:
    return CountsPart(**asdict(counts))


def _fault(fault: Fault) -> FaultPart:
    return FaultPart(file=fault.place.file, code=fault.code, message=fault.message)


def _rules(conformance: Conformance) -> list[RuleCountPart]:
    listed = [(one.severity.value, one.rule) for one in conformance.listed]
    return [
        RuleCountPart(
            rule=rule,
            severity=severity,
            count=count,
            listed=listed.count((severity, rule)),
            meaning=rule_meaning(rule),
        )
        for (severity, rule), count in sorted(conformance.told.items())
    ]


def _issue(found: Found) -> IssuePart:
    values = {**asdict(found), "severity": found.severity.value, "value": found.value or None}
    return IssuePart(**values)


def _suppressions(conformance: Conformance) -> list[SuppressionPart]:
    counts = conformance.tally.suppressed
    return [
        SuppressionPart(
            rule=one.rule,
            path=one.path or None,
            until=one.until or None,
            reason=one.reason,
            count=counts[one.rule],
        )
        for one in conformance.settings.suppressions
    ]


def _packages(conformance: Conformance) -> list[PackagePart]:
    packages = conformance.packages
    if packages is None:
        return []
    return [
        PackagePart(name=one.id.name, version=one.id.version, given=one in packages.given)
        for one in (*packages.given, *packages.found)
    ]


def _versions(conformance: Conformance) -> list[VersionPart]:
    versions = sorted(conformance.tally.versions.items())
    return [
        VersionPart(version=version, resources=count, about=about)
        for (version, count), about in zip(versions, version_words(conformance), strict=True)
    ]
