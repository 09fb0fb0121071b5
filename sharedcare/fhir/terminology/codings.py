"""What one coding tells of itself: whether its code system has the code, and calls it so."""

import re
from functools import lru_cache
from typing import NamedTuple

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.terminology.check_digits import has_slip, is_impossible
from sharedcare.fhir.terminology.displays import says_another
from sharedcare.fhir.walk import Json

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
#: How the addresses of code systems begin.
_SCHEMES = ("http:", "https:", "urn:")
_VALUE_SET = re.compile(r"https?://(?:hl7\.org/fhir|terminology\.hl7\.org)/ValueSet/")
#: Addresses that HL7 gives to code systems of FHIR itself, and once gave to those of V2 and V3.
_OF_FHIR = re.compile(r"http://hl7\.org/fhir/(?:v[23]/\S+|[a-z][a-z0-9\-]*)")
_FHIR, _REGISTERED = "http://hl7.org/fhir/", "http://hl7.org/fhir/sid/"
_WELL_KNOWN = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://unitsofmeasure.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)

#: Codings of which the answer is kept, and characters of one.
MAX_CODINGS, MAX_LENGTH = 4096, 256

#: What a coding says of itself, whatever resource it stands in.
_OF_ITSELF = frozenset({"system", "version", "code", "display"})

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


def names_no_code_system(definitions: Definitions, address: str) -> bool:
    """Whether an address is not that of a code system: FHIR's own are known."""
    if code_system_fault(address) is not None or not address.startswith(_SCHEMES):
        return True
    is_of_fhir = address.startswith(_FHIR) and not address.startswith(_REGISTERED)
    return is_of_fhir and definitions.code_system(address) is None


class Broken(NamedTuple):
    """A rule that a coding breaks, and the key whose value breaks it."""

    rule: str
    key: str


def broken_coding(definitions: Definitions, coding: Json, language: object) -> Broken | None:
    """Return the rule that a coding breaks in a resource of some language, None if it breaks none.

    The answers of short codings are kept, since the same few are met again and again.
    """
    said = (coding.get("system"), coding.get("code"), coding.get("display"), language)
    known = definitions.codings
    try:
        if said in known:
            kept: Broken | None = known[said]
            return kept
    except TypeError:  # a list or an object where a text belongs
        return broken_by(definitions, *said)
    found = broken_by(definitions, *said)
    if len(known) < MAX_CODINGS and sum(len(one) for one in said if type(one) is str) < MAX_LENGTH:
        known[said] = found
    return found


def is_known(definitions: Definitions, coding: object) -> bool:
    """Whether a coding was met in which nothing was found."""
    try:
        return type(coding) is dict and tuple(coding.items()) in definitions.good_codings
    except TypeError:  # a list or an object where a text belongs
        return False


def keep(definitions: Definitions, coding: Json, language: object) -> None:
    """Keep a coding in which nothing was found, unless it may be another in other resources."""
    known = definitions.good_codings
    is_plain = all(key in _OF_ITSELF and type(value) is str for key, value in coding.items())
    if not is_plain or not _is_english(language) or len(known) >= MAX_CODINGS:
        return
    if sum(map(len, coding.values())) < MAX_LENGTH:
        known.add(tuple(coding.items()))


def _is_english(language: object) -> bool:
    return not isinstance(language, str) or language.lower().startswith("en")


def broken_by(
    definitions: Definitions, system: object, code: object, display: object, language: object
) -> Broken | None:
    """Return the rule that a coding breaks, as ``broken_coding`` does; the answer is not kept."""
    if not isinstance(system, str) or not system:
        return None
    fault = code_system_fault(system)
    if fault is not None or not isinstance(code, str):
        return Broken(fault, "system") if fault is not None else None
    codes = definitions.code_system(system)
    if codes is None:
        return _in_other_code_system(system, code)
    if code not in codes:
        return Broken("code-unknown", "code")
    if _is_english(language) and isinstance(display, str) and says_another(system, code, display):
        return Broken("code-display", "display")
    return None


def _in_other_code_system(address: str, code: str) -> Broken | None:
    """Return the rule that a code breaks in a code system of which HL7 does not list the codes."""
    if _OF_FHIR.fullmatch(address):
        return Broken("code-system-unknown", "system")
    if is_impossible(address, code):
        return Broken("code-form", "code")
    return Broken("code-check-digit", "code") if has_slip(address, code) else None
