"""Make four synthetic systems that do not mean the same, and say what was done to each.

    python3 scripts/make_four_systems.py FOLDER

One population is sent by four systems, each with its own documented transforms. Every transform
counts what it does, and ``transforms.json`` keeps these counts: what harmonisation finds has to
equal them. Nobody is real: NHS numbers are of the range for tests, 999 000 0000 to 999 999 9999.
"""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

SEED = 2026
PEOPLE = 600

SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD_10 = "http://hl7.org/fhir/sid/icd-10"
DMD = "https://dmd.nhs.uk"
UCUM = "http://unitsofmeasure.org"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
GP_CODES = "https://practice.example/codes"
COUNCIL_CODES = "https://council.example/support-reasons"

#: Problems: SNOMED CT code, label, ICD-10 code, and how the partial map has it.
PROBLEMS = (
    ("195967001", "Asthma", "J45", "equivalent"),
    ("44054006", "Diabetes mellitus type 2", "E11", "equivalent"),
    ("38341003", "Hypertensive disorder", "I10", "equivalent"),
    ("13645005", "Chronic obstructive lung disease", "J44", "equivalent"),
    ("49436004", "Atrial fibrillation", "I48", "wider"),
    ("35489007", "Depressive disorder", "F32", "wider"),
    ("396275006", "Osteoarthritis", "M19", ""),
    ("40930008", "Hypothyroidism", "E03", ""),
)
MEDICINES = (
    ("319773006", "Amlodipine 5mg tablets"),
    ("325072002", "Levothyroxine sodium 25microgram tablets"),
    ("319775004", "Aspirin 75mg dispersible tablets"),
    ("322236009", "Paracetamol 500mg tablets"),
)
#: Tests: SNOMED CT code, label, LOINC code, unit, value.
TESTS = (
    ("1022431000000105", "Haemoglobin estimation", "718-7", "g/L", 130),
    ("1000661000000107", "Serum sodium level", "2951-2", "mmol/L", 140),
    ("1003141000000105", "Plasma glucose level", "2339-0", "mmol/L", 6),
)
REASONS = ("PSR-1", "PSR-2", "PSR-3")

#: What the practice's slips make of two codes: another code under the same label, and the reverse.
CHILDHOOD_ASTHMA = "233678006"
WRONG_LABEL = "Housebound"

LATE_DAYS = 21

Json = dict[str, Any]


@dataclass(slots=True)
class Made:
    """One system's resources, and what its transforms counted."""

    resources: list[Json]
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Four:
    """The systems, the council's table, the partial map, and the clashes that were planted."""

    hospital: Made
    practice: Made
    community: Made
    council: list[dict[str, str]]
    planted: list[Json]


def nhs_number(nine: int) -> str | None:
    """The number of nine digits with its check digit; None where modulus 11 gives none."""
    digits = [int(digit) for digit in f"{nine:09}"]
    check = 11 - sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else f"{nine:09}{check % 11}"  # noqa: PLR2004


def population() -> list[list[Json]]:
    """Each person's resources, as a system without any slip would send them."""
    random = Random(SEED)
    numbers = [found for nine in range(999000100, 999009999) if (found := nhs_number(nine))]
    return [list(_person(place, numbers[place], random)) for place in range(PEOPLE)]


def _person(place: int, number: str, random: Random) -> Iterator[Json]:
    subject = {"reference": f"Patient/p{place}"}
    yield {
        "resourceType": "Patient",
        "id": f"p{place}",
        "identifier": [{"system": NHS_NUMBER, "value": number}],
        "name": [{"family": f"Family{place}"}],
        "birthDate": f"{random.randint(1930, 2000)}-{random.randint(1, 12):02}-01",
        "gender": random.choice(("female", "male")),
    }
    for code, label, _, _ in random.sample(PROBLEMS, 2):
        day = _day(random)
        yield {
            "resourceType": "Condition",
            "code": _concept(SNOMED_CT, code, label),
            "subject": subject,
            "onsetDateTime": day,
            "recordedDate": day,
        }
    code, label = random.choice(MEDICINES)
    yield {
        "resourceType": "MedicationRequest",
        "status": "active",
        "medicationCodeableConcept": _concept(DMD, code, label),
        "subject": subject,
        "authoredOn": _day(random),
    }
    for code, label, _, unit, value in TESTS:
        day = _day(random)
        yield {
            "resourceType": "Observation",
            "status": "final",
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": _concept(SNOMED_CT, code, label),
            "subject": subject,
            "effectiveDateTime": f"{day}T09:00:00Z",
            "issued": f"{day}T15:00:00Z",
            "valueQuantity": _quantity(value, unit),
        }


def _day(random: Random) -> str:
    return (date(2025, 1, 1) + timedelta(days=random.randrange(600))).isoformat()


def _concept(code_system: str, code: str, label: str) -> Json:
    return {"coding": [{"system": code_system, "code": code, "display": label}]}


def _quantity(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def _resources(people: list[list[Json]]) -> list[Json]:
    return deepcopy([resource for person in people for resource in person])


def hospital(people: list[list[Json]]) -> Made:
    """Problems in ICD-10, results in LOINC, medicines under the URI of SNOMED CT."""
    made = Made(_resources(people))
    icd = {code: (goal, how) for code, _, goal, how in PROBLEMS}
    loinc = {code: goal for code, _, goal, _, _ in TESTS}
    for resource in made.resources:
        kind = resource["resourceType"]
        if kind == "Condition":
            coding = resource["code"]["coding"][0]
            goal, how = icd[coding["code"]]
            coding.update(system=ICD_10, code=goal)
            made.counts["problems_to_icd_10"] += 1
            made.counts[f"problems_map_{how or 'nothing'}"] += 1
        elif kind == "Observation":
            coding = resource["code"]["coding"][0]
            coding.update(system=LOINC, code=loinc[coding["code"]])
            made.counts["results_to_loinc"] += 1
        elif kind == "MedicationRequest":
            resource["medicationCodeableConcept"]["coding"][0]["system"] = SNOMED_CT
            made.counts["medicines_under_snomed"] += 1
    return made


def practice(people: list[list[Json]]) -> Made:
    """Local codes for a fifth of the problems, text for a sixth, two wrong labels, lost units."""
    made, random = Made(_resources(people)), Random(SEED + 1)
    for resource in made.resources:
        if resource["resourceType"] == "Condition":
            _slip(resource, random, made.counts)
        elif resource["resourceType"] == "Observation":
            made.counts["results"] += 1
            made.counts[f"unit_{resource['code']['coding'][0]['code']}"] += 1
            _lose_unit(resource, random, made.counts)
        elif resource["resourceType"] == "MedicationRequest":
            made.counts["medicines"] += 1
    return made


def _lose_unit(resource: Json, random: Random, counts: Counter[str]) -> None:
    """Take the unit off half of the sodium levels."""
    if resource["code"]["coding"][0]["code"] == TESTS[1][0] and random.random() < 0.5:  # noqa: PLR2004
        resource["valueQuantity"] = {"value": resource["valueQuantity"]["value"]}
        counts["units_lost"] += 1


def _slip(resource: Json, random: Random, counts: Counter[str]) -> None:
    coding, draw = resource["code"]["coding"][0], random.random()
    counts["problems"] += 1
    if draw < 0.2:  # noqa: PLR2004
        coding.update(system=GP_CODES, code=f"L{coding['code'][:4]}")
        counts["problems_local"] += 1
        return
    if draw < 0.36:  # noqa: PLR2004
        resource["code"] = {"text": coding["display"]}
        counts["problems_text"] += 1
        return
    counts["problems_snomed"] += 1
    if coding["display"] == "Asthma":
        coding["code"] = CHILDHOOD_ASTHMA
        counts["asthma_under_another_code"] += 1
    elif coding["code"] == "44054006":
        coding["display"] = WRONG_LABEL
        counts["diabetes_under_another_label"] += 1


def community(people: list[list[Json]]) -> Made:
    """Other units, numbers dropped, results that come late, and medicines taken, not prescribed."""
    made, random = Made(_resources(people)), Random(SEED + 2)
    for resource in made.resources:
        kind = resource["resourceType"]
        if kind == "Patient":
            made.counts["patients"] += 1
            if random.random() < 0.3:  # noqa: PLR2004
                del resource["identifier"]
                made.counts["numbers_dropped"] += 1
        elif kind == "Observation":
            _other_unit_and_late(resource, random, made.counts)
        elif kind == "Condition":
            made.counts["problems"] += 1
            made.counts[resource["code"]["coding"][0]["code"]] += 1
        else:
            resource["resourceType"] = "MedicationStatement"
            resource["effectiveDateTime"] = resource.pop("authoredOn")
            made.counts["medicines"] += 1
            made.counts["medicines_as_taken"] += 1
    return made


def _other_unit_and_late(resource: Json, random: Random, counts: Counter[str]) -> None:
    code = resource["code"]["coding"][0]["code"]
    counts["results"] += 1
    counts[f"unit_{code}"] += 1
    if code == TESTS[0][0]:
        resource["valueQuantity"] = _quantity(TESTS[0][4] / 10, "g/dL")
    elif code == TESTS[2][0]:
        resource["valueQuantity"] = _quantity(TESTS[2][4] * 18, "mg/dL")
    if random.random() < 0.4:  # noqa: PLR2004
        day = date.fromisoformat(resource["issued"][:10]) + timedelta(days=LATE_DAYS)
        resource["issued"] = f"{day.isoformat()}T15:00:00Z"
        counts["results_late"] += 1


def council(people: list[list[Json]]) -> list[dict[str, str]]:
    """A table: support reasons in the council's own codes, dates with the day first."""
    random, rows = Random(SEED + 3), []
    for person in people:
        day = date(2026, 1, 1) + timedelta(days=random.randrange(300))
        written = day.strftime("%d/%m/%Y")
        rows.append(
            {
                "nhs_no": person[0]["identifier"][0]["value"],
                "reason": random.choice(REASONS),
                "started": written,
                "entered": written,
            }
        )
    return rows


COUNCIL_COLUMNS = f"""\
dates: day_first
person: {{column: nhs_no, number: true}}
records:
  primary_support_reason:
    code: reason
    code_system: {COUNCIL_CODES}
    occurred: started
    recorded: entered
"""


def partial_map() -> Json:
    """ICD-10 to SNOMED CT for six of the eight problems, two of them with loss."""
    elements = [
        {"code": goal, "target": [{"code": code, "equivalence": how}]}
        for code, _, goal, how in PROBLEMS
        if how
    ]
    group = {"source": ICD_10, "target": SNOMED_CT, "element": elements}
    return {"resourceType": "ConceptMap", "status": "draft", "group": [group]}


def four_systems() -> Four:
    """Make all four; the last part says each clash with the records that it touches."""
    people = population()
    made = hospital(people[:550]), practice(people), community(people[50:])
    table = council(people[100:])
    counts = (made[0].counts, made[1].counts, made[2].counts)
    return Four(*made, table, _planted(*counts, len(table)))


def _planted(
    hospital: Counter[str], practice: Counter[str], community: Counter[str], rows: int
) -> list[Json]:
    """The clashes by the transforms' own counts."""
    results, problems = "investigation_results.laboratory", "problems"
    mapped = hospital["problems_map_equivalent"]
    found: list[tuple[str, str, tuple[str, ...], int, int]] = [
        ("local_codes", "primary_support_reason", ("council",), rows, 0),
        ("local_codes", problems, ("practice",), practice["problems_local"], 0),
        ("text_only", problems, ("practice",), practice["problems_text"], 0),
        ("missing_nhs_numbers", "demographics", ("community",), community["numbers_dropped"], 0),
        ("late_recording", results, ("community",), community["results_late"], 0),
        ("missing_units", results, ("practice",), practice["units_lost"], 0),
    ]
    for name, other, snomed in (
        ("practice", practice, practice["problems_snomed"]),
        ("community", community, community["problems"]),
    ):
        pair = ("hospital", name)
        different, uris = "different_code_systems", "same_codes_different_uris"
        apart = hospital["problems_to_icd_10"] + snomed
        found.append((different, problems, pair, apart, mapped))
        found.append((different, results, pair, hospital["results_to_loinc"] + other["results"], 0))
        medicines = hospital["medicines_under_snomed"] + other["medicines"]
        found.append((uris, "medications", pair, medicines, 0))
    taken = community["medicines_as_taken"]
    for name, prescribed in (
        ("hospital", hospital["medicines_under_snomed"]),
        ("practice", practice["medicines"]),
    ):
        both = prescribed + taken
        found.append(("different_resource_types", "medications", (name, "community"), both, 0))
    pair = ("practice", "community")
    for code, convertible in ((TESTS[0][0], True), (TESTS[2][0], False)):
        touched = practice[f"unit_{code}"] + community[f"unit_{code}"]
        found.append(("different_units", results, pair, touched, touched if convertible else 0))
    asthma = practice["asthma_under_another_code"] + community["195967001"]
    diabetes = practice["diabetes_under_another_label"] + community["44054006"]
    found.append(("same_label_different_codes", problems, pair, asthma, 0))
    found.append(("same_code_different_labels", problems, pair, diabetes, 0))
    keys = ("kind", "category", "systems", "affected", "convertible")
    return [dict(zip(keys, (*one[:2], list(one[2]), *one[3:]), strict=True)) for one in found]


def write_four(folder: Path) -> Four:
    """Write the systems' files, the column map, the partial map and the counts."""
    made = four_systems()
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("hospital", "practice", "community"):
        one: Made = getattr(made, name)
        lines = (json.dumps(resource, separators=(",", ":")) for resource in one.resources)
        (folder / f"{name}.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = io.StringIO()
    writer = csv.DictWriter(table, list(made.council[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made.council)
    (folder / "council.csv").write_text(table.getvalue(), encoding="utf-8")
    (folder / "council-columns.yaml").write_text(COUNCIL_COLUMNS, encoding="utf-8")
    (folder / "icd-10-to-snomed-ct.json").write_text(json.dumps(partial_map()), encoding="utf-8")
    kept = {
        name: dict(getattr(made, name).counts) for name in ("hospital", "practice", "community")
    }
    document = {"counts": kept, "planted": made.planted}
    (folder / "transforms.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
    return made


def main() -> None:
    """Write the four systems into the folder that the command names."""
    write_four(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
