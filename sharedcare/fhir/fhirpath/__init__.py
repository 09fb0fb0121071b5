"""FHIRPath, as far as invariants of the specification and of FHIR profiles are written in it."""
