"""Counts and issues of some lines, which add up to those of all lines.

Adding is associative and commutative, so that one process, many, and many machines give the same.
Of one rule the first :data:`sharedcare.reading.limits.MAX_LISTED` issues are kept, by the names of
their files and their bytes in them, and all are counted.
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
    return rule, without_positions(path)


def without_positions(path: str) -> str:
    """Return a path without the positions in lists."""
    return _INDEX.sub("", path)


@dataclass(slots=True)
class Counts:
    """Every line or document that was read, each in one of four ways.

    ``with_issues`` counts those with at least one warning or error, and ``with_errors`` those among
    them with an error; what is only for information leaves a resource ``ok``. ``crlf`` are the
    lines that end as Windows ends them.
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
    """What some lines gave, over all files, and in ``files`` the counts of each.

    ``issues`` counts by severity, rule and path without positions; ``listed`` holds the first of
    each rule, or of each kind where that is one of ``apart``; ``suppressed`` counts by rule;
    ``versions`` are the versions of FHIR by which resources were looked at.
    """

    counts: Counts = field(default_factory=Counts)
    issues: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    listed: dict[Kind, list[Found]] = field(default_factory=dict)
    suppressed: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    files: dict[str, Counts] = field(default_factory=dict)

    def count(self, severity: Severity, kind: Kind, apart: frozenset[Kind]) -> bool:
        """Count an issue; whether it is to be listed too."""
        self.issues[severity.value, *kind] += 1
        return len(self.listed.get(group_of(kind, apart), ())) < MAX_LISTED

    def room(self, group: Kind) -> int:
        """How many issues of a group in the next resource may be listed.

        It is all or none, so that what is listed of a resource does not hang on those before it.
        """
        return MAX_LISTED if len(self.listed.get(group, ())) < MAX_LISTED else 0

    def list_one(self, found: Found, apart: frozenset[Kind]) -> None:
        """List an issue that was counted."""
        self.listed.setdefault(group_of(found.kind, apart), []).append(found)

    def add(self, other: "Tally") -> None:
        """Add what other lines gave."""
        self.counts.add(other.counts)
        self.issues.update(other.issues)
        self.suppressed.update(other.suppressed)
        self.versions.update(other.versions)
        for file, counts in other.files.items():
            self.files.setdefault(file, Counts()).add(counts)
        for group, found in other.listed.items():
            both = [*self.listed.get(group, ()), *found]
            self.listed[group] = sorted(both, key=_place)[:MAX_LISTED]


def _place(found: Found) -> tuple[str, int, int]:
    """Where an issue stands; those of one resource keep their order, as they are never parted."""
    return found.file, found.line, found.byte


def group_of(kind: Kind, apart: frozenset[Kind]) -> Kind:
    """Return with what issues of a kind are listed: those of its rule, or those apart."""
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
        "files": {file: asdict(counts) for file, counts in sorted(tally.files.items())},
    }


def tally_from_json(kept: Mapping[str, Any]) -> Tally:
    """Make a tally of what :func:`tally_to_json` wrote; raises KeyError, TypeError, ValueError."""
    return Tally(
        Counts(**kept["counts"]),
        Counter({(severity, rule, path): n for severity, rule, path, n in kept["issues"]}),
        {(rule, path): list(map(_found, found)) for rule, path, found in kept["listed"]},
        Counter(kept["suppressed"]),
        Counter(kept["versions"]),
        {file: Counts(**counts) for file, counts in kept["files"].items()},
    )


def _found(kept: Mapping[str, Any]) -> Found:
    return Found(**{**kept, "severity": Severity(kept["severity"])})
