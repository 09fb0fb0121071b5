"""What is known already: a baseline of issues, and suppressions until a day.

A baseline counts issues by their fingerprint: the rule, and the path without positions in lists.
Neither file nor line belong to it, since an export of tomorrow has another name and other lines.
Where there are more than the baseline counts, all of that kind are told, since none can be told
apart as the new one.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sharedcare.errors import InputRefused
from sharedcare.fhir.payloads.payload_rules import ALL_RULES
from sharedcare.fhir.payloads.settings import Suppression
from sharedcare.fhir.payloads.tally import Kind, Tally, without_positions
from sharedcare.identifiers import did_you_mean
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


def read_suppressions(source: Source, any_rule: bool = False) -> tuple[Suppression, ...]:
    """Read ``suppressions:``, a list of maps with ``rule`` and ``reason``, ``path``, ``until``.

    ``any_rule`` lets rules stand that are not ours, as FHIR packages bring their own. Raises
    InputRefused with every fault of it.
    """
    from sharedcare.reading.yaml_tree import read_yaml  # heavy, and only where it is asked for

    if not source.data.strip():
        raise _refused(source, [Fault(Place(source.name), "BAD_SUPPRESSION", _NO_LIST)])
    document = read_yaml(source)
    listed = document.get("suppressions")
    if set(document) != {"suppressions"} or not isinstance(listed, list):
        raise _refused(source, [Fault(document.place, "BAD_SUPPRESSION", _NO_LIST)])
    rules = None if any_rule else _rules()
    faults = [
        Fault(place_of(entry) or document.place, "BAD_SUPPRESSION", said)
        for entry in listed
        if (said := _what_is_wrong(entry, rules))
    ]
    if faults:
        raise _refused(source, faults)
    return tuple(Suppression(**{key: str(one[key]) for key in one}) for one in listed)


_NO_LIST = "a list under the key suppressions is expected, and nothing else"


def _refused(source: Source, faults: list[Fault]) -> InputRefused:
    return InputRefused(f"{source.name} cannot be read", faults)


def _rules() -> Collection[str]:
    """Return the rules that an issue may break where no package brings more."""
    from sharedcare.fhir.definitions import r4

    return ALL_RULES.keys() | r4().invariants.keys()


def _what_is_wrong(entry: object, rules: Collection[str] | None) -> str:
    """Say what is wrong with an entry, nothing where it is well."""
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        return "an entry is a map: rule, reason and, where they are meant, path and until"
    if not entry.get("rule") or not entry.get("reason") or not set(entry) <= _KEYS:
        return "an entry names its rule and reason, and besides only path and until"
    if rules is not None and entry["rule"] not in rules:
        hint = did_you_mean(entry["rule"], sorted(rules))
        return f"there is no rule {entry['rule']}{hint}"
    if without_positions(entry.get("path", "")) != entry.get("path", ""):
        return "path has no positions in lists: Patient.name, not Patient.name[0]"
    return "" if _is_day(entry.get("until")) else "until is a day that there is, as 2026-11-01"


def _is_day(text: str | None) -> bool:
    """Whether a day is said as days are compared here, or none is."""
    try:
        return text is None or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def expired(suppressions: tuple[Suppression, ...], as_of: str) -> tuple[Suppression, ...]:
    """Return the suppressions whose last day lies before a day."""
    return tuple(one for one in suppressions if one.until and one.until < as_of)


def suppressions_to_json(suppressions: tuple[Suppression, ...]) -> list[dict[str, str]]:
    """Return suppressions as JSON shows them."""
    return [asdict(one) for one in suppressions]
