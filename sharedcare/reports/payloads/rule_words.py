"""What the rules of FHIR payloads mean: ours, and the specification's invariants.

An invariant's wording and expression are the specification's own (CC0).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.fhir.capability.codes import CAPABILITY_CODES
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.harmonise.codes import HARMONISATION_CODES
from sharedcare.fhir.payloads.payload_rules import ALL_RULES, UNREADABLE
from sharedcare.reading.codes import PACKAGE_CODES, PAYLOAD_CODES

#: What stands in a sentence for what only an issue tells.
_STANDS_FOR = {
    "name": "the element",
    "owner": "its parent",
    "guess": "",
    "maximum": "so many",
    "part": "the issue says which",
    "wanted": "the issue says which",
    "targets": "resources of certain types",
    "value_set": "its value set",
    "profile": "the FHIR profile",
    "reason": "the issue says why",
    "least": "so many times",
    "most": "so many times",
    "types": "certain types",
    "slice": "a slice",
    "broken": "a rule",
    "human": "the issue says which",
    "key": "a rule",
}

#: The codes of files and of FHIR packages that cannot be read or measured, with what they mean.
_FILE_WORDS = {**PAYLOAD_CODES, **PACKAGE_CODES, **HARMONISATION_CODES, **CAPABILITY_CODES}


#: What people read in place of a key.
LABELS = {
    "severity": "Severity",
    "issue_type": "Issue type",
    "fhirpath": "FHIRPath",
    "what_follows": "What follows",
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule: its id, what it means, and what more there is to say, by the keys of LABELS."""

    id: str
    meaning: str
    facts: tuple[tuple[str, str], ...] = ()


def rule_ids() -> tuple[str, ...]:
    """Return the ids of all rules, and the codes of files that cannot be read."""
    return (*ALL_RULES, *r4().invariants, *_FILE_WORDS)


def rule_words(rule: str) -> RuleWords | None:
    """Return what a rule means, None where there is none."""
    if rule in ALL_RULES:
        return RuleWords(rule, rule_meaning(rule), tuple(_facts(rule)))
    if rule in _FILE_WORDS:
        return RuleWords(rule, _FILE_WORDS[rule])
    found = r4().invariants.get(rule)
    if found is None:
        return None
    facts = (("severity", "error"), ("fhirpath", found["expression"]))
    return RuleWords(rule, found["human"], facts)


def rule_meaning(rule: str) -> str:
    """Return what a rule of payloads says, empty where there is no such rule."""
    if rule in ALL_RULES:
        said = ALL_RULES[rule].sentence.format(**_STANDS_FOR)
        return said[0].upper() + said[1:]
    found = r4().invariants.get(rule)
    return found["human"] if found else ""


def _facts(rule: str) -> Iterator[tuple[str, str]]:
    found = ALL_RULES[rule]
    yield "severity", found.severity.value
    yield "issue_type", found.code
    if rule in UNREADABLE:
        yield "what_follows", "the line or document is quarantined: nothing else of it is checked"
