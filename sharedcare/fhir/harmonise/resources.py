"""FHIR resources of any version, line by line, to counters: one pure function.

Nothing is validated here, and nothing that a resource holds leaves it but codes, labels, units and
distances between dates.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from sharedcare.fhir.harmonise.batch import Batch, Presence, Record, Unit
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.kinds import KINDS, OTHER_TYPES, SECTIONS, UNSORTED, Kind
from sharedcare.fhir.harmonise.patients import Numbers
from sharedcare.fhir.harmonise.states import BY_STATUS, State, state_of_reason
from sharedcare.fhir.harmonise.terminologies import ELSEWHERE, Coded
from sharedcare.reading.limits import MAX_PAYLOAD_VALUES

#: The errors that a resource not shaped as FHIR is raises while it is read.
MISSHAPEN: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)

_LIST_WARNING = "ListWarningCode"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

#: Keys of STU3 by which something was not done.
_NOT_DONE = frozenset(("notGiven", "notDone"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What every piece is measured by: the key of hashes, and whose identifiers are NHS numbers."""

    key: bytes
    number_systems: frozenset[str] = frozenset(
        ("https://fhir.nhs.uk/Id/nhs-number", "https://fhir.nhs.uk/id/nhs-number")
    )


def measure_lines(
    data: bytes, settings: Settings, file: str = "", line: int = 1, whole: bool = False
) -> Counters:
    """Measure lines of NDJSON, or one document where ``whole``: a pure function.

    ``file`` and ``line`` say where the first line stands. Cutting a file into pieces at line ends
    and adding their counters gives what the whole file gives.
    """
    if line == 1:
        data = data.removeprefix(_BYTE_ORDER_MARK)
    lines = [data] if whole else data.split(b"\n")
    if not whole and not lines[-1]:
        lines.pop()
    measuring = _Measuring(settings)
    decode = msgspec.json.Decoder().decode
    for number, text in enumerate(lines, line):
        if _is_too_many(text):
            measuring.left_out(file, number)
            continue
        try:
            value = decode(text)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            measuring.unreadable(text, file, number)
            continue
        measuring.line(value, file, number)
    return measuring.ended()


def _is_too_many(text: bytes) -> bool:
    """Whether a line may hold more values than fit in memory; texts may make it seem so."""
    if len(text) <= MAX_PAYLOAD_VALUES:
        return False
    return sum(map(text.count, (b",", b"{", b"["))) > MAX_PAYLOAD_VALUES


@dataclass(slots=True)
class _Shapes:
    """What the keys of a resource tell, once for each set of keys of a type."""

    presence: dict[tuple[str, tuple[str, ...]], tuple[Presence, bool]] = field(default_factory=dict)

    def of(self, type_: str, kind: Kind, resource: dict[str, Any]) -> tuple[Presence, bool]:
        keys = tuple(resource)
        found = self.presence.get((type_, keys))
        if found is None:
            found = self.presence[type_, keys] = self._look(kind, frozenset(keys))
        return found

    def _look(self, kind: Kind, keys: frozenset[str]) -> tuple[Presence, bool]:
        asked = tuple(kind.elements)
        present = tuple(e for e in asked if not keys.isdisjoint(kind.elements[e]))
        is_said = not keys.isdisjoint(("dataAbsentReason", *_NOT_DONE))
        may_be_absent = is_said or any(key.startswith("_") for key in keys)
        return (asked, present), may_be_absent


class _Measuring:
    """The counting of one piece."""

    def __init__(self, settings: Settings) -> None:
        self.counters = Counters()
        self.batch = Batch(settings.key)
        self.numbers = Numbers(settings.key, settings.number_systems)
        self.shapes = _Shapes()

    def left_out(self, file: str, line: int) -> None:
        """Count a line that would need more memory than its bytes tell."""
        self.counters.read += 1
        self._quarantine(file, line, "too_many_values")

    def unreadable(self, text: bytes, file: str, line: int) -> None:
        """Count a line that is blank or no JSON."""
        self.counters.read += 1
        if text.strip():
            self._quarantine(file, line, "not_json")
        else:
            self.counters.blank += 1

    def line(self, value: object, file: str, line: int) -> None:
        """Count what a line holds: a resource, or a Bundle of them."""
        counters = self.counters
        counters.read += 1
        type_ = value.get("resourceType") if type(value) is dict else None
        if type(type_) is not str:
            self._quarantine(file, line, "no_resource")
            return
        before = counters.misshapen
        waiting: list[object] = [value]
        while waiting:
            self._resource(waiting.pop(), waiting)
        if counters.misshapen > before and type_ != "Bundle":
            self._quarantine(file, line, "misshapen")
        else:
            counters.ok += 1

    def _quarantine(self, file: str, line: int, why: str) -> None:
        self.counters.quarantined += 1
        self.counters.why[why] += 1
        self.counters.places.append((file, line, why))

    def _resource(self, value: Any, waiting: list[object]) -> None:
        try:
            type_ = value["resourceType"]
            kind = KINDS.get(type_)
            if kind is not None:
                self._measure(value, type_, kind)
                self.counters.measured += 1
            else:
                self._other(value, type_, waiting)
        except MISSHAPEN:
            self.counters.misshapen += 1

    def _measure(self, resource: dict[str, Any], type_: str, kind: Kind) -> None:
        presence, may_be_absent = self.shapes.of(type_, kind, resource)
        number = self.numbers.of(resource) if type_ == "Patient" else None
        self.batch.take(_record(resource, type_, kind, presence, may_be_absent))
        if number is not None:
            self.numbers.take(*number)
        elif type_ == "Composition":
            for section in resource.get("section", ()):
                self._empty(section)

    def _other(self, resource: dict[str, Any], type_: str, waiting: list[object]) -> None:
        if type_ == "Bundle":
            entries = [entry.get("resource") for entry in resource.get("entry", ())]
            waiting += [entry for entry in reversed(entries) if entry is not None]
        elif type_ == "List":
            self._empty(resource)
        elif type_ == "Provenance":
            self.counters.provenance += len(resource.get("target", ()))
        self.counters.others[type_ if type_ in OTHER_TYPES else "other"] += 1

    def _empty(self, holder: dict[str, Any]) -> None:
        """Count why a list or a section is empty, or what its warnings say is missing."""
        codings = holder.get("code", {}).get("coding", ())
        known = (SECTIONS.get(coding.get("code")) for coding in codings)
        category = next(filter(None, known), UNSORTED)
        if "emptyReason" in holder:
            self.batch.state(category, _state_of(holder["emptyReason"]), "emptyReason")
        for extension in holder.get("extension", ()):
            if _LIST_WARNING in extension.get("url", ""):
                state = state_of_reason(extension.get("valueCode"))
                self.batch.state(category, state, "list_warning")

    def ended(self) -> Counters:
        """Return what was counted."""
        self.batch.add_to(self.counters)
        self.numbers.add_to(self.counters)
        made = Counters()
        made.add(self.counters)
        return made


def _record(
    resource: dict[str, Any], type_: str, kind: Kind, presence: Presence, may_be_absent: bool
) -> Record:
    category = kind.category
    if kind.sorted_by is not None:
        category = kind.sorted_by(resource) or category
    elements = kind.elements
    present = presence[1]
    coded = _coded(_first(resource, elements["code"]), resource) if "code" in present else None
    value: str = ""
    units: tuple[Unit, ...] = ()
    if "value" in present:
        value, units = _values(resource, coded)
    state, by = _state(resource, may_be_absent)
    return (
        category,
        type_,
        presence,
        coded,
        _date(resource, elements["occurred"]) if "occurred" in present else None,
        _date(resource, elements["recorded"]) if "recorded" in present else None,
        _person(_first(resource, elements["person"])) if "person" in present else None,
        units,
        value,
        state,
        by,
    )


def _first(resource: dict[str, Any], keys: tuple[str, ...]) -> Any:
    for key in keys:
        if key in resource:
            return resource[key]
    return None


def _date(resource: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    found = _first(resource, keys)
    if type(found) is dict:
        found = found.get("start")
    return found if type(found) is str else None


def _person(found: dict[str, Any]) -> str | None:
    if "reference" in found:
        return _text(found["reference"])
    return _text(found.get("identifier", {}).get("value"))


def _coded(found: Any, resource: dict[str, Any]) -> Coded | None:
    """Read a CodeableConcept, or the first of a list, or what stands in its place."""
    if type(found) is list:
        found = found[0]
    if type(found) is str:  # the canonical URL of a questionnaire
        return (((found.split("|")[0], "questionnaire", None),), False)
    if "concept" in found:
        found = found["concept"]
    codings = found.get("coding")
    if codings is None:
        reference = found.get("reference")
        return _referred(reference, resource) if reference is not None else ((), "text" in found)
    if len(codings) == 1:
        one = codings[0]
        coding = (_text(one.get("system")), _text(one.get("code")), _text(one.get("display")))
        return ((coding,), "text" in found)
    return (
        tuple(
            (_text(one.get("system")), _text(one.get("code")), _text(one.get("display")))
            for one in codings
        ),
        "text" in found,
    )


def _referred(reference: Any, resource: dict[str, Any]) -> Coded | None:
    """The code of a contained resource; one in another resource is not looked for."""
    for contained in resource.get("contained", ()):
        if reference == f"#{contained.get('id')}" and "code" in contained:
            return _coded(contained["code"], resource)
    return ELSEWHERE


def _text(value: Any) -> str | None:
    """Return what must be a text where it is there; raises TypeError for anything else."""
    if value is None or type(value) is str:
        return value
    raise TypeError


def _values(resource: dict[str, Any], coded: Coded | None) -> tuple[str, tuple[Unit, ...]]:
    quantity = resource.get("valueQuantity")
    if quantity is not None:
        unit = _unit(quantity, coded)
        return f"{quantity.get('value')} {unit[3]}", (unit,)
    components = resource.get("component")
    if components is None:
        value = next((resource[key] for key in resource if key.startswith("value")), "")
        return str(value), ()
    units = []
    for component in components:
        quantity = component.get("valueQuantity")
        if quantity is not None:
            units.append(_unit(quantity, _coded(component["code"], resource)))
    return str([part.get("valueQuantity") for part in components]), tuple(units)


def _unit(quantity: dict[str, Any], coded: Coded | None) -> Unit:
    code_system, code, _ = coded[0][0] if coded and coded[0] else (None, None, None)
    unit = quantity.get("code")
    written = unit if unit is not None else quantity.get("unit")
    return code_system, code, _text(quantity.get("system")), _text(written)


def _state(resource: dict[str, Any], may_be_absent: bool) -> tuple[State | None, str]:
    status = resource.get("status")
    if status in BY_STATUS:
        return BY_STATUS[status], "status"
    verification = resource.get("verificationStatus")
    if verification is not None:
        code = _verification(verification)
        if code in BY_STATUS:
            return BY_STATUS[code], "verificationStatus"
    meta = resource.get("meta")
    if meta is not None and "security" in meta:
        for label in meta["security"]:
            if state_of_reason(label.get("code")) is State.WITHHELD:
                return State.WITHHELD, "security_label"
    return _absence(resource) if may_be_absent else (None, "")


def _verification(found: Any) -> str:
    """The code of a verification status: a code in STU3, a CodeableConcept since."""
    code: str = found if type(found) is str else found.get("coding", [{}])[0].get("code", "")
    return code


def _absence(resource: dict[str, Any]) -> tuple[State | None, str]:
    if "dataAbsentReason" in resource:
        return _state_of(resource["dataAbsentReason"]), "dataAbsentReason"
    for key, companion in resource.items():
        if key in _NOT_DONE and companion is True:
            return State.KNOWN_NEGATIVE, key
        if key.startswith("_") and type(companion) is dict:
            for extension in companion.get("extension", ()):
                if extension.get("url", "").endswith("/data-absent-reason"):
                    return state_of_reason(extension.get("valueCode")), "data_absent_reason"
    return None, ""


def _state_of(concept: dict[str, Any]) -> State:
    return state_of_reason(next((c.get("code") for c in concept.get("coding", ())), None))
