"""The rules of FHIR payloads that are ours, as a page: how grave each is, and what it says."""

from sharedcare.fhir.rules import RULES
from sharedcare.reports.payloads.rule_words import rule_meaning

_HEAD = """# Rules of FHIR payloads

What FHIR says in prose, in its definitions and in its code systems, beside the
[invariants](fhir-invariants.md). The ids are stable; `sharedcare explain RULE` says the same. What
is an error makes a resource invalid, a warning and an information do not.

| rule | severity | says |
|---|---|---|
"""


def render_rules() -> str:
    """Return the page in Markdown."""
    rows = (
        f"| `{rule}` | {found.severity.value} | {_cell(rule_meaning(rule))} |"
        for rule, found in sorted(RULES.items())
    )
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """Return words as they may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
