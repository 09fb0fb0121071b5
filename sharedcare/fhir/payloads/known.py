"""What is known already: a baseline of issues, and suppressions until a day.

A baseline counts issues by their fingerprint: the rule, and the path without positions in lists.
Neither file nor line belong to it, since an export of tomorrow has another name and other lines.
Where there are more than the baseline counts, all of that kind are told, since none can be told
apart as the new one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sharedcare.errors import InputRefused
from sharedcare.fhir.payloads.settings import Suppression
from sharedcare.fhir.payloads.tally import Kind, Tally
from sharedcare.places import Fault, Place, place_of
from sharedcare.reading.source import Source

SCHEMA_VERSION = "1.0"

_KEYS = {"rule", "path", "until", "reason"}


def fingerprint(kind: Kind) -> str:
    """Return the fingerprint of a kind of issue."""
    return hashlib.sha256("\0".join(kind).encode()).hexdigest()[:16]


def baseline_of(tally: Tally) -> str:
    """Write all issues of a tally as a baseline."""
    known = [
        {"fingerprint": fingerprint((rule, path)), "rule": rule, "path": path, "count": count}
        for (rule, path), count in sorted(by_kind(tally).items())
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "known": known}, indent=2) + "\n"


def by_kind(tally: Tally) -> dict[Kind, int]:
    """Count the issues of a tally by kind, whatever their severity."""
    counts: dict[Kind, int] = {}
    for (_, rule, path), count in tally.issues.items():
        counts[rule, path] = counts.get((rule, path), 0) + count
    return counts


def read_baseline(source: Source) -> dict[Kind, int]:
    """Read a baseline; raises InputRefused where it is none."""
    try:
        document = json.loads(source.data)
        entries = document["known"]
        return {_kind(entry): _count(entry["count"]) for entry in entries}
    except (ValueError, KeyError, TypeError, RecursionError):
        said = "this is no baseline; write one with --write-baseline"
        raise InputRefused(
            "the baseline cannot be read", [Fault(Place(source.name), "NOT_A_BASELINE", said)]
        ) from None


def _kind(entry: Mapping[str, Any]) -> Kind:
    kind = (str(entry["rule"]), str(entry["path"]))
    if entry["fingerprint"] != fingerprint(kind):
        raise ValueError
    return kind


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    return value


def read_suppressions(source: Source) -> tuple[Suppression, ...]:
    """Read ``suppressions:``, a list of maps with ``rule`` and ``reason``, ``path``, ``until``.

    Raises InputRefused with every fault of it.
    """
    from sharedcare.reading.yaml_tree import read_yaml  # heavy, and only where it is asked for

    document = read_yaml(source)
    listed = document.get("suppressions")
    faults: list[Fault] = []
    if set(document) != {"suppressions"} or not isinstance(listed, list):
        said = "a list under the key suppressions is expected, and nothing else"
        faults.append(Fault(document.place, "BAD_SUPPRESSION", said))
        listed = []
    made = [_suppression(entry, document.place, faults) for entry in listed]
    if faults:
        raise InputRefused(f"{source.name} cannot be read", faults)
    return tuple(one for one in made if one is not None)


def _suppression(entry: object, outer: Place, faults: list[Fault]) -> Suppression | None:
    place = place_of(entry) or outer
    said = _what_is_wrong(entry)
    if said or not isinstance(entry, dict):
        faults.append(Fault(place, "BAD_SUPPRESSION", said))
        return None
    return Suppression(**{key: str(value) for key, value in entry.items()})


def _what_is_wrong(entry: object) -> str:
    """Say what is wrong with an entry, nothing where it is well."""
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        return "an entry is a map: rule, reason and, where they are meant, path and until"
    if not entry.get("rule") or not entry.get("reason") or not set(entry) <= _KEYS:
        return "an entry names its rule and reason, and besides only path and until"
    try:
        date.fromisoformat(entry.get("until", "9999-12-31"))
    except ValueError:
        return "until is a day that there is, written 2026-11-01"
    return ""


def expired(suppressions: tuple[Suppression, ...], as_of: str) -> tuple[Suppression, ...]:
    """Return the suppressions whose last day lies before a day."""
    return tuple(one for one in suppressions if one.until and one.until < as_of)


def suppressions_to_json(suppressions: tuple[Suppression, ...]) -> list[dict[str, str]]:
    """Return suppressions as JSON shows them."""
    return [asdict(one) for one in suppressions]
