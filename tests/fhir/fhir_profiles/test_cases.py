"""FHIR profiles that ask one thing: a resource that does it, and one that does not."""

import pytest

from sharedcare.fhir import validate_resource
from tests.fhir.fhir_profiles.cases import (
    BINDINGS,
    COUNTS,
    EXTENSIONS,
    RULES,
    SLICES,
    TYPES,
    VALUES,
    Case,
)
from tests.fhir.fhir_profiles.holding import told

ALL = [*COUNTS, *VALUES, *SLICES, *TYPES, *BINDINGS, *EXTENSIONS, *RULES]

#: The good resource of one case has an extension that no package defines.
UNDEFINED = ("extension-unknown", "Patient.extension[0]")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_what_a_profile_asks_is_told_where_it_is_not_done(case: Case) -> None:
    assert told(case.good, *case.resources) <= {UNDEFINED}
    assert told(case.bad, *case.resources) == case.told


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_without_the_profile_both_are_valid(case: Case) -> None:
    assert validate_resource(case.good) == ()
    assert validate_resource(case.bad) == ()
