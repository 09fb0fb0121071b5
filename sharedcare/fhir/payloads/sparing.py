"""A validator that looks for no place where none will be told (see ``wanted``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sharedcare.fhir.expressions import expression
from sharedcare.fhir.glance import Glance
from sharedcare.fhir.issue import Issue
from sharedcare.fhir.json_texts.as_written import Text
from sharedcare.fhir.json_texts.places import Way, text_faults
from sharedcare.fhir.payloads.tally import kind_of
from sharedcare.fhir.payloads.wanted import Wanted
from sharedcare.fhir.rules import RULES
from sharedcare.fhir.validator import Validator
from sharedcare.fhir.walk import Fault, Walk, way_of
from sharedcare.places import Severity

if TYPE_CHECKING:
    from sharedcare.fhir.fhir_profiles import FhirProfiles

#: Paths without positions that are kept, by the names on them.
MAX_SHAPES = 10_000

# In these the same way can lead through resources of different types.
_OF_ANY_TYPE = frozenset({"resource", "contained"})


class SparingValidator(Validator):
    """Gives those issues of a text that are wanted, and has the others counted."""

    def __init__(self, fhir_profiles: "FhirProfiles | None" = None) -> None:
        super().__init__(fhir_profiles=fhir_profiles)
        self._wanted = Wanted()
        self._shapes: dict[tuple[object, ...], str] = {}

    def glances(self, lines: Sequence[bytes]) -> Sequence[Glance]:
        """Tell of each resource what can be seen of it at once."""
        return self._glances(lines)

    def wanted_issues(self, data: bytes, glance: Glance, wanted: Wanted) -> tuple[Issue, ...]:
        """Return the issues that are wanted of one resource."""
        if glance.is_good:
            return ()
        self._wanted = wanted
        return self._all_issues(data, glance)

    def _walk(self, value: object) -> Walk:
        return _SparingWalk(self._definitions, root=value, wanted=self._wanted, shapes=self._shapes)

    def _unreadable(self, data: bytes, text: Text) -> tuple[Issue, ...]:
        wanted = {rule for rule in text.faults if self._wanted.takes(Severity.ERROR, (rule, ""))}
        return super()._unreadable(data, replace(text, faults=wanted)) if wanted else ()

    def _placed(self, data: bytes, text: Text, faults: list[Fault]) -> tuple[Issue, ...]:
        """Place faults, and those of the text that are wanted."""
        found = list(super()._placed(data, Text(text.value), faults)) if faults else []
        walk = _SparingWalk(
            self._definitions, root=text.value, wanted=self._wanted, shapes=self._shapes
        )
        for rule, way, at in text_faults(data) if text.faults else ():
            if self._wanted.takes(Severity.ERROR, (rule, walk.shape(way))):
                made, path = RULES[rule], self._path(text.value, way)
                found.append(Issue(Severity.ERROR, made.code, rule, path, made.sentence, at))
        return tuple(sorted(found, key=lambda issue: (issue.byte, issue.path, issue.rule)))


@dataclass(slots=True, kw_only=True)
class _SparingWalk(Walk):
    """Keeps the faults whose places are wanted."""

    root: object
    wanted: Wanted
    shapes: dict[tuple[object, ...], str]
    _seen: set[int] = field(default_factory=set)
    _latest: tuple[Way, str] = ((-1,), "")

    def note(self, fault: Fault) -> None:
        """Keep or count a fault, but for one that was told already."""
        way = way_of(fault.pointer)
        one = hash((fault.rule, way, fault.message, *fault.words.values()))
        if one in self._seen:
            return
        self._seen.add(one)
        known = way[:-1] if fault.rule == "unknown-element" else way  # its path is told so far
        if self.wanted.takes(fault.severity, (fault.rule, self.shape(known))):
            self.faults.append(fault)

    def shape(self, way: Way) -> str:
        """Return the path of a way without positions, which is the same for the same names."""
        if way == self._latest[0]:
            return self._latest[1]
        names = _names_and_types(self.root, way)
        found = self.shapes.get(names)
        if found is None:
            path = expression(self.definitions, self.root, way)
            found = kind_of("", path)[1]
            if len(self.shapes) < MAX_SHAPES:
                self.shapes[names] = found
        self._latest = way, found
        return found


def _names_and_types(root: object, way: Way) -> tuple[object, ...]:
    """Return the names on a way with the types of the resources that it leads through."""
    names = tuple([step for step in way if type(step) is str])
    value: Any = root
    types = [str(root.get("resourceType")) if isinstance(root, dict) else ""]
    if _OF_ANY_TYPE.isdisjoint(names):
        return names, types[0]
    for step in way:
        try:
            value = value[step]
        except (LookupError, TypeError):
            break
        if type(value) is dict and "resourceType" in value:
            types.append(str(value["resourceType"]))
    return names, tuple(types)
