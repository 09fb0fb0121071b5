"""Which narrower category a resource belongs to, by what it says of itself.

Observations, requests and encounters are of one type and of many categories: they are told apart by
their category, class, profile or code. What cannot be sorted stays where its type puts it.
"""

Json = dict[str, object]

#: Categories of observations by the code of ``category``. Source: HL7, observation-category.
_OBSERVATIONS = {
    "laboratory": "investigation_results.laboratory",
    "vital-signs": "examination_findings.vital_signs",
    "imaging": "investigation_results.imaging",
    "social-history": "social_context",
    "survey": "assessments",
    "exam": "examination_findings",
    "procedure": "investigation_results.clinical_tests",
}

_PROFILES = {
    "UKCore-Observation-Lab": "investigation_results.laboratory",
    "UKCore-Observation-VitalSigns": "examination_findings.vital_signs",
    "vitalsigns": "examination_findings.vital_signs",
}

#: Vital signs by code, for those who send no category. Sources: LOINC and SNOMED CT.
_VITAL_SIGNS = frozenset((
    "85354-9", "8480-6", "8462-4", "8867-4", "9279-1", "8310-5", "8302-2", "29463-7", "39156-5",
    "2708-6", "59408-5", "8287-5", "75367002", "271649006", "271650006", "364075005", "78564009",
    "86290005", "386725007", "50373000", "27113001", "60621009", "431314004", "103228002",
    "248333004",
))  # fmt: skip

#: Requests by the code of ``category``. Sources: SNOMED CT; HL7 v2 table 0074 has LAB and RAD.
_REQUESTS = {
    "108252007": "investigations_requested",
    "363679005": "investigations_requested",
    "LAB": "investigations_requested",
    "RAD": "investigations_requested",
    "laboratory": "investigations_requested",
    "imaging": "investigations_requested",
    "3457005": "referral_details",
}

#: Encounters by the code of ``class``. Sources: HL7 v3 ActCode; DSTU2 has words of its own.
_ENCOUNTERS = {
    "IMP": "admission_details",
    "ACUTE": "admission_details",
    "NONAC": "admission_details",
    "EMER": "contacts_with_professionals.emergency_attendances",
    "inpatient": "admission_details",
    "emergency": "contacts_with_professionals.emergency_attendances",
}


def observation(resource: Json) -> str | None:
    """By category, else by profile, else by the code of a vital sign."""
    for code in _codes(resource.get("category")):
        if code in _OBSERVATIONS:
            return _OBSERVATIONS[code]
    meta = resource.get("meta")
    profiles = meta.get("profile") or () if isinstance(meta, dict) else ()
    for profile in profiles:
        name = profile.split("|")[0].rsplit("/", 1)[-1]
        if name in _PROFILES:
            return _PROFILES[name]
    is_vital = not _VITAL_SIGNS.isdisjoint(_codes(resource.get("code")))
    return "examination_findings.vital_signs" if is_vital else None


def request(resource: Json) -> str | None:
    """By category."""
    return next((_REQUESTS[c] for c in _codes(resource.get("category")) if c in _REQUESTS), None)


def encounter(resource: Json) -> str | None:
    """By class."""
    return next((_ENCOUNTERS[c] for c in _codes(resource.get("class")) if c in _ENCOUNTERS), None)


def _codes(value: object) -> list[str]:
    """The codes of a CodeableConcept, a Coding, a bare code, or a list of them."""
    found: list[str] = []
    for concept in value if isinstance(value, list) else (value,):
        if isinstance(concept, dict):
            for coding in concept.get("coding", (concept,)):
                code = coding.get("code")
                if type(code) is str:
                    found.append(code)
        elif isinstance(concept, str):
            found.append(concept)
    return found
