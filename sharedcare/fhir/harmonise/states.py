"""What an absence means: states that must not be taken for each other, or for nothing."""

from enum import StrEnum

from sharedcare.fhir.harmonise.terminologies import ABSENT
from sharedcare.landscape.catalogue.code_systems import SNOMED_CT


class State(StrEnum):
    """Why there is nothing, or nothing to count; an element that is not there is no state."""

    KNOWN_NEGATIVE = "known_negative"
    """It is known that there is none, or that it was not done."""
    UNKNOWN = "unknown"
    """It was looked for, and is not known."""
    NOT_ASKED = "not_asked"
    WITHHELD = "withheld"
    """It is there and not shown."""
    IN_TRANSIT = "in_transit"
    """It is on its way, as a record is when a person moves to another practice."""
    REASON_GIVEN = "reason_given"
    """Another data-absent-reason or emptyReason is given."""
    ENTERED_IN_ERROR = "entered_in_error"
    """Withdrawn by who wrote it; counted here and nowhere else."""


#: Codes that say that there is none, or that nobody knows. Sources: SNOMED CT; IPS.
BY_CODE: dict[tuple[str, str], State] = {
    (SNOMED_CT, "716186003"): State.KNOWN_NEGATIVE,
    (SNOMED_CT, "409137002"): State.KNOWN_NEGATIVE,
    (SNOMED_CT, "160244002"): State.KNOWN_NEGATIVE,
    (SNOMED_CT, "160245001"): State.KNOWN_NEGATIVE,
    (SNOMED_CT, "787481004"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-allergies"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-problems"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-medications"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-immunizations"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-procedures"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-known-devices"): State.KNOWN_NEGATIVE,
    (ABSENT, "no-allergy-info"): State.UNKNOWN,
    (ABSENT, "no-problem-info"): State.UNKNOWN,
    (ABSENT, "no-medication-info"): State.UNKNOWN,
    (ABSENT, "no-immunization-info"): State.UNKNOWN,
    (ABSENT, "no-procedure-info"): State.UNKNOWN,
    (ABSENT, "no-device-info"): State.UNKNOWN,
}

#: Codes of emptyReason, data-absent-reason, list warnings and security labels. Sources: HL7 FHIR;
#: the list warnings of GP Connect (NHS England).
BY_REASON: dict[str, State] = {
    "nilknown": State.KNOWN_NEGATIVE,
    "notasked": State.NOT_ASKED,
    "not-asked": State.NOT_ASKED,
    "asked-unknown": State.UNKNOWN,
    "asked-declined": State.UNKNOWN,
    "unknown": State.UNKNOWN,
    "withheld": State.WITHHELD,
    "masked": State.WITHHELD,
    "MASKED": State.WITHHELD,
    "REDACTED": State.WITHHELD,
    "NOPAT": State.WITHHELD,
    "confidential-items": State.WITHHELD,
    "data-in-transit": State.IN_TRANSIT,
    "data-awaiting-filing": State.IN_TRANSIT,
}

#: Words of ``status`` and ``verificationStatus``.
BY_STATUS: dict[str, State] = {
    "entered-in-error": State.ENTERED_IN_ERROR,
    "not-done": State.KNOWN_NEGATIVE,
    "not-taken": State.KNOWN_NEGATIVE,
    "refuted": State.KNOWN_NEGATIVE,
}


def state_of_reason(code: object) -> State:
    """Return the state that a reason for an absence stands for."""
    return BY_REASON.get(code, State.REASON_GIVEN) if isinstance(code, str) else State.REASON_GIVEN
