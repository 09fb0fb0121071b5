"""What the keys of a resource tell: worked out once for each set of keys of a type.

Payloads repeat themselves: thousands of resources of a system have the same keys. Which version
they are of, which elements could be there and are, and under which key each stands is looked up
once for all of them.
"""

from dataclasses import dataclass
from typing import Any

from sharedcare.fhir.harmonise.batch import Presence
from sharedcare.fhir.harmonise.elements import Keys
from sharedcare.fhir.harmonise.kinds import Kind
from sharedcare.fhir.harmonise.versions import (
    MIXED,
    ToldBy,
    fitting,
    has,
    said_version,
)

#: Keys by which STU3 and DSTU2 say that something was not done.
NOT_DONE = frozenset(("notGiven", "notDone", "wasNotGiven", "wasNotTaken", "notPerformed", "taken"))

#: Types of which more is counted than a record.
_NOT_PLAIN = frozenset(("Composition", "Patient"))

_ABSENCES = NOT_DONE | {"dataAbsentReason"}

#: Versions that no element tells apart.
_ALIKE = {"R4B": "R4"}


@dataclass(slots=True)
class Shape:
    """What is known of all resources of a type with the same keys.

    ``presence`` are the elements that their version has, and those of them that are there; the keys
    of those that are read follow, None where there is none. ``nested`` are elements that may stand
    inside others, each with the ways to look along. ``is_plain``: it holds nothing that counts
    beside itself. ``count`` is how many such resources were measured.
    """

    version: str
    told_by: ToldBy
    presence: Presence
    code: str | None
    occurred: str | None
    recorded: str | None
    person: str | None
    has_value: bool
    nested: dict[str, tuple[Keys, ...]]
    may_be_absent: bool
    is_plain: bool
    count: int = 0


class Shapes:
    """The shapes that were met; ``version`` is what the user says of all, empty if nothing."""

    def __init__(self, version: str = "") -> None:
        self._version = version
        self._found: dict[tuple[str, str | None, bool, tuple[str, ...]], Shape] = {}

    def of(self, resource: dict[str, Any], type_: str, kind: Kind, said: str | None) -> Shape:
        """The shape of a resource; ``said`` is the version of what it stands in, if that says it.

        Raises what a misshapen ``meta`` raises.
        """
        if "meta" in resource and not self._version:
            said = said_version(resource) or said
        is_coded = type(resource.get("clinicalStatus")) is str
        key = type_, said, is_coded, tuple(resource)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look(type_, kind, said, is_coded, key[3])
        return found

    def met(self) -> list[Shape]:
        """Every shape, with how many resources had it."""
        return list(self._found.values())

    def _look(
        self, type_: str, kind: Kind, said: str | None, is_coded: bool, keys: tuple[str, ...]
    ) -> Shape:
        version, told_by = self._told(type_, said, is_coded, keys)
        asked = tuple(
            element
            for element, names in kind.elements.items()
            if any(has(type_, name.partition(".")[0], version) for name in names)
        )
        held = {key for key in keys if not key.startswith("_")}
        found, nested = _stands(kind, asked, held)
        may_be_absent = len(held) < len(keys) or not _ABSENCES.isdisjoint(held)
        presence = asked, tuple(element for element in asked if element in found)
        return Shape(
            version,
            told_by,
            presence,
            found.get("code"),
            _no_text(found.get("occurred")),
            found.get("recorded"),
            found.get("person"),
            "value" in found,
            nested,
            may_be_absent,
            "contained" not in held and type_ not in _NOT_PLAIN,
        )

    def _told(
        self, type_: str, said: str | None, is_coded: bool, keys: tuple[str, ...]
    ) -> tuple[str, ToldBy]:
        """The version, and how it is known; what has not the type is none of that version."""
        for version, told_by in ((self._version, ToldBy.OPTION), (said, ToldBy.SAID)):
            if version and version in fitting(type_, ()):
                return version, told_by
        found = fitting(type_, keys, is_coded_status=is_coded)
        if not found:
            return MIXED, ToldBy.ASSUMED
        alone = len({_ALIKE.get(version, version) for version in found}) == 1
        return found[0], ToldBy.ELEMENTS if alone else ToldBy.ASSUMED


def _no_text(key: str | None) -> str | None:
    """A key whose value is a date or a period; words for a time, such as an age, are neither."""
    return None if key is None or key.endswith("String") else key


def _stands(
    kind: Kind, asked: tuple[str, ...], held: set[str]
) -> tuple[dict[str, str], dict[str, tuple[Keys, ...]]]:
    """Under which key each element stands, and which may stand inside others."""
    found: dict[str, str] = {}
    nested: dict[str, tuple[Keys, ...]] = {}
    for element in asked:
        there = [name for name in kind.elements[element] if name.partition(".")[0] in held]
        if there and "." not in there[0]:
            found[element] = there[0]
        elif there:
            nested[element] = tuple(tuple(name.split(".")) for name in there)
    return found, nested
