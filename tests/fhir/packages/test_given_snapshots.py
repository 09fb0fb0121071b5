"""A snapshot that a package gives is taken, or refused where it is none."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import LimitReached, PackageFault
from sharedcare.fhir.packages import StructureDefinition, snapshot
from tests.fhir.packages.made import (
    HERE,
    Json,
    content,
    element,
    opened,
    profile,
    sliced,
)


def given_snapshot(*elements: Json) -> StructureDefinition | None:
    own = profile(type_="Identifier") | {"snapshot": {"element": list(elements)}}
    return opened(content(own)).structure(f"{HERE}/a")


def test_a_snapshot_that_is_given_is_taken_as_it_is() -> None:
    found = given_snapshot(
        element("Identifier", min=0, max="*"),
        element("Identifier.value", min=1, max="1", type=[{"code": "string"}]),
    )
    assert found is not None
    assert [one.id for one in found.elements] == ["Identifier", "Identifier.value"]
    assert not found.is_generated


def test_the_ids_of_a_snapshot_are_made_anew() -> None:
    found = given_snapshot(
        {"id": "x", "path": "Identifier"},
        {"id": "y", "path": "Identifier.extension", "slicing": sliced("value", "url")},
        {"id": "y", "path": "Identifier.extension", "sliceName": "a"},
        {"path": "Identifier.extension.url"},
    )
    assert found is not None
    assert [one.id for one in found.elements[2:]] == [
        "Identifier.extension:a",
        "Identifier.extension:a.url",
    ]


def test_a_snapshot_that_names_the_type_of_a_choice_in_a_path_has_a_slice_there() -> None:
    types = [{"code": "Quantity"}, {"code": "string"}]
    own = profile(type_="Observation") | {
        "snapshot": {
            "element": [
                {"path": "Observation"},
                {"path": "Observation.value[x]", "type": types, "slicing": sliced("type", "$this")},
                {"path": "Observation.valueQuantity", "type": types[:1]},
                {"path": "Observation.valueQuantity.code", "min": 1},
            ]
        }
    }
    found = opened(content(own)).structure(f"{HERE}/a")
    assert found is not None
    assert [one.id for one in found.elements[2:]] == [
        "Observation.value[x]:valueQuantity",
        "Observation.value[x]:valueQuantity.code",
    ]


@pytest.mark.parametrize(
    "elements",
    [
        [{"path": "Identifier.value"}],
        [{"path": "Identifier"}, {"path": "Identifier.a.b"}],
        [{"path": "Identifier"}, {"path": "Identifier.a"}, {"path": "Identifier.a"}],
        [{"path": "Identifier"}, *[{"path": "Identifier.a", "sliceName": name} for name in "xyy"]],
        [{"path": ""}],
        [{"path": "Identifier"}, {"path": "Identifier..a"}],
        [{"path": ".".join("a" * 100)}],
        [{"path": "Identifier", "min": -1}],
        [{"path": "Identifier", "max": "many"}],
        [{"path": "Identifier", "max": "9" * 5000}],
        [{"path": "Identifier", "type": "x"}],
        [{"path": "Identifier", "type": [{"code": 5}]}],
        [{"path": "Identifier", "slicing": 5}],
        [{"path": "Identifier", "binding": []}],
        [{"path": "Identifier", "constraint": [5]}],
        [{"path": "Identifier", "mustSupport": "yes"}],
    ],
)
def test_a_snapshot_that_is_none_is_refused(elements: list[Json]) -> None:
    with pytest.raises(PackageFault) as caught:
        given_snapshot(*elements)
    assert {fault.code for fault in caught.value.faults} == {"BAD_DEFINITION"}


def test_a_snapshot_with_more_elements_than_are_taken_reaches_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(snapshot, "MAX_ELEMENTS", 1)
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        given_snapshot({"path": "Identifier"}, {"path": "Identifier.value"})


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "id", "path", "min", "element", "a"]), inner)
    ),
    max_leaves=6,
)


@given(
    said=st.dictionaries(
        st.sampled_from(
            ["path", "id", "sliceName", "min", "max", "slicing", "type", "binding", "constraint",
             "contentReference", "fixedCode", "maxLength", "mustSupport", "short", "base"]
        ),
        _ANY,
    ),
    where=st.sampled_from(["snapshot", "differential"]),
)  # fmt: skip
def test_any_definition_gives_a_structure_or_a_documented_error(said: Json, where: str) -> None:
    own = profile() | {where: {"element": [{"path": "Patient"} | said]}}
    packages = opened(content(own))
    with suppress(PackageFault):
        assert packages.structure(f"{HERE}/a") is not None
