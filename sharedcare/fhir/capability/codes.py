"""The codes of faults in what an interface says of itself, each with what it means."""

CAPABILITY_CODES: dict[str, str] = {
    "NOT_A_STATEMENT": "What an interface says of itself is a CapabilityStatement of STU3, R4, R4B"
    " or R5, in JSON or XML; most servers give it under /metadata.",
    "NO_FHIR_VERSION": "A CapabilityStatement says in fhirVersion by which version of FHIR it is to"
    " be read; without it nothing of it can be relied on.",
}
