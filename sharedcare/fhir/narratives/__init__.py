"""Narratives: XHTML of which FHIR lets a part in, and something to read."""
