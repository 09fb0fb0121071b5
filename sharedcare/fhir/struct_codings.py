"""Codings in the fast lane: whether HL7's code systems and required value sets have the code."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from sharedcare.fhir.datatypes import code_system_fault
from sharedcare.fhir.definitions import Definitions

_GOOD = re.compile(
    r"(?!(?i:urn|oid|uuid):)[!-\[\]-~]+|urn:(?:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+|(?!oid|uuid)[!-\[\]-~]+)"
)

Guard = Callable[[Any], None]


def coding_guard(definitions: Definitions, doubt: type[Exception]) -> Guard:
    """Return what asks whether a coding names its code system well, and a code that it has."""

    def look(made: Any) -> None:
        code_system = made.system
        if code_system is UNSET:
            return
        if code_system_fault(code_system) is not None or not _GOOD.fullmatch(code_system):
            raise doubt
        codes = definitions.code_system(code_system)
        if codes is not None and made.code not in codes:
            raise doubt

    return look


def required_guard(definitions: Definitions, kind: str, doubt: type[Exception]) -> Guard | None:
    """Return what asks for a code of the value set that a kind of structure names."""
    type_name, _, url = kind.partition(" of ")
    codes = definitions.codes_of(url)
    if codes is None:
        return None

    def has_code(made: Any) -> bool:
        return made.code in codes.get(made.system, ()) if made.system else False

    def look(made: Any) -> None:
        if type_name == "CodeableConcept":
            if made.coding is UNSET or not any(map(has_code, made.coding)):
                raise doubt
        elif (made.code is not UNSET or type_name == "Coding") and not has_code(made):
            raise doubt

    return look
