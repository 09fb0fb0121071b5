"""Where extensions may stand by the package that defines them, and the widest sets of codes."""

from typing import Any

import pytest

from sharedcare.places import Severity
from tests.fhir.fhir_profiles.cases import LISTED, bound, coded, extended, extension_of, patient
from tests.fhir.fhir_profiles.holding import issues, told
from tests.fhir.packages.made import HERE, element, profile

Json = dict[str, Any]

CODES = f"{HERE}/codes"
_VALUE = element("Extension.value[x]", min=1, type=[{"code": "boolean"}])
_SAID = [extended(valueBoolean=True)]

#: Where an extension stands in a patient.
PLACES: dict[str, Json] = {
    "the whole": patient(extension=_SAID),
    "a name": patient(name=[{"text": "x", "extension": _SAID}]),
    "a family name": patient(name=[{"family": "x", "_family": {"extension": _SAID}}]),
    "a contact": patient(contact=[{"name": {"text": "x"}, "extension": _SAID}]),
    "a contact's name": patient(contact=[{"name": {"text": "x", "extension": _SAID}}]),
    "the gender": patient(gender="other", _gender={"extension": _SAID}),
    "the death": patient(deceasedBoolean=True, _deceasedBoolean={"extension": _SAID}),
}

#: Context → the places where the extension may stand. HL7's own validator says the same.
CONTEXTS = {
    "Element": set(PLACES),
    "Resource": {"the whole"},
    "DomainResource": {"the whole"},
    "Patient": {"the whole"},
    "Person": set[str](),
    "BackboneElement": {"a contact"},
    "Patient.contact": {"a contact"},
    "HumanName": {"a name", "a contact's name"},
    "Patient.name": {"a name"},
    "Patient.contact.name": {"a contact's name"},
    "HumanName.family": {"a family name"},
    "Patient.name.family": {"a family name"},
    "string": {"a family name", "the gender"},
    "Patient.deceased[x]": {"the death"},
    "Patient.deceased": {"the death"},
}


def standing(kind: str, expression: str, *rules: str) -> Json:
    """Return the definition of an extension with a context, and rules for where it stands."""
    context = [{"type": kind, "expression": expression}]
    more: Json = {"contextInvariant": list(rules)} if rules else {}
    return extension_of(_VALUE, **{"context": context, **more})


def rules_at(place: str, definition: Json) -> set[str]:
    return {rule for rule, _ in told(PLACES[place], definition, asked="")}


@pytest.mark.parametrize("context", CONTEXTS)
def test_an_extension_stands_on_the_elements_that_its_context_names(context: str) -> None:
    definition = standing("element", context)
    assert {place for place in PLACES if not rules_at(place, definition)} == CONTEXTS[context]


def test_a_context_in_fhirpath_gives_the_elements_that_an_extension_may_stand_on() -> None:
    definition = standing("fhirpath", "Patient.name.where(use.empty()) | Patient.gender")
    fitting = {place for place in PLACES if not rules_at(place, definition)}
    assert fitting == {"a name", "the gender"}
    formal = patient(name=[{"text": "x", "use": "official", "extension": _SAID}])
    assert told(formal, definition, asked="") == {
        ("extension-place", "Patient.name[0].extension[0]")
    }


def test_the_rules_of_a_context_hold_for_what_the_extension_stands_on() -> None:
    definition = standing("element", "Patient", "gender = 'other'", "active.empty()")
    assert told(patient(gender="other", extension=_SAID), definition, asked="") == set()
    for other in ({"gender": "female"}, {"gender": "other", "active": True}):
        found = told(patient(**other, extension=_SAID), definition, asked="")
        assert found == {("extension-place", "Patient.extension[0]")}


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        (standing("element", f"{HERE}/a#Patient.name"), "names a FHIR profile"),
        (standing("fhirpath", "Patient.where(birthDate < today())"), "what time it is"),
        (standing("element", "Patient", "%extension.value"), "a variable that is not known"),
    ],
)
def test_a_context_that_is_not_looked_at_is_told(definition: Json, reason: str) -> None:
    (issue,) = issues(patient(birthDate="1950-01-01", extension=_SAID), definition, asked="")
    assert (issue.rule, issue.severity) == ("extension-place-not-checked", Severity.INFORMATION)
    assert reason in issue.message


def test_one_context_that_fits_is_enough() -> None:
    definition = standing("element", f"{HERE}/a#Patient.name")
    definition["context"].append({"type": "element", "expression": "Patient"})
    assert told(PLACES["the whole"], definition, asked="") == set()


# ── The widest set of codes ───────────────────────────────────────────────────────────────────────

_WIDEST = {
    "url": "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet",
    "valueCanonical": f"{HERE}/listed",
}


def married(*codings: Json, **parts: Any) -> Json:
    return patient(maritalStatus={"coding": [one["coding"][0] for one in codings], **parts})


@pytest.mark.parametrize("strength", ["preferred", "example"])
def test_no_code_goes_beyond_the_widest_value_set_that_a_profile_names(strength: str) -> None:
    bounds = bound(strength, "nowhere") | {"extension": [_WIDEST]}
    asked = profile(element("Patient.maritalStatus", binding=bounds))
    assert told(married(coded("a", CODES)), asked, LISTED) == set()
    assert told(married(coded("z", CODES)), asked, LISTED) == {
        ("profile-code-widest", "Patient.maritalStatus")
    }
    assert told(patient(maritalStatus={"text": "x"}), asked, LISTED) == set()


def test_the_widest_value_set_that_cannot_be_listed_is_told() -> None:
    bounds = bound("preferred", "nowhere") | {"extension": [_WIDEST]}
    asked = profile(element("Patient.maritalStatus", binding=bounds))
    assert told(married(coded("a", CODES)), asked) == {
        ("profile-code-not-checked", "Patient.maritalStatus")
    }
