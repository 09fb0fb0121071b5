"""Pairs of resources that are nearly alike, of which the first is good and the second is not."""

import json
from typing import Any

from tests.fhir.broken import blood_pressure, vital_sign
from tests.fhir.examples import OBSERVATION, REQUEST, Json, changed, concept

URN = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0"
SERVER = "http://example.org/"
EXTENSION: Json = {"url": "http://example.org/a", "valueString": "b"}
ROOT = '<div xmlns="http://www.w3.org/1999/xhtml"'
BESIDE: Json = {"extension": [EXTENSION]}


def line(resource: object) -> bytes:
    """Write a resource, unless it is written."""
    return resource if isinstance(resource, bytes) else json.dumps(resource).encode()


def extended_by(reference: str) -> Json:
    """An extension that refers to something."""
    return {
        "extension": [{"url": "http://example.org/a", "valueReference": {"reference": reference}}]
    }


# ── Resources that the pairs are made of ──────────────────────────────────────────────────────────

ANN: Json = {"resourceType": "Patient", "id": "p1", "active": True}
FIRM: Json = {"resourceType": "Organization", "id": "o1", "name": "A"}
GOAL: Json = {
    "resourceType": "Goal",
    "lifecycleStatus": "active",
    "description": {"text": "Walk"},
    "subject": {"reference": "Patient/1"},
}


def named(**parts: Any) -> Json:
    return changed(ANN, name=[parts])


def saying(div: str) -> Json:
    return changed(ANN, text={"status": "generated", "div": div})


def lasting(start: str, end: str) -> Json:
    return named(family="a", period={"start": start, "end": end})


def extended(**parts: Any) -> Json:
    return changed(ANN, extension=[{"url": "http://example.org/a", **parts}])


def found_by_hl7(name: str, **parts: Any) -> Json:
    url = f"http://hl7.org/fhir/StructureDefinition/{name}"
    return changed(ANN, extension=[{"url": url, **parts}])


def at(number: int, resource: Json | None = None, **parts: Any) -> Json:
    """An entry with an address of its own."""
    return {"fullUrl": f"{URN}{number}", **({"resource": resource} if resource else {}), **parts}


def bundle(kind: str, *entries: Json, **parts: Any) -> Json:
    made: Json = {"resourceType": "Bundle", "type": kind, **parts}
    return {**made, "entry": [*entries]}


def document(*entries: Json, **parts: Any) -> Json:
    written: Json = {
        "resourceType": "Composition",
        "status": "final",
        "type": {"text": "Letter"},
        "date": "2020",
        "author": [{"reference": f"{URN}2"}],
        "title": "Letter",
    }
    author = at(2, {"resourceType": "Practitioner", "active": True})
    told = {"identifier": {"system": SERVER, "value": "1"}, "timestamp": "2020-01-01T10:00:00Z"}
    return bundle("document", at(1, written), author, *entries, **{**told, **parts})


def posted(resource: Json) -> Json:
    """A transaction with one entry, which has no address."""
    return bundle(
        "transaction", {"resource": resource, "request": {"method": "POST", "url": "Bundle"}}
    )


def assigned(reference: str) -> Json:
    """An identifier that somebody gave."""
    return {"system": SERVER, "value": "1", "assigner": {"reference": reference}}


def searched(address: str, *entries: Json) -> Json:
    """What a search gave, by the address that was asked."""
    return bundle("searchset", *entries, link=[{"relation": "self", "url": address}])


def match(resource: Json, mode: str = "match") -> Json:
    name = f"{SERVER}{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": name, "search": {"mode": mode}, "resource": resource}


def inner(*entries: Json, **parts: Any) -> Json:
    return bundle("collection", *entries, id="in", **parts)


def married(language: str, display: str) -> Json:
    said = concept("http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "M")
    said["coding"][0]["display"] = display
    return {"resourceType": "Patient", "language": language, "maritalStatus": said}


def supplied(code_system: str, code: str) -> Json:
    quantity = {"value": 5, "unit": "some", "system": code_system, "code": code}
    return {"resourceType": "SupplyDelivery", "suppliedItem": {"quantity": quantity}}


def identified(code_system: str, value: str) -> Json:
    return changed(ANN, identifier=[{"system": code_system, "value": value}])


def seen_for(code_system: str, code: str) -> Json:
    return changed(OBSERVATION, method=concept(code_system, code))


def managed(reference: str, **parts: str) -> Json:
    return changed(ANN, managingOrganization={"reference": reference, **parts})


def requested(reference: str, *contained: Json, **parts: Any) -> Json:
    inside = [*contained] or REQUEST["contained"]
    return changed(REQUEST, medicationReference={"reference": reference}, contained=inside, **parts)


def group(*profiles: str) -> Json:
    made: Json = {"resourceType": "Group", "type": "person", "actual": False}
    return {**made, "meta": {"profile": [*profiles]}}


def moved(resource: Json, key: str, name: str, value: object) -> Json:
    """The same with another key, in the same place."""
    members = [(name, value) if one == key else (one, told) for one, told in resource.items()]
    return dict(members)


def measured(name: str) -> Json:
    """A blood pressure with a value of that form which says the same by an extension."""
    good = blood_pressure(*_PRESSURES)
    return {**{key: value for key, value in good.items() if key != "component"}, name: BESIDE} | {
        "component": good["component"]
    }


def _pressure(code: str) -> Json:
    quantity = {
        "value": 80,
        "unit": "mmHg",
        "system": "http://unitsofmeasure.org",
        "code": "mm[Hg]",
    }
    return {"code": concept("http://loinc.org", code), "valueQuantity": quantity}


_PRESSURES = (_pressure("8480-6"), _pressure("8462-4"))
TERMS = "http://terminology.hl7.org/CodeSystem/"
STATUS = {"clinicalStatus": concept(f"{TERMS}condition-clinical", "active")}
CODED: Json = {"url": "http://example.org/a", "valueCodeableConcept": STATUS["clinicalStatus"]}
ILL: Json = {"resourceType": "Condition", **STATUS, "subject": {"reference": "Patient/1"}}
MADE: Json = {"resourceType": "Organization", "id": "maker", "name": "A"}
MAKER = {"reference": "#maker"}
OUTCOME: Json = {
    "resourceType": "OperationOutcome",
    "id": "oo",
    "issue": [{"severity": "error", "code": "invalid"}],
}
ABOUT_URN1 = changed(GOAL, subject={"reference": f"{URN}1"})
INSIDE = {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": ABOUT_URN1}]}
NATION: Json = {"url": "code", "valueCodeableConcept": {"text": "a"}}
CAPABILITIES = "http://fhir-registry.smarthealthit.org/StructureDefinition/capabilities"

# ── What is good, and what is nearly so ───────────────────────────────────────────────────────────

#: By what it is about: the rule that is broken, what is good, and what is not.
PAIRS: dict[str, tuple[str, object, object]] = {
    # what stands beside values
    "an id of a companion has no companion": (
        "companion-object",
        changed(ANN, birthDate="2020", _birthDate={"id": "x", **BESIDE}),
        changed(ANN, birthDate="2020", _birthDate={"_id": BESIDE, **BESIDE}),
    ),
    "nor has one in a list": (
        "companion-object",
        named(given=["a"], _given=[{"id": "x", **BESIDE}]),
        named(given=["a"], _given=[{"_id": BESIDE}]),
    ),
    "a companion in a list fills a gap": (
        "null-value",
        named(given=[None, "a"], _given=[BESIDE, None]),
        named(given=[None, "a"], _given=[None, BESIDE]),
    ),
    "an id fills none": (
        "ele-1",
        named(given=["a", "b"], _given=[None, {"id": "x"}]),
        named(given=["a", None], _given=[None, {"id": "x"}]),
    ),
    "an object has more than an id": ("ele-1", named(id="x", family="a"), named(id="x")),
    "two elements have two ids": (
        "element-id-duplicate",
        changed(named(id="x", family="a"), birthDate="2020", _birthDate={"id": "y"}),
        changed(named(id="x", family="a"), birthDate="2020", _birthDate={"id": "x"}),
    ),
    # extensions
    "an extension has a value or parts": ("ext-1", extended(valueCode="a"), extended(id="x")),
    "a short url stands in an extension": (
        "extension-url",
        extended(extension=[{"url": "a", "valueCode": "x"}]),
        changed(ANN, birthDate="2020", _birthDate={"extension": [{"url": "a", "valueCode": "x"}]}),
    ),
    "an extension of the specification has its value": (
        "extension-value",
        found_by_hl7("patient-birthPlace", valueAddress={"city": "A"}),
        found_by_hl7("patient-birthPlace", valueString="A"),
    ),
    "an extension of the specification has its parts": (
        "extension-part-maximum",
        found_by_hl7("patient-nationality", extension=[NATION]),
        found_by_hl7("patient-nationality", extension=[NATION] * 2),
    ),
    "another publisher's may be the specification's": (
        "extension-value",
        extended(valueString="a"),
        changed(ANN, extension=[{"url": CAPABILITIES, "valueString": "a"}]),
    ),
    # vital signs, of which answers are remembered
    "a vital sign was taken at a time": (
        "vital-sign-effective",
        vital_sign(effectiveDateTime="2026-01-01T10:00:00Z"),
        moved(vital_sign(), "effectiveDateTime", "effectiveInstant", "2026-01-01T10:00:00Z"),
    ),
    "at no set of times": (
        "vital-sign-effective",
        vital_sign(),
        moved(vital_sign(), "effectiveDateTime", "effectiveTiming", {"event": ["2026-01-01"]}),
    ),
    "on a day": (
        "vs-1",
        vital_sign(effectiveDateTime="2026-01-01"),
        vital_sign(effectiveDateTime="2026-01"),
    ),
    "a blood pressure is no quantity": (
        "vital-sign-pressure",
        measured("valueCodeableConcept"),
        measured("valueQuantity"),
    ),
    "a vital sign has a value": (
        "vs-2",
        vital_sign(valueQuantity=None, dataAbsentReason={"text": "not weighed"}),
        vital_sign(valueQuantity=None),
    ),
    "but where it was entered in error": (
        "vital-sign-category",
        vital_sign(category=None, status="entered-in-error"),
        vital_sign(category=None),
    ),
    # Bundles
    "an entry of a document is led to by another": (
        "bundle-unreachable",
        document(at(3, changed(ANN, **extended_by(f"{URN}1")))),
        document({**at(3, ANN), **extended_by(f"{URN}1")}),
    ),
    "and not by the Bundle": (
        "bundle-unreachable",
        document(),
        document(at(3, FIRM), identifier=assigned(f"{URN}3")),
    ),
    "a Bundle in a Bundle refers to its own entries in vain": (
        "bundle-part",
        bundle("collection", at(1, inner(at(7, FIRM)))),
        bundle("collection", at(1, inner(at(7, FIRM), identifier=assigned(f"{URN}7")))),
    ),
    "what has no address refers to nothing outside": (
        "bundle-full-url-needed",
        posted(inner(at(7, FIRM))),
        posted(inner(at(7, FIRM), identifier=assigned("Organization/1"))),
    ),
    "an entry without a resource is not the one before it": (
        "bundle-reference",
        {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": ANN}]},
        {
            "resourceType": "Parameters",
            "parameter": [
                {"name": "a", "resource": ANN},
                {
                    "name": "b",
                    "resource": bundle(
                        "batch",
                        at(1, request={"method": "DELETE", "url": "Patient/1"}),
                        at(2, ABOUT_URN1, request={"method": "POST", "url": "Goal"}),
                    ),
                },
            ],
        },
    ),
    "an outcome is one": (
        "bundle-search-mode",
        bundle("searchset", match(OUTCOME, "outcome")),
        bundle("searchset", match(inner(at(7, OUTCOME)), "outcome")),
    ),
    "a match is of the type that was sought": (
        "bundle-search-type",
        searched(f"{SERVER}Bundle", match(inner(at(7, ANN)))),
        searched(f"{SERVER}Patient", match(inner(at(7, ANN)))),
    ),
    "what was found has an id": (
        "bundle-search-id",
        searched(f"{SERVER}Patient", match(ANN)),
        searched(f"{SERVER}Patient", at(1, changed(ANN, id=None), search={"mode": "match"})),
    ),
    "an entry stands once": (
        "bdl-7",
        bundle("collection", at(1, ANN), at(2, ANN)),
        bundle("collection", at(1, ANN), at(1, ANN)),
    ),
    "a URN leads to an entry": (
        "bundle-part",
        bundle("collection", at(1, ANN), at(2, ABOUT_URN1)),
        bundle("collection", at(3, ANN), at(2, ABOUT_URN1)),
    ),
    "of a type that is asked for": (
        "reference-type",
        bundle("collection", at(1, ANN), at(2, ABOUT_URN1)),
        bundle("collection", at(1, FIRM | {"resourceType": "Location"}), at(2, ABOUT_URN1)),
    ),
    "from a resource inside of another too": (
        "bundle-part",
        bundle("collection", at(1, ANN), at(2, INSIDE)),
        bundle("collection", at(3, ANN), at(2, INSIDE)),
    ),
    # references, and what is contained
    "a reference is of the type that it says": (
        "reference-type-differs",
        managed("Organization/1", type="Organization"),
        managed("Organization/1", type="Group"),
    ),
    "of one that it may lead to": (
        "reference-type",
        managed("Organization/1"),
        managed("Patient/1"),
    ),
    "on a server too": (
        "reference-type",
        managed(f"{SERVER}Organization/1"),
        managed(f"{SERVER}Patient/1"),
    ),
    "in a version too": (
        "reference-type",
        managed(f"{SERVER}Organization/1/_history/1"),
        managed(f"{SERVER}Patient/1/_history/1"),
    ),
    "what is contained is referred to": ("dom-3", requested("#med"), requested("Medication/1")),
    "by its id": ("ref-1", requested("#med"), requested("#mod")),
    "as what it is": (
        "reference-type",
        requested("#med"),
        requested("#med", {"resourceType": "Device", "id": "med"}),
    ),
    "which may be said": (
        "reference-type-differs",
        requested("#med"),
        changed(REQUEST, medicationReference={"reference": "#med", "type": "Substance"}),
    ),
    "and contains nothing": (
        "dom-2",
        requested("#med", {"resourceType": "Medication", "id": "med", "manufacturer": MAKER}, MADE),
        requested(
            "#med",
            {
                "resourceType": "Medication",
                "id": "med",
                "contained": [MADE],
                "manufacturer": MAKER,
            },
        ),
    ),
    "and is of no version": (
        "dom-4",
        requested(
            "#med", {"resourceType": "Medication", "id": "med", "meta": {"source": "http://a.b"}}
        ),
        requested("#med", {"resourceType": "Medication", "id": "med", "meta": {"versionId": "1"}}),
    ),
    "a definition that is named is there": (
        "canonical-contained",
        requested("#med", instantiatesCanonical=["http://example.org/a"]),
        requested("#med", instantiatesCanonical=["#other"]),
    ),
    # codes, of which answers are remembered
    "a display says what its code does": (
        "code-display",
        married("en", "Married"),
        married("en", "verheiratet"),
    ),
    "a unit is of its code system": (
        "unit-form",
        supplied("http://example.org/units", "big boxes"),
        supplied("http://unitsofmeasure.org", "big boxes"),
    ),
    "a code is of its code system": (
        "code-check-digit",
        seen_for("http://example.org/codes", "73211008"),
        seen_for("http://snomed.info/sct", "73211008"),
    ),
    "an identifier that says it is a URI is one": (
        "identifier-uri",
        identified("http://example.org/ids", "8"),
        identified("urn:ietf:rfc:3986", "8"),
    ),
    "a required code is of its value set": (
        "code-required",
        ILL,
        changed(ILL, clinicalStatus=concept("http://example.org", "active")),
    ),
    "and not of an extension": (
        "code-required",
        changed(ILL, clinicalStatus={**STATUS["clinicalStatus"], **BESIDE}),
        changed(ILL, clinicalStatus={"text": "a", "extension": [CODED]}),
    ),
    "an invariant is asked again where another element is there": (
        "con-4",
        ILL,
        changed(ILL, abatementString="May"),
    ),
    "a profile of the specification is not any other": (
        "fixed-value",
        group("http://example.org/StructureDefinition/group"),
        group("http://hl7.org/fhir/StructureDefinition/actualgroup"),
    ),
    # narratives
    "an attribute stands in quotation marks": (
        "narrative-xml",
        saying(f'{ROOT}><p class="a">b</p></div>'),
        saying(f"{ROOT}><p class=xax>b</p></div>"),
    ),
    "a root that is closed holds nothing": (
        "narrative-xml",
        saying(f"{ROOT}>a</div>"),
        saying(f"{ROOT}/>a</div>"),
    ),
    # texts
    "a key stands once": (
        "json-duplicate-key",
        b'{"resourceType":"Patient","active":true}',
        b'{"resourceType":"Patient","active":true,"activ\\u0065":true}',
    ),
    "a type is of a resource": (
        "unknown-element",
        named(family="a"),
        named(resourceType="HumanName", family="a"),
    ),
    "nothing follows": ("json-trailing", line(ANN) + b" ", line(ANN) + b" x"),
    "no zero follows either": ("json-trailing", line(ANN), line(ANN) + b"\x00"),
    "no half of a pair": (
        "json-surrogate",
        b'{"resourceType":"Patient","name":[{"family":"\\u00e9"}]}',
        b'{"resourceType":"Patient","name":[{"family":"\\ud83d"}]}',
    ),
    "a moment exists": (
        "dateTime-format",
        changed(OBSERVATION, effectiveDateTime="2016-12-31T23:59:60Z"),
        changed(OBSERVATION, effectiveDateTime="2016-12-31T24:00:00Z"),
    ),
    "a day exists": (
        "date-impossible",
        changed(ANN, birthDate="2020-02-29"),
        changed(ANN, birthDate="2019-02-29"),
    ),
    "a period ends after it begins": (
        "per-1",
        named(
            family="a", period={"start": "2020-01-01T10:00:00+02:00", "end": "2020-01-01T09:00:00Z"}
        ),
        named(
            family="a", period={"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T10:30:00+01:00"}
        ),
    ),
}
