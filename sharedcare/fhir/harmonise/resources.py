"""FHIR resources of any version, line by line, to counters: one pure function.

Nothing is validated here, and nothing that a resource holds leaves it but codes, labels, units and
distances between dates.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from sharedcare.fhir.harmonise.absence import state_of_concept
from sharedcare.fhir.harmonise.batch import Batch, Record
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.kinds import KINDS, OTHER_TYPES, SECTIONS, UNSORTED, Kind
from sharedcare.fhir.harmonise.passed_by import NOT_JSON, passed_by
from sharedcare.fhir.harmonise.patients import NUMBER_SYSTEMS, Numbers
from sharedcare.fhir.harmonise.recording import record_of
from sharedcare.fhir.harmonise.references import beside
from sharedcare.fhir.harmonise.shapes import Shapes
from sharedcare.fhir.harmonise.states import State, state_of_reason
from sharedcare.fhir.harmonise.versions import said_version
from sharedcare.reading.limits import MAX_PAYLOAD_VALUES

#: The errors that a resource not shaped as FHIR is raises while it is read.
MISSHAPEN: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)

_LIST_WARNING = "ListWarningCode"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

#: Types that hold resources, and the element whose parts have them under ``resource``.
_HOLDERS = {"Bundle": "entry", "Parameters": "parameter"}

#: Contained, these stand for who is meant and not for a fact about them.
_PEOPLE = frozenset(("Patient", "RelatedPerson"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What every piece is measured by: the key of hashes, and whose identifiers are NHS numbers.

    ``version`` is the version of FHIR that the user says, empty if nothing; see
    :mod:`sharedcare.fhir.harmonise.versions`. ``holds`` says what files hold that are no tables:
    ``json``, ``ndjson``, ``xml``, or ``auto``, by their names and how they begin.
    """

    key: bytes
    number_systems: frozenset[str] = NUMBER_SYSTEMS
    version: str = ""
    holds: str = "auto"


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
    measuring = Measuring(settings)
    decode = msgspec.json.Decoder().decode
    for number, text in enumerate(lines, line):
        if len(text) > MAX_PAYLOAD_VALUES and _is_too_many(text):
            measuring.left_out(file, number)
            continue
        type_ = passed_by(text)
        if type_ is not None:
            measuring.passed_by(type_)
            continue
        try:
            value = decode(text)
        except NOT_JSON:
            measuring.unreadable(text, file, number)
            continue
        measuring.document(value, file, number)
    return measuring.ended()


def _is_too_many(text: bytes) -> bool:
    """Whether a long line may hold more values than fit in memory; texts may make it seem so."""
    return sum(map(text.count, (b",", b"{", b"["))) > MAX_PAYLOAD_VALUES


class Measuring:
    """The counting of one piece."""

    def __init__(self, settings: Settings) -> None:
        self.counters = Counters()
        self.batch = Batch(settings.key)
        self.numbers = Numbers(settings.key, settings.number_systems)
        self.shapes = Shapes(settings.version)
        self._said: str | None = None
        self._beside: dict[str, dict[str, Any]] = {}

    def left_out(self, file: str, line: int) -> None:
        """Count a line that would need more memory than its bytes tell."""
        self.counters.read += 1
        self.quarantine(file, line, "too_many_values")

    def unreadable(self, text: bytes, file: str, line: int) -> None:
        """Count a line that is blank or no JSON."""
        self.counters.read += 1
        if text.strip():
            self.quarantine(file, line, "not_json")
        else:
            self.counters.blank += 1

    def passed_by(self, type_: str) -> None:
        """Count a line with a resource of which nothing but its type counts."""
        self.counters.read += 1
        self.counters.ok += 1
        self._of_other_type(type_)

    def document(self, value: object, file: str, line: int) -> None:
        """Count what a line or document holds: a resource, or others inside it."""
        counters = self.counters
        counters.read += 1
        type_ = value.get("resourceType") if isinstance(value, dict) else None
        if not isinstance(value, dict) or type(type_) is not str:
            self.quarantine(file, line, "no_resource")
            return
        before = counters.misshapen
        self._said = None if type_ in KINDS else _said(value)
        self._beside.clear()
        waiting: list[object] = [value]
        while waiting:
            self._resource(waiting.pop(), waiting)
        if counters.misshapen > before and type_ not in _HOLDERS:
            self.quarantine(file, line, "misshapen")
        else:
            counters.ok += 1

    def quarantine(self, file: str, line: int, why: str) -> None:
        """Count something that was read and cannot be measured."""
        self.counters.quarantined += 1
        self.counters.why[why] += 1
        self.counters.places.append((file, line, why))

    def _resource(self, value: Any, waiting: list[object]) -> None:
        try:
            type_ = value["resourceType"]
            kind = KINDS.get(type_)
            if kind is not None:
                self._measure(value, type_, kind, waiting)
                self.counters.measured += 1
            else:
                self._other(value, type_, waiting)
        except MISSHAPEN:
            self.counters.misshapen += 1

    def _measure(
        self, resource: dict[str, Any], type_: str, kind: Kind, waiting: list[object]
    ) -> None:
        """Count a resource; what is misshapen raises before anything is counted."""
        shape = self.shapes.of(resource, type_, kind, self._said)
        record = record_of(resource, type_, kind, shape, self._beside)
        if shape.is_plain:
            self.batch.take(record)
        else:
            self._take_with_more(record, resource, type_, waiting)
        shape.count += 1

    def _take_with_more(
        self, record: Record, resource: dict[str, Any], type_: str, waiting: list[object]
    ) -> None:
        """Count a record, and what stands in its resource beside it."""
        number = self.numbers.of(resource) if type_ == "Patient" else None
        contained = list(filter(_is_fact, resource.get("contained", ())))
        sections = resource.get("section", ()) if type_ == "Composition" else ()
        said = [one for section in sections for one in _emptiness(section)]
        self.batch.take(record)
        if number is not None:
            self.numbers.take(*number)
        for state in said:
            self.batch.state(*state)
        waiting += reversed(contained)

    def _other(self, resource: dict[str, Any], type_: str, waiting: list[object]) -> None:
        if type_ in _HOLDERS:
            entries = list(_entries(resource.get(_HOLDERS[type_], ())))
            self._beside |= beside(entries)
            held = (entry.get("resource") for entry in reversed(entries))
            waiting += [one for one in held if one is not None]
        elif type_ == "List":
            for state in list(_emptiness(resource)):
                self.batch.state(*state)
        elif type_ == "Provenance":
            self.counters.provenance.update(list(map(_type_of, resource.get("target", ()))))
        self._of_other_type(type_)

    def _of_other_type(self, type_: str) -> None:
        self.counters.others[type_ if type_ in OTHER_TYPES else "other"] += 1

    def ended(self) -> Counters:
        """Return what was counted."""
        self.batch.add_to(self.counters)
        self.numbers.add_to(self.counters)
        for shape in self.shapes.met():
            self.counters.versions[shape.version] += shape.count
            self.counters.told_by[shape.told_by.value] += shape.count
        self.counters.add(Counters())  # which leaves the first places, in their order
        return self.counters


def _said(holder: dict[str, Any]) -> str | None:
    """The version that a Bundle says, which holds for all in it; None where it says none."""
    try:
        return said_version(holder)
    except MISSHAPEN:
        return None


def _entries(given: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries of a Bundle, or parameters with their parts, in their order."""
    waiting = list(reversed(list(given)))
    while waiting:
        yield (one := waiting.pop())
        waiting += reversed(one.get("part", ()))


def _emptiness(holder: dict[str, Any]) -> Iterator[tuple[str, State, str]]:
    """Why a list or a section is empty, or what its warnings say is missing, by category."""
    codings = holder.get("code", {}).get("coding", ())
    known = (SECTIONS.get(coding.get("code")) for coding in codings)
    category = next(filter(None, known), UNSORTED)
    if "emptyReason" in holder:
        yield category, state_of_concept(holder["emptyReason"]), "emptyReason"
    for extension in holder.get("extension", ()):
        if _LIST_WARNING in extension.get("url", ""):
            yield category, state_of_reason(extension.get("valueCode")), "list_warning"


def _is_fact(contained: Any) -> bool:
    """Whether a contained resource is a fact of its own, and not the person or thing meant."""
    type_ = contained.get("resourceType")
    return type_ in KINDS and type_ not in _PEOPLE


def _type_of(target: dict[str, Any]) -> str:
    """The resource type that a reference leads to; ``other`` where it does not say."""
    steps = target.get("reference", "").split("/_history/")[0].split("/")
    type_ = steps[-2] if len(steps) > 1 else ""
    return type_ if type_ in KINDS or type_ in OTHER_TYPES else "other"
