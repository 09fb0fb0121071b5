"""Counts and issues of some lines, which add up to those of all lines.

Adding is associative and keeps order, so that one process and many give the same. Of one rule the
first :data:`sharedcare.reading.limits.MAX_LISTED` issues are kept, and all are counted.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sharedcare.places import Severity
from sharedcare.reading.limits import MAX_LISTED

_INDEX = re.compile(r"\[\d+\]")

#: A rule and a path without positions in lists: what an issue is, wherever it is met.
Kind = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """An issue in a file: ``line`` and ``column`` from 1, in characters; ``byte`` from 0.

    ``value`` is what stands there, empty unless values were asked for.
    """

    file: str
    line: int
    column: int
    byte: int
    severity: Severity
    code: str
    rule: str
    path: str
    message: str
    value: str = ""

    @property
    def kind(self) -> Kind:
        """The rule, and the path without positions."""
        return kind_of(self.rule, self.path)


def kind_of(rule: str, path: str) -> Kind:
    """Return a rule with a path from which the positions in lists are taken away."""
    return rule, _INDEX.sub("", path)


@dataclass(slots=True)
class Counts:
    """Every line or document that was read, each in one of four ways.

    ``with_issues`` counts those with at least one issue, and ``with_errors`` those among them with
    an error; ``crlf`` are the lines that end as Windows ends them.
    """

    read: int = 0
    ok: int = 0
    with_issues: int = 0
    with_errors: int = 0
    quarantined: int = 0
    blank: int = 0
    crlf: int = 0

    @property
    def add_up(self) -> bool:
        """Whether all that was read is accounted for."""
        return self.read == self.ok + self.with_issues + self.quarantined + self.blank

    def add(self, other: "Counts") -> None:
        """Add what was counted elsewhere."""
        self.read += other.read
        self.ok += other.ok
        self.with_issues += other.with_issues
        self.with_errors += other.with_errors
        self.quarantined += other.quarantined
        self.blank += other.blank
        self.crlf += other.crlf


@dataclass(slots=True)
class Tally:
    """What some lines gave.

    ``issues`` counts by severity, rule and path without positions; ``listed`` holds the first of
    each rule, or of each kind where that is one of ``apart``; ``suppressed`` counts by rule;
    ``versions`` are the versions of FHIR by which resources were looked at.
    """

    counts: Counts = field(default_factory=Counts)
    issues: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    listed: dict[Kind, list[Found]] = field(default_factory=dict)
    suppressed: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)

    def count(self, severity: Severity, kind: Kind, apart: frozenset[Kind]) -> bool:
        """Count an issue; whether it is to be listed too."""
        self.issues[severity.value, *kind] += 1
        return len(self.listed.get(_group(kind, apart), ())) < MAX_LISTED

    def room(self, rule: str) -> int:
        """How many more issues of a rule are to be listed, where none are listed apart."""
        return MAX_LISTED - len(self.listed.get((rule, ""), ()))

    def list_one(self, found: Found, apart: frozenset[Kind]) -> None:
        """List an issue that was counted."""
        self.listed.setdefault(_group(found.kind, apart), []).append(found)

    def add(self, later: "Tally") -> None:
        """Add what lines after these gave."""
        self.counts.add(later.counts)
        self.issues.update(later.issues)
        self.suppressed.update(later.suppressed)
        self.versions.update(later.versions)
        for group, found in later.listed.items():
            mine = self.listed.setdefault(group, [])
            mine += found[: MAX_LISTED - len(mine)]


def _group(kind: Kind, apart: frozenset[Kind]) -> Kind:
    return kind if kind in apart else (kind[0], "")


def tally_to_json(tally: Tally) -> dict[str, Any]:
    """Return a tally as JSON holds it, in an order that depends on what it holds alone."""
    return {
        "counts": asdict(tally.counts),
        "issues": sorted([*key, count] for key, count in tally.issues.items()),
        "listed": [
            [*group, [{**asdict(one), "severity": one.severity.value} for one in found]]
            for group, found in sorted(tally.listed.items())
        ],
        "suppressed": dict(sorted(tally.suppressed.items())),
        "versions": dict(sorted(tally.versions.items())),
    }


def tally_from_json(kept: Mapping[str, Any]) -> Tally:
    """Make a tally of what :func:`tally_to_json` wrote; raises KeyError, TypeError, ValueError."""
    return Tally(
        Counts(**kept["counts"]),
        Counter({(severity, rule, path): n for severity, rule, path, n in kept["issues"]}),
        {(rule, path): list(map(_found, found)) for rule, path, found in kept["listed"]},
        Counter(kept["suppressed"]),
        Counter(kept["versions"]),
    )


def _found(kept: Mapping[str, Any]) -> Found:
    return Found(**{**kept, "severity": Severity(kept["severity"])})
