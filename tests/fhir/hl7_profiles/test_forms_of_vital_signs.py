"""Vital signs in the form that FHIR asks for, and what else is known as one."""

from tests.fhir.broken import _pressure, blood_pressure, issues_of, observation, vital_sign


def test_vital_signs_of_the_form_that_fhir_asks_for_have_no_issue() -> None:
    pressures = (_pressure("8480-6", 120), _pressure("8462-4", 80))
    panel = vital_sign("85353-1", valueQuantity=None, hasMember=[{"reference": "Observation/2"}])
    absent = vital_sign(valueQuantity=None, dataAbsentReason={"text": "refused"})
    for good in (vital_sign(), blood_pressure(*pressures), panel, absent):
        assert issues_of(good) == ()


def test_a_vital_sign_is_known_by_the_profile_that_it_claims_too() -> None:
    profile = "http://hl7.org/fhir/StructureDefinition/vitalsigns"
    claimed = observation(meta={"profile": [profile]})
    assert [issue.rule for issue in issues_of(claimed)] == ["vital-sign-category"]
    assert issues_of(vital_sign(meta={"profile": [profile]})) == ()


def test_a_vital_sign_that_was_entered_in_error_may_lack_what_others_have() -> None:
    assert issues_of(vital_sign(status="entered-in-error", effectiveDateTime=None)) == ()
