"""Code systems as payloads name them: which are agreed ones, under which names, what a coding is.

URIs are those of HL7 FHIR, UK Core and the NHS; aliases are OIDs and spellings met in practice.
"""

from enum import StrEnum

from sharedcare.landscape.catalogue.code_systems import ATC, DMD, ICD_10, LOINC, SNOMED_CT, UCUM

#: A coding as it stands in a payload: code system, code, label; None where it is not said.
Coding = tuple[str | None, str | None, str | None]

#: A coded element: its codings, and whether there is a text beside or instead of them.
Coded = tuple[tuple[Coding, ...], bool]

#: Stands for a code that is in another resource, which is not looked for.
ELSEWHERE: Coded = (((None, None, "elsewhere"),), False)

OPCS_4 = "https://fhir.hl7.org.uk/CodeSystem/OPCS-4"
READ_2 = "http://read.info/readv2"
CTV3 = "http://read.info/ctv3"
ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"

#: Names for people; any other code system is told by its URI.
NAMES = {
    SNOMED_CT: "SNOMED CT",
    LOINC: "LOINC",
    ICD_10: "ICD-10",
    DMD: "dm+d",
    UCUM: "UCUM",
    ATC: "ATC",
    OPCS_4: "OPCS-4",
    READ_2: "Read codes v2",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://hl7.org/fhir/sid/cvx": "CVX",
    "http://hl7.org/fhir/sid/ndc": "NDC",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "http://hl7.org/fhir/sid/icd-9-cm": "ICD-9-CM",
    "http://www.ama-assn.org/go/cpt": "CPT",
    CTV3: "CTV3",
}

_BY_NAME = {name.casefold(): code_system for code_system, name in NAMES.items()}

_ALIASES = {
    "urn:oid:2.16.840.1.113883.6.96": SNOMED_CT,
    "urn:oid:2.16.840.1.113883.2.1.3.2.4.15": SNOMED_CT,
    "https://snomed.info/sct": SNOMED_CT,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "https://loinc.org": LOINC,
    "urn:oid:2.16.840.1.113883.6.3": ICD_10,
    "http://hl7.org/fhir/sid/icd-10-uk": ICD_10,
    "urn:oid:2.16.840.1.113883.6.8": UCUM,
    "urn:oid:2.16.840.1.113883.2.1.3.2.4.16": OPCS_4,
}

_AGREED = frozenset(
    (
        *NAMES,
        ABSENT,
        "urn:ietf:bcp:47",
    )
)

_PUBLISHERS = (
    "http://hl7.org/fhir/",
    "http://terminology.hl7.org/",
    "https://fhir.hl7.org.uk/",
    "https://fhir.nhs.uk/",
    "http://fhir.nhs.net/",
    "https://fhir.nhs.net/",
)


class Way(StrEnum):
    """How a record says what it is about, best first."""

    CODED = "coded"
    """A code of a code system that more than one partner can look up."""
    LOCAL = "local"
    """A code of a code system that is somebody's own."""
    NO_CODE_SYSTEM = "no_code_system"
    """A code that does not say of which code system it is."""
    DISPLAY_ONLY = "display_only"
    """A coding with a label and no code."""
    TEXT_ONLY = "text_only"
    """Free text."""
    REFERENCE = "reference"
    """A reference to another resource, which has the code."""
    ABSENT = "absent"
    """Nothing."""


def agreed_name(code_system: str) -> str:
    """Return the one name of a code system: aliases, versions and last slashes are taken away."""
    plain = code_system.strip().split("|")[0].rstrip("/")
    if plain.startswith("http://snomed.info/sct/"):  # edition and version of SNOMED CT
        return SNOMED_CT
    return _ALIASES.get(plain, plain)


def as_uri(written: str) -> str:
    """Return the one URI of a code system that people write by its name or by any of its URIs."""
    return _BY_NAME.get(" ".join(written.casefold().split()), agreed_name(written))


def is_agreed(code_system: str) -> bool:
    """Whether a code system (by its agreed name) is published for more than one partner."""
    return code_system in _AGREED or code_system.startswith(_PUBLISHERS)


def name_of(code_system: str) -> str:
    """Return a code system's name for people."""
    return NAMES.get(code_system, code_system)


def way_of(coded: Coded | None) -> Way:
    """Return the best way in which an element says what it is about."""
    if coded is None:
        return Way.ABSENT
    if coded == ELSEWHERE:
        return Way.REFERENCE
    codings, has_text = coded
    ways = [_way_of_coding(coding) for coding in codings]
    ways.append(Way.TEXT_ONLY if has_text else Way.ABSENT)
    return min(ways, key=_ORDER.index)


def _way_of_coding(coding: Coding) -> Way:
    code_system, code, display = coding
    if not code:
        return Way.DISPLAY_ONLY if display else Way.ABSENT
    if not code_system:
        return Way.NO_CODE_SYSTEM
    return Way.CODED if is_agreed(agreed_name(code_system)) else Way.LOCAL


_ORDER = tuple(Way)
