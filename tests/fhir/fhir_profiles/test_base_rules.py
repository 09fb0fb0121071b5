"""Rules of FHIR itself, which every snapshot repeats, are told from those that a profile adds."""

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fhir_profiles.base_rules import is_of_base
from sharedcare.fhir.packages import Packages
from sharedcare.fhir.packages.structure import CORE, Constraint


def test_no_rule_of_a_type_of_fhir_is_taken_for_one_of_a_profile() -> None:
    packages, seen = Packages(), 0
    for name in sorted(r4().resource_types):
        structure = packages.structure(f"{CORE}{name}")
        assert structure is not None
        for element in structure.elements:
            assert [rule for rule in element.constraints if not is_of_base(r4(), rule)] == []
            seen += len(element.constraints)
    assert seen > 150


def test_a_rule_of_a_profile_may_have_the_key_of_one_of_fhirs_own() -> None:
    rule = Constraint("per-1", "error", "both", "start.exists() and end.exists()")
    assert not is_of_base(r4(), rule)


def test_white_space_makes_no_other_rule() -> None:
    expression = r4().invariants["pat-1"]["expression"]
    assert is_of_base(r4(), Constraint("pat-1", "error", "x", f" {expression}\n"))
