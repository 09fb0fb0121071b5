"""Fixed values are the whole value as it is written, patterns a part of it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.fhir_profiles.fixed_values import holds_pattern, is_same
from tests.fhir.fhir_profiles.holding import ASKED
from tests.fhir.packages.made import content, element, opened, profile

LEAVES = st.one_of(
    st.booleans(), st.integers(-5, 5), st.decimals(-5, 5, places=2), st.sampled_from(["", "a", "b"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "code", "system", "text"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(value=VALUES)
def test_a_value_is_itself_and_holds_itself(value: Any) -> None:
    assert is_same(value, value)
    assert holds_pattern(value, value)


@given(one=VALUES, other=VALUES)
def test_being_the_same_goes_both_ways(one: Any, other: Any) -> None:
    assert is_same(one, other) is is_same(other, one)


@given(
    value=st.dictionaries(st.sampled_from(["code", "text"]), LEAVES, min_size=1),
    more=st.dictionaries(st.sampled_from(["display", "version"]), LEAVES, min_size=1),
)
def test_more_than_a_pattern_holds_it_and_is_not_the_same(
    value: dict[str, Any], more: dict[str, Any]
) -> None:
    assert holds_pattern({**value, **more}, value)
    assert not holds_pattern(value, {**value, **more})
    assert not is_same({**value, **more}, value)


@pytest.mark.parametrize(
    ("value", "wanted", "is_the_same"),
    [
        (Decimal("1.10"), Decimal("1.1"), False),
        (Decimal("1.10"), Decimal("1.10"), True),
        (1, Decimal("1.0"), False),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        ({"id": "a", "code": "x"}, {"code": "x"}, True),
        ([{"code": "x"}, {"code": "y"}], [{"code": "y"}, {"code": "x"}], False),
        ({"code": "x"}, {"code": "x", "_code": {"id": "a"}}, False),
    ],
)
def test_what_is_the_same(value: Any, wanted: Any, is_the_same: bool) -> None:
    assert is_same(value, wanted) is is_the_same


def test_the_members_of_a_pattern_may_stand_in_any_place() -> None:
    value = {"coding": [{"code": "x", "system": "s"}, {"code": "y"}]}
    assert holds_pattern(value, {"coding": [{"code": "y"}, {"code": "x"}]})
    assert not holds_pattern(value, {"coding": [{"code": "z"}]})
    assert not holds_pattern({"coding": {"code": "y"}}, {"coding": [{"code": "y"}]})


@pytest.mark.parametrize(("written", "is_told"), [("1.10", False), ("1.1", True), ("1.100", True)])
def test_the_precision_of_a_number_survives_from_the_package_to_the_payload(
    written: str, is_told: bool
) -> None:
    given_ = profile(
        element("RiskAssessment.prediction.relativeRisk", fixedDecimal=0), type_="RiskAssessment"
    )
    files = {
        name: data.replace(b'"fixedDecimal": 0', b'"fixedDecimal": 1.10')
        for name, data in content(given_).items()
    }
    validator = Validator(fhir_profiles=FhirProfiles(opened(files), [ASKED]))
    resource = (
        '{"resourceType":"RiskAssessment","status":"final","subject":{"display":"a"},'
        f'"prediction":[{{"relativeRisk":{written}}}]}}'
    )
    assert [one.rule for one in validator.issues(resource.encode())] == ["fixed-value"] * is_told
