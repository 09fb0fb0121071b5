"""Resources of any type, grown from the definitions: with what is required, and more by chance.

Nothing here knows an invariant: what comes out may break one.
"""

import random
from collections.abc import Callable

from sharedcare.fhir.definitions import Element, r4
from tests.fhir.examples import DIV, Json, concept

Draw = random.Random

#: Objects in each other that get more than what is required.
DEEPEST = 4

#: What stands in few resources, and asks much of the others.
_RARE = frozenset(
    {"contained", "modifierExtension", "implicitRules", "language", "extension", "id"}
)

_VALUES: dict[str, tuple[object, ...]] = {
    "boolean": (True, False),
    "integer": (0, 1, -5),
    "unsignedInt": (0, 1, 2),
    "positiveInt": (1, 2, 3),
    "decimal": (0.5, 1, 2.25),
    "string": ("a", "two words", "Ä"),
    "markdown": ("some *text*",),
    "uri": ("http://example.org/a", "urn:oid:1.2.3", "http://loinc.org"),
    "url": ("http://example.org/b",),
    "canonical": ("http://example.org/c|1",),
    "base64Binary": ("aGVsbG8=", "aGVsbG8h"),
    "xhtml": (DIV,),
    "date": ("2020", "2020-05", "2020-05-05"),
    "dateTime": ("2020", "2020-05-05", "2020-05-05T10:00:00Z", "2021-01-01T10:00:00+01:00"),
    "instant": ("2020-05-05T10:00:00Z",),
    "time": ("10:00:00",),
    "id": ("a1", "b-2"),
    "code": ("a",),
    "oid": ("urn:oid:1.2.3",),
    "uuid": ("urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01",),
}
_FORMS: dict[str, tuple[Json, ...]] = {
    "Quantity": ({"value": 1}, {"value": 2.5, "system": "http://unitsofmeasure.org", "code": "mg"}),
    "Extension": ({"url": "http://example.org/e", "valueString": "a"},),
    "Narrative": ({"status": "generated", "div": DIV},),
    "CodeableConcept": ({"text": "a"}, concept("http://snomed.info/sct", "73211009")),
    "Coding": ({"system": "http://loinc.org", "code": "718-7"}, {"display": "a"}),
}
_QUANTITIES = frozenset({"Age", "Count", "Distance", "Duration", "Quantity"})
_CODES = {"all-languages": "en-GB", "mimetypes": "text/plain", "currencies": "GBP"}


def grown(seed: int, name: str, share: float = 0.0) -> Json:
    """Grow a resource of a type: of what is not required, that share."""
    return {"resourceType": name, **_members(Draw(f"{seed} {name}"), name, share, 0)}


def _members(draw: Draw, name: str, share: float, depth: int) -> Json:
    definition = r4().type_of(name)
    made: Json = {}
    for choice, keys in definition.choices.items():
        element = definition.elements[draw.choice(keys)]
        is_put = choice in definition.wanted or _is_by_chance(draw, element, share, depth)
        if is_put and element.maximum and element.type != "Resource":
            found = [
                _value(draw, element, share / 2, depth + 1) for _ in range(draw.choice([1, 2]))
            ]
            made[element.name] = found if element.is_list else found[0]
    return made


def _is_by_chance(draw: Draw, element: Element, share: float, depth: int) -> bool:
    rarely = 0.05 if element.name in _RARE else 1
    return depth < DEEPEST and draw.random() < share * rarely


def _value(draw: Draw, element: Element, share: float, depth: int) -> object:
    if element.codes is not None:
        return _coded(draw, element)
    if element.is_primitive:
        return draw.choice(_VALUES[element.type])
    if element.type == "Reference":
        return {"reference": f"{draw.choice(element.targets or ('Patient',))}/1"}
    name = "Quantity" if element.type in _QUANTITIES else element.type
    if name in _FORMS:
        return draw.choice(_FORMS[name])
    return _members(draw, name, share, depth) or {"extension": [_FORMS["Extension"][0]]}


def _coded(draw: Draw, element: Element) -> object:
    codes = r4().codes_of(element.codes or "")
    if codes is None:
        return _CODES.get((element.codes or "").rpartition("/")[2], "a")
    code_system = draw.choice(sorted(one for one in codes if one and codes[one]))
    code = draw.choice(sorted(codes[code_system]))
    shaped: dict[str, Callable[[], object]] = {
        "CodeableConcept": lambda: concept(code_system, code),
        "Coding": lambda: {"system": code_system, "code": code},
    }
    return shaped.get(element.type, lambda: code)()
