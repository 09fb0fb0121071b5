"""Why there is nothing, or nothing to count, by every way in which a resource can say so."""

from typing import Any

from sharedcare.fhir.harmonise.shapes import NOT_DONE
from sharedcare.fhir.harmonise.states import BY_STATUS, State, state_of_reason

#: Codes that say that a medicine is not taken: of ``taken`` in STU3 and of ``adherence`` in R5.
_NOT_TAKEN = frozenset(("n", "not-taking"))


def state_of(resource: dict[str, Any], may_be_absent: bool) -> tuple[State | None, str]:
    """The state of a resource and which of its elements says so; None and nothing if none does."""
    status = resource.get("status")
    if type(status) is str and status in BY_STATUS:
        return BY_STATUS[status], "status"
    verification = resource.get("verificationStatus")
    if verification is not None:
        code = _verification(verification)
        if code in BY_STATUS:
            return BY_STATUS[code], "verificationStatus"
    meta = resource.get("meta")
    if meta is not None and "security" in meta:
        for label in meta["security"]:
            if state_of_reason(label.get("code")) is State.WITHHELD:
                return State.WITHHELD, "security_label"
    if "adherence" in resource and _first_code(resource["adherence"].get("code", {})) in _NOT_TAKEN:
        return State.KNOWN_NEGATIVE, "adherence"
    return _absence(resource) if may_be_absent else (None, "")


def state_of_concept(concept: dict[str, Any]) -> State:
    """The state that a coded reason stands for."""
    return state_of_reason(_first_code(concept) or None)


def _verification(found: Any) -> str:
    """The code of a verification status: a code in STU3, a CodeableConcept since."""
    return found if type(found) is str else _first_code(found)


def _first_code(concept: dict[str, Any]) -> str:
    code: str = next((coding.get("code", "") for coding in concept.get("coding", ())), "")
    return code


def _absence(resource: dict[str, Any]) -> tuple[State | None, str]:
    if "dataAbsentReason" in resource:
        return state_of_concept(resource["dataAbsentReason"]), "dataAbsentReason"
    for key, companion in resource.items():
        if key in NOT_DONE and (companion is True or companion in _NOT_TAKEN):
            return State.KNOWN_NEGATIVE, key
        if key.startswith("_") and type(companion) is dict:
            for extension in companion.get("extension", ()):
                if extension.get("url", "").endswith("/data-absent-reason"):
                    return state_of_reason(extension.get("valueCode")), "data_absent_reason"
    return None, ""
