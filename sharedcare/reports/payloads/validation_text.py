"""A validation for the terminal: each issue at its place, then a table, then what adds up."""

from textwrap import fill

from sharedcare.fhir.payloads.conformance import Conformance
from sharedcare.fhir.payloads.tally import Found
from sharedcare.places import Severity
from sharedcare.reading.limits import MAX_LISTED
from sharedcare.reports.payloads.validation_words import accounting_words, note_words, verdict_words

#: Characters of a line of prose; issues stay on one line each, so that they can be searched.
WIDTH = 80

_SEVERITIES = [severity.value for severity in Severity]


def render(conformance: Conformance) -> str:
    """Write the text: every issue begins with ``file:line:column``, which terminals open."""
    lines = [str(fault) for fault in conformance.faults]
    lines += [_issue(found) for found in conformance.listed]
    lines += ["", *_table(conformance)] if conformance.told else []
    lines += [""] if lines else []
    lines += [verdict_words(conformance), accounting_words(conformance)]
    for note in note_words(conformance):
        lines += ["", fill(note, WIDTH)]
    return "\n".join(lines).rstrip() + "\n"


def _issue(found: Found) -> str:
    where = f"{found.file}:{found.line}:{found.column}: {found.severity.value}: "
    path = f"{found.path}: " if found.path else ""
    value = f" It reads: {found.value}" if found.value else ""
    return f"{where}{path}{found.message} [{found.rule}]{value}"


def _order(item: tuple[tuple[str, str], int]) -> tuple[int, int, str]:
    """Errors before warnings before what is for information; of each the most frequent first."""
    (severity, rule), count = item
    return _SEVERITIES.index(severity), -count, rule


def _table(conformance: Conformance) -> list[str]:
    told = sorted(conformance.told.items(), key=_order)
    rows = [("Rule", "Severity", "Count")]
    rows += [(rule, severity, f"{count:,}") for (severity, rule), count in told]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    made = [
        f"{rule:<{widths[0]}}  {severity:<{widths[1]}}  {count:>{widths[2]}}"
        for rule, severity, count in rows
    ]
    made.insert(1, "  ".join("-" * width for width in widths))
    if any(count > MAX_LISTED for _, count in told):
        made.append(f"Of each rule the first {MAX_LISTED} are listed; all are counted.")
    return made
