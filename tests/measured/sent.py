"""The smallest payloads that make a point, measured for a landscape."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sharedcare.fhir.harmonise import Counters, measure_lines
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.fhir.harmonise.sources import Measured
from sharedcare.landscape import Landscape
from sharedcare.measured.payloads import Payloads, payloads_of
from tests.builders import landscape, two_partners

Json = dict[str, Any]

SETTINGS = Settings(b"a key that is long enough")
SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
LOCAL = "https://hospital.example/codes"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
VALID = "9990000018"


def coded(code_system: str | None = SNOMED_CT) -> Json:
    coding = {"code": "1", "system": code_system}
    return {"coding": [{key: value for key, value in coding.items() if value is not None}]}


TEXT: Json = {"text": "one in the morning"}


def medicine(concept: Json | None, person: int = 1, **more: Any) -> Json:
    made = {
        "resourceType": "MedicationRequest",
        "subject": {"reference": f"Patient/{person}"},
        "authoredOn": "2026-06-01",
        **more,
    }
    return made if concept is None else {**made, "medicationCodeableConcept": concept}


def patient(number: str | None = VALID) -> Json:
    identifier = [] if number is None else [{"system": NHS_NUMBER, "value": number}]
    return {"resourceType": "Patient", "identifier": identifier}


def counted(resources: Iterable[Json]) -> Counters:
    return measure_lines("\n".join(map(json.dumps, resources)).encode(), SETTINGS)


def payloads(declared: Landscape, sent: Mapping[str, Iterable[Json]]) -> Payloads:
    measured = {key: Measured(counted(resources)) for key, resources in sent.items()}
    return payloads_of(declared, measured)


def partners(changes: Mapping[str, object] | None = None) -> Landscape:
    """The two partners of the builders: the hospital's record feeds the council's."""
    return landscape(**two_partners(changes))


def shares(coded_: int, text: int) -> list[Json]:
    """So many coded medicines and so many in words."""
    return [*(medicine(coded()) for _ in range(coded_)), *(medicine(TEXT) for _ in range(text))]
