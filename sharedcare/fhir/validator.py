"""The R4 lane: from one resource to every issue of it.

A pure function: nothing is read but the definitions, and the same bytes give the same issues.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.elements import check_root
from sharedcare.fhir.expressions import expression
from sharedcare.fhir.issue import Issue
from sharedcare.fhir.json_text import Text, read_json
from sharedcare.fhir.places_in_json import Way, lines_and_columns, located, text_faults
from sharedcare.fhir.rules import MAX_DEPTH
from sharedcare.fhir.walk import Fault, Walk, way_of
from sharedcare.places import Severity

if TYPE_CHECKING:
    from pydantic import BaseModel

#: Bytes after which the fast lane is worth importing, and those of a type after which it is worth
#: making that type's structures: as long as the full lane takes for them.
WORTH_A_LANE = 20_000
WORTH_A_TYPE = 5_000


class Validator:
    """Validates resources against FHIR R4 4.0.1; make one and use it for all.

    After :data:`WORTH_A_LANE` bytes there is a fast lane for types that recur.
    Each thread and each process needs a validator of its own.
    """

    def __init__(self, definitions: Definitions | None = None, *, fast: bool = True) -> None:
        self._definitions = definitions or r4()
        self._accepts: Callable[[bytes], bool] = _accepts_nothing
        self._left = WORTH_A_LANE if fast else -1

    def issues(self, data: bytes) -> tuple[Issue, ...]:
        """Return every issue of one resource in JSON, in the order of their places."""
        if self._accepts(data):
            return ()
        if self._left >= 0:
            self._count_down(len(data))
            if self._accepts(data):
                return ()
        return self._all_issues(data)

    def _count_down(self, length: int) -> None:
        """Make the fast lane when there is enough to read for it."""
        self._left -= length
        if self._left < 0:
            from sharedcare.fhir.fast_lane import FastLane

            self._accepts = FastLane(self._definitions, WORTH_A_TYPE).accepts

    def _all_issues(self, data: bytes) -> tuple[Issue, ...]:
        """Ask the full lane."""
        text = read_json(data)
        if not text.is_readable:
            return self._unreadable(data, text)
        walk = Walk(self._definitions)
        check_root(walk, text.value)
        if not walk.faults and not text.faults:
            return ()
        return self._placed(data, text, walk.faults)

    def issues_of_object(self, value: Mapping[str, Any]) -> tuple[Issue, ...]:
        """Return every issue of a resource that was parsed already; they have no place in a text.

        What only a text shows, such as duplicate keys, cannot be seen in an object.
        """
        walk = Walk(self._definitions)
        plain = _plain(value, MAX_DEPTH)
        if plain is None:
            return (_issue(Fault("json-depth", None), "", 0, (0, 0)),)
        check_root(walk, plain)
        told = [
            _issue(fault, self._path(plain, way_of(fault.pointer)), 0, (0, 0))
            for fault in walk.faults
        ]
        return tuple(dict.fromkeys(told))

    def _unreadable(self, data: bytes, text: Text) -> tuple[Issue, ...]:
        at = min(text.fault_at, len(data))
        places = lines_and_columns(data, [at])
        return tuple(_issue(Fault(rule, None), "", at, places[at]) for rule in text.faults)

    def _placed(self, data: bytes, text: Text, faults: list[Fault]) -> tuple[Issue, ...]:
        """Give faults their places and paths, with those of the text itself."""
        ways = [way_of(fault.pointer) for fault in faults]
        places = located(data, ways)
        found = [(places.get(way, 0), way, fault) for way, fault in zip(ways, faults, strict=True)]
        if text.faults:
            found += [(at, way, Fault(rule, None)) for rule, way, at in text_faults(data)]
        shown = lines_and_columns(data, [at for at, _, _ in found])
        told = [
            _issue(fault, self._path(text.value, way), at, shown[at]) for at, way, fault in found
        ]
        return tuple(dict.fromkeys(sorted(told, key=_order)))

    def _path(self, root: object, way: Way) -> str:
        return expression(self._definitions, root, way)


def validate_resource(data: "bytes | Mapping[str, Any] | BaseModel") -> tuple[Issue, ...]:
    """Return every issue of a resource: JSON bytes, a parsed object, or a fhir.resources model.

    A model is validated as the JSON that it writes.
    """
    validator = _validator()
    if isinstance(data, bytes | bytearray | memoryview):
        return validator.issues(bytes(data))
    if isinstance(data, Mapping):
        return validator.issues_of_object(data)
    return validator.issues(data.model_dump_json().encode("utf-8"))


def is_valid(issues: tuple[Issue, ...]) -> bool:
    """Whether there is no error among issues."""
    return not any(issue.is_error for issue in issues)


@cache
def _validator() -> Validator:
    return Validator()


def _accepts_nothing(_data: bytes) -> bool:
    """The fast lane before there is one."""
    return False


def _issue(fault: Fault, path: str, at: int, shown: tuple[int, int]) -> Issue:
    severity = Severity.ERROR if fault.is_error else Severity.WARNING
    return Issue(severity, fault.issue_code, fault.rule, path, fault.sentence, at, *shown)


def _order(issue: Issue) -> tuple[int, str, str, str]:
    return (issue.byte, issue.path, issue.rule, issue.message)


def _plain(value: object, depth: int) -> Any:
    """Return an object with floats as decimals and tuples as lists; None where it is too deep."""
    if depth < 0:
        return None
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, depth - 1) for inner in value]
    return Decimal(repr(value)) if isinstance(value, float) else value
