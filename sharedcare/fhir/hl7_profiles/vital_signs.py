"""Vital signs: FHIR asks of an observation with one of their LOINC codes that it has their form.

http://hl7.org/fhir/R4/observation-vitalsigns.html: weight, height, blood pressure and the others
are told in one way everywhere, whichever profile a system claims. Only what the definitions of
these profiles ask with error severity is checked here.
"""

from collections.abc import Iterator
from typing import Any

from sharedcare.fhir.walk import Json, Pointer, Scope

LOINC = "http://loinc.org"
_UCUM = "http://unitsofmeasure.org"
_CATEGORY = ("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")
_PROFILE = "http://hl7.org/fhir/StructureDefinition/"

_ANY_VITAL_SIGN = "vitalsigns"
_PANEL = "85353-1"
_PRESSURE = "85354-9"
_MASS_INDEX = "39156-5"
#: Systolic and diastolic, the two components of a blood pressure.
_PRESSURES = ("8480-6", "8462-4")
_LENGTHS = frozenset({"cm", "[in_i]"})

#: The units in UCUM in which each of them is told; none where there is no quantity.
UNITS: dict[str, frozenset[str]] = {
    "9279-1": frozenset({"/min"}),
    "8867-4": frozenset({"/min"}),
    "2708-6": frozenset({"%"}),
    "8310-5": frozenset({"Cel", "[degF]"}),
    "8302-2": _LENGTHS,
    "9843-4": _LENGTHS,
    "29463-7": frozenset({"kg", "[lb_av]", "g"}),
    _MASS_INDEX: frozenset({"kg/m2"}),
    _PRESSURE: frozenset(),
    _PANEL: frozenset(),
}
_MILLIMETRES = frozenset({"mm[Hg]"})

#: Their profiles by name, and the LOINC code that each is for.
NAMED = {
    _ANY_VITAL_SIGN: "",
    "resprate": "9279-1",
    "heartrate": "8867-4",
    "oxygensat": "2708-6",
    "bodytemp": "8310-5",
    "bodyheight": "8302-2",
    "headcircum": "9843-4",
    "bodyweight": "29463-7",
    "bmi": _MASS_INDEX,
    "bp": _PRESSURE,
    "vitalspanel": _PANEL,
}

#: The elements of an observation that are looked at, besides its code and what it claims to be.
LOOKED_AT = (
    "status",
    "category",
    "subject",
    "effectiveDateTime",
    "effectivePeriod",
    "component",
    "hasMember",
    "dataAbsentReason",
)

#: A rule that is broken, and the steps to where it is.
Broken = tuple[str, tuple[str | int, ...]]


def check_vital_signs(scope: Scope) -> None:
    """Check an observation that is a vital sign by its code, or says that it is one."""
    signs = {*coded_signs(scope.resource.get("code")), *_claimed_signs(scope.resource)}
    if not signs:
        return
    for rule, steps in dict.fromkeys(broken(scope.resource, sorted(signs))):
        scope.walk.add(rule, _at(scope.pointer, steps))


def coded_signs(code: object) -> list[str]:
    """Return the LOINC codes of vital signs that a concept has."""
    codings = code.get("coding") if isinstance(code, dict) else None
    codes = [one.get("code") for one in _objects(codings) if one.get("system") == LOINC]
    return [code for code in codes if type(code) is str and code in UNITS]


def broken(observation: Json, signs: list[str]) -> Iterator[Broken]:
    """Tell of the rules that an observation of these vital signs breaks.

    One that was entered in error is left as it is, as HL7's own example f202 is.
    """
    if observation.get("status") == "entered-in-error":
        return
    if signs:
        yield from _of_any(observation)
    for sign in signs:
        if sign == _PRESSURE:
            yield from _of_pressure(observation)
        elif sign == _PANEL:
            if _has_value(observation) or not observation.get("hasMember"):
                yield "vital-sign-panel", ()
        elif sign:
            if sign == _MASS_INDEX and not _has(observation, "valueQuantity"):
                yield "vital-sign-quantity", ()
            if _has_value(observation) and not _has(observation, "valueQuantity"):
                yield "vital-sign-quantity", ()
            yield from _of_quantity(observation, UNITS[sign], ())


def _claimed_signs(observation: Json) -> list[str]:
    """Return the vital signs whose profiles an observation claims, an empty text for any."""
    meta = observation.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    claimed = profiles if isinstance(profiles, list) else []
    names = [str(one).removeprefix(_PROFILE).partition("|")[0] for one in claimed]
    return [NAMED[name] for name in names if name in NAMED]


def _of_any(observation: Json) -> Iterator[Broken]:
    """What is asked of every vital sign."""
    categories = observation.get("category")
    if not any(_has_coding(one, *_CATEGORY) for one in _objects(categories)):
        yield "vital-sign-category", ()
    if not _has(observation, "subject"):
        yield "vital-sign-subject", ()
    if not (_has(observation, "effectiveDateTime") or _has(observation, "effectivePeriod")):
        yield "vital-sign-effective", ()
    said = observation.get("effectiveDateTime")
    if isinstance(said, str) and len(said) < len("YYYYMMDD"):
        yield "vs-1", ("effectiveDateTime",)
    is_alone = "component" not in observation and "hasMember" not in observation
    if is_alone and not _is_told(observation):
        yield "vs-2", ()
    for position, one in enumerate(_objects(observation.get("component"))):
        if not _is_told(one):
            yield "vs-3", ("component", position)


def _of_pressure(observation: Json) -> Iterator[Broken]:
    """A systolic and a diastolic pressure, and no pressure beside them."""
    components = _objects(observation.get("component"))
    for code in _PRESSURES:
        found = [
            position
            for position, one in enumerate(components)
            if _has_coding(one.get("code"), LOINC, code)
        ]
        if len(found) != 1:
            yield "vital-sign-pressure", ()
        for position in found:
            yield from _of_quantity(components[position], _MILLIMETRES, ("component", position))
    if _has(observation, "valueQuantity"):
        yield "vital-sign-pressure", ()


def _of_quantity(
    owner: Json, units: frozenset[str], steps: tuple[str | int, ...]
) -> Iterator[Broken]:
    """A quantity that is there has a value, a unit for people and one of the units in UCUM."""
    quantity = owner.get("valueQuantity")
    if not isinstance(quantity, dict):
        return
    is_whole = all(_has(quantity, name) for name in ("value", "unit"))
    if not is_whole or quantity.get("system") != _UCUM or str(quantity.get("code")) not in units:
        yield "vital-sign-quantity", (*steps, "valueQuantity")


def _has_coding(concept: object, code_system: str, code: str) -> bool:
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return any(
        one.get("system") == code_system and one.get("code") == code for one in _objects(codings)
    )


def _has(owner: Json, name: str) -> bool:
    return name in owner or "_" + name in owner


def _has_value(owner: Json) -> bool:
    return any(key.removeprefix("_").startswith("value") for key in owner)


def _is_told(owner: Json) -> bool:
    return _has_value(owner) or "dataAbsentReason" in owner


def _objects(value: Any) -> list[Json]:
    """Return the objects that a list holds; other values are told of elsewhere."""
    listed = value if isinstance(value, list) else []
    return [one if isinstance(one, dict) else {} for one in listed]


def _at(pointer: Pointer, steps: tuple[str | int, ...]) -> Pointer:
    for step in steps:
        pointer = (pointer, step)
    return pointer
