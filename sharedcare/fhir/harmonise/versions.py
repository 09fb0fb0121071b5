"""Which version of FHIR a resource is of: said by itself, told by its elements, or taken to be R4.

Few resources say it. Where none does, the names of their elements tell, since many moved from
version to version; where these fit several versions it is taken to be the likeliest of them.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec

ARTEFACT = "element_versions.json"

#: Versions, the likeliest first: where several fit, the first is taken.
VERSIONS = ("R4", "R4B", "STU3", "R5", "DSTU2")

#: The version of something that has elements of several versions, none of which has them all.
MIXED = "mixed"

_BY_NUMBER = {
    "1.0": "DSTU2", "3.0": "STU3", "4.0": "R4", "4.1": "R4B", "4.3": "R4B", "5.0": "R5",
}  # fmt: skip

#: How a profile's address says its version: HL7's number in the path or behind a bar, a folder
#: named like the version (NHS England, HL7 UK), or UK Core, which is made on R4.
_SAID = re.compile(
    r"//hl7\.org/fhir/(?P<path>[1345]\.[013])/"
    r"|//hl7\.org/fhir/StructureDefinition/[A-Za-z]+\|(?P<bar>[1345]\.[013])"
    r"|/(?P<folder>DSTU2|STU3|R4B?|R5)/"
    r"|/StructureDefinition/(?P<uk>UKCore-)"
)


class ToldBy(StrEnum):
    """How it is known of which version resources are."""

    OPTION = "option"
    """The user says it of a system."""
    SAID = "said"
    """A profile or ``fhirVersion`` says it."""
    ELEMENTS = "elements"
    """The names of its elements belong to one version (R4 and R4B count as one)."""
    ASSUMED = "assumed"
    """Several versions fit; the likeliest is taken."""


def version_by_number(number: object) -> str | None:
    """The version that a number such as ``3.0.2`` stands for; None where it is none known."""
    if not isinstance(number, str):
        return None
    return _BY_NUMBER.get(".".join(number.split("-")[0].split(".")[:2]))


def said_version(resource: Mapping[str, Any]) -> str | None:
    """The version that a resource says itself; None where it says none.

    Raises TypeError, AttributeError where its ``meta`` is not shaped as FHIR has it.
    """
    meta = resource.get("meta")
    if meta is not None:
        for profile in meta.get("profile", ()):
            found = version_of_profile(profile)
            if found is not None:
                return found
    return version_by_number(resource["fhirVersion"]) if "fhirVersion" in resource else None


@lru_cache(maxsize=1024)
def version_of_profile(profile: str) -> str | None:
    """The version that the address of a profile says; None where it does not."""
    found = _SAID.search(profile)
    if found is None:
        return None
    if found["uk"]:
        return "R4"
    return found["folder"] or _BY_NUMBER.get(found["path"] or found["bar"])


def fitting(type_: str, keys: Iterable[str], *, is_coded_status: bool = False) -> tuple[str, ...]:
    """The versions whose resources of a type have all these elements, the likeliest first.

    Elements that no version has are passed over. ``is_coded_status``: its clinical or verification
    status is a bare code, as it was before R4.
    """
    known = elements(type_)
    held = [known[key] for key in (key.removeprefix("_") for key in keys) if key in known]
    if is_coded_status:
        held.append(frozenset(("DSTU2", "STU3")))
    return tuple(
        version
        for version in VERSIONS
        if version in _versions_of(type_) and all(version in found for found in held)
    )


def has(type_: str, key: str, version: str) -> bool:
    """Whether a version has an element; for what is mixed, whether any has."""
    found = elements(type_).get(key, frozenset[str]())
    return bool(found) if version == MIXED else version in found


def elements(type_: str) -> Mapping[str, frozenset[str]]:
    """Each element of a measured type with the versions that have it."""
    return _table()[type_]


@cache
def _versions_of(type_: str) -> frozenset[str]:
    return frozenset[str]().union(*elements(type_).values())


@cache
def _table() -> dict[str, dict[str, frozenset[str]]]:
    raw = (resources.files(__package__) / ARTEFACT).read_bytes()
    groups = msgspec.json.decode(raw, type=dict[str, dict[str, list[str]]])
    return {
        type_: {name: frozenset(key.split()) for key, names in found.items() for name in names}
        for type_, found in groups.items()
    }
