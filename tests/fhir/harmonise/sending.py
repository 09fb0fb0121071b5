"""The smallest resources that make a point, and what they measure to."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sharedcare.fhir.harmonise import Counters, Harmonisation, harmonisation, measure_lines
from sharedcare.fhir.harmonise.concept_maps import Maps, read_concept_map
from sharedcare.fhir.harmonise.counters import CategoryCounts
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.reading import Source

Json = dict[str, Any]

SETTINGS = Settings(b"a key that is long enough")
SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD_10 = "http://hl7.org/fhir/sid/icd-10"
DMD = "https://dmd.nhs.uk"
LOCAL = "https://practice.example/codes"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
RIGHT, WRONG = "9990000018", "9990000019"


def concept(code_system: str | None, code: str | None, label: str | None = None) -> Json:
    coding = {"system": code_system, "code": code, "display": label}
    return {"coding": [{key: value for key, value in coding.items() if value is not None}]}


def condition(code: Json | None = None, person: int = 1, **more: Any) -> Json:
    found = concept(SNOMED_CT, "195967001", "Asthma") if code is None else code
    subject = {"reference": f"Patient/{person}"}
    return {"resourceType": "Condition", "code": found, "subject": subject, **more}


def observation(person: int = 1, unit: str = "g/L", code: str = "718-7", **more: Any) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept("http://hl7.org/fhir/observation-category", "laboratory")],
        "code": concept(LOINC, code),
        "subject": {"reference": f"Patient/{person}"},
        "effectiveDateTime": f"2026-01-{person % 28 + 1:02}T09:00:00Z",
        "valueQuantity": {"value": 130 + person, "code": unit},
        **more,
    }


def patient(number: str | None = RIGHT, **more: Any) -> Json:
    identifiers = [] if number is None else [{"system": NHS_NUMBER, "value": number, **more}]
    return {"resourceType": "Patient", "identifier": identifiers}


def ndjson(resources: Iterable[Json]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in resources)


def counted(*resources: Json) -> Counters:
    return measure_lines(ndjson(resources), SETTINGS)


def of_category(category: str, *resources: Json) -> CategoryCounts:
    return counted(*resources).categories[category]


def compared(systems: Mapping[str, Iterable[Json]], maps: Maps | None = None) -> Harmonisation:
    return harmonisation({name: counted(*sent) for name, sent in systems.items()}, maps)


def kinds(found: Harmonisation) -> list[str]:
    return [clash.kind.value for clash in found.clashes]


def concept_map(source: str, target: str, codes: Mapping[str, tuple[str, str]]) -> Maps:
    elements = [
        {"code": code, "target": [{"code": goal, "equivalence": how}]}
        for code, (goal, how) in codes.items()
    ]
    group = {"source": source, "target": target, "element": elements}
    made = {"resourceType": "ConceptMap", "group": [group]}
    return read_concept_map(Source("map.json", json.dumps(made).encode()))
