"""Which version of FHIR a resource is of, where it says so itself.

Most resources do not. Said it is by ``fhirVersion`` (definitions, capability statements) and by the
version in a profile of HL7's that ``meta.profile`` names.
"""

import re

DEFAULT = "R4"

_BY_NUMBER = {"3.0": "STU3", "4.0": "R4", "4.1": "R4B", "4.3": "R4B", "5.0": "R5"}

_SAID = re.compile(
    rb'"fhirVersion"\s*:\s*"(?P<a>[345]\.[013])[\d.]*"'
    rb'|"http://hl7\.org/fhir/(?P<b>[345]\.[013])/StructureDefinition/'
    rb'|"http://hl7\.org/fhir/StructureDefinition/[A-Za-z]+\|(?P<c>[345]\.[013])[\d.]*"'
)

# A search for one of these is ten times as fast as one for the expression, and mostly ends it.
_KEY, _VERSIONED, _HL7 = b'"fhirVersion"', b"|", b'"http://hl7.org/fhir/'

#: Bytes at the start of a resource in which it may say so.
LOOKED_AT = 4096


def version_of(data: bytes) -> str:
    """Return the version that a resource says it is of, R4 where it does not say."""
    head = data[:LOOKED_AT]
    if not (_KEY in head or _VERSIONED in head or _HL7 in head):
        return DEFAULT
    found = _SAID.search(head)
    if found is None or found.lastgroup is None:
        return DEFAULT
    return _BY_NUMBER.get(found[found.lastgroup].decode("ascii"), DEFAULT)
