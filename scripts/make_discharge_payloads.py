"""Make what three systems of the discharge example send, which is not all that its profile says.

    python3 scripts/make_discharge_payloads.py examples/payloads/discharge

Nobody is real: NHS numbers are of the range for tests. What is unlike the profile is counted by
place, so that everything can be recounted: of fifty people the ward codes the medicines of twenty,
results of fifteen are issued three days late, the practice codes the problems of forty-seven, and
the council knows the NHS number of thirty-five.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scripts.make_four_systems import DMD, MEDICINES, NHS_NUMBER, PROBLEMS, SNOMED_CT, nhs_number

PEOPLE = 50
LATE_DAYS = 3

Json = dict[str, Any]

RESULT = ("1000661000000107", "Serum sodium level")
ALLERGIES = (("91936005", "Allergy to penicillin"), ("716186003", "No known allergy"))
VACCINE = ("822851000000102", "Seasonal influenza vaccination")
REASONS = ("R1", "R2", "R3")

COLUMNS = """\
# What the columns of the council's table mean.
dates: day_first
person: {column: nhs_no, number: true}
records:
  primary_support_reason:
    code: reason
    code_system: https://council.example/support-reasons
    occurred: started
    recorded: entered
"""


def people() -> list[str]:
    """The NHS numbers of everybody."""
    found = (nhs_number(nine) for nine in range(999100000, 999101000))
    return [number for number in found if number][:PEOPLE]


def ward() -> Iterator[Json]:
    """Medicines on discharge, two in five of them coded, and results, three in ten of them late."""
    for place, number in enumerate(people()):
        yield _patient(place, number)
        code, label = MEDICINES[place % len(MEDICINES)]
        coded, is_coded = _concept(DMD, code, label), place % 5 < 2  # noqa: PLR2004
        yield {
            "resourceType": "MedicationRequest",
            "status": "active",
            "intent": "order",
            "subject": _reference(place),
            "medicationCodeableConcept": coded if is_coded else {"text": label},
            "authoredOn": _day(place),
        }
        late = LATE_DAYS if place % 10 < 3 else 0  # noqa: PLR2004
        yield {
            "resourceType": "Observation",
            "status": "final",
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": _concept(SNOMED_CT, *RESULT),
            "subject": _reference(place),
            "effectiveDateTime": _day(place),
            "issued": f"{_day(place + late)}T15:00:00Z",
            "valueQuantity": {"value": 140, "unit": "mmol/L"},
        }


def practice() -> Iterator[Json]:
    """An allergy or none of everybody, problems coded but for three, and vaccinations of some."""
    for place, number in enumerate(people()):
        yield _patient(place, number)
        yield {
            "resourceType": "AllergyIntolerance",
            "patient": _reference(place),
            "code": _concept(SNOMED_CT, *ALLERGIES[place % 2]),
            "recordedDate": _day(place),
        }
        code, label, *_ = PROBLEMS[place % len(PROBLEMS)]
        is_text = place % 20 == 7  # noqa: PLR2004
        yield {
            "resourceType": "Condition",
            "subject": _reference(place),
            "code": {"text": label} if is_text else _concept(SNOMED_CT, code, label),
            "recordedDate": _day(place),
        }
        if place % 2:
            yield {
                "resourceType": "Immunization",
                "status": "completed",
                "patient": _reference(place),
                "vaccineCode": _concept(SNOMED_CT, *VACCINE),
                "occurrenceDateTime": _day(place),
            }


def council() -> list[dict[str, str]]:
    """A table of support reasons in the council's own codes; three in ten have no NHS number."""
    return [
        {
            "nhs_no": "" if place % 10 < 3 else number,  # noqa: PLR2004
            "reason": REASONS[place % len(REASONS)],
            "started": _date(place).strftime("%d/%m/%Y"),
            "entered": _date(place).strftime("%d/%m/%Y"),
        }
        for place, number in enumerate(people())
    ]


def _patient(place: int, number: str) -> Json:
    identifier = {"system": NHS_NUMBER, "value": number}
    return {"resourceType": "Patient", "id": f"p{place}", "identifier": [identifier]}


def _reference(place: int) -> Json:
    return {"reference": f"Patient/p{place}"}


def _concept(code_system: str, code: str, label: str) -> Json:
    return {"coding": [{"system": code_system, "code": code, "display": label}]}


def _date(place: int) -> date:
    return date(2026, 6, 1) + timedelta(days=place)


def _day(place: int) -> str:
    return _date(place).isoformat()


def files() -> dict[str, str]:
    """Every file that is made, by its name."""
    table = io.StringIO()
    rows = council()
    writer = csv.DictWriter(table, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return {
        "ward.ndjson": _lines(ward()),
        "practice.ndjson": _lines(practice()),
        "council.csv": table.getvalue(),
        "council-columns.yaml": COLUMNS,
    }


def _lines(resources: Iterator[Json]) -> str:
    return "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in resources)


def main() -> None:
    """Write the files into the folder that the command names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
