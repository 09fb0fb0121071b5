"""The invariants that FHIR states in FHIRPath: which are run where, and what need not be run."""
