"""From a resource to a record: what it is about, when, whose it is, and what was measured."""

from collections.abc import Iterator
from typing import Any

from sharedcare.fhir.harmonise.absence import state_of
from sharedcare.fhir.harmonise.batch import Presence, Record, Unit
from sharedcare.fhir.harmonise.elements import Keys
from sharedcare.fhir.harmonise.kinds import Kind
from sharedcare.fhir.harmonise.references import NOTHING, Beside, led_to
from sharedcare.fhir.harmonise.shapes import Shape
from sharedcare.fhir.harmonise.terminologies import ELSEWHERE, Coded, Coding

Json = dict[str, Any]

_NOTHING: Json = {}
_NO_VALUE: tuple[str, tuple[Unit, ...]] = ("", ())


def record_of(
    resource: Json, type_: str, kind: Kind, shape: Shape, others: Beside = NOTHING
) -> Record:
    """Read a resource, by its shape; ``others`` are what it may refer to for its code.

    Raises AttributeError, IndexError, KeyError, TypeError or ValueError where it is not shaped as
    FHIR has it.
    """
    category = kind.category
    if kind.sorted_by is not None:
        category = kind.sorted_by(resource) or category
    presence, inside = shape.presence, _NOTHING
    if shape.nested:
        inside = _inside(resource, shape)
        presence = _presence(presence, inside)
    coded = None
    if shape.code is not None:
        coded = _coded(resource[shape.code], resource, type_, others)
    elif "code" in inside:
        coded = _coded(inside["code"], resource, type_, others)
    value, units = _values(resource, coded) if shape.has_value else _NO_VALUE
    occurred = inside.get("occurred") if shape.occurred is None else resource[shape.occurred]
    recorded = inside.get("recorded") if shape.recorded is None else resource[shape.recorded]
    person = inside.get("person") if shape.person is None else resource[shape.person]
    state, by = state_of(resource, shape.may_be_absent)
    return (
        category,
        type_,
        presence,
        coded,
        None if occurred is None else _date(occurred),
        None if recorded is None else _date(recorded),
        None if person is None else _whose(person, resource),
        units,
        value,
        state,
        by,
    )


def _presence(presence: Presence, inside: Json) -> Presence:
    asked, present = presence
    return asked, tuple(element for element in asked if element in present or element in inside)


def _inside(resource: Json, shape: Shape) -> Json:
    """What stands inside other elements, by the element that it is for us."""
    made = {}
    for element, ways in shape.nested.items():
        found = [value for way in ways for value in _along(resource, way)]
        if found:
            made[element] = found if element == "person" else found[0]
    return made


def _along(value: Any, way: Keys) -> Iterator[Any]:
    """Every value along a way of keys, through arrays."""
    for one in value if type(value) is list else (value,):
        if not way:
            yield one
        elif way[0] in one and type(one) is dict:
            yield from _along(one[way[0]], way[1:])


def _date(found: Any) -> str | None:
    if type(found) is str:
        return found
    start = found.get("start") if type(found) is dict else None
    return start if type(start) is str else None


def _whose(found: Any, resource: Json) -> str | None:
    if type(found) is list:  # the participants of an appointment, the subjects of a document
        people = (one for one in found if "Patient/" in (_text(one.get("reference")) or ""))
        found = next(people, found[0])
    reference = _text(found.get("reference"))
    if reference is None:
        return _text(found.get("identifier", {}).get("value"))
    return _contained_person(reference, resource) if reference.startswith("#") else reference


def _contained_person(reference: str, resource: Json) -> str | None:
    """The first identifier of a person who is contained: ``#1`` means another one elsewhere."""
    for contained in resource.get("contained", ()):
        if reference == f"#{contained.get('id')}":
            identifiers = contained.get("identifier") or [{}]
            return _text(identifiers[0].get("value"))
    return None


def _coded(found: Any, resource: Json, type_: str, others: Beside = NOTHING) -> Coded | None:
    """Read a CodeableConcept, or the first of a list, or what stands in its place."""
    if type(found) is list:
        found = found[0]
    if type(found) is str:
        return _canonical(found) if type_ == "QuestionnaireResponse" else ((), True)
    if "concept" in found:
        found = found["concept"]
    codings = found.get("coding")
    if codings is None:
        reference = found.get("reference")
        if reference is None:
            return _bare(found)
        return _referred(reference, resource, type_, others)
    if len(codings) == 1:
        return (_coding(codings[0]),), "text" in found
    return tuple(map(_coding, codings)), "text" in found


def _coding(one: Json) -> Coding:
    code_system, code, display = one.get("system"), one.get("code"), one.get("display")
    if type(code_system) is str and type(code) is str and type(display) is str:
        return code_system, code, display  # nearly all
    return _text(code_system), _text(code), _text(display)


def _bare(found: Json) -> Coded:
    """A Coding without a concept around it, or a concept of text alone."""
    if "code" not in found:
        return (), "text" in found
    return (_coding(found),), False


def _canonical(address: str) -> Coded:
    """A form is its own code: its address, and the last step of that, by which people know it."""
    plain = address.split("|", maxsplit=1)[0]
    return (((plain, plain.rstrip("/").rsplit("/", 1)[-1], None),), False)


def _referred(reference: Any, resource: Json, type_: str, others: Beside) -> Coded | None:
    """The code of a resource that is contained or in the same Bundle; no other is looked for.

    A reference of R5 stands in another reference; the questionnaire of STU3 is its own code.
    """
    if type(reference) is dict:
        reference = reference.get("reference")
    if type_ == "QuestionnaireResponse":
        return _canonical(reference)
    found = led_to(reference, resource, others)
    return ELSEWHERE if found is None else _coded(found["code"], {}, type_)  # and no further


def _text(value: Any) -> str | None:
    """Return what must be a text where it is there; raises TypeError for anything else."""
    if value is None or type(value) is str:
        return value
    raise TypeError


def _values(resource: Json, coded: Coded | None) -> tuple[str, tuple[Unit, ...]]:
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
            units.append(_unit(quantity, _coded(component["code"], resource, "")))
    return str([part.get("valueQuantity") for part in components]), tuple(units)


def _unit(quantity: Json, coded: Coded | None) -> Unit:
    code_system, code, _ = coded[0][0] if coded and coded[0] else (None, None, None)
    unit = quantity.get("code")
    written = unit if unit is not None else quantity.get("unit")
    return code_system, code, _text(quantity.get("system")), _text(written)
