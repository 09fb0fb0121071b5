"""A validation as JUnit XML: a suite for each file, a case for each rule that it breaks.

A file that breaks none has one case that passes. A rule of which there are only warnings passes,
and its places stand in its output. The first suite holds, as properties, what there is to know of
the whole: how it adds up, what was suppressed, what was not checked.
"""

from xml.sax.saxutils import escape, quoteattr

from sharedcare.fhir.payloads.conformance import Conformance, FileOutcome
from sharedcare.fhir.payloads.tally import Found
from sharedcare.places import Fault, Severity
from sharedcare.reading.limits import MAX_LISTED
from sharedcare.reports.payloads.validation_words import accounting_words, note_words

#: Characters that no XML may hold.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")

_NOT_LISTED = (
    f'<failure type="not-listed" message="There are errors here; the first {MAX_LISTED} of each'
    ' rule are those of other files."/>'
)


def render(conformance: Conformance) -> str:
    """Write all suites."""
    by_file: dict[str, list[Found]] = {}
    for one in conformance.listed:
        by_file.setdefault(one.file, []).append(one)
    is_short = any(count > MAX_LISTED for count in conformance.told.values())
    suites = [_suite(file, by_file.get(file.name, []), is_short) for file in conformance.files]
    names = {file.name for file in conformance.files}
    for fault in conformance.faults:
        if fault.place.file not in names:  # a folder
            suites.append(_suite(FileOutcome(fault.place.file, faults=[fault]), []))
    suites[:1] = [_noted(suite, conformance) for suite in suites[:1]]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="sharedcare validate">']
    return "\n".join([*lines, *suites, "</testsuites>"]) + "\n"


def _suite(file: FileOutcome, found: list[Found], is_short: bool = False) -> str:
    by_rule: dict[str, list[Found]] = {}
    for one in found:
        by_rule.setdefault(one.rule, []).append(one)
    cases = [_error(file.name, fault) for fault in file.faults]
    cases += [_case(file.name, rule, issues) for rule, issues in sorted(by_rule.items())]
    failures = sum(_fails(issues) for issues in by_rule.values())
    if is_short and not failures and file.counts.with_errors + file.counts.quarantined:
        cases.append(_whole_case(file.name, "not-listed", _NOT_LISTED))
        failures = 1
    cases = cases or [f'    <testcase name="conformance" classname={_quoted(file.name)}/>']
    head = (
        f'  <testsuite name={_quoted(file.name)} tests="{len(cases)}"'
        f' failures="{failures}" errors="{len(file.faults)}" skipped="0">'
    )
    return "\n".join([head, *cases, "  </testsuite>"])


def _noted(suite: str, conformance: Conformance) -> str:
    """Put what there is to know of the whole into a suite, where JUnit has room for it."""
    notes = [accounting_words(conformance), *note_words(conformance)]
    rows = [f'      <property name="note" value={_quoted(note)}/>' for note in notes]
    head, _, rest = suite.partition("\n")
    return "\n".join([head, "    <properties>", *rows, "    </properties>", rest])


def _error(name: str, fault: Fault) -> str:
    said = f"<error type={_quoted(fault.code)} message={_quoted(fault.message)}/>"
    return _whole_case(name, fault.code, said)


def _case(name: str, rule: str, issues: list[Found]) -> str:
    places = escape("\n".join(map(_line, issues)).translate(_NOT_XML))
    if _fails(issues):
        first = next(one for one in issues if one.severity is Severity.ERROR)
        said = f"<failure type={_quoted(rule)} message={_quoted(first.message)}>{places}</failure>"
    else:
        said = f"<system-out>{places}</system-out>"
    return _whole_case(name, rule, said)


def _whole_case(name: str, case: str, inner: str) -> str:
    head = f"    <testcase name={_quoted(case)} classname={_quoted(name)}>"
    return f"{head}\n      {inner}\n    </testcase>"


def _fails(issues: list[Found]) -> bool:
    return any(one.severity is Severity.ERROR for one in issues)


def _line(found: Found) -> str:
    value = f" {found.value}" if found.value else ""
    return f"{found.file}:{found.line}:{found.column}: {found.path} {found.message}{value}"


def _quoted(text: str) -> str:
    return quoteattr(text.translate(_NOT_XML))
