"""Lists of codes that the user gives: which codes of a code system, local ones above all, exist.

A list is a CodeSystem or ValueSet of FHIR in JSON, or a table (CSV) with the columns code_system,
code and, if there are labels, display.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise.counters import CategoryCounts
from sharedcare.fhir.harmonise.resources import MISSHAPEN
from sharedcare.fhir.harmonise.terminologies import agreed_name, as_uri
from sharedcare.places import Fault, Place
from sharedcare.reading import Source
from sharedcare.reading.table import Columns, read_table

_COLUMNS = Columns(
    {
        "code_system": ("system", "codesystem", "uri"),
        "code": (),
        "display": ("label", "term", "name", "description"),
    },
    ("code_system", "code"),
)

_NO_LIST = (
    "this is no list of codes: give a CodeSystem or ValueSet in JSON, or a table (CSV) with the"
    " columns code_system, code and display"
)
_NOT_ALL = (
    "it does not list its codes themselves; give it expanded, or as a table with the columns"
    " code_system, code and display"
)

#: Words of ``content`` of a CodeSystem that does not list its codes.
_NOT_LISTED = frozenset(("not-present", "example", "supplement"))


class _NotListed(Exception):
    """A resource that stands for codes and does not list them."""


@dataclass(slots=True)
class CodeLists:
    """Codes by code system, each with its label, which may be empty."""

    by_code_system: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, other: "CodeLists") -> None:
        """Add lists; of two of one code system the codes are put together."""
        for code_system, codes in other.by_code_system.items():
            self.by_code_system.setdefault(code_system, {}).update(codes)

    def counted(self, counts: CategoryCounts) -> tuple[int, int]:
        """Codes that are on a list, and those that are not and should be, by volume.

        Codes of code systems of which no list is given are in neither.
        """
        known = unknown = 0
        for key, count in counts.codes.counts.items():
            codes = self.by_code_system.get(key[0]) if isinstance(key, tuple) else None
            if isinstance(key, tuple) and codes is not None:
                known, unknown = known + count * (key[1] in codes), unknown + count
        return known, unknown - known

    def label(self, code_system: str, code: str) -> str:
        """The label that a list gives to a code, empty if none does."""
        return self.by_code_system.get(code_system, {}).get(code, "")


def read_code_list(source: Source) -> CodeLists:
    """Read a list of codes; raises InputRefused, and LimitReached where a table is too long."""
    if not source.data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[", b"<")):
        return _of_table(source)
    try:
        resource = msgspec.json.decode(source.data)
        pairs = list(_READERS[resource["resourceType"]](resource))
    except _NotListed:
        raise _refused(source, _NOT_ALL) from None
    except (*MISSHAPEN, msgspec.DecodeError, RecursionError):
        raise _refused(source, _NO_LIST) from None
    made = CodeLists()
    for code_system, code, label in pairs:
        made.by_code_system.setdefault(agreed_name(code_system), {})[code] = label
    return made


def _refused(source: Source, said: str) -> InputRefused:
    fault = Fault(Place(source.name), "NOT_A_CODE_LIST", said)
    return InputRefused(f"{source.name} cannot be used as a list of codes", (fault,))


def _of_table(source: Source) -> CodeLists:
    made = CodeLists()
    for row in read_table(source, _COLUMNS).rows:
        code_system, code = row.get("code_system"), row.get("code")
        if code_system is not None and code is not None:
            codes = made.by_code_system.setdefault(as_uri(code_system), {})
            codes[str(code)] = str(row.get("display", ""))
    return made


def _of_code_system(resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if resource.get("content") in _NOT_LISTED or not resource.get("concept"):
        raise _NotListed
    waiting = list(reversed(resource["concept"]))
    while waiting:
        concept = waiting.pop()
        yield str(resource["url"]), str(concept["code"]), str(concept.get("display", ""))
        waiting += reversed(concept.get("concept", ()))


def _of_value_set(resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "expansion" in resource:
        yield from _expanded(resource["expansion"])
        return
    includes = resource.get("compose", {}).get("include", ())
    if not includes or any("concept" not in one for one in includes):
        raise _NotListed
    for one in includes:
        for concept in one["concept"]:
            yield str(one["system"]), str(concept["code"]), str(concept.get("display", ""))


def _expanded(expansion: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    waiting = list(reversed(expansion.get("contains", ())))
    while waiting:
        found = waiting.pop()
        if "code" in found and not found.get("abstract"):
            yield str(found["system"]), str(found["code"]), str(found.get("display", ""))
        waiting += reversed(found.get("contains", ()))


_READERS = {"CodeSystem": _of_code_system, "ValueSet": _of_value_set}
