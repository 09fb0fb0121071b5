"""NHS numbers of patients: there, right, verified; kept as keyed hashes alone."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from nhs_number.validate import is_valid

from sharedcare.fhir.harmonise.bounded import Key, hashed
from sharedcare.fhir.harmonise.counters import Counters

NOT_SAID = "not_said"

#: How identifiers say that they are NHS numbers: since STU3, as some write it, as in DSTU2, and as
#: in messages and documents of HL7 v3. Source: NHS England.
NUMBER_SYSTEMS = frozenset(
    (
        "https://fhir.nhs.uk/Id/nhs-number",
        "https://fhir.nhs.uk/id/nhs-number",
        "http://fhir.nhs.net/Id/nhs-number",
        "urn:oid:2.16.840.1.113883.2.1.4.1",
    )
)

#: Codes of verification that are told by name; anything else could be anything. Sources: UK Core,
#: NHS number verification status; the STU3 code system of GP Connect.
_KNOWN = frozenset(
    (
        *(f"0{digit}" for digit in range(1, 9)),
        "number-present-and-verified",
        "number-present-but-not-traced",
        "trace-required",
        "trace-attempted-no-match-or-multiple-match-found",
        "trace-needs-to-be-resolved",
        "trace-in-progress",
        "number-not-present-and-trace-not-required",
        "trace-postponed",
    )
)


class Numbers:
    """Counts the NHS numbers of patients."""

    def __init__(self, key: bytes, code_systems: frozenset[str]) -> None:
        self._key = key
        self._of_numbers = code_systems
        self.patients: Counter[str] = Counter()
        self.verification: Counter[str] = Counter()
        self.hashes: dict[Key, int] = {}

    def of(self, patient: dict[str, Any]) -> tuple[object, str]:
        """Return the number of a FHIR Patient, None if there is none, and its verification.

        A number that is no longer the patient's own (``use`` is ``old``) is none, and an identifier
        that says only why the number is not there is passed by.
        """
        for identifier in patient.get("identifier", ()):
            is_number = identifier.get("system") in self._of_numbers and "value" in identifier
            if is_number and identifier.get("use") != "old":
                return identifier["value"], _verification(identifier.get("extension", ()))
        return None, NOT_SAID

    def take(self, number: object, verification: str = NOT_SAID) -> None:
        """Count a patient with or without a number."""
        self.patients["all"] += 1
        if not isinstance(number, str) or not number.strip():
            return
        self.patients["numbered"] += 1
        self.verification[verification] += 1
        plain = number.replace(" ", "").replace("-", "")
        # The library takes digits of every script, which no NHS number has.
        if plain.isascii() and plain.isdigit() and is_valid(plain):
            self.patients["valid"] += 1
            hash_ = hashed(plain.encode(), self._key)
            self.hashes[hash_] = self.hashes.get(hash_, 0) + 1

    def add_to(self, counters: Counters) -> None:
        """Add what was counted to counters."""
        counters.patients.update(self.patients)
        counters.verification.update(self.verification)
        counters.numbers.add_all(self.hashes)


def _verification(extensions: Iterable[dict[str, Any]]) -> str:
    for extension in extensions:
        if "VerificationStatus" in extension.get("url", ""):
            codings = extension.get("valueCodeableConcept", {}).get("coding", ())
            code = next((coding.get("code") for coding in codings), NOT_SAID)
            return code if code in _KNOWN else "other"
    return NOT_SAID
