"""Value sets listed offline: from what they are composed of, or from an expansion in the package.

After the rules of FHIR R4 (``valueset.html``, *Value Set Expansion*). What a terminology server
would be needed for (filters on SNOMED CT, on LOINC) is said as the reason why a list is not
complete, and never guessed.
"""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from sharedcare.errors import LimitReached
from sharedcare.fhir.packages.code_sets import CodeSet, joined
from sharedcare.fhir.packages.code_systems import CodeSystem
from sharedcare.fhir.packages.element_json import Json, NotAsFhirSays, objects, text
from sharedcare.fhir.packages.expansion import Expansion
from sharedcare.fhir.packages.limits import MAX_CODES
from sharedcare.fhir.packages.refusal import named, refused
from sharedcare.places import Fault

if TYPE_CHECKING:
    from sharedcare.fhir.packages.package import PackageResource, Packages


def expanded(packages: "Packages", resource: "PackageResource") -> Expansion:
    """Return the codes of a value set; raises PackageFault where it is not as FHIR says."""
    raw = resource.content()
    try:
        composed = _Expanding(packages, resource).composed(raw)
        given = _given(raw)
    except NotAsFhirSays as wrong:
        said = f"{wrong} holds what FHIR does not have there"
        raise refused([Fault(resource.place, "BAD_DEFINITION", said)]) from None
    best = composed if given is None or not composed.unknown else given
    return Expansion(resource.url, best.codes, best.whole, best.unknown)


def _given(raw: Json) -> CodeSet | None:
    """Return the expansion that the package gives itself, None where there is none."""
    said = raw.get("expansion")
    if not isinstance(said, dict) or "contains" not in said:
        return None
    codes: dict[str, set[str]] = {}
    count = 0
    for system, code in _contained(said):
        codes.setdefault(system, set()).add(code)
        count += 1
    total = said.get("total")
    is_part = type(total) is int and total > count
    reasons = ("the expansion in the package is only a part",) if is_part else ()
    return CodeSet({system: frozenset(found) for system, found in codes.items()}, unknown=reasons)


def _contained(said: Json) -> Iterator[tuple[str, str]]:
    """Go through the codes of an expansion; what only groups others is not one of them."""
    for one in objects(said, "contains"):
        if one.get("abstract") is not True and text(one, "code"):
            yield text(one, "system"), text(one, "code")
        yield from _contained(one)


class _Expanding:
    """What a value set is composed of, as it is seen from its package."""

    def __init__(self, packages: "Packages", resource: "PackageResource") -> None:
        self._packages = packages
        self._resource = resource
        self._seen_from = resource.package
        self._left = MAX_CODES

    def composed(self, raw: Json) -> CodeSet:
        """Return all that is included, without what is excluded."""
        compose = raw.get("compose")
        if not isinstance(compose, dict):
            return CodeSet(unknown=("it does not say what it is composed of",))
        included = joined(map(self._part, objects(compose, "include")))
        return included - joined(map(self._part, objects(compose, "exclude")))

    def _part(self, said: Json) -> CodeSet:
        """Return one include or exclude: what all that it says has in common."""
        sets = [self._value_set(one) for one in _canonicals(said)]
        if text(said, "system"):
            sets.append(self._of_system(said))
        for one in sets:
            self._spend(sum(map(len, one.codes.values())))
        return reduce(and_, sets) if sets else CodeSet()

    def _spend(self, codes: int) -> None:
        """Count the codes that are looked at, so that no value set takes without end."""
        self._left -= codes
        if self._left < 0:
            said = f"to list it, more than {MAX_CODES:,} codes would have to be looked at"
            raise LimitReached(str(Fault(self._resource.place, "TOO_LARGE", said)))

    def _value_set(self, canonical: str) -> CodeSet:
        found = self._packages.nested_value_set(canonical, self._seen_from)
        if isinstance(found, str):
            return CodeSet(unknown=(found,))
        return CodeSet(found.codes, found.whole, found.why_not)

    def _of_system(self, said: Json) -> CodeSet:
        system = text(said, "system")
        listed = objects(said, "concept")
        if listed:
            return CodeSet({system: frozenset(text(one, "code") for one in listed)})
        known = self._packages.code_system(system, self._seen_from)
        filters = objects(said, "filter")
        if not filters:
            whole = CodeSet(whole=frozenset({system}))
            return CodeSet({system: known.codes}) if known and known.is_whole else whole
        if known is None or not known.is_whole:
            return CodeSet(unknown=(_needs_server(system, filters),))
        self._spend(len(filters) * len(known.codes))
        return reduce(and_, (_filtered(known, one) for one in filters))


def _needs_server(system: str, filters: list[Json]) -> str:
    words = ", ".join(f"{text(one, 'property')} {text(one, 'op')}" for one in filters)
    return f"it takes from {named(system)} by {named(words)}, and that is in no package"


def _canonicals(said: Json) -> list[str]:
    found = said.get("valueSet", [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise NotAsFhirSays("valueSet")
    return found


_Filter = Callable[[CodeSystem, str], frozenset[str]]

#: What each operation takes of a hierarchy.
_HIERARCHY: dict[str, _Filter] = {
    "is-a": lambda known, code: (known.descendants(code) | {code}) & known.codes,
    "descendent-of": lambda known, code: known.descendants(code),
    "is-not-a": lambda known, code: known.codes - known.descendants(code) - {code},
    "generalizes": lambda known, code: (known.ancestors(code) | {code}) & known.codes,
}
_OF_THE_CODE = frozenset({"concept", "code"})


def _filtered(known: CodeSystem, said: Json) -> CodeSet:
    """Return the codes of a code system that one filter lets through."""
    name, operation, value = text(said, "property"), text(said, "op"), text(said, "value")
    found: frozenset[str] | None = None
    if operation in _HIERARCHY:
        found = _HIERARCHY[operation](known, value) if known.is_of_kinds else None
    elif name in _OF_THE_CODE:
        found = _by_code(known, operation, value)
    elif name == "parent" and operation == "=":
        found = known.children(value)
    else:
        found = _by_property(known, name, operation, value)
    if found is None:
        return CodeSet(unknown=(f"it asks by {named(operation)}, which is not looked at offline",))
    return CodeSet({known.url: found} if found else {})


def _by_code(known: CodeSystem, operation: str, value: str) -> frozenset[str] | None:
    wanted = frozenset({value} if operation == "=" else _listed(value))
    match operation:
        case "=" | "in":
            return known.codes & wanted
        case "not-in":
            return known.codes - wanted
    return None


def _by_property(known: CodeSystem, name: str, operation: str, value: str) -> frozenset[str] | None:
    has = {code: said[name] for code, said in known.properties.items() if name in said}
    wanted = {value} if operation == "=" else set(_listed(value))
    match operation:
        case "=" | "in":
            return frozenset(code for code, values in has.items() if values & wanted)
        case "not-in":
            return known.codes - {code for code, values in has.items() if values & wanted}
        case "exists":
            return frozenset(has) if value == "true" else known.codes - frozenset(has)
    return None


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",")]
