"""Which version of FHIR a resource is of, where it says so itself.

Most resources do not. Said it is by ``fhirVersion`` (definitions, capability statements), by the
version in a profile of HL7's that ``meta.profile`` names, and by the addresses of the profiles that
England exchanges in STU3 (Care Connect, GP Connect, transfer of care), which name it. Extensions of
another version say nothing: they are made to be used in this one.
"""

import re

DEFAULT = "R4"

_BY_WORD = {"STU3": "STU3", "3.0": "STU3", "4.0": "R4", "4.1": "R4B", "4.3": "R4B", "5.0": "R5"}

_SAID = re.compile(
    rb'"fhirVersion"\s*:\s*"(?P<a>[345]\.[013])[\d.]*"'
    rb'|"http://hl7\.org/fhir/(?P<b>[345]\.[013])/StructureDefinition/(?!extension-)'
    rb'|"http://hl7\.org/fhir/StructureDefinition/[A-Za-z]+\|(?P<c>[345]\.[013])[\d.]*"'
    rb'|"https://fhir\.(?:nhs|hl7\.org)\.uk/(?P<d>STU3)/StructureDefinition/(?!Extension-)'
)

# Without one of these it is not said. They are searched for in the order of how fast that is: most
# resources name no profile and hold no V, which takes a tenth of the time of the expression.
_IN_PROFILES, _RARE, _KEY = b"/StructureDefinition/", b"V", b'"fhirVersion"'

#: Bytes at the start of a resource in which it may say so.
LOOKED_AT = 4096


def may_say_version(data: bytes) -> bool:
    """Whether a resource may say of which version it is; told faster than :func:`version_of`."""
    return (_RARE in data and _KEY in data) or _IN_PROFILES in data


def version_of(data: bytes) -> str:
    """Return the version that a resource says it is of, R4 where it does not say."""
    head = data[:LOOKED_AT]
    if _IN_PROFILES not in head and (_RARE not in head or _KEY not in head):
        return DEFAULT
    found = _SAID.search(head)
    if found is None or found.lastgroup is None:
        return DEFAULT
    return _BY_WORD.get(found[found.lastgroup].decode("ascii"), DEFAULT)
