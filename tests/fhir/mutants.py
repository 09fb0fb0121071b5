"""One fault put into a valid resource, class by class; where it goes is drawn from the definitions.

A class is a function that changes a parsed resource and says where, or gives None where the
resource has no place for such a fault; a class of text changes the bytes. Nothing here knows how
the validator finds anything.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sharedcare.fhir.definitions import Element, TypeDefinition, r4

Json = dict[str, Any]

#: A name that no message may repeat.
PLANTED = "Zebedee Quillfeather"


@dataclass(frozen=True)
class Site:
    """An object of the resource, its type, one of its elements and the element's key."""

    owner: Json
    type: TypeDefinition
    element: Element

    @property
    def value(self) -> Any:
        return self.owner[self.element.name]


Draw = random.Random
Change = Callable[[Draw, list[Site], Json], object]
CHANGES: dict[str, Change] = {}


def change(made: Change) -> Change:
    CHANGES[made.__name__] = made
    return made


def sites_of(resource: Json) -> list[Site]:
    return list(_sites(resource, r4().type_of(resource["resourceType"])))


def _sites(owner: Json, definition: TypeDefinition) -> Iterator[Site]:
    for key, value in owner.items():
        element = definition.elements.get(key)
        if element is None:
            continue
        yield Site(owner, definition, element)
        if not element.is_primitive:
            for inner in value if isinstance(value, list) else [value]:
                name = inner["resourceType"] if element.type == "Resource" else element.type
                yield from _sites(inner, r4().type_of(name))


def mutant(name: str, resource: Json, seed: int) -> bytes | None:
    """A resource with one fault of the class, or None where there is no place for one."""
    draw = random.Random(f"{name} {seed}")
    if name in TEXT_CHANGES:
        return TEXT_CHANGES[name](draw, json.dumps(resource).encode())
    made = copy.deepcopy(resource)
    sites = sites_of(made)
    draw.shuffle(sites)
    if CHANGES[name](draw, sites, made) is None:
        return None
    return json.dumps(made).encode()


def _first(sites: list[Site], *types: str, lists: bool | None = None) -> Site | None:
    """The first site of one of the types, with or without an array."""
    for site in sites:
        if site.element.type in types and (lists is None or site.element.is_list is lists):
            return site
    return None


def _put(site: Site | None, value: object) -> object:
    """Put a value into a site, as the first of an array where it is one."""
    if site is None:
        return None
    if site.element.is_list:
        site.value[0] = value
    else:
        site.owner[site.element.name] = value
    return site


def _objects(sites: list[Site], *types: str) -> list[Json]:
    """Every object of the types."""
    found = []
    for site in sites:
        if site.element.type in types:
            found += site.value if isinstance(site.value, list) else [site.value]
    return found


# ── Structure ─────────────────────────────────────────────────────────────────────────────────────


@change
def unknown_element_at_the_top(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    resource["patientName"] = PLANTED
    return resource


@change
def unknown_element_inside(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if not site.element.is_primitive and site.element.type != "Resource":
            inner = site.value[0] if site.element.is_list else site.value
            inner[PLANTED] = 1
            return site
    return None


@change
def element_of_another_type(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    other = "valueSampledData" if resource["resourceType"] != "Observation" else "birthDate"
    resource[other] = "1970-01-01"
    return resource


@change
def required_element_missing(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.minimum and sum(key in site.owner for key in _forms(site)) == 1:
            del site.owner[site.element.name]
            return site
    return None


def _forms(site: Site) -> tuple[str, ...]:
    return site.type.choices[site.element.choice]


@change
def single_where_an_array_belongs(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.is_list:
            site.owner[site.element.name] = site.value[0]
            return site
    return None


@change
def array_where_a_single_belongs(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if not site.element.is_list:
            site.owner[site.element.name] = [site.value]
            return site
    return None


@change
def empty_array(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.is_list:
            site.owner[site.element.name] = []
            return site
    return None


@change
def empty_object(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    return _put(next((site for site in sites if not site.element.is_primitive), None), {})


@change
def null_value(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    return _put(sites[0] if sites else None, None)


@change
def object_where_a_primitive_belongs(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    found = next((site for site in sites if site.element.is_primitive), None)
    return _put(found, {"value": PLANTED})


@change
def text_where_an_object_belongs(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    return _put(next((site for site in sites if not site.element.is_primitive), None), PLANTED)


@change
def two_forms_of_a_choice(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    others: dict[str, object] = {"string": "x", "boolean": True, "dateTime": "2020", "code": "x"}
    for site in sites:
        for key in _forms(site):
            other = site.type.elements[key]
            if other.type in others and key not in site.owner:
                site.owner[key] = others[other.type]
                return site
    return None


@change
def companion_that_is_no_object(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    found = next((site for site in sites if site.element.is_primitive), None)
    if found is not None:
        found.owner["_" + found.element.name] = PLANTED
    return found


@change
def companion_with_an_unknown_key(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.is_primitive and not site.element.is_list:
            site.owner["_" + site.element.name] = {"value": PLANTED}
            return site
    return None


@change
def companion_of_a_complex_element(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if not site.element.is_primitive:
            site.owner["_" + site.element.name] = {"id": "a"}
            return site
    return None


@change
def null_in_an_array(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.is_list:
            site.value.append(None)
            return site
    return None


@change
def resource_type_missing(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return resource.pop("resourceType")


@change
def resource_type_unknown(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    resource["resourceType"] = PLANTED
    return resource


@change
def element_with_an_id_alone(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if not site.element.is_primitive and site.element.type not in {"Resource", "Meta"}:
            return _put(site, {"id": "alone"})
    return None


@change
def element_ids_twice(_draw: Draw, sites: list[Site], resource: Json) -> object:
    if "contained" in resource or resource["resourceType"] in {"Bundle", "Parameters"}:
        return None  # ids are told apart within one resource
    found = _objects(sites, "CodeableConcept", "Identifier", "Reference", "Coding", "Period")
    if len(found) < 2:
        return None
    for one in found[:2]:
        one["id"] = "twice"
    return found


# ── Primitives ────────────────────────────────────────────────────────────────────────────────────


def _primitive(name: str, types: tuple[str, ...], value: object) -> None:
    def made(_draw: Draw, sites: list[Site], _resource: Json) -> object:
        return _put(_first(sites, *types), value)

    CHANGES[name] = made


_TEXTS = ("string", "markdown", "uri", "code", "id", "date", "dateTime", "instant", "canonical")
_DATES = ("date", "dateTime", "instant")
_WHOLE = ("integer", "positiveInt", "unsignedInt")

_primitive("boolean_as_text", ("boolean",), "true")
_primitive("boolean_as_number", ("boolean",), 1)
_primitive("integer_as_text", _WHOLE, "5")
_primitive("integer_with_a_point", _WHOLE, 5.5)
_primitive("integer_too_large", _WHOLE, 2**31)
_primitive("positive_integer_of_zero", ("positiveInt",), 0)
_primitive("unsigned_integer_below_zero", ("unsignedInt",), -1)
_primitive("decimal_as_text", ("decimal",), "1.5")
_primitive("decimal_as_boolean", ("decimal",), True)
_primitive("text_as_number", _TEXTS, 5)
_primitive("text_as_boolean", _TEXTS, False)
_primitive("text_that_is_empty", _TEXTS, "")
_primitive("date_in_another_order", _DATES, "31/12/2020")
_primitive("date_without_hyphens", _DATES, "20201231")
_primitive("date_that_is_impossible", ("date", "dateTime"), "2021-02-29")
_primitive("date_of_month_thirteen", ("date", "dateTime"), "2021-13-01")
_primitive("date_of_year_zero", ("date", "dateTime"), "0000-01-01")
_primitive("time_without_zone", ("dateTime", "instant"), "2021-01-01T10:00:00")
_primitive("time_without_seconds", ("dateTime", "instant"), "2021-01-01T10:00Z")
_primitive("time_of_hour_25", ("dateTime", "instant"), "2021-01-01T25:00:00Z")
_primitive("time_after_a_space", ("dateTime", "instant"), "2021-01-01 10:00:00Z")
_primitive("time_with_small_letters", ("dateTime", "instant"), "2021-01-01t10:00:00z")
_primitive("instant_without_time", ("instant",), "2021-01-01")
_primitive("date_with_time", ("date",), "2021-01-01T10:00:00Z")
_primitive("uri_with_a_space", ("uri", "url", "canonical"), "http://example.org/a b")
_primitive("uri_with_an_oid_scheme", ("uri", "url"), "oid:1.2.3")
_primitive("code_with_two_spaces", ("code",), "a  b")
_primitive("code_with_a_space_at_the_end", ("code",), "final ")
_primitive("base64_that_is_none", ("base64Binary",), "@@@")


@change
def id_with_an_underscore(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    resource["id"] = "a_b"
    return resource


@change
def id_too_long(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    resource["id"] = "a" * 65
    return resource


# ── Codes ─────────────────────────────────────────────────────────────────────────────────────────


@change
def code_outside_its_value_set(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if site.element.codes and r4().codes_of(site.element.codes) and site.element.type == "code":
            return _put(site, "banana")
    return None


@change
def code_in_capitals(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        codes = r4().codes_of(site.element.codes) if site.element.codes else None
        if codes and site.element.type == "code":
            value = site.value[0] if site.element.is_list else site.value
            if value.upper() not in codes[""]:
                return _put(site, value.upper())
    return None


@change
def concept_outside_its_value_set(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        codes = r4().codes_of(site.element.codes) if site.element.codes else None
        if codes and site.element.type == "CodeableConcept":
            return _put(site, {"coding": [{"system": "http://example.org", "code": PLANTED[:7]}]})
    return None


@change
def code_that_its_code_system_has_not(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for coding in _objects(sites, "Coding"):
        if r4().code_system(coding.get("system", "")):
            coding["code"] = "banana"
            return coding
    return None


@change
def code_system_without_scheme(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for coding in _objects(sites, "Coding"):
        coding["system"] = "loinc"
        return coding
    return None


@change
def display_of_another_code(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for coding in _objects(sites, "Coding"):
        if r4().code_system(coding.get("system", "")) and "code" in coding:
            coding["display"] = PLANTED
            return coding
    return None


@change
def code_system_of_a_unit_that_hl7_has_not(
    _draw: Draw, sites: list[Site], _resource: Json
) -> object:
    for quantity in _objects(sites, "Quantity"):
        if "code" in quantity:
            quantity["system"] = "http://hl7.org/fhir/v3/NoSuchThing"
            return quantity
    return None


@change
def loinc_code_with_a_slip(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for coding in _objects(sites, "Coding"):
        if coding.get("system") == "http://loinc.org":
            coding["code"] = "8867-5"
            return coding
    return None


@change
def unit_that_is_not_closed(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for one in _objects(sites, "Quantity", "Age", "Duration"):
        one |= {"system": "http://unitsofmeasure.org", "code": "mm[Hg"}
        return one
    return None


@change
def simple_quantity_with_a_comparator(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site in sites:
        if "sqty-1" in site.element.rules and site.element.type == "Quantity":
            one = site.value[0] if site.element.is_list else site.value
            one["comparator"] = ">"
            return site
    return None


@change
def language_that_is_none(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    resource["language"] = "en_GB"
    return resource


@change
def language_of_a_person_that_is_none(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    if resource["resourceType"] != "Patient":
        return None
    coding = {"system": "urn:ietf:bcp:47", "code": "xx"}
    resource["communication"] = [{"language": {"coding": [coding]}}]
    return resource


@change
def currency_that_is_none(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    money = {"value": 1, "currency": "XYZ"}
    return _extended(resource, {"url": "http://example.org/cost", "valueMoney": money})


# ── References and containment ────────────────────────────────────────────────────────────────────


def _references(sites: list[Site]) -> Iterator[tuple[Site, Json]]:
    for site in sites:
        if site.element.type == "Reference":
            yield site, (site.value[0] if site.element.is_list else site.value)


@change
def reference_to_another_type(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site, value in _references(sites):
        if site.element.targets:
            name = "Slot" if "Slot" not in site.element.targets else "Account"
            value["reference"] = f"{name}/1"
            return site
    return None


@change
def reference_to_an_unknown_type(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site, value in _references(sites):
        value["reference"] = "Person0/1" if site.element.targets else "Zebedee/1"
        return site
    return None


@change
def reference_without_type(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site, value in _references(sites):
        value["reference"] = "Quillfeather"
        return site
    return None


@change
def reference_to_nothing_contained(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site, value in _references(sites):
        value["reference"] = "#nobody"
        return site
    return None


@change
def reference_type_that_differs(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for site, value in _references(sites):
        if site.element.targets and value.get("reference", "").count("/") == 1:
            value["type"] = "Slot"
            return site
    return None


def _contained(resource: Json, inner: Json) -> object:
    if resource["resourceType"] in {"Bundle", "Binary", "Parameters"}:
        return None
    resource.setdefault("contained", []).append(inner)
    return resource


@change
def contained_that_nothing_refers_to(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _contained(resource, {"resourceType": "Patient", "id": "alone", "active": True})


@change
def contained_without_id(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _contained(resource, {"resourceType": "Patient", "active": True})


@change
def contained_in_contained(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    inner = {"resourceType": "Patient", "id": "b", "link": [{"other": {"reference": "#"}}]}
    return _contained(resource, {**inner, "id": "a", "contained": [inner]})


@change
def contained_with_a_version(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    meta = {"versionId": "1"}
    return _contained(resource, {"resourceType": "Basic", "id": "v", "meta": meta, "code": {}})


# ── Extensions, narrative, invariants ─────────────────────────────────────────────────────────────


def _extended(resource: Json, extension: Json) -> object:
    if resource["resourceType"] in {"Bundle", "Binary", "Parameters"}:
        return None
    resource.setdefault("extension", []).append(extension)
    return resource


@change
def extension_without_url(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _extended(resource, {"valueString": PLANTED})


@change
def extension_with_value_and_extension(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    inner = {"url": "a", "valueBoolean": True}
    outer = {"url": "http://example.org/a", "extension": [inner], "valueBoolean": True}
    return _extended(resource, outer)


@change
def extension_with_neither(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _extended(resource, {"url": "http://example.org/a"})


@change
def extension_with_a_relative_url(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _extended(resource, {"url": "Quillfeather", "valueBoolean": True})


_OF_HL7 = "http://hl7.org/fhir/StructureDefinition/"


@change
def extension_of_hl7_with_a_version(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    url = f"{_OF_HL7}rendered-value|4.0.1"
    return _extended(resource, {"url": url, "valueString": PLANTED})


@change
def extension_of_hl7_with_a_part_that_it_has_not(
    _draw: Draw, _sites: list[Site], resource: Json
) -> object:
    if resource["resourceType"] != "Patient":
        return None
    parts = [{"url": "kode", "valueString": PLANTED}]
    return _extended(resource, {"url": f"{_OF_HL7}patient-nationality", "extension": parts})


@change
def extension_of_hl7_with_another_code(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    absent = [{"url": f"{_OF_HL7}data-absent-reason", "valueCode": "banana"}]
    for site in sites:
        if not site.element.is_primitive and site.element.type not in {"Resource", "Extension"}:
            inner = site.value[0] if site.element.is_list else site.value
            inner["extension"] = absent
            return site
    return None


@change
def extension_of_hl7_that_changes_no_meaning(
    _draw: Draw, _sites: list[Site], resource: Json
) -> object:
    if resource["resourceType"] in {"Bundle", "Binary", "Parameters"}:
        return None
    told = {"url": f"{_OF_HL7}data-absent-reason", "valueCode": "unknown"}
    resource["modifierExtension"] = [told]
    return resource


@change
def canonical_that_leads_to_nothing(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    return _extended(resource, {"url": "http://example.org/a", "valueCanonical": "#nowhere"})


def _narrative(name: str, div: str) -> None:
    def made(_draw: Draw, _sites: list[Site], resource: Json) -> object:
        if resource["resourceType"] in {"Bundle", "Binary", "Parameters"}:
            return None
        resource["text"] = {"status": "generated", "div": div}
        return resource

    CHANGES[name] = made


_OPEN = '<div xmlns="http://www.w3.org/1999/xhtml">'
_narrative("narrative_with_a_script", f"{_OPEN}<script>alert(1)</script>{PLANTED}</div>")
_narrative("narrative_with_an_event", f'{_OPEN}<p onclick="a()">{PLANTED}</p></div>')
_narrative("narrative_with_a_form", f"{_OPEN}<form><input/></form>{PLANTED}</div>")
_narrative("narrative_with_an_empty_link", f'{_OPEN}<a href="">{PLANTED}</a></div>')
_narrative("narrative_with_a_picture_of_nothing", f'{_OPEN}<img src="data:image/png"/>a</div>')
_narrative("narrative_not_closed", f"{_OPEN}<p>{PLANTED}</div>")
_narrative("narrative_without_namespace", f"<div>{PLANTED}</div>")
_narrative("narrative_that_is_no_div", f"<p>{PLANTED}</p>")
_narrative("narrative_that_is_empty", f"{_OPEN}</div>")
_narrative("narrative_with_a_document_type", f"<!DOCTYPE a>{_OPEN}{PLANTED}</div>")
_narrative(
    "narrative_with_an_entity_of_its_own",
    f'<!DOCTYPE a [<!ENTITY b "c">]>{_OPEN}&b;{PLANTED}</div>',
)


def _in(types: tuple[str, ...], name: str, parts: Json) -> None:
    """A class that makes an object of a type break an invariant."""

    def made(_draw: Draw, sites: list[Site], _resource: Json) -> object:
        for one in _objects(sites, *types):
            one.update(parts)
            return one
        return None

    CHANGES[name] = made


_in(("Period",), "period_that_ends_before_it_begins", {"start": "2020-02", "end": "2020-01"})
_in(
    ("Period",),
    "period_that_ends_before_it_begins_by_an_hour",
    {"start": "2020-01-01T10:00:00+00:00", "end": "2020-01-01T10:30:00+01:00"},
)


@change
def quantity_with_a_code_without_system(_draw: Draw, sites: list[Site], _res: Json) -> object:
    for one in _objects(sites, "Quantity", "Age", "Duration"):
        one["code"] = "mg"
        one.pop("system", None)
        return one
    return None


@change
def contact_without_system(_draw: Draw, sites: list[Site], _resource: Json) -> object:
    for one in _objects(sites, "ContactPoint"):
        one["value"] = PLANTED
        one.pop("system", None)
        return one
    return None


@change
def observation_with_value_and_absence(_draw: Draw, _sites: list[Site], resource: Json) -> object:
    if resource["resourceType"] != "Observation" or not any(key[:5] == "value" for key in resource):
        return None
    resource["dataAbsentReason"] = {"text": "unknown"}
    return resource


# ── The text itself ───────────────────────────────────────────────────────────────────────────────

TextChange = Callable[[Draw, bytes], bytes | None]


def _key_twice(_draw: Draw, text: bytes) -> bytes:
    return b'{"id": "first", "id": "second", ' + text.strip()[1:]


def _key_twice_hidden(_draw: Draw, text: bytes) -> bytes:
    return b'{"\\u0069mplicitRules": "http://a", "implicitRules": "http://b", ' + text.strip()[1:]


def _with_number(lexeme: bytes) -> TextChange:
    return lambda _draw, text: b'{"extra": ' + lexeme + b", " + text.strip()[1:]


def _cut(draw: Draw, text: bytes) -> bytes:
    return text[: draw.randrange(1, len(text) - 1)]


TEXT_CHANGES: dict[str, TextChange] = {
    "key_twice": _key_twice,
    "key_twice_by_an_escape": _key_twice_hidden,
    "number_that_is_none": _with_number(b"NaN"),
    "number_without_end": _with_number(b"-Infinity"),
    "number_too_large": _with_number(b"1e400"),
    "number_of_4301_digits": _with_number(b"9" * 4301),
    "half_of_a_surrogate_pair": _with_number(b'"\\ud83d"'),
    "overlong_utf8": _with_number(b'"\xc0\xaf"'),
    "depth_of_100000": _with_number(b"[" * 10**5 + b"]" * 10**5),
    "cut_text": _cut,
    "more_after_the_end": lambda _draw, text: text + b"}",
    "two_resources": lambda _draw, text: text + text,
}

CLASSES = (*CHANGES, *TEXT_CHANGES)
