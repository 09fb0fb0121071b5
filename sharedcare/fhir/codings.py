"""What one coding tells of itself: whether its code system has the code, and calls it so."""

import re
from functools import lru_cache

from sharedcare.fhir.check_digits import has_slip, is_impossible
from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.displays import says_another

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_VALUE_SET = re.compile(r"https?://(?:hl7\.org/fhir|terminology\.hl7\.org)/ValueSet/")
#: Addresses that HL7 gives to code systems of FHIR itself, and once gave to those of V2 and V3.
_OF_FHIR = re.compile(r"http://hl7\.org/fhir/(?:v[23]/\S+|[a-z][a-z0-9\-]*)")
_WELL_KNOWN = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://unitsofmeasure.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)

#: Addresses of code systems of which the answer is kept; there are few, and each is met often.
MAX_ADDRESSES = 512


@lru_cache(MAX_ADDRESSES)
def code_system_fault(address: str) -> str | None:
    """Return the rule that the address of a code system breaks, None if it breaks none."""
    if not _SCHEME.match(address):
        return "code-system-absolute"
    if address not in _WELL_KNOWN and address.replace("https:", "http:", 1).startswith(_WELL_KNOWN):
        return "code-system-form"
    return "code-system-value-set" if _VALUE_SET.match(address) else None


def code_fault(definitions: Definitions, code_system: str, code: str) -> str | None:
    """Return the rule that a code breaks in its code system, whose address is a good one."""
    codes = definitions.code_system(code_system)
    if codes is not None:
        return None if code in codes else "code-unknown"
    if _OF_FHIR.fullmatch(code_system):
        return "code-system-unknown"
    if is_impossible(code_system, code):
        return "code-form"
    return "code-check-digit" if has_slip(code_system, code) else None


def display_fault(
    definitions: Definitions, code_system: str, code: str, display: object, language: object
) -> str | None:
    """Return the rule that the display of a good code breaks; of other languages none is known."""
    is_english = not isinstance(language, str) or language.lower().startswith("en")
    if not is_english or not isinstance(display, str):
        return None
    if definitions.code_system(code_system) is None:
        return None
    return "code-display" if says_another(code_system, code, display) else None
