"""The R4 lane: from one resource to every issue of it.

A pure function: nothing is read but the definitions, and the same bytes give the same issues.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.elements import check_root
from sharedcare.fhir.expressions import expression
from sharedcare.fhir.glance import GOOD, UNSEEN, Glance
from sharedcare.fhir.hl7_profiles.claimed import core_profile_faults
from sharedcare.fhir.issue import Issue
from sharedcare.fhir.json_texts.as_written import Text, read_json
from sharedcare.fhir.json_texts.places import Way, lines_and_columns, located, text_faults
from sharedcare.fhir.parsed import TooDeepError, parsed
from sharedcare.fhir.walk import Fault, Walk, way_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from sharedcare.fhir.fast_lane.lane import FastLane
    from sharedcare.fhir.fhir_profiles import FhirProfiles

    #: What a resource may be given as.
    Resource = bytes | bytearray | memoryview | str | Mapping[str, Any] | BaseModel

#: Bytes after which JSON is read faster than the first time, at the price of an import.
WORTH_READING_QUICKLY = 20_000

#: Bytes after which the fast lane is loaded. That takes as long as the full lane takes for three
#: times as many (0.15 s); whoever has read so many mostly reads more than that.
WORTH_A_LANE = 500_000

#: Bytes that are worth asking the fast lane about: as long as the full lane takes for them.
WORTH_ASKING = 2_000


class Validator:
    """Validates resources against FHIR R4 4.0.1; make one and use it for all.

    After :data:`WORTH_A_LANE` bytes a fast lane accepts most resources with which nothing is wrong.
    ``fhir_profiles`` are those of packages: resources that one of them may apply to are held
    against it too.
    Each thread and each process needs a validator of its own.
    """

    def __init__(
        self,
        definitions: Definitions | None = None,
        *,
        fast: bool = True,
        fhir_profiles: "FhirProfiles | None" = None,
    ) -> None:
        self._definitions = definitions or r4()
        self._fhir_profiles = fhir_profiles
        self._lane: FastLane | None = None
        self._is_fast, self._length = fast, 0
        self._read = read_json if fast else _quick_reader()

    def issues(self, data: bytes) -> tuple[Issue, ...]:
        """Return every issue of one resource in JSON, in the order of their places."""
        return next(self.issues_of_lines((data,)))

    def issues_of_lines(self, lines: Sequence[bytes]) -> Iterator[tuple[Issue, ...]]:
        """Go through the issues of each of many resources, which is faster than one at a time.

        Some hundred at once are best; they may be of any kind.
        """
        for line, glance in zip(lines, self._glances(lines), strict=True):
            yield () if glance.is_good else self._all_issues(line, glance)

    def _glances(self, lines: Sequence[bytes]) -> Sequence[Glance]:
        """Tell of each resource what the fast lane sees of it."""
        length = sum(map(len, lines))
        if self._lane is None and self._is_fast:
            self._make_ready(length)
        if self._lane is None or length < WORTH_ASKING:
            return [UNSEEN] * len(lines)
        if self._fhir_profiles is None:
            return self._lane.glances(lines)
        concerned = list(map(self._fhir_profiles.concern, lines))
        others = [line for line, is_so in zip(lines, concerned, strict=True) if not is_so]
        accepted = iter(self._lane.accepted(others))
        return [UNSEEN if is_so or not next(accepted) else GOOD for is_so in concerned]

    def _make_ready(self, length: int) -> None:
        """Load what is worth it when there is so much more to read."""
        self._length += length
        if self._length >= WORTH_READING_QUICKLY:
            self._read = _quick_reader()
        if self._length >= WORTH_A_LANE:
            from sharedcare.fhir.fast_lane.lane import FastLane

            self._lane = FastLane(self._definitions)

    def _all_issues(self, data: bytes, glance: Glance = UNSEEN) -> tuple[Issue, ...]:
        """Ask the full lane, which passes by the members that are seen to be good."""
        text = self._read(data)
        if not text.is_readable:
            return self._unreadable(data, text)
        walk = self._walked(text.value, UNSEEN if text.faults else glance)
        if not walk.faults and not text.faults:
            return ()
        return self._placed(data, text, walk.faults)

    def _walked(self, value: object, glance: Glance = UNSEEN) -> Walk:
        """Walk through a document by the base definitions, and then by FHIR profiles."""
        walk = self._walk(value)
        walk.doubtful = glance.doubtful
        scope = check_root(walk, value)
        if scope is not None and self._fhir_profiles is not None:
            for fault in self._fhir_profiles.faults(scope):
                walk.note(fault)
        elif scope is not None and walk.claims_core_profile:
            for fault in core_profile_faults(scope):
                walk.note(fault)
        return walk

    def _walk(self, _value: object) -> Walk:
        """Make what notes the faults of a document."""
        return Walk(self._definitions)

    def validate(self, data: "Resource") -> tuple[Issue, ...]:
        """Return every issue of a resource, as :func:`validate_resource` does."""
        if isinstance(data, bytes | bytearray | memoryview):
            return self.issues(bytes(data))
        if isinstance(data, str):
            return self.issues(data.encode("utf-8", "surrogatepass"))
        if isinstance(data, Mapping):
            return self.issues_of_object(data)
        if not hasattr(data, "model_dump_json"):
            raise TypeError(f"{_WANTED}, not {type(data).__name__}")
        return self.issues(data.model_dump_json().encode("utf-8"))

    def issues_of_object(self, value: Mapping[str, Any]) -> tuple[Issue, ...]:
        """Return every issue of a resource that was parsed already; they have no place in a text.

        What only a text shows, such as duplicate keys, cannot be seen in an object.
        """
        try:
            plain, faults = parsed(value)
        except TooDeepError:
            return (_issue(Fault("json-depth", None), "", 0, (0, 0)),)
        told = [
            _issue(fault, self._path(plain, way_of(fault.pointer)), 0, (0, 0))
            for fault in (*self._walked(plain).faults, *faults)
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


def validate_resource(data: "Resource") -> tuple[Issue, ...]:
    """Return every issue of a resource: JSON, a parsed object, or a model of fhir.resources.

    A model is validated as the JSON that it writes. Threads may call this side by side. Raises
    TypeError for anything else.
    """
    return _validator().validate(data)


def is_valid(issues: tuple[Issue, ...]) -> bool:
    """Whether there is no error among issues."""
    return not any(issue.is_error for issue in issues)


def _validator() -> Validator:
    """Return the validator of this thread, made when it is first asked for."""
    if not hasattr(_OF_THREAD, "validator"):
        _OF_THREAD.validator = Validator()
    found: Validator = _OF_THREAD.validator
    return found


_OF_THREAD = threading.local()
_WANTED = "a resource is bytes or text in JSON, a mapping, or a model of fhir.resources"


def _quick_reader() -> Callable[[bytes], Text]:
    """Return what reads fast, and takes as long to import as the other for some resources."""
    from sharedcare.fhir.json_texts.quickly import read_quickly

    return read_quickly


def _issue(fault: Fault, path: str, at: int, shown: tuple[int, int]) -> Issue:
    return Issue(fault.severity, fault.issue_code, fault.rule, path, fault.sentence, at, *shown)


def _order(issue: Issue) -> tuple[int, str, str, str]:
    return (issue.byte, issue.path, issue.rule, issue.message)
