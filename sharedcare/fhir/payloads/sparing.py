"""A validator that looks for no place where none will be told.

Finding where a fault stands takes longer than finding the fault. Of each rule only the first issues
are listed, and all are counted, so in a text with 200,000 faults all but a few hundred are only
counted here: by severity, rule, and path without positions.
"""

from collections import Counter
from collections.abc import Callable

from sharedcare.fhir.issue import Issue
from sharedcare.fhir.json_text import Text
from sharedcare.fhir.payloads.tally import kind_of
from sharedcare.fhir.places_in_json import Way, text_faults
from sharedcare.fhir.rules import RULES
from sharedcare.fhir.validator import Validator
from sharedcare.fhir.walk import Fault, way_of
from sharedcare.places import Severity

#: Severity, rule, and path without positions.
Key = tuple[str, str, str]

# In these the same way can lead through resources of different types.
_OF_ANY_TYPE = frozenset({"resource", "contained"})


class SparingValidator(Validator):
    """Gives the issues that are to be listed; ``counted`` holds the others of the last resource.

    ``room`` says of how many more issues of a rule the places are wanted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[Key] = Counter()
        self.room: Callable[[str], int] = lambda _rule: 0
        self._paths: dict[tuple[str, ...], str] = {}

    def issues(self, data: bytes) -> tuple[Issue, ...]:
        """Return the issues of one resource for which there is room."""
        if self.counted:
            self.counted = Counter()
        return super().issues(data)

    def _placed(self, data: bytes, text: Text, faults: list[Fault]) -> tuple[Issue, ...]:
        """Place the faults for which there is room, and count the others."""
        self._paths.clear()
        left: dict[str, int] = {}
        wanted = list(self._wanted(text.value, faults, left))
        plain = Text(text.value)
        found = list(super()._placed(data, plain, wanted)) if wanted else []
        for rule, way, at in text_faults(data) if text.faults else ():
            if self._take(rule, left):
                path = self._path(text.value, way)
                made = RULES[rule]
                found.append(Issue(Severity.ERROR, made.code, rule, path, made.sentence, at))
            else:
                self._count(Fault(rule, None), way, text.value)
        return tuple(sorted(found, key=lambda issue: (issue.byte, issue.path, issue.rule)))

    def _wanted(self, root: object, faults: list[Fault], left: dict[str, int]) -> list[Fault]:
        seen: set[int] = set()
        wanted = []
        for fault in faults:
            way = way_of(fault.pointer)
            one = hash((fault.rule, way, fault.sentence))
            if one in seen:
                continue
            seen.add(one)
            if self._take(fault.rule, left):
                wanted.append(fault)
            else:
                self._count(fault, way, root)
        return wanted

    def _take(self, rule: str, left: dict[str, int]) -> bool:
        """Whether there is room for one more of a rule; then it is taken."""
        room = left[rule] if rule in left else self.room(rule)
        left[rule] = room - 1
        return room > 0

    def _count(self, fault: Fault, way: Way, root: object) -> None:
        severity = Severity.ERROR if fault.is_error else Severity.WARNING
        self.counted[severity.value, fault.rule, self._shape(root, way)] += 1

    def _shape(self, root: object, way: Way) -> str:
        """Return the path of a way without positions, which is the same for the same names."""
        names = tuple(step for step in way if isinstance(step, str))
        if _OF_ANY_TYPE.intersection(names):
            return kind_of("", self._path(root, way))[1]
        if names not in self._paths:
            self._paths[names] = kind_of("", self._path(root, way))[1]
        return self._paths[names]
