"""What HL7 itself defines on top of the types of FHIR: profiles, vital signs, extensions."""
